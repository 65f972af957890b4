# SPDX-License-Identifier: MIT
"""What the status finds, and what nobody may find."""

import collections
import itertools
import json
import math
import subprocess
import threading
import time

from redis_servers import Connection, RedisServer, RedisStore
from storing import Scenarios, check, configuration, wait_until

scenario = SCENARIOS = Scenarios()


@scenario(waits=True)
def an_instance_that_is_gone_shows_in_the_status(shop):
    store = shop.store(1)
    with store.follow() as one:
        one.runs(1)
        with store.follow() as other:
            other.runs(1)
            store.status("--wait", 15, "--instances", 2, code=0)
            shop.kill(other.process)
            other.end = lambda: None
            found = wait_until(lambda: (lambda status: not all(one["live"] for one in status["instances"]) and status)(
                store.status("--instances", 2)), "it is found gone", patience=30)
            check(not found["consistent"], f"consistent: {found}")


@scenario(waits=True)
def an_instance_that_is_behind_shows_in_the_status(shop):
    store = shop.store(1)
    with store.follow() as one, store.follow("--fail-on", "warning") as other:
        one.runs(1)
        other.runs(1)
        store.publish(text=configuration("Roads 2", '\ndata_source "unused" {\n  provider   = "postgresql"\n'
                                                    '  connection = env("OTHER_URL")\n}\n'))
        one.runs(2)
        other.wait("rejected")
        found = store.status("--instances", 2, code=1)
        complaints = [each["complaint"] for each in found["instances"]]
        check(any("rejects version 2" in each for each in complaints), f"not told: {complaints}")


@scenario
def no_secret_is_in_redis_or_in_what_is_sent_to_it(shop):
    secrets = {"DATABASE_URL": "postgresql://me:planted-hunter2@db/gis", "OTHER": "planted-token"}
    server = RedisServer(shop, "--requirepass", "planted-redis-password")
    store = RedisStore(shop, server, "city")
    password = {"HONUA_REDIS_PASSWORD": "planted-redis-password"}
    more = {**secrets, **password}
    log = shop.scratch / "monitor"
    with open(log, "wb") as file:
        monitor = shop.start(["redis-cli", "-p", server.port, "-a", "planted-redis-password", "--no-auth-warning",
                              "MONITOR"], stdout=file, stderr=subprocess.DEVNULL)
        wait_until(lambda: log.stat().st_size > 0, "the monitor listens")
        store.publish("Roads 1", "--init", more=more)
        literal = configuration("Roads 2").replace('env("DATABASE_URL")', '"Host=db;Password=planted-literal"')
        refused = store.publish(text=literal, code=1, more=more)
        check("secret" in refused["message"], f"it is published: {refused}")
        file_of_values = shop.scratch / "values"
        file_of_values.write_text("DATABASE_URL=postgresql://me:planted-in-a-file@db/gis\n", encoding="utf-8")
        with store.follow(more=more) as watch, store.follow("--env-file", file_of_values, more=more) as other:
            watch.runs(1)
            other.runs(1)
            store.publish("Roads 3", more=more)
            watch.runs(2)
            other.runs(2)
            store.status("--instances", 2, more=more)
            done = shop.run(shop.honua, "lock", "--store", store.url, "--", "true", more=more)
            check(done.returncode == 0, f"{done}")
            printed = "".join(watch.lines + other.lines) + watch.stderr() + other.stderr()
        wrong = store.run("history", code=3, more={"HONUA_REDIS_PASSWORD": "planted-and-wrong"})
        in_url = shop.run(shop.honua, "history", "--store", f"redis://:planted-in-a-url@127.0.0.1:{server.port}")
        check(in_url.returncode == 3, f"{in_url}")
        printed += wrong.stdout + wrong.stderr + in_url.stdout + in_url.stderr
        shop.kill(monitor)
    kept = []
    cli = ["-a", "planted-redis-password", "--no-auth-warning"]
    for key in server.cli(*cli, "KEYS", "*").splitlines():
        kind = server.cli(*cli, "TYPE", key)
        read = {"string": ["GET"], "hash": ["HGETALL"], "set": ["SMEMBERS"]}.get(kind)
        kept.append(key + server.cli(*cli, *(read or ["XRANGE"]), key, *([] if read else ["-", "+"])))
    check(len(kept) > 5, f"too few keys to tell anything: {kept}")
    seen = log.read_text(encoding="utf-8", errors="replace")
    check('"EVAL"' in seen, "the monitor has seen nothing")
    for place, text in (("the keys", "\n".join(kept)), ("what was sent", seen), ("what was printed", printed)):
        check("planted" not in text, f"in {place}: {text[max(0, text.find('planted') - 200):][:400]}")


@scenario
def a_version_and_a_snapshot_of_redis_are_sides_of_a_plan(shop):
    store = shop.store(2)
    done = shop.run(shop.honua, "plan", f"{store.url}@1", f"{store.url}@head", "--format", "json")
    check("Roads 1" in done.stdout and "Roads 2" in done.stdout, f"{done}")
    done = shop.run(shop.honua, "show", f"{store.url}@1")
    check("Roads 1" in done.stdout, f"{done}")


