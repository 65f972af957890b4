# SPDX-License-Identifier: MIT
"""When the two programs agree on a document. `compare-hcl --help` shows this:

Two verdicts on a document agree when
 1. both programs accept it or both refuse it;
 2. refused: the first error by position that the reference reports is ours
    too, with the same range; or else what its scanner objects to on that line,
    or what its scanner or its parser says first (in the JSON syntax only where
    they start);
 3. refused: every other range of the reference is ours too, or is in an item
    of which we report another error, or is gone when the lines of the other
    errors are taken out of the document (then it was a consequence of them);
 4. refused: every range that only we report is reported by the reference, too,
    once the lines of the other errors are taken out or its earlier errors are
    repaired by an edit or a few at the place where it reports them (it mutes
    itself after its first error; what it never reports is noise of ours), and
    we report no range twice;
 5. accepted: both give each attribute the same value, numbers to 150 digits
    (in texts, too), or both refuse to evaluate it, with errors that start at
    the same places, and further ones of ours as under 4.
3 and 4 need brackets, quotes, comments and heredocs that pair up, lines that
are indented inside of brackets, and no error on a line that closes what another
has opened: without that, nothing says which item an error belongs to. Noise is
therefore also looked for with composed documents: of items that each are valid
or have one error of their own, we must report exactly these errors.
Anything else is a disagreement. differences.tsv names those that the
specification decides, each with a narrow condition in differences.py; every
other one counts as unexplained and makes the run fail."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, getcontext

from programs import Document
from variants import ITEM_START, closes_more, is_tangled, lines_of, repairs, value_repairs, without

# How many repairs one after another may be needed until an error shows.
REPAIRS = 4
# How many repaired documents are followed further at each step.
FOLLOWED = 300
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# Relative; the programs agree on the first 150 digits or they don't.
getcontext().prec = 200
TOLERANCE = Decimal("1e-149")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
LONG_NUMBER = 150  # digits
FAILED = {"$error": True}


@dataclass
class Finding:
    document: Document
    kind: str      # accepted, refused, first, missed, noise, twice, composed, value, evaluation, crash
    place: tuple   # a range, or the path of an attribute
    text: str
    reference: dict = field(repr=False, default=None)
    ours: dict = field(repr=False, default=None)
    values: tuple = ()  # of the attribute, the reference's first


def ranges(verdict, syntax="hcl"):
    """The distinct error ranges in order, each with its error. Of the JSON
    syntax only where they start: the reference means one character or a token
    or an empty place as it happens."""
    found = {}
    for error in verdict["errors"]:
        found.setdefault(tuple(error[:4]) if syntax == "hcl" else (*error[:2], *error[:2]), error)
    return found


class Judge:
    def __init__(self, pair, values=True, tolerance=TOLERANCE):
        self.pair = pair
        self.values = values
        self.tolerance = tolerance

    def examine(self, documents):
        """All findings on the documents, in their order."""
        return self.compare(documents, self.pair.run(documents))

    def compare(self, documents, verdicts):
        findings = [[] for _ in documents]
        questions = []  # (document's number, kind, range, variant)
        for number, (document, (reference, ours)) in enumerate(zip(documents, verdicts)):
            found = findings[number]

            def add(kind, place, text, values=()):
                found.append(Finding(document, kind, place, text, reference, ours, values))

            if reference.get("crash"):
                continue  # nothing to compare with
            if ours.get("crash"):
                add("crash", (), ours["crash"])
            elif reference["parse_ok"] != ours["parse_ok"]:
                self._different_verdicts(reference, ours, add)
            elif reference["parse_ok"]:
                if self.values and not reference.get("no_values"):
                    compare_values(reference, ours, self.tolerance, add)
            else:
                questions += self._compare_errors(number, document, reference, ours, add)
        self._ask(documents, verdicts, questions, findings)
        return [finding for found in findings for finding in found if not self._is_further_error(finding)]

    @staticmethod
    def _different_verdicts(reference, ours, add):
        if reference["parse_ok"]:
            error = ours["errors"][0]
            add("refused", tuple(error[:4]), f"only we refuse it: {show(error)}")
        else:
            error = reference["errors"][0]
            add("accepted", tuple(error[:4]), f"only the reference refuses it: {show(error)}")

    def _compare_errors(self, number, document, reference, ours, add):
        theirs, mine = without_echoes(ranges(reference, document.syntax)), ranges(ours, document.syntax)
        for error in repeated(ours):
            add("twice", tuple(error[:4]), f"we report this place before: {show(error)}")
        if theirs.keys() == mine.keys():
            return []
        first = first_errors(document, theirs)
        if not any(place in mine for place in first):
            add("first", first[0], f"the reference's first error is not ours: {show(theirs[first[0]])}")
            return []
        everything = theirs.keys() | mine.keys()
        if (document.syntax == "json" or is_tangled(document.source)
                or closes_more(document.source, {line for place in everything for line in lines_of(place)})):
            return []
        asked = [("missed", place) for place in theirs.keys() - mine.keys() if not excused(document.source, place, theirs, mine)]
        asked += [("noise", place) for place in mine.keys() - theirs.keys()]
        return [(number, kind, place, without(document.source, place, everything - {place})) for kind, place in sorted(asked)]

    def _ask(self, documents, verdicts, questions, findings):
        """Settles what only one side reports with changed documents."""
        flat = [Document(documents[number].syntax, variant) for number, _, _, variants in questions for variant in variants]
        answers = iter(self.pair.reference.run(flat))
        doubtful = []
        for number, kind, place, variants in questions:
            real = any([place in ranges(next(answers)) for _ in variants])
            if kind == "noise" and not real:
                doubtful.append((number, place, [documents[number].source, *variants]))
            if kind == "missed" and real:
                text = f"the reference finds this, too: {show(ranges(verdicts[number][0])[place])}"
                findings[number].append(Finding(documents[number], kind, place, text, *verdicts[number]))
        for number, place, variants in doubtful:
            if not self._shows_after_repairs(documents[number].syntax, place, variants):
                text = f"the reference never finds this: {show(ranges(verdicts[number][1])[place])}"
                findings[number].append(Finding(documents[number], "noise", place, text, *verdicts[number]))

    def _shows_after_repairs(self, syntax, place, variants, errors="errors", repaired=repairs):
        """Whether the reference reports an error at the place once the errors
        that it reports first are repaired."""
        state = [(variant.removeprefix(BYTE_ORDER_MARK), place) for variant in variants]
        for _ in range(REPAIRS + 1):
            answers = self.pair.reference.run([Document(syntax, source) for source, _ in state])
            following = []
            for (source, wanted), answer in zip(state, answers):
                if any(tuple(error[:len(wanted)]) == wanted for error in answer[errors]):
                    return True
                for error in sorted(answer[errors])[:1]:
                    if errors == "eval_errors" or tuple(error[:2]) <= wanted[:2]:  # else nothing in front of the place is left to repair
                        following += [(error[0] - wanted[0], error[1], edited, moved(wanted)) for edited, moved in repaired(source, error)]
            following.sort(key=lambda step: step[:2], reverse=True)  # those first that have come furthest
            state = list(dict.fromkeys((edited, wanted) for _, _, edited, wanted in following))[:FOLLOWED]
        return False

    def _is_further_error(self, finding):
        """Whether all that we report beyond the reference's evaluation errors
        is what it reports, too, when these are repaired."""
        if finding.kind != "evaluation" or finding.document.syntax != "hcl":
            return False
        theirs = {tuple(error[:2]) for error in finding.reference["eval_errors"]}
        mine = {tuple(error[:2]) for error in finding.ours["eval_errors"]}
        return theirs < mine and all(
            self._shows_after_repairs("hcl", start, [finding.document.source], "eval_errors", value_repairs) for start in mine - theirs)


def without_echoes(errors):
    """The reference's errors without what it says about the end of a block
    when the block's content is wrong and it has lost its place. It reports
    that in front of the error itself."""
    order = list(errors)
    echoes = set()
    for number, (place, error) in enumerate(errors.items()):
        behind = order[number + 1:]
        if error[4] == "Invalid single-argument block definition" and any(later[:2] <= place[:2] for later in behind):
            echoes.add(place)
        if error[4] == "Unclosed configuration block" and behind:
            echoes.add(place)
    return {place: error for place, error in errors.items() if place not in echoes}


# What the reference's scanner says; its parser often adds something about the same text.
SCANNER = {"Invalid character", "Unsupported operator", "Invalid multi-line string", "Invalid character encoding"}


def first_errors(document, errors):
    """The ranges of which one must be reported by both sides: the first by
    position, what the scanner says about that line, the first that either
    scanner or parser says."""
    first = min(errors, key=lambda place: place[:2])
    if document.syntax == "json":
        return list(errors)[:1] + [first]
    parser = [place for place, error in errors.items() if error[4] not in SCANNER]
    reported_first = list(errors)[:1] + parser[:1]
    return [place for place, error in errors.items()
            if place[:2] == first[:2] or place in reported_first or (place[0] == first[0] and error[4] in SCANNER)]


def excused(source, place, theirs, mine):
    """Whether an error of the reference is about something that we report
    another error of: on the same line, or further down in the same item, or
    around it (the reference says then what it would have wanted instead)."""
    if any(place[0] in lines_of(other) for other in mine):
        return True
    before = list(theirs)[:list(theirs).index(place)]
    if any(other in mine and other[:2] > place[:2] and theirs[other][4] not in SCANNER for other in before):
        return True
    above = max((other[0] for other in mine if other[0] < place[0]), default=None)
    below = min((other[0] for other in mine if other[0] > place[0]), default=None)
    return (above is not None and not starts_item(source, above, place[0])
            or below is not None and theirs[place][4] not in SCANNER and not starts_item(source, place[0], below))


def starts_item(source, after, until):
    """Whether an item of the file's own body seems to start on a line after
    one up to another."""
    return any(ITEM_START.match(line) for line in source.split(b"\n")[after:until])


def repeated(verdict):
    seen = set()
    return [error for error in verdict["errors"] if tuple(error[:4]) in seen or seen.add(tuple(error[:4]))]


def show(error):
    line, column, end_line, end_column = error[:4]
    end = f"{end_column}" if line == end_line else f"{end_line}:{end_column}"
    return f"{line}:{column}-{end} {error[4]}"


# --- values

def compare_values(reference, ours, tolerance, add):
    before = []

    def note(kind, place, text, values=()):
        before.append(kind)
        add(kind, place, text, values)

    compare_bodies((), reference["value"], ours["value"], tolerance, note)
    theirs = sorted({tuple(error[:2]) for error in reference["eval_errors"]})
    mine = sorted({tuple(error[:2]) for error in ours["eval_errors"]})
    if theirs != mine and not before:
        add("evaluation", (), f"evaluation errors start at {theirs} for the reference, at {mine} for us: "
            f"{[show(e) for e in reference['eval_errors']]} against {[show(e) for e in ours['eval_errors']]}")


def compare_bodies(path, reference, ours, tolerance, note):
    for name in reference["attributes"].keys() | ours["attributes"].keys():
        theirs = reference["attributes"].get(name, "(no such attribute)")
        mine = ours["attributes"].get(name, "(no such attribute)")
        if not same(theirs, mine, tolerance):
            note("value", path + (name,), f"`{'.'.join(path + (name,))}` is {short(theirs)} for the reference, {short(mine)} for us",
                 (theirs, mine))
    shapes = [[(block["type"], block["labels"], block["line"]) for block in body["blocks"]] for body in (reference, ours)]
    if shapes[0] != shapes[1]:
        note("value", path, f"blocks differ: {shapes[0]} for the reference, {shapes[1]} for us")
        return
    for theirs, mine in zip(reference["blocks"], ours["blocks"]):
        compare_bodies(path + (theirs["type"], *theirs["labels"]), theirs["body"], mine["body"], tolerance, note)


def same(a, b, tolerance):
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a is b
    if isinstance(a, (int, Decimal)) and isinstance(b, (int, Decimal)):
        return a == b or abs(Decimal(a) - Decimal(b)) <= abs(Decimal(a)) * tolerance
    if isinstance(a, dict) and isinstance(b, dict):
        pairs = list(zip(sorted(a), sorted(b)))
        return len(a) == len(b) and all(same_text(x, y, tolerance) and same(a[x], b[y], tolerance) for x, y in pairs)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y, tolerance) for x, y in zip(a, b))
    if isinstance(a, str) and isinstance(b, str):
        return same_text(a, b, tolerance)
    return False


def same_text(a, b, tolerance):
    """Equal, but for long numbers that agree as far as numbers must."""
    if a == b:
        return True
    if max(len(a), len(b)) < LONG_NUMBER or NUMBER.split(a) != NUMBER.split(b):
        return False
    return all(x == y or (max(len(x), len(y)) >= LONG_NUMBER and same(Decimal(x), Decimal(y), tolerance))
               for x, y in zip(NUMBER.findall(a), NUMBER.findall(b)))


def short(value):
    text = "an error" if value == FAILED else repr(value)
    return text if len(text) < 300 else text[:297] + "..."
