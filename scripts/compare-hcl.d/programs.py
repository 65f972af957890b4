# SPDX-License-Identifier: MIT
"""Runs the two programs, hcloracle and hcl_probe, over lists of documents."""

import json
import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal

# No document of ours takes either program a hundredth of this.
SECONDS_PER_RUN = 120


@dataclass(frozen=True)
class Document:
    syntax: str  # "hcl" or "json"
    source: bytes


def decode(line):
    """One line of output; numbers stay exact."""
    return json.loads(line.decode(errors="replace"), parse_int=_number, parse_float=Decimal)


def _number(text):
    return int(text) if len(text) < 18 else Decimal(text)


def broken(reason):
    return {"crash": reason, "parse_ok": False, "errors": [], "eval_ok": False, "eval_errors": [], "value": None}


class Program:
    """A program in its `stream` mode."""

    def __init__(self, path):
        self.path = path

    def run(self, documents):
        """The verdict on each document. A crash or a hang is the verdict on
        the document that caused it; the others get theirs."""
        verdicts = []
        while len(verdicts) < len(documents):
            lines, trouble = self._run_once(documents[len(verdicts):])
            verdicts += [decode(line) for line in lines]
            if len(verdicts) < len(documents):
                verdicts.append(broken(trouble))
        return verdicts

    def _run_once(self, documents):
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as words:
            for document in documents:
                given.write(b"%s %d\n" % (document.syntax.encode(), len(document.source)))
                given.write(document.source)
            given.seek(0)
            process = subprocess.Popen([self.path, "stream"], stdin=given, stdout=answer, stderr=words)
            try:
                process.wait(timeout=SECONDS_PER_RUN)
                trouble = f"ended with status {process.returncode}"
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                trouble = "took too long"
            answer.seek(0)
            words.seek(0)
            last_words = words.read().decode(errors="replace").strip().splitlines()
            if last_words:
                trouble += ": " + last_words[0][:200]
            lines = answer.read().split(b"\n")
            return lines[:-1], trouble  # what is behind the last line end is incomplete


class Pair:
    """The reference and our program, run side by side. Asking twice about the
    same document costs once."""

    def __init__(self, reference, ours):
        self.reference = Program(reference)
        self.ours = Program(ours)
        self._pool = ThreadPoolExecutor(2)

    def run(self, documents):
        reference = self._pool.submit(self.reference.run, documents)
        ours = self._pool.submit(self.ours.run, documents)
        return list(zip(reference.result(), ours.result()))


def beside(build, name):
    path = os.path.join(build, name)
    if not os.access(path, os.X_OK):
        raise SystemExit(f"compare-hcl: {path} is missing: run scripts/compare-hcl, which builds it")
    return path
