# SPDX-License-Identifier: MIT
"""What somebody does to a store by hand, or a disk by itself: what runs stays, junk is never applied, `honua store
verify` names the place, and all goes on once it is mended."""

import concurrent.futures
import contextlib
import hashlib
import json
import os
import shutil
import signal
import time

from storing import SILENCE, UNUSED, Failed, Scenarios, Store, check, configuration, read_output, wait_until

scenario = SCENARIOS = Scenarios()

# Kinds of events that tell of trouble with a store.
TROUBLES = ("conflict", "store_lost")


# --- damages: each mends what it has done behind its `yield`


@contextlib.contextmanager
def changed_file(path, change):
    """Another content, written in the plainest way: in place."""
    before = path.read_bytes()
    mode = path.stat().st_mode
    path.chmod(0o640)
    path.write_bytes(change(before))
    yield
    path.write_bytes(before)
    path.chmod(mode)


def aside_of(path):
    """Where something is moved to: beside the store, the directory that has an epoch."""
    top = next(one for one in path.parents if (one / "EPOCH").exists() or one / "EPOCH" == path)
    return top.with_name(f"{top.name}-{path.name}")


@contextlib.contextmanager
def moved_away(path, replacement=lambda path: None):
    """Something else in its place, or nothing."""
    aside = aside_of(path)
    path.rename(aside)
    replacement(path)
    yield
    take_away(path)
    aside.rename(path)


@contextlib.contextmanager
def added(path, make):
    """Something in a place where nothing was."""
    make(path)
    yield
    take_away(path)


def take_away(path):
    if path.is_symlink() or path.exists():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def link_to_aside(path):
    """What would be found if the link were followed."""
    path.symlink_to(aside_of(path))


def flip(text):
    middle = len(text) // 2
    return text[:middle] + bytes([text[middle] ^ 1]) + text[middle + 1:]


def huge(path):
    with open(path, "wb") as file:
        file.truncate(1 << 34)


def forged(store, **changes):
    """A record as the next one, sound by itself: its chain fits what it says."""
    record = store.record(store.head_version())
    record.update({"version": record["version"] + 1, "previous_chain": record["chain"], "request": "0" * 32, **changes})
    del record["chain"]
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    chain = hashlib.sha256(text.encode()).hexdigest()
    return f'{text[:-1]},"chain":"{chain}"}}\n'.encode()


class Damage:
    """`do`: what is done to a store of four versions, which a follower runs. `place`: what `verify` must name; None if it
    has nothing to find, "" if the store cannot be opened at all. `publishes`: whether others can go on. `told`: that the
    follower must tell of it."""

    def __init__(self, do, place, publishes=False, told=True):
        self.do, self.place, self.publishes, self.told = do, place, publishes, told


@contextlib.contextmanager
def without_hint(store):
    """Somebody's file, which has the greatest number of all names."""
    with added(store.path / "versions" / "99", lambda path: path.write_bytes(b"junk")), moved_away(store.path / "HEAD"):
        yield


