# SPDX-License-Identifier: MIT
"""Compares `honua fmt` with the reference's formatter, byte by byte, on random
documents that both programs accept, most of them badly spaced. Of each it also
checks that formatting changes neither tree nor value and that formatting again changes
nothing. Wanted differences stand in layouts.tsv, each with its condition here."""

import os
import re
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass

import differences
from minimise import minimise
from programs import Document, beside

BATCH = 1000
SHOWN = 10  # findings printed in full; the rest is counted
BLANKS = ["", " ", "  ", "     ", "\t", " \t"]


@dataclass(frozen=True)
class Formatted:
    document: Document
    reference: bytes
    ours: bytes
    again: bytes  # ours, formatted once more


# --- wanted differences

def trailing_blanks(one):
    """`a = 1  ` without a line end"""
    return one.reference.rstrip(b" ") == one.ours and one.reference != one.ours


def indexes_in_a_row(one):
    """`x.0 .1`"""
    return one.reference != one.ours and re.sub(rb"(\d) \.(?=\d)", rb"\1.", one.ours.rstrip(b" ")) == one.reference.rstrip(b" ")


CONDITIONS = {"trailing-blanks": trailing_blanks, "indexes-in-a-row": indexes_in_a_row}


# --- documents

def document(generator):
    pieces = generator.document()
    dice = generator.random.random()
    if dice < 0.75:
        share = 0.5 if dice < 0.5 else 0.1
        pieces = [badly_spaced(generator, piece) if generator.chance(share) else piece for piece in pieces]
    source = "".join(pieces)
    if dice > 0.95:
        source = source.rstrip("\r\n") + generator.pick(BLANKS)
    elif dice > 0.92:
        source = "\ufeff" + source
    return Document("hcl", source.encode())


def badly_spaced(generator, piece):
    """The piece, other blanks, or other blanks around it. Where that makes no
    valid document, the document is not used."""
    if piece.strip(" \t") == "":
        return generator.pick(BLANKS)
    if piece.endswith("\n") and piece.strip() == "":
        return generator.pick(BLANKS) + piece * generator.pick([1, 1, 2]) + generator.pick(BLANKS)
    if generator.chance(0.1) and re.fullmatch(r"[\w.,(){}\[\]=?:+*/%&|<>!-]+", piece):
        return generator.pick(BLANKS) + piece + generator.pick(BLANKS)
    return piece


# --- both formatters, each one process for all documents

class Formatters:
    def __init__(self, build):
        self.reference = [beside(build, "hcloracle"), "format"]
        self.ours = [beside(build, "honua"), "fmt", "--dialect", "hcl"]

    def run(self, documents):
        reference = self._run(self.reference, documents)
        ours = self._run(self.ours, documents)
        again = self._run(self.ours, [Document("hcl", text) for text in ours])
        return [Formatted(*one) for one in zip(documents, reference, ours, again)]

    @staticmethod
    def _run(command, documents):
        with tempfile.TemporaryDirectory() as directory:
            paths = [os.path.join(directory, f"{number:06}.hcl") for number in range(len(documents))]
            for path, one in zip(paths, documents):
                with open(path, "wb") as file:
                    file.write(one.source)
            done = subprocess.run([*command, directory], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
            if done.returncode != 0:
                raise SystemExit(f"compare-hcl: {' '.join(command)} ended with {done.returncode}: "
                                 + done.stderr.decode(errors="replace")[:2000])
            texts = []
            for path in paths:
                with open(path, "rb") as file:
                    texts.append(file.read())
            return texts


def is_valid(verdicts):
    return all(verdict["parse_ok"] for verdict in verdicts)


def means_otherwise(old, new):
    """Whether our tree differs, or what either evaluates to. References that
    nothing binds have their own text as their value, blanks in them included:
    with those only the tree tells."""
    if old[1]["tree"] != new[1]["tree"] or any(a["eval_ok"] != b["eval_ok"] for a, b in zip(old, new)):
        return True
    return any(a["value"] != b["value"] for a, b in zip(old, new)) and not old[1]["has_variables"]


class LayoutComparison:
    def __init__(self, pair, build):
        self.pair = pair
        self.formatters = Formatters(build)
        self.differences = differences.load("layouts.tsv", CONDITIONS)
        self.explained = Counter()
        self.unexplained = 0

    def compare(self, generator, count):
        used = made = changed = 0
        while used < count:
            documents = [document(generator) for _ in range(min(BATCH, 2 * (count - used) + 10))]
            made += len(documents)
            accepted = [(one, verdicts) for one, verdicts in zip(documents, self.pair.run(documents)) if is_valid(verdicts)]
            accepted = accepted[:count - used]
            used += len(accepted)
            formatted = self.formatters.run([one for one, _ in accepted])
            changed += sum(one.ours != one.document.source for one in formatted)
            self._examine(formatted, [verdicts for _, verdicts in accepted])
        print(f"{used} valid documents of {made} formatted, {changed} of them changed by it")
        for difference, number in sorted(self.explained.items(), key=lambda item: item[0].name):
            print(f"explained: {number} x {difference.name} ({difference.right} right): {difference.what}: {difference.reason}")
        print(f"{used} formatted documents: {self.unexplained} unexplained differences")
        return 1 if self.unexplained else 0

    def _examine(self, formatted, before):
        after = self.pair.run([Document("hcl", one.ours) for one in formatted])
        for one, old, new in zip(formatted, before, after):
            if one.again != one.ours:
                self._report(one, "formatting again changes it", lambda other: other.again != other.ours)
            if not is_valid(new) or means_otherwise(old, new):
                self._report(one, "it means something else afterwards", None)
            if one.ours != one.reference:
                difference = next((d for d in self.differences if CONDITIONS[d.name](one)), None)
                if difference:
                    self.explained[difference] += 1
                else:
                    self._report(one, "the reference formats it otherwise", self._differs)

    def _differs(self, one):
        return one.ours != one.reference and not any(CONDITIONS[d.name](one) for d in self.differences)

    def _report(self, one, what, shows):
        self.unexplained += 1
        if self.unexplained > SHOWN:
            return
        if shows is not None:
            one = self._minimised(one, shows)
        print(f"\n--- {what}:\n    {one.document.source!r}\n  reference: {one.reference!r}\n  ours:      {one.ours!r}\n  again:     {one.again!r}")

    def _minimised(self, one, shows):
        def still_shows(documents):
            valid = [is_valid(verdicts) for verdicts in self.pair.run(documents)]
            answers = iter(self.formatters.run([each for each, good in zip(documents, valid) if good]))
            return [good and shows(next(answers)) for good in valid]

        return self.formatters.run([minimise(one.document, still_shows)])[0]
