# SPDX-License-Identifier: MIT
"""A publisher dies, or its system fails it, at every single step: a version is there as a whole or not at all."""

import concurrent.futures
import re

from machines import need_tracing, number_of_call
from storing import Failed, Scenarios, check, configuration, hash_of, read_output

scenario = SCENARIOS = Scenarios()

# So many publishers at a time: there is a disk to wait for.
AT_A_TIME = 3
# The calls that change files, and those that make changes durable.
CHANGING = ("openat", "write", "fsync", "linkat", "renameat", "renameat2", "unlinkat", "mkdirat", "ftruncate", "fchmod")
# What a system may answer to a call.
ERRORS = {
    "openat": ("ENOSPC", "EIO", "EINTR", "ESTALE", "EMFILE"),
    "write": ("ENOSPC", "EIO", "EINTR"),
    "fsync": ("ENOSPC", "EIO", "EINTR"),
    "linkat": ("ENOSPC", "EIO", "EINTR", "EMLINK"),
    "renameat": ("ENOSPC", "EIO", "EINTR"),
    "mkdirat": ("ENOSPC", "EIO"),
    "unlinkat": ("EIO", "EBUSY"),
    "read": ("EIO",),
    "getdents64": ("EIO",),
    "newfstatat": ("EIO",),
}


class Publisher:
    """Publishes `Roads 3` on fresh copies of a store that has two versions."""

    def __init__(self, shop):
        need_tracing(shop)
        self.shop = shop
        self.store = shop.store(2)
        self.hashes = [self.store.record(number)["hash"] for number in (1, 2)]
        copy = self.store.copy()
        self.hashes.append(copy.publish("Roads 3")["hash"])
        self.snapshot = copy.pull(3)
        self.file = shop.file_of(configuration("Roads 3"))
        self.calls = self.read_calls()

    def read_calls(self):
        """The calls of one publishing from the opening of the store on: names, each with the how manieth it is."""
        copy = self.store.copy()
        trace = self.shop.scratch / "trace"
        self.run(copy, "-o", trace)
        counts = {}
        calls = []
        is_open = False
        for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
            name = re.match(r"(?:\d+ +)?(\w+)\(", line)
            if not name:
                continue
            counts[name[1]] = counts.get(name[1], 0) + 1
            is_open = is_open or f'"{copy.path}"' in line and "O_DIRECTORY" in line
            if is_open:
                calls.append((name[1], counts[name[1]], line))
        check(len(calls) > 50, f"only {len(calls)} calls are seen")
        return calls

    def run(self, store, *options):
        return self.shop.run("strace", "-f", "-qq", *options, *store.command("publish", self.file, "--format", "json"))

    def inject(self, store, name, number, what):
        return self.run(store, "-o", "/dev/null", "-e", f"trace={name}", f"--inject={name}:{what}:when={number}")

    def check_store(self, store, run):
        """There are two or three versions, each whole, and what was acknowledged is there."""
        store.must_be_clean()
        versions = store.history()
        check([one["version"] for one in versions] in ([2, 1], [3, 2, 1]), f"versions: {versions}")
        found = [one["hash"] for one in reversed(versions)]
        check(found == self.hashes[:len(found)], f"hashes: {found}")
        if run.stdout.endswith("}\n"):
            check(read_output(run.stdout)["version"] == len(found) == 3, f"acknowledged and not there: {run.stdout}")
        if len(found) == 3:
            check(store.pull(3) == self.snapshot, "version 3 is another snapshot")
        return len(found)

    def for_each(self, calls, work):
        """Does something for each call; all that is not as it must be in one message."""

        def tried(call):
            try:
                return work(*call)
            except Failed as error:
                return f"{call[0]} {call[1]}, `{call[2][:120]}`: {error}"

        with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as workers:
            found = [text for text in workers.map(tried, calls) if text]
        check(not found, f"{len(found)} of {len(calls)}:\n" + "\n".join(found[:4]))
        return f"at each of {len(calls)} calls"

    def kill_at(self, name, number):
        store = self.store.copy()
        killed = self.inject(store, name, number, "signal=SIGKILL")
        # The tracer ends in the way of what it traces.
        check(killed.returncode == -9, f"it was not killed: {killed.returncode}, {killed.stdout}{killed.stderr}")
        return store, killed


@scenario(loads=True)
def a_publisher_killed_at_any_call_leaves_the_version_before_or_the_next(shop):
    # The kill comes before the call. It is every call, not only those that change files: what is done between two of
    # them may one day be more.
    publisher = Publisher(shop)

    def work(name, number, _):
        store, killed = publisher.kill_at(name, number)
        there = publisher.check_store(store, killed)
        # Others go on, without a gap. The second one does not meet what the dead one left behind.
        for title in ("Roads 4", "Roads 5"):
            store.publish(title, "--lock-wait", 1, code=None)
        versions = store.must_have_no_gap()
        check(store.head()["hash"] != publisher.hashes[there - 1], f"nobody could publish after it: {versions}")
        store.must_be_clean()

    return publisher.for_each(publisher.calls, work)