def record_damages():
    def of(number, change, **more):
        return Damage(lambda store: changed_file(store.version_file(number), change), f"versions/{number:012}", **more)

    def instead(number, make, **more):
        return Damage(lambda store: moved_away(store.version_file(number), make), f"versions/{number:012}", **more)

    def behind(make, place="versions/000000000005", **more):
        return Damage(lambda store: added(store.version_file(5), lambda path: make(store, path)), place, **more)

    def beside(name, make, **more):
        return Damage(lambda store: added(store.path / "versions" / name, make), f"versions/{name}", publishes=True,
                      told=False, **more)

    return {
        "the newest record truncated": of(4, lambda text: text[:10]),
        "the newest record empty": of(4, lambda text: b""),
        "a bit of the newest record flipped": of(4, flip),
        "the newest record with a line more": of(4, lambda text: text + b"\n"),
        "the newest record edited": of(4, lambda text: text.replace(b'"fence":4', b'"fence":9')),
        "the record before the newest truncated": of(3, lambda text: text[:10], told=False),
        "a record in the middle flipped": of(2, flip, told=False, publishes=True),
        "a record in the middle gone": instead(2, lambda path: None, told=False, publishes=True),
        "the first record gone": instead(1, lambda path: None, told=False, publishes=True),
        "a directory instead of the newest record": instead(4, lambda path: path.mkdir()),
        "a pipe instead of the newest record": instead(4, os.mkfifo),
        "a link instead of the newest record": instead(4, link_to_aside),
        "a directory as the next record": behind(lambda _, path: path.mkdir()),
        "a pipe as the next record": behind(lambda _, path: os.mkfifo(path)),
        "junk as the next record": behind(lambda _, path: path.write_bytes(b"\0junk\n" * 100)),
        "a huge file as the next record": behind(lambda _, path: huge(path)),
        "an older record as the next one": behind(lambda store, path: shutil.copy(store.version_file(4), path)),
        "a record that follows another history": behind(
            lambda store, path: path.write_bytes(forged(store, previous_chain="0" * 64))),
        "a record that names no snapshot": behind(
            lambda store, path: path.write_bytes(forged(store, hash="sha256:" + "0" * 64)), "objects/00/"),
        "a file of no version": beside("junk", lambda path: path.write_text("junk", encoding="ascii")),
        "a number without its zeros": beside("99", lambda path: path.write_text("junk", encoding="ascii")),
        "a number without its zeros, and no hint": Damage(without_hint, "versions/99", publishes=True, told=False),
        "a number that nobody reaches": beside("99999999999999999999", lambda path: path.mkdir()),
    }


def object_damages():
    def of(number, do, **more):
        def damage(store):
            return do(store.object_file(store.record(number)["hash"]))

        return Damage(damage, "objects/", **more)

    def change(how):
        return lambda path: changed_file(path, how)

    return {
        # Who runs it has it already; who comes then must not take it.
        "the newest snapshot junk": of(4, change(lambda text: b"junk"), told=False),
        "the newest snapshot another one": of(4, change(lambda text: text.replace(b"Roads", b"Roadz")), told=False),
        "the newest snapshot gone": of(4, moved_away, told=False),
        "a pipe instead of the newest snapshot": of(4, lambda path: moved_away(path, os.mkfifo), told=False),
        "a link instead of the newest snapshot": of(4, lambda path: moved_away(path, link_to_aside), told=False),
        "an older snapshot junk": of(2, change(flip), told=False, publishes=True),
    }


def place_damages():
    def file(name, text, place=None, **more):
        return Damage(lambda store: changed_file(store.path / name, lambda _: text), place, **more)

    def instead(name, make, place, **more):
        return Damage(lambda store: moved_away(store.path / name, make), place, **more)

    def outside(path):
        """A directory of somebody else."""
        path.symlink_to("/")

    harmless = {"publishes": True, "told": False}
    return {
        "another epoch": file("EPOCH", b"0123456789abcdef" * 2 + b"\n"),
        "junk as the epoch": file("EPOCH", b"junk\n", ""),
        "no epoch": instead("EPOCH", lambda path: None, ""),
        "a pipe as the epoch": instead("EPOCH", os.mkfifo, ""),
        "junk as the hint": file("HEAD", b"junk", **harmless),
        "a hint that is behind": file("HEAD", b"2\n", **harmless),
        "a hint that is ahead": file("HEAD", b"99\n", **harmless),
        "a hint that is no number": file("HEAD", b"99999999999999999999999\n", **harmless),
        "an endless hint": instead("HEAD", huge, None, **harmless),
        "no hint": instead("HEAD", lambda path: None, None, **harmless),
        "a link as the hint": instead("HEAD", link_to_aside, None, **harmless),
        "a pipe as the hint": instead("HEAD", os.mkfifo, None, **harmless),
        "a directory as the hint": instead("HEAD", lambda path: path.mkdir(), None, **harmless),
        "a link instead of `versions`": instead("versions", link_to_aside, ""),
        "a link instead of `objects`": instead("objects", link_to_aside, "objects", told=False),
        "a link out instead of `objects`": instead("objects", outside, "objects", told=False),
        "a link instead of `tmp`": instead("tmp", link_to_aside, None, told=False),
        "a link instead of `leases`": instead("leases", link_to_aside, None, told=False),
        "a link instead of `instances`": instead("instances", link_to_aside, None, told=False, publishes=True),
        "a file instead of `tmp`": instead("tmp", lambda path: path.write_bytes(b""), None, told=False),
        "no `tmp`": instead("tmp", lambda path: None, None, **harmless),
    }


