# SPDX-License-Identifier: MIT
"""What is asked over HTTP, by those who may and by those who may not, and what they do to a server."""

import contextlib
import json
import os
import re
import socket
import threading
import time

from watching import (BROKEN, PATIENCE, Failed, Scenarios, check, configuration, wait_until, write_and_rename,
                      write_in_place)

scenario = SCENARIOS = Scenarios()

LISTEN = ("--listen", "127.0.0.1:0")
TOKEN = "a-token-of-some-length"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
MAY_RELOAD = {"HONUA_WATCH_TOKEN": TOKEN}


def reload(watch, headers=(), method="POST", body=None):
    return watch.ask(method, "/reload", headers=headers, body=body)


def is_quick(watch, title):
    """That a change is told as if nobody asked for anything."""
    begin = time.monotonic()
    write_and_rename(watch.shop.file, configuration(title))
    watch.changed_to(title)
    took = time.monotonic() - begin
    check(took < 3, f"a change is told after {took:.1f} s")


# --- what is answered


@scenario
def a_reload_is_answered_with_what_came_of_it(shop):
    with shop.watch("honua.hcl", "--debounce", "5000", *LISTEN, more=MAY_RELOAD) as watch:
        watch.started()
        # Saved, but not told yet: whoever asks gets it at once.
        for save, status, kind in ((lambda: shop.save("Streets"), 200, "changed"), (lambda: None, 200, "unchanged"),
                                   (lambda: write_in_place(shop.file, BROKEN), 422, "rejected"),
                                   (shop.file.unlink, 503, "missing"), (lambda: shop.save("Lanes"), 200, "changed")):
            save()
            answered, body = reload(watch, BEARER)
            check(answered == status, f"{kind}: status {answered}, not {status}")
            check(watch.next("reload_requested")["reason"] == "http", "the reason is not http")
            watch.next(kind)
            # The same event as is printed.
            check(json.loads(body) == json.loads(watch.lines[-1]), f"{kind}: another event: {body}")
        watch.nothing()


