# SPDX-License-Identifier: MIT
"""What is told of what runs, with which options, and with what exit code it ends."""

import subprocess
import time

from watching import BROKEN, PATIENCE, Scenarios, check, configuration, wait_until, write_and_rename, write_in_place

scenario = SCENARIOS = Scenarios()


# --- what is told of what runs


@scenario
def every_change_fires_the_token_of_the_one_before(shop):
    # That the second one and all later ones are told is the point.
    with shop.watch("honua.hcl") as watch:
        check(watch.started()["token"] == 1, "the first token")
        for number in range(2, 8):
            shop.save(f"Roads {number}")
            event = watch.changed_to(f"Roads {number}")
            check((event["replaced_token"], event["token"]) == (number - 1, number), "not the next token")
        watch.nothing()


@scenario
def hashes_are_those_of_snapshots(shop):
    snapshot = shop.scratch / "snapshot.json"
    with shop.watch("honua.hcl", "--write", snapshot) as watch:
        watch.started()
        write_in_place(shop.file, "# Another way to write it.\n" + configuration("Streets"))
        event = watch.changed_to("Streets")
        made = shop.run(shop.honua, "snapshot", "--hash", "honua.hcl").stdout.strip()
        check(event["hash"] == made, f"{event['hash']} is not {made}")
        made = shop.run(shop.honua, "snapshot", "honua.hcl").stdout
        check(snapshot.read_text(encoding="utf-8") == made, "the snapshot written is another one")


@scenario
def what_runs_can_be_kept_as_a_configuration(shop):
    # Another way to say the same, which is no part of what is watched.
    kept = shop.scratch / "kept.hcl"
    with shop.watch("honua.hcl", "--write", kept) as watch:
        watch.started()
        shop.save("Streets")
        event = watch.changed_to("Streets")
        made = shop.run(shop.honua, "snapshot", "--hash", kept).stdout.strip()
        check(made == event["hash"], f"{made} is not {event['hash']}")
        watch.nothing()


@scenario
def files_and_overlays_that_come_are_part_of_it(shop):
    # No list of files: the directory, and the overlay that an environment's name asks for.
    with shop.watch("--environment", "production") as watch:
        watch.started()
        write_in_place(shop.folder / "more.txt", 'service "wfs" {\n  enabled = true\n}\n')
        watch.nothing()
        write_and_rename(shop.folder / "honua.production.hcl", 'layer "roads" {\n  title = "Overlaid"\n}\n')
        watch.changed_to("Overlaid")
        watch.nothing()
        write_in_place(shop.folder / "honua.production.hcl", 'layer "roads" {\n  title = "Streets"\n}\n')
        watch.changed_to("Streets")
        (shop.folder / "honua.production.hcl").unlink()
        watch.changed_to("Roads")


@scenario
def what_happens_to_a_file_is_seen_where_files_are_asked_for(shop):
    with shop.watch("honua.hcl", "--poll", "50") as watch:
        watch.started()
        shop.save("Streets")
        check(watch.changed_to("Streets")["reason"] == "poll", "it waits for events")
        write_and_rename(shop.file, configuration("Lanes"))
        watch.changed_to("Lanes")
        shop.file.unlink()
        watch.next("missing")
        shop.save("Ways")
        watch.changed_to("Ways")
        watch.nothing()


@scenario(waits=True)
def what_was_told_is_not_found_once_more_half_a_minute_later(shop):
    # The question that is asked all the time, for what no event tells of, must know what events have told of.
    with shop.watch("honua.hcl", "--listen", "127.0.0.1:0") as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.nothing(33)
        check(watch.metric("honua_watch_missed_events_total") == 0, "it is counted as missed")


@scenario
def text_for_people_tells_the_same(shop):
    out = shop.scratch / "out"
    with open(out, "wb") as stdout:
        process = subprocess.Popen([shop.honua, "watch", "honua.hcl"], cwd=shop.folder, env=shop.environment,
                                   stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.STDOUT)
    try:
        for save, expected in ((lambda: None, "started sha256:"), (lambda: shop.save("Streets"), "token 1 fired"),
                               (lambda: write_in_place(shop.file, BROKEN), "1 error"),
                               (shop.file.unlink, "missing still sha256:")):
            save()
            wait_until(lambda: expected in out.read_text(encoding="utf-8"), f"`{expected}`")
        text = out.read_text(encoding="utf-8")
        check("from `Roads` to `Streets`" in text and "H0010" in text and "honua.hcl:" in text, f"not in it: {text}")
    finally:
        process.terminate()
        code = process.wait(PATIENCE)
    check(code == 0, f"exit code {code}, not 0")
    check(out.read_text(encoding="utf-8").splitlines()[-1].endswith("by SIGTERM"), "no end")


# --- variables


def with_variables(shop, text):
    path = shop.scratch / "variables"
    write_and_rename(path, text)
    return path


@scenario
def other_values_of_variables_are_a_change(shop):
    path = with_variables(shop, "DATABASE_URL=postgresql://localhost/one\nUNUSED=1\n")
    with shop.watch("honua.hcl", "--env-file", path, more={"DATABASE_URL": "postgresql://localhost/zero"}) as watch:
        first = watch.started()
        for change in (write_and_rename, write_in_place):
            change(path, f"DATABASE_URL=postgresql://localhost/{change.__name__}\nUNUSED=1\n")
            event = watch.next("changed")
            check("environment variables" in event.get("message", ""), "not told that it is the variables")
            check(event["hash"] == first["hash"], "values are part of the snapshot")
            watch.nothing()
        # Nobody asks for this one.
        write_in_place(path, "DATABASE_URL=postgresql://localhost/write_in_place\nUNUSED=2\n")
        watch.next("unchanged")
        # Nor is the order of any interest.
        write_in_place(path, "# Variables\nUNUSED=2\nDATABASE_URL=postgresql://localhost/write_in_place\n")
        watch.next("unchanged")
        watch.nothing()
        # Without this one, the process's own value counts.
        write_in_place(path, "UNUSED=2\n")
        watch.next("changed")
        shop.save("Streets")
        watch.changed_to("Streets")


