# SPDX-License-Identifier: MIT
"""Runs the commands that work on a store, reads what they print and holds it to what all of it must be."""

import contextlib
import hashlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import jsonschema
from running_watch import EventRules, RunningWatch
from scenarios import HEAD, LAYER, NOBODY, CannotRun, Failed, Scenarios, check, write_and_rename
from scenarios import wait_until as wait_at_most

# Scenarios have all they need from here: also what they share with those of others.

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMAS = {name: json.loads((ROOT / "schemas" / f"{name}.v1.schema.json").read_text(encoding="utf-8"))
           for name in ("store", "watch-event", "snapshot")}

# What is expected comes within this many seconds, on a loaded machine, too.
PATIENCE = 20
# After this many seconds of silence nothing more is expected: longer than a heartbeat, with which troubles are told.
SILENCE = 2.5
# No command takes that long, but for those that wait for a lease.
LONGEST_RUN = 60
# What is sound, but for a warning.
UNUSED = """
data_source "unused" {
  provider   = "postgresql"
  connection = env("OTHER_URL")
}
"""
# What is unsound.
UNKNOWN_BLOCK = '\nlayr "x" {\n}\n'


def need(*tools):
    for tool in tools:
        if shutil.which(tool) is None:
            raise CannotRun(f"`{tool}` is not installed")


def wait_until(condition, what, patience=PATIENCE):
    return wait_at_most(condition, what, patience)


def configuration(title="Roads", more=""):
    return HEAD + LAYER.replace('"Roads"', f'"{title}"') + more


# --- what is printed

_validators = threading.local()


def validator(name):
    """Validators keep where they are in a schema: each thread has its own."""
    kept = vars(_validators).setdefault("kept", {})
    if name not in kept:
        kept[name] = jsonschema.Draft202012Validator(SCHEMAS[name])
    return kept[name]


