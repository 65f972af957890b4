# SPDX-License-Identifier: MIT
"""The conditions of differences.tsv: does a finding come from that difference?

Each is narrow: it looks at the bytes that the finding is about, so that a
mistake of ours nearby is still found."""

import os
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from judge import same

CONDITIONS = {}
HIGH = bytes(range(128, 256))


@dataclass(frozen=True)
class Difference:
    name: str
    right: str   # "ours", "reference" or "neither"
    what: str
    reason: str


def condition(function):
    CONDITIONS[function.__name__.replace("_", "-")] = function
    return function


def load(table="differences.tsv", conditions=None):
    """The differences that a table lists, one for each condition."""
    conditions = CONDITIONS if conditions is None else conditions
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), table)
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    differences = [Difference(*row) for row in rows]
    if {difference.name for difference in differences} != conditions.keys():
        raise SystemExit(f"compare-hcl: {table} and its conditions don't match")
    return differences


def explanation(differences, finding):
    """The difference that accounts for a finding, or None."""
    for difference in differences:
        if CONDITIONS[difference.name](finding):
            return difference
    return None


def lines_of(finding):
    return finding.document.source.decode(errors="replace").split("\n")


def first_summary(finding):
    return finding.reference["errors"][0][4] if finding.reference["errors"] else ""


def same_bytes(finding):
    """Whether our program reports the very bytes that the reference means."""
    theirs = [error[5:7] for error in finding.reference["errors"] if tuple(error[:4]) == finding.place]
    return bool(theirs) and theirs[0] in [error[5:7] for error in finding.ours["errors"]]


def bytes_of_reference(finding):
    """Where in the file the reference's errors at the finding's place start."""
    return {error[5] for error in finding.reference["errors"] if tuple(error[:2]) == finding.place[:2]}


def item_ranges(finding):
    """Where in the file attributes stand that have the name of the attribute
    whose value differs: from the name to where the next item begins."""
    source = finding.document.source
    if not finding.place or finding.document.syntax != "hcl":
        return [range(len(source))]
    name = re.escape(finding.place[-1].encode())
    starts = [found.start() for found in re.finditer(rb"(?<![\w.-])\"?" + name + rb"\"?" + SPACE + rb"=(?![=>])", source)]
    ends = [found.start() for found in ITEM.finditer(source)]
    return [range(start, next((end for end in ends if end > start and is_balanced(source[start:end])), len(source))) for start in starts]


def is_balanced(text):
    return sum(text.count(opener) for opener in (b"{", b"[", b"(")) <= sum(text.count(closer) for closer in (b"}", b"]", b")"))


SPACE = rb"(?:[ \t]|/\*(?s:.*?)\*/)*"
ITEM = re.compile(rb"^[ \t]*\"?[\w-]+\"?" + SPACE + rb"(=(?![=>])|\"[^\"\n]*\"[ \t]*\{|\{)", re.MULTILINE)


def text_of_items(finding):
    return [finding.document.source[place.start:place.stop] for place in item_ranges(finding)]


def in_one_item(finding, one, other):
    """Whether two errors lie in one attribute or block header: no item begins between them."""
    source = finding.document.source
    begin, end = sorted((one[5], other[5]))
    return not any(begin < found.start() <= end and is_balanced(source[begin:found.start()]) for found in ITEM.finditer(source))


def concerns_item(finding, error):
    return any(error[5] in place for place in item_ranges(finding))


@condition
def double_colon(finding):
    if finding.document.syntax != "hcl" or finding.kind not in ("first", "accepted", "noise", "missed"):
        return False
    errors = [error for error in finding.reference["errors"] + finding.ours["errors"]
              if finding.kind == "first" or error[0] == finding.place[0]]
    return any(b"::" in finding.document.source[max(0, error[5] - 2):error[5] + 2] for error in errors)


