# SPDX-License-Identifier: MIT
"""The conditions of differences.tsv: does a finding come from that difference?

Each is narrow: it looks at the bytes that the finding is about, so that a
mistake of ours nearby is still found."""

import os
import re
import unicodedata
from dataclasses import dataclass

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


def load():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "differences.tsv")
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    differences = [Difference(*row) for row in rows]
    if {difference.name for difference in differences} != CONDITIONS.keys():
        raise SystemExit("compare-hcl: differences.tsv and the conditions of differences.py don't match")
    return differences


def explanation(differences, finding):
    """The difference that accounts for a finding, or None."""
    for difference in differences:
        if CONDITIONS[difference.name](finding):
            return difference
    return None


def lines_of(finding):
    return finding.document.source.decode(errors="replace").split("\n")


def around(finding, before, behind):
    """The text of a finding's line from `before` characters in front of its
    first one to `behind` characters behind that."""
    line, column = finding.place[:2]
    text = (lines_of(finding) + [""])[line - 1]
    return text[max(0, column - 1 - before):column - 1 + behind]


def offset(finding, position):
    """The character that a line and column are at; columns as characters."""
    lines = lines_of(finding)
    return sum(len(line) + 1 for line in lines[:position[0] - 1]) + position[1] - 1


def first_summary(finding):
    return finding.reference["errors"][0][4] if finding.reference["errors"] else ""


def same_bytes(finding):
    """Whether our program reports the very bytes that the reference means."""
    theirs = [error[5:7] for error in finding.reference["errors"] if tuple(error[:4]) == finding.place]
    return bool(theirs) and theirs[0] in [error[5:7] for error in finding.ours["errors"]]


@condition
def double_colon(finding):
    if not finding.place:
        return False
    return finding.document.syntax == "hcl" and finding.kind in ("first", "accepted", "noise") and "::" in around(finding, 2, 2)


@condition
def index_bracket(finding):
    places = [error for error in finding.reference["errors"] if error[4].startswith("Missing close bracket on")]
    return finding.kind == "first" and any(tuple(error[:2]) < tuple(place[:2]) for error in finding.ours["errors"] for place in places)


@condition
def template_at_end(finding):
    if finding.kind != "first":
        return False
    text = finding.document.source.decode(errors="replace")
    return text[-1:] in ("$", "%") and offset(finding, finding.place) == len(text) - 1


@condition
def quoted_newlines(finding):
    def begins_alike(error):
        return tuple(error[:2]) == finding.place[:2] and error[2] < finding.place[2]

    if finding.kind != "first":
        return False
    text = finding.document.source.decode(errors="replace")
    covered = text[offset(finding, finding.place):offset(finding, finding.place[2:])]
    return not covered.strip("\r\n") and any(begins_alike(error) for error in finding.ours["errors"])


@condition
def malformed_utf8(finding):
    if finding.kind not in ("refused", "first", "noise"):
        return False
    if finding.kind != "refused" and all(error[4] != "Invalid character encoding" for error in finding.reference["errors"]):
        return False
    try:
        finding.document.source.decode()
    except UnicodeDecodeError as trouble:
        return any(error[5] == trouble.start and (finding.kind != "noise" or tuple(error[:4]) == finding.place)
                   for error in finding.ours["errors"])
    return False


@condition
def heredoc_carriage_return(finding):
    """The reference's range starts at a CR without LF and ends with the file."""
    if finding.kind != "first":
        return False
    source = finding.document.source
    theirs = [error for error in finding.reference["errors"] if tuple(error[:4]) == finding.place]
    return any(error[6] >= len(source) - 3 and re.match(rb"\r(?!\n)", source[error[5]:]) for error in theirs)


