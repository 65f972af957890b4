# SPDX-License-Identifier: MIT
"""Delta debugging: the smallest document that still shows a disagreement."""

import re

from programs import Document

PIECES = re.compile(rb"\r?\n|[A-Za-z_0-9]+|[ \t]+|[\x80-\xff]+|.", re.DOTALL)


def minimise(document, still_shows):
    """`still_shows` takes a list of documents and says for each whether it
    shows the disagreement; asking for many at once is cheap."""
    source = document.source
    while True:
        shorter = source
        for split in (lambda text: text.splitlines(keepends=True), PIECES.findall):
            shorter = b"".join(_reduce(document.syntax, split(shorter), still_shows))
        if len(shorter) == len(source):
            return Document(document.syntax, source)
        source = shorter


# Of so many pieces all runs are tried, not only halves, quarters and so on.
FEW = 40


def _reduce(syntax, pieces, still_shows):
    size = max(1, len(pieces) // 2)
    while pieces:
        few = len(pieces) <= FEW
        if few:
            runs = [(at, at + run) for run in range(len(pieces), 0, -1) for at in range(len(pieces) - run + 1)]
        else:
            runs = [(at, at + size) for at in range(0, len(pieces), size)]
        candidates = [pieces[:first] + pieces[last:] for first, last in runs]
        answers = still_shows([Document(syntax, b"".join(candidate)) for candidate in candidates])
        smaller = next((candidate for candidate, shows in zip(candidates, answers) if shows), None)
        if smaller is not None:
            pieces = smaller
            size = min(size, max(1, len(pieces) // 2))
        elif few or size == 1:
            break
        else:
            size //= 2
    return pieces
