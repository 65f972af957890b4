# SPDX-License-Identifier: MIT
"""Redis servers, stores in them, those who follow them, and when each of them told of a version."""

import json
import os
import socket
import subprocess
import threading
import time

from redis_connection import Connection

# Seconds: for programs to start, to tell of a version and to end.
PATIENCE = 60


class Missing(Exception):
    """Something that did not come in time."""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """A `redis-server` with a folder of its own. `settings`: as on its command line."""

    def __init__(self, folder, *settings):
        self.port = free_port()
        self.folder = folder
        folder.mkdir(parents=True)
        self._process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", folder, "--logfile", folder / "log",
             "--save", "", *settings], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.processes = [self._process.pid]
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise Missing("redis-server does not start")
            time.sleep(0.02)

    def _answers(self):
        try:
            return self.ask(["PING"]) == "PONG"
        except OSError:
            return False

    def connect(self):
        return Connection("127.0.0.1", self.port)

    def ask(self, command):
        with self.connect() as connection:
            return connection.run(command)[0]

    def field(self, section, name):
        text = self.ask(["INFO", section]).decode()
        return text.split(f"\n{name}:", 1)[1].split("\r\n", 1)[0]

    def stop(self):
        self._process.terminate()
        self._process.wait(PATIENCE)


class Moments:
    """When somebody told of a version, by time.monotonic_ns()."""

    def __init__(self):
        self._times = {}
        self._changed = threading.Condition()

    def note(self, who, version, when):
        with self._changed:
            self._times.setdefault((who, version), when)
            self._changed.notify_all()

    def wait(self, all_who, version):
        """Of all of them."""
        with self._changed:
            if not self._changed.wait_for(lambda: all((who, version) in self._times for who in all_who), PATIENCE):
                late = [who for who in all_who if (who, version) not in self._times]
                raise Missing(f"{', '.join(late)}: nothing of version {version} within {PATIENCE} s")
            return [self._times[who, version] for who in all_who]


class Teller:
    """Tells of versions, a line each. Those who inherit say which lines. `take` is called by the thread that reads."""

    def __init__(self, name, moments):
        self.name = name
        self._moments = moments
        self._part = b""

    def take(self, data, when):
        *whole, self._part = (self._part + data).split(b"\n")
        for line in whole:
            if (told := self.told_by(line, when)) is not None:
                self._moments.note(self.name, *told)


class Program(Teller):
    """One that runs until it is stopped."""

    def __init__(self, name, command, folder, reader, moments):
        super().__init__(name, moments)
        with (folder / f"{name}.errors").open("wb") as errors:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
                                             cwd=folder, bufsize=0)
        self.processes = [self._process.pid]
        reader.add(self._process.stdout.fileno(), self)

    def ask_to_end(self):
        self._process.terminate()

    def wait_for_end(self):
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Follower(Program):
    """`honua watch --store`."""

    def __init__(self, name, honua, url, *rest):
        super().__init__(name, [honua, "watch", "--format", "jsonl", "--store", url], *rest)

    def told_by(self, line, when):
        event = json.loads(line)
        return (event["version"], when) if event["event"] == "applied" else None


class Subscriber(Program):
    """`redis-cli SUBSCRIBE`: who is told, and does nothing."""

    def __init__(self, name, port, channel, *rest):
        super().__init__(name, ["redis-cli", "-p", str(port), "SUBSCRIBE", channel], *rest)

    def told_by(self, line, when):
        words = line.split()
        return (int(words[1]), when) if len(words) == 3 and words[2].startswith(b"sha256:") else None


class Monitor(Teller):
    """When the server told of each version, by its own clock."""

    def __init__(self, server, channel, reader, moments):
        super().__init__("server", moments)
        self._channel = b'"PUBLISH" "%s" "' % channel.encode()
        self._connection = server.connect()
        self._connection.run(["MONITOR"])
        reader.add(self._connection.socket.fileno(), self)

    def told_by(self, line, when):
        # +1700000000.123456 [0 lua] "PUBLISH" "{city}:events" "EPOCH 12 sha256:..."
        _, found, message = line.partition(self._channel)
        if not found:
            return None
        seconds, microseconds = line[1:line.index(b" ")].split(b".")
        wall = int(seconds) * 1_000_000_000 + int(microseconds) * 1000
        return int(message.split()[1]), wall - (time.time_ns() - time.monotonic_ns())

    def stop(self):
        self._connection.socket.shutdown(socket.SHUT_RDWR)


class Store:
    """A store in a server, and what is published to it: text(NUMBER)."""

    def __init__(self, honua, server, prefix, folder, text):
        self.honua = honua
        self.server = server
        self.prefix = prefix
        self.url = f"redis://127.0.0.1:{server.port}?prefix={prefix}"
        self._file = folder / f"{prefix}.hcl"
        self._text = text
        self.version = 0
        self.publish("--init")

    def key(self, name):
        return f"{{{self.prefix}}}:{name}"

    def publish(self, *words):
        """When the command began, by time.monotonic_ns()."""
        self.version += 1
        self._file.write_bytes(self._text(self.version))
        began = time.monotonic_ns()
        run = subprocess.run([self.honua, "publish", self._file, "--store", self.url, *words], check=False,
                             capture_output=True, text=True, timeout=PATIENCE)
        if run.returncode != 0:
            raise Missing(f"publishing failed\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
        return began


class Fleet:
    """A store with followers and a bare subscriber, to be used in a `with` statement."""

    def __init__(self, store, count, folder, reader):
        self.store = store
        self._moments = Moments()
        self._monitor = Monitor(store.server, store.key("events"), reader, self._moments)
        self._subscriber = Subscriber(f"{store.prefix}-subscriber", store.server.port, store.key("events"), folder, reader,
                                      self._moments)
        self.followers = [Follower(f"{store.prefix}-{number}", store.honua, store.url, folder, reader, self._moments)
                          for number in range(count)]
        self._names = [one.name for one in self.followers]
        self.rested = 0.0

    def __enter__(self):
        try:
            self._moments.wait(self._names, 1)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *unused):
        self._monitor.stop()
        programs = [self._subscriber, *self.followers]
        for one in programs:
            one.ask_to_end()
        for one in programs:
            one.wait_for_end()

    def sample(self):
        """Milliseconds from where the server told of a version to the line of the bare subscriber and to those of the
        followers, and from the beginning of the command to the last of these."""
        began = self.store.publish()
        version = self.store.version
        told, heard = self._moments.wait(["server", self._subscriber.name], version)
        applied = self._moments.wait(self._names, version)
        self.rested = time.monotonic()
        return (heard - told) / 1e6, [(one - told) / 1e6 for one in applied], (max(applied) - began) / 1e6


def cost_of(command, folder):
    """Seconds and MiB that a command takes."""
    out = folder / "cost"
    with open(os.devnull, "wb") as nothing:
        # What Python itself has does not count: the program is started by another one.
        run = subprocess.run(["/usr/bin/time", "-f", "%e %M", "-o", out, *map(str, command)], stdout=nothing,
                             stderr=subprocess.PIPE, check=False, timeout=10 * PATIENCE)
    if run.returncode != 0:
        raise Missing(f"{command}: exit status {run.returncode}: {run.stderr[-2000:].decode(errors='replace')}")
    seconds, kibibytes = out.read_text(encoding="ascii").split()
    return float(seconds), int(kibibytes) / 1024
