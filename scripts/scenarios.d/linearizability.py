# SPDX-License-Identifier: MIT
"""Whether what several saw of a versioned register at the same time can have happened one after the other.

A versioned register has a version, which begins at some number, and a value for each. An operation either makes the next
version (a compare-and-set: only if the register still has the one before), or reads the version that there is. It has a
time at which somebody asked and one at which the answer was there, and took effect at one moment between the two. Of an
operation whose answer never came, since who asked was killed, there is no second time: it may take effect at any moment
after the first, or never. What was refused, since the version was another one than expected, is a read of that other one.

A history is linearizable if all its operations can be put in one order in which each sees what those before it have left,
and which keeps the order of any two of which one had ended before the other began. To find such an order among all that
there are is hard for a register whose values come again. Here each operation names its version, and so its place:

1. Each version is made by one operation, and no number is left out. Otherwise there is no such order, since a compare-and-
   set that succeeds always makes the next version. What is read was made, or was there at first.
2. Then there is hardly a choice: the register has version N from where N was made to where N + 1 was made. So what made N
   comes first, then all that read N, then what made N + 1. Call that order the places. Whatever order is looked for must
   keep it; only those that read the same version are free among each other.
3. If one had ended before another one began, and its place is behind that one's, there is no order that keeps both.
   Otherwise order by place, and those that read the same version by when they began: that keeps the places, and also the
   order of time, since of two with the same place the one that had ended first began first, too.

So a history without a number that is missing or made twice, and without such a pair, is linearizable, and every other one
is not: the check finds all that is wrong, and nothing else. A pair of 3. is found by sweeping through the operations in
the order in which they began, each compared with the last place of all that had ended by then: if that one is not behind
it, none of them is. That takes as long as sorting them."""

import itertools
import math
import random
from dataclasses import dataclass

from scenarios import Failed, check


@dataclass
class Operation:
    """`made`: the version that it made; `read`: the one that it saw. One that is known to have done neither, or may never
    have taken effect, is not part of a history. `value`: what that version has, if it was seen."""

    name: str
    begin: float
    end: float = math.inf  # that of one whose answer never came
    made: int | None = None
    read: int | None = None
    value: str | None = None

    @property
    def version(self):
        return self.read if self.made is None else self.made

    @property
    def place(self):
        return self.version, self.made is None

    def __str__(self):
        did = f"read version {self.read}" if self.made is None else f"made version {self.made}"
        return f"{self.name} from {self.begin:.4f} to {self.end:.4f} {did}" + (f" ({self.value})" if self.value else "")


def check_versions(operations, first):
    """1. of the above."""
    makers = {}
    for one in operations:
        if one.made is not None:
            other = makers.setdefault(one.made, one)
            check(other is one, f"made twice: {other}; {one}")
    last = max([first, *makers])
    missing = sorted(set(range(first + 1, last + 1)) - set(makers))
    check(not missing, f"made by nobody: versions {missing[:10]}")
    check(min(makers, default=last + 1) > first, f"made, and was there before: version {min(makers, default=0)}")
    for one in operations:
        check(first <= one.version <= last, f"made by nobody: {one}")


def check_values(operations):
    """Whoever sees a version sees the same in it."""
    seen = {}
    for one in operations:
        if one.value is not None:
            other = seen.setdefault(one.version, one)
            check(other.value == one.value, f"another value: {other}; {one}")


def check_places(operations):
    """3. of the above."""
    by_end = iter(sorted(operations, key=lambda one: one.end))
    ended = next(by_end, None)
    last = None
    for one in sorted(operations, key=lambda one: one.begin):
        while ended is not None and ended.end < one.begin:
            if last is None or ended.place > last.place:
                last = ended
            ended = next(by_end, None)
        check(last is None or last.place <= one.place, f"{one}, after {last}")


def check_linearizable(operations, first=1):
    """`first`: the version that there was before all of them."""
    check_versions(operations, first)
    check_values(operations)
    check_places(operations)


# --- whether the check finds what is wrong


def history(*operations):
    """Of (begin, end, "w" or "r", version) or (..., value)."""
    return [Operation(f"operation {number}", begin, end, version if kind == "w" else None, version if kind == "r" else None,
                      *value)
            for number, (begin, end, kind, version, *value) in enumerate(operations)]


NEVER = math.inf

