# SPDX-License-Identifier: MIT
"""Limits of the system, much to do at once, and clocks that jump."""

import contextlib
import glob
import os
import signal
import time
from pathlib import Path

from watching import (HEAD, CannotRun, Scenarios, check, configuration, layer, layers, namespaces, need, tells_title,
                      wait_until, within, write_and_rename, write_in_place)

scenario = SCENARIOS = Scenarios()

LISTEN = ("--listen", "127.0.0.1:0")


# --- events that get lost


@contextlib.contextmanager
def stopped(watch):
    """Meanwhile the program does nothing, and events pile up."""
    watch.send(signal.SIGSTOP)
    try:
        wait_until(lambda: watch.state() == "T", "the program stops")
        yield
    finally:
        watch.send(signal.SIGCONT)


def most_events():
    """How many the system keeps for a program that does not read them."""
    return int(Path("/proc/sys/fs/inotify/max_queued_events").read_text(encoding="ascii"))


@scenario(loads=True)
def a_change_among_more_events_than_the_system_keeps_is_told(shop):
    # The directory itself is watched, so that every name in it is an event. Of the change nobody hears.
    count = most_events() + 4000
    if count > 200_000:
        raise CannotRun(f"the system keeps {most_events()} events")
    with shop.watch(".", *LISTEN) as watch:
        watch.started()
        with stopped(watch):
            for number in range(count):
                os.symlink("nowhere", shop.folder / f"{number}.txt")
            shop.save("Streets")
        watch.changed_to("Streets", patience=30)
        watch.nothing()
        check(watch.metric("honua_watch_overflows_total") == 1, "the loss is not counted")
        shop.save("Lanes")
        watch.changed_to("Lanes")
        watch.nothing()


