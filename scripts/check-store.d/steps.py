# SPDX-License-Identifier: MIT
"""Versions that reach instances by steps: all check them first, some run them first, each takes them over at a moment of
its own."""

import contextlib
import json
import signal
import subprocess
import time

from storing import (PATIENCE, UNUSED, Scenarios, check, configuration, read_output, wait_until,
                     write_and_rename)

scenario = SCENARIOS = Scenarios()

# Longer than three heartbeats of any store.
GONE = 25


def publishing(store, title, *words, text=None):
    """A publishing that goes on while the scenario does."""
    file = store.shop.file_of(text or configuration(title))
    return store.shop.start(store.command("publish", file, "--format", "json", *words), stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def end_of(process, code=0, patience=PATIENCE):
    out, errors = process.communicate(timeout=patience)
    check(process.returncode == code, f"exit code {process.returncode}, not {code}: {out}{errors}")
    return read_output(out) if out else None


@contextlib.contextmanager
def fleet(store, count, *words):
    with contextlib.ExitStack() as stack:
        all_ = [stack.enter_context(store.follow(*words)) for _ in range(count)]
        for one in all_:
            one.runs(store.head_version())
        yield all_


def running(instances, version):
    """Those that run a version, by what they have told."""
    def version_of(one):
        told = [event["version"] for event in one.events if event["event"] in ("started", "changed", "unchanged")]
        return told[-1] if told else 0
    return [one for one in instances if version_of(one) == version]


# --- two phases


@scenario(waits=True)
def what_all_instances_accept_becomes_a_version(shop):
    store = shop.store(1)
    with fleet(store, 3) as instances:
        made = store.publish("Roads 2", "--two-phase")
        check((made["result"], made["version"]) == ("published", 2), f"it is not published: {made}")
        for one in instances:
            event = one.wait("proposed", but=("received", "changed"))
            check(event["message"] == "accepted" and event["hash"] == made["hash"], f"of something else: {event}")
            one.runs(2)
        # Once more it is no version, and nobody is asked.
        check(store.publish("Roads 2", "--two-phase")["result"] == "same", "it is another one")
        check(all(one.count("proposed") == 1 for one in instances), "they were asked once more")


@scenario(waits=True)
def what_one_instance_refuses_becomes_none_but_by_a_quorum(shop):
    store = shop.store(1)
    with store.follow("--rule", "H2014=error") as strict, store.follow() as other:
        for one in (strict, other):
            one.runs(1)
        text = configuration("Roads 2", UNUSED)
        found = store.publish("", "--two-phase", text=text, code=1)
        check(found["result"] == "refused" and found["version"] == 1, f"not refused: {found}")
        (refusing,) = found["votes"]["refusing"]
        check(refusing["pid"] == strict.process.pid and "H2014" in refusing["objection"], f"it does not say why: {found}")
        check(found["votes"]["live"] == 2 and found["votes"]["accepted"] == 1, f"counts: {found}")
        event = strict.wait("proposed")
        check(event["message"] == "refused" and "H2014" in json.dumps(event["findings"]), f"it does not say why: {event}")
        other.wait("proposed", message="accepted")
        check(store.head_version() == 1, "there is a version")
        # For people, the same.
        file = shop.file_of(text)
        said = store.run("publish", file, "--two-phase", code=1).stderr
        check(f":{strict.process.pid}: " in said and "H2014" in said, f"it does not say who refuses: {said}")
        made = store.publish("", "--two-phase", "--quorum", "50%", text=text)
        check(made["result"] == "published", f"half of them is enough: {made}")
        other.runs(2)
        strict.wait("rejected", version=2)
        for one in (strict, other):
            versions = [event["version"] for event in one.events if event["event"] == "received"]
            check(versions == [1, 2], f"versions were received that there were none of: {versions}")


@scenario(waits=True)
def an_instance_without_a_variable_refuses_what_asks_for_it(shop):
    store = shop.store(1)
    with store.follow("--env", "require") as lacking, store.follow("--env", "require", more={"PLANET": "earth"}) as other:
        for one in (lacking, other):
            one.runs(1)
        text = configuration("Roads 2").replace('env("DATABASE_URL")', 'env("PLANET")')
        found = store.publish("", "--two-phase", text=text, code=1, more={"PLANET": "earth"})
        (refusing,) = found["votes"]["refusing"]
        check(refusing["pid"] == lacking.process.pid and "PLANET" in refusing["objection"], f"not why: {found}")
        check("earth" not in json.dumps(found), f"the value is told: {found}")


@scenario(waits=True)
def instances_that_do_not_answer_are_named_and_those_that_are_gone_are_not_waited_for(shop):
    store = shop.store(1)
    check(store.publish("Roads 2", "--two-phase", code=1)["reason"] == "no instance is there to check it", "who was it")
    with fleet(store, 3) as instances:
        frozen = instances[0]
        # All have been heard of.
        store.status("--wait", GONE, "--instances", 3, code=0)
        frozen.send(signal.SIGSTOP)
        begin = time.monotonic()
        found = store.publish("Roads 2", "--two-phase", "--vote-wait", 1, code=1)
        check(time.monotonic() - begin < PATIENCE, "it waits for ever")
        silent = [one["pid"] for one in found["votes"]["silent"]]
        check(found["result"] == "refused" and silent == [frozen.process.pid], f"it is not named: {found}")
        frozen.kill()
        begin = time.monotonic()
        made = store.publish("Roads 3", "--two-phase", "--vote-wait", 60)
        check(time.monotonic() - begin < GONE, "it waits for one that is gone")
        for one in instances[1:]:
            one.runs(made["version"])


@scenario(waits=True)
def one_that_publishes_is_asked_as_well(shop):
    store = shop.store(1)
    with store.lead(shop.configuration_file("Roads 2"), "--rule", "H2014=error") as leader:
        leader.leads()
        found = store.publish("", "--two-phase", "--take-over", text=configuration("Roads 3", UNUSED), code=1)
        check([one["pid"] for one in found["votes"]["refusing"]] == [leader.process.pid], f"not asked: {found}")
        leader.wait("proposed", message="refused")


@scenario(waits=True)
def a_publisher_killed_while_instances_check_leaves_no_version_and_keeps_nobody(shop):
    store = shop.store(1)
    with fleet(store, 2) as instances:
        instances[0].send(signal.SIGSTOP)
        process = publishing(store, "Roads 2", "--two-phase", "--lease-ttl", 1000)
        instances[1].wait("proposed", message="accepted")
        process.kill()
        shop.kill(process)
        instances[0].send(signal.SIGCONT)
        instances[0].wait("proposed", message="accepted")
        check(store.head_version() in (1, 2) and store.history()[0]["kind"] != "publish" or store.head_version() == 1,
              f"there is a version: {store.head()}")
        made = store.publish("Roads 3", "--two-phase")
        for one in instances:
            one.runs(made["version"])
        store.must_be_clean()


# --- canaries


@scenario(waits=True)
def some_run_a_version_first_and_all_others_after_a_while(shop):
    store = shop.store(1)
    with fleet(store, 3) as instances:
        process = publishing(store, "Roads 2", "--canary", 1, "--canary-hold", 8)
        wait_until(lambda: running(instances, 2), "one runs it")
        time.sleep(2)
        (canary,) = running(instances, 2)
        others = [one for one in instances if one is not canary]
        found = store.status("--instances", 3, code=1)
        complaints = {one["pid"]: one["complaint"] for one in found["instances"]}
        check(complaints[canary.process.pid] == "", f"the canary is as it should be: {complaints}")
        for one in others:
            check("canaries" in complaints[one.process.pid], f"it does not say what it waits for: {complaints}")
        # Who comes meanwhile begins with what the others run.
        with store.follow() as late:
            late.runs(1)
            made = end_of(process, patience=GONE)
            check(made["result"] == "published" and len(made["canaries"]) == 1, f"not promoted: {made}")
            for one in [*others, late]:
                one.runs(2)
        store.status("--wait", GONE, "--instances", 3, code=0)


@scenario(waits=True)
def a_canary_that_ends_or_rejects_takes_its_version_back(shop):
    store = shop.store(1)
    with fleet(store, 2) as instances:
        process = publishing(store, "Roads 2", "--canary", 1, "--canary-hold", 60)
        wait_until(lambda: running(instances, 2), "one runs it")
        (canary,) = running(instances, 2)
        (other,) = [one for one in instances if one is not canary]
        canary.end()
        found = end_of(process, code=1)
        check((found["result"], found["version"]) == ("rolled_back", 3), f"not taken back: {found}")
        check("it is no longer there" in found["reason"], f"it does not say why: {found}")
        other.runs(3)
        check(all(event.get("version") != 2 for event in other.events), "it has seen the version")
        kinds = [one["kind"] for one in store.history()]
        check(kinds == ["rollback", "publish", "publish"], f"history: {kinds}")
    with store.follow("--rule", "H2014=error") as strict:
        strict.runs(3)
        found = store.publish("", "--canary", 1, "--canary-hold", 60, text=configuration("Roads 4", UNUSED), code=1)
        check(found["result"] == "rolled_back" and "H2014" in found["reason"], f"not why: {found}")
        strict.wait("rejected", version=4)
        strict.runs(5)
    found = store.publish("Roads 6", "--canary", 1, code=1)
    check(store.head_version() == 5, f"without an instance there is no canary: {found}")


@scenario(waits=True)
def if_the_publisher_dies_while_canaries_run_the_others_stay_until_somebody_decides(shop):
    store = shop.store(1)
    with fleet(store, 3) as instances:
        for title, decide, end in (("Roads 2", ("publish", "--promote"), "head"), ("Roads 3", ("rollback",), "back")):
            before = store.head_version()
            process = publishing(store, title, "--canary", 2, "--canary-hold", 600, "--lease-ttl", 1000)
            wait_until(lambda: len(running(instances, before + 1)) == 2, "two run it")  # noqa: B023
            process.kill()
            shop.kill(process)
            time.sleep(2)
            check(len(running(instances, before + 1)) == 2, "the third one runs it, too")
            words = [*decide] + ([before] if end == "back" else [])
            store.run(*words)
            head = store.head_version()
            wait_until(lambda: len(running(instances, head)) == 3, "all run the same")  # noqa: B023
            check(store.run("publish", "--promote").stdout.endswith("is for all instances already\n"), "there is more")
            store.status("--wait", GONE, "--instances", 3, code=0)


@scenario(waits=True)
def a_version_that_fails_behind_one_that_was_never_promoted_goes_back_to_what_the_others_run(shop):
    store = shop.store(1)
    with fleet(store, 3) as instances:
        process = publishing(store, "Roads 2", "--canary", 1, "--canary-hold", 600, "--lease-ttl", 500)
        wait_until(lambda: running(instances, 2), "one runs it")
        process.kill()
        shop.kill(process)
        time.sleep(1)
        found = store.run("publish", shop.file_of(configuration("Roads 2")), code=1)
        check("only its canaries run it" in found.stderr, f"it is taken for published: {found}")
        # The next publisher finds the lease taken over, and makes a barrier of what only canaries run.
        process = publishing(store, "Roads 3", "--canary", 1, "--canary-hold", 600)
        wait_until(lambda: running(instances, 4), "one runs it")
        (canary,) = running(instances, 4)
        canary.end()
        found = end_of(process, code=1)
        check((found["result"], found["version"]) == ("rolled_back", 5), f"not taken back: {found}")
        check(store.history()[0]["hash"] == store.history()[4]["hash"], f"to something else: {store.history()}")
        others = [one for one in instances if one is not canary]
        for one in others:
            one.runs(5)
        # At most the canary of the first one has run that, and nobody else the second.
        hashes = [one["hash"] for one in store.history()]
        has_run = [{event["hash"] for event in one.events if event["event"] in ("started", "changed")} for one in others]
        check(sum(hashes[3] in one for one in has_run) <= 1 and not any(hashes[1] in one for one in has_run),
              "who was no canary has run what was not proven")


@scenario(waits=True)
def canaries_that_die_at_the_end_of_their_time_are_no_proof(shop):
    store = shop.store(1)
    with fleet(store, 2) as instances:
        process = publishing(store, "Roads 2", "--canary", 2, "--canary-hold", 4)
        wait_until(lambda: len(running(instances, 2)) == 2, "they run it")
        for one in instances:
            one.kill()
        found = end_of(process, code=1, patience=60)
        check(found["result"] == "rolled_back" and "not been heard of" in found["reason"], f"promoted: {found}")


@scenario(waits=True)
def who_refuses_a_snapshot_does_not_run_it_first(shop):
    store = shop.store(1)
    with fleet(store, 2), store.follow("--rule", "H2014=error") as strict:
        strict.runs(1)
        for title in ("Roads 2", "Roads 3", "Roads 4"):
            made = store.publish("", "--two-phase", "--quorum", 2, "--canary", 1, "--canary-hold", 0,
                                 text=configuration(title, UNUSED))
            check(made["result"] == "published", f"it was asked to run what it refuses: {made}")


@scenario(waits=True)
def a_standby_does_not_undo_what_somebody_published_by_hand(shop):
    for words in (("rollback", 1), ("publish", shop.file_of(configuration("Roads 9")))):
        store = shop.store(1)
        first, second = shop.file_of(configuration("Roads 1")), shop.file_of(configuration("Roads 1"))
        with store.lead(first) as leader, store.lead(second) as standby:
            leader.leads()
            standby.wait("started")
            for one in (first, second):
                write_and_rename(one, configuration("Roads 2"))
            leader.wait("published")
            version = store.head_version()
            standby.runs(version)
            store.run(*words, "--take-over")
            head = store.head()["hash"]
            time.sleep(6)
            check(store.head()["hash"] == head, f"it was undone: {store.history()}")
            # What is saved after that counts.
            for one in (first, second):
                write_and_rename(one, configuration("Roads 3"))
            wait_until(lambda: store.head()["hash"] != head, "the files are published again")  # noqa: B023
        # Nor when it is started again.
        head = store.head()["hash"]
        with store.lead(first) as leader:
            leader.leads()
            store.run(*words, "--take-over")
            taken = store.head()["hash"]
        with store.lead(first) as leader:
            leader.wait("started")
            time.sleep(1)
            check(store.head()["hash"] == taken, f"it was undone by a start: {store.history()}")


@scenario(waits=True)
def a_version_published_over_canaries_is_for_all(shop):
    store = shop.store(1)
    with fleet(store, 2) as instances:
        process = publishing(store, "Roads 2", "--canary", 1, "--canary-hold", 60, "--lease-ttl", 500)
        wait_until(lambda: running(instances, 2), "one runs it")
        made = store.publish("Roads 3", "--take-over")
        for one in instances:
            one.runs(made["version"])
        out, errors = process.communicate(timeout=PATIENCE)
        check(process.returncode in (1, 3) and store.head()["hash"] == made["hash"], f"it goes on: {out}{errors}")


# --- spread


@scenario(waits=True)
def each_takes_a_version_over_at_its_own_moment_and_the_newest_one(shop):
    store = shop.store(1)
    spread = 4
    with fleet(store, 6, "--splay", spread) as instances:
        begin = time.monotonic()
        store.publish("Roads 2")
        wait_until(lambda: running(instances, 2), "one runs it")
        made = store.publish("Roads 3")
        moments = []
        while len(moments) < len(instances):
            check(time.monotonic() - begin < spread + 5, f"{len(moments)} of them run it")
            moments += [time.monotonic()] * (len(running(instances, made["version"])) - len(moments))
            time.sleep(0.02)
        check(time.monotonic() - begin < 2 * spread + 2, "it takes too long")
        check(max(moments) - min(moments) > 0.1, f"all at once: {moments}")
        store.status("--wait", GONE, "--instances", 6, code=0)
