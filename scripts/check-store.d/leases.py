# SPDX-License-Identifier: MIT
"""Who may publish, and who holds a lock: holders that stop, die, or sleep, and those who wait for them."""

import concurrent.futures
import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from machines import Mounts, need_tracing, number_of_call, processes_of_its_own
from storing import (NOBODY, PATIENCE, SILENCE, CannotRun, Failed, Scenarios, Store, check, configuration, need, read_output,
                     wait_until, write_and_rename)

scenario = SCENARIOS = Scenarios()


def leases_of(store, name="publisher"):
    """The numbers of the grants that there are."""
    folder = store.path / "leases" / name
    return sorted(int(one.name) for one in folder.iterdir() if one.name.isdigit()) if folder.exists() else []


def has_text(path, text):
    return path.exists() and text in path.read_text(encoding="utf-8", errors="replace")


def wait_for_grant(store, name="publisher", after=0):
    """The newest grant's claim, once it is there."""
    number = wait_until(lambda: [one for one in leases_of(store, name) if one > after], "the lease is granted")[-1]
    return number, json.loads((store.path / "leases" / name / str(number)).read_bytes())


def wait_for_barrier(store, after, patience=PATIENCE):
    """The version that says that a lease was taken over."""
    head = wait_until(lambda: store.head()["version"] > after and store.head(), "the lease is taken over", patience)
    check(head["kind"] == "barrier" and head["version"] == after + 1, f"no barrier: {head}")
    return head


# --- stopped past the lease


def stopped_leader(shop, others_publish):
    store = shop.store(1)
    mine = shop.configuration_file("Mine 1", "mine.hcl")
    theirs = shop.configuration_file("Theirs 1", "theirs.hcl")
    with store.lead(mine, "--author", "first", ttl=3000) as first:
        first.leads()
        with store.lead(theirs, "--author", "second", ttl=3000) as second:
            second.runs(2)
            first.send(signal.SIGSTOP)
            # What it would publish if it did not notice.
            write_and_rename(mine, configuration("Mine 2"))
            wait_for_barrier(store, 2)
            if others_publish:
                write_and_rename(theirs, configuration("Theirs 2"))
                second.wait("published", version=4)
            head = store.head()
            since = len(first.events)
            first.send(signal.SIGCONT)
            first.wait("conflict", but=("published", "changed", "rejected"))
            first.runs(head["version"])
            time.sleep(SILENCE)
            check(store.head() == head, f"something stale was published: {store.head()}")
            check("published" not in first.kinds(since), "it says that it has published")
            for one in (first, second):
                one.must_run()
                check(one.hash() == head["hash"], "not the head runs")
                one.must_have_written(store.pull())
            store.status("--wait", 15, "--instances", 2, code=0)
            store.must_be_clean()


@scenario(waits=True)
def a_publisher_stopped_past_its_lease_publishes_nothing_and_follows(shop):
    stopped_leader(shop, others_publish=True)


@scenario(waits=True)
def the_same_if_the_new_holder_has_published_nothing_yet(shop):
    stopped_leader(shop, others_publish=False)


def stopped_before_the_link(shop, meanwhile):
    """The last moment at which one may stop: all was checked, and only the link is missing."""
    need_tracing(shop)
    store = shop.store(2)
    file = shop.file_of(configuration("Stale"))
    words = ("publish", file, "--format", "json", "--lease-ttl", 500)
    # The last call before the link ends before it stops.
    number = number_of_call(shop, store.copy(), words, "fsync", f'"{3:012}"')
    before = leases_of(store)[-1]
    process = shop.start(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync",
                          f"--inject=fsync:signal=SIGSTOP:when={number}", *store.command(*words)],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _, claim = wait_for_grant(store, after=before)
    # In the traced program's own status the stop shows.
    status = f"/proc/{claim['pid']}/stat"
    wait_until(lambda: Path(status).read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] in "Tt", "it stops")
    meanwhile(store)
    head = store.head()
    os.kill(claim["pid"], signal.SIGCONT)
    out, errors = process.communicate(timeout=PATIENCE)
    found = read_output(out)
    check(process.returncode == 1 and found["result"] == "stale_fence",
          f"exit code {process.returncode}, not 1 for a stale lease: {out}{errors}")
    check(store.head() == head, f"something stale was published: {store.head()}")
    store.must_have_no_gap()
    store.must_be_clean()


@scenario
def a_publishing_that_stops_before_its_last_step_comes_too_late_for_another(shop):
    def publish(store):
        # The first one may meet what is taken over.
        store.publish("Other 1", "--lease-ttl", 500, code=None)
        store.publish("Other 2", "--lease-ttl", 500)

    stopped_before_the_link(shop, publish)