def meet(store, follower, damage):
    """Whoever meets a damage tells of it, and neither waits nor dies."""
    if damage.told:
        follower.wait(*TROUBLES, but=("changed", "received", "applied"))
    else:
        time.sleep(0.5)
    for command in ("history", "pull", "status"):
        store.run(command, code=None)
    if damage.place:
        store.must_have_faults_at(damage.place)
    else:
        store.run("store", "verify", code=0 if damage.place is None else 3)


def damage_and_mend(shop, damage):
    store = shop.store(4)
    known = {store.record(number)["hash"] for number in range(1, 5)}
    snapshot = store.pull(4)
    with store.follow() as follower:
        follower.runs(4)
        with damage.do(store):
            meet(store, follower, damage)
            # Behind what cannot be followed nobody makes a version.
            code = 0 if damage.publishes else 3 if damage.told and damage.place is not None else None
            made = store.publish("Roads while damaged", "--lock-wait", 1, code=code)
            if damage.publishes:
                check((made["result"], made["version"]) == ("published", 5), f"{made}")
                follower.runs(5)
            if made["result"] == "published":
                known.add(made["hash"])
            else:
                check(follower.written() == snapshot, "what ran has not stayed")
            applied = {one["hash"] for one in follower.events if one["event"] in ("started", "changed", "applied")}
            check(applied <= known, "junk was applied")
            follower.must_run()
        store.must_be_clean()
        # The first one may meet a lease that somebody could not give back.
        store.publish("Roads when mended", "--lock-wait", 1, code=None)
        done = store.publish("Roads after all", "--lock-wait", 1)
        follower.runs(done["version"])
        follower.must_have_written(store.pull(done["version"]))
        store.must_have_no_gap()


def all_of(shop, damages):
    """Each on a store of its own; all that is not as it must be in one message."""

    def tried(item):
        try:
            damage_and_mend(shop, item[1])
        except Failed as error:
            return f"{item[0]}: {error}"

    with concurrent.futures.ThreadPoolExecutor(6) as workers:
        found = [text for text in workers.map(tried, damages.items()) if text]
    check(not found, f"{len(found)} of {len(damages)}:\n" + "\n".join(found))


@scenario
def records_damaged_by_hand_are_found_and_not_followed(shop):
    all_of(shop, record_damages())


@scenario
def snapshots_damaged_by_hand_are_found_and_not_applied(shop):
    all_of(shop, object_damages())


@scenario
def files_and_directories_that_are_something_else_are_found_or_do_no_harm(shop):
    all_of(shop, place_damages())


@scenario
def a_record_that_is_gone_is_a_conflict_for_who_has_seen_it(shop):
    # Nothing else shows that there was one.
    store = shop.store(4)
    with store.follow() as follower:
        follower.runs(4)
        before = store.pull(4)
        with moved_away(store.version_file(4)):
            event = follower.wait("conflict", but=("changed", "received", "applied"))
            check("went back to version 3" in event["message"], f"it does not say why: {event}")
            # Who comes then cannot know it.
            with store.follow("--once", "--timeout", 5) as other:
                other.runs(3)
            check(follower.written() == before, "what ran has not stayed")
        store.publish("Roads 5")
        follower.runs(5)


