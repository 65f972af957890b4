# SPDX-License-Identifier: MIT
"""Who is told of changes: programs that do what programs do, signals, servers and a file."""

import contextlib
import http.server
import json
import os
import signal
import socket
import subprocess
import threading
import time

import jsonschema
from watching import (BROKEN, EVENT_SCHEMA, Scenarios, check, configuration, need_posting, process_state, wait_until, within,
                      write_and_rename, write_in_place)

scenario = SCENARIOS = Scenarios()

# A change that comes so soon after a listener was told may be taken for the listener's own.
ECHO = 0.6


def listener_says(watch, *words, also=()):
    """The next listener's event, which says why it was not told."""
    event = watch.next("listener", also=also)
    for word in words:
        check(word in event.get("message", ""), f"no `{word}` in: {event.get('message')}")
    return event


def check_event(event):
    for error in jsonschema.Draft202012Validator(EVENT_SCHEMA).iter_errors(event):
        check(False, f"an event against the schema: {error.message}: {event}")


# --- programs


@scenario
def a_program_gets_the_event(shop):
    # The same event on standard input as is printed, and what is asked for most in variables. No shell takes part in
    # it: a dollar is a dollar.
    got = shop.scratch / "got"
    hook = shop.program("hook", f"""#!/bin/sh
(printf "%s\\n" "$@"; env | grep ^HONUA_ | sort; cat) > {got}.new
mv {got}.new {got}
""")
    with shop.watch("honua.hcl", "--exec", f"{hook} 'two words' $HOME \"a \\\" quote\"") as watch:
        watch.started()
        shop.save("Streets")
        event = watch.changed_to("Streets")
        told = watch.next("listener")
        check(told["exit_code"] == 0 and told["token"] == event["token"], f"told: {told}")
        *lines, last = got.read_text(encoding="utf-8").splitlines()
        check(last == watch.lines[1], f"another event: {last}")
        check(lines[:3] == ["two words", "$HOME", 'a " quote'], f"other arguments: {lines[:3]}")
        expected = ["HONUA_EVENT=changed", f"HONUA_EVENT_HASH={event['hash']}",
                    f"HONUA_EVENT_PREVIOUS_HASH={event['previous_hash']}", "HONUA_EVENT_SEQUENCE=2",
                    "HONUA_EVENT_TOKEN=2", "HONUA_EVENT_VERSION="]
        check(lines[3:] == expected, f"other variables: {lines[3:]}")


@scenario
def a_shell_runs_programs_where_that_is_asked_for(shop):
    got = shop.scratch / "got"
    with shop.watch("honua.hcl", "--shell", "--exec", f"echo $HONUA_EVENT | tr a-z A-Z > {got}") as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.next("listener")
        check(got.read_text(encoding="ascii") == "CHANGED\n", "not what the shell makes of it")


@scenario
def the_first_configuration_is_told_where_that_is_asked_for(shop):
    with shop.watch("honua.hcl", "--exec", "true", "--initial") as watch:
        watch.started()
        check(watch.next("listener")["exit_code"] == 0, "not told")
        watch.nothing()
    with shop.watch("honua.hcl", "--exec", "true") as watch:
        watch.started()
        watch.nothing()


@scenario
def a_program_that_hangs_is_ended_and_the_next_change_is_told(shop):
    # It does not want to end, and neither does what it has started.
    pids = shop.scratch / "pids"
    hook = shop.program("hook", f"""#!/bin/sh
[ "$HONUA_EVENT_SEQUENCE" = 2 ] || exit 0
trap '' TERM
sleep 60 &
echo $$ $! > {pids}.new
mv {pids}.new {pids}
while :; do sleep 1; done
""")
    with shop.watch("honua.hcl", "--exec", str(hook), "--exec-timeout", "1") as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        # Changes go on meanwhile.
        shop.save("Lanes")
        watch.changed_to("Lanes")
        shop.save("Ways")
        event = watch.changed_to("Ways")
        listener_says(watch, "after")
        told = watch.next("listener")
        check(told["exit_code"] == 0 and told["token"] == event["token"] and told["skipped"] == 1, f"told: {told}")
        for pid in map(int, pids.read_text(encoding="ascii").split()):
            wait_until(lambda: process_state(pid) in ("", "Z"), f"process {pid} ends")


