# SPDX-License-Identifier: MIT
"""compare.py HONUA DIR SAMPLES IDLE_SECONDS LARGE: measures `honua watch` and others that watch files, in turns, on files
that are made in DIR, and says whether what is asked of honua holds. Called by scripts/compare-watch."""

import collections
import contextlib
import gc
import json
import math
import os
import platform
import random
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import configurations
import idle
from bars import Bars
from programs import RENAME, WRITE, Echo, Honua, Program, Reader, SavedFile, Unnoticed, WatchmanServer

KINDS = (WRITE, RENAME)
# Between two samples, seconds: like somebody's saves they come at any time, not when a timer or a tick is due.
PAUSES = 0.03, 0.06
# honua waits longer once reloads follow each other within a second, until there was none for two. Several processes
# take turns, so that each of them sees a save now and then, as from a person, while samples come quickly.
REST = 2.2
ROTATION = 10
# Those that nobody has to beat tell late: each takes part in one round of so many.
RARELY = 4
FILES, FILES_ROTATION, FILES_SHARE = 1000, 3, 8
# Seconds: a debug build takes half a minute to begin.
LAYERS, LARGE_RUNS, LARGE_PATIENCE = 100_000, 3, 300

HONUA, AT_ONCE = "honua watch", "honua watch --debounce 0"
INOTIFYWAIT = "inotifywait -m"
SMALL_FILE, LONG_FILE, MANY_FILES = "small file", "1,000 lines", f"{FILES:,} files"


def refuse(what):
    sys.exit(f"compare-watch: {what}")


@dataclass
class Watched:
    """A program, the file that it watches, and when that was saved last."""

    program: Program
    file: SavedFile
    saved: float = 0.0

    def sample(self, kind):
        """Milliseconds from the save to the line."""
        self.program.forget()
        self.saved = time.monotonic()
        began = self.file.save(kind)
        told, _ = self.program.wait_for_change(since=began)
        return (told - began) / 1e6


@dataclass
class Row:
    """A program with what it watches and a kind of save: a row of the table. Its processes take turns."""

    name: str
    what: str
    kind: str
    turns: list
    rest: float = 0.0  # a process gets no save that soon after another
    share: int = 1  # takes part in one round of so many
    samples: list = field(default_factory=list)

    def sample(self):
        one = self.turns.pop(0)
        self.turns.append(one)
        time.sleep(max(random.uniform(*PAUSES), one.saved + self.rest - time.monotonic()))
        self.samples.append(one.sample(self.kind))

    @property
    def median(self):
        return statistics.median(self.samples)

    @property
    def p99(self):
        return sorted(self.samples)[math.ceil(0.99 * len(self.samples)) - 1]


class Stage:
    """Starts programs in folders of their own, and ends them."""

    def __init__(self, honua, folder, stack):
        self.honua, self._folder, self._stack = honua, folder, stack
        self._reader = Reader()
        self._number = 0

    def _make_folder(self):
        """One for the program, one that it watches, and one, in the same file system, for what will be renamed."""
        self._number += 1
        folder = self._folder / str(self._number)
        for name in ("watched", "spare"):
            (folder / name).mkdir(parents=True)
        return folder

    def _begin(self, program, file):
        self._stack.callback(program.stop)
        program.warm_up(file)
        return Watched(program, file, time.monotonic())

    def honua_on_file(self, name, text, *options, patience=Program.patience):
        folder = self._make_folder()
        file = SavedFile(folder / "watched" / "city.hcl", folder / "spare" / "city.hcl", text)
        check(self.honua, file.path)
        return self._begin(Honua(name, self.honua, [file.path], options, folder, self._reader, patience), file)

    def honua_on_folder(self, name):
        folder = self._make_folder()
        path, text = configurations.write_folder(folder / "watched", FILES)
        check(self.honua, folder / "watched")
        file = SavedFile(path, folder / "spare" / path.name, configurations.Varied(text))
        return self._begin(Honua(name, self.honua, [folder / "watched"], [], folder, self._reader), file)

    def peer(self, make, text):
        """One that make(WATCHED FOLDER, FILE, FOLDER, READER) starts."""
        folder = self._make_folder()
        file = SavedFile(folder / "watched" / "city.hcl", folder / "spare" / "city.hcl", text)
        return self._begin(make(folder / "watched", file.path, folder, self._reader), file)

    def echo(self):
        program = Echo(self._make_folder(), self._reader)
        return self._begin(program, program)

    def watchman(self):
        server = WatchmanServer(self._make_folder())
        self._stack.callback(server.stop)
        return lambda watched, _file, folder, reader: server.wait(watched, folder, reader)


def check(honua, path):
    """What has errors is no change."""
    run = subprocess.run([honua, "validate", path], check=False, capture_output=True, text=True)
    if run.returncode != 0:
        refuse(f"the configuration that was made has errors\n{run.stdout[-2000:]}{run.stderr[-2000:]}")


