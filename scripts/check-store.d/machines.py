# SPDX-License-Identifier: MIT
"""What a machine must have for the faults: tracers, clocks that are off, and namespaces."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

from storing import PATIENCE, CannotRun, Failed, need, wait_until


def need_root():
    if os.geteuid() != 0:
        raise CannotRun("only root can")


def processes_of_its_own(shop):
    """The beginning of a command line that runs in a namespace of processes, and ends with it."""
    need("unshare")
    command = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
    tried = shop.run(*command, "true")
    if tried.returncode != 0:
        raise CannotRun(f"no processes of its own: {tried.stderr.strip()}")
    return command


def need_tracing(shop):
    need("strace")
    tried = shop.run("strace", "-f", "-qq", "-o", "/dev/null", "true")
    if tried.returncode != 0:
        raise CannotRun(f"no process may be traced: {tried.stderr.strip()}")


def number_of_call(shop, store, words, name, text):
    """How many calls of that name a command makes before its call that has a text in it. Changes the store."""
    trace = shop.scratch / f"trace-{next(shop.numbers)}"
    shop.run("strace", "-f", "-qq", "-o", trace, *store.command(*words))
    count = 0
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        call = line.split(maxsplit=1)[-1]
        if text in call and call.startswith(("linkat(", "renameat(")):
            return count
        count += call.startswith(name + "(")
    raise Failed(f"{words}: no call with {text}")


@contextlib.contextmanager
def traced(shop, watch, *options):
    """Has a tracer look on, and interfere, with the thread of a running program that reads the store."""
    process = shop.start(["strace", "-qq", "-p", watch.pid, *options])
    status = Path(f"/proc/{watch.pid}/status")
    wait_until(lambda: "TracerPid:\t0\n" not in status.read_text(encoding="ascii"), "it is traced")
    yield
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE)


def clock(offset):
    """The environment of a program whose wall clock is off; its other clocks, and the times of files, are right."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        raise CannotRun("libfaketime is not installed")
    return {"LD_PRELOAD": str(library), "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}


class Mounts:
    """A namespace of mounts of its own, to be used in a `with` statement. What is mounted in it goes with it."""

    def __init__(self, shop):
        need_root()
        need("unshare", "nsenter", "mount")
        self.shop = shop
        # It says so once it is in there.
        self.keeper = shop.start(["unshare", "-m", "--propagation", "private", "sh", "-c", "echo in; exec sleep 600"],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self.keeper.stdout.readline() != "in\n":
            raise CannotRun(f"no mounts of its own: {self.keeper.stderr.read().strip()}")
        self.mounted = []

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        # Programs that serve a file system end with it.
        for path in reversed(self.mounted):
            self.run("umount", "-l", path)
        self.shop.kill(self.keeper)
        self.keeper.stdout.close()
        self.keeper.stderr.close()

    @property
    def wrapper(self):
        """The beginning of a command line that runs in there. It keeps the number of its process."""
        return ["nsenter", "-t", str(self.keeper.pid), "-m", "env", "-C", str(self.shop.folder)]

    def run(self, *command):
        return self.shop.run(*self.wrapper, *command)

    def mount(self, path, *command):
        """Has a command mount something at a new directory."""
        path.mkdir()
        done = self.run(*command)
        if done.returncode != 0:
            raise CannotRun(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
        self.mounted.append(path)
        return path

    def tmpfs(self, path, options):
        return self.mount(path, "mount", "-t", "tmpfs", "-o", options, "tmpfs", path)

    def outside(self, path):
        """Where a path in there is seen from here."""
        return Path(f"/proc/{self.keeper.pid}/root{path}")