@scenario
def a_damaged_snapshot_is_not_taken_by_who_comes_new(shop):
    # One that ran something else before, and one that has nothing.
    store = shop.store(3)
    with store.follow() as follower:
        follower.runs(3)
        before = store.pull(3)
        follower.send(signal.SIGSTOP)
        made = store.publish("Roads 4")
        path = store.object_file(made["hash"])
        with changed_file(path, lambda text: text.replace(b"Roads", b"Roadz")):
            follower.send(signal.SIGCONT)
            event = follower.wait(*TROUBLES, but=("changed", "applied"))
            check(path.name in event["message"], f"it does not name the file: {event}")
            time.sleep(1)
            check(follower.written() == before and made["hash"] not in follower.told(), "junk was applied")
            other = shop.run(shop.honua, "watch", "--store", store.url, "--write", shop.scratch / "other.json")
            check(other.returncode in (1, 3), f"it has begun with junk: {other}")
            check(not (shop.scratch / "other.json").exists(), "junk was written")
            # Nor can it be had in other ways.
            for words in (("pull",), ("pull", 4), ("rollback", 4)):
                failed = store.run(*words, code=3)
                check(path.name in failed.stderr and "Roadz" not in failed.stdout, f"{words}: {failed}")
        follower.send(signal.SIGHUP)
        follower.runs(4)
        follower.must_have_written(store.pull(4))
        # Whoever publishes the same once more has put it right.
        path.chmod(0o640)
        path.write_bytes(b"junk")
        store.must_have_faults_at("objects/")
        check(store.publish("Roads 4", code=None)["result"] in ("same", "none"), "it was published")


def seen_when_mended(shop, do):
    """That a snapshot is taken once it is sound: nothing but time makes anybody look for it."""
    store = shop.store(1)
    with store.follow() as follower:
        follower.runs(1)
        follower.send(signal.SIGSTOP)
        made = store.publish("Roads 2")
        with do(store.object_file(made["hash"])):
            follower.send(signal.SIGCONT)
            follower.wait(*TROUBLES, but=("changed", "applied"))
        # All that is watched is asked for every half a minute.
        follower.runs(2, patience=45)
        follower.must_have_written(store.pull(2))


@scenario(waits=True)
def a_snapshot_that_comes_late_is_taken(shop):
    seen_when_mended(shop, moved_away)


@scenario(waits=True)
def a_snapshot_that_is_put_right_is_taken(shop):
    seen_when_mended(shop, lambda path: changed_file(path, flip))


@scenario
def an_instance_that_is_none_is_nobodys_heartbeat(shop):
    store = shop.store(1)
    folder = store.path / "instances"
    wrong = []
    with store.follow() as follower:
        follower.runs(1)
        for name, make in (("junk", lambda path: path.write_bytes(b"\0junk")), ("pipe", os.mkfifo),
                           ("folder", lambda path: path.mkdir()), ("huge", huge),
                           ("link", lambda path: path.symlink_to("/etc/passwd"))):
            with added(folder / name, make):
                for words in (("status", "--instances", 1), ("store", "gc", "--age", 0)):
                    done = store.run(*words, code=None)
                    if done.returncode != 0:
                        wrong.append(f"{words[0]} with a {name}: exit code {done.returncode}: {done.stderr.strip()}")
        follower.must_run()
    check(not wrong, "\n".join(wrong))


@scenario
def a_grant_that_is_none_keeps_nobody_from_publishing_for_long(shop):
    for name, make in (("junk", lambda path: path.write_bytes(b"\0junk")), ("empty", lambda path: path.write_bytes(b""))):
        store = shop.store(2)
        with added(store.path / "leases" / "publisher" / "7", make):
            store.publish("Roads 3", "--lease-ttl", 500, code=None)
            done = store.publish("Roads 4", "--lease-ttl", 500)
            check(done["fence"] > 7, f"{name}: {done}")
        store.must_be_clean()
        store.publish("Roads 5")
    # What cannot be read is said.
    store = shop.store(2)
    with added(store.path / "leases" / "publisher" / "7", os.mkfifo):
        failed = store.publish("Roads 3", "--lease-ttl", 500, code=3)
        check("leases/publisher/7" in failed["message"], f"it does not name the place: {failed}")
    store.publish("Roads 3")


