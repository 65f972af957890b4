# SPDX-License-Identifier: MIT
"""What the status finds, and what nobody may find."""

import json
import subprocess
import time

from redis_servers import RedisServer, RedisStore
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