# Whole saves only, as honua has it. Folders are watched where files would be lost when another takes their place.
def start_inotifywait(watched, _file, folder, reader):
    return Program(INOTIFYWAIT, ["inotifywait", "-q", "-m", "-e", "close_write", "-e", "moved_to", watched], folder, reader)


def start_fswatch(watched, _file, folder, reader):
    # The shortest latency that it takes; its own is a second.
    return Program("fswatch -l 0.1", ["fswatch", "-l", "0.1", "--event", "Updated", "--event", "MovedTo", watched], folder,
                   reader)


def start_entr(_watched, file, folder, reader):
    names = folder / "names"
    names.write_text(f"{file}\n", encoding="utf-8")
    with names.open("rb") as given:
        return Program("entr echo", ["entr", "-n", "-p", "echo", "saved"], folder, reader, given)


def make_rows(stage):
    """Of all that is measured in turns."""
    small, long = (configurations.Varied(text) for text in (configurations.SMALL, configurations.thousand_lines()))
    rows = []
    for kind in KINDS:
        rows.append(Row(HONUA, LONG_FILE, kind, [stage.honua_on_file(HONUA, long) for _ in range(ROTATION)], REST))
        # Twice no quiet is none: these need no rest.
        rows.append(Row(AT_ONCE, SMALL_FILE, kind, [stage.honua_on_file(AT_ONCE, small, "--debounce", "0")]))
        rows.append(Row(INOTIFYWAIT, SMALL_FILE, kind, [stage.peer(start_inotifywait, small)]))
    start_watchman = stage.watchman()
    for start in (start_watchman, start_entr, start_fswatch):
        for kind in KINDS:
            # entr tells of a rename twice, the second time much later.
            watched = stage.peer(start, small)
            rows.append(Row(watched.program.name, SMALL_FILE, kind, [watched], 0.5, RARELY))
    rows.append(Row("cat", "a line through it", "", [stage.echo()]))
    return rows


def make_folder_rows(stage):
    """Measured after the others, which what these take would disturb."""
    folders = [stage.honua_on_folder(HONUA) for _ in range(FILES_ROTATION)]
    return [Row(HONUA, MANY_FILES, kind, folders, REST) for kind in KINDS]


def measure(rows, samples):
    """In turns, so that a busy machine disturbs all alike; in another order each time."""
    time.sleep(REST)
    gc.collect()
    gc.disable()
    for number in range(samples):
        taking_part = [row for row in rows if number % row.share == 0]
        random.shuffle(taking_part)
        for row in taking_part:
            row.sample()
    gc.enable()


def find(rows, name, what, kind):
    return next(row for row in rows if (row.name, row.what, row.kind) == (name, what, kind))


def print_rows(rows):
    print("| program | watches | save | samples | least, ms | median, ms | p99, ms | most, ms | times inotifywait's median |\n"
          "|---|---|---|---:|---:|---:|---:|---:|---:|")
    medians = {row.kind: row.median for row in rows if row.name == INOTIFYWAIT}
    for row in rows:
        ratio = f"{row.median / medians[row.kind]:.2f}" if row.kind else ""
        print(f"| `{row.name}` | {row.what} | {row.kind} | {len(row.samples)} | {min(row.samples):.2f} | {row.median:.2f} | "
              f"{row.p99:.2f} | {max(row.samples):.2f} | {ratio} |")
    print("\n`fswatch` tells of files that are still being written, too. `entr` runs a program for each change. `cat` gives back "
          "what it\ngets: two wake-ups and no file.\n", flush=True)


def check_rows(bars, rows):
    for kind in KINDS:
        own = find(rows, HONUA, LONG_FILE, kind)
        bars.at_most(f"{HONUA}, {LONG_FILE}, {kind}, median", own.median, 6, " ms")
        bars.at_most(f"{HONUA}, {LONG_FILE}, {kind}, p99", own.p99, 10, " ms")
    for kind in KINDS:
        ratio = find(rows, AT_ONCE, SMALL_FILE, kind).median / find(rows, INOTIFYWAIT, SMALL_FILE, kind).median
        bars.at_most(f"{AT_ONCE}, {SMALL_FILE}, {kind}, median / {INOTIFYWAIT}", ratio, 2)


def check_events(bars, rows):
    """Each save is told once. One that was told twice would have been taken for the next one's."""
    rows = [row for row in rows if isinstance(row.turns[0].program, Honua)]
    programs = {id(one.program): one.program for row in rows for one in row.turns}
    counts = collections.Counter()
    for program in programs.values():
        program.forget()
        counts += program.events
    saves = sum(len(row.samples) for row in rows) + len(programs)  # one each to warm up
    bars.check("changes that honua told of", f"{counts['changed']} for {saves} saves", "each once", counts["changed"] == saves)
    others = ", ".join(f"{count} `{kind}`" for kind, count in sorted(counts.items()) if kind != "changed") or "none"
    print(f"Events of honua beside `changed`: {others}\n")