@scenario
def a_grant_of_the_greatest_number_does_not_end_all_publishing_unsaid(shop):
    store = shop.store(2)
    name = str(2**64 - 1)
    with added(store.path / "leases" / "publisher" / name, lambda path: path.write_bytes(b"junk")):
        for number in (3, 4, 5):
            done = store.publish(f"Roads {number}", "--lease-ttl", 300, "--lock-wait", 3, code=None)
        check(done["result"] == "published" or name in done.get("message", ""), f"nobody can publish: {done}")
    store.must_be_clean()


# --- stores that are not what they were


def swap(store, other):
    """Another directory in the place of a store; what was there."""
    aside = store.path.with_name(f"aside-{next(store.shop.numbers)}")
    store.path.rename(aside)
    other.path.rename(store.path)
    return aside


@scenario
def a_store_that_goes_back_is_a_conflict_and_what_runs_stays(shop):
    store = shop.store(3)
    old = store.copy()
    store.publish("Roads 4")
    with store.follow() as follower:
        follower.runs(4)
        before = store.pull(4)
        swap(store, old)
        event = follower.wait("conflict", but=("changed", "received", "applied"), patience=40)
        check(event["previous_version"] == 4 and "went back to version 3" in event["message"], f"not told: {event}")
        time.sleep(SILENCE)
        check(follower.count("conflict") == 1, "it is told more than once")
        check(follower.written() == before and len(follower.told()) == 0, "what ran has not stayed")
        # Whoever asks is told of it, too.
        found = store.status("--instances", 1, code=1)
        check(any(one["live"] and one["complaint"] for one in found["instances"]), f"nobody complains: {found}")
        # The history goes on in another way: that is told, and followed.
        made = [store.publish(f"Roads {number} again")["version"] for number in (4, 5)]
        check(made == [4, 5], f"versions {made}")
        follower.runs(5)
        check(any(event.get("message") for event in follower.events if event["event"] == "received"),
              "that it is another history is not told")
        follower.must_have_written(store.pull(5))


@scenario
def a_store_made_anew_is_a_conflict_until_the_watch_is_started_again(shop):
    store = shop.store(2)
    other = shop.store(5)
    with store.follow() as follower:
        follower.runs(2)
        before = store.pull(2)
        swap(store, other)
        event = follower.wait("conflict", but=("changed", "received", "applied"), patience=40)
        check("made anew" in event["message"], f"not told: {event}")
        store.publish("Roads 6")
        time.sleep(SILENCE)
        check(follower.written() == before and len(follower.told()) == 0, "what ran has not stayed")
        # In the new store nobody takes it for one who runs its head.
        store.status("--instances", 1, code=1)
    with store.follow() as again:
        again.runs(6)


def lost_and_back(shop, check_events):
    store = shop.store(2)
    aside = store.path.with_name("away")
    with store.follow() as follower:
        follower.runs(2)
        for number in (3, 4):
            since = len(follower.events)
            store.path.rename(aside)
            event = follower.wait("store_lost", but=("changed", "missing", "conflict"), patience=40)
            check(event["previous_version"] == number - 1, f"not told what runs: {event}")
            time.sleep(2 * SILENCE)
            follower.must_run()
            aside.rename(store.path)
            follower.wait("store_back", patience=40)
            store.publish(f"Roads {number}")
            follower.runs(number)
            check_events(follower.kinds(since))
        follower.must_have_written(store.pull(4))
        wait_until(lambda: len(follower.told()) == 2, "the listener is told of both versions")


@scenario(waits=True)
def a_store_that_is_away_and_comes_back_is_followed_again(shop):
    lost_and_back(shop, lambda kinds: check(kinds.count("store_back") == 1, f"events: {kinds}"))


