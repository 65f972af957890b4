# SPDX-License-Identifier: MIT
"""Many publish at once, and some of them are killed: versions follow each other, each made by one, and whoever reads the
head reads what was there at some moment of the reading."""

import concurrent.futures
import contextlib
import math
import os
import random
import signal
import subprocess
import sys
import threading
import time

import linearizability
from linearizability import Operation, check_linearizable
from machines import need_tracing, traced
from storing import PATIENCE, Scenarios, check, configuration, read_output, wait_until, write_and_rename

scenario = SCENARIOS = Scenarios()

PUBLISHES = int(os.environ.get("PUBLISHES", "2000"))
PUBLISHERS = 8
# Runs a program that is killed at a time after its own start, however long its start takes: by a signal that it does not
# know of, as is SIGKILL.
KILLED_BY_TIMER = ("import os, signal, sys; signal.setitimer(signal.ITIMER_REAL, float(sys.argv[1])); "
                   "os.execvp(sys.argv[2], sys.argv[2:])")
SOONEST_KILL, LATEST_KILL = 0.0005, 0.03
# One in so many publishings is killed, and the store verified after so many kills.
KILLED = 8
VERIFIED = 10
# Two race each other so often.
ROUNDS = int(os.environ.get("ROUNDS", "500"))
# They go on until a history has so many operations, where the head can be read without starting the program.
OPERATIONS = int(os.environ.get("OPERATIONS", "10000"))
QUICK_READERS = 4
QUICK_PAUSE = 0.004


# --- what is seen


class Publishing(Operation):
    """Its name is the version's message, too."""

    pid = None
    expected = None  # the head, if it must be one


@scenario
def histories_that_no_order_explains_are_found(shop):
    return f"{len(linearizability.BAD)} that are bad, {len(linearizability.GOOD)} that are good, " \
           f"{linearizability.self_test()} of 3,000 random ones"


# --- the race