@scenario
def a_program_that_leaves_another_behind_is_not_waited_for(shop):
    # The one left behind keeps the output open, in a session of its own.
    pid = shop.scratch / "pid"
    hook = shop.program("hook", f"#!/bin/sh\nsetsid sh -c 'echo $$ > {pid}; exec sleep 60' &\n"
                                f"while [ ! -s {pid} ]; do sleep 0.01; done\n")
    try:
        with shop.watch("honua.hcl", "--exec", str(hook)) as watch:
            watch.started()
            for title in ("Streets", "Lanes"):
                shop.save(title)
                watch.changed_to(title)
                event = watch.next("listener")
                check(event["exit_code"] == 0 and event["milliseconds"] < 8000, f"told: {event}")
            state = process_state(int(pid.read_text(encoding="ascii")))
            check(state not in ("", "Z"), "what was left behind was ended")
            check(watch.end() < 4, "the end waits for what was left behind")
    finally:
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            os.kill(int(pid.read_text(encoding="ascii")), signal.SIGKILL)


@scenario(loads=True)
def a_program_that_prints_a_gigabyte_does_no_harm(shop):
    with shop.watch("honua.hcl", "--exec", "head -c 1000000000 /dev/zero") as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        # Changes go on meanwhile.
        shop.save("Lanes")
        watch.changed_to("Lanes", also=("listener",))
        wait_until(lambda: watch.kinds().count("listener") == 2, "it is read to its end", 60)
        check(all(event["exit_code"] == 0 for event in watch.events if event["event"] == "listener"), "it failed")
        watch.check_memory(100)
        check(max(map(len, watch.lines)) < 10_000, "the output is in an event")


@scenario
def a_program_that_fails_says_why_and_the_next_change_is_told(shop):
    hook = shop.program("hook", "#!/bin/sh\necho 'first words'\necho 'last words' >&2\nexit 7\n")
    with shop.watch("honua.hcl", "--exec", str(hook)) as watch:
        watch.started()
        for title in ("Streets", "Lanes"):
            shop.save(title)
            watch.changed_to(title)
            check(listener_says(watch, "last words")["exit_code"] == 7, "another exit code")
        watch.nothing()


@scenario
def a_program_that_is_killed_has_a_signal_s_exit_code(shop):
    hook = shop.program("hook", "#!/bin/sh\nkill -KILL $$\n")
    with shop.watch("honua.hcl", "--exec", str(hook)) as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        check(listener_says(watch, "failed")["exit_code"] == 128 + signal.SIGKILL, "another exit code")


@scenario
def programs_that_cannot_be_run_are_told_of_each_time(shop):
    plain = shop.scratch / "plain"
    plain.write_text("no program", encoding="ascii")
    listeners = [str(shop.scratch / "nowhere"), "no-such-program-anywhere", str(plain), str(shop.scratch)]
    options = [word for one in listeners for word in ("--exec", one)]
    with shop.watch("honua.hcl", *options) as watch:
        watch.started()
        for title in ("Streets", "Lanes"):
            shop.save(title)
            watch.changed_to(title)
            told = {listener_says(watch, "cannot be run")["listener"] for _ in listeners}
            check(told == {f"exec {one}" for one in listeners}, f"told: {told}")
        watch.nothing()