@scenario
def variables_that_cannot_be_read_leave_what_runs(shop):
    path = with_variables(shop, "DATABASE_URL=postgresql://localhost/one\n")
    with shop.watch("honua.hcl", "--env-file", path) as watch:
        watch.started()
        write_in_place(path, "DATABASE_URL=postgresql://localhost/two\nthis is no variable\n")
        event = watch.next("rejected")
        check("variables" in str(event.get("failures")), f"the file is not named: {event.get('failures')}")
        path.unlink()
        watch.next("missing")
        watch.nothing()
        write_in_place(path, "DATABASE_URL=postgresql://localhost/three\n")
        watch.next("changed")
        watch.nothing()


@scenario
def a_variable_that_is_required_and_missing_is_rejected(shop):
    path = with_variables(shop, "DATABASE_URL=postgresql://localhost/one\n")
    with shop.watch("honua.hcl", "--env", "require", "--env-file", path) as watch:
        watch.started()
        write_in_place(path, "OTHER=1\n")
        event = watch.next("rejected")
        check("DATABASE_URL" in str(event), "the variable is not named")
        watch.nothing()
        write_in_place(path, "DATABASE_URL=postgresql://localhost/two\n")
        watch.next("changed")


# --- the start and the end


@scenario
def what_is_wrong_at_the_start_ends_the_run(shop):
    write_in_place(shop.file, BROKEN)
    with shop.watch("honua.hcl") as watch:
        code = watch.exit_code()
        check(watch.kinds() == ["rejected", "stopped"], f"events: {watch.kinds()}")
        check(code == 1, f"exit code {code}, not 1")


@scenario
def what_is_wrong_at_the_start_is_waited_for_if_that_is_asked_for(shop):
    write_in_place(shop.file, BROKEN)
    with shop.watch("honua.hcl", "--wait") as watch:
        watch.next("rejected")
        watch.nothing()
        shop.save()
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")


def ends_once(shop, save, code, kinds, *options):
    shop.save()
    with shop.watch("honua.hcl", "--once", *options) as watch:
        watch.started()
        save()
        found = watch.exit_code()
        check(watch.kinds(1) == [*kinds, "stopped"], f"events: {watch.kinds()}")
        check(found == code, f"exit code {found}, not {code}")


@scenario
def once_ends_with_what_came_of_it(shop):
    ends_once(shop, lambda: shop.save("Streets"), 0, ["changed"])
    ends_once(shop, lambda: write_in_place(shop.file, "# A comment.\n" + configuration()), 0, ["unchanged"])
    ends_once(shop, lambda: write_in_place(shop.file, BROKEN), 1, ["rejected"])
    ends_once(shop, shop.file.unlink, 3, ["missing"])
    # Who is told of it is waited for.
    told = shop.scratch / "told"
    hook = f"sh -c 'sleep 1; touch {told}'"
    ends_once(shop, lambda: shop.save("Streets"), 0, ["changed", "listener"], "--exec", hook)
    check(told.exists(), "the program was not waited for")


@scenario
def once_ends_with_3_if_nothing_comes_in_time(shop):
    with shop.watch("honua.hcl", "--once", "--timeout", "1") as watch:
        code = watch.exit_code()
        check(watch.kinds() == ["started", "stopped"], f"events: {watch.kinds()}")
        check(code == 3, f"exit code {code}, not 3")


@scenario
def a_time_that_is_over_ends_the_run(shop):
    begin = time.monotonic()
    with shop.watch("honua.hcl", "--timeout", "3") as watch:
        watch.started()
        shop.save("Streets")
        watch.changed_to("Streets")
        code = watch.exit_code()
        check(watch.events[-1]["reason"] == "timeout", f"ended by {watch.events[-1]['reason']}")
        check(code == 0 and time.monotonic() - begin >= 3, f"exit code {code}, not 0")


def is_wrong_usage(shop, *words):
    run = shop.run(shop.honua, "watch", *words, check_code=False)
    check(run.returncode == 2, f"{words}: exit code {run.returncode}, not 2: {run.stdout}{run.stderr}")
    check("error" in run.stderr, f"{words}: no error: {run.stderr}")


@scenario
def an_address_that_is_none_is_wrong_usage(shop):
    for address in ("nowhere", "127.0.0.1", "127.0.0.1:99999", ":8642:"):
        is_wrong_usage(shop, "--listen", address)


@scenario
def wrong_usage_is_told_and_ends_with_2(shop):
    for words in (["-"], ["--debounce", "10001"], ["--debounce", "soon"], ["--poll", "1"], ["--timeout", "0"],
                  ["--exec", "echo 'never ended"], ["--exec", " "], ["--exec-timeout", "never"],
                  ["--signal", "NONE:file"], ["--signal", "HUP"], ["--post", "ftp://localhost/"], ["--format", "xml"],
                  ["--write", "-"], ["--write", "honua.hcl"], ["--write", "other.hcl", "."], ["--unheard-of"]):
        is_wrong_usage(shop, *words)
    check(shop.file.read_text(encoding="utf-8") == configuration(), "the configuration was overwritten")
