# SPDX-License-Identifier: MIT
"""Documents of several items of which each is valid or has one error of its
own: what must be reported is known, the errors of the items and nothing else."""

import re

from judge import Finding, ranges, show
from programs import Document
from variants import is_tangled

NAMES = re.compile(rb"^[ \t]*([A-Za-z_\x80-\xff][\w\x80-\xff-]*)", re.MULTILINE)
# Said once a file.
ONCE = {"Attribute redefined", "Invalid character encoding"}


# What is put behind an item to see that it keeps its errors to itself.
WITNESS = b"witness {\n  a = 1\n}\n"


def usable(pair, documents, verdicts):
    """The documents, with the reference's verdicts, that are whole items: what
    follows them changes nothing, and we see them as the reference does."""
    promising = [(document, reference) for document, (reference, ours) in zip(documents, verdicts)
                 if _promising(document, reference, ours)]
    answers = pair.reference.run([Document("hcl", document.source + WITNESS) for document, _ in promising])
    return [(document, reference) for (document, reference), answer in zip(promising, answers)
            if ranges(answer).keys() == ranges(reference).keys()]


def _promising(document, reference, ours):
    source = document.source
    if document.syntax != "hcl" or not source.endswith(b"\n") or source.startswith(b"\xef\xbb\xbf") or is_tangled(source):
        return False
    found = ranges(reference)
    last = source.count(b"\n") + 1
    return (NAMES.match(source) is not None and len(found) <= 1 and found.keys() == ranges(ours).keys() and "crash" not in ours
            and all(place[0] < last for place in found) and all(error[4] not in ONCE for error in found.values()))


def compose(generator, items):
    """(document, expected ranges) of three to ten of the items."""
    names, source, expected = set(), b"", {}
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
    return Document("hcl", source), expected


def findings(document, expected, ours):
    found = ranges(ours)
    for place in sorted(expected.keys() | found.keys()):
        if place not in found:
            text = f"we don't report an item's own error at {place}: {expected[place][4]}"
        elif place not in expected:
            text = f"no item has this error of its own: {show(found[place])}"
        else:
            continue
        reference = {"errors": [[*at, error[4]] for at, error in sorted(expected.items())]}
        yield Finding(document, "composed", place, text, reference, ours)