class Race:
    """Publishers and readers of one store, who note down what they do."""

    def __init__(self, shop, count):
        self.shop = shop
        self.store = shop.store(1)
        self.count = count
        self.wanted = OPERATIONS if self.store.head_reader else 0
        self.lock = threading.Lock()
        self.operations = []
        self.acknowledged = {}  # versions: hashes
        self.results = {}
        self.kills = 0
        self.faults = []
        self.started = 0
        self.is_over = threading.Event()
        self.random = random.Random(7)

    def next_number(self):
        with self.lock:
            # Of those that are killed some have done nothing.
            if self.started >= self.count and len(self.operations) - self.kills >= self.wanted:
                return None
            self.started += 1
            return self.started

    def note(self, operation, result):
        if result != "killed":
            operation.end = time.monotonic()
        with self.lock:
            self.operations.append(operation)
            self.results[result] = self.results.get(result, 0) + 1

    def publisher(self):
        known = 1
        while (number := self.next_number()) is not None:
            known = self.publish(number, known)

    def publish(self, number, known):
        """One publishing, half of them with the head that this publisher knows; the head that it knows then."""
        operation = Publishing(f"publish {number}", 0)
        expects = number % 2 == 0
        file = self.shop.file_of(configuration(f"Roads of {number}"))
        words = ["publish", file, "--format", "json", "-m", operation.name, "--lease-ttl", 300, "--lock-wait", 50,
                 *(["--expect-version", known] if expects else [])]
        with self.lock:
            is_killed = self.random.randrange(KILLED) == 0
            # Each power of ten alike: some while it runs, on machines that are fast and on those that are slow.
            seconds = math.exp(self.random.uniform(math.log(SOONEST_KILL), math.log(LATEST_KILL)))
        command = self.store.command(*words)
        if is_killed:
            command = [sys.executable, "-ISc", KILLED_BY_TIMER, seconds, *command]
        operation.begin = time.monotonic()
        process = self.shop.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        operation.pid = process.pid
        out, errors = process.communicate(timeout=100)
        self.shop.kill(process)
        file.unlink()
        if not out:
            # Whether it has published, the history tells.
            check(process.returncode == -signal.SIGALRM and is_killed,
                  f"{operation.name}: exit code {process.returncode}: {errors}")
            self.note(operation, "killed")
            self.verify_now_and_then()
            return known
        found = read_output(out)
        done = found["result"] == "published"
        check(process.returncode in (0 if done else 1, -signal.SIGALRM), f"exit code {process.returncode}: {out}{errors}")
        check(done or found["result"] in ("conflict", "stale_fence"), f"{operation.name}: {out}")
        operation.value = found["hash"]
        if done:
            operation.made = found["version"]
            with self.lock:
                check(found["version"] not in self.acknowledged, f"version {found['version']} was made twice")
                self.acknowledged[found["version"]] = found["hash"]
        else:
            operation.read = found["version"]
            check(found["result"] != "conflict" or not expects or found["version"] != known, f"no conflict: {out}")
        if expects:
            operation.expected = known
        self.note(operation, found["result"])
        return found["version"]

    def verify_now_and_then(self):
        with self.lock:
            self.kills += 1
            is_due = self.kills % VERIFIED == 0
        if is_due:
            # While the others go on.
            self.store.must_be_clean()

    def reader(self):
        while not self.is_over.wait(0.03):
            operation = Operation("read", time.monotonic())
            head = self.store.head()
            operation.read, operation.value = head["version"], head["hash"]
            self.note(operation, "read")

    def quick_reader(self):
        """As the program does, without starting it."""
        with self.store.head_reader() as read:
            while not self.is_over.wait(QUICK_PAUSE):
                operation = Operation("quick read", time.monotonic())
                operation.read, operation.value = read()
                self.note(operation, "quick read")

    def run(self):
        quick_readers = QUICK_READERS if self.store.head_reader else 0
        with concurrent.futures.ThreadPoolExecutor(PUBLISHERS + 2 + quick_readers) as workers:
            readers = [workers.submit(self.reader) for _ in range(2)]
            readers += [workers.submit(self.quick_reader) for _ in range(quick_readers)]
            publishers = [workers.submit(self.publisher) for _ in range(PUBLISHERS)]
            try:
                for one in publishers:
                    one.result()
            finally:
                self.is_over.set()
            for one in readers:
                one.result()

    def check_history(self):
        """Every version was made by one operation, and within its time."""
        history = {one["version"]: one for one in self.store.history()}
        check(sorted(history) == list(range(1, len(history) + 1)), "versions with a gap")
        for version, hash_text in self.acknowledged.items():
            check(history.get(version, {}).get("hash") == hash_text, f"version {version} was acknowledged and is lost")
        by_name = {one.name: one for one in self.operations if isinstance(one, Publishing)}
        by_process = {str(one.pid): one for one in by_name.values()}
        seen = set()
        barriers = []
        for version, record in history.items():
            if version == 1:
                continue
            if record["kind"] == "barrier":
                # Made by an operation that took a lease over, besides its own.
                maker = by_process.get(record["author"].rpartition(":")[2])
                check(maker is not None, f"version {version}: nobody's")
                barriers.append(Operation(f"barrier of {maker.name}", maker.begin, maker.end, version))
                check(record["hash"] == history[version - 1]["hash"], f"version {version}: a barrier with other content")
                continue
            maker = by_name.get(record["message"])
            check(maker is not None and maker.name not in seen, f"version {version}: made by nobody, or twice: {record}")
            seen.add(maker.name)
            # Of those that were killed it is known now.
            check(maker.made in (None, version) and maker.read is None, f"version {version}: {maker}")
            maker.made = version
            if maker.expected is not None:
                between = [history[one]["kind"] for one in range(maker.expected + 1, version)]
                check(set(between) <= {"barrier"}, f"version {version} expected {maker.expected}")
        # Of those that were killed nobody knows when they would have ended, and some have done nothing.
        done = [one for one in self.operations if one.version is not None] + barriers
        for one in done:
            check(one.value in (None, history[one.version]["hash"]), f"another one than in the history: {one}")
        return done

    def summary(self, seconds):
        found = ", ".join(f"{count} {name}" for name, count in sorted(self.results.items()))
        return (f"{len(self.operations)} operations in {seconds:.0f} s, {self.started} of them publishings: {found}; "
                f"verified after every {VERIFIED}th kill")


