# SPDX-License-Identifier: MIT
"""Runs the commands that work on a store, reads what they print and holds it to what all of it must be."""

import contextlib
import datetime
import hashlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMAS = {name: json.loads((ROOT / "schemas" / f"{name}.v1.schema.json").read_text(encoding="utf-8"))
           for name in ("store", "watch-event", "snapshot")}

# What is expected comes within this many seconds, on a loaded machine, too.
PATIENCE = 20
# After this many seconds of silence nothing more is expected: longer than a heartbeat, with which troubles are told.
SILENCE = 2.5
# No command takes that long, but for those that wait for a lease.
LONGEST_RUN = 60
# Somebody who may do nothing.
NOBODY = 65534

HEAD = """honua {
  version     = "1.0"
  environment = "development"
}

data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}

service "ogc_api" {
  enabled = true
}

"""
LAYER = """layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 4326
  }
  services = [service.ogc_api]
}
"""
# What is sound, but for a warning.
UNUSED = """
data_source "unused" {
  provider   = "postgresql"
  connection = env("OTHER_URL")
}
"""
# What is unsound.
UNKNOWN_BLOCK = '\nlayr "x" {\n}\n'


class Scenarios(list):
    """The scenarios of a module, to which this adds functions. `waits`: many seconds, without any load. `loads`: the
    machine, which it needs for itself."""

    def __call__(self, function=None, *, waits=False, loads=False):
        if function is None:
            return lambda given: self(given, waits=waits, loads=loads)
        function.waits, function.loads = waits, loads
        self.append(function)
        return function


class Failed(Exception):
    """Something is not as it must be."""


class CannotRun(Exception):
    """This machine lacks what the scenario needs."""


def need(*tools):
    for tool in tools:
        if shutil.which(tool) is None:
            raise CannotRun(f"`{tool}` is not installed")


def check(holds, what):
    if not holds:
        raise Failed(what)


def wait_until(condition, what, patience=PATIENCE):
    """Returns the first true value of a condition that is asked for again and again."""
    deadline = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed(f"not within {patience} s: {what}")
        time.sleep(0.02)


def configuration(title="Roads", more=""):
    return HEAD + LAYER.replace('"Roads"', f'"{title}"') + more


def write_and_rename(path, text):
    path = Path(path)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.replace(temporary, path)


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


class EventRules:
    """What holds for each event of a run, whatever happens: its form, its number, its token and the hash that runs."""

    def __init__(self):
        self.sequence = 0
        self.token = None
        self.hash = None
        self.received = None
        self.has_stopped = False

    def problems(self, event):
        for error in validator("watch-event").iter_errors(event):
            yield f"against the schema: {error.json_path}: {error.message}"
        try:
            datetime.datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%S.%fZ")
        except (KeyError, ValueError) as error:
            yield f"the time: {error}"
        if self.has_stopped:
            yield "it comes behind `stopped`"
        self.sequence += 1
        if event.get("sequence") != self.sequence:
            yield f"its number is not {self.sequence}"
            self.sequence = event.get("sequence", 0)
        yield from self.state_problems(event.get("event"), event)
        self.has_stopped = event.get("event") == "stopped"

    def state_problems(self, kind, event):
        if kind == "started":
            if self.hash is not None or event.get("token") != 1:
                yield "there is one start, with token 1"
        elif kind == "changed":
            if event.get("replaced_token") != self.token or event.get("token") != (self.token or 0) + 1:
                yield f"token {self.token} was the next to fire"
            if event.get("previous_hash") != self.hash:
                yield f"{self.hash} ran before"
        elif kind == "unchanged" and (event.get("token") != self.token or event.get("hash") != self.hash):
            yield f"token {self.token} and {self.hash} are what there is"
        elif kind == "received":
            # Without a message it is the history that was followed before, which only goes on.
            if self.received and event["version"] < self.received and not event.get("message"):
                yield f"version {self.received} was received before"
            self.received = event["version"]
        elif kind in ("rejected", "missing", "conflict", "store_lost") and event.get("previous_hash") != self.hash:
            yield f"{self.hash} stays"
        if kind in ("started", "changed"):
            self.token, self.hash = event.get("token"), event.get("hash")