def measure_idle(bars, rows, seconds):
    """Of programs that have seen many saves. The worst of those that took turns."""
    time.sleep(REST)
    programs = {id(one.program): (row, one.program) for row in rows for one in row.turns}.values()
    found = {}
    for (row, _), cost in zip(programs, idle.costs([program for _, program in programs], seconds)):
        found.setdefault((row.name, row.what), []).append(cost)
    print(f"Nothing happens for {seconds} s; the most of each program's processes:\n\n"
          "| program | watches | wake-ups | CPU, ticks of 10 ms | resident, MiB |\n|---|---|---:|---:|---:|")
    for (name, what), costs in found.items():
        switches, ticks, memory = (max(getattr(cost, part) for cost in costs) for part in ("switches", "ticks", "memory"))
        print(f"| `{name}` | {what} | {switches} | {ticks} | {memory:.1f} |")
        if what == LONG_FILE or name == AT_ONCE:
            bars.at_most(f"{name}, {what}, idle for {seconds} s, wake-ups", switches, seconds)
            bars.at_most(f"{name}, {what}, idle for {seconds} s, CPU", ticks, 1, " ticks")
            bars.at_most(f"{name}, {what}, resident", memory, 12, " MiB")
    print(flush=True)


def seconds_of(command, allowed):
    began = time.monotonic()
    status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    if status not in allowed:
        refuse(f"{' '.join(map(str, command))}: exit status {status}")
    return time.monotonic() - began


def measure_large(bars, stage, folder):
    """What an event says of its own time beside what the same work takes as commands, in turns."""
    text = configurations.Varied(configurations.layers(LAYERS))
    old, new = folder / "old.hcl", folder / "new.hcl"
    old.write_bytes(text(0))
    new.write_bytes(text(1))
    watched = stage.honua_on_file(HONUA, text, patience=LARGE_PATIENCE)
    own, tokens, validations, plans = [], [], [], []
    for _ in range(LARGE_RUNS):
        time.sleep(REST)
        watched.program.forget()
        began = watched.file.save(RENAME)
        told, line = watched.program.wait_for_change()
        own.append(json.loads(line)["milliseconds"] / 1e3)
        tokens.append((told - began) / 1e9)
        validations.append(seconds_of([stage.honua, "validate", new], (0,)))
        # 1: there are changes.
        plans.append(seconds_of([stage.honua, "plan", old, new], (0, 1)))
    rows = {"`milliseconds` of `changed`": own, "save (rename over) to line": tokens, "`honua validate NEW`": validations,
            "`honua plan OLD NEW`": plans}
    print(f"{LAYERS:,} layers, {new.stat().st_size / 1e6:.0f} MB, one title changed; {LARGE_RUNS} runs, in turns:\n\n"
          "| what | least, s | median, s | most, s |\n|---|---:|---:|---:|")
    for name, times in rows.items():
        print(f"| {name} | {min(times):.2f} | {statistics.median(times):.2f} | {max(times):.2f} |")
    print(flush=True)
    both = statistics.median(validations) + statistics.median(plans)
    bars.at_most(f"{LAYERS:,} layers, event / (validate + plan)", statistics.median(own) / both, 1)


def file_system_of(folder):
    return subprocess.run(["df", "--output=fstype", folder], check=True, capture_output=True, text=True).stdout.split()[-1]


def version_of(package):
    return subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], check=True, capture_output=True,
                          text=True).stdout.split("-")[0]


def print_machine(folder):
    versions = ", ".join(f"{name} {version_of(name)}" for name in ("inotify-tools", "entr", "watchman", "fswatch"))
    print(f"{platform.machine()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.2f}; {file_system_of(folder)}; {versions}\n\n"
          f"From just before the last system calls of a save to the line of it; in turns, {PAUSES[0] * 1e3:.0f} to "
          f"{PAUSES[1] * 1e3:.0f} ms apart:\n")


def measure_all(bars, honua, folder, samples, seconds, with_large):
    with contextlib.ExitStack() as stack:
        stage = Stage(honua, folder, stack)
        rows = make_rows(stage)
        print_machine(folder)
        measure(rows, samples)
        folder_rows = make_folder_rows(stage)
        measure(folder_rows, math.ceil(samples / FILES_SHARE))
        rows += folder_rows
        print_rows(rows)
        check_rows(bars, rows)
        check_events(bars, rows)
        measure_idle(bars, rows, seconds)
    if with_large:
        with contextlib.ExitStack() as stack:
            measure_large(bars, Stage(honua, folder / "large", stack), folder)


def main():
    if len(sys.argv) != 6:
        sys.exit(f"usage: {sys.argv[0]} HONUA DIR SAMPLES IDLE_SECONDS LARGE")
    # What was started is ended, whoever ends this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    bars = Bars()
    try:
        measure_all(bars, sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
    except Unnoticed as missed:
        refuse(str(missed))
    print("\n".join(bars.lines))
    if bars.broken:
        refuse("not held: " + "; ".join(bars.broken))


if __name__ == "__main__":
    main()