@scenario
def a_program_that_does_not_read_its_input_does_no_harm(shop):
    # The event is larger than what a pipe holds, and nobody takes it.
    path = shop.save_large(0)
    with shop.watch(path, "--exec", "true", "--exec", "sleep 1") as watch:
        watch.started()
        shop.save_large(1)
        watch.next("changed")
        check(len(watch.lines[1]) > 1 << 16, "the event is small")
        for _ in range(2):
            check(watch.next("listener")["exit_code"] == 0, "it failed")


@scenario
def a_slow_program_does_not_hold_up_another(shop):
    with shop.watch("honua.hcl", "--exec", "sleep 3", "--exec", "true") as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        check(watch.next("listener")["listener"] == "exec true", "the slow one was told first")
        shop.save("Lanes")
        watch.changed_to("Lanes")
        check(watch.next("listener")["listener"] == "exec true", "the slow one holds up the other")


@scenario
def what_changes_while_a_program_runs_is_one_more_run_with_the_newest(shop):
    got = shop.scratch / "got"
    hook = shop.program("hook", f"#!/bin/sh\necho $HONUA_EVENT_TOKEN >> {got}\nsleep 2\n")
    with shop.watch("honua.hcl", "--exec", str(hook)) as watch:
        watch.started()
        shop.save("Roads 0")
        watch.changed_to("Roads 0")
        wait_until(got.exists, "the program runs")

        def save():
            for number in range(1, 4):
                shop.save(f"Roads {number}")
                watch.changed_to(f"Roads {number}")

        within(1.5, "three changes", save)
        # Nobody ever runs it twice at a time.
        check(watch.next("listener").get("skipped") is None, "of the first run nothing was skipped")
        event = watch.next("listener")
        check((event["token"], event["skipped"]) == (5, 2), f"the second run: {event}")
        watch.nothing()
        check(got.read_text(encoding="ascii").split() == ["2", "5"], "other tokens")


@scenario
def a_program_that_changes_what_is_watched_is_left_alone_after_a_while(shop):
    # Each run changes the file once more: without an end to it, for ever.
    runs = shop.scratch / "runs"
    hook = shop.program("hook", f"""#!/bin/sh
echo >> {runs}
sed -i "s/title .*/title = \\"Run $(wc -l < {runs})\\"/" honua.hcl
""")
    with shop.watch("honua.hcl", "--exec", str(hook)) as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        warning = watch.next("warning", also=("changed", "listener"), patience=20)
        check(warning.get("listener") == f"exec {hook}", f"warned of {warning.get('listener')}")
        count = len(runs.read_text(encoding="ascii"))
        check(4 <= count <= 7, f"{count} runs")
        watch.nothing(1.5, also=("changed",))
        check(len(runs.read_text(encoding="ascii")) == count, "it is told all the same")
        # Changes are seen as before, and the end does not wait until it is told again.
        shop.save("Lanes")
        watch.changed_to("Lanes")
        check(watch.end() < 6, "the end is waited for")


@scenario
def a_program_is_not_taken_for_another_that_saves_all_the_time(shop):
    # Somebody else saves about twice a second. The program only hears of it, quickly, and changes nothing.
    with shop.watch("honua.hcl", "--exec", "true") as watch:
        watch.started()
        for number in range(12):
            shop.save(f"Roads {number}")
            time.sleep(0.4)
        shop.save("Streets")
        watch.settled_on("Streets", also=("changed", "listener"))
        last = [event for event in watch.events if event["event"] == "listener"][-1]
        check(last["token"] == watch.rules.token, "the program was not told of the last change")


