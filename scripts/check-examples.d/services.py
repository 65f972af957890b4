# SPDX-License-Identifier: MIT
"""What systemd and the kubelet do with what they are given, as far as the examples need it."""

import re
import shlex
import signal
import socket
import threading
import urllib.error
import urllib.request

from workshop import Failed, wait_until


def answer(url):
    """(status, text) of a URL; (0, "") where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=3) as got:
            return got.status, got.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


class Notifications:
    """The socket that a service tells what it does."""

    def __init__(self, path):
        self.path = path
        self.heard = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        threading.Thread(target=self.hear, daemon=True).start()

    def hear(self):
        while True:
            self.heard += self.socket.recv(4096).decode().splitlines()

    def count(self, line):
        return self.heard.count(line)


class Service:
    """A program that is started again whenever it ends. `before`, `after`, `behind`: command lines for when it starts, has
    started and has ended."""

    def __init__(self, shop, words, log, environment, before=(), after=(), behind=(), pause=1.0):
        self.shop, self.words, self.log, self.environment = shop, words, log, environment
        self.before, self.after, self.behind, self.pause = before, after, behind, pause
        self.process = None
        self.is_ending = threading.Event()
        self.starts = 0
        shop.services.append(self)
        self.thread = threading.Thread(target=self.keep, daemon=True)
        self.thread.start()

    def run(self, lines, **more):
        for words in lines:
            if self.shop.start(words, self.log, {**self.environment(), **more}).wait() != 0:
                return False
        return True

    def keep(self):
        while not self.is_ending.is_set():
            if self.run(self.before):
                self.process = self.shop.start(self.words, self.log, self.environment())
                self.starts += 1
                self.run(self.after, MAINPID=str(self.process.pid))
                self.process.wait()
            self.run(self.behind)
            self.is_ending.wait(self.pause)

    def end(self, number=signal.SIGTERM):
        self.is_ending.set()
        while self.thread.is_alive():
            if self.process and self.process.poll() is None:
                self.shop.end(self.process, number)
            self.thread.join(0.1)


def expanded(line, environment):
    """A command line of a unit: `${NAME}` is put in as a part of a word."""
    def value_of(name):
        if name[1] not in environment:
            raise Failed(f"`{name[1]}` is not set")
        return environment[name[1]]
    return [re.sub(r"\$\{(\w+)\}", value_of, word) for word in shlex.split(line)]


def pid_of(url):
    found = re.search(r"process (\d+)", answer(url)[1])
    return int(found[1]) if found else 0


def wait_for_answer(url, part, patience=40):
    wait_until(lambda: part in answer(url)[1], f"{url} says `{part}`: {answer(url)}", patience)
