# SPDX-License-Identifier: MIT
"""Clocks that jump, or that differ from host to host: who holds a lease, who lives and what is needed does not depend on
them."""

import signal
import subprocess
import time

from machines import clock
from storing import PATIENCE, Scenarios, check, configuration, hash_of, wait_until, write_and_rename

scenario = SCENARIOS = Scenarios()

AHEAD, BEHIND = "+1d", "-1d"


def is_off(shop, offset):
    """Whether the program's own clock is off: the time of a version that it publishes shows that."""
    store = shop.store(1)
    store.publish("Roads 2", more=clock(offset))
    times = [one["time"] for one in store.history()]
    return (times[0] > times[1]) == (offset[0] == "+") and times[0][:10] != times[1][:10]


@scenario(waits=True)
def clocks_a_day_off_let_nobody_have_a_lock_that_another_one_holds(shop):
    check(is_off(shop, AHEAD) and is_off(shop, BEHIND), "the clock is not off")
    for ours, theirs in ((AHEAD, BEHIND), (BEHIND, AHEAD)):
        store = shop.store(1)
        begun, end = (shop.scratch / f"{name} {ours}" for name in ("begun", "end"))
        program = shop.program(f"work {ours}", f"#!/bin/sh\n: > '{begun}'\nwhile [ ! -e '{end}' ]; do sleep 0.05; done\n")
        lock = [shop.honua, "lock", "--lease-ttl", "1500", "--store", store.url]
        holder = shop.start([*lock, "--", program], more=clock(ours), stderr=subprocess.PIPE, text=True)
        wait_until(begun.exists, "the program runs")
        # More than twice as long as a lease lasts.
        other = shop.run(*lock, "--lock-wait", 4, "--", "true", more=clock(theirs))
        check(other.returncode == 1 and "holds the lease" in other.stderr, f"it got the lock: {other}")
        end.touch()
        check(holder.wait(PATIENCE) == 0, f"the holder has lost the lock: {holder.stderr.read()}")
        other = shop.run(*lock, "--lock-wait", 0, "--", "true", more=clock(theirs))
        check(other.returncode == 0, f"it does not get the lock that was given back: {other}")


@scenario(waits=True)
def clocks_a_day_off_let_a_lease_end_when_its_time_is_over(shop):
    store = shop.store(1)
    lock = [shop.honua, "lock", "--lease-ttl", "2000", "--store", store.url, "--"]
    begun = shop.scratch / "begun"
    holder = shop.start([*lock, shop.endless_program("work", f": > {begun}")], more=clock(AHEAD),
                        stderr=subprocess.PIPE, text=True)
    wait_until(begun.exists, "the program runs")
    # Neither does it beat nor has it ended.
    holder.send_signal(signal.SIGSTOP)
    begin = time.monotonic()
    other = shop.run(*lock, "true", more=clock(BEHIND))
    took = time.monotonic() - begin
    check(other.returncode == 0, f"it does not get the lock: {other}")
    check(1.2 < took < 2 + 8, f"it took {took:.1f} s")
    # Its end in good order leaves nothing of the library that changes its clock behind.
    holder.send_signal(signal.SIGCONT)
    _, errors = holder.communicate(timeout=PATIENCE)
    check("taken over" in errors, f"it does not know that the lock was taken over: {errors}")


@scenario(waits=True)
def instances_whose_clocks_differ_are_all_alive_and_follow(shop):
    store = shop.store(1)
    file = shop.configuration_file("Roads 1")
    with store.lead(file, more=clock(AHEAD)) as leader, store.follow(more=clock(BEHIND)) as follower:
        leader.leads()
        follower.runs(1)
        write_and_rename(file, configuration("Roads 2"))
        leader.wait("published", version=2)
        follower.runs(2)
        for offset in (AHEAD, BEHIND, "+0"):
            store.status("--wait", 15, "--instances", 2, code=0, more=clock(offset))
        follower.must_have_written(store.pull(2))
        check(store.head_version() == 2, f"a version was made: {store.head()}")


def unfinished(store):
    """What a writer may have left behind, or may be at: a snapshot that no version names, and a file in `tmp`."""
    text = store.pull().replace(b"Roads", b"Nobody's")
    loose = store.object_file(hash_of(text))
    loose.parent.mkdir(exist_ok=True)
    loose.write_bytes(text)
    temporary = store.path / "tmp" / ("0" * 32)
    temporary.write_bytes(text[:10])
    return loose, temporary


@scenario
def collecting_goes_by_the_age_of_files_and_by_no_hosts_clock(shop):
    for offset in ("+400d", "-400d"):
        store = shop.store(6)
        with store.follow() as follower:
            follower.runs(6)
            loose, temporary = unfinished(store)
            store.run("store", "gc", "--keep", 2, "--age", 3600, more=clock(offset))
            check(loose.exists() and temporary.exists(), f"{offset}: what is a moment old was taken away")
            for number in range(1, 7):
                store.pull(number)
            store.run("store", "gc", "--keep", 2, "--age", 0, more=clock(offset))
            store.must_be_clean()
            for number in (5, 6):
                store.pull(number)
            check(len(list((store.path / "instances").iterdir())) == 1, f"{offset}: an instance that lives was forgotten")
            follower.must_run()


@scenario
def a_clock_that_was_never_set_makes_a_version_like_any_other(shop):
    store = shop.store(1)
    made = store.publish("Roads 2", more=clock("@1970-01-02 00:00:00"))
    check((made["result"], made["version"]) == ("published", 2), f"not published: {made}")
    check(store.head()["time"] < "1970-01-04", f"the clock was set: {store.head()}")
    store.must_be_clean()
    store.publish("Roads 3")
    store.must_have_no_gap()