@condition
def unclosed_sequence(finding):
    source = finding.document.source
    starts = {error[5] for error in finding.ours["errors"]}
    opened = [error for error in finding.ours["errors"] if error[4].endswith("in this string is never closed")]
    theirs = [error for error in finding.reference["errors"] if tuple(error[:2]) <= finding.place[:2]]
    return finding.kind == "first" and any(
        error[4] == "Unclosed template interpolation sequence" and error[5] in starts
        or error[4].startswith("Extra characters in end")
        and any(mine[5] < error[5] and in_one_item(finding, mine, error) for mine in opened)
        for error in theirs)


@condition
def negative_zero(finding):
    def unsigned(value):
        return re.sub(r"-0(?![\d.])", "0", repr(value).replace("-Inf", "+Inf"))

    return (finding.kind == "value" and len(finding.values) == 2 and any(b"-" in text for text in text_of_items(finding))
            and unsigned(finding.values[0]) in (unsigned(finding.values[1]), repr(finding.values[1])))


CONDITIONAL_TYPES = re.compile(r"Inconsistent conditional result types|Invalid conditional result"
                               r"|the results of a conditional must be of one type|attribute `.*` is required")


@condition
def null_in_conditional(finding):
    def is_one(error):
        return CONDITIONAL_TYPES.match(error[4]) and b"null" in finding.document.source[error[5]:error[6]]

    if finding.kind == "evaluation":
        only = new_starts(finding, finding.reference, finding.ours) + new_starts(finding, finding.ours, finding.reference)
        return any(map(is_one, only)) and all(is_one(error) or any(in_one_item(finding, error, other) for other in only if is_one(other))
                                              for error in only)
    if finding.kind != "value":
        return False
    # `try` and `can` keep the error to themselves.
    return (any(re.search(rb"\b(try|can)\(", text) and b"?" in text and b"null" in text for text in text_of_items(finding))
            or any(is_one(error) and concerns_item(finding, error)
                   for error in finding.reference["eval_errors"] + finding.ours["eval_errors"]))


@condition
def nested_conditionals(finding):
    """`false ? [[]] : []` as a result of another conditional"""
    if finding.kind != "value" or not any(text.count(b"?") > 1 for text in text_of_items(finding)):
        return False
    inconsistent = [error for error in finding.reference["eval_errors"]
                    if CONDITIONAL_TYPES.match(error[4]) and concerns_item(finding, error)]
    as_text = [re.sub(r"Decimal\('([^']*)'\)", r"'\1'", repr(value)) for value in finding.values]
    return len(as_text) == 2 and (as_text[0] == as_text[1] or any(
        b"?" in finding.document.source[error[5]:error[6]] for error in inconsistent))


@condition
def keyword_index(finding):
    keywords = r"\[\s*(null|true|false)\s*\]"
    return (finding.kind == "value" and any(re.search(keywords.encode(), text) for text in text_of_items(finding))
            and len(finding.values) == 2 and re.search(keywords, repr(finding.values[0])) is not None)


@condition
def number_limits(finding):
    if finding.kind == "value":
        return any("too many digits" in error[4] or "too large" in error[4] for error in finding.ours["eval_errors"])
    return finding.kind in ("first", "accepted") and any(
        re.search(rb"[eE][+-]?\d{6}", finding.document.source[error[5]:error[6]])
        for error in finding.reference["errors"] if error[4] == "Invalid number literal")


@condition
def index_bracket(finding):
    if finding.kind == "noise":
        return "behind the index" in finding.text
    places = [error for error in finding.reference["errors"] if error[4].startswith("Missing close bracket on")]
    return finding.kind == "first" and any(tuple(error[:2]) < tuple(place[:2]) for error in finding.ours["errors"] for place in places)


@condition
def number_dots(finding):
    theirs = [error for error in finding.reference["errors"] if tuple(error[:4]) == finding.place]
    return finding.kind == "first" and any(
        re.match(rb"\.?[\d.]*\.\.", finding.document.source[error[5]:error[6]])
        and any(error[5] <= mine[5] <= error[6] for mine in finding.ours["errors"]) for error in theirs)