@scenario
def twenty_reloads_at_once_are_one_or_two(shop):
    with shop.watch("honua.hcl", *LISTEN, more=MAY_RELOAD) as watch:
        watch.started()
        watch.address()
        statuses = []
        threads = [threading.Thread(target=lambda: statuses.append(reload(watch, BEARER)[0])) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        check(statuses == [200] * 20, f"answers: {statuses}")
        watch.nothing(also=("reload_requested", "unchanged"))
        count = watch.kinds().count("reload_requested")
        check(count <= 4, f"{count} reloads")


def is_version(watch, event, token):
    version = json.loads(watch.ask("GET", "/version")[1])
    is_it = version["hash"] == event["hash"] and version["token"] == token and not version["degraded"]
    check(is_it, f"/version: {version}")


@scenario
def what_runs_is_told_to_whoever_asks(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch:
        first = watch.started()
        for path, expected in (("/healthz", {"status": "alive"}), ("/readyz", {"status": "ready"})):
            status, body = watch.ask("GET", path)
            check(status == 200 and json.loads(body) == expected, f"{path}: {status} {body}")
        is_version(watch, first, 1)
        write_in_place(shop.file, BROKEN)
        watch.next("rejected")
        check(json.loads(watch.ask("GET", "/version")[1])["degraded"], "/version does not say that it is degraded")
        status, body = watch.ask("GET", "/readyz")
        check(status == 200 and "last good" in body, f"/readyz: {status} {body}")
        shop.save("Streets")
        event = watch.changed_to("Streets")
        is_version(watch, event, 2)
        reloads = "honua_config_reloads_total"
        for name, number in ((reloads + '{result="changed"}', 1), (reloads + '{result="rejected"}', 1),
                             ("honua_config_token", 2), ("honua_config_last_reload_success", 1)):
            check(watch.metric(name) == number, f"{name} is {watch.metric(name)}")
        check(watch.ask("HEAD", "/healthz") == (200, ""), "HEAD")
        check(watch.ask("GET", "/nowhere")[0] == 404 and watch.ask("POST", "/healthz")[0] == 405, "what there is not")


@scenario
def a_look_that_finds_nothing_is_counted_when_it_is_over(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch:
        watch.started()
        names = ("honua_watch_events_total", "honua_watch_looks_total", "honua_watch_suppressed_total")
        before = [watch.metric(name) for name in names]
        os.utime(shop.file)
        watch.nothing()
        after = [watch.metric(name) for name in names]
        for name, old, new in zip(names, before, after):
            check(new > old, f"{name} is {new}, as before")


@scenario
def an_address_that_is_taken_ends_the_run(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch:
        watch.started()
        address = "{}:{}".format(*watch.address())
        run = shop.run(shop.honua, "watch", "honua.hcl", "--listen", address, check_code=False)
        check(run.returncode == 3 and address in run.stderr, f"exit code {run.returncode}: {run.stderr}")


# --- events as they come


class EventStream:
    """A reader of /events."""

    def __init__(self, watch, **headers):
        self.socket = socket.create_connection(watch.address(), timeout=PATIENCE)
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        self.socket.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode())
        self.text = b""
        self.head = self.until(b"\r\n\r\n").decode()

    def until(self, end):
        while end not in self.text:
            piece = self.socket.recv(1 << 16)
            check(piece, "the stream ends")
            self.text += piece
        part, self.text = self.text.split(end, 1)
        return part

    def next(self):
        """The next event's fields; comments are passed over."""
        while True:
            lines = self.until(b"\n\n").decode().splitlines()
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            if fields:
                return fields

    def close(self):
        self.socket.close()


@scenario
def readers_of_events_get_them_and_what_they_missed(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch:
        watch.started()
        stream = EventStream(watch)
        check(stream.head.startswith("HTTP/1.1 200") and "text/event-stream" in stream.head, f"answer: {stream.head}")
        shop.save("Streets")
        watch.changed_to("Streets")
        got = stream.next()
        if got["event"] == "started":
            got = stream.next()  # it was on its way when the reader came
        check(got["event"] == "changed" and got["id"] == "2" and got["data"] == watch.lines[1], f"another event: {got}")
        stream.close()
        shop.save("Lanes")
        watch.changed_to("Lanes")
        stream = EventStream(watch, Last_Event_ID=1)
        check([stream.next()["id"] for _ in range(2)] == ["2", "3"], "not what was missed")
        watch.end()
        check(stream.next()["event"] == "stopped", "the last event is not `stopped`")
        stream.close()


@scenario
def a_reader_who_comes_while_events_do_gets_each_of_them_once(shop):
    # Forty programs are told at once: what a reader missed, and what is just being sent, must not overlap.
    hooks = [word for _ in range(40) for word in ("--exec", "true")]
    with shop.watch("honua.hcl", *hooks, *LISTEN) as watch:
        watch.started()
        watch.address()
        for number in range(12):
            shop.save(f"Roads {number}")
            watch.changed_to(f"Roads {number}", also=("listener",))
            begin = number * 41 + 1
            streams = []
            while len(streams) < 14 and watch.kinds().count("listener") < 40 * (number + 1):
                streams.append(EventStream(watch, Last_Event_ID=begin))
            for stream in streams:
                got = [int(stream.next()["id"]) for _ in range(41)]
                stream.close()
                check(got == list(range(begin + 1, begin + 42)), f"numbers behind {begin}: {got}")
            # Or else the programs are taken for those who save.
            time.sleep(0.6)


@scenario
def too_many_readers_of_events_are_refused_and_others_get_through(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch, contextlib.ExitStack() as stack:
        watch.started()
        refused = 0
        for _ in range(24):
            stream = EventStream(watch)
            stack.callback(stream.close)
            refused += stream.head.startswith("HTTP/1.1 503")
        check(refused == 8, f"{refused} of 24 were refused")
        check(watch.ask("GET", "/healthz")[0] == 200, "/healthz is not 200")
        is_quick(watch, "Streets")


@scenario
def a_reader_of_events_that_does_not_read_holds_up_nobody(shop):
    path = shop.save_large(0)
    with shop.watch(path, *LISTEN) as watch:
        watch.started()
        stream = EventStream(watch)
        for number in range(1, 12):
            shop.save_large(number)
            watch.changed_to(f"Title {number}")
        check(watch.ask("GET", "/healthz")[0] == 200, "/healthz is not 200")
        check(watch.end() < 4, "the end is held up")
        stream.close()


# --- those who may not


@scenario
def reloads_are_refused_without_the_token(shop):
    with shop.watch("honua.hcl", *LISTEN, more=MAY_RELOAD) as watch:
        watch.started()
        for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN},
                        {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": f"Bearer {TOKEN[:-1]}"},
                        {"Authorization": f"Basic {TOKEN}"}, {"Cookie": f"token={TOKEN}"}):
            status, body = reload(watch, headers)
            check(status == 401, f"{headers}: status {status} {body}")
        check(watch.ask("POST", f"/reload?token={TOKEN}")[0] == 401, "the token is taken from the URL")
        check(reload(watch, BEARER, method="GET")[0] == 405, "GET reloads")
        watch.nothing()
        check(reload(watch, BEARER)[0] == 200, "not with the token either")


@scenario
def reloads_are_refused_where_there_is_no_token(shop):
    for more in ({}, {"HONUA_WATCH_TOKEN": ""}):
        with shop.watch("honua.hcl", *LISTEN, more=more) as watch:
            watch.started()
            for headers in ({}, {"Authorization": "Bearer "}, BEARER):
                check(reload(watch, headers)[0] == 403, "not refused")
            watch.nothing()


@scenario
def web_pages_and_other_hosts_are_refused(shop):
    # A page of somebody else, in the browser of who may; and a name of somebody else that leads here.
    with shop.watch("honua.hcl", *LISTEN, more=MAY_RELOAD) as watch:
        watch.started()
        for origin in ("https://elsewhere.example", "null", "http://127.0.0.1"):
            check(reload(watch, {**BEARER, "Origin": origin})[0] == 403, f"origin {origin}")
        for host in ("elsewhere.example", "127.0.0.1.elsewhere.example", "localhost.elsewhere.example:80", ""):
            check(reload(watch, {**BEARER, "Host": host})[0] == 421, f"host `{host}`")
            check(watch.ask("GET", "/version", {"Host": host})[0] == 421, f"host `{host}`")
        for host in ("127.0.0.1", "localhost:1234", "[::1]:80"):
            check(watch.ask("GET", "/version", {"Host": host})[0] == 200, f"host `{host}`")
        watch.nothing()


@scenario
def the_own_host_is_known_however_it_is_written(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch:
        watch.started()
        for host in ("LOCALHOST", "Localhost:80"):
            check(watch.ask("GET", "/version", {"Host": host})[0] == 200, f"host `{host}`")


# --- abuse


def raw(watch, request, patience=PATIENCE):
    """The whole answer to bytes; b"" if the connection is closed without one."""
    with socket.create_connection(watch.address(), timeout=patience) as connection:
        # Whoever refuses early does not read to the end.
        with contextlib.suppress(ConnectionError):
            connection.sendall(request)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while piece := connection.recv(1 << 16):
                answer += piece
        return answer


def statuses_of(answer):
    """Of all answers in it."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", answer)]


def status_of(answer):
    return next(iter(statuses_of(answer)), 0)


HOST = b"Host: 127.0.0.1\r\n"
CLOSE = b"Connection: close\r\n\r\n"


@scenario
def too_large_requests_are_refused_before_they_come(shop):
    with shop.watch("honua.hcl", *LISTEN, more=MAY_RELOAD) as watch:
        watch.started()
        before = watch.most_memory()
        begin = time.monotonic()
        # A gigabyte is announced, and nothing of it sent; then as much as anybody takes, in chunks.
        beginning = b"POST /reload HTTP/1.1\r\n" + HOST + f"Authorization: Bearer {TOKEN}\r\n".encode()
        answer = raw(watch, beginning + b"Content-Length: 1000000000\r\n\r\n")
        check(status_of(answer) == 413, f"announced: {answer[:200]}")
        chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        answer = raw(watch, beginning + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 64)
        check(status_of(answer) in (0, 413), f"in chunks: {answer[:200]}")
        answer = raw(watch, b"GET /version HTTP/1.1\r\n" + HOST + b"X: " + b"x" * 100_000 + b"\r\n" + CLOSE)
        check(status_of(answer) in (0, 431), f"a large header: {answer[:200]}")
        answer = raw(watch, b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n" + HOST + CLOSE)
        check(status_of(answer) in (0, 431, 400), f"a long line: {answer[:200]}")
        check(time.monotonic() - begin < 4, "they are waited for")
        watch.check_memory(16, before)
        watch.nothing()
        check(reload(watch, BEARER, body="{}")[0] == 200, "a body of a few bytes is refused, too")


@scenario
def requests_with_two_meanings_are_refused(shop):
    with shop.watch("honua.hcl", *LISTEN, more=MAY_RELOAD) as watch:
        watch.started()
        beginning = b"GET /version HTTP/1.1\r\n" + HOST
        inner = f"POST /reload HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
        for name, request in {
                "two lengths": beginning + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
                "a length and chunks": beginning + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "a negative length": beginning + b"Content-Length: -1\r\n\r\n",
                "a blank before a colon": b"GET /version HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
                "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
                "no version": b"GET /version\r\n\r\n"}.items():
            # What follows is no request of anybody's.
            answer = raw(watch, request + (inner.encode() if name.startswith(("two", "a length")) else b""))
            check(status_of(answer) in (0, 400), f"{name}: {answer[:200]}")
            check(len(statuses_of(answer)) <= 1, f"{name}: more than one answer: {answer[:400]}")
        answer = raw(watch, b"GET /version HTTP/1.1\r\n" + CLOSE)
        check(status_of(answer) in (400, 421), f"no host: {answer[:200]}")
        watch.nothing()
        # Two honest ones in a row get an answer each.
        answer = raw(watch, b"GET /version HTTP/1.1\r\n" + HOST + b"\r\n" + b"GET /healthz HTTP/1.1\r\n" + HOST + CLOSE)
        check(statuses_of(answer) == [200, 200], f"two in a row: {answer[:400]}")


@scenario
def clients_that_send_a_byte_now_and_then_are_closed(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch, contextlib.ExitStack() as stack:
        watch.started()
        begin = time.monotonic()
        slow = [stack.enter_context(socket.create_connection(watch.address(), timeout=PATIENCE)) for _ in range(20)]
        closed = set()
        request = b"GET /version HTTP/1.1\r\n" + HOST + b"X-Header: " + b"x" * 1000
        for at in range(40):
            for one in set(slow) - closed:
                try:
                    one.sendall(request[at:at + 1])
                except ConnectionError:
                    closed.add(one)
            if len(closed) == len(slow):
                break
            # Others are answered meanwhile.
            check(watch.ask("GET", "/healthz")[0] == 200, "/healthz is not 200")
            time.sleep(0.25)
        took = time.monotonic() - begin
        check(len(closed) == len(slow), f"{len(slow) - len(closed)} are open after {took:.1f} s")
        check(took > 3, f"closed after {took:.1f} s already")
        is_quick(watch, "Streets")


@scenario
def two_hundred_connections_keep_nobody_out_for_long(shop):
    # More than are served at a time: those who come next wait until the idle ones are closed.
    with shop.watch("honua.hcl", *LISTEN) as watch, contextlib.ExitStack() as stack:
        watch.started()
        address = watch.address()
        for _ in range(200):
            connection = stack.enter_context(contextlib.closing(socket.socket()))
            connection.settimeout(PATIENCE)
            connection.connect(address)
        descriptors = len(os.listdir(f"/proc/{watch.pid}/fd"))
        check(descriptors < 64, f"{descriptors} descriptors")
        # What is watched does not wait for anybody.
        is_quick(watch, "Streets")
        stack.close()

        def answered():
            with contextlib.suppress(OSError):
                return watch.ask("GET", "/healthz")[0] == 200
            return False

        wait_until(answered, "/healthz answers again", 20)
        wait_until(lambda: len(os.listdir(f"/proc/{watch.pid}/fd")) < 32, "the connections are closed", 20)
        check(watch.cpu_seconds() < 3, "they take too much of the processor")


@scenario
def a_client_that_does_not_read_its_answer_is_closed(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch:
        watch.started()
        with socket.create_connection(watch.address(), timeout=0.2) as connection:
            request = b"GET /metrics HTTP/1.1\r\n" + HOST + b"\r\n"
            deadline = time.monotonic() + 20
            closed = False
            # As many as there is room for on the way; the answers fill the way back.
            while not closed and time.monotonic() < deadline:
                try:
                    connection.sendall(request * 1000)
                except TimeoutError:
                    time.sleep(0.1)
                except ConnectionError:
                    closed = True
            if not closed:
                raise Failed("it is not closed within 20 s")
        check(watch.ask("GET", "/healthz")[0] == 200, "/healthz is not 200")
        is_quick(watch, "Streets")