@scenario(waits=True)
def that_a_store_is_away_is_told_once(shop):
    lost_and_back(shop, lambda kinds: check(kinds.count("store_lost") == 1, f"events: {kinds}"))


def swap_under_leader(shop, store, other):
    """Another directory in the place of a store that an instance leads, whose file changes then; the instance's events,
    and what the store's head was and is."""
    file = shop.configuration_file("Roads 6")
    with store.lead(file, ttl=3000) as leader:
        leader.leads()
        aside = swap(store, other)
        head = store.head()
        shop.configuration_file("Nobody's")
        wait_until(lambda: {"conflict", "store_lost", "published"} & set(leader.kinds()), "it has noticed")
        time.sleep(SILENCE)
        leader.must_run()
        events, found = list(leader.events), store.head()
        swap(store, Store(shop, aside))
        store.must_be_clean()
    return events, head, found


@scenario
def a_leader_publishes_nothing_to_a_store_made_anew(shop):
    # Its grant has a higher number than those of the other store.
    events, head, found = swap_under_leader(shop, shop.store(6), shop.store(2))
    check(found == head, f"it has published to a store that it does not lead: {found}")
    check(any(one["event"] == "conflict" for one in events), "no conflict is told")


@scenario
def a_leader_whose_store_went_back_tells_of_it_before_it_publishes(shop):
    # The copy, as one from before, knows nothing of its lease.
    store = shop.store(6)
    old = store.copy()
    for number in (4, 5, 6):
        old.version_file(number).unlink()
    for name in ("4", "5", "6"):
        for one in (old.path / "leases" / "publisher").glob(f"{name}*"):
            one.unlink()
    (old.path / "HEAD").write_text("3\n", encoding="ascii")
    old.must_be_clean()
    events, _, _ = swap_under_leader(shop, store, old)
    kinds = [one["event"] for one in events]
    check("conflict" in kinds, f"no conflict is told: {kinds}")
    check("published" not in kinds[:kinds.index("conflict")], f"it is told too late: {kinds}")


# --- versions of which the snapshot is no longer kept


@scenario
def a_rollback_to_what_was_collected_is_refused(shop):
    store = shop.store(5)
    store.run("store", "gc", "--keep", 2, "--age", 0)
    store.must_be_clean()
    failed = store.run("rollback", 1, code=3)
    check("no longer kept" in failed.stderr, f"it does not say why: {failed.stderr}")
    store.run("rollback", 77, code=3)
    check(store.head_version() == 5, "the head has moved")
    store.must_be_clean()
    # Those that are kept are there.
    done = read_output(store.run("rollback", 4, "--format", "json").stdout)
    check((done["result"], done["version"]) == ("published", 6), f"{done}")
    check(store.pull(6) == store.pull(4) and store.head()["of"] == 4, "another snapshot")


@scenario
def a_rollback_to_the_current_version_makes_none(shop):
    store = shop.store(3)
    done = store.run("rollback", 3)
    check("version 3 has this configuration already" in done.stdout, f"{done}")
    check(store.head_version() == 3, "a version was made")
    store.run("rollback", 1)
    done = store.run("rollback", 1)
    check("version 4 has this configuration already" in done.stdout, f"{done}")
    done = store.run("rollback", 4, "--force", "--format", "json")
    check(read_output(done.stdout)["version"] == 5, f"{done}")
    store.must_be_clean()


@scenario
def a_rollback_to_what_todays_rules_reject_is_refused(shop):
    store = shop.store(1)
    store.publish(text=configuration("Roads 2", UNUSED))
    store.publish("Roads 3")
    for options in (("--rule", "H2014=error"), ("--fail-on", "warning")):
        failed = store.run("rollback", 2, *options, code=1)
        check("H2014" in failed.stderr, f"it does not say why: {failed.stderr}")
    check(store.head_version() == 3, "the head has moved")
    store.run("rollback", 2)
    store.must_be_clean()
