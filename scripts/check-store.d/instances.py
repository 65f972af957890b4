# SPDX-License-Identifier: MIT
"""What instances accept and reject, what is said of them, and that no secret is in any of it."""

import contextlib
import json
import secrets
import time

from storing import SILENCE, UNKNOWN_BLOCK, UNUSED, Scenarios, check, configuration, wait_until, write_and_rename

scenario = SCENARIOS = Scenarios()


def complaint_of(found, process):
    """What the status says of a process's instance."""
    (one,) = [one for one in found["instances"] if one["pid"] == process.pid]
    check(one["live"], f"it does not live: {one}")
    return one["complaint"]


# --- environments


@scenario(waits=True)
def other_values_of_the_environment_show_in_the_status(shop):
    store = shop.store(1)
    values = {name: {"DATABASE_URL": f"postgresql://{name}.example.org/gis"} for name in ("alpha", "beta")}
    with store.follow(more=values["alpha"]) as first, store.follow(more=values["alpha"]) as second:
        for one in (first, second):
            one.runs(1)
        found = store.status("--wait", 15, "--instances", 2, code=0)
        check(len({one["environment"] for one in found["instances"]}) == 1, f"fingerprints: {found}")
        with store.follow(more=values["beta"]) as third:
            third.runs(1)
            found = store.status("--instances", 3, code=1)
            complaints = [one["complaint"] for one in found["instances"]]
            check("its environment has other values" in complaints, f"not told: {complaints}")
            check(len({one["environment"] for one in found["instances"]}) == 2, f"fingerprints: {found}")
            for value in ("alpha.example", "beta.example"):
                check(value not in json.dumps(found), f"the values are told: {found}")
        # It has ended, and nobody minds.
        store.status("--wait", 15, "--instances", 2, code=0)


@scenario(waits=True)
def a_variable_that_an_instance_lacks_shows_in_the_status(shop):
    store = shop.store(1)
    without = ["env", "-u", "DATABASE_URL"]
    with store.follow() as whole, store.follow(wrapper=without) as lacking:
        for one in (whole, lacking):
            one.runs(1)
        found = store.status("--instances", 2, code=1)
        complaints = [one["complaint"] for one in found["instances"]]
        check("its environment has other values" in complaints, f"not told: {complaints}")
    # Where all variables are required there is nothing to run.
    with store.follow("--env", "require", wrapper=without) as strict:
        event = strict.wait("rejected", but=("started",))
        check("DATABASE_URL" in json.dumps(event), f"it does not say why: {event}")
        check(strict.exit_code() == 1 and not strict.written(), "it has begun")


# --- what one rejects and others do not


def rejecting_follower(shop, *options):
    store = shop.store(1)
    with store.follow(*options) as strict, store.follow() as other:
        strict.runs(1)
        other.runs(1)
        before = store.pull(1)
        made = store.publish(text=configuration("Roads 2", UNUSED))
        event = strict.wait("rejected", but=("changed",))
        check(event["version"] == made["version"] == 2, f"of another version: {event}")
        check(any(one["code"] == "H2014" for one in event["findings"]), f"it does not say why: {event}")
        other.runs(2)
        found = store.status("--instances", 2, code=1)
        complaint = complaint_of(found, strict)
        check("rejects version 2" in complaint and "H2014" in complaint, f"not told why: {complaint}")
        strict.must_run()
        check(strict.written() == before and not strict.told(), "somebody was told of what was rejected")
        check("applied" not in strict.kinds(strict.events.index(event)), "it was applied")
        # A rollback mends that, as any good version does.
        store.run("rollback", 1)
        strict.wait("changed", "unchanged", version=3, but=("rejected",))
        other.runs(3)
        store.status("--wait", 15, "--instances", 2, code=0)
        made = store.publish("Roads 4")
        for one in (strict, other):
            one.runs(4)
            one.must_have_written(store.pull(4))
        wait_until(lambda: strict.told() == [made["hash"]], "its listener is told of the last version, and of no other")


@scenario(waits=True)
def what_a_followers_rules_reject_is_not_run_and_the_status_says_so(shop):
    rejecting_follower(shop, "--rule", "H2014=error")


@scenario(waits=True)
def what_reaches_a_followers_threshold_is_not_run_and_the_status_says_so(shop):
    rejecting_follower(shop, "--fail-on", "warning")


@scenario(waits=True)
def the_environment_of_who_runs_an_older_version_is_no_measure_for_others(shop):
    # Another version asks for other variables: of the same environment the fingerprint is another one.
    store = shop.store(1)
    with contextlib.ExitStack() as stack:
        strict = [stack.enter_context(store.follow("--fail-on", "warning")) for _ in range(7)]
        others = [stack.enter_context(store.follow())]
        for one in strict + others:
            one.runs(1)
        store.publish(text=configuration("Roads 2", UNUSED))
        for one in strict:
            one.wait("rejected")
        for one in others:
            one.runs(2)
        found = store.status("--instances", 8, code=1)
        for one in strict:
            check("rejects version 2" in complaint_of(found, one), f"not told: {found}")
        for one in others:
            check(complaint_of(found, one) == "", f"of one who runs the head: {complaint_of(found, one)}")


