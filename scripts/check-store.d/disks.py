# SPDX-License-Identifier: MIT
"""File systems that are full, read-only, served by a program, or lack what a store needs, and rights that are taken
away."""

import os
import shutil
import time

from machines import Mounts, need_root, need_tracing, traced
from storing import NOBODY, SILENCE, CannotRun, Scenarios, Store, check, configuration, need, wait_until

scenario = SCENARIOS = Scenarios()

PAGE = 4096


def fill(path, kept=0):
    """Leaves so many bytes of a file system, or none; the file that takes the place."""
    ballast = path / "ballast"
    with open(ballast, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(PAGE))
        except OSError:
            pass
    os.truncate(ballast, max(ballast.stat().st_size - kept, 0))
    return ballast


# --- full


@scenario
def a_full_disk_fails_a_publishing_whole_and_a_follower_goes_on(shop):
    with Mounts(shop) as mounts:
        disk = mounts.tmpfs(shop.place / "disk", "size=256k,mode=755")
        store = Store(shop, disk / "store", mounts.wrapper).make(2)
        with store.follow() as follower:
            follower.runs(2)
            before = store.pull()
            ballast = fill(mounts.outside(disk))
            for _ in range(2):
                failed = store.publish("Roads 3", "--lock-wait", 1, code=3)
                check("no space left" in failed["message"].lower(), f"it does not say why: {failed}")
            check(store.head_version() == 2, "a version was made")
            store.must_be_clean()
            # A heartbeat that cannot be written is no reason to end.
            time.sleep(SILENCE)
            follower.must_run()
            check(follower.written() == before, "what runs has changed")
            check(not {"store_lost", "conflict"} & set(follower.kinds()), f"troubles: {follower.kinds()}")
            ballast.unlink()
            store.must_be_clean()
            check(store.publish("Roads 3", code=None)["result"] in ("published", "conflict"), "nobody can publish")
            done = store.publish("Roads 4")
            follower.runs(done["version"])
            store.must_have_no_gap()
            store.must_be_clean()
            # Nothing of what failed is left.
            left = list(mounts.outside(store.path / "tmp").iterdir())
            check(not left, f"unfinished files: {left}")


@scenario
def a_disk_with_room_for_a_part_of_a_version_gets_none_or_all_of_it(shop):
    # So many pages are left, or so many names.
    with Mounts(shop) as mounts:
        results = set()
        for number, options in enumerate([f"size=256k,kept={kept}" for kept in range(0, 9)] +
                                         [f"nr_inodes={count}" for count in range(24, 42)]):
            kept = int(options.partition("kept=")[2] or 0)
            disk = mounts.tmpfs(shop.place / f"disk-{number}", f"mode=755,{options.partition(',')[0]}")
            store = Store(shop, disk / "store", mounts.wrapper)
            first = store.publish("Roads 1", "--init", "--lock-wait", 1, code=None)
            if first["result"] != "published":
                check("nr_inodes" in options, f"{options}: {first}")
                continue
            ballast = fill(mounts.outside(disk), kept * PAGE) if "size" in options else None
            made = store.publish("Roads 2", "--lock-wait", 1, code=None)
            results.add(made["result"])
            check(made["result"] in ("published", "none"), f"{options}: {made}")
            if ballast:
                ballast.unlink()
            else:
                mounts.run("mount", "-o", "remount,nr_inodes=1000", disk)
            versions = store.must_have_no_gap()
            check(made["result"] != "published" or versions == [2, 1], f"{options}: versions {versions} after {made}")
            store.must_be_clean()
            if versions == [2, 1]:
                store.pull(2)
            store.publish("Roads 3", "--lock-wait", 1, code=None)
            check(store.publish("Roads 4", "--lock-wait", 1)["result"] == "published", f"{options}: nobody can publish")
        check(results == {"published", "none"}, f"all ended in the same way: {results}")


@scenario(waits=True)
def a_leader_on_a_full_disk_tells_of_it_and_publishes_once_there_is_room(shop):
    with Mounts(shop) as mounts:
        disk = mounts.tmpfs(shop.place / "disk", "size=256k,mode=755")
        store = Store(shop, disk / "store", mounts.wrapper).make(1)
        file = shop.configuration_file("Roads 1")
        # A long lease: without room it is not renewed.
        with store.lead(file, ttl=60_000) as leader:
            leader.runs(1)
            before = leader.hash()
            ballast = fill(mounts.outside(disk))
            shop.configuration_file("Roads 2")
            lost = leader.wait("store_lost", but=("changed", "published"))
            check("no space left" in lost.get("message", "").lower(), f"it does not say why: {lost}")
            check(store.head_version() == 1, "a version was made")
            check(leader.hash() == before and len(leader.told()) == 0, "somebody was told")
            leader.must_have_written(store.pull())
            ballast.unlink()
            leader.wait("published", version=2)
            leader.wait("changed", version=2)
            leader.must_have_written(store.pull(2))
            store.must_be_clean()


