# SPDX-License-Identifier: MIT
"""A running `honua watch --format jsonl`, its events, and what holds for all of them."""

import datetime
import json
import os
import subprocess
import threading
import time
from pathlib import Path

import jsonschema
from scenarios import Failed, check

ROOT = Path(__file__).resolve().parent.parent.parent
EVENT_SCHEMA = json.loads((ROOT / "schemas" / "watch-event.v1.schema.json").read_text(encoding="utf-8"))


class EventRules:
    """What holds for each event of a run, whatever happens: its form, its number, its token and its hashes."""

    def __init__(self):
        # Validators keep where they are in a schema: each thread has its own.
        self.validator = jsonschema.Draft202012Validator(EVENT_SCHEMA)
        self.sequence = 0
        self.token = None
        self.hash = None
        self.has_stopped = False

    def problems(self, event):
        for error in self.validator.iter_errors(event):
            yield f"against the schema: {error.json_path}: {error.message}"
        try:
            datetime.datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%S.%fZ")
        except (KeyError, ValueError) as error:
            yield f"the time: {error}"
        if self.has_stopped:
            yield "it comes behind `stopped`"
        kind = event.get("event")
        if kind == "dropped":
            self.sequence += event.get("dropped", 0)
            return
        self.sequence += 1
        if event.get("sequence") != self.sequence:
            yield f"its number is not {self.sequence}"
            self.sequence = event.get("sequence", 0)
        yield from self.state_problems(kind, event)
        self.has_stopped = kind == "stopped"

    def state_problems(self, kind, event):
        """Of the token and the hashes, which tell what runs."""
        before = event.get("previous_hash")
        if kind == "started":
            if self.hash is not None or event.get("token") != 1:
                yield "there is one start, with token 1"
        elif kind == "changed":
            if event.get("replaced_token") != self.token or event.get("token") != (self.token or 0) + 1:
                yield f"token {self.token} was the next to fire"
            if before != self.hash:
                yield f"{self.hash} ran before"
        elif kind == "unchanged":
            if event.get("token") != self.token or event.get("hash") != self.hash:
                yield f"token {self.token} and {self.hash} are what there is"
        elif kind in ("rejected", "missing") and (before != self.hash or "token" in event or "hash" in event):
            yield f"{self.hash} stays"
        if kind in ("started", "changed"):
            self.token, self.hash = event.get("token"), event.get("hash")


class RunningWatch:
    """The process and its events, to be used in a `with` statement. What is printed is read by a thread, unless `reads`
    is false. Those who inherit say how it is started, ended and killed."""

    def __init__(self, process, errors_path, rules, patience, reads=True):
        self.process = process
        self.errors_path = errors_path
        self.rules = rules
        self.patience = patience
        self.events = []
        self.lines = []
        self.seen = 0  # of the events, those that a scenario has asked for
        self.problems = []
        self.is_closed = False
        self.changed = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        if reads:
            self.reader.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        try:
            if isinstance(error, Failed):
                raise error
            if kind is None and self.process.poll() is None:
                self.end()
            if kind is None:
                self.check_problems()
        except Failed as failure:
            raise Failed(f"{failure}\n{self.story()}") from None
        finally:
            self.kill()

    # --- the process

    @property
    def pid(self):
        return self.process.pid

    def send(self, number):
        self.process.send_signal(number)

    def exit_code(self, patience=None):
        """Waits for the program's own end."""
        patience = patience or self.patience
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            raise Failed(f"the program does not end within {patience} s") from None
        if self.reader.is_alive():
            self.reader.join(self.patience)
        return code

    def close(self):
        """Once the process has ended."""
        if self.reader.is_alive():
            self.reader.join(self.patience)
        if not self.reader.is_alive():
            self.process.stdout.close()

    def stderr(self):
        return self.errors_path.read_text(encoding="utf-8", errors="replace")

    def check_problems(self):
        check(not self.problems, "\n".join(self.problems[:5]))
        for word in ("Sanitizer", "runtime error", "terminate called", "Assertion"):
            check(word not in self.stderr(), f"on standard error: {word}")

    def story(self):
        """What can be told of the run to whoever looks for the fault."""
        shown = [line if len(line) < 500 else line[:500] + "..." for line in self.lines[-12:]]
        state = self.process.poll()
        ended = "it runs" if state is None else f"it has ended with {state}"
        head = f"events, {len(self.lines)} in all ({ended}):"
        return "\n".join([head, *shown, "standard error:", self.stderr()[-2000:], *self.problems[:5]])

    # --- its events

    def _read(self):
        rest = b""
        while True:
            piece = os.read(self.process.stdout.fileno(), 1 << 16)
            *lines, rest = (rest + piece).split(b"\n") if piece else ([rest] if rest else []) + [b""]
            for line in lines:
                self._take(line)
            if not piece:
                break
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

    def find(self, wanted, is_wanted, may_come_before, patience):
        """The next event that is wanted. `wanted`: how messages call it."""
        deadline = time.monotonic() + patience
        with self.changed:
            while True:
                while self.seen < len(self.events):
                    event = self.events[self.seen]
                    self.seen += 1
                    if is_wanted(event):
                        return event
                    check(may_come_before(event), f"`{event['event']}` instead of {wanted}")
                left = deadline - time.monotonic()
                check(left > 0, f"no {wanted} within {patience} s")
                check(not self.is_closed, f"no {wanted} before the end")
                self.changed.wait(left)
