# SPDX-License-Identifier: MIT
"""Who reads what a run says, and what it answers to signals and to a service manager."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import time

from watching import (BROKEN, PATIENCE, Failed, LossyRules, Scenarios, check, configuration, layers, process_state,
                      tells_title, wait_until, write_and_rename, write_in_place)

scenario = SCENARIOS = Scenarios()


# --- who reads


@scenario
def a_reader_that_has_seen_enough_ends_the_run_in_good_order(shop):
    # As `| head -1` does: at the next event nobody reads any more.
    with shop.watch("honua.hcl", reads=False) as watch:
        line = watch.process.stdout.readline()
        check(json.loads(line)["event"] == "started", f"not the start: {line}")
        watch.process.stdout.close()
        shop.save("Streets")
        code = watch.exit_code()
        check(code == 0, f"exit code {code}, not 0")
        check(watch.stderr() == "", f"on standard error: {watch.stderr()}")


@scenario
def a_disk_that_is_full_is_an_error(shop):
    with open("/dev/full", "wb") as full:
        run = subprocess.run([shop.honua, "watch", "--format", "jsonl", "--timeout", "2", "honua.hcl"], cwd=shop.folder,
                             env=shop.environment, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    check(run.returncode == 3, f"exit code {run.returncode}, not 3")
    check(b"standard output" in run.stderr, f"no error: {run.stderr}")


@scenario
def a_reader_that_never_reads_holds_up_nobody_and_is_told_what_was_lost(shop):
    # A dozen of these events are more than the four megabytes that wait for a reader.
    path = shop.save_large(0)
    snapshot = shop.scratch / "snapshot.json"
    told = shop.scratch / "told"
    count = 24
    with shop.watch(path, "--write", snapshot, "--exec", f"sh -c 'echo >> {told}'", reads=False,
                    rules=LossyRules()) as watch:
        for number in range(count + 1):
            if number > 0:
                shop.save_large(number)
            wait_until(lambda: snapshot.exists() and f"Title {number}\"" in snapshot.read_text(encoding="utf-8"),
                       "the snapshot is the newest")
        wait_until(lambda: told.exists(), "the listener is told")
        watch.check_memory(150)
        watch.reader.start()
        last = None
        while last is None or not tells_title(last, f"Title {count}"):
            last = watch.next("changed", also=("started", "listener", "dropped"))
        dropped = [event for event in watch.events if event["event"] == "dropped"]
        check(len(dropped) == 1 and dropped[0]["sequence"] == 0, f"{len(dropped)} events tell of what was lost")
        check(watch.kinds()[0] == "started", "the first event is lost")


# --- signals


@scenario
def sighup_looks_at_once_and_tells_the_listeners_again(shop):
    told = shop.scratch / "told"
    with shop.watch("honua.hcl", "--debounce", "5000", "--exec", f"sh -c 'echo $HONUA_EVENT >> {told}'") as watch:
        watch.started()
        watch.send(signal.SIGHUP)
        check(watch.next("reload_requested")["reason"] == "SIGHUP", "the reason is not SIGHUP")
        check(watch.next("unchanged")["reason"] == "reload", "the reason is not the reload")
        check(watch.next("listener")["exit_code"] == 0, "the listener failed")
        # No quiet is waited for.
        shop.save("Streets")
        begin = time.monotonic()
        watch.send(signal.SIGHUP)
        watch.next("reload_requested")
        watch.changed_to("Streets")
        check(time.monotonic() - begin < 4, "it waited")
        watch.next("listener")
        write_in_place(shop.file, BROKEN)
        watch.send(signal.SIGHUP)
        watch.next("reload_requested")
        watch.next("rejected")
        # Whoever asks again gets an answer again.
        watch.send(signal.SIGHUP)
        watch.next("reload_requested")
        watch.next("rejected")
        watch.nothing()
        words = told.read_text(encoding="ascii").split()
        check(words == ["unchanged", "changed"], f"the listener was told {words}")


@scenario
def a_hundred_sighups_are_two_or_three(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        begin = time.monotonic()
        for _ in range(100):
            watch.send(signal.SIGHUP)
            time.sleep(0.01)
        took = time.monotonic() - begin
        wait_until(lambda: "unchanged" in watch.kinds(), "it looks")
        watch.nothing(1.5, also=("reload_requested", "unchanged"))
        count = watch.kinds().count("reload_requested")
        # One at once, and one a second.
        check(2 <= count <= 2 + int(took), f"{count} reloads in {took:.1f} s")
        check(watch.kinds().count("unchanged") == count, "not each reload comes to something")


@scenario
def sigusr1_says_what_runs(shop):
    with shop.watch("honua.hcl") as watch:
        first = watch.started()
        watch.send(signal.SIGUSR1)
        wait_until(lambda: f"runs {first['hash']}" in watch.stderr(), "what runs is said")
        write_in_place(shop.file, BROKEN)
        watch.next("rejected")
        watch.send(signal.SIGUSR1)
        wait_until(lambda: f"runs {first['hash']}, the last good one" in watch.stderr(), "that it is the last good one")


@scenario
def sigterm_and_sigint_end_an_idle_run_at_once(shop):
    for number in (signal.SIGTERM, signal.SIGINT):
        with shop.watch("honua.hcl") as watch:
            watch.started()
            took = watch.end(number)
            check(took < 3, f"it took {took:.1f} s")
            check(watch.events[-1]["reason"] == number.name, f"ended by {watch.events[-1]['reason']}")


@scenario(loads=True)
def sigterm_ends_a_run_that_reads_a_large_configuration(shop):
    large = configuration(more=layers(3000))
    with shop.watch("honua.hcl") as watch:
        watch.started()
        write_and_rename(shop.file, large)
        time.sleep(0.05)
        took = watch.end()
        check(took < 6, f"it took {took:.1f} s")


@contextlib.contextmanager
def hook_that_sleeps(shop, line="exec sleep 60"):
    """The file a program that does not end writes its number to, and its command line."""
    number = shop.scratch / "number"
    hook = shop.program("hook", f"#!/bin/sh\necho $$ > {number}.new\nmv {number}.new {number}\n{line}\n")
    try:
        yield number, str(hook)
    finally:
        # Where the program has left it behind.
        if number.exists():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(number.read_text(encoding="ascii")), signal.SIGKILL)


@scenario
def sigterm_waits_five_seconds_for_a_program_and_ends_it(shop):
    with hook_that_sleeps(shop) as (number, hook), shop.watch("honua.hcl", "--exec", hook) as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        wait_until(number.exists, "the program runs")
        took = watch.end()
        check(took < 7, f"it took {took:.1f} s")
        check(watch.next("listener")["message"], "not told that it was ended")
        check(process_state(int(number.read_text(encoding="ascii"))) in ("", "Z"), "the program runs on")


@scenario
def sigterm_lets_a_program_end_that_takes_no_longer(shop):
    told = shop.scratch / "told"
    with shop.watch("honua.hcl", "--exec", f"sh -c 'sleep 1; touch {told}'") as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        took = watch.end()
        check(told.exists() and watch.next("listener")["exit_code"] == 0, "the program was ended")
        check(took < 5, f"it took {took:.1f} s")


@scenario
def sigterm_ends_a_program_that_does_not_want_to_end(shop):
    # Asked twice, and then not asked any more: five seconds each.
    with hook_that_sleeps(shop, "trap '' TERM\nwhile :; do sleep 1; done") as (number, hook):
        with shop.watch("honua.hcl", "--exec", hook) as watch:
            watch.started()
            shop.save("Streets")
            watch.changed_to("Streets")
            wait_until(number.exists, "the program runs")
            took = watch.end(patience=20)
            check(took < 13, f"it took {took:.1f} s")
            check(process_state(int(number.read_text(encoding="ascii"))) in ("", "Z"), "the program runs on")


@scenario
def a_second_sigint_ends_the_run_without_waiting(shop):
    with hook_that_sleeps(shop, "trap '' TERM INT\nwhile :; do sleep 1; done") as (number, hook):
        with shop.watch("honua.hcl", "--exec", hook) as watch:
            watch.started()
            shop.save("Streets")
            watch.changed_to("Streets")
            wait_until(number.exists, "the program runs")
            watch.send(signal.SIGINT)
            watch.nothing(0.5)
            begin = time.monotonic()
            watch.send(signal.SIGINT)
            code = watch.exit_code()
            check(time.monotonic() - begin < 2, "it waited")
            # As shells have it: 128 and the signal's number.
            check(code in (-signal.SIGINT, 128 + signal.SIGINT), f"exit code {code}")


@scenario
def a_run_that_was_killed_leaves_a_whole_snapshot_and_the_next_one_starts(shop):
    snapshot = shop.scratch / "kept" / "snapshot.json"
    snapshot.parent.mkdir()
    random_times = random.Random(1)
    for turn in range(6):
        with shop.watch("honua.hcl", "--write", snapshot) as watch:
            watch.started()
            check(json.loads(snapshot.read_text(encoding="utf-8")), "no snapshot")
            end = time.monotonic() + random_times.uniform(0.02, 0.3)
            number = 0
            while time.monotonic() < end:
                write_and_rename(shop.file, configuration(f"Roads {turn} {number}"))
                number += 1
                time.sleep(0.002)
            watch.process.kill()
            watch.exit_code()
            check(json.loads(snapshot.read_text(encoding="utf-8")), "half a snapshot")
    # What was saved while nothing ran is what runs next.
    shop.save("Streets")
    with shop.watch("honua.hcl", "--write", snapshot) as watch:
        watch.started()
        check("Streets" in snapshot.read_text(encoding="utf-8"), "not the newest")
        watch.nothing()
        check(len(list(snapshot.parent.iterdir())) <= 2, f"files are left: {list(snapshot.parent.iterdir())}")


# --- a service manager


class ServiceManager:
    """The socket that a service manager listens at."""

    def __init__(self, shop, is_abstract=False):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        name = f"{shop.scratch}/notify"
        self.socket.bind("\0" + name if is_abstract else name)
        self.socket.settimeout(PATIENCE)
        self.variables = {"NOTIFY_SOCKET": "@" + name if is_abstract else name}

    def next(self, *also):
        """The next message's lines, as a dictionary; but for those that have one of these names."""
        while True:
            try:
                text = self.socket.recv(1 << 16).decode()
            except TimeoutError:
                raise Failed("the service manager hears nothing") from None
            message = dict(line.split("=", 1) for line in text.splitlines())
            if not any(name in message for name in also):
                return message

    def is_silent(self, seconds):
        self.socket.settimeout(seconds)
        try:
            return not self.socket.recv(1 << 16)
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(PATIENCE)


