# SPDX-License-Identifier: MIT
"""Servers that end, forget, go back or stand still; connections that are cut; holders that stand still."""

import concurrent.futures
import contextlib
import os
import random
import signal
import subprocess
import threading
import time

from redis_servers import RedisServer, SentinelGroup, SentinelStore, memory_of
from storing import PATIENCE, Scenarios, check, configuration, wait_until, write_and_rename

scenario = SCENARIOS = Scenarios()

DURABLE = ("--appendonly", "yes", "--appendfsync", "always")
# Seconds: that somebody is stopped, and until it has made up for that. It finds at once that its connections have ended,
# makes new ones and asks; should one fail, it tries again within the first pauses.
FROZEN, THAWED = 60, 3
# A script that ends by itself after a minute or so, should nobody end it.
BUSY = "for i = 1, 1e10 do end"
# Of an instance that has a small configuration, in MiB.
MOST_MEMORY = 40


@scenario
def what_is_published_comes_to_all_who_follow_and_only_goes_on(shop):
    store = shop.store(1)
    with store.follow() as first, store.follow() as second, store.follow() as third:
        watches = (first, second, third)
        for one in watches:
            one.runs(1)
        for number in range(2, 32):
            store.publish(f"Roads {number}")
        for one in watches:
            one.runs(31)
            one.must_have_written(store.pull(31))
        store.status("--wait", 15, "--instances", 3, code=0)
        for one in watches:
            must_have_only_gone_on(one, 31)


@scenario
def messages_that_are_lost_cost_no_version(shop):
    store = shop.store(1)
    with contextlib.ExitStack() as stack:
        watches = [stack.enter_context(store.follow()) for _ in range(3)]
        for one in watches:
            one.runs(1)
        is_over = threading.Event()

        def cut():
            """How often somebody was cut off."""
            count = 0
            while not is_over.wait(0.2):
                count += int(store.server.cli("CLIENT", "KILL", "TYPE", "pubsub")) > 0
            return count

        with concurrent.futures.ThreadPoolExecutor(1) as worker:
            cutting = worker.submit(cut)
            try:
                for number in range(2, 202):
                    store.publish(f"Roads {number}")
            finally:
                is_over.set()
            kills = cutting.result()
        check(kills >= 5, f"too few connections were cut to tell anything: {kills}")
        check(len(store.must_have_no_gap()) == 201, "versions are lost")
        for one in watches:
            one.runs(201)
            one.must_have_written(store.pull())
            must_have_only_gone_on(one, 201)
            check("store_lost" not in one.kinds(), "the store was not lost")
    return f"they were cut off {kills} times"


def must_have_only_gone_on(watch, last):
    """Each version up to the last one was received and applied at most once, and those that were not are told of."""
    for kind in ("received", "applied"):
        seen = [event["version"] for event in watch.events if event["event"] == kind]
        check(seen == sorted(set(seen)), f"{kind} {seen}")
    received = [event for event in watch.events if event["event"] == "received"]
    skipped = sum(event.get("skipped", 0) for event in received)
    check(len(received) + skipped == last, f"{len(received)} received, {skipped} skipped")


@scenario
def a_server_killed_again_and_again_loses_nothing_that_it_acknowledged(shop):
    server = RedisServer(shop, *DURABLE)
    store = shop.store_in(server)
    made = {}
    with store.follow() as watch:
        watch.runs(1)
        is_over = threading.Event()

        def kill():
            while not is_over.wait(0.3):
                server.restart()

        with concurrent.futures.ThreadPoolExecutor(1) as worker:
            killing = worker.submit(kill)
            for number in range(2, 42):
                # Whoever gets no answer asks once more, by the same name.
                def published(number=number):
                    done = store.publish(f"Roads {number}", "--request", f"request-{number}", "--lease-ttl", 300, code=None)
                    return done if done["result"] in ("published", "repeated") else None

                done = wait_until(published, f"publishing {number}")
                check(done["version"] not in made, f"version {done['version']} was made twice")
                made[done["version"]] = done["hash"]
            is_over.set()
            killing.result()
        history = {one["version"]: one for one in store.history()}
        check(sorted(history) == list(range(1, len(history) + 1)), "versions with a gap")
        for version, hash_text in made.items():
            check(history.get(version, {}).get("hash") == hash_text, f"version {version} was acknowledged and is lost")
        check(len([one for one in history.values() if one["kind"] == "publish"]) == 41, "a request made two versions")
        store.must_be_clean()
        watch.runs(max(history), patience=2 * PATIENCE)
        watch.must_have_written(store.pull())
    return f"{len(made)} versions, {len(history)} with those of taken leases"


@scenario
def a_server_that_forgets_all_is_told_and_nobody_makes_the_store_anew(shop):
    store = shop.store(3)
    file = shop.configuration_file("Roads 3")
    with store.follow() as follower, store.lead(file, ttl=1000) as leader:
        for one in (follower, leader):
            one.runs(3)
        before = follower.written()
        store.server.restart()
        for one in (follower, leader):
            one.wait("store_lost", "conflict")
        write_and_rename(file, configuration("Streets"))
        time.sleep(3)
        check(store.server.cli("KEYS", "*head") == "", "somebody has made the store anew")
        for one in (follower, leader):
            one.must_run()
            check(one.written() == before, "something else runs")
        # One of another epoch is not followed.
        store.publish("Lanes", "--init")
        follower.wait("conflict")
        check(follower.written() == before, "it follows a store that was made anew")
    with store.follow() as again:
        again.runs(1)


