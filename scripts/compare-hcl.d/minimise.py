# SPDX-License-Identifier: MIT
"""Delta debugging: the smallest document that still shows a disagreement."""

import re

from programs import Document

PIECES = re.compile(rb"\r?\n|[A-Za-z_0-9]+|[ \t]+|[\x80-\xff]+|.", re.DOTALL)


def minimise(document, still_shows):
    """`still_shows` takes a list of documents and says for each whether it
    shows the disagreement; asking for many at once is cheap."""
    pieces = document.source.splitlines(keepends=True)
    pieces = _reduce(document.syntax, pieces, still_shows)
    pieces = PIECES.findall(b"".join(pieces))
    pieces = _reduce(document.syntax, pieces, still_shows)
    return Document(document.syntax, b"".join(pieces))


def _reduce(syntax, pieces, still_shows):
    size = max(1, len(pieces) // 2)
    while pieces:
        candidates = [pieces[:at] + pieces[at + size:] for at in range(0, len(pieces), size)]
        answers = still_shows([Document(syntax, b"".join(candidate)) for candidate in candidates])
        smaller = next((candidate for candidate, shows in zip(candidates, answers) if shows), None)
        if smaller is not None:
            pieces = smaller
            size = min(size, max(1, len(pieces) // 2))
        elif size == 1:
            break
        else:
            size //= 2
    return pieces
