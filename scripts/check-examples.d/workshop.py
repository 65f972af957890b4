# SPDX-License-Identifier: MIT
"""A scratch directory in which HONUA is called `honua`, and the processes that are started in it."""

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLEET = ROOT / "examples" / "fleet"
MANUAL = ROOT / "man" / "honua-fleet.7"
# What is expected comes within this many seconds, on a loaded machine, too.
PATIENCE = 30


class Failed(Exception):
    """Something is not as it must be."""


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
        check(time.monotonic() < deadline, f"not within {patience} s: {what}")
        time.sleep(0.05)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def substituted(text, *pairs):
    """Each old text is there, and becomes the new one."""
    for old, new in pairs:
        check(old in text, f"there is no `{old}` to be replaced")
        text = text.replace(old, str(new))
    return text


class Workshop:
    def __init__(self, honua, folder):
        self.folder = Path(folder).resolve()
        self.tools = self.folder / "bin"
        self.tools.mkdir()
        # A copy that nobody replaces meanwhile.
        self.honua = self.tools / "honua"
        shutil.copy(honua, self.honua)
        self.honua.chmod(0o755)
        self.environment = {"PATH": f"{self.tools}:{os.environ['PATH']}", "HOME": str(self.folder), "LANG": "C.UTF-8",
                            "USER": "ops"}
        self.processes = []
        self.services = []
        self.helps = {}
        self.network = self.find_network()

    @staticmethod
    def find_network():
        """The beginning of loopback addresses that nobody listens at: there, all ports are as in the examples."""
        while True:
            network = f"127.{random.randint(16, 250)}.{random.randint(0, 250)}."
            with contextlib.suppress(OSError), socket.socket() as one:
                one.bind((network + "21", 6379))
                return network

    def start(self, words, log, environment=None, **more):
        """A process of a session of its own, which ends with the workshop."""
        with open(log, "ab") as output:
            process = subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=output,
                                       stderr=subprocess.STDOUT, start_new_session=True,
                                       env={**self.environment, **(environment or {})}, **more)
        self.processes.append(process)
        return process

    def run(self, words, environment=None, code=0, timeout=120, text=None, **more):
        """What a command prints on both outputs. `code`: as it must end, if that matters."""
        try:
            done = subprocess.run([str(word) for word in words], input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, timeout=timeout, check=False, env={**self.environment, **(environment or {})}, **more)
        except subprocess.TimeoutExpired:
            raise Failed(f"`{' '.join(map(str, words))}` takes longer than {timeout} s") from None
        check(code is None or done.returncode == code,
              f"`{' '.join(map(str, words))}`: exit status {done.returncode}, not {code}: {done.stdout}")
        return done.stdout

    @staticmethod
    def end(process, number=signal.SIGTERM):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        return process.wait(20)

    def end_all(self):
        for service in self.services:
            service.end(signal.SIGKILL)
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self.processes:
            process.wait()

    # --- options

    def options_of(self, command):
        """All options of a command of honua."""
        if command not in self.helps:
            done = subprocess.run([self.honua, command, "--help"], capture_output=True, text=True, check=False)
            check(done.returncode == 0, f"there is no command `honua {command}`")
            lines = re.findall(r"^  (-\S+)", done.stdout, re.MULTILINE)
            self.helps[command] = {option for line in lines for option in line.split(",")}
        return self.helps[command]

    def problems_of(self, words, where):
        """What is wrong with the options of a command line, without the program's name."""
        try:
            known = self.options_of(words[0])
        except Failed as problem:
            return [f"{where}: {problem}"]
        given = words[1:words.index("--")] if "--" in words else words[1:]
        return [f"{where}: `honua {words[0]}` has no option `{word}`" for word in given
                if re.match(r"--?[a-z]", word) and word.split("=")[0] not in known]


def command_lines(words):
    """The calls of honua among the words of a shell's command, each without the program's name."""
    line = None
    for word in [*words, ";"]:
        if word == "honua" or word.endswith("/bin/honua"):
            line = []
        elif line is not None and re.fullmatch(r"[();<>|&]+", word):
            if line:
                yield line
            line = None
        elif line is not None:
            line.append(word)
