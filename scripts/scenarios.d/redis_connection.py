# SPDX-License-Identifier: MIT
"""Speaks to a Redis server."""

import socket

from scenarios import check


class Connection:
    """To a server, for what would take too long by way of `redis-cli`; to be used in a `with` statement."""

    def __init__(self, address, port):
        self.socket = socket.create_connection((address, port), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.file.close()
        self.socket.close()

    def run(self, *commands):
        """What the server answers to commands that it gets at once."""
        self.socket.sendall(b"".join(map(encoded, commands)))
        return [self.answer() for _ in commands]

    def answer(self):
        line = self.file.readline()
        check(line.endswith(b"\r\n"), "the server has ended the connection")
        kind, text = line[:1], line[1:-2].decode()
        check(kind != b"-", f"the server answers: {text}")
        if kind == b"*":
            return [self.answer() for _ in range(int(text))]
        if kind == b"$":
            return None if text == "-1" else self.file.read(int(text) + 2)[:-2]
        return int(text) if kind == b":" else text


def encoded(command):
    words = [word if isinstance(word, bytes) else str(word).encode() for word in command]
    return b"".join([b"*%d\r\n" % len(words), *(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)])
