# SPDX-License-Identifier: MIT
"""Servers without memory or rights, messages that nobody of ours sent, snapshots that are none, and what only looks like
a server."""

import contextlib
import re
import signal
import socket
import subprocess
import threading
import time

from redis_servers import Connection, RedisServer, RedisStore, free_port, memory_of
from storing import Scenarios, check, need

scenario = SCENARIOS = Scenarios()


def questions(server):
    """How often a head was asked for by now."""
    found = re.search(r"cmdstat_hmget:calls=(\d+)", server.cli("INFO", "commandstats"))
    return int(found[1]) if found else 0


# So many looks are there in a second at most, besides those for heartbeats and those that a flood begins and ends with.
LOOKS, OTHER_LOOKS = 10, 10


def must_be_hints(store, watch, send, seconds=0):
    """What is sent tells the instance nothing, and has it ask for the head now and then. How often it has asked. `seconds`:
    how long it is sent again and again."""
    events = len(watch.events)
    before, begin = questions(store.server), time.monotonic()
    send()
    while time.monotonic() < begin + seconds:
        send()
    time.sleep(1)
    seconds = time.monotonic() - begin
    asked = questions(store.server) - before
    # Of the version before, a listener may be told so late.
    told = [kind for kind in watch.kinds(events) if kind != "listener"]
    check(not told, f"something was told: {told}")
    check(asked <= OTHER_LOOKS + LOOKS * seconds, f"the head was asked for {asked} times in {seconds:.1f} s")
    return f"{asked} times in {seconds:.1f} s"


@scenario
def messages_that_nobody_of_ours_sent_are_hints_and_nothing_more(shop):
    store = shop.store(1)
    server = store.server
    with store.follow() as watch:
        watch.runs(1)

        def forged():
            for text in ("", "garbage", "e 999999 dead", "00 1 sha256:00", "\x00\xff\r\n", "x" * 1_000_000,
                         f"{server.cli('HGET', store.key('head'), 'epoch')} 999999 sha256:{'0' * 64}"):
                server.cli("-x", "PUBLISH", store.key("events"), text=text)

        asked = must_be_hints(store, watch, forged)
        store.publish("Streets")
        watch.runs(2)
    return f"the head was asked for {asked}"


@scenario
def a_flood_of_messages_at_any_pace_has_the_head_asked_for_now_and_then(shop):
    store = shop.store(1)
    with Connection(store.server) as sending, store.follow() as watch:
        watch.runs(1)
        found = []
        # Also as soon as somebody who waits for quiet has looked.
        for pause in (0, 0.002, 0.006, 0.02, 0.05):
            def send(pause=pause):
                sending.run(["PUBLISH", store.key("events"), "again"])
                time.sleep(pause)

            found.append(f"every {1000 * pause:.0f} ms {must_be_hints(store, watch, send, seconds=2)}")
        store.publish("Streets")
        watch.runs(2)
    return f"the head was asked for, with messages {', '.join(found)}"


@scenario
def messages_that_come_again_and_in_another_order_change_nothing(shop):
    store = shop.store(1)
    channel = store.key("events")
    with Connection(store.server) as listening, Connection(store.server) as sending, store.follow() as watch:
        watch.runs(1)
        listening.run(["SUBSCRIBE", channel])
        for number in range(2, 7):
            store.publish(f"Roads {number}")
            watch.runs(number)
        messages = [listening.answer()[2] for _ in range(5)]
        check([message.split()[1] for message in messages] == [b"2", b"3", b"4", b"5", b"6"], f"they are others: {messages}")
        asked = must_be_hints(store, watch, lambda: sending.run(
            *(["PUBLISH", channel, message] for message in messages[::-1] + messages + messages[:1] * 100)))
        store.publish("Roads 7")
        watch.runs(7)
        # One that is told of before it is there, and then no more.
        sending.run(["PUBLISH", channel, messages[-1].replace(b" 6 ", b" 8 ")])
        store.publish("Roads 8")
        watch.runs(8)
        check(watch.count("changed") == 7, f"not each once: {watch.kinds()}")
    return f"the head was asked for {asked}"