def read_output(text, form="store"):
    """What a command printed, which must be JSON of its schema."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Failed(f"no JSON: {error}: {text[:400]!r}") from None
    for error in validator(form).iter_errors(value):
        raise Failed(f"against the schema: {error.json_path}: {error.message}: {text[:400]}")
    return value


class FollowingRules(EventRules):
    """What holds for events of a store as well."""

    def __init__(self):
        super().__init__()
        self.received = None

    def state_problems(self, kind, event):
        yield from super().state_problems(kind, event)
        if kind == "received":
            # Without a message it is the history that was followed before, which only goes on.
            if self.received and event["version"] < self.received and not event.get("message"):
                yield f"version {self.received} was received before"
            self.received = event["version"]
        elif kind in ("conflict", "store_lost") and event.get("previous_hash") != self.hash:
            yield f"{self.hash} stays"


class Watch(RunningWatch):
    """A running `honua watch --format jsonl`, to be used in a `with` statement: at its end the run is ended in good
    order. A thread reads what it prints."""

    def __init__(self, shop, *words, wrapper=(), more=None, **options):
        self.shop = shop
        number = next(shop.numbers)
        errors_path = shop.scratch / f"watch-{number}.stderr"
        self.written_path = shop.scratch / f"watch-{number}.json"
        self.told_path = shop.scratch / f"watch-{number}.jsonl"
        # What runs is written, and a listener notes down what it is told.
        words = [*words, "--write", self.written_path, "--exec", f"sh -c 'cat >> {self.told_path}'"]
        options.setdefault("cwd", shop.folder)
        with open(errors_path, "wb") as errors:
            process = shop.start([*wrapper, shop.honua, "watch", "--format", "jsonl", *words],
                                 more=more, stdout=subprocess.PIPE, stderr=errors, **options)
        super().__init__(process, errors_path, FollowingRules(), PATIENCE)

    def kill(self):
        self.shop.kill(self.process)
        self.close()

    def end(self, patience=PATIENCE):
        """Asks the program to end, which must end in good order."""
        self.send(signal.SIGTERM)
        code = self.exit_code(patience)
        check(code == 0, f"exit code {code} after SIGTERM, not 0")
        check(self.events and self.events[-1]["event"] == "stopped", "the last event is not `stopped`")

    def must_run(self):
        code = self.process.poll()
        check(code is None, f"the program has ended with {code}")

    def count(self, kind):
        return self.kinds().count(kind)

    def wait(self, *kinds, but=(), patience=PATIENCE, **fields):
        """The next event that is one of these kinds and has these values. Others may come before it, but for those in
        `but`."""
        wanted = f"`{'` or `'.join(kinds)}`" + (f" with {fields}" if fields else "")
        return self.find(
            wanted,
            lambda event: event["event"] in kinds and all(event.get(name) == value for name, value in fields.items()),
            lambda event: event["event"] not in but, patience)

    def runs(self, version, patience=PATIENCE):
        """Waits until it has started with a version, changed to it, or found that the same runs, and has said so."""
        event = self.wait("started", "changed", "unchanged", version=version, patience=patience)
        if self.rules.received == version and event["event"] != "unchanged":
            self.wait("applied", version=version, patience=patience)
        return event

    def leads(self, patience=PATIENCE):
        """Waits until it has begun as the one who publishes: then there is no version received."""
        event = self.wait("started", patience=patience)
        check("received" not in self.kinds(), "it follows")
        return event

    def last(self, kind):
        return [event for event in self.events if event["event"] == kind][-1]

    def hash(self):
        """Of what runs, by the events."""
        return next((event["hash"] for event in reversed(self.events) if event["event"] in ("started", "changed")), "")

    def written(self):
        """The snapshot that it wrote last."""
        return self.written_path.read_bytes() if self.written_path.exists() else b""

    def told(self):
        """The hashes that its listener was told."""
        lines = self.told_path.read_text(encoding="utf-8").splitlines() if self.told_path.exists() else []
        return [read_output(line, "watch-event")["hash"] for line in lines]

    def must_have_written(self, text):
        wait_until(lambda: self.written() == text, "what runs is written")


def hash_of(text):
    return "sha256:" + hashlib.sha256(text).hexdigest()


class Store:
    """A directory with a store, and the commands that work on it. `wrapper`: the beginning of command lines, for those
    in namespaces of their own."""

    # Where the head can be read without the program: a context manager, of what returns its version and hash.
    head_reader = None

    def __init__(self, shop, path=None, wrapper=()):
        self.shop = shop
        self.path = Path(path or shop.place / f"store-{next(shop.numbers)}")
        self.wrapper = list(wrapper)

    @property
    def url(self):
        return f"dir:{self.path}"

    def command(self, *words):
        return [*self.wrapper, self.shop.honua, *words, "--store", self.url]

    def run(self, *words, code=0, **options):
        """Runs a command on this store. `code`: the exit code that it must have; None for any that is no crash."""
        done = self.shop.run(*self.command(*words), **options)
        shown = " ".join(map(str, words))
        check(done.returncode >= 0 and "Sanitizer" not in done.stderr,
              f"{shown}: ended by signal {-done.returncode}: {done.stdout}{done.stderr}")
        check(code is None or done.returncode == code,
              f"{shown}: exit code {done.returncode}, not {code}: {done.stdout}{done.stderr}")
        # Whoever fails says why: on standard error, or in JSON of the result.
        check(done.returncode != 3 or "error: " in done.stderr, f"{shown}: exit code 3 without a message")
        return done

    def make(self, count=1):
        """A store with so many versions, titled `Roads 1` and on."""
        for number in range(1, count + 1):
            self.publish(f"Roads {number}", *(["--init"] if number == 1 else []))
        return self

    def publish(self, title="Roads", *words, code=0, text=None, **options):
        """Publishes a configuration with that title, or of another text; what the command printed as JSON."""
        file = self.shop.file_of(text or configuration(title))
        done = self.run("publish", file, "--format", "json", *words, code=code, **options)
        return read_output(done.stdout) if done.stdout else {"result": "none", "message": done.stderr}

    def history(self, limit=1_000_000):
        """All versions, the newest first."""
        done = self.run("history", "--all", "--limit", limit, "--format", "json")
        return read_output(done.stdout)["versions"]

    def head(self):
        """The newest version's record; None in an empty store."""
        return next(iter(self.history(1)), None)

    def head_version(self):
        head = self.head()
        return head["version"] if head else 0

    def pull(self, version="head"):
        """A version's snapshot, which must have the form of one and its record's hash."""
        text = self.run("pull", version, "--format", "json").stdout
        read_output(text, "snapshot")
        return text.encode()

    def must_be_clean(self):
        self.run("store", "verify")

    def must_have_faults_at(self, place):
        found = self.run("store", "verify", code=1).stdout
        check(place in found, f"`store verify` does not name {place}: {found}")

    def must_have_no_gap(self):
        versions = [one["version"] for one in self.history()]
        check(versions == list(range(len(versions), 0, -1)), f"versions with a gap: {versions}")
        return versions

    def status(self, *words, code=None, **options):
        done = self.run("status", "--format", "json", *words, code=code, **options)
        found = read_output(done.stdout)
        check(found["consistent"] == (done.returncode == 0), f"exit code {done.returncode}: {done.stdout}")
        return found

    def copy(self, path=None):
        """Another store with the same files."""
        other = Store(self.shop, path, self.wrapper)
        shutil.copytree(self.path, other.path, symlinks=True)
        return other

    # --- places in it

    def version_file(self, number):
        return self.path / "versions" / f"{number:012}"

    def object_file(self, hash_text):
        digits = hash_text.removeprefix("sha256:")
        return self.path / "objects" / digits[:2] / digits[2:]

    def record(self, number):
        return json.loads(self.version_file(number).read_bytes())

    def follow(self, *words, **options):
        """An instance that follows it."""
        options.setdefault("wrapper", self.wrapper)
        return Watch(self.shop, "--store", self.url, *words, **options)

    def lead(self, file, *words, ttl=5000, **options):
        """An instance that competes for the right to publish what a file says."""
        options.setdefault("wrapper", self.wrapper)
        return Watch(self.shop, file, "--publish", "--store", self.url, "--lease-ttl", ttl, *words, **options)