def hears_of_a_reload(manager):
    message = manager.next()
    check(message.get("RELOADING") == "1", f"not told that it reloads: {message}")
    late = time.monotonic() - int(message["MONOTONIC_USEC"]) / 1e6
    check(0 <= late < PATIENCE, f"the time of the reload is {late} s ago")
    message = manager.next()
    check(message.get("READY") == "1", f"not told that it is ready again: {message}")
    return message


def tells_a_service_manager(shop, manager):
    with shop.watch("honua.hcl", "--wait", more=manager.variables) as watch:
        watch.next("missing")
        check(manager.is_silent(0.5), "it is ready without a configuration")
        shop.save()
        event = watch.started()
        message = manager.next()
        check(message.get("READY") == "1" and event["hash"] in message.get("STATUS", ""), f"not ready: {message}")
        shop.save("Streets")
        event = watch.changed_to("Streets")
        check(event["hash"] in hears_of_a_reload(manager).get("STATUS", ""), "the status has another hash")
        write_in_place(shop.file, BROKEN)
        watch.next("rejected")
        watch.send(signal.SIGTERM)
        message = manager.next()
        while "STOPPING" not in message:
            message = manager.next()
        watch.exit_code()


@scenario
def a_service_manager_hears_of_the_start_reloads_and_the_end(shop):
    shop.file.unlink()
    tells_a_service_manager(shop, ServiceManager(shop))