@scenario(loads=True)
def a_file_that_overflows_the_queue_and_is_replaced_is_told(shop):
    # The last events, of which the watched directory's way depends, are those that get lost.
    count = most_events() + 1000
    if count > 200_000:
        raise CannotRun(f"the system keeps {most_events()} events")
    with shop.watch("honua.hcl", *LISTEN) as watch:
        watch.started()
        with stopped(watch):
            with open(shop.file, "ab", buffering=0) as file:
                # The same event twice in a row would be one.
                for _ in range(count // 2 + 1):
                    file.write(b"\n")
                    os.utime(shop.file)
            shop.file.unlink()
            shop.save("Streets")
        watch.changed_to("Streets")
        watch.nothing()
        check(watch.metric("honua_watch_overflows_total") == 1, "the loss is not counted")
        shop.save("Lanes")
        watch.changed_to("Lanes")
        watch.nothing()


# --- limits of the system


def inotify_limited(shop, setting):
    """The beginning of a command that runs another without any watches or instances of inotify."""
    wrapper = namespaces(shop, "-U", "-r")
    path = f"/proc/sys/user/{setting}"
    script = f'echo 0 > {path} && exec "$@"'
    tried = shop.run(*wrapper, "sh", "-c", script, "sh", "true", check_code=False)
    if tried.returncode != 0:
        raise CannotRun(f"the limit cannot be set: {tried.stderr.strip()}")
    return [*wrapper, "sh", "-c", script, "sh"]


def polls_until_there_are_watches(shop, setting, named):
    with shop.watch("honua.hcl", *LISTEN, wrapper=inotify_limited(shop, setting)) as watch:
        # In any order.
        both = {event["event"]: event for event in (watch.next("warning", "started") for _ in range(2))}
        check(len(both) == 2, f"events: {watch.kinds()}")
        check(named in both["warning"]["message"], f"the limit is not named: {both['warning']['message']}")
        for title in ("Streets", "Lanes"):
            begin = time.monotonic()
            write_and_rename(shop.file, configuration(title))
            watch.changed_to(title)
            took = time.monotonic() - begin
            check(took < 4, f"seen after {took:.1f} s only")
        watch.nothing()
        check(watch.metric("honua_watch_polling") == 1, "/metrics does not say that files are asked for")
        check(watch.cpu_seconds() < 1, "asking takes too much of the processor")
        # Later there are some. Within a minute they are used, and then a change is seen at once.
        shop.run(need("nsenter"), "-t", watch.pid, "-U", "--preserve-credentials", "sh", "-c",
                 f"echo 1000 > /proc/sys/user/{setting}")
        watch.nothing(64)
        write_and_rename(shop.file, configuration("Ways"))
        event = watch.changed_to("Ways")
        check(event["reason"] == "event", f"seen by `{event['reason']}`")
        check(watch.metric("honua_watch_polling") == 0, "/metrics says that files are asked for")
        check(watch.metric("honua_watch_watches") > 0, "/metrics says that nothing is watched")


@scenario(waits=True)
def without_watches_files_are_asked_for_until_there_are_some(shop):
    polls_until_there_are_watches(shop, "max_inotify_watches", "fs.inotify.max_user_watches")


@scenario(waits=True)
def without_instances_of_inotify_files_are_asked_for_until_there_are_some(shop):
    polls_until_there_are_watches(shop, "max_inotify_instances", "fs.inotify.max_user_instances")


@scenario(waits=True)
def a_change_is_told_that_comes_just_before_watches_are_asked_for_again(shop):
    # That is after a minute, and files are asked for every second: this change comes between the two.
    with shop.watch("honua.hcl", wrapper=inotify_limited(shop, "max_inotify_watches")) as watch:
        watch.started(also=("warning",))
        watch.nothing(59.6)
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.nothing()


@scenario
def sixteen_descriptors_are_enough(shop):
    need("prlimit")
    told = shop.scratch / "told"
    with shop.watch("honua.hcl", "--exec", f"sh -c 'echo told >> {told}'", wrapper=["prlimit", "--nofile=16"]) as watch:
        watch.started(also=("warning",))
        for title in ("Streets", "Lanes"):
            shop.save(title)
            watch.changed_to(title, also=("listener", "warning"))
        event = watch.next("listener", also=("listener",))
        check(watch.cpu_seconds() < 1, "it does not rest")
        check(event.get("exit_code") == 0 or event.get("message"), "neither was it told, nor is it said why not")


@scenario
def without_any_descriptors_what_runs_stays_until_there_are_some(shop):
    # The limit falls while it runs: neither the files nor a program's pipes can be opened.
    marker = shop.scratch / "told"
    need("prlimit")
    with shop.watch("honua.hcl", "--exec", f"touch {marker}") as watch:
        watch.started()
        used = len(os.listdir(f"/proc/{watch.pid}/fd"))
        shop.run("prlimit", "--pid", watch.pid, f"--nofile={used - 2}:1024")
        before = watch.cpu_seconds()
        shop.save("Streets")
        event = watch.next("rejected", "missing", "warning", also=("warning",))
        check(event["event"] == "rejected", f"`{event['event']}`")
        watch.nothing(1, also=("warning",))
        check(watch.cpu_seconds() - before < 0.5, "it does not rest")
        check(not marker.exists(), "a listener was told")
        shop.run("prlimit", "--pid", watch.pid, "--nofile=1024:1024")
        shop.save("Lanes")
        watch.changed_to("Lanes")
        check(watch.next("listener").get("exit_code") == 0, "the listener was not told")


@scenario
def a_program_that_cannot_be_started_for_want_of_descriptors_is_told_of(shop):
    need("prlimit")
    with shop.watch("honua.hcl", "--exec", "true") as watch:
        watch.started()
        used = len(os.listdir(f"/proc/{watch.pid}/fd"))
        # Enough for reading a file, but not for pipes.
        shop.run("prlimit", "--pid", watch.pid, f"--nofile={used + 2}:1024")
        shop.save("Streets")
        watch.changed_to("Streets")
        event = watch.next("listener")
        check("too many open files" in event.get("message", "").lower(), f"told: {event.get('message')}")
        watch.nothing()
        shop.run("prlimit", "--pid", watch.pid, "--nofile=1024:1024")
        shop.save("Lanes")
        watch.changed_to("Lanes")
        check(watch.next("listener").get("exit_code") == 0, "the listener was not told")


@scenario(loads=True)
def a_configuration_that_takes_more_memory_than_there_is_is_rejected(shop):
    need("prlimit")
    with shop.watch("honua.hcl") as watch:
        watch.started()
        if watch.watches_its_memory():
            raise CannotRun("the program was built with a sanitizer")
        most = (watch.status("VmSize") << 10) + (24 << 20)
        shop.run("prlimit", "--pid", watch.pid, f"--as={most}:unlimited")
        write_and_rename(shop.file, configuration(more=layers(60_000)))
        watch.next("rejected", patience=30)
        shop.run("prlimit", "--pid", watch.pid, "--as=unlimited:unlimited")
        shop.save("Streets")
        watch.changed_to("Streets")


# --- much to do


@scenario(loads=True)
def ten_thousand_writes_are_a_few_changes_and_little_work(shop):
    # Each is complete at once: of the same length, and over what was there.
    def save(number):
        with open(shop.file, "r+b", buffering=0) as file:
            file.write(configuration(f"Roads {number:04}").encode())

    save(0)
    with shop.watch("honua.hcl") as watch:
        watch.started()
        before = watch.cpu_seconds()
        begin = time.monotonic()
        for number in range(10_000):
            save(number)
        end = time.monotonic()
        while not tells_title(watch.next("changed"), "Roads 9999"):
            pass
        late = time.monotonic() - end
        check(late < 3, f"the last one is told after {late:.1f} s")
        count = watch.kinds().count("changed")
        check(count <= 10 + 4 * (end - begin), f"{count} changes in {end - begin:.1f} s")
        spent = watch.cpu_seconds() - before
        check(spent < 0.5 + 0.3 * (end - begin), f"{spent:.1f} s of the processor in {end - begin:.1f} s")
        watch.nothing()


@scenario(loads=True)
def a_hundred_of_a_thousand_files_that_git_changes_are_one_change(shop):
    git = need("git")
    conf = shop.folder / "conf"
    conf.mkdir()
    write_in_place(conf / "main.hcl", HEAD)
    shop.run(git, "init", "-q")

    def write(numbers, title):
        for number in numbers:
            write_in_place(conf / f"{number}.hcl", layer(f"roads{number}", title))
        shop.run(git, "add", "-A")
        shop.run(git, "commit", "-q", "-m", title)

    write(range(999), "Roads")
    write(range(100), "Streets")
    shop.run(git, "checkout", "-q", "HEAD^")
    begin = time.monotonic()
    with shop.watch("conf") as watch:
        watch.started()
        took = time.monotonic() - begin
        check(took < 5, f"it starts within {took:.1f} s only")
        for branch in ("HEAD@{1}", "HEAD^"):
            # A pause of git's would be the end of a save.
            within(0.5, "the checkout", shop.run, git, "checkout", "-q", branch)
            event = watch.next("changed")
            check(len(event["changes"]) == 100, f"{len(event['changes'])} of 100 changes")
            watch.nothing()
        write_in_place(conf / "5.hcl", layer("roads5", "Lanes"))
        watch.changed_to("Lanes")


@scenario(loads=True)
def twenty_thousand_other_files_beside_it_are_of_no_interest(shop):
    for number in range(20_000):
        os.symlink("nowhere", shop.folder / f"{number}.hcl")
    with shop.watch("honua.hcl", *LISTEN) as watch:
        watch.started()
        # The directories on the way, one watch for each.
        count = watch.metric("honua_watch_watches")
        check(count == len(shop.folder.parts), f"{count} watches")
        shop.save("Streets")
        watch.changed_to("Streets")
        spent = watch.cpu_seconds()
        check(spent < 0.5, f"{spent:.2f} s of the processor")


@scenario(loads=True)
def a_large_configuration_does_not_keep_the_endpoint_waiting(shop):
    with shop.watch("honua.hcl", *LISTEN) as watch:
        watch.started()
        watch.ask("GET", "/healthz")
        write_and_rename(shop.file, configuration(more=layers(10_000)))
        longest, end = 0.0, time.monotonic() + 1
        while "changed" not in watch.kinds() or time.monotonic() < end:
            begin = time.monotonic()
            status, _ = watch.ask("GET", "/healthz")
            check(status == 200, f"/healthz: {status}")
            longest = max(longest, time.monotonic() - begin)
            check(begin < end + 30, "the change is not told within 30 s")
            time.sleep(0.01)
        check(longest < 1, f"/healthz took {longest:.1f} s")
        watch.next("changed")
        # What is saved while a large one is read counts.
        write_and_rename(shop.file, configuration("Lanes", layers(9_000)))
        time.sleep(0.1)
        shop.save("Streets")
        newest = shop.run(shop.honua, "snapshot", "--hash", "honua.hcl").stdout.strip()
        while watch.next("changed", patience=30)["hash"] != newest:
            pass
        watch.nothing()


@scenario
def what_is_nested_too_deeply_is_rejected(shop):
    depth = 20_000
    with shop.watch("honua.hcl") as watch:
        watch.started()
        for text in ("variable \"v\" {\n  default = " + "[" * depth + "]" * depth + "\n}\n",
                     "a {\n" * depth + "}\n" * depth,
                     "variable \"v\" {\n  default = " + "(" * depth + "1" + ")" * depth + "\n}\n",
                     "variable \"v\" {\n  default = " + "!" * depth + "true\n}\n",
                     "variable \"v\" {\n  default = \"" + "${\"" * depth + "\"}" * depth + "\"\n}\n"):
            write_and_rename(shop.file, configuration(more=text))
            watch.next("rejected")
        write_and_rename(shop.file, configuration("Streets"))
        watch.changed_to("Streets")


@scenario
def values_that_grow_without_measure_are_rejected(shop):
    # Each value is ten times the one before: forty of them are more than any memory.
    lines = ['variable "v0" {\n  default = "ha"\n}\n']
    for number in range(1, 40):
        lines.append(f'variable "v{number}" {{\n  default = "' + f"${{var.v{number - 1}}}" * 10 + '"\n}\n')
    text = configuration(more="".join(lines)).replace('"Roads"', "var.v39")
    with shop.watch("honua.hcl") as watch:
        watch.started()
        write_and_rename(shop.file, text)
        watch.next("rejected")
        watch.check_memory(600)
        write_and_rename(shop.file, configuration("Streets"))
        watch.changed_to("Streets")


@scenario(loads=True)
def a_run_that_has_nothing_to_do_does_nothing(shop):
    # But for what happens in directories on the way.
    with shop.watch("honua.hcl", "--exec", "true", *LISTEN) as watch:
        watch.started()
        watch.nothing(1)
        before, switches = watch.cpu_seconds(), watch.status("voluntary_ctxt_switches")
        watch.nothing(5)
        check(watch.cpu_seconds() - before < 0.03, f"{watch.cpu_seconds() - before:.2f} s of the processor")
        switches = watch.status("voluntary_ctxt_switches") - switches
        check(switches <= 10, f"it wakes {switches} times in five seconds")


# --- clocks


@scenario
def what_is_saved_while_the_program_stands_still_is_one_change(shop):
    # So it is when a machine sleeps. Afterwards all times that were waited for are over.
    with shop.watch("honua.hcl") as watch:
        watch.started()
        with stopped(watch):
            for title in ("Streets", "Lanes"):
                shop.save(title)
                time.sleep(1)
        watch.changed_to("Lanes")
        watch.nothing()
        shop.save("Ways")
        watch.changed_to("Ways")


@scenario
def a_clock_that_jumps_by_a_day_is_of_no_consequence(shop):
    found = sorted(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1"))
    if not found:
        raise CannotRun("`libfaketime` is not installed")
    tried = shop.run(shop.honua, "--version", check_code=False, more={"LD_PRELOAD": found[0]})
    if tried.returncode != 0:
        raise CannotRun(f"the program does not run with another clock: {tried.stderr.splitlines()[0]}")
    clock = shop.scratch / "clock"
    clock.write_text("+0", encoding="ascii")
    more = {"LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}
    with shop.watch("honua.hcl", more=more) as watch:
        day = watch.started()["time"][:10]
        days = {day}
        for jump, title in (("+1d", "Streets"), ("-1d", "Lanes"), ("+3650d", "Ways"), ("+0", "Paths")):
            write_and_rename(clock, jump)
            shop.save(title)
            begin = time.monotonic()
            event = watch.changed_to(title)
            took = time.monotonic() - begin
            check(took < 3, f"after `{jump}` the change is told after {took:.1f} s")
            days.add(event["time"][:10])
            check(event["milliseconds"] < 3000, f"it took {event['milliseconds']} ms")
        watch.nothing()
        check(len(days) == 4, f"the clock did not jump: {days}")


@scenario
def a_file_s_time_says_nothing(shop):
    # In the future, in the past, and with other bytes of the same length at the same time.
    for options in ((), ("--poll", "50")):
        shop.save("Roads")
        with shop.watch("honua.hcl", *options) as watch:
            watch.started()
            for title, when in (("Lanes", 4_000_000_000), ("Paths", 1), ("Walks", 1), ("Tolls", 4_000_000_000)):
                new = shop.scratch / "new"
                shop.save(title, new)
                os.utime(new, (when, when))
                os.replace(new, shop.file)
                watch.changed_to(title)
            watch.nothing()
            # Only the file's own change of its time tells of this one.
            status = shop.file.stat()
            shop.save("Roads")
            os.utime(shop.file, ns=(status.st_atime_ns, status.st_mtime_ns))
            watch.changed_to("Roads")
            watch.nothing()