@scenario
def what_is_rejected_reaches_nobody(shop):
    need_posting(shop)
    told = shop.scratch / "told"
    snapshot = shop.scratch / "snapshot.json"
    with server() as (url, posts), sleeper(shop) as (process, number, signals):
        number.write_text(str(process), encoding="ascii")
        options = ["--exec", f"sh -c 'echo $HONUA_EVENT_TOKEN >> {told}'", "--post", url, "--write", snapshot,
                   "--signal", f"USR1:{number}"]
        with shop.watch("honua.hcl", *options) as watch:
            watch.started()
            before = snapshot.read_bytes()
            for text in (BROKEN, "", "layer {\n"):
                write_in_place(shop.file, text)
                watch.next("rejected")
            shop.file.unlink()
            watch.next("missing")
            watch.nothing()
            # What runs is there again: nobody has to know.
            shop.save()
            watch.next("unchanged")
            watch.nothing()
            check(snapshot.read_bytes() == before, "the snapshot is another one")
            check(not told.exists() and not posts and not signals(), "somebody was told")
            shop.save("Streets")
            watch.changed_to("Streets")
            for _ in range(3):
                check(not watch.next("listener").get("message"), "somebody was not told")
            check(told.read_text(encoding="ascii") == "2\n", "the program was told something else")
            check("Streets" in snapshot.read_text(encoding="utf-8"), "the snapshot is not the newest")
            check([event["token"] for event in posts] == [2], f"posted: {posts}")
            wait_until(lambda: signals() == 1, "the signal comes")


# --- signals


@contextlib.contextmanager
def sleeper(shop):
    """A process that counts SIGUSR1, the file for its number, and how many came."""
    count, ready = shop.scratch / "count", shop.scratch / "ready"
    script = f"trap 'echo >> {count}' USR1; touch {ready}; while :; do sleep 0.05; done"
    process = subprocess.Popen(["sh", "-c", script], stdin=subprocess.DEVNULL)
    try:
        wait_until(ready.exists, "the process is ready")
        yield process.pid, shop.scratch / "number", lambda: len(count.read_bytes()) if count.exists() else 0
    finally:
        process.kill()
        process.wait()


@scenario
def a_signal_goes_to_the_process_that_a_file_names_then(shop):
    with sleeper(shop) as (process, number, signals):
        with shop.watch("honua.hcl", "--signal", f"SIGUSR1:{number}") as watch:
            watch.started()
            # There is no such file yet; then there is nonsense in it, or what is no process of a server.
            for title, text in (("Streets", None), ("Lanes", ""), ("Ways", "-1"), ("Paths", "0"), ("Tolls", "1"),
                                ("Rails", "all of them")):
                if text is not None:
                    number.write_text(text, encoding="ascii")
                shop.save(title)
                watch.changed_to(title)
                listener_says(watch, "file")
                # Or else the listener is taken for the one who saves.
                time.sleep(ECHO)
            number.write_text(f"{process}\n", encoding="ascii")
            shop.save("Roads")
            watch.changed_to("Roads")
            check(not watch.next("listener").get("message"), "the signal is not sent")
            wait_until(lambda: signals() == 1, "the signal comes")


# --- servers


@contextlib.contextmanager
def server(answers=()):
    """A server that takes events: its URL, and the events it has got. `answers` come before the first 204: each is a
    status, and perhaps a header."""
    posts, waiting = [], list(answers)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            event["headers"] = dict(self.headers)
            event["path"] = self.path
            posts.append(event)
            status, *headers = waiting.pop(0) if waiting else (204,)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{made.server_port}/events", posts
    finally:
        made.shutdown()
        made.server_close()


@scenario
def a_server_gets_the_event_and_the_token(shop):
    need_posting(shop)
    with server() as (url, posts):
        with shop.watch("honua.hcl", "--post", url, more={"HONUA_POST_TOKEN": "the token"}) as watch:
            watch.started()
            shop.save("Streets")
            event = watch.changed_to("Streets")
            check(not watch.next("listener").get("message"), "it was not taken")
            check(len(posts) == 1, f"{len(posts)} posts")
            headers, path = posts[0].pop("headers"), posts[0].pop("path")
            check_event(posts[0])
            check(posts[0] == json.loads(watch.lines[1]) and event["sequence"] == 2, f"another event: {posts[0]}")
            check(headers.get("Authorization") == "Bearer the token" and path == "/events", f"headers: {headers}")
            check(headers.get("Content-Type") == "application/json", f"headers: {headers}")


