# SPDX-License-Identifier: MIT
"""Servers without memory or rights, messages that nobody of ours sent, snapshots that are none, and what only looks like
a server."""

import contextlib
import re
import socket
import threading
import time

from redis_servers import RedisStore
from storing import Scenarios, check

scenario = SCENARIOS = Scenarios()


@scenario
def messages_that_nobody_of_ours_sent_are_hints_and_nothing_more(shop):
    store = shop.store(1)
    server = store.server
    with store.follow() as watch:
        watch.runs(1)
        before = int(re.search(r"cmdstat_hmget:calls=(\d+)", server.cli("INFO", "commandstats"))[1])
        begin = time.monotonic()
        channel = store.key("events")
        for text in ("", "garbage", "e 999999 dead", "00 1 sha256:00", "\x00\xff\r\n", "x" * 100_000):
            server.cli("-x", "PUBLISH", channel, text=text)
        # A flood of them.
        for _ in range(20):
            server.cli(text=f"PUBLISH {channel} again\n" * 500)
        time.sleep(2)
        check(watch.kinds() == ["received", "started", "applied"], f"something was told: {watch.kinds()}")
        seconds = time.monotonic() - begin
        after = int(re.search(r"cmdstat_hmget:calls=(\d+)", server.cli("INFO", "commandstats"))[1])
        # Each look asks for the head twice.
        check(after - before < 2 * (20 + 20 * seconds), f"the head was asked for {after - before} times in {seconds:.1f} s")
        store.publish("Streets")
        watch.runs(2)
    return f"the head was asked for {after - before} times in {seconds:.1f} s"


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
                     "+sadd", "+smembers")
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