class Watch:
    """A running `honua watch --format jsonl`, to be used in a `with` statement: at its end the run is ended in good
    order. A thread reads what it prints."""

    def __init__(self, shop, *words, wrapper=(), more=None, **options):
        self.shop = shop
        number = next(shop.numbers)
        self.errors_path = shop.scratch / f"watch-{number}.stderr"
        self.written_path = shop.scratch / f"watch-{number}.json"
        self.told_path = shop.scratch / f"watch-{number}.jsonl"
        # What runs is written, and a listener notes down what it is told.
        words = [*words, "--write", self.written_path, "--exec", f"sh -c 'cat >> {self.told_path}'"]
        options.setdefault("cwd", shop.folder)
        with open(self.errors_path, "wb") as errors:
            self.process = shop.start([*wrapper, shop.honua, "watch", "--format", "jsonl", *words],
                                      more=more, stdout=subprocess.PIPE, stderr=errors, **options)
        self.events = []
        self.lines = []
        self.seen = 0  # of the events, those that a scenario has asked for
        self.problems = []
        self.rules = EventRules()
        self.is_closed = False
        self.changed = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        try:
            if kind is None and self.process.poll() is None:
                self.end()
            if kind is None:
                self.check_problems()
            elif issubclass(kind, Failed):
                raise Failed(f"{error}\n{self.story()}") from None
        finally:
            self.kill()

    # --- the process

    @property
    def pid(self):
        return self.process.pid

    def send(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.shop.kill(self.process)
        if self.reader.is_alive():
            self.reader.join(PATIENCE)
        if not self.reader.is_alive():
            self.process.stdout.close()

    def exit_code(self, patience=PATIENCE):
        """Waits for the program's own end."""
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            raise Failed(f"the program does not end within {patience} s") from None
        self.reader.join(PATIENCE)
        return code

    def end(self, patience=PATIENCE):
        """Asks the program to end, which must end in good order."""
        self.send(signal.SIGTERM)
        code = self.exit_code(patience)
        check(code == 0, f"exit code {code} after SIGTERM, not 0")
        check(self.events and self.events[-1]["event"] == "stopped", "the last event is not `stopped`")

    def stderr(self):
        return self.errors_path.read_text(encoding="utf-8", errors="replace")

    def check_problems(self):
        check(not self.problems, "\n".join(self.problems[:5]))
        for word in ("Sanitizer", "runtime error", "terminate called", "Assertion"):
            check(word not in self.stderr(), f"on standard error: {word}")

    def must_run(self):
        code = self.process.poll()
        check(code is None, f"the program has ended with {code}")

    def story(self):
        """What can be told of the run to whoever looks for the fault."""
        shown = [line if len(line) < 500 else line[:500] + "..." for line in map(str.strip, self.lines[-12:])]
        state = self.process.poll()
        ended = "it runs" if state is None else f"it has ended with {state}"
        return "\n".join([f"events, {len(self.lines)} in all ({ended}):", *shown, "standard error:",
                          self.stderr()[-2000:], *self.problems[:5]])

    # --- its events

    def _read(self):
        for line in self.process.stdout:
            self._take(line)
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()

    def _take(self, line):
        text = line.decode("utf-8", errors="replace")
        try:
            event = json.loads(line.decode("utf-8"))
            problems = [f"{problem}: {text[:400]}" for problem in self.rules.problems(event)]
        except ValueError as error:
            event, problems = {"event": "no event"}, [f"no JSON: {error}: {text[:400]}"]
        event["arrived"] = time.monotonic()
        with self.changed:
            self.lines.append(text)
            self.problems += problems
            self.events.append(event)
            self.changed.notify_all()

    def kinds(self, since=0):
        return [event["event"] for event in self.events[since:]]

    def count(self, kind):
        return self.kinds().count(kind)

    def wait(self, *kinds, but=(), patience=PATIENCE, **fields):
        """The next event that is one of these kinds and has these values. Others may come before it, but for those in
        `but`."""
        deadline = time.monotonic() + patience
        wanted = f"`{'` or `'.join(kinds)}`" + (f" with {fields}" if fields else "")
        with self.changed:
            while True:
                while self.seen < len(self.events):
                    event = self.events[self.seen]
                    self.seen += 1
                    if event["event"] in kinds and all(event.get(name) == value for name, value in fields.items()):
                        return event
                    check(event["event"] not in but, f"`{event['event']}` instead of {wanted}")
                left = deadline - time.monotonic()
                check(left > 0, f"no {wanted} within {patience} s")
                check(not self.is_closed, f"no {wanted} before the end")
                self.changed.wait(left)

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