@scenario
def a_server_that_cannot_take_it_now_is_asked_again(shop):
    need_posting(shop)
    with server([(503,), (429,)]) as (url, posts):
        with shop.watch("honua.hcl", "--post", url) as watch:
            watch.started()
            shop.save("Streets")
            watch.changed_to("Streets")
            check(not watch.next("listener").get("message"), "it was not taken")
            check([event["token"] for event in posts] == [2, 2, 2], f"{len(posts)} posts")


@scenario
def a_server_that_will_not_take_it_is_not_asked_again(shop):
    need_posting(shop)
    with server() as (other, others), server([(400,), (302, ("Location", other)), (401,)]) as (url, posts):
        with shop.watch("honua.hcl", "--post", url) as watch:
            watch.started()
            for title, status in (("Streets", "400"), ("Lanes", "302"), ("Ways", "401")):
                shop.save(title)
                watch.changed_to(title)
                listener_says(watch, status)
            check(len(posts) == 3 and not others, f"{len(posts)} posts, and {len(others)} elsewhere")


@scenario
def a_server_that_is_not_there_or_says_nothing_does_not_hold_up_the_end(shop):
    need_posting(shop)
    # Nobody listens at the one, nobody answers at the other.
    with socket.socket() as silent, socket.socket() as nobody:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        nobody.bind(("127.0.0.1", 0))
        urls = [f"http://127.0.0.1:{one.getsockname()[1]}/" for one in (silent, nobody)]
        with shop.watch("honua.hcl", "--post", urls[0], "--post", urls[1]) as watch:
            watch.started()
            for title in ("Streets", "Lanes"):
                shop.save(title)
                watch.changed_to(title)
            took = watch.end(patience=20)
            check(took < 13, f"it took {took:.1f} s")
            check(watch.kinds().count("listener") >= 2, "not told that they were not told")


# --- the file of what runs


@scenario
def a_snapshot_is_replaced_as_a_whole(shop):
    # A reader that reads all the time never sees half of one.
    snapshot = shop.scratch / "snapshot.json"
    seen, problems, ended = set(), [], threading.Event()

    def read():
        while not ended.is_set():
            try:
                seen.add(json.loads(snapshot.read_bytes())["configuration"]["layer"]["roads"]["title"])
            except FileNotFoundError:
                pass
            except (ValueError, KeyError) as error:
                problems.append(str(error))
            time.sleep(0.001)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        with shop.watch("honua.hcl", "--write", snapshot) as watch:
            watch.started()
            for number in range(6):
                write_and_rename(shop.file, configuration(f"Roads {number}"))
                watch.changed_to(f"Roads {number}")
                # It is written before anybody is told.
                check(f"Roads {number}" in snapshot.read_text(encoding="utf-8"), "the snapshot is not the newest")
    finally:
        ended.set()
        reader.join()
    check(not problems, f"half a snapshot: {problems[:3]}")


@scenario
def a_snapshot_in_the_watched_directory_is_no_change(shop):
    with shop.watch(".", "--write", "snapshot.json") as watch:
        watch.started()
        watch.nothing()
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.nothing()
        snapshot = (shop.folder / "snapshot.json").read_text(encoding="utf-8")
        check("Streets" in snapshot, "the snapshot is not the newest")


@scenario
def a_snapshot_that_has_no_room_ends_the_start(shop):
    # A directory that is not there, a directory in its place.
    (shop.scratch / "taken.json").mkdir()
    for path in (shop.scratch / "nowhere" / "snapshot.json", shop.scratch / "taken.json"):
        with shop.watch("honua.hcl", "--write", path) as watch:
            event = watch.next("rejected")
            check(path.name in event["message"], f"the file is not named: {event['message']}")
            check(watch.exit_code() == 3, "it runs")