@scenario(waits=True)
def the_status_says_who_publishes(shop):
    store = shop.store(1)
    file = shop.configuration_file("Roads 1")
    with store.lead(file) as first:
        first.leads()
        with store.lead(file) as second, store.follow() as follower:
            second.runs(1)
            follower.runs(1)
            found = store.status("--instances", 3)
            leading = [one["pid"] for one in found["instances"] if one["leads"]]
            check(leading == [first.process.pid], f"who publishes: {found}")
            said = store.run("status").stdout.splitlines()
            check([line for line in said if "  publishes" in line] == [line for line in said if f":{leading[0]}  " in line],
                  f"it does not say who publishes: {said}")
            first.end()
            wait_until(lambda: [one["pid"] for one in store.status()["instances"] if one["live"] and one["leads"]]
                       == [second.process.pid], "the other one publishes")


@scenario(waits=True)
def what_a_publisher_rejects_reaches_nobody(shop):
    store = shop.store(1)
    file = shop.configuration_file("Roads 1")
    with store.lead(file) as leader, store.follow() as follower:
        leader.leads()
        follower.runs(1)
        before = store.pull(1)
        for more in (UNKNOWN_BLOCK, '\ndata_source "two" {\n  provider   = "postgresql"\n'
                                    '  connection = "postgresql://somebody:rosebud7@db.example.org/gis"\n}\n'):
            write_and_rename(file, configuration("Roads 2", more))
            leader.wait("rejected", but=("changed", "published"))
            time.sleep(SILENCE)
            check(store.head_version() == 1, f"a version was made: {store.head()}")
            for one in (leader, follower):
                one.must_run()
                check(one.written() == before and not one.told(), "somebody was told of what was rejected")
            # Neither is it published by hand.
            store.run("publish", file, "--lock-wait", 1, code=1)
        file.unlink()
        leader.wait("missing", but=("changed", "published"))
        check(store.head_version() == 1, f"a version was made: {store.head()}")
        write_and_rename(file, configuration("Roads 3"))
        leader.wait("published", version=2)
        follower.runs(2)
        for one in (leader, follower):
            one.must_have_written(store.pull(2))
        wait_until(lambda: follower.told() == leader.told() == [store.head()["hash"]], "all are told of it once")


@scenario
def an_event_of_what_was_refused_names_no_token_that_fired_and_no_hash_that_runs(shop):
    # `hash` is what runs, `replaced_token` the one that fired: of what is refused there is neither.
    store = shop.store(1)
    file = shop.configuration_file("Roads 1")
    with store.lead(file) as leader:
        leader.leads()
        write_and_rename(file, configuration("Roads 2", '\ndata_source "two" {\n  provider   = "postgresql"\n'
                                             '  connection = "postgresql://somebody:rosebud7@db.example.org/gis"\n}\n'))
        event = leader.wait("rejected")
        wrong = {name: event[name] for name in ("hash", "token", "replaced_token") if name in event}
        check(not wrong, f"a rejected one with {wrong}")
        check(event["previous_hash"] == leader.hash(), "what runs is not named")


# --- secrets


SECRET_BLOCK = """
data_source "two" {{
  provider   = "postgresql"
  connection = "postgresql://somebody:{}@db.example.org/gis"
}}
"""