@scenario
def an_emptied_server_is_told_by_who_follows(shop):
    for command in (["FLUSHALL"], ["FLUSHDB"], None):
        store = shop.store(2)
        with store.follow() as watch:
            watch.runs(2)
            store.server.cli(*(command or ["DEL", store.key("head")]))
            watch.wait("store_lost", "conflict")
            watch.must_run()
            check("Roads 2" in watch.written().decode(), "something else runs")


@scenario
def a_store_that_went_back_is_a_conflict_and_a_new_history_is_followed_when_it_is_ahead(shop):
    store = shop.store(2)
    store.server.keep()
    store.publish("Roads 3")
    with store.follow() as watch:
        watch.runs(3)
        store.server.go_back()
        event = watch.wait("conflict")
        check("went back to version 2" in event["message"], f"it is not told: {event}")
        check("Roads 3" in watch.written().decode(), "it went back")
        store.publish("Lanes 3")
        event = watch.wait("received", version=3)
        check("history" in event.get("message", ""), f"that it is another history is not told: {event}")
        watch.wait("changed", version=3)
        store.publish("Lanes 4")
        watch.runs(4)
    store.must_be_clean()


@scenario(waits=True)
def a_failover_by_sentinels_goes_on_with_what_the_replica_has(shop):
    master = RedisServer(shop)
    replica = RedisServer(shop, "--replicaof", "127.0.0.1", master.port)
    wait_until(lambda: "master_link_status:up" in replica.cli("INFO", "replication"), "the replica is up to date")
    sentinels = SentinelGroup(shop, master)
    store = SentinelStore(shop, sentinels)
    store.make(2)
    wait_until(lambda: replica.cli("HGET", store.key("head"), "version") == "2", "the replica has it")
    with store.follow() as watch:
        watch.runs(2)
        master.kill()
        # Until then publishing fails, and says so.
        done = wait_until(lambda: (lambda one: one["result"] == "published" and one)(
            store.publish("Roads 3", "--request", "three", code=None)), "a new master", patience=60)
        watch.runs(done["version"], patience=30)
        watch.must_run()
        master.start()
        wait_until(lambda: master.cli("ROLE").startswith("slave"), "the old master is a replica", patience=60)
        store.publish("Roads 4")
        watch.runs(store.head_version())
    store.must_be_clean()


@scenario(waits=True)
def a_server_that_is_not_there_at_first_is_waited_for_by_those_who_were_asked_to(shop):
    store = shop.store_in(RedisServer(shop, *DURABLE))
    state = shop.scratch / "state"
    with store.follow("--state", state) as watch:
        watch.runs(1)
    store.server.kill()
    begin = time.monotonic()
    store.run("watch", code=3)
    check(time.monotonic() - begin < 5, f"it says so after {time.monotonic() - begin:.1f} s")
    with store.follow("--wait") as waiting, store.follow("--state", state, "--start-from-last-good") as begun:
        waiting.wait("store_lost", but=("started",))
        begun.wait("started")
        check("Roads 1" in begun.written().decode(), "it does not run what ran last")
        store.server.start()
        waiting.runs(1)
        store.publish("Roads 2")
        for one in (waiting, begun):
            one.runs(2)
            one.must_have_written(store.pull())
        store.status("--wait", 30, "--instances", 2, code=0)