@scenario
def what_is_collected_is_nothing_that_anybody_needs(shop):
    store = shop.store(12)
    with store.follow() as watch:
        watch.runs(12)
        store.run("store", "gc", "--keep", 3)
        store.must_be_clean()
        check(len(store.server.cli("KEYS", store.key("object:*").replace("{", r"\{")).split()) == 3, "it keeps others")
        store.run("rollback", "1", code=3)
        store.run("rollback", "11")
        watch.runs(13)


class Fleet:
    """So many instances that say what an instance says, each with the same pauses, which is kept for so many milliseconds;
    to be used in a `with` statement. What they say can be changed at any time."""

    PARTS = 20  # say it one after the other

    def __init__(self, store, count, said, kept):
        self.store = store
        self.kept = kept
        self.said = [{**said, "id": f"{number:032x}", "pid": 100_000 + number} for number in range(count)]
        self.silent = set()
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._beat)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *unused):
        self.is_over.set()
        self.thread.join()

    def _beat(self):
        pause = self.said[0]["interval"] / 1000 / self.PARTS
        due = time.monotonic()
        with Connection(self.store.server) as connection:
            for part in itertools.cycle(range(self.PARTS)):
                for one in self.said[part::self.PARTS]:
                    one["beat"] += 1
                connection.run(*[command for one in self.said[part::self.PARTS] if one["pid"] not in self.silent
                                 for command in self._commands(one)])
                due += pause
                if self.is_over.wait(max(0, due - time.monotonic())):
                    return

    def _commands(self, one):
        text = json.dumps(one, separators=(",", ":")) + "\n"
        return (["SET", self.store.key(f"instance:{one['id']}"), text, "PX", self.kept],
                ["SADD", self.store.key("instances"), one["id"]])


def said_by(store, watch):
    """What the only instance says of itself, which must be a watch's, and for how long that is kept, in whole minutes."""
    (name,) = store.server.cli("SMEMBERS", store.key("instances")).split()
    said = json.loads(store.server.cli("GET", store.key(f"instance:{name}")))
    check(said["pid"] == watch.pid, f"it is another one's: {said}")
    left = int(store.server.cli("PTTL", store.key(f"instance:{name}")))
    return said, math.ceil(left / 60_000) * 60_000


@scenario(loads=True)
def of_a_thousand_instances_the_status_is_right_and_quick(shop):
    store = shop.store(1)
    with store.follow() as watch:
        watch.runs(1)
        old, _ = said_by(store, watch)
        store.publish("Streets")
        watch.runs(2)
        wait_until(lambda: said_by(store, watch)[0]["version"] == 2, "it says so")
        new, kept = said_by(store, watch)
        interval = new["interval"] / 1000
        with Fleet(store, 999, new, kept) as fleet:
            wait_until(lambda: len(store.server.cli("SMEMBERS", store.key("instances")).split()) == 1000, "all are there")

            def status(code):
                begin = time.monotonic()
                found = store.status("--instances", 1000, code=code)
                check(len(found["instances"]) == 1000, f"{len(found['instances'])} instances")
                return found["instances"], time.monotonic() - begin

            # It waits until it has seen all of them say something.
            instances, quick = status(code=0)
            check(all(one["live"] for one in instances), "some are taken for dead")
            check(quick < interval + 3, f"all are well, which is told after {quick:.1f} s")
            behind, other, rejecting = fleet.said[10:17], fleet.said[100:103], fleet.said[500]
            for one in behind:
                one.update({name: old[name] for name in ("version", "hash", "chain")})
            for one in other:
                one["fingerprint"] = "0000"
            rejecting.update(state="rejected", reason="by its rules", rejected_version=2)
            fleet.silent.update(one["pid"] for one in fleet.said[990:])
            time.sleep(interval)
            instances, slow = status(code=1)
            check(slow < 3 * interval + 3, f"some are not well, which is told after {slow:.1f} s")
            # For how long is not known so exactly.
            complaints = collections.Counter(one["complaint"].partition(" for ")[0] for one in instances)
            wanted = {"": 1000 - 7 - 3 - 1 - 9, "it does not run the head": 7, "its environment has other values": 3,
                      "it rejects version 2: by its rules": 1, "it has not been heard of": 9}
            check(complaints == wanted, f"{complaints}")
            check({one["pid"] for one in instances if not one["live"]} == fleet.silent, "others are taken for dead")
    return f"{quick:.1f} s where all are well, {slow:.1f} s where some are dead; heartbeats are {interval:.0f} s apart"


@scenario(loads=True)
def from_publishing_to_the_last_of_eight_followers_it_takes_milliseconds(shop):
    store = shop.store(1)
    watches = [store.follow() for _ in range(8)]
    try:
        for one in watches:
            one.runs(1)
        times = []
        for number in range(2, 42):
            file = shop.file_of(configuration(f"Roads {number}"))
            done = store.run("publish", file, "--format", "json")
            published = time.monotonic()
            version = json.loads(done.stdout)["version"]
            events = [one.wait("applied", version=version) for one in watches]
            times.append(max(event["arrived"] for event in events) - published)
        times.sort()
        for one in watches:
            one.end()
    finally:
        for one in watches:
            one.kill()
    return (f"from the end of `publish` to the last `applied`: median {1000 * times[len(times) // 2]:.1f} ms, "
            f"most {1000 * times[-1]:.1f} ms")