# Before each there was version 1.
BAD = {
    "a stale read after a write had ended": history((0, 1, "w", 2), (2, 3, "r", 1)),
    "a stale read after a read": history((0, 9, "w", 2), (1, 2, "r", 2), (3, 4, "r", 1)),
    "a stale read long after a chain of writes": history(
        (0, 1, "w", 2), (1.5, 2, "w", 3), (2.5, 3, "w", 4), (5, 6, "r", 3)),
    "a stale read while another write goes on": history((0, 1, "w", 2), (0, 9, "w", 3), (2, 3, "r", 1)),
    "a lost update: both made the same version, one after the other": history((0, 1, "w", 2), (2, 3, "w", 2)),
    "a lost update: both made the same version at once": history((0, 3, "w", 2), (1, 2, "w", 2)),
    "a lost update: the version has what another one wrote": history((0, 1, "w", 2, "a"), (2, 3, "r", 2, "b")),
    "a lost update: made, acknowledged, and gone": history((0, 1, "w", 2), (2, 3, "w", 3), (4, 5, "r", 2)),
    "two readers see two versions in two orders": history(
        (0, 9, "w", 2), (0, 9, "w", 3), (1, 2, "r", 2), (3, 4, "r", 3), (1, 2, "r", 3), (3, 4, "r", 2)),
    "two readers see two values of one version": history((0, 9, "w", 2), (1, 2, "r", 2, "a"), (1, 2, "r", 2, "b")),
    "one reader goes back": history((0, 9, "w", 2), (0, 9, "w", 3), (1, 2, "r", 3), (3, 4, "r", 2)),
    "a write that took effect before it began": history((0, 1, "r", 2), (2, 3, "w", 2)),
    "a write that took effect before it began, seen by who wrote the next one": history((0, 1, "w", 3), (2, 3, "w", 2)),
    "writes in another order than they were made": history((0, 1, "w", 3), (0, 4, "r", 1), (2, 3, "w", 2)),
    "a version of which nobody knows who made it": history((0, 1, "r", 2)),
    "a version that was never made between two that were": history((0, 1, "w", 2), (2, 3, "w", 4)),
    "a version that nobody had begun to make": history((0, 1, "w", 2), (2, 3, "r", 4), (5, 6, "w", 3), (7, 8, "w", 4)),
    "a version before the first one": history((0, 1, "r", 0)),
    "the first version is made once more": history((0, 1, "w", 1)),
    "a write without an answer, seen and then unseen": history((0, NEVER, "w", 2), (1, 2, "r", 2), (3, 4, "r", 1)),
    "a write without an answer, unseen behind one that came later": history(
        (0, NEVER, "w", 2), (1, 2, "w", 3), (3, 4, "r", 1)),
    "a write without an answer that took effect before it began": history((0, 1, "r", 2), (2, NEVER, "w", 2)),
    "a write that was refused for the sake of a version that another one had replaced before": history(
        (0, 1, "w", 2), (2, 3, "w", 3), (4, 6, "r", 2)),
}
GOOD = {
    "nothing": [],
    "one after the other": history((0, 1, "w", 2), (2, 3, "r", 2), (4, 5, "w", 3), (6, 7, "r", 3)),
    "a read during a write sees what was": history((0, 3, "w", 2), (1, 2, "r", 1)),
    "a read during a write sees what comes": history((0, 3, "w", 2), (1, 2, "r", 2)),
    "a read that ends as a write begins": history((0, 1, "r", 1), (1, 2, "w", 2)),
    "a long read sees any of what was made meanwhile": history(
        (0, 9, "r", 3), (1, 2, "w", 2), (3, 4, "w", 3), (5, 6, "w", 4)),
    "writes at the same time, in the order of who began last": history((0, 9, "w", 3), (1, 8, "w", 2), (10, 11, "r", 3)),
    "two readers at the same time see different versions": history((0, 9, "w", 2), (1, 4, "r", 1), (2, 3, "r", 2)),
    "many reads of the first version": history((0, 1, "r", 1), (0, 2, "r", 1), (3, 4, "r", 1)),
    "a write without an answer that is seen much later": history((0, NEVER, "w", 2), (5, 6, "r", 1), (7, 8, "r", 2)),
    "a write without an answer that others build upon": history((0, NEVER, "w", 2), (5, 6, "w", 3), (7, 8, "r", 3)),
    "a refused write, during the one that was faster": history(
        (0, 3, "w", 2, "a"), (1, 4, "r", 2, "a"), (5, 6, "w", 3, "b")),
}


def is_linearizable(operations):
    try:
        check_linearizable(operations)
    except Failed:
        return False
    return True


def is_found_by_search(operations, version=1):
    """By the definition: whether the operations can be put in an order, tried one by one. Of those that may come next,
    since none of the others had ended before, one that fits must lead to an order of the rest."""
    if not operations:
        return True
    first_end = min(one.end for one in operations)
    for one in operations:
        fits = one.read == version if one.made is None else one.made == version + 1
        if one.begin <= first_end and fits:
            rest = [other for other in operations if other is not one]
            if is_found_by_search(rest, one.version):
                return True
    return False


def random_history(draw):
    """Of a few operations at the same time: mostly of one that can have happened, some with a version that is off."""
    count = draw.randrange(1, 7)
    moments = [draw.uniform(0, 10) for _ in range(count)]
    version, operations = 1, []
    for moment in sorted(moments):
        makes = draw.random() < 0.5
        version += makes
        seen = version + (draw.choice((-1, 1)) if draw.random() < 0.15 else 0)
        begin = moment - draw.choice((0.1, 1, 4))
        end = NEVER if makes and draw.random() < 0.1 else moment + draw.choice((0.1, 1, 4))
        # What takes effect out of its time.
        off = draw.choice((-3, 3)) if draw.random() < 0.1 else 0
        operations.append((begin + off, end + off, "w" if makes else "r", max(seen, 0)))
    return history(*operations)


def self_test(rounds=3000):
    """That the check finds what is wrong and nothing else: by histories that are known, and by others on which it must
    agree with a search through all orders. How many of these are linearizable."""
    for histories, is_good in ((BAD, False), (GOOD, True)):
        for name, operations in histories.items():
            # It does not depend on the order in which they were noted.
            for noted in (operations, operations[::-1]):
                check(is_linearizable(noted) == is_good, f"taken for {'bad' if is_good else 'good'}: {name}")
            # The search knows of no values.
            has_values = any(one.value for one in operations)
            check(has_values or is_found_by_search(operations) == is_good, f"by the search, not {is_good}: {name}")
    draw = random.Random(7)
    good = 0
    for operations in itertools.islice(iter(lambda: random_history(draw), None), rounds):
        found, searched = is_linearizable(operations), is_found_by_search(operations)
        check(found == searched, f"by the search {searched}, here {found}: {[str(one) for one in operations]}")
        good += found
    check(rounds // 5 < good < rounds * 4 // 5, f"{good} of {rounds} are linearizable: too few of one kind to tell anything")
    return good