class Shop:
    """A scenario's own folder, and what is around the program."""

    all = []

    def __init__(self, honua, folder):
        self.honua = str(honua)
        folder = Path(folder)
        self.folder = folder / "files"
        self.place = folder / "stores"
        self.scratch = folder / "scratch"
        for one in (self.folder, self.place, self.scratch):
            one.mkdir()
        self.numbers = itertools.count(1)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.scratch), "LANG": "C.UTF-8",
                            "DATABASE_URL": "postgresql://db.example.org/gis"}
        self.alive = []
        self.all.append(self)

    def store(self, versions=1, path=None, wrapper=()):
        return Store(self, path, wrapper).make(versions)

    def file_of(self, text):
        """A new file with that text, in a place that nobody watches."""
        path = self.scratch / f"{next(self.numbers)}.hcl"
        path.write_text(text, encoding="utf-8")
        return path

    def configuration_file(self, title="Roads", name="honua.hcl"):
        """A file to be watched."""
        path = self.folder / name
        write_and_rename(path, configuration(title))
        return path

    def run(self, *command, more=None, **options):
        options.setdefault("cwd", self.folder)
        words = [word if isinstance(word, bytes) else str(word) for word in command]
        process = self.start(words, more=more, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        try:
            out, errors = process.communicate(timeout=LONGEST_RUN)
        except subprocess.TimeoutExpired:
            raise Failed(f"{words}: it does not end within {LONGEST_RUN} s") from None
        finally:
            self.kill(process)
        return subprocess.CompletedProcess(words, process.returncode, out, errors)

    def start(self, command, more=None, **options):
        """A process that is killed at the scenario's end if it still runs."""
        options.setdefault("cwd", self.folder)
        options.setdefault("stdin", subprocess.DEVNULL)
        process = subprocess.Popen([word if isinstance(word, bytes) else str(word) for word in command],
                                   env={**self.environment, **(more or {})}, **options)
        self.alive.append(process)
        return process

    def kill(self, process):
        if process.poll() is None:
            # One that is stopped, too.
            process.kill()
            process.wait()
        with contextlib.suppress(ValueError):
            self.alive.remove(process)

    def kill_all(self):
        for process in list(self.alive):
            self.kill(process)

    def program(self, name, text):
        """An executable script."""
        path = self.scratch / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path

    def endless_program(self, name, begin):
        """An executable script that does something and then runs until the scenario ends, whoever has started it."""
        return self.program(name, f"#!/bin/sh\n{begin}\nwhile [ -d {self.scratch} ]; do sleep 0.05; done\n")

    def library(self, name, text):
        """A library of C that is to be loaded before all others."""
        need("gcc")
        source = self.scratch / f"{name}.c"
        source.write_text(text, encoding="utf-8")
        path = source.with_suffix(".so")
        made = self.run("gcc", "-shared", "-fPIC", "-O1", "-o", path, source)
        check(made.returncode == 0, f"gcc: {made.stderr}")
        return path