@scenario
def it_comes_too_late_too_if_the_new_holder_has_published_nothing(shop):
    def collect(store):
        store.run("store", "gc", "--lease-ttl", 500)
        check(store.head()["kind"] == "barrier", f"no barrier: {store.head()}")

    stopped_before_the_link(shop, collect)


@scenario
def a_lock_lost_while_stopped_ends_its_program(shop):
    store = shop.store(1)
    asked, began = shop.scratch / "asked", shop.scratch / "began"
    program = shop.endless_program("work", f"trap 'echo > {asked}; exit 0' TERM\necho $HONUA_LOCK_FENCE > {began}")
    words = ("lock", "--name", "seed", "--lease-ttl", 1000)
    process = shop.start(store.command(*words)[:1] + [*words, "--store", store.url, "--", program],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: began.exists() and began.read_text(encoding="ascii"), "the program runs")
    process.send_signal(signal.SIGSTOP)
    # Not before its time.
    held = shop.run(shop.honua, *words, "--lock-wait", 0, "--store", store.url, "--", "true")
    check(held.returncode == 1 and "holds the lease" in held.stderr, f"not held: {held}")
    other = shop.run(shop.honua, *words, "--lock-wait", 15, "--store", store.url, "--", "sh", "-c",
                     "echo $HONUA_LOCK_FENCE")
    check(other.returncode == 0, f"the lock is not taken over: {other}")
    fences = int(began.read_text(encoding="ascii")), int(other.stdout)
    check(fences[0] < fences[1], f"the numbers do not grow: {fences}")
    check(not asked.exists(), "the program was asked by one who is stopped")
    process.send_signal(signal.SIGCONT)
    _, errors = process.communicate(timeout=PATIENCE)
    check(process.returncode == 3, f"exit code {process.returncode}, not 3: {errors}")
    check("taken over" in errors, f"it does not say why: {errors}")
    check(asked.exists(), "the program was not asked to end")


@scenario
def the_program_of_a_killed_lock_does_not_run_beside_the_next_one(shop):
    # That the one who holds it is dead is no proof that its program is, or what that has started: the lease lasts.
    store = shop.store(1)
    number = shop.scratch / "number"
    program = shop.endless_program("work", f"echo $$ > {number}")
    lock = [shop.honua, "lock", "--lease-ttl", 2_000, "--store", store.url, "--"]
    process = shop.start([*lock, program])
    wait_until(lambda: number.exists() and number.read_text(encoding="ascii"), "the program runs")
    shop.kill(process)
    state = f"/proc/{number.read_text(encoding='ascii').strip()}/stat"
    early = shop.run(*lock[:-1], "--lock-wait", 0, "--", "true")
    check(early.returncode == 1, f"the lock is taken over at once: {early}")
    other = shop.run(*lock, "sh", "-c", f"cat {state} || echo gone")
    check(other.returncode == 0, f"the lock is not taken over: {other}")
    # A dead one may wait for somebody to ask for its exit code.
    check("gone" in other.stdout or other.stdout.rsplit(")", 1)[1].split()[0] in "ZX",
          f"the first program still runs: {other.stdout}")


@scenario
def a_lock_is_held_by_one_at_a_time_with_numbers_that_grow(shop):
    store = shop.store(1)
    log = shop.scratch / "log"
    program = shop.program("work", f"#!/bin/sh\nmkdir {shop.scratch}/inside || exit 9\necho $HONUA_LOCK_FENCE >> {log}\n"
                                   f"sleep 0.01\nrmdir {shop.scratch}/inside\n")

    def work(_):
        for _ in range(5):
            done = shop.run(shop.honua, "lock", "--lease-ttl", 2000, "--lock-wait", 40, "--store", store.url, "--",
                            program)
            check(done.returncode == 0, f"exit code {done.returncode}: {done.stdout}{done.stderr}")

    with concurrent.futures.ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    fences = [int(line) for line in log.read_text(encoding="ascii").split()]
    check(fences == sorted(set(fences)) and len(fences) == 20, f"numbers: {fences}")


@scenario
def the_first_two_who_ask_for_a_lock_do_not_stumble_over_each_other(shop):
    # Its directory is made by one of them, while the other one looks for it.
    need_tracing(shop)
    store = shop.store(1)
    lock = [shop.honua, "lock", "--name", "seed", "--lock-wait", 10, "--store", store.url, "--", "true"]
    trace = shop.scratch / "trace"
    process = shop.start(["strace", "-f", "-qq", "-o", trace, "-P", "leases/seed", "-e", "trace=newfstatat",
                          "--inject=newfstatat:delay_enter=1000000:when=1", *lock], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: has_text(trace, "leases/seed") or process.poll() is not None, "it looks for the directory")
    other = shop.run(*lock)
    check(other.returncode == 0, f"it does not get the lock: {other}")
    _, errors = process.communicate(timeout=PATIENCE)
    check(process.returncode == 0, f"exit code {process.returncode}: {errors}")


