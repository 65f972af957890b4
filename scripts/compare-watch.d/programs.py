# SPDX-License-Identifier: MIT
"""Programs that watch files: they run, files of theirs are saved, and their lines are waited for."""

import collections
import json
import os
import queue
import select
import subprocess
import threading
import time

WRITE, RENAME = "write, close", "rename over"
# Seconds. Warming up: who is not ready by then gets another save.
NOT_READY, TRIES = 1.5, 20
# For a program to start or to end.
PATIENCE = 20


class Unnoticed(Exception):
    """A save that nobody told of."""


class SavedFile:
    """A file that each save gives another content."""

    def __init__(self, path, spare, text):
        """A content comes from text(NUMBER). The spare lies elsewhere: what comes there is not to be told."""
        self.path, self._spare, self._text = path, spare, text
        self._number = 0
        path.write_bytes(text(0))

    def save(self, kind):
        """When the last system calls began, by time.monotonic_ns()."""
        self._number += 1
        content = self._text(self._number)
        return self._write(content) if kind == WRITE else self._rename(content)

    def _write(self, content):
        descriptor = os.open(self.path, os.O_WRONLY | os.O_TRUNC)
        began = time.monotonic_ns()
        os.write(descriptor, content)
        os.close(descriptor)
        return began

    def _rename(self, content):
        # Not synchronised: ext4 writes it out when it takes the other's place, as for most who save that way.
        self._spare.write_bytes(content)
        began = time.monotonic_ns()
        os.replace(self._spare, self.path)
        return began


class Reader:
    """Reads what programs say, and notes when: in a thread of its own, since the line may be there before the save has
    returned. File systems write a file out that is closed or renamed, after they have told of it."""

    def __init__(self):
        self._poll = select.epoll()
        self._programs = {}
        threading.Thread(target=self._run, daemon=True).start()

    def add(self, descriptor, program):
        self._programs[descriptor] = program
        self._poll.register(descriptor, select.EPOLLIN)

    def _run(self):
        while True:
            for descriptor, _ in self._poll.poll():
                data = os.read(descriptor, 1 << 16)
                self._programs[descriptor].take(data, time.monotonic_ns())
                if not data:
                    self._poll.unregister(descriptor)


class Program:
    """One that prints a line for each change."""

    # Seconds: who has said nothing for so long will not.
    patience = 20

    def __init__(self, name, command, folder, reader, given=subprocess.DEVNULL, environment=None):
        self.name = name
        self._errors = folder / "errors"
        self._lines = queue.SimpleQueue()
        self._part = b""
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=errors, cwd=folder,
                                             env={**os.environ, **(environment or {})}, bufsize=0)
        self.processes = [self._process.pid]
        reader.add(self._process.stdout.fileno(), self)

    def take(self, data, when):
        """Called by the reader's thread."""
        if not data:
            self._lines.put((when, None))
            return
        *whole, self._part = (self._part + data).split(b"\n")
        for line in whole:
            self._lines.put((when, line))

    def _next(self, deadline):
        try:
            when, line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise Unnoticed(f"{self.name} does not tell of a save") from None
        if line is None:
            raise SystemExit(f"compare-watch: {self.name} has ended\n{self._errors.read_text(errors='replace')[-2000:]}")
        return when, line

    def _tells_change(self, line):
        return bool(line)

    def wait_for_change(self, patience=None, since=0):
        """When its line was read, by time.monotonic_ns(), and the line. What came before does not count: some tell of
        the file that was emptied, to be written then."""
        deadline = time.monotonic() + (patience or self.patience)
        while True:
            when, line = self._next(deadline)
            if self._tells_change(line) and when > since:
                return when, line

    def forget(self):
        """What it has said by now: others than honua say several things of one save."""
        while not self._lines.empty():
            self._tells_change(self._next(time.monotonic())[1])

    def warm_up(self, file):
        """Until it tells of a save, since not all say when they have begun to watch."""
        for _ in range(TRIES):
            file.save(WRITE)
            try:
                self.wait_for_change(NOT_READY)
                return
            except Unnoticed:
                pass
        raise SystemExit(f"compare-watch: {self.name} does not begin to watch")

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Honua(Program):
    """`honua watch --format jsonl`; counts what it tells."""

    def __init__(self, name, honua, paths, options, folder, reader, patience=Program.patience):
        self.patience = patience
        super().__init__(name, [honua, "watch", "--format", "jsonl", *options, *paths], folder, reader)
        self.events = collections.Counter()

    def _tells_change(self, line):
        kind = json.loads(line)["event"]
        self.events[kind] += 1
        return kind == "changed"

    def warm_up(self, file):
        _, line = self._next(time.monotonic() + self.patience)
        event = json.loads(line)
        if event["event"] != "started":
            raise SystemExit(f"compare-watch: {self.name} does not start: {line.decode()[:2000]}")
        # What only the first change needs is there after it.
        file.save(WRITE)
        self.wait_for_change()


class Echo(Program):
    """`cat`, which gives back what it gets: what waking two processes takes on the machine, without any file."""

    def __init__(self, folder, reader):
        super().__init__("cat", ["cat"], folder, reader, given=subprocess.PIPE)

    def save(self, _kind):
        began = time.monotonic_ns()
        os.write(self._process.stdin.fileno(), b"saved\n")
        return began


class WatchmanServer:
    """A server of nobody else's: its socket and its state lie in a folder."""

    def __init__(self, folder):
        self._socket = folder / "socket"
        with (folder / "errors").open("wb") as errors:
            self._process = subprocess.Popen(
                ["watchman", "--foreground", "--no-save-state", f"--sockname={self._socket}", f"--statefile={folder / 'state'}",
                 f"--logfile={folder / 'log'}", f"--pidfile={folder / 'pid'}"],
                stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
        deadline = time.monotonic() + PATIENCE
        while not self._socket.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("compare-watch: watchman does not start: " + (folder / "errors").read_text(errors="replace"))
            time.sleep(0.05)

    def wait(self, watched, folder, reader):
        program = Program("watchman-wait", ["watchman-wait", "-m", "0", watched], folder, reader,
                          environment={"WATCHMAN_SOCK": str(self._socket)})
        program.processes.append(self._process.pid)
        return program

    def stop(self):
        self._process.terminate()
        self._process.wait(PATIENCE)