@scenario
def messages_as_large_and_as_many_as_can_be_take_no_memory_for_ever(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        before = memory_of(watch.pid)
        with Connection(store.server) as sending:
            for _ in range(20):
                sending.run(*[["PUBLISH", store.key("events"), b"x" * 1_000_000]] * 10)
            sending.run(*[["PUBLISH", store.key("events"), b"x"]] * 100_000)
        store.publish("Streets")
        watch.runs(2)
        check("store_lost" not in watch.kinds(), "the store was not lost")
        most = memory_of(watch.pid)
        check(most < before + 30, f"it took {most} MiB, and {before} MiB before")
    return f"it took {most} MiB, and {before} MiB before"


@scenario
def a_head_whose_snapshot_is_junk_is_a_conflict_until_it_is_mended(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        before = watch.written()
        # The moment between a version and its reader.
        watch.send(signal.SIGSTOP)
        key = store.object_key(store.publish("Streets")["hash"])
        whole = store.pull()
        for number, junk in enumerate((b"junk", whole.replace(b"Streets", b"Streams"), whole[:-1], b"\x00" * 1_000_000)):
            store.server.cli("-x", "SET", key, text=junk)
            if number == 0:
                watch.send(signal.SIGCONT)
                event = watch.wait("conflict", but=("received", "changed", "rejected"))
                check("does not have the hash" in event["message"], f"it does not say why: {event}")
            store.run("pull", code=3)
            store.run("store", "verify", code=1)
            with store.follow("--wait") as late:
                late.wait("conflict", but=("received", "started", "rejected"))
        watch.must_run()
        check(watch.written() == before, "something else runs")
        check("received" not in watch.kinds(3), "it was received")
        store.server.cli("-x", "SET", key, text=whole)
        watch.runs(2)
        watch.must_have_written(whole)
    store.must_be_clean()


@scenario
def a_snapshot_that_is_not_what_its_version_names_is_not_followed(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        done = store.publish("Streets")
        watch.runs(2)
        key = store.object_key(done["hash"])
        whole = store.pull(2)
        store.publish("Lanes")
        watch.runs(3)
        store.server.cli("SET", key, "junk")
        store.run("rollback", "2", code=3)
        store.run("store", "verify", code=1)
        store.server.cli("DEL", key)
        check("no longer kept" in store.run("pull", "2", code=3).stderr, "it is not told")
        store.server.cli("-x", "SET", key, text=whole)
        store.must_be_clean()
        store.run("rollback", "2")
        watch.runs(4)


@scenario
def a_head_whose_snapshot_is_gone_is_a_conflict_until_it_is_back(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        done = store.publish("Streets", "--lease-ttl", 300)
        watch.runs(2)
        whole = store.pull(2)
        store.server.cli("DEL", store.object_key(done["hash"]))
        with store.follow("--wait") as late:
            event = late.wait("conflict")
            check("cannot be followed" in event["message"], f"it is not told: {event}")
            store.server.cli("-x", "SET", store.object_key(done["hash"]), text=whole)
            late.runs(2)


@scenario
def a_server_without_memory_takes_no_version_and_says_why(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        store.server.cli("CONFIG", "SET", "maxmemory", "1")
        failed = store.publish("Streets", "--lock-wait", 1, code=3)
        check("memory is full" in failed["message"], f"it does not say why: {failed}")
        watch.must_run()
        store.server.cli("CONFIG", "SET", "maxmemory", "0")
        store.publish("Streets")
        watch.runs(2)
    store.must_be_clean()


@scenario
def what_nobody_needs_is_collected_where_memory_is_full(shop):
    store = shop.store(9)
    store.server.cli("CONFIG", "SET", "maxmemory", "1")
    store.run("store", "gc", "--keep", 2)
    store.server.cli("CONFIG", "SET", "maxmemory", "0")
    check(len(store.server.cli("KEYS", store.key("object:*").replace("{", r"\{")).split()) == 2, "it keeps others")
    store.must_be_clean()


@scenario
def a_replica_takes_no_version_and_says_why(shop):
    store = shop.store(1)
    store.server.cli("REPLICAOF", "127.0.0.1", "1")
    failed = store.publish("Streets", "--lock-wait", 1, code=3)
    check("a replica" in failed["message"], f"it does not say why: {failed}")
    store.server.cli("REPLICAOF", "NO", "ONE")
    store.publish("Streets")


@scenario
def a_master_without_its_replicas_takes_no_version_and_says_why(shop):
    store = shop.store(1)
    store.server.cli("CONFIG", "SET", "min-replicas-to-write", "1")
    failed = store.publish("Streets", "--lock-wait", 1, code=3)
    check("too few replicas" in failed["message"], f"it does not say why: {failed}")
    check(store.head_version() == 1, "the head has moved")


@scenario
def a_user_who_may_only_follow_does_so_and_publishes_nothing(shop):
    store = shop.store(1)
    store.server.cli("ACL", "SETUSER", "follower", "on", ">pw-of-a-follower", f"~{store.key('*')}", f"&{store.key('*')}",
                     "+subscribe", "+ping", "+hmget", "+xrange", "+xrevrange", "+strlen", "+getrange", "+get", "+set",
                     "+pttl", "+sadd", "+smembers")
    follower = RedisStore(shop, store.server, store.prefix)
    follower.user = "follower"
    more = {"HONUA_REDIS_PASSWORD": "pw-of-a-follower"}
    with follower.follow(more=more) as watch:
        watch.runs(1)
        store.publish("Streets")
        watch.runs(2)
        follower.status("--wait", 10, "--instances", 1, code=0, more=more)
        failed = follower.publish("Lanes", code=3, more=more)
        check("lacks a right" in failed["message"], f"it does not say why: {failed}")
        check("eval" in failed["message"], f"the right is not named: {failed}")
    wrong = follower.run("history", code=3, more={"HONUA_REDIS_PASSWORD": "wrong-and-secret"})
    check("does not take this user and password" in wrong.stderr, f"it does not say why: {wrong}")
    check("wrong-and-secret" not in wrong.stdout + wrong.stderr, "the password is told")


@scenario(waits=True)
def who_is_not_let_in_does_not_knock_all_the_time(shop):
    server = RedisServer(shop, "--requirepass", "the-password")
    store = RedisStore(shop, server, "city")
    store.publish("Roads 1", "--init", more={"HONUA_REDIS_PASSWORD": "the-password"})
    cli = ["-a", "the-password", "--no-auth-warning"]

    def connections():
        return int(re.search(r"total_connections_received:(\d+)", server.cli(*cli, "INFO", "stats"))[1])

    with store.follow("--wait", more={"HONUA_REDIS_PASSWORD": "another-one"}) as watch:
        event = watch.wait("store_lost", but=("started",))
        check("does not take this user and password" in event["message"], f"it does not say why: {event}")
        before = connections()
        time.sleep(10)
        # One of them is that of who asks.
        count = connections() - before - 1
        check(count <= 20, f"{count} connections in 10 s")
        # The password was right all the time, and the server's was another one.
        server.cli(*cli, "CONFIG", "SET", "requirepass", "another-one")
        watch.runs(1)
    return f"{count} connections in 10 s"


def certificates(folder):
    """An authority's, another one's, and one for a server by the first."""
    folder.mkdir()
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    made = {name: (folder / f"{name}.pem", folder / f"{name}.key") for name in ("authority", "other", "server")}
    for name, (certificate, private) in made.items():
        signed = ["-CA", made["authority"][0], "-CAkey", made["authority"][1], "-addext", "subjectAltName=IP:127.0.0.1"]
        subprocess.run(["openssl", "req", "-x509", *key, "-subj", f"/CN={name}", "-keyout", private, "-out", certificate,
                        *(signed if name == "server" else [])], check=True, capture_output=True, timeout=20)
    return {name: certificate for name, (certificate, _) in made.items()}


class TlsStore(RedisStore):
    """A store in a server that is asked over TLS, and believed if an authority has signed its name."""

    def __init__(self, shop, server, port, authority):
        super().__init__(shop, server, "city")
        self.port = port
        self.authority = authority

    @property
    def url(self):
        return f"rediss://127.0.0.1:{self.port}?prefix={self.prefix}&ca={self.authority}"


@scenario
def over_tls_a_store_is_used_as_without_and_nobody_else_is_believed(shop):
    need("openssl")
    made = certificates(shop.scratch / "certificates")
    port = free_port()
    server = RedisServer(shop, "--tls-port", port, "--tls-auth-clients", "no", "--tls-ca-cert-file", made["authority"],
                         "--tls-cert-file", made["server"], "--tls-key-file", made["server"].with_suffix(".key"))
    store = TlsStore(shop, server, port, made["authority"]).make()
    with store.follow() as watch:
        watch.runs(1)
        store.publish("Streets")
        watch.runs(2)
        watch.must_have_written(store.pull())
        store.status("--wait", 10, "--instances", 1, code=0)
    wrong = {"another authority": TlsStore(shop, server, port, made["other"]),
             "no TLS": TlsStore(shop, server, server.port, made["authority"])}
    for name, one in wrong.items():
        begin = time.monotonic()
        failed = one.publish("Lanes", code=3)
        seconds = time.monotonic() - begin
        check("certificate" in failed["message"] or "TLS" in failed["message"], f"{name}: it does not say why: {failed}")
        check(seconds < 5, f"{name}: after {seconds:.1f} s")
        one.run("watch", code=3)
    check(store.head_version() == 2, "a version was made")


@contextlib.contextmanager
def imitation(answer):
    """What looks like a server, and answers all with the same."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def serve():
            with contextlib.suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    threading.Thread(target=speak, args=(client,), daemon=True).start()

        def speak(client):
            with client, contextlib.suppress(OSError):
                while client.recv(65536):
                    answer(client)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


@scenario
def what_only_looks_like_a_server_is_left_in_bounded_time_and_memory(shop):
    def endless(client):
        while True:
            client.sendall(b"$999999999999\r\n" + b"x" * 65536)

    answers = {"an endless text": endless, "a list of a thousand million": lambda client: client.sendall(b"*1000000000\r\n"),
               "lists in lists": lambda client: client.sendall(b"*1\r\n" * 100_000),
               "another protocol": lambda client: client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
               "an escape sequence": lambda client: client.sendall(b"-ERR \x1b]0;title\x07\r\n"),
               "nothing": lambda client: None}
    for name, answer in answers.items():
        with imitation(answer) as port:
            begin = time.monotonic()
            done = shop.run("sh", "-c", f"ulimit -v 400000; exec {shop.honua} history --store redis://127.0.0.1:{port}")
            seconds = time.monotonic() - begin
            check(done.returncode == 3, f"{name}: exit code {done.returncode}: {done.stderr}")
            check("error: " in done.stderr and "\x1b" not in done.stderr, f"{name}: {done.stderr!r}")
            check("out of memory" not in done.stderr, f"{name}: {done.stderr}")
            check(seconds < 10, f"{name}: after {seconds:.1f} s")