# --- that cannot be read for a while


@scenario(waits=True)
def a_follower_whose_reads_fail_for_a_while_goes_on_to_the_head(shop):
    need_tracing(shop)
    for error in ("EIO", "ESTALE"):
        store = shop.store(1)
        with store.follow() as follower:
            follower.runs(1)
            before = store.pull(1)
            with traced(shop, follower, "-o", "/dev/null", "-e", "trace=openat", f"--inject=openat:error={error}"):
                store.publish("Roads 2")
                follower.wait("store_lost", but=("changed", "conflict"))
                store.publish("Roads 3")
                time.sleep(SILENCE)
                follower.must_run()
                check(follower.written() == before and not follower.told(), "what ran has not stayed")
            follower.wait("store_back", patience=40)
            follower.runs(3)
            follower.must_have_written(store.pull(3))


# --- read-only


@scenario(waits=True)
def a_read_only_store_is_followed_and_not_published_to(shop):
    with Mounts(shop) as mounts:
        disk = mounts.tmpfs(shop.place / "disk", "size=1m,mode=755")
        store = Store(shop, disk / "store", mounts.wrapper).make(2)
        with store.follow() as follower:
            follower.runs(2)
            check(mounts.run("mount", "-o", "remount,ro", disk).returncode == 0, "not read-only")
            failed = store.publish("Roads 3", "--lock-wait", 1, code=3)
            check("read-only" in failed["message"].lower(), f"it does not say why: {failed}")
            store.must_be_clean()
            # Who comes then can follow, too, and has no heartbeat.
            with store.follow() as other:
                other.runs(2)
                time.sleep(SILENCE)
                for one in (follower, other):
                    one.must_run()
                    one.must_have_written(store.pull(2))
                    check(not {"store_lost", "conflict"} & set(one.kinds()), f"troubles: {one.kinds()}")
                for command in (("rollback", 1), ("store", "gc"), ("publish", shop.file_of(configuration("Roads 4")))):
                    store.run(*command, "--lock-wait", 1, code=3)
                check(mounts.run("mount", "-o", "remount,rw", disk).returncode == 0, "still read-only")
                done = store.publish("Roads 3", code=None)
                if done["result"] != "published":
                    done = store.publish("Roads 3")
                for one in (follower, other):
                    one.runs(done["version"])
                store.status("--wait", 15, "--instances", 2, code=0)


# --- rights