@scenario(loads=True)
def eight_publishers_of_whom_some_are_killed_make_one_history(shop):
    race = Race(shop, PUBLISHES)
    begin = time.monotonic()
    race.run()
    seconds = time.monotonic() - begin
    race.store.must_be_clean()
    history = race.check_history()
    check_linearizable(history)
    for result in ("published", "conflict", "killed"):
        check(race.results.get(result, 0) >= PUBLISHES // 50, f"too few of {result} to tell anything: {race.results}")
    return race.summary(seconds)


@scenario(loads=True)
def of_two_publishers_that_expect_the_same_head_one_wins(shop):
    store = shop.store(1)
    head = 1
    files = [shop.configuration_file(name=f"{name}.hcl") for name in ("one", "other")]
    # Whoever waits for a lease looks for it ten times in its duration.
    words = ["--format", "json", "--lease-ttl", 200]
    for number in range(ROUNDS):
        processes = []
        for which, file in enumerate(files):
            file.write_text(configuration(f"{number} of {which}"), encoding="utf-8")
            command = store.command("publish", file, "--expect-version", head, *words)
            processes.append(shop.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        found = []
        for process in processes:
            out, errors = process.communicate(timeout=PATIENCE)
            shop.kill(process)
            found.append((process.returncode, read_output(out)) if out else (process.returncode, {"result": errors}))
        found.sort(key=lambda one: one[0])
        (won, winner), (lost, loser) = found
        check((won, winner["result"]) == (0, "published"), f"round {number}: {found}")
        check(lost == 1 and loser["result"] in ("conflict", "stale_fence"), f"round {number}: {found}")
        # Whoever takes the lease over, since the other one was too slow, makes a version of the same snapshot.
        check(winner["version"] > head, f"round {number}: {found}")
        if loser["result"] == "conflict":
            check(loser["version"] >= winner["version"] and loser["hash"] == winner["hash"],
                  f"round {number}: the loser is not told of the winner: {found}")
        head = max(winner["version"], loser["version"])
    versions = store.must_have_no_gap()
    check(len(versions) >= ROUNDS + 1, f"{len(versions)} versions after {ROUNDS} rounds")
    store.must_be_clean()
    return f"{ROUNDS} rounds, {len(versions)} versions"


@scenario(loads=True)
def leases_shorter_than_any_work_make_no_version_twice(shop):
    # All take over from each other, although nobody has died: each version's link waits for longer than a lease lasts.
    need_tracing(shop)
    store = shop.store(1)
    made = []
    slowly = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=linkat", "-e",
              "inject=linkat:delay_enter=150000"]

    def work(which):
        for number in range(6):
            file = shop.file_of(configuration(f"{number} of {which}"))
            done = shop.run(*slowly, *store.command("publish", file, "--format", "json", "--lease-ttl", 100))
            found = read_output(done.stdout)
            check(found["result"] in ("published", "conflict", "stale_fence"), f"{done}")
            if found["result"] == "published":
                made.append(found["version"])

    with concurrent.futures.ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    history = store.must_have_no_gap()
    check(len(set(made)) == len(made), f"versions made twice: {sorted(made)}")
    published = [one["version"] for one in store.history() if one["kind"] == "publish" and one["version"] > 1]
    check(sorted(made) == sorted(published), f"acknowledged {sorted(made)}, there {sorted(published)}")
    barriers = [one for one in store.history() if one["kind"] == "barrier"]
    check(made and barriers, f"{len(made)} published, {len(barriers)} take-overs")
    store.must_be_clean()
    return f"{len(made)} of 24 published, {len(barriers)} take-overs, {len(history)} versions"


# --- many instances


@scenario(waits=True)
def of_twenty_instances_that_start_at_once_one_leads(shop):
    store = shop.store(1)
    with contextlib.ExitStack() as stack:
        files = [shop.configuration_file("Roads 1", f"{number}.hcl") for number in range(20)]
        watches = [stack.enter_context(store.lead(file, ttl=60_000)) for file in files]
        for one in watches:
            one.runs(1)
        # Their files are what the head has.
        check(store.head_version() == 1, f"a version was made: {store.head()}")
        found = store.status("--wait", 30, "--instances", 20, code=0)
        check(len(found["instances"]) == 20, f"{len(found['instances'])} instances")
        for number, file in enumerate(files):
            write_and_rename(file, configuration(f"Roads of {number}"))
        leader = wait_until(lambda: [one for one in watches if one.count("published")], "somebody leads")
        title = watches.index(leader[0])
        for one in watches:
            one.runs(2)
            one.must_have_written(store.pull(2))
        check(store.head_version() == 2, f"more than one leads: {store.history()}")
        check(f'"Roads of {title}"' in store.pull(2).decode(), "the leader has published what another one's file says")
        store.status("--wait", 30, "--instances", 20, code=0)
        # In one go: whoever ends first would make another one the leader.
        for one in watches:
            one.send(signal.SIGTERM)
        for one in watches:
            check(one.exit_code() == 0, "exit code of an instance")


@scenario(waits=True)
def at_an_empty_store_one_instance_publishes_and_the_others_wait_for_it(shop):
    store = shop.store(1)
    for name in ("HEAD", "versions/000000000001"):
        (store.path / name).unlink()
    (store.path / "versions").rmdir()
    with contextlib.ExitStack() as stack:
        files = [shop.configuration_file("Roads 1", f"{number}.hcl") for number in range(5)]
        watches = [stack.enter_context(store.lead(file, "--wait", ttl=60_000)) for file in files]
        follower = stack.enter_context(store.follow("--wait"))
        for one in [*watches, follower]:
            one.runs(1)
        check(sum(one.count("published") for one in watches) == 1, "more than one has published")
        store.status("--wait", 30, "--instances", 6, code=0)
        check(store.head_version() == 1, f"a version was made: {store.head()}")
        for one in watches:
            one.send(signal.SIGTERM)
        for one in watches:
            check(one.exit_code() == 0, "exit code of an instance")
    store.must_be_clean()


# --- collecting meanwhile


@scenario(loads=True)
def what_is_collected_meanwhile_is_nothing_that_anybody_needs(shop):
    store = shop.store(1)
    title = shop.configuration_file("Roads 1", "title.hcl")
    with store.follow() as follower, store.follow() as sleeper, contextlib.ExitStack() as stack:
        follower.runs(1)
        sleeper.runs(1)
        # What it runs stays, however old it is.
        sleeper.send(signal.SIGSTOP)
        leader = stack.enter_context(store.lead(title, ttl=300))
        leader.runs(1)
        is_over = threading.Event()

        def collect():
            count = 0
            while not is_over.is_set():
                # The leader has the lease to publish; where it is slow, it may lose it.
                store.run("store", "gc", "--keep", 3, "--age", 0, "--lock-wait", 1, "--lease-ttl", 300, code=None)
                store.must_be_clean()
                count += 1
            return count

        with concurrent.futures.ThreadPoolExecutor(1) as workers:
            collecting = workers.submit(collect)
            try:
                for number in range(2, 30):
                    write_and_rename(title, configuration(f"Roads {number}"))
                    time.sleep(0.03)
                leader.end()
                # In turns with the collecting, and older ones once more.
                for number in range(30, 45):
                    store.publish(f"Roads {number}", "--lease-ttl", 300, code=None)
                    if number % 5 == 0:
                        older = store.head_version() - 1
                        store.run("rollback", older, "--lease-ttl", 300, code=None)
            finally:
                is_over.set()
            rounds = collecting.result()
        store.must_be_clean()
        head = store.head()
        wait_until(lambda: follower.hash() == head["hash"], "the follower runs the head")
        follower.must_have_written(store.pull())
        check(not {"store_lost", "conflict", "rejected"} & set(follower.kinds()), f"troubles: {follower.kinds()}")
        # Nobody else needs them.
        store.run("store", "gc", "--keep", 3, "--age", 0)
        check(store.pull(1) == sleeper.written(), "what an instance runs was taken away")
        needed = {one["hash"] for one in [*store.history(3), *store.status()["instances"]]}
        kept = {f"sha256:{one.parent.name}{one.name}" for one in (store.path / "objects").glob("*/*")}
        check(kept == needed, f"kept {sorted(kept)}, needed {sorted(needed)}")
        sleeper.send(signal.SIGCONT)
        wait_until(lambda: sleeper.hash() == head["hash"], "the one who slept runs the head")
        return f"collected {rounds} times while {head['version']} versions were made"


@scenario
def a_follower_slower_than_publishing_and_collecting_is_told_of_no_trouble(shop):
    # Between reading which version is the head and reading its snapshot, others publish and collect.
    need_tracing(shop)
    store = shop.store(1)
    with store.follow() as follower:
        follower.runs(1)
        delayed = store.publish("Roads 2 soon")
        follower.runs(2)
        folder = store.object_file(delayed["hash"]).parent.parent
        trace = shop.scratch / "trace"
        with traced(shop, follower, "-o", trace, "-P", folder, "-e", "trace=openat",
                    "--inject=openat:delay_enter=2000000:when=1"):
            store.publish("Roads 3")
            time.sleep(0.3)
            store.publish("Roads 4")
            store.publish("Roads 5")
            # The instance says that it runs version 2; 3 and 4 nobody needs, as far as can be known.
            store.run("store", "gc", "--keep", 1, "--age", 0)
            follower.runs(5)
        check("DELAYED" in trace.read_text(encoding="utf-8"), "it was not slow")
        follower.must_have_written(store.pull(5))
        check(not {"store_lost", "conflict"} & set(follower.kinds()), f"troubles that are none: {follower.kinds()}")
