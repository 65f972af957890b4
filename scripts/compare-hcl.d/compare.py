#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares honua's HCL parser and evaluator with HashiCorp's. Started by scripts/compare-hcl."""

import argparse
import json
import os
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import composed
import differences
import judge
import layouts
import speed
from documents import Generator
from json_documents import json_document
from judge import Judge, compare_values, show
from minimise import minimise
from mutate import mutate
from programs import Document, Pair, beside

BATCH = 2000
CASE_TOLERANCE = Decimal("1e-14")  # cases have numbers of about 15 digits
SHOWN = 20  # findings printed in full; the rest is counted


class Report:
    """Prints findings and remembers whether any is unexplained."""

    def __init__(self, the_judge):
        self.judge = the_judge
        self.known = differences.load()
        self.explained = Counter()
        self.unexplained = 0
        self.by_kind = Counter()
        self.printed = set()

    def take(self, name, finding, small=None):
        difference = differences.explanation(self.known, finding)
        if difference is not None:
            self.explained[difference] += 1
            return difference
        self.unexplained += 1
        self.by_kind[finding.kind] += 1
        if len(self.printed) < SHOWN:
            if small is not None:
                finding = small(finding)
            if (finding.kind, finding.document) in self.printed:
                return None
            self.printed.add((finding.kind, finding.document))
            print(f"\n--- {name}: {finding.kind}: {finding.text}")
            print(f"    {finding.document.syntax}: {finding.document.source!r}")
            print(finding.document.source.decode(errors="replace"))
            if finding.kind not in ("value", "evaluation"):
                print("  reference:", "; ".join(show(error) for error in finding.reference["errors"]) or "accepted")
                print("  ours:     ", "; ".join(show(error) for error in finding.ours["errors"]) or "accepted")
        return None

    def minimised(self, finding):
        """The finding on the smallest document that shows one of its kind."""
        def shows(documents):
            found = {f.document for f in self.judge.examine(documents)
                     if f.kind == finding.kind and differences.explanation(self.known, f) is None}
            return [document in found for document in documents]

        small = minimise(finding.document, shows)
        same_kind = [f for f in self.judge.examine([small]) if f.kind == finding.kind]
        return same_kind[0] if same_kind else finding

    def close(self, what):
        for difference, count in sorted(self.explained.items(), key=lambda item: item[0].name):
            print(f"explained: {count} x {difference.name} ({difference.right} right): {difference.what}: {difference.reason}")
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.by_kind.most_common())
        print(f"{what}: {self.unexplained} unexplained disagreements" + (f" ({kinds})" if kinds else ""))
        return 1 if self.unexplained else 0


def syntax_of(path):
    return "json" if path.endswith(".json") else "hcl"


def compare_files(report, paths):
    for path in paths:
        with open(path, "rb") as file:
            document = Document(syntax_of(path), file.read())
        [(reference, ours)] = report.judge.pair.run([document])
        print(f"{path}: {'accepted' if reference['parse_ok'] else 'refused'} by the reference, "
              f"{'accepted' if ours['parse_ok'] else 'refused'} by honua")
        for finding in report.judge.compare([document], [(reference, ours)]):
            difference = report.take(path, replace(finding, document=Document(document.syntax, b"(the file)")))
            if difference:
                print(f"  {finding.text} - {difference.reason}")
    return report.close(f"{len(paths)} files")


def compare_random(report, count, seed, json_only):
    generator = Generator(seed)
    shapes = Counter()
    for start in range(0, count, BATCH):
        documents = [random_document(generator, json_only) for _ in range(min(BATCH, count - start))]
        verdicts = report.judge.pair.run(documents)
        for document, (reference, _) in zip(documents, verdicts):
            shapes[document.syntax, "accepted" if reference["parse_ok"] else "refused"] += 1
            shapes["values"] += bool(reference["eval_ok"])
            shapes["crashes of the reference"] += "crash" in reference
        for finding in report.judge.compare(documents, verdicts):
            report.take(f"seed {seed}", finding, report.minimised)
        compare_composed(report, generator, documents, verdicts, shapes)
        if sys.stderr.isatty():
            print(f"\r{start + len(documents)} documents", end="", file=sys.stderr)
    print(f"\n{count} documents of seed {seed}: " + ", ".join(
        f"{number} {' '.join(shape) if isinstance(shape, tuple) else shape}" for shape, number in sorted(shapes.items(), key=str)))
    return report.close(f"{count} documents")


