# SPDX-License-Identifier: MIT
"""Breaks documents the way editing and bad luck do."""

INSERTIONS = ["{", "}", "[", "]", "(", ")", '"', "=", ",", ":", "?", ".", "...", "=>", "::", "\n", "\r", "\r\n", " ", "${", "%{", "~}",
              "%{ endif }", "%{ else }", "%{if", "${~", "<<EOT\n", "<<-X\n", "EOT\n", "/*", "*/", "#", "//", "&", "|", "^", "~", "&&", "||",
              "**", ";", "'", "`", "\\", "\\d", "\\u12", "\\uD800", "\u201c", "\u201d", "\u00a0", "\u200b", "\ufeff", "\x00", "\x0c", "!",
              "==", "===", "<", "<<", ">", "+", "-", "*", "/", "%", ".5", "1.2.3", "1e", "10m", "0x1F", "for", "if", "in", "null", "a",
              "a = 1\n", "b {\n", "}\n", "\u0301", "é", "$", "$$", "[*]", ".*", ".0", ".0.1", "1", "x", "e\u0301", "not ", "{}", "[]", "()",
              "foo(", "\"x\"", "'x'", "b \"l\" {}\n", ", c = 2", " d = 3"]
RAW = [b"\xff", b"\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x82", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\x1a"]


def mutate(generator, pieces):
    """The pieces with one to three changes, as bytes."""
    pieces = list(pieces)
    for _ in range(generator.pick([1, 1, 1, 2, 3])):
        _change(generator, pieces)
    source = "".join(pieces).encode()
    dice = generator.random.random()
    if dice < 0.04:
        at = generator.number_from(0, len(source))
        source = source[:at] + generator.pick(RAW) + source[at:]
    elif dice < 0.07 and source:
        at = generator.number_from(0, len(source) - 1)
        source = source[:at] + source[at + 1:]
    elif dice < 0.09:
        source = source[:generator.number_from(0, len(source))]
    return source


def _change(generator, pieces):
    if not pieces:
        pieces.append(generator.pick(INSERTIONS))
        return
    at = generator.number_from(0, len(pieces) - 1)
    dice = generator.random.random()
    if dice < 0.27:
        del pieces[at]
    elif dice < 0.35:
        pieces.insert(at, pieces[at])
    elif dice < 0.43:
        other = generator.number_from(0, len(pieces) - 1)
        pieces[at], pieces[other] = pieces[other], pieces[at]
    elif dice < 0.75:
        pieces.insert(at, generator.pick(INSERTIONS))
    elif dice < 0.85:
        pieces[at] = generator.pick(INSERTIONS)
    elif dice < 0.92:
        _near_newline(generator, pieces)
    elif dice < 0.96:
        pieces.insert(at, generator.newline)
    else:
        del pieces[at:]


def _near_newline(generator, pieces):
    """Joins two lines."""
    places = [at for at, piece in enumerate(pieces) if piece.endswith("\n")]
    if places:
        at = generator.pick(places)
        pieces[at] = pieces[at].rstrip("\r\n")