@scenario(loads=True)
def the_next_publisher_need_not_wait_for_a_killed_one_nor_be_told_of_a_conflict(shop):
    # A dead process holds no lease: its number shows that. Nobody else has published, so that there is no conflict.
    publisher = Publisher(shop)
    calls = [call for call in publisher.calls if call[0] in CHANGING and ("O_CREAT" in call[2] or call[0] != "openat")]
    check(len(calls) > 15, f"only {len(calls)} calls change files")

    def work(name, number, _):
        store, _ = publisher.kill_at(name, number)
        head = store.head()
        # Less than the lease's time.
        done = store.publish("Roads 4", "--lock-wait", 1, "--expect-version", head["version"])
        check(done["result"] == "published", f"{done}")
        # One version for the lease that was taken over, at most.
        check(done["version"] - head["version"] in (1, 2), f"version {done['version']} after {head['version']}")
        store.must_have_no_gap()

    return publisher.for_each(calls, work)


@scenario(loads=True)
def a_call_that_fails_makes_a_publishing_succeed_or_fail_with_a_message(shop):
    publisher = Publisher(shop)
    calls = [(name, number, f"{error}: {line}", error) for name, number, line in publisher.calls
             for error in ERRORS.get(name, ())]

    def work(name, number, _, error):
        store = publisher.store.copy()
        run = publisher.inject(store, name, number, f"error={error}")
        # Of an error behind the link nobody can say whether it came to a version.
        check(run.returncode in (0, 3), f"exit code {run.returncode}: {run.stdout}{run.stderr}")
        check(run.returncode == 0 or "error: " in run.stderr, "no message")
        there = publisher.check_store(store, run)
        check(run.returncode == 3 or there == 3, "it says that it has published, and has not")
        for title in ("Roads 4", "Roads 5"):
            store.publish(title, "--lock-wait", 1, code=None)
        check(store.head()["hash"] not in publisher.hashes, "nobody could publish after it")
        store.must_have_no_gap()
        store.must_be_clean()

    return publisher.for_each(calls, work)


LOST_ANSWERS = """#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

int linkat(int from, const char *name, int to, const char *new_name, int flags) {
  int (*real)(int, const char *, int, const char *, int) =
      (int (*)(int, const char *, int, const char *, int))dlsym(RTLD_NEXT, "linkat");
  if (real(from, name, to, new_name, flags) != 0) return -1;
  errno = atoi(getenv("LOST_ANSWER"));
  return -1;
}
"""


@scenario
def a_link_whose_answer_was_lost_counts_as_made(shop):
    # Over a network a request that was made is repeated if its answer is lost, and the second answer is that something
    # is there already. Whose link it is, the link count tells.
    library = shop.library("lost", LOST_ANSWERS)
    for number in (17, 5, 110):  # EEXIST, EIO, ETIMEDOUT
        store = shop.store(2)
        more = {"LD_PRELOAD": str(library), "LOST_ANSWER": str(number)}
        done = store.publish("Roads 3", more=more)
        check((done["result"], done["version"]) == ("published", 3), f"error {number}: {done}")
        check(store.head()["hash"] == done["hash"] == hash_of(store.pull(3)), f"error {number}: another head")
        # The same for the lease, which it has given back.
        check(store.publish("Roads 4", "--lock-wait", 1)["version"] == 4, f"error {number}: the lease is still held")
        store.must_be_clean()


def lose_the_answer(shop, store, *words):
    """Publishes, and dies when the version is there but before that is said."""
    file = shop.file_of(configuration("Roads 3"))
    plain = ("publish", file, "--format", "json")
    # The first call behind the link.
    number = number_of_call(shop, store.copy(), plain, "fsync", f'"{3:012}"') + 1
    killed = shop.run("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync",
                      f"--inject=fsync:signal=SIGKILL:when={number}", *store.command(*plain, *words))
    check(killed.returncode == -9 and not killed.stdout, f"it has answered: {killed.stdout}{killed.stderr}")
    check(store.head_version() == 3, "the version is not there")
    return file


@scenario
def a_request_repeated_after_its_answer_was_lost_makes_no_second_version(shop):
    need_tracing(shop)
    store = shop.store(2)
    file = lose_the_answer(shop, store, "--request", "deployment-7")
    for _ in range(2):
        done = read_output(store.run("publish", file, "--request", "deployment-7", "--format", "json").stdout)
        check((done["result"], done["version"]) == ("repeated", 3), f"not repeated: {done}")
    made = [one for one in store.history() if one["kind"] == "publish"]
    check(len(made) == 3, f"{len(made)} versions")


@scenario
def a_request_repeated_after_others_have_published_makes_no_second_version(shop):
    # What others have published meanwhile is not undone by it.
    need_tracing(shop)
    store = shop.store(2)
    file = lose_the_answer(shop, store, "--request", "deployment-7")
    # The first one meets what the dead one left behind.
    store.publish("Roads 4", code=None)
    later = store.publish("Roads 5")["version"]
    done = read_output(store.run("publish", file, "--request", "deployment-7", "--format", "json").stdout)
    check((done["result"], done["version"]) == ("repeated", 3), f"not repeated: {done}")
    check(store.head_version() == later, "the head has moved")
    # Also for a request that was answered.
    first = store.publish("Roads 6", "--request", "deployment-8")
    store.publish("Roads 7")
    again = store.publish("Roads 6", "--request", "deployment-8")
    check((again["result"], again["version"]) == ("repeated", first["version"]), f"not repeated: {again}")