@condition
def splat_attribute(finding):
    summary = finding.reference["errors"] and finding.reference["errors"][0][4]
    return (finding.kind == "first" and summary in ("Invalid attribute name", "Invalid legacy index syntax")
            and any(finding.document.source[place:place + 1] == b"*" for place in bytes_of_reference(finding)))


@condition
def closer_behind_attribute(finding):
    first = finding.reference["errors"][0] if finding.reference["errors"] else None
    return (finding.kind == "missed" and first is not None and first[4] == "Missing newline after argument"
            and finding.document.source[first[5]:first[6]] == b"}")


@condition
def template_at_end(finding):
    source = finding.document.source
    return finding.kind == "first" and source[-1:] in (b"$", b"%") and len(source) - 1 in bytes_of_reference(finding)


@condition
def quoted_newlines(finding):
    theirs = [error for error in finding.reference["errors"] if tuple(error[:4]) == finding.place]
    return finding.kind == "first" and any(
        a[5] == b[5] and b[6] < a[6] and not finding.document.source[a[5]:a[6]].strip(b"\r\n")
        for a in theirs for b in finding.ours["errors"])


@condition
def malformed_utf8(finding):
    """Where it is, and the columns behind it."""
    if finding.kind not in ("refused", "first", "noise"):
        return False
    try:
        finding.document.source.decode()
    except UnicodeDecodeError as trouble:
        if finding.kind == "first" and same_bytes(finding):
            return True
        return any(error[5] == trouble.start and (finding.kind != "noise" or tuple(error[:4]) == finding.place)
                   for error in finding.ours["errors"])
    return False


@condition
def heredoc_carriage_return(finding):
    """The reference's range starts at a CR without LF and ends with the file;
    if nothing else is wrong, the heredoc has no end."""
    if finding.kind not in ("first", "accepted"):
        return False
    source = finding.document.source
    theirs = [error for error in finding.reference["errors"] if tuple(error[:4]) == finding.place]
    return any(error[6] >= len(source) - 3 and re.match(rb"\r(?!\n)", source[error[5]:])
               and (finding.kind == "accepted" or any(mine[5] >= error[5] for mine in finding.ours["errors"]))
               for error in theirs)


