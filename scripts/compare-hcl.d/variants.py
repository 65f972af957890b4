# SPDX-License-Identifier: MIT
"""Documents with some of their errors taken out or repaired.

After its first syntax error the reference says little more about a file, and
part of what it still says is a consequence of having lost its place. To learn
whether an error is real, the lines of all others are taken out, or the others
are repaired one after another, and the reference is asked again."""

import re
import unicodedata

ITEM_START = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff-]*+[ \t]*(=[^=]|\{|\"|[A-Za-z_\x80-\xff])")
# What a repair puts in the place of an error or before it.
REPLACEMENTS = [b"", b" ", b"0", b"x", b'"']
INSERTIONS = [b'"', b")", b"]", b"}", b"0", b" = 0", b"\n", b"{", b"}\n", b'"}', b"%{endif}", b"%{endfor}", b": 0", b", ", b"{}\n",
              b" in a: a", b": a", b" => a", b" a", b", x "]
VALUES = [b"", b"0", b'"x"', b"x", b"(0)", b'("x")', b"true", b"[]", b"{}", b"null", b"[0]", b"coalesce"]


def lines_of(error):
    """The lines that a range touches, as a half-open range."""
    line, column, end_line, end_column = error[:4]
    last = end_line if end_column > 1 or end_line == line else end_line - 1
    return range(line, max(line, last) + 1)


CLOSING = {ord(b")"): ord(b"("), ord(b"]"): ord(b"["), ord(b"}"): ord(b"{")}


STRING = re.compile(rb'"(?:[^"\\\n]|\\.)*"')
COMMENT = re.compile(rb"(#|//)[^\n]*|/\*.*?\*/", re.DOTALL)


def is_tangled(source):
    """Whether brackets, quotes, comments or heredocs do not pair up, seen with
    or without what may be comments and strings, or lines inside of brackets
    are not indented. Then it is open to which item what belongs, and what is
    an error on its own. The same where columns cannot be counted simply: the
    text is no UTF-8 or has characters of several code points."""
    bare = COMMENT.sub(b"", source)
    text = source.decode(errors="replace")
    if "\ufffd" in text or any(unicodedata.combining(character) for character in text):
        return True
    if b"<<" in source or b"/*" in bare or b"*/" in bare:
        return True
    if any(line.replace(b'\\"', b"").count(b'"') % 2 for line in source.split(b"\n")):
        return True
    return not (_nests(source) and _nests(bare) and _nests(STRING.sub(b"", bare)))


def _nests(source):
    open_brackets = []  # each with the indentation of its line
    for line in source.split(b"\n"):
        text = line.lstrip(b" \t")
        indent = len(line) - len(text)
        if open_brackets and text.strip():
            outside = open_brackets[-1][1]
            if indent < outside or (indent == outside and text[0] not in b")]}"):
                return False
        for byte in text:
            if byte in b"([{":
                open_brackets.append((byte, indent))
            elif byte in b")]}" and (not open_brackets or open_brackets.pop()[0] != CLOSING[byte]):
                return False
    return not open_brackets


def closes_more(source, numbers):
    """Whether one of the lines with these numbers closes what another line
    has opened."""
    lines = source.split(b"\n")
    for number in numbers:
        depth = 0
        for byte in lines[number - 1] if number <= len(lines) else b"":
            depth += (byte in b"([{") - (byte in b")]}")
            if depth < 0:
                return True
    return False


# --- taking lines out; other lines stay where they are

def without(source, error, others):
    """Variants of the source in which `error` is still there at the same
    place, if it is real, and `others` are not."""
    lines = source.split(b"\n")
    wanted = set(lines_of(error))
    unwanted = {line for other in others for line in lines_of(other)} - wanted
    variants = []
    if unwanted:
        variants += _take_out(lines, unwanted, others)
    alone = _only_item(lines, min(wanted))
    if alone is not None:
        variants.append(alone)
        within = {line for line in unwanted if line <= len(alone) and alone[line - 1]}
        if within:
            variants += _take_out(alone, within, others)
    joined = dict.fromkeys(b"\n".join(variant) for variant in variants)
    return [variant for variant in joined if variant != source]


def _ending(line):
    return b"\r" if line.endswith(b"\r") else b""


def _take_out(lines, numbers, errors):
    """The lines with those of the given numbers emptied; a line that closes a
    block keeps doing that, one that opens a block does so in the first variant
    and not in the second. Nothing where brackets would be left open."""
    variants = [list(lines), list(lines)]
    for number in numbers:
        if number > len(lines):
            continue
        line = lines[number - 1]
        braces = line.count(b"{") - line.count(b"}")
        if braces < 0 and any(error[0] == number and line.decode(errors="replace")[error[1] - 1:error[1]] == "}" for error in errors):
            braces += 1  # the brace is what is wrong
        for variant, opening in zip(variants, (b"zz {" + b"\tzz {" * (braces - 1), b"")):
            variant[number - 1] = (opening if braces > 0 else b"}" * -braces) + _ending(line)
    return [variant for variant in variants if _brackets_match(b"\n".join(variant))]


def _brackets_match(text):
    return all(text.count(opening) == text.count(closing) for opening, closing in ((b"(", b")"), (b"[", b"]")))


def _only_item(lines, number):
    """Just the item at the top level that the line is part of. None where an
    open bracket above makes it doubtful that it is an item."""
    first = min(number, len(lines)) - 1
    while first > 0 and not ITEM_START.match(lines[first]):
        first -= 1
    last = max(first + 1, number)
    while last < len(lines) and not ITEM_START.match(lines[last]):
        last += 1
    above = b"\n".join(lines[:first])
    if any(above.count(opening) > above.count(closing) for opening, closing in ((b"(", b")"), (b"[", b"]"), (b"{", b"}"))):
        return None
    return [line if first <= at < last else _ending(line) for at, line in enumerate(lines)]


# --- repairs; what is behind them moves

def repairs(source, error):
    """(repaired source, function that says where a place went) for each way
    to repair an error of the reference's, given as it reports it."""
    begin, end = error[5], error[6]
    heredoc = re.search(rb"<<-?([^\s<]+)\r?\n(?!.*<<)", source[:begin], re.DOTALL)
    endings = [b"\n" + heredoc[1] + b"\n"] if heredoc and begin >= len(source) else []
    for text in REPLACEMENTS:
        if end > begin:
            yield _edit(source, begin, end, text)
    for rest in (rb"[^\n]*", rb"[^\n{}\[\]()]*", rb"[^\n{}=\"]*", rb"\"[^\"\n]*\"", rb"[%$]\{[^}\n]*\}"):
        covered = re.compile(rest).match(source, begin)
        if covered and covered.end() > begin:
            yield _edit(source, begin, covered.end(), b"")
            yield _edit(source, begin, covered.end(), b"x")
    for text in INSERTIONS + endings:
        yield _edit(source, begin, begin, text)
    yield _edit(source, end, end, b" = 0")


def value_repairs(source, error):
    """The same for an error of evaluation: other values in its place."""
    for text in VALUES:
        yield _edit(source, error[5], error[6], text)


def _edit(source, begin, end, text):
    edited = source[:begin] + text + source[end:]

    def moved(place):
        corners = (place[:2], place[2:]) if len(place) == 4 else (place,)
        return sum((_shift(source, edited, corner, begin, end, len(text)) for corner in corners), ())

    return edited, moved


def _shift(source, edited, position, begin, end, size):
    """Where a line and column of the source is in the edited text. Columns
    are counted in characters here, which is good enough for plain lines."""
    line, column = position
    start = 0
    for _ in range(line - 1):
        start = source.find(b"\n", start) + 1
        if start == 0:
            return position
    at = start + len(source[start:].decode(errors="replace")[:column - 1].encode())
    if at < begin:
        return position
    at += size - (end - begin) if at >= end else size
    before = edited[:at]
    return before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1:].decode(errors="replace")) + 1