@scenario
def who_may_only_read_follows_and_does_not_publish(shop):
    need_root()
    store = shop.store(2)
    for path in (store.path, *store.path.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    scratch = shop.scratch
    scratch.chmod(0o777)
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    with store.follow(**user) as follower:
        follower.runs(2)
        failed = store.publish("Roads 3", "--lock-wait", 1, code=3, **user)
        check("permission denied" in failed["message"].lower(), f"it does not say why: {failed}")
        store.run("store", "verify", **user)
        made = store.publish("Roads 3")
        # Who writes it says who may read it: until then it is not there for others.
        for path in (store.version_file(3), store.object_file(made["hash"])):
            path.parent.chmod(0o755)
            path.chmod(0o644)
        follower.runs(3, patience=40)
        # The right to read is lost, and comes back.
        store.path.chmod(0o700)
        lost = follower.wait("store_lost", patience=40)
        check("permission denied" in lost["message"].lower(), f"it does not say why: {lost}")
        store.run("history", code=3, **user)
        follower.must_run()
        check(follower.hash() == made["hash"], "what runs has changed")
        store.path.chmod(0o755)
        follower.wait("store_back", patience=40)
        follower.must_have_written(store.pull(3))


@scenario
def members_of_the_directorys_group_work_with_it(shop):
    # The directory says who may: it and all in it belong to the group, whatever is usual for the files of its members.
    need_root()
    store = Store(shop)
    store.path.mkdir()
    shutil.chown(store.path, NOBODY, NOBODY)
    store.path.chmod(0o2770)
    one, other = ({"user": user, "group": NOBODY, "extra_groups": [], "umask": 0o022} for user in (NOBODY, NOBODY - 1))
    store.publish("Roads 1", "--init", **one)
    done = store.publish("Roads 2", "--lock-wait", 1, code=None, **other)
    check(done["result"] == "published", f"not published: {done}")
    store.publish("Roads 3", **one)
    store.must_be_clean()


@scenario
def a_directory_that_everybody_may_write_is_refused_unless_that_is_wanted(shop):
    store = shop.store(2)
    with store.follow() as follower:
        follower.runs(2)
        store.path.chmod(0o777)
        file = shop.file_of(configuration("Roads 3"))
        for words in (("history",), ("status",), ("pull",), ("publish", file), ("rollback", 1), ("store", "verify"),
                      ("store", "gc"), ("lock", "true")):
            failed = store.run(*words, code=3)
            check("may be written by everybody" in failed.stderr, f"{words}: it does not say why: {failed.stderr}")
        refused = shop.run(shop.honua, "watch", "--store", store.url)
        check(refused.returncode == 3 and "may be written by everybody" in refused.stderr, f"not refused: {refused}")
        check(store.publish("Roads 3", "--insecure-store")["version"] == 3, "not published")
        follower.must_run()
        store.path.chmod(0o750)
        store.publish("Roads 4")
        follower.runs(4)
        store.must_be_clean()


# --- other file systems


def make_vfat(shop, mounts):
    need("mkfs.vfat")
    image = shop.scratch / "vfat"
    image.write_bytes(bytes(4 << 20))
    shop.run("mkfs.vfat", image)
    return mounts.mount(shop.place / "vfat", "mount", "-o", "loop,umask=027", image, shop.place / "vfat")


def make_exfat(shop, mounts):
    """A file system served by a program, which kernels need not know."""
    need("mkfs.exfat", "mount.exfat-fuse", "losetup")
    # A loop device is not had from memory everywhere.
    image = shop.scratch / "exfat"
    with open(image, "wb") as file:
        file.truncate(8 << 20)
    shop.run("mkfs.exfat", image)
    device = shop.run("losetup", "-f", "--show", image)
    if device.returncode != 0:
        raise CannotRun(f"no loop device: {device.stderr.strip()}")
    name = device.stdout.strip()
    try:
        return mounts.mount(shop.place / "exfat", "mount.exfat-fuse", "-o", "umask=027", name, shop.place / "exfat")
    finally:
        # It goes with the last one who has it open.
        shop.run("losetup", "-d", name)


@scenario
def a_file_system_without_hard_links_is_refused(shop):
    reasons = []
    for make in (make_vfat, make_exfat):
        with Mounts(shop) as mounts:
            try:
                folder = make(shop, mounts)
            except CannotRun as reason:
                reasons.append(str(reason))
                continue
            store = Store(shop, folder / "store", mounts.wrapper)
            file = shop.file_of(configuration("Roads 1"))
            for _ in range(2):
                failed = store.run("publish", file, "--init", code=3)
                check("has no links" in failed.stderr, f"it does not say why: {failed.stderr}")
                check(not mounts.outside(store.path / "EPOCH").exists(), "a store was made")
            return f"tried on {folder.name}"
    raise CannotRun("; ".join(reasons))


NO_LINKS = """#include <errno.h>

int linkat(int from, const char *name, int to, const char *new_name, int flags) {
  (void)from, (void)name, (void)to, (void)new_name, (void)flags;
  errno = EPERM;
  return -1;
}
"""
REPLACING_LINKS = """#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int linkat(int from, const char *name, int to, const char *new_name, int flags) {
  (void)flags;
  return renameat(from, name, to, new_name);
}
"""


@scenario
def a_system_whose_links_are_none_is_refused(shop):
    # As above, where no such file system can be had; and one whose links replace what is there.
    for name, text in (("none", NO_LINKS), ("replacing", REPLACING_LINKS)):
        more = {"LD_PRELOAD": str(shop.library(name, text))}
        store = Store(shop)
        failed = store.run("publish", shop.file_of(configuration("Roads 1")), "--init", code=3, more=more)
        check("the file system" in failed.stderr and "link" in failed.stderr, f"it does not say why: {failed.stderr}")
        check(not (store.path / "EPOCH").exists(), "a store was made")
        # A store that is there was made elsewhere: nothing is published to it.
        there = shop.store(1)
        there.publish("Roads 2", "--lock-wait", 1, code=3, more={"LD_PRELOAD": str(shop.library("none", NO_LINKS))})
        check(there.head_version() == 1, "a version was made")
        there.must_be_clean()


@scenario(waits=True)
def a_version_of_which_no_event_tells_is_seen_within_two_seconds(shop):
    # What is written beneath a file system that a program serves, or on another host, comes without an event.
    need("bindfs")
    with Mounts(shop) as mounts:
        beneath = shop.store(1)
        above = shop.place / "above"
        mounts.mount(above, "bindfs", beneath.path, above)
        store = Store(shop, above, mounts.wrapper)
        with store.follow() as follower:
            follower.runs(1)
            times = []
            for number in range(2, 6):
                beneath.publish(f"Roads {number}")
                begin = time.monotonic()
                event = follower.runs(number)
                times.append(event["arrived"] - begin)
                follower.must_have_written(beneath.pull(number))
            # A machine may be busy, but not always.
            check(min(times) < 2, f"it took {[f'{one:.1f}' for one in times]} s")
            # The other way round, and the heartbeat.
            check(store.publish("Roads 6")["version"] == 6, "not published through it")
            follower.runs(6)
            beneath.status("--wait", 15, "--instances", 1, code=0)
            beneath.must_be_clean()
            wait_until(lambda: beneath.head_version() == 6, "the version is there beneath, too")
        return f"seen after {', '.join(f'{one:.1f}' for one in times)} s"