# --- dead holders


@scenario(waits=True)
def a_killed_leader_is_replaced_long_before_its_lease_ends(shop):
    # Its process is gone, which whoever shares its host sees.
    store = shop.store(1)
    mine, theirs = (shop.configuration_file(f"{name} 1", f"{name}.hcl") for name in ("mine", "theirs"))
    with store.lead(theirs, ttl=60_000) as first:
        first.leads()
        with store.lead(mine, ttl=60_000) as second:
            second.runs(2)
            first.kill()
            wait_for_barrier(store, 2)
            write_and_rename(mine, configuration("mine 2"))
            second.wait("published", version=4)
            store.status("--wait", 15, "--instances", 1, code=0)


@scenario(waits=True)
def a_killed_leader_of_another_namespace_is_replaced_when_its_lease_ends(shop):
    # As if it were another host: its process cannot be seen, and nothing but time tells.
    wrapper = processes_of_its_own(shop)
    store = shop.store(1)
    mine, theirs = (shop.configuration_file(f"{name} 1", f"{name}.hcl") for name in ("mine", "theirs"))
    first = store.lead(theirs, ttl=3000, wrapper=wrapper)
    try:
        first.leads()
        with store.lead(mine, ttl=3000) as second:
            second.runs(2)
            # As long as it lives it keeps it.
            time.sleep(7)
            check(store.head_version() == 2, "the lease of one who lives was taken over")
            begin = time.monotonic()
            first.kill()
            wait_for_barrier(store, 2)
            took = time.monotonic() - begin
            # It has said that it lives within the last third of the time.
            check(1.8 < took < 3 + 10, f"it took {took:.1f} s")
            write_and_rename(mine, configuration("mine 2"))
            second.wait("published", version=4)
    finally:
        first.kill()


@scenario
def a_publisher_waits_for_a_dead_one_of_another_namespace_no_longer_than_its_lease(shop):
    need_tracing(shop)
    wrapper = processes_of_its_own(shop)
    store = shop.store(2)
    file = shop.file_of(configuration("Roads 3"))
    # Dies as the holder, without a version.
    words = ("publish", file, "--format", "json", "--lease-ttl", 2000)
    number = number_of_call(shop, store.copy(), words, "fsync", f'"{3:012}"')
    shop.run(*wrapper, "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync",
             f"--inject=fsync:signal=SIGKILL:when={number}", *store.command(*words))
    check(store.head_version() == 2, "it has published")
    # Whoever does not wait that long is told who holds it.
    held = store.run("publish", file, "--lock-wait", 1, code=1)
    check("holds the lease to publish" in held.stderr, f"it does not say why: {held.stderr}")
    begin = time.monotonic()
    # It may meet what is taken over.
    store.publish("Roads 4", code=None)
    took = time.monotonic() - begin
    check(1.5 < took < 2 + 8, f"it took {took:.1f} s")
    store.publish("Roads 5")
    store.must_have_no_gap()
    store.must_be_clean()


@scenario
def a_holder_whom_this_host_hides_keeps_its_lock(shop):
    # Where /proc shows nobody the processes of others, it does not follow that these have ended.
    need("setpriv")
    with Mounts(shop) as mounts:
        hidden = mounts.run("mount", "-t", "proc", "-o", "hidepid=2", "proc", "/proc")
        if hidden.returncode != 0:
            raise CannotRun(f"processes cannot be hidden: {hidden.stderr.strip()}")
        path = shop.place / "shared"
        path.mkdir()
        shutil.chown(path, NOBODY, NOBODY)
        path.chmod(0o2770)

        def user(number):
            # What each makes the other may write.
            return [*mounts.wrapper, "setpriv", f"--reuid={number}", f"--regid={NOBODY}", "--clear-groups", "sh", "-c",
                    'umask 007; exec "$@"', "sh"]

        file = shop.file_of(configuration("Roads 1"))
        first, second = Store(shop, path, user(NOBODY)), Store(shop, path, user(NOBODY - 1))
        first.run("publish", file, "--init")
        lock = ("lock", "--lease-ttl", 30_000, "--lock-wait", 1, "--store", first.url, "--")
        shop.start([*first.wrapper, shop.honua, *lock, shop.endless_program("work", ":")])
        wait_for_grant(first, "lock")
        other = shop.run(*second.wrapper, shop.honua, *lock, "true")
        check(other.returncode == 1 and "holds the lease" in other.stderr,
              f"it got the lock of one who lives: exit code {other.returncode}: {other.stderr}")


