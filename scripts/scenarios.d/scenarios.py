# SPDX-License-Identifier: MIT
"""What scripts of scenarios have in common: how scenarios are found, run and counted, and what each of them needs."""

import contextlib
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

# So many scenarios at a time, besides those that only wait.
AT_A_TIME = 6
# Somebody who may do nothing.
NOBODY = 65534

CONFIGURATION = """honua {
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

layer "roads" {
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
# What comes before its layer, and that.
HEAD, LAYER = CONFIGURATION[:CONFIGURATION.index("layer")], CONFIGURATION[CONFIGURATION.index("layer"):]


class Scenarios(list):
    """The scenarios of a module, to which this adds functions. `waits`: most of its time, without any load.
    `loads`: the machine, which it needs for itself."""

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


def check(holds, what):
    if not holds:
        raise Failed(what)


def wait_until(condition, what, patience):
    """Returns the first true value of a condition that is asked for again and again."""
    deadline = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed(f"not within {patience} s: {what}")
        time.sleep(0.02)


def write_in_place(path, text):
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def write_and_rename(path, text):
    path = Path(path)
    temporary = path.with_name(f".{path.name}.tmp")
    write_in_place(temporary, text)
    os.replace(temporary, path)


class Results:
    def __init__(self):
        self.lock = threading.Lock()
        self.passed = self.failed = 0

    def add(self, word, scenario, seconds, text=""):
        with self.lock:
            self.passed += word == "passed"
            self.failed += word == "failed"
            print(f"{word}: {scenario.__name__} ({seconds:.1f} s)" + (f": {text}" if text else ""), flush=True)


def run(scenario, run_once, results):
    """Runs a scenario and counts it. `run_once` returns what there is to say of it."""
    begin = time.monotonic()
    word, text = "passed", ""
    try:
        text = run_once(scenario) or ""
    except CannotRun as reason:
        word, text = "cannot run here", str(reason)
    except Failed as reason:
        word, text = "failed", str(reason)
    except Exception:
        word, text = "failed", traceback.format_exc()
    results.add(word, scenario, time.monotonic() - begin, text)


def run_all(scenarios, run_once, results):
    waiting = queue.SimpleQueue()
    for scenario in scenarios:
        if not (scenario.waits or scenario.loads):
            waiting.put(scenario)

    def work():
        with contextlib.suppress(queue.Empty):
            while True:
                run(waiting.get_nowait(), run_once, results)

    # Daemons: whoever ends this script does not wait for them.
    workers = [threading.Thread(target=work, daemon=True) for _ in range(AT_A_TIME)]
    waiters = [threading.Thread(target=run, args=(one, run_once, results), daemon=True) for one in scenarios if one.waits]
    for thread in waiters + workers:
        thread.start()
    for thread in workers:
        thread.join()
    for scenario in scenarios:
        if scenario.loads:
            run(scenario, run_once, results)
    for thread in waiters:
        thread.join()


def run_script(name, modules, run_in, kill_all, where=None):
    """A whole script: its arguments, a copy of the program, its scenarios and the closing line. `run_in(honua, scenario)`
    runs one; `kill_all` ends what is left of them."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {name} HONUA [NAME...]")
    names = sys.argv[2:]
    scenarios = [one for module in modules for one in module.SCENARIOS
                 if not names or any(part in one.__name__ for part in names)]
    if not scenarios:
        sys.exit(f"{name}: there are no such scenarios")
    # Whoever starts this in the background has it ignore what the programs here must not ignore.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    results = Results()
    with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=where, ignore_cleanup_errors=True) as folder:
        # A copy that everybody may run, and that nobody replaces meanwhile.
        Path(folder).chmod(0o755)
        honua = Path(folder).resolve() / "honua"
        shutil.copy(sys.argv[1], honua)
        honua.chmod(0o755)
        try:
            run_all(scenarios, lambda scenario: run_in(honua, scenario), results)
        finally:
            kill_all()
    print(f"{results.passed} passed, {results.failed} failed")
    sys.exit(1 if results.failed else 0)
