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
    store.must_be_clean()
