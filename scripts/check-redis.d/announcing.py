# SPDX-License-Identifier: MIT
"""What only Redis has: replicas that must have a version, and a channel that servers listen to."""

import signal

from redis_servers import Connection, RedisServer
from storing import Scenarios, check, configuration, wait_until, write_and_rename

scenario = SCENARIOS = Scenarios()

PATH = "/etc/honua/honua.hcl"


@scenario
def servers_that_know_nothing_of_stores_hear_of_each_version_once_it_is_there(shop):
    store = shop.store(1)
    file = shop.configuration_file("Roads 1")
    with Connection(store.server) as listening:
        listening.run(["SUBSCRIBE", "honua:config:changes"])
        store.publish("Roads 2", "--compat", PATH)
        check(listening.answer()[2].decode() == PATH, "they are told something else")
        # What makes no version is told to nobody.
        store.publish("Roads 2", "--compat", PATH)
        with store.lead(file, "--compat", PATH) as leader:
            leader.leads()
            check(listening.answer()[2].decode() == PATH, "the leader tells something else")
            check(store.head_version() == 3, f"told without a version: {store.head()}")
            write_and_rename(file, configuration("Roads 4"))
            leader.wait("published")
            check(listening.answer()[2].decode() == PATH, "the leader tells something else")
        store.run("publish", file, "--compat", PATH)
        # Whatever else was told would come before this.
        store.server.cli("PUBLISH", "honua:config:changes", "end")
        check(listening.answer()[2] == b"end", "they are told of what is no version")


@scenario
def a_channel_that_may_not_be_used_does_not_undo_a_version(shop):
    server = RedisServer(shop)
    store = shop.store_in(server)
    server.cli("ACL", "SETUSER", "default", "resetchannels", f"&{store.key('events')}")
    file = shop.file_of(configuration("Roads 2"))
    done = store.run("publish", file, "--compat", PATH)
    check("published version 2" in done.stdout and "servers are not told of the version" in done.stderr, f"{done}")


@scenario(waits=True)
def instances_of_a_store_that_was_made_anew_do_not_accept_what_they_would_not_run(shop):
    server = RedisServer(shop)
    store = shop.store_in(server)
    with store.follow() as one:
        one.runs(1)
        server.cli("FLUSHALL")
        store.run("publish", shop.file_of(configuration("Roads 1")), "--init")
        one.wait("conflict")
        # Its name is said in one of four heartbeats.
        wait_until(lambda: store.status()["instances"], "it is there", patience=30)
        found = store.publish("Roads 2", "--two-phase", code=1)
        check(len(found["votes"]["refusing"]) == 1, f"nobody refuses: {found}")
        (refusing,) = found["votes"]["refusing"]
        check("does not follow the store" in refusing["objection"], f"not why: {found}")


@scenario
def a_server_that_says_what_it_was_sent_does_not_give_the_password_away(shop):
    server = RedisServer(shop, "--rename-command", "AUTH", '""')
    host = f"127.0.0.1:{server.port}"
    for url, more in ((f"redis://{host}", {"HONUA_REDIS_PASSWORD": "S3CR3T-TOKEN"}), (f"redis://me:S3CR3T-TOKEN@{host}", {}),
                      (f"redis://:S3CR3T-TOKEN@{host}", {})):
        done = shop.run(shop.honua, "history", "--store", url, more=more)
        check("unknown command" in done.stderr and "S3CR3T" not in done.stdout + done.stderr, f"it is told: {done}")


@scenario(waits=True)
def a_version_is_made_once_replicas_have_its_snapshot_and_told_if_they_do_not_have_it(shop):
    master = RedisServer(shop)
    store = shop.store_in(master)
    refused = store.publish("Roads 2", "--require-replicas", 1, code=3)
    check("0 replicas of 1" in refused["message"] and store.head_version() == 1, f"without a replica: {refused}")
    replica = RedisServer(shop, "--replicaof", "127.0.0.1", master.port)
    wait_until(lambda: "state=online" in master.cli("INFO", "replication"), "the replica is there")
    made = store.publish("Roads 2", "--require-replicas", 1)
    check((made["version"], made["replicas"]) == (2, 1), f"not by the replica: {made}")
    check(replica.cli("HGET", store.key("head"), "version") == "2", "the replica does not have it")
    replica.process.send_signal(signal.SIGSTOP)
    refused = store.publish("Roads 3", "--require-replicas", 1, code=3)
    check("is not published" in refused["message"] and store.head_version() == 2, f"published: {refused}")
    check(not master.cli("KEYS", store.key("put:*").replace("{", r"\{")), "what was put is left behind")
    replica.process.send_signal(signal.SIGCONT)
    wait_until(lambda: store.publish("Roads 3", "--require-replicas", 1, code=None).get("replicas") == 1, "it is back")
    # A request that is repeated asks them again.
    request = ("--require-replicas", 1, "--request", "deployment-17")
    check(store.publish("Roads 4", *request)["replicas"] == 1, "not by the replica")
    replica.process.send_signal(signal.SIGSTOP)
    lacking = store.publish("Roads 4", *request, code=1)
    check((lacking["result"], lacking["replicas"]) == ("repeated", 0), f"taken for replicated: {lacking}")
    replica.process.send_signal(signal.SIGCONT)
    store.must_be_clean()
