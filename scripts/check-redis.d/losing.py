# SPDX-License-Identifier: MIT
"""Servers that end, forget, go back or stand still; connections that are cut; holders that stand still."""

import concurrent.futures
import os
import signal
import threading
import time

from redis_servers import RedisServer, SentinelGroup, SentinelStore
from storing import PATIENCE, Scenarios, check, configuration, wait_until, write_and_rename

scenario = SCENARIOS = Scenarios()

DURABLE = ("--appendonly", "yes", "--appendfsync", "always")


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
            received = [event["version"] for event in one.events if event["event"] == "received"]
            check(received == sorted(set(received)), f"received {received}")
            skipped = sum(event.get("skipped", 0) for event in one.events if event["event"] == "received")
            check(len(received) + skipped == 31, f"{len(received)} received, {skipped} skipped")


@scenario
def messages_that_are_lost_cost_no_version(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        is_over = threading.Event()

        def cut():
            while not is_over.wait(0.2):
                store.server.cli("CLIENT", "KILL", "TYPE", "pubsub")

        with concurrent.futures.ThreadPoolExecutor(1) as worker:
            cutting = worker.submit(cut)
            for number in range(2, 101):
                store.publish(f"Roads {number}")
            is_over.set()
            cutting.result()
        watch.runs(100)
        store.must_have_no_gap()
        check("store_lost" not in watch.kinds(), "the store was not lost")


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
            other.wait("published")
        leader.exit_code()
        # It is no failure of the scenario's.
        leader.end = lambda: None
    check(seconds < 5, f"taken over after {seconds:.1f} s")
    return f"after {seconds:.1f} s"
