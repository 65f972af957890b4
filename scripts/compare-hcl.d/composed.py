# SPDX-License-Identifier: MIT
"""Documents of several items of which each is valid or has one error of its
own: what must be reported is known, the errors of the items and nothing else."""

import re

from judge import Finding, ranges, show
from programs import Document
from variants import is_tangled

NAMES = re.compile(rb"^(?:[ \t]|/\*(?:[^*]|\*(?!/))*\*/)*([A-Za-z_\x80-\xff][\w\x80-\xff-]*)", re.MULTILINE)
# Where one of these is the error, it could close something around the item.
CLOSERS = (b"}", b"]", b")", b'"', b"~")
# Said once a file.
ONCE = {"Attribute redefined", "Invalid character encoding"}


# What is put around an item to see that it keeps its errors to itself.
ABOVE = b"outer {\n"
BELOW = b"}\nwitness {\n  a = 1\n}\n"


def usable(pair, documents, verdicts):
    """The documents, with the reference's verdicts, that are whole items: what
    is around them changes nothing, and we see them as the reference does."""
    promising = [(document, reference) for document, (reference, ours) in zip(documents, verdicts)
                 if _promising(document, reference, ours)]
    answers = pair.reference.run([Document("hcl", ABOVE + document.source + BELOW) for document, _ in promising])
    return [(document, reference) for (document, reference), answer in zip(promising, answers)
            if ranges(answer).keys() == {(line + 1, column, end_line + 1, end) for line, column, end_line, end in ranges(reference)}]


def _promising(document, reference, ours):
    source = document.source
    if document.syntax != "hcl" or not source.endswith(b"\n") or source.startswith(b"\xef\xbb\xbf") or is_tangled(source):
        return False
    found = ranges(reference)
    last = source.count(b"\n") + 1
    return (NAMES.match(source) is not None and len(found) <= 1 and found.keys() == ranges(ours).keys() and "crash" not in ours
            and all(place[0] < last and error[4] not in ONCE and source[error[5]:error[5] + 1] not in CLOSERS
                    for place, error in found.items()))


def compose(generator, items):
    """(document, expected ranges) of three to ten of the items, sometimes all
    of them inside a block or two."""
    blocks = generator.pick([0, 0, 1, 2])
    names, source, expected = {b"outer"}, b"outer {\n" * blocks, {}
    for _ in range(generator.number_from(3, 10)):
        document, reference = generator.pick(items)
        own = set(NAMES.findall(document.source))
        if own & names:
            continue  # setting an attribute twice would be an error of the whole
        names |= own
        above = source.count(b"\n")
        for (line, column, end_line, end_column), error in ranges(reference).items():
            expected[line + above, column, end_line + above, end_column] = error
        source += document.source
    return Document("hcl", source + b"}\n" * blocks), expected


def findings(document, expected, ours):
    found = ranges(ours)
    for place in sorted(expected.keys() | found.keys()):
        if place not in found:
            text = f"we don't report an item's own error at {place}: {expected[place][4]}"
        elif place not in expected:
            text = f"no item has this error of its own: {show(found[place])}"
        else:
            continue
        reference = {"errors": [[*at, error[4], -1, -1] for at, error in sorted(expected.items())]}
        yield Finding(document, "composed", place, text, reference, ours)