@scenario(waits=True)
def a_server_that_is_kept_busy_by_a_script_is_lost_until_that_ends(shop):
    store = shop.store_in(RedisServer(shop, "--lua-time-limit", 100))
    with store.follow() as watch:
        watch.runs(1)
        shop.start(["redis-cli", "-p", store.server.port, "EVAL", BUSY, 0], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
        event = watch.wait("store_lost")
        check("busy" in event["message"].lower(), f"it does not say why: {event}")
        failed = store.publish("Roads 2", "--lock-wait", 1, code=3)
        check("busy" in failed["message"].lower(), f"it does not say why: {failed}")
        watch.must_run()
        store.server.cli("SCRIPT", "KILL")
        watch.wait("store_back")
        store.publish("Roads 2")
        watch.runs(2)


@scenario(waits=True)
def a_server_that_reads_what_it_kept_is_lost_until_it_has_done_so(shop):
    store = shop.store(1)
    server = store.server
    with store.follow() as watch:
        watch.runs(1)
        server.cli(text="".join(f"SET filler:{number} {random.randbytes(600).hex()}\n" for number in range(100)))
        server.cli("SAVE")
        server.kill()
        # It answers between two keys, each of which takes a tenth of a second.
        server.settings = ("--key-load-delay", 100_000, "--loading-process-events-interval-bytes", 1024)
        server.launch()
        wait_until(lambda: "LOADING" in server.cli("GET", "x", code=None), "it loads")
        failed = store.publish("Roads 2", "--lock-wait", 1, code=3)
        check("load" in failed["message"].lower(), f"it does not say why: {failed}")
        watch.wait("store_lost")
        check("LOADING" in server.cli("GET", "x", code=None), "it has done so already")
        watch.wait("store_back", patience=30)
        store.publish("Roads 2")
        watch.runs(2)


@scenario(waits=True)
def a_server_that_stands_still_is_lost_and_found_again(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        with store.server.stopped():
            watch.wait("store_lost", patience=15)
            watch.must_run()
        watch.wait("store_back", patience=15)
        store.publish("Streets")
        watch.runs(2)


@scenario(waits=True)
def a_follower_that_stood_still_catches_up(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        watch.send(signal.SIGSTOP)
        for number in range(2, 22):
            store.publish(f"Roads {number}")
        time.sleep(12)
        watch.send(signal.SIGCONT)
        watch.runs(21)
        check(watch.last("received")["skipped"] == 19, f"skipped: {watch.last('received')}")
        store.status("--wait", 15, "--instances", 1, code=0)


def is_cut_off(server):
    """Whether nobody listens any more."""
    return server.cli("CLIENT", "LIST", "TYPE", "pubsub") == ""


@scenario(waits=True)
def a_follower_frozen_for_a_minute_whose_connections_were_cut_is_at_the_head_at_once(shop):
    server = RedisServer(shop, "--client-output-buffer-limit", "pubsub 1mb 512kb 5")
    store = shop.store_in(server)
    with store.follow() as watch:
        watch.runs(1)
        watch.send(signal.SIGSTOP)
        begin = time.monotonic()
        for number in range(2, 42):
            store.publish(f"Roads {number}")
        # What its side takes without reading it is some megabytes.
        message = "x" * 1_000_000

        def cut_off():
            server.cli("-x", "PUBLISH", store.key("events"), text=message)
            return is_cut_off(server)

        wait_until(cut_off, "it is cut off, since it does not read")
        check("ASAP for overcoming of output buffer limits" in server.log(), "it was cut off otherwise")
        # The other connection, on which it asks, has no answer waiting.
        server.cli("CLIENT", "KILL", "TYPE", "normal")
        wait_until(lambda: not any(one["live"] for one in store.status()["instances"]), "it is gone", patience=25)
        time.sleep(max(0, begin + FROZEN - 1 - time.monotonic()))
        for number in range(42, 51):
            store.publish(f"Roads {number}")
        time.sleep(max(0, begin + FROZEN - time.monotonic()))
        thawed = time.monotonic()
        watch.send(signal.SIGCONT)
        seconds = watch.runs(50, patience=THAWED)["arrived"] - thawed
        watch.must_have_written(store.pull())
        must_have_only_gone_on(watch, 50)
        store.status("--wait", 30, "--instances", 1, code=0)
        store.publish("Lanes")
        watch.runs(51)
        most = memory_of(watch.pid)
        check(most < MOST_MEMORY, f"it took {most} MiB")
    return f"at the head {seconds:.2f} s after {FROZEN} s, at most {most} MiB"


@scenario(waits=True)
def a_publisher_that_stood_still_past_its_lease_publishes_nothing_and_follows(shop):
    store = shop.store(1)
    first, second = (shop.configuration_file("Roads 1", f"{name}.hcl") for name in ("first", "second"))
    with store.lead(first, ttl=1000) as leader:
        leader.leads()
        with store.lead(second, ttl=1000) as other:
            other.runs(1)
            leader.send(signal.SIGSTOP)
            write_and_rename(first, configuration("Roads of the first"))
            wait_until(lambda: any(one["kind"] == "barrier" for one in store.history()), "the lease is taken over")
            write_and_rename(second, configuration("Roads of the second"))
            published = other.wait("published")
            leader.send(signal.SIGCONT)
            leader.runs(published["version"])
            time.sleep(1.5)
            check("published" not in leader.kinds(), "it has published what came too late")
            check(b"Roads of the second" in store.pull(), "the head is another one")
    store.must_have_no_gap()


@scenario(waits=True)
def a_killed_leader_is_replaced_when_its_lease_ends(shop):
    store = shop.store(1)
    first, second = (shop.configuration_file("Roads 1", f"{name}.hcl") for name in ("first", "second"))
    with store.lead(second, ttl=1500) as leader:
        leader.leads()
        with store.lead(first, ttl=1500) as other:
            other.runs(1)
            os.kill(leader.pid, signal.SIGKILL)
            begin = time.monotonic()
            wait_until(lambda: any(one["kind"] == "barrier" for one in store.history()), "the lease is taken over")
            seconds = time.monotonic() - begin
            write_and_rename(first, configuration("Streets"))
            other.wait("published", but=("conflict",))
        leader.exit_code()
        # It is no failure of the scenario's.
        leader.end = lambda: None
    check(seconds < 5, f"taken over after {seconds:.1f} s")
    return f"after {seconds:.1f} s"