@condition
def clusters_across_tokens(finding):
    if finding.kind != "first":
        return False
    line = (lines_of(finding) + [""])[finding.place[0] - 1]
    extends = any(unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf", "Sk") for character in line)
    return extends and same_bytes(finding)


# --- the JSON syntax, whose error ranges the reference takes less care of

def bytes_of_reference(finding):
    """Where in the file the reference's errors at the finding's place start."""
    return {error[5] for error in finding.reference["errors"] if tuple(error[:2]) == finding.place[:2]}


def is_json_place(finding):
    return finding.document.syntax == "json" and finding.kind == "first"


@condition
def json_tabs(finding):
    if finding.document.syntax != "json" or b"\t" not in finding.document.source:
        return False
    if finding.kind == "first":
        return bool(bytes_of_reference(finding) & {error[5] for error in finding.ours["errors"]})
    return finding.kind == "evaluation" and ({error[5] for error in finding.reference["eval_errors"]}
                                             == {error[5] for error in finding.ours["eval_errors"]})


@condition
def json_unclosed(finding):
    if not is_json_place(finding):
        return False
    text = finding.document.source.decode(errors="replace")
    line = (lines_of(finding) + [""])[finding.place[0] - 1]
    at_end = finding.place[1] > len(line.rstrip())
    return at_end and any(text[offset(finding, error):][:1] in ('"', "{", "[") for error in finding.ours["errors"])


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
    return (is_json_place(finding) and first_summary(finding) == "Missing attribute seperator comma"
            and any(error[5] < place for place in bytes_of_reference(finding) for error in finding.ours["errors"]))


@condition
def json_colon_in_array(finding):
    colons = [error for error in finding.ours["errors"] if finding.document.source[error[5]:error[5] + 1] == b":"]
    return is_json_place(finding) and first_summary(finding) == "Invalid array value" and bool(colons)


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
    """Evaluation errors of one side that start where none of the other does."""
    starts = {tuple(error[:2]) for error in other["eval_errors"]}
    return [error for error in side["eval_errors"] if tuple(error[:2]) not in starts]


@condition
def function_error_place(finding):
    if finding.kind != "evaluation":
        return False
    theirs = new_starts(finding, finding.reference, finding.ours)
    mine = new_starts(finding, finding.ours, finding.reference)
    return (theirs and len(theirs) == len(mine) and all(error[4] == "Error in function call" for error in theirs)
            and all(tuple(a[:2]) < tuple(b[:2]) for a, b in zip(sorted(theirs), sorted(mine))))


@condition
def json_escapes_in_values(finding):
    if finding.kind != "evaluation" or finding.document.syntax != "json":
        return False
    mine = new_starts(finding, finding.ours, finding.reference)
    return bool(mine) and all(in_changed_string(finding, error) for error in mine)


@condition
def consequence(finding):
    if finding.kind != "evaluation" or new_starts(finding, finding.ours, finding.reference):
        return False
    theirs = new_starts(finding, finding.reference, finding.ours)
    return all(any(tuple(error[:2]) <= tuple(inner[:2]) < tuple(error[2:4]) for inner in finding.ours["eval_errors"]) for error in theirs)


@condition
def broken_result(finding):
    """`true ? 1 : (false < [])`"""
    return (finding.kind in ("value", "evaluation")
            and any(error[4].endswith(" (one is broken)") for error in finding.reference["eval_errors"]))


@condition
def argument_start(finding):
    if finding.kind != "evaluation":
        return False
    theirs = sorted(new_starts(finding, finding.reference, finding.ours))
    mine = sorted(new_starts(finding, finding.ours, finding.reference))
    source = finding.document.source
    return (bool(theirs) and len(theirs) == len(mine)
            and all(a[5] > b[5] and not source[b[5]:a[5]].strip(b'( "\t\r\n') for a, b in zip(theirs, mine)))


@condition
def conditional_also(finding):
    """Results that don't fit together, and other errors of ours."""
    if finding.kind != "evaluation" or new_starts(finding, finding.reference, finding.ours):
        return False
    return any(error[4].startswith("Inconsistent conditional") for error in finding.reference["eval_errors"])


@condition
def remainder_of_decimals(finding):
    source = finding.document.source
    return finding.kind == "value" and re.search(rb"%[^{%\"]", source) is not None and re.search(rb"\d\.\d|e-\d", source) is not None
