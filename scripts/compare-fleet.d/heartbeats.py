# SPDX-License-Identifier: MIT
"""What an instance sends to its server while nothing happens is recorded, and then sent by many at the same pace."""

import contextlib
import random
import re
import select
import socket
import threading
import time
from dataclasses import dataclass, field

# Seconds.
READ = 0.25

INSTANCE = re.compile(rb":instance:([0-9a-f]{32})\r\n")


@dataclass
class Line:
    """A connection of the instance's: what it sent, when."""

    sent: list = field(default_factory=list)  # of (seconds, bytes)


class Recorder:
    """Stands between an instance and its server, and notes down what the one sends to the other."""

    def __init__(self, port):
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.lines = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                line = Line()
                self.lines.append(line)
                for source, target, noted in ((client, server, line), (server, client, None)):
                    source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    threading.Thread(target=self._pass_on, args=(source, target, noted), daemon=True).start()

    @staticmethod
    def _pass_on(source, target, noted):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                if noted:
                    noted.sent.append((time.monotonic(), data))
                target.sendall(data)
        # Whoever waits in the other direction ends, too.
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def stop(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@dataclass
class Recording:
    """Of some seconds. `openings`: what is sent at first on each connection; `pieces`: (offset, connection, bytes)."""

    seconds: float
    openings: list
    pieces: list
    instance: bytes

    def commands(self):
        """How often which of them are sent in a second."""
        text = b"".join(piece for _, _, piece in self.pieces)
        found = {}
        for name in re.findall(rb"\*\d+\r\n\$\d+\r\n([A-Za-z]+)\r\n", text):
            found[name.decode()] = found.get(name.decode(), 0) + 1 / self.seconds
        return found

    def rate(self):
        """Pieces in a second."""
        return len(self.pieces) / self.seconds


def record(recorder, seconds):
    """What is sent on the connections that there are, from now on."""
    begin = time.monotonic()
    count = len(recorder.lines)
    time.sleep(seconds)
    if len(recorder.lines) != count:
        raise SystemExit("compare-fleet: the instance has connected anew while it was recorded")
    lines = [line for line in recorder.lines if line.sent]
    openings = [b"".join(data for _, data in line.sent if b"\r\nSUBSCRIBE\r\n" in data) for line in lines]
    pieces = [(when - begin, number, data) for number, line in enumerate(lines) for when, data in line.sent
              if begin <= when < begin + seconds]
    names = set(INSTANCE.findall(b"".join(data for _, _, data in pieces)))
    if len(names) != 1:
        raise SystemExit(f"compare-fleet: heartbeats of {len(names)} instances were recorded")
    return Recording(seconds, openings, sorted(pieces), names.pop())


def names_of(count):
    return [b"%032x" % number for number in range(count)]


class Swarm:
    """So many instances that send what was recorded, again and again, each from another moment on; to be used in a `with`
    statement. Each has connections of its own."""

    def __init__(self, recording, count, port):
        self._recording = recording
        self._is_over = threading.Event()
        self._poll = select.epoll()
        self._sockets = {}
        self._connections = [[self._connect(port, opening) for opening in recording.openings] for _ in range(count)]
        self._names = names_of(count)
        # Who was recorded says it once in the time that is measured, and so does each of these.
        draw = random.Random(7)
        starts = [draw.uniform(0, recording.seconds) for _ in range(count)]
        offsets = [offset for offset, _, _ in recording.pieces]
        self._due = sorted(((offset + start) % recording.seconds, instance, number)
                           for instance, start in enumerate(starts) for number, offset in enumerate(offsets))
        self._thread = threading.Thread(target=self._run)
        self.latest = 0.0  # by which something was sent too late, in seconds
        self.is_cut = False

    def _connect(self, port, opening):
        one = socket.create_connection(("127.0.0.1", port))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.sendall(opening)
        one.setblocking(False)
        self._sockets[one.fileno()] = one
        self._poll.register(one.fileno(), select.EPOLLIN)
        return one

    def __enter__(self):
        return self

    def begin(self):
        self._thread.start()

    def __exit__(self, *unused):
        self._is_over.set()
        if self._thread.is_alive():
            self._thread.join()
        for one in self._sockets.values():
            one.close()

    def _run(self):
        begin = read = time.monotonic()
        at = 0
        while not (self._is_over.is_set() or self.is_cut):
            turn, place = divmod(at, len(self._due))
            offset, instance, number = self._due[place]
            due = begin + turn * self._recording.seconds + offset
            now = time.monotonic()
            if now >= read + READ:
                self._read()
                read = now
            if now < due:
                # Whoever waits for an answer is woken by the server, which takes the server's time where both are on one
                # machine: nobody does.
                time.sleep(min(due - now, READ))
                continue
            self.latest = max(self.latest, now - due)
            _, connection, data = self._recording.pieces[number]
            self._connections[instance][connection].sendall(data.replace(self._recording.instance, self._names[instance]))
            at += 1

    def _read(self):
        """Answers, which nobody needs."""
        while ready := self._poll.poll(0):
            for descriptor, _ in ready:
                self.is_cut = self.is_cut or not self._sockets[descriptor].recv(1 << 16)
            if self.is_cut:
                return