# --- leaders in good order


@scenario(waits=True)
def a_leader_that_ends_gives_its_lease_back(shop):
    store = shop.store(1)
    mine, theirs = (shop.configuration_file(f"{name} 1", f"{name}.hcl") for name in ("mine", "theirs"))
    with store.lead(theirs, ttl=60_000) as first:
        first.leads()
        with store.lead(mine, ttl=60_000) as second:
            second.runs(2)
            # Nobody else may publish, and is told who does.
            refused = store.run("publish", shop.file_of(configuration("Roads 3")), "--lock-wait", 1, code=1)
            check(f":{first.pid}`" in refused.stderr, f"it does not name the holder: {refused.stderr}")
            first.end()
            # What is given back needs no barrier.
            wait_until(lambda: leases_of(store)[-1] == wait_for_grant(store)[0] and
                       wait_for_grant(store)[1]["pid"] == second.pid, "the other one leads")
            time.sleep(SILENCE)
            check(store.head_version() == 2, f"a version was made: {store.head()}")
            write_and_rename(mine, configuration("mine 2"))
            second.wait("published", version=3)


@scenario(waits=True)
def a_new_leader_does_not_undo_what_others_published(shop):
    # Its files are older than what the store has: they count from their next change on.
    store = shop.store(1)
    mine, theirs = (shop.configuration_file("Roads 1", f"{name}.hcl") for name in ("mine", "theirs"))
    with store.lead(theirs) as first:
        first.leads()
        with store.lead(mine) as second:
            second.runs(1)
            write_and_rename(theirs, configuration("Newer"))
            first.wait("published", version=2)
            second.runs(2)
            first.kill()
            wait_for_barrier(store, 2)
            time.sleep(SILENCE)
            check(store.head_version() == 3, f"a version was made: {store.head()}")
            check(second.hash() == store.head()["hash"], "not the head runs")
            second.must_have_written(store.pull())
            write_and_rename(mine, configuration("Newest"))
            second.wait("published", version=4)


@scenario
def a_lease_given_back_is_not_taken_over(shop):
    # Who asks for a lease looks whether it was given back, and then whether its holder lives. Both may happen in between.
    need_tracing(shop)
    store = shop.store(1)
    with store.lead(shop.configuration_file("Roads 1"), ttl=60_000) as leader:
        leader.leads()
        status = f"/proc/{leader.pid}/stat"
        trace = shop.scratch / "trace"
        process = shop.start(["strace", "-f", "-qq", "-o", trace, "-P", status, "-e", "trace=openat",
                              "--inject=openat:delay_enter=1500000:when=1",
                              *store.command("publish", shop.file_of(configuration("Roads 2")), "--format", "json")],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        # It may see in other ways whether its holder lives.
        with contextlib.suppress(Failed):
            wait_until(lambda: has_text(trace, status), "it looks for the holder", patience=5)
        leader.end()
        out, errors = process.communicate(timeout=PATIENCE)
        check(process.returncode == 0 and read_output(out)["version"] == 2, f"not published: {out}{errors}")
        check([one["kind"] for one in store.history()] == ["publish"] * 2, "it was taken over from one who gave it back")


# --- leases of which files are lost


@scenario(waits=True)
def a_lease_deleted_by_hand_makes_no_two_publishers(shop):
    # The numbers begin again: of two that have the same one, only one can be right.
    store = shop.store(1)
    mine, theirs = (shop.configuration_file(f"{name} 1", f"{name}.hcl") for name in ("mine", "theirs"))
    with store.lead(theirs, "--author", "first", ttl=60_000) as first:
        first.leads()
        number, _ = wait_for_grant(store)
        for one in (store.path / "leases" / "publisher").glob(f"{number}*"):
            one.unlink()
        with store.lead(mine, "--author", "second", ttl=60_000) as second:
            second.wait("started")
            write_and_rename(theirs, configuration("theirs 2"))
            wait_until(lambda: first.count("published") > 1 or first.count("conflict"), "it has noticed the change")
            write_and_rename(mine, configuration("mine 2"))
            time.sleep(2 * SILENCE)
            authors = {one["author"] for one in store.history() if one["version"] > 2 and one["kind"] == "publish"}
            check(len(authors) < 2, f"both have published: {authors}")
            check("conflict" in first.kinds() + second.kinds(), "nobody has noticed")


@scenario
def a_store_that_lost_its_leases_can_be_published_to(shop):
    # As one that was restored from a copy without them.
    store = shop.store(4)
    shutil.rmtree(store.path / "leases")
    done = store.publish("Roads 5", code=None)
    check(done["result"] == "published", f"not published: {done}")
    check(done["fence"] >= store.record(4)["fence"], "the numbers have gone back")
    store.must_be_clean()