def compare_composed(report, generator, documents, verdicts, shapes):
    """One composed document for every ten others, of items among them."""
    items = composed.usable(report.judge.pair, documents, verdicts)
    if not items:
        return
    made = [composed.compose(generator, items) for _ in range(len(documents) // 10)]
    shapes["composed"] += len(made)
    answers = report.judge.pair.ours.run([document for document, _ in made])
    for (document, expected), ours in zip(made, answers):
        for finding in composed.findings(document, expected, ours):
            report.take("composed", finding)


def random_document(generator, json_only):
    is_json = json_only or generator.chance(0.12)
    pieces = json_document(generator) if is_json else generator.document()
    source = mutate(generator, pieces) if generator.chance(0.4) else "".join(pieces).encode()
    return Document("json" if is_json else "hcl", source)


# --- a file of cases with expected verdicts

def compare_cases(report, path):
    with open(path, encoding="utf-8") as file:
        cases = json.load(file, parse_float=Decimal)
    documents = [Document("hcl", case["source"].encode() if case["source"] is not None else bytes.fromhex(case["source_hex"]))
                 for case in cases]
    verdicts = report.judge.pair.run(documents)
    expected = [(expected_verdict(case), ours) for case, (_, ours) in zip(cases, verdicts)]
    names = {id(document): case["name"] for document, case in zip(documents, cases)}
    for case, document, (reference, _), (wanted, _) in zip(cases, documents, verdicts, expected):
        trouble = unlike_installed(reference, wanted)
        if trouble:
            print(f"note: {case['name']}: the installed reference differs from the case: {trouble}")
    for finding in report.judge.compare(documents, expected):
        difference = report.take(names[id(finding.document)], finding)
        if difference:
            print(f"{names[id(finding.document)]}: {finding.text} - {difference.right} right: {difference.reason}")
    return report.close(f"{len(cases)} cases")


def expected_verdict(case):
    def errors(entries):
        return [[e["line"], e["column"], e.get("end_line", 0), e.get("end_column", 0), e["summary"], -1, -1]
                for e in entries]

    return {"parse_ok": case["parse_ok"], "errors": errors(case["parse_errors"]), "eval_ok": bool(case["eval_ok"]),
            "eval_errors": errors(case["eval_errors"]), "value": case["eval"]}


def unlike_installed(reference, wanted):
    if [e[:4] for e in reference["errors"]] != [e[:4] for e in wanted["errors"]]:
        return f"{[show(e) for e in reference['errors']]} instead of {[show(e) for e in wanted['errors']]}"
    found = []
    if wanted["parse_ok"]:
        compare_values(wanted, reference, CASE_TOLERANCE, lambda kind, place, text, values=(): found.append(text))
    return "; ".join(found)


def main():
    parser = argparse.ArgumentParser(prog="compare-hcl", formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description=__doc__.split("Started")[0], epilog=judge.__doc__)
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("files", nargs="*", default=[], metavar="FILE", help="compare on these files (*.json: HCL's JSON syntax)")
    what.add_argument("--cases", metavar="FILE", help="compare honua with the expectations in a JSON file of cases")
    what.add_argument("--random", metavar="N", type=int, help="compare on N random documents, two in five of them broken")
    what.add_argument("--format", metavar="N", type=int, help="compare how both format N random documents, most of them badly spaced")
    what.add_argument("--speed", action="store_true", help="measure both parsers, print ratios as Markdown")
    parser.add_argument("--seed", type=int, default=1, help="of the random documents; same seed, same documents (default: 1)")
    parser.add_argument("--json", action="store_true", help="with --random: only documents of the JSON syntax")
    parser.add_argument("--syntax-only", action="store_true", help="compare acceptance and error ranges, no values")
    parser.add_argument("--layers", type=int, nargs="+", default=speed.LAYERS, metavar="N", help="with --speed: sizes to measure")
    arguments = parser.parse_args()
    if arguments.speed:
        return speed.main(arguments.build, arguments.layers)
    pair = Pair(beside(arguments.build, "hcloracle"), beside(arguments.build, "hcl_probe"))
    if arguments.format is not None:
        return layouts.LayoutComparison(pair, arguments.build).compare(Generator(arguments.seed), arguments.format)
    report = Report(Judge(pair, not arguments.syntax_only, CASE_TOLERANCE if arguments.cases else judge.TOLERANCE))
    if arguments.cases:
        return compare_cases(report, arguments.cases)
    if arguments.random is not None:
        return compare_random(report, arguments.random, arguments.seed, arguments.json)
    return compare_files(report, arguments.files)


if __name__ == "__main__":
    sys.exit(main())