@scenario
def a_service_manager_without_a_file_hears_the_same(shop):
    shop.file.unlink()
    tells_a_service_manager(shop, ServiceManager(shop, is_abstract=True))


@scenario
def a_service_manager_that_asks_for_a_reload_hears_of_its_end(shop):
    # `Type=notify-reload` sends SIGHUP, and takes a reload of which it hears nothing for one that hangs: whatever comes
    # of it, it has begun and ended.
    manager = ServiceManager(shop)
    with shop.watch("honua.hcl", "--debounce", "5000", more=manager.variables) as watch:
        watch.started()
        check(manager.next().get("READY") == "1", "not ready")
        for save, kind in ((lambda: shop.save("Streets"), "changed"), (lambda: None, "unchanged"),
                           (lambda: write_in_place(shop.file, BROKEN), "rejected"), (shop.file.unlink, "missing")):
            # What is saved is not told by itself before the signal comes.
            save()
            watch.send(signal.SIGHUP)
            watch.next(kind, also=("reload_requested",))
            hears_of_a_reload(manager)
            time.sleep(1.1)


@scenario
def a_service_manager_that_waits_for_signs_of_life_gets_them(shop):
    manager = ServiceManager(shop)
    with shop.watch("honua.hcl", more={**manager.variables, "WATCHDOG_USEC": "400000"}) as watch:
        watch.started()
        manager.next("WATCHDOG")
        begin = time.monotonic()
        for _ in range(5):
            check(manager.next().get("WATCHDOG") == "1", "no sign of life")
        took = time.monotonic() - begin
        # Twice as often as is asked for.
        check(0.5 < took < 3, f"five signs of life in {took:.1f} s")
    # Signs that are asked of another process are none of ours.
    other = ServiceManager(type("Place", (), {"scratch": shop.folder}))
    with shop.watch("honua.hcl", more={**other.variables, "WATCHDOG_USEC": "100000", "WATCHDOG_PID": "1"}) as watch:
        watch.started()
        check(other.next().get("READY") == "1", "not ready")
        check(other.is_silent(0.5), "signs of life for somebody else")