@scenario(waits=True)
def secrets_are_in_no_file_of_a_store_no_output_and_no_event(shop):
    value, filed, literal, named = (f"sEcr3t{secrets.token_hex(12)}" for _ in range(4))
    store = shop.store(1)
    outputs = []

    def run(*words, more=None, code=None):
        done = store.run(*words, more=more, code=code)
        outputs.append((" ".join(map(str, words)), done.stdout + done.stderr))
        return done

    more = {"DATABASE_URL": f"postgresql://somebody:{value}@db.example.org/gis", "API_TOKEN": value}
    environment_file = shop.folder / "env"
    write_and_rename(environment_file, f"DATABASE_URL=postgresql://somebody:{filed}@db.example.org/gis\n")
    file = shop.configuration_file("Roads 1")
    with contextlib.ExitStack() as stack:
        leader = stack.enter_context(store.lead(file, more=more))
        leader.leads()
        follower = stack.enter_context(store.follow("--env-file", environment_file, more=more))
        strict = stack.enter_context(store.follow("--rule", "H2014=error", more=more))
        for one in (follower, strict):
            one.runs(1)
        write_and_rename(file, configuration("Roads 2", UNUSED))
        follower.runs(2)
        strict.wait("rejected")
        # A value of the environment changes, and what is published has a secret.
        write_and_rename(environment_file, f"DATABASE_URL=postgresql://somebody:{filed}2@db.example.org/gis\n")
        follower.wait("changed", version=2)
        write_and_rename(file, configuration("Roads 3", SECRET_BLOCK.format(literal)))
        leader.wait("rejected")
        run("status", "--format", "json", more=more)
        run("status", more=more)
        run("publish", file, "--lock-wait", 1, more=more, code=1)
        leader.end()
        secret = shop.file_of(configuration("Roads 4", SECRET_BLOCK.format(literal)))
        sound = shop.file_of(configuration("Roads 4"))
        for words in (("publish", secret), ("publish", secret, "--dry-run"), ("publish", sound, "--dry-run"),
                      ("publish", sound, "--env-file", environment_file, "--format", "json"), ("rollback", 1),
                      ("history",), ("history", "--format", "json"), ("pull",), ("pull", "--format", "json"),
                      ("lock", "true"), ("store", "gc", "--age", 0), ("store", "verify")):
            run(*words, more=more)
        watches = [leader, follower, strict]
    # Names of stores that are none.
    for url in (f"postgres://somebody:{named}@db.example.org/honua", f"redis://:{named}@db.example.org",
                f"https://db.example.org/?token={named}", f"dir:/nowhere?password={named}"):
        for words in (("history",), ("publish", sound), ("watch",), ("store", "verify")):
            done = shop.run(shop.honua, *words, "--store", url)
            check(done.returncode == 3, f"{words} at {url}: exit code {done.returncode}")
            outputs.append((f"{words} at {url.partition(':')[0]}", done.stdout + done.stderr))
        outputs.append(("HONUA_STORE", shop.run(shop.honua, "history", more={"HONUA_STORE": url}).stderr))
    texts = [(str(path), path.read_bytes().decode("utf-8", "replace"))
             for path in store.path.rglob("*") if path.is_file()]
    check(len(texts) > 10, "the store is empty")
    for one in watches:
        texts += [("an event", line) for line in one.lines]
        texts += [("standard error", one.stderr()), ("what was written", one.written().decode())]
    for where, text in texts + outputs:
        for what, secret in (("a value of the environment", value), ("a value of a file", filed),
                             ("a secret in the configuration", literal), ("a secret in the store's name", named)):
            check(secret not in text, f"{what} in {where}: {text[:600]}")
    for path in store.path.rglob("*"):
        check(value not in path.name and filed not in path.name, f"in a name: {path}")


@scenario
def a_secret_in_a_directorys_name_that_looks_like_an_address_is_not_shown(shop):
    # Somebody takes `dir:` for another kind of store.
    secret = f"sEcr3t{secrets.token_hex(12)}"
    for url in (f"dir://somebody:{secret}@files.example.org/honua", f"dir:somebody:{secret}@files.example.org"):
        for words in (("history",), ("publish", shop.file_of(configuration())), ("watch",)):
            done = shop.run(shop.honua, *words, "--store", url)
            check(done.returncode == 3, f"{words}: exit code {done.returncode}")
            check(secret not in done.stdout + done.stderr, f"{words}: {done.stderr}")


@scenario
def what_people_say_of_versions_is_kept_as_it_is_and_shown_without_control_bytes(shop):
    # A record must be readable whatever is in it: it stays in the way of all others for ever.
    store = shop.store(1)
    for message in ("line\none", "\x1b[2Jclear", '"quoted" \\ back', "käse \u2028 \U0001f5fa", "x" * 4096):
        store.publish(f"Roads {len(message)}", "-m", message)
        store.must_be_clean()
        check(store.head()["message"] == message, f"{store.head()['message'][:50]!r} instead of {message[:50]!r}")
    shown = store.run("history").stdout
    check("\x1b" not in shown, "a control byte is shown")
    for words in (("-m", b"\xff\xfe"), ("--author", b"\xff"), ("--request", "r" * 128)):
        done = store.run("publish", shop.file_of(configuration(f"Roads {words[0]}{len(words[1])}")), *words, code=None)
        check(done.returncode in (0, 1, 2), f"{words[0]}: exit code {done.returncode}: {done.stderr[:300]}")
        store.must_be_clean()
    store.publish("Roads at last")
    store.must_have_no_gap()


@scenario
def a_record_is_one_that_can_be_read_whatever_an_author_is_called(shop):
    store = shop.store(1)
    for number, author in enumerate(("a" * 5000, "a" * 63_000, "a" * 70_000, "\x01" * 20_000)):
        file = shop.file_of(configuration(f"Roads {number} by many"))
        done = store.run("publish", file, "--author", author, code=None)
        check(done.returncode in (0, 2), f"{len(author)} bytes: exit code {done.returncode}: {done.stderr[:300]}")
        store.run("store", "verify")
        store.publish(f"Roads {number} again")
    more = {"HONUA_AUTHOR": "a" * 70_000}
    store.publish("Roads by many", code=None, more=more)
    store.publish("Roads at last")
