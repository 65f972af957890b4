# SPDX-License-Identifier: MIT
"""What goes away, comes back, is something else or may not be read: the last good configuration stays meanwhile."""

import json
import os
import shutil
import socket
import time

from watching import (NOBODY, Scenarios, check, configuration, namespaces, need, need_root, within, write_and_rename,
                      write_in_place)

scenario = SCENARIOS = Scenarios()

LISTEN = ("--listen", "127.0.0.1:0")


@scenario
def a_file_that_is_back_after_a_moment_was_never_missing(shop):
    def save():
        shop.file.unlink()
        time.sleep(0.15)
        shop.save("Streets")

    with shop.watch("honua.hcl") as watch:
        watch.started()
        # Two seconds are waited.
        within(1, "removing and creating", save)
        watch.changed_to("Streets")
        watch.nothing(2.5)
        shop.save("Lanes")
        watch.changed_to("Lanes")


@scenario
def a_file_that_is_back_after_three_seconds_was_missing_once(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        shop.file.unlink()
        watch.next("missing")
        watch.nothing(1)
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.nothing()


@scenario
def a_file_that_is_gone_for_good_leaves_what_runs(shop):
    snapshot = shop.scratch / "snapshot.json"
    with shop.watch("honua.hcl", "--write", snapshot, *LISTEN) as watch:
        first = watch.started()
        before = snapshot.read_bytes()
        shop.file.unlink()
        event = watch.next("missing")
        check("honua.hcl" in str(event.get("failures")), f"what is missing is not named: {event.get('failures')}")
        watch.nothing(1)
        check(watch.ask("GET", "/healthz")[0] == 200, "/healthz is not 200")
        status, body = watch.ask("GET", "/readyz")
        check(status == 200 and "last good" in body, f"/readyz: {status} {body}")
        version = json.loads(watch.ask("GET", "/version")[1])
        check(version["degraded"] and version["hash"] == first["hash"], f"/version: {version}")
        check(watch.metric("honua_config_last_reload_success") == 0, "the last reload is taken for a success")
        check(snapshot.read_bytes() == before, "the snapshot is another one")
        # The same configuration again is no change.
        shop.save()
        watch.next("unchanged")
        check(not json.loads(watch.ask("GET", "/version")[1])["degraded"], "still degraded")
        shop.save("Streets")
        watch.changed_to("Streets")


@scenario
def one_of_several_files_that_is_gone_takes_its_part_along(shop):
    # Of a directory, what is in it is the configuration: a file less is a change, not a fault.
    (shop.folder / "conf").mkdir()
    write_in_place(shop.folder / "conf" / "main.hcl", configuration())
    extra = shop.folder / "conf" / "more.hcl"
    write_in_place(extra, 'service "wfs" {\n  enabled = true\n}\n')
    with shop.watch("conf") as watch:
        watch.started()
        extra.unlink()
        event = watch.next("changed")
        check("service.wfs" in str(event["changes"]), "not told what was removed")
        watch.nothing()
        write_in_place(extra, 'service "wfs" {\n  enabled = true\n}\n')
        watch.next("changed")
        watch.nothing()


# --- directories


@scenario
def a_directory_that_another_takes_the_place_of_is_one_change(shop):
    conf = shop.folder / "conf"
    for name, title in (("conf", "Roads"), ("new", "Streets"), ("newer", "Lanes")):
        (shop.folder / name).mkdir()
        shop.save(title, shop.folder / name / "honua.hcl")

    def replace(by, old):
        conf.rename(shop.folder / old)
        (shop.folder / by).rename(conf)

    with shop.watch("conf/honua.hcl") as watch:
        watch.started()
        replace("new", "old")
        watch.changed_to("Streets")
        watch.nothing()
        # The old directory is of no interest any more.
        shop.save("Nobody's", shop.folder / "old" / "honua.hcl")
        watch.nothing()
        shop.save("Ways", conf / "honua.hcl")
        watch.changed_to("Ways")
        replace("newer", "older")
        watch.changed_to("Lanes")
        shop.save("Paths", conf / "honua.hcl")
        watch.changed_to("Paths")
        watch.nothing()


@scenario
def a_watched_directory_that_another_takes_the_place_of_is_one_change(shop):
    conf = shop.folder / "conf"
    for name, title in (("conf", "Roads"), ("new", "Streets")):
        (shop.folder / name).mkdir()
        shop.save(title, shop.folder / name / "honua.hcl")
    with shop.watch("conf") as watch:
        watch.started()
        conf.rename(shop.folder / "old")
        (shop.folder / "new").rename(conf)
        watch.changed_to("Streets")
        watch.nothing()
        shop.save("Lanes", conf / "honua.hcl")
        watch.changed_to("Lanes")
        # Removed with all that is in it, and made anew.
        shutil.rmtree(conf)
        conf.mkdir()
        shop.save("Ways", conf / "honua.hcl")
        watch.changed_to("Ways")
        watch.nothing()


@scenario
def a_directory_far_above_that_goes_and_comes_is_seen(shop):
    deep = shop.folder / "a" / "b" / "c"
    deep.mkdir(parents=True)
    shop.save("Roads", deep / "honua.hcl")
    with shop.watch(deep / "honua.hcl") as watch:
        watch.started()
        (shop.folder / "a").rename(shop.folder / "elsewhere")
        watch.next("missing")
        # What is saved there is not what was asked for.
        shop.save("Nobody's", shop.folder / "elsewhere" / "b" / "c" / "honua.hcl")
        watch.nothing()
        # Step by step.
        for one in (shop.folder / "a", deep.parent, deep):
            one.mkdir()
            time.sleep(0.1)
        shop.save("Streets", deep / "honua.hcl")
        watch.changed_to("Streets")
        shop.save("Lanes", deep / "honua.hcl")
        watch.changed_to("Lanes")
        watch.nothing()


def enter(shop, watch, *command):
    """Runs a command in the mount namespace of a watch."""
    kinds = ["-m"] if os.geteuid() == 0 else ["-U", "-m", "--preserve-credentials"]
    return shop.run(need("nsenter"), "-t", watch.pid, *kinds, *command)


def mounts(shop):
    """The beginning of a command that mounts for itself only."""
    return namespaces(shop, "-m") if os.geteuid() == 0 else namespaces(shop, "-U", "-r", "-m")


@scenario(waits=True)
def a_file_system_that_is_unmounted_and_mounted_again_is_seen(shop):
    wrapper = mounts(shop)
    (shop.folder / "mnt").mkdir()
    (shop.folder / "disk").mkdir()
    shop.save("Roads", shop.folder / "disk" / "honua.hcl")
    # The shell mounts, and becomes the program.
    script = 'mount --bind disk mnt && exec "$@"'
    with shop.watch("mnt/honua.hcl", wrapper=[*wrapper, "sh", "-c", script, "sh"]) as watch:
        watch.started()
        # Neither that a mount is detached nor that there is another one is an event: both are found by asking.
        enter(shop, watch, "umount", "-l", shop.folder / "mnt")
        watch.next("missing", also=("warning",), patience=60)
        shop.save("Streets", shop.folder / "disk" / "honua.hcl")
        enter(shop, watch, "mount", "--bind", shop.folder / "disk", shop.folder / "mnt")
        watch.next("changed", also=("warning",), patience=60)
        shop.save("Lanes", shop.folder / "disk" / "honua.hcl")
        watch.changed_to("Lanes", also=("warning",))


# --- something else


def is_no_file(shop, put):
    """Something in the file's place that is no file."""
    with shop.watch("honua.hcl", *LISTEN) as watch:
        first = watch.started()
        before = watch.most_memory()
        shop.file.unlink()
        ended = put()
        watch.next("rejected", "missing", patience=4)
        watch.check_memory(64, before)
        check(watch.ask("GET", "/healthz")[0] == 200, "/healthz is not 200")
        version = json.loads(watch.ask("GET", "/version")[1])
        check(version["degraded"] and version["hash"] == first["hash"], f"/version: {version}")
        watch.nothing()
        if shop.file.is_dir():
            shop.file.rmdir()
        else:
            shop.file.unlink()
        if ended is not None:
            ended()
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.nothing()


@scenario
def a_directory_in_the_file_s_place_is_refused(shop):
    is_no_file(shop, shop.file.mkdir)


@scenario
def a_pipe_in_the_file_s_place_is_refused_and_not_waited_for(shop):
    is_no_file(shop, lambda: os.mkfifo(shop.file))


@scenario
def a_pipe_whose_writer_says_nothing_is_refused_and_not_waited_for(shop):
    # Whoever reads it until its end reads for ever.
    def put():
        os.mkfifo(shop.file)
        writer = os.open(shop.file, os.O_RDWR)
        return lambda: os.close(writer)

    is_no_file(shop, put)


@scenario
def a_socket_in_the_file_s_place_is_refused(shop):
    def put():
        made = socket.socket(socket.AF_UNIX)
        # Its path may be longer than an address's.
        folder = os.open(shop.folder, os.O_DIRECTORY)
        try:
            made.bind(f"/proc/self/fd/{folder}/honua.hcl")
        finally:
            os.close(folder)
        return made.close

    is_no_file(shop, put)


@scenario
def a_device_without_end_in_the_file_s_place_is_refused(shop):
    is_no_file(shop, lambda: shop.file.symlink_to("/dev/zero"))


@scenario
def a_file_that_cannot_be_read_for_an_error_of_the_device_is_refused(shop):
    # Nothing is mapped at the beginning of a process's memory: reading there is an error of input and output.
    is_no_file(shop, lambda: shop.file.symlink_to("/proc/self/mem"))


# --- permissions


def somebody():
    """How to run a program as somebody whom permissions concern."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@scenario
def a_file_that_may_not_be_read_is_told_and_seen_when_it_may(shop):
    with shop.watch("honua.hcl", **somebody()) as watch:
        watch.started()
        # What is written meanwhile is read afterwards.
        shop.file.chmod(0)
        event = watch.next("rejected", "missing")
        check("ermission denied" in str(event["failures"]), f"failures: {event['failures']}")
        watch.nothing()
        new = shop.folder / "new"
        shop.save("Streets", new)
        new.chmod(0)
        new.rename(shop.file)
        watch.nothing()
        shop.file.chmod(0o644)
        watch.changed_to("Streets")
        watch.nothing()


@scenario
def a_directory_that_may_not_be_entered_is_told_and_seen_when_it_may(shop):
    conf = shop.folder / "conf"
    conf.mkdir()
    shop.save("Roads", conf / "honua.hcl")
    with shop.watch("conf/honua.hcl", **somebody()) as watch:
        watch.started()
        conf.chmod(0)
        watch.next("rejected", "missing")
        watch.nothing()
        if os.geteuid() == 0:
            shop.save("Streets", conf / "honua.hcl")
        conf.chmod(0o755)
        if os.geteuid() != 0:
            watch.next("unchanged")
            shop.save("Streets", conf / "honua.hcl")
        watch.changed_to("Streets")
        shop.save("Lanes", conf / "honua.hcl")
        watch.changed_to("Lanes")
        watch.nothing()


@scenario
def a_snapshot_that_cannot_be_written_does_not_run_and_nobody_is_told(shop):
    need_root()
    kept = shop.scratch / "kept"
    kept.mkdir(mode=0o777)
    kept.chmod(0o777)
    told = shop.scratch / "told"
    with shop.watch("honua.hcl", "--write", kept / "snapshot.json", "--exec", f"touch {told}", **somebody()) as watch:
        watch.started()
        kept.chmod(0o555)
        shop.save("Streets")
        event = watch.next("rejected")
        check("cannot be written" in event["message"], f"it does not say why: {event['message']}")
        check(not told.exists(), "a listener was told of what was not written")
        # It is tried again, and told then.
        kept.chmod(0o777)
        watch.changed_to("Streets")
        check("Streets" in (kept / "snapshot.json").read_text(encoding="utf-8"), "the snapshot is not the newest")


# --- at the start


@scenario
def a_file_that_is_missing_at_the_start_ends_the_run(shop):
    with shop.watch("nowhere/honua.hcl") as watch:
        code = watch.exit_code()
        check(watch.kinds() == ["missing", "stopped"], f"events: {watch.kinds()}")
        check(code == 3, f"exit code {code}, not 3")


@scenario
def a_file_that_is_missing_at_the_start_is_waited_for_if_that_is_asked_for(shop):
    # Directory by directory: none of those on the way is there.
    there = shop.folder / "not" / "yet"
    with shop.watch("not/yet/honua.hcl", "--wait", *LISTEN) as watch:
        watch.next("missing")
        check(watch.ask("GET", "/readyz")[0] == 503, "ready without a configuration")
        watch.nothing()
        for one in (there.parent, there):
            one.mkdir()
            watch.nothing(0.2)
        shop.save("Roads", there / "honua.hcl")
        watch.started()
        check(watch.ask("GET", "/readyz")[0] == 200, "not ready")
        shop.save("Streets", there / "honua.hcl")
        watch.changed_to("Streets")
        watch.nothing()


@scenario
def a_directory_without_a_configuration_is_waited_for_if_that_is_asked_for(shop):
    (shop.folder / "conf").mkdir()
    with shop.watch("conf", "--wait") as watch:
        watch.next("missing")
        write_in_place(shop.folder / "conf" / "notes.txt", "of no interest")
        watch.nothing()
        write_and_rename(shop.folder / "conf" / "honua.hcl", configuration())
        watch.started()
        watch.nothing()


# --- names that mean something else later


@scenario
def a_relative_path_means_what_it_meant_at_the_start(shop):
    # The working directory is renamed, and another one takes its place: so some programs deploy.
    conf = shop.folder / "conf"
    for name, title in (("conf", "Roads"), ("new", "Streets")):
        (shop.folder / name).mkdir()
        shop.save(title, shop.folder / name / "honua.hcl")
    with shop.watch("honua.hcl", cwd=conf) as watch:
        watch.started()
        conf.rename(shop.folder / "old")
        (shop.folder / "new").rename(conf)
        watch.changed_to("Streets")
        shop.save("Lanes", conf / "honua.hcl")
        watch.changed_to("Lanes")
        watch.nothing()


@scenario
def a_working_directory_that_is_removed_does_no_harm(shop):
    conf = shop.folder / "conf"
    conf.mkdir()
    shop.save("Roads", conf / "honua.hcl")
    with shop.watch("honua.hcl", cwd=conf) as watch:
        watch.started()
        shutil.rmtree(conf)
        watch.next("missing")
        watch.nothing()
        conf.mkdir()
        shop.save("Streets", conf / "honua.hcl")
        watch.changed_to("Streets")
        watch.nothing()


@scenario(waits=True)
def a_file_that_is_mounted_by_itself_is_not_taken_for_the_one_renamed_over_it(shop):
    # As containers mount single files: renaming on the host puts another file in the place, but the mounted one stays.
    wrapper = mounts(shop)
    host = shop.scratch / "host.hcl"
    shop.save("Roads", host)
    script = f'mount --bind {host} honua.hcl && exec "$@"'
    with shop.watch("honua.hcl", wrapper=[*wrapper, "sh", "-c", script, "sh"]) as watch:
        # Whoever mounts so has to know what will not be seen.
        watch.next("warning")
        # What is saved before that is what it starts with.
        watch.next("started")
        # What is written in place is the same file; no event tells of it here.
        shop.save("Streets", host)
        watch.changed_to("Streets", also=("started", "warning"), patience=60)
        write_and_rename(host, configuration("Lanes"))
        watch.nothing(1)
        early = [event["event"] for event in watch.events if event["event"] in ("warning", "changed")]
        check(early[0] == "warning", "no warning")
        warning = next(event for event in watch.events if event["event"] == "warning")
        check("mount" in warning["message"], f"no warning of the mount at the start, but: {warning['message']}")