@condition
def clusters_across_tokens(finding):
    kinds = {"evaluation": "eval_errors", "first": "errors", "noise": "errors", "missed": "errors"}
    if finding.kind not in kinds:
        return False
    theirs, mine = ({tuple(error[5:7]) for error in side[kinds[finding.kind]]} for side in (finding.reference, finding.ours))
    placed = {tuple(error[5:7]) for side in (finding.reference, finding.ours) for error in side[kinds[finding.kind]]
              if tuple(error[:2]) == finding.place[:2]}
    text = finding.document.source.decode(errors="replace")
    agree = {"evaluation": theirs == mine, "first": bool(theirs & mine)}.get(finding.kind, bool(placed) and placed <= theirs & mine)
    return agree and any(unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf", "Sk") for character in text)


# --- the JSON syntax, whose error ranges the reference takes less care of

def is_json_place(finding):
    return finding.document.syntax == "json" and finding.kind == "first"


@condition
def json_columns(finding):
    source = finding.document.source
    if finding.document.syntax != "json" or not re.search(rb"\t|\r(?!\n)", source):
        return False
    if finding.kind == "first":
        return bool(bytes_of_reference(finding) & {error[5] for error in finding.ours["errors"]})
    return finding.kind == "evaluation" and ({error[5] for error in finding.reference["eval_errors"]}
                                             == {error[5] for error in finding.ours["eval_errors"]})


@condition
def json_byte_order_mark(finding):
    """At the start of the file, or of a string."""
    if finding.document.syntax != "json":
        return False
    if finding.kind == "value" and b"\xef\xbb\xbf" in finding.document.source:
        return repr(finding.values[1]).replace("\\ufeff", "") == repr(finding.values[0])
    return finding.kind in ("first", "accepted") and finding.document.source.startswith(b"\xef\xbb\xbf") and finding.place[:2] == (1, 1)


@condition
def json_unclosed(finding):
    source = finding.document.source
    at_end = any(re.match(rb"[^\n]?[ \t\r]*(\n|$)", source[place:]) for place in bytes_of_reference(finding))
    return (is_json_place(finding) and at_end
            and any(source[error[5]:error[5] + 1] in (b'"', b"{", b"[") for error in finding.ours["errors"]))


@condition
def json_string(finding):
    if not is_json_place(finding) or first_summary(finding) != "Invalid JSON string":
        return False
    return any(error[0] == finding.place[0] and error[1] <= finding.place[1] for error in finding.ours["errors"])


@condition
def json_behind(finding):
    if not is_json_place(finding):
        return False
    source = finding.document.source
    return any(error[5] < place and not source[error[6]:place].strip(b"^&|~*#$%!?;.<>`'/\\_+=()@ \t\r\n" + HIGH)
               for place in bytes_of_reference(finding) for error in finding.ours["errors"])


@condition
def json_separator(finding):
    return (is_json_place(finding) and first_summary(finding).startswith(("Missing attribute seperator comma", "Missing property value colon", "Mismatched"))
            and any(error[5] < place for place in bytes_of_reference(finding) for error in finding.ours["errors"]))


@condition
def json_colon_in_array(finding):
    colons = [error for error in finding.ours["errors"] if finding.document.source[error[5]:error[5] + 1] == b":"]
    return is_json_place(finding) and first_summary(finding) == "Invalid array value" and bool(colons)


@condition
def json_order(finding):
    theirs = {error[5] for error in finding.reference["errors"] if tuple(error[:2]) < finding.place[:2]}
    return is_json_place(finding) and bool(theirs & {error[5] for error in finding.ours["errors"]})


def in_changed_string(finding, error):
    """Whether a range of ours is a JSON string that means other bytes than it
    has: one with escapes, or not in normalization form C."""
    text = finding.document.source[error[5]:error[6]].decode(errors="replace")
    return "\\" in text or unicodedata.normalize("NFC", text) != text


@condition
def json_escapes(finding):
    return is_json_place(finding) and any(in_changed_string(finding, error) for error in finding.ours["errors"])


# --- evaluation

def new_starts(finding, side, other):
    """Evaluation errors of one side that start where none of the other does,
    one for each place."""
    starts = {tuple(error[:2]) for error in other["eval_errors"]}
    return list({tuple(error[:2]): error for error in side["eval_errors"] if tuple(error[:2]) not in starts}.values())


@condition
def function_error_place(finding):
    if finding.kind != "evaluation":
        return False
    theirs = new_starts(finding, finding.reference, finding.ours)
    mine = new_starts(finding, finding.ours, finding.reference)
    return (bool(theirs) and bool(mine) and all(error[4] == "Error in function call" for error in theirs)
            and min(error[5] for error in theirs) < min(error[5] for error in mine))


@condition
def for_condition_place(finding):
    if finding.kind != "evaluation":
        return False
    theirs = sorted(new_starts(finding, finding.reference, finding.ours))
    mine = sorted(new_starts(finding, finding.ours, finding.reference))
    return (bool(theirs) and len(theirs) == len(mine) and all(error[4] == "Invalid 'for' condition" for error in theirs)
            and all(a[:2] <= b[:2] < a[2:4] for a, b in zip(theirs, mine)))


@condition
def json_escapes_in_values(finding):
    if finding.kind != "evaluation" or finding.document.syntax != "json":
        return False
    theirs, mine = ({error[5]: error for error in side["eval_errors"]} for side in (finding.reference, finding.ours))
    only_mine = mine.keys() - theirs.keys()
    return bool(only_mine) and all(in_changed_string(finding, mine[place]) for place in only_mine)


@condition
def consequence(finding):
    if finding.kind != "evaluation" or new_starts(finding, finding.ours, finding.reference):
        return False
    source = finding.document.source

    def follows(error, inner):
        around = tuple(error[:2]) <= tuple(inner[:2]) < tuple(error[2:4])
        before = error[5] < inner[5] and not source[error[5]:inner[5]].strip(b"!-( \t\r\n")
        behind = inner[6] <= error[5] and not source[inner[6]:error[5]].strip(b'~}")] \t\r\n')
        return around or before or behind

    return all(any(follows(error, inner) for inner in finding.ours["eval_errors"])
               for error in new_starts(finding, finding.reference, finding.ours))


@condition
def broken_result(finding):
    """`true ? 1 : (false < [])`"""
    return (finding.kind in ("value", "evaluation")
            and any(error[4].endswith(" (one is broken)") for error in finding.reference["eval_errors"]))


NOTHING_BUT_OPENERS = re.compile(rb'(?:[( "\t\r\n]|(?:#|//)[^\n]*\n|/\*.*?\*/)*', re.DOTALL)


@condition
def argument_start(finding):
    if finding.kind != "evaluation":
        return False
    theirs = sorted(new_starts(finding, finding.reference, finding.ours))
    mine = sorted(new_starts(finding, finding.ours, finding.reference))
    source = finding.document.source
    return (bool(theirs) and len(theirs) == len(mine)
            and all(a[5] > b[5] and (source[b[5]:b[5] + 2] == b"<<" or re.fullmatch(NOTHING_BUT_OPENERS, source[b[5]:a[5]]))
                    for a, b in zip(theirs, mine)))


@condition
def further_inside(finding):
    if finding.kind != "evaluation" or new_starts(finding, finding.reference, finding.ours):
        return False
    return any(error[4].startswith(("Inconsistent conditional", "Not enough function", "Too many function", "Call to unknown"))
               for error in finding.reference["eval_errors"])


@condition
def broken_argument(finding):
    """`join([format("%"), "c"]...)`, `concat(null, 1 + true)`"""
    if finding.kind != "evaluation" or new_starts(finding, finding.reference, finding.ours):
        return False
    source = finding.document.source

    def is_one(error):
        expanded = source[error[6]:].lstrip().startswith(b"...") and any(
            error[5] <= inner[5] < error[6] for inner in finding.reference["eval_errors"])
        return expanded or error[4].endswith(": null is not accepted") and any(
            in_one_item(finding, error, other) for other in finding.reference["eval_errors"])

    return all(map(is_one, new_starts(finding, finding.ours, finding.reference)))


@condition
def conditional_place(finding):
    if finding.kind != "evaluation":
        return False
    theirs = sorted(new_starts(finding, finding.reference, finding.ours))
    mine = sorted(new_starts(finding, finding.ours, finding.reference))
    return (bool(theirs) and len(theirs) == len(mine) and all(error[4].startswith("Inconsistent conditional") for error in theirs)
            and all(b[:2] < a[:2] <= b[2:4] for a, b in zip(theirs, mine)))


@condition
def exact_numbers(finding):
    """A difference that is far smaller than the numbers it comes from, or a
    text with a number of more digits than the reference keeps."""
    return finding.kind == "value" and len(finding.values) == 2 and (
        same(*finding.values, Decimal("1e-100")) or re.search(r"'[^']*\d{100}", repr(finding.values[0])) is not None)


@condition
def remainder_of_decimals(finding):
    return finding.kind == "value" and any(
        re.search(rb"%[^{%\"]", text) and re.search(rb"\d\.\d|e-\d", text) for text in text_of_items(finding))
