# SPDX-License-Identifier: MIT
"""Runs `honua watch` as a process, reads its events and holds them to what all of them must be."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from running_watch import EVENT_SCHEMA, EventRules, RunningWatch
from scenarios import (CONFIGURATION, HEAD, LAYER, NOBODY, CannotRun, Failed, Scenarios, check, write_and_rename,
                       write_in_place)
from scenarios import wait_until as wait_at_most

# Scenarios have all they need from here: also what they share with those of others.

# What is expected comes within this many seconds, on a loaded machine, too.
PATIENCE = 10
# After this many seconds of silence nothing more is expected: longer than all waiting times but that for missing files.
SILENCE = 0.6
# An unsound one.
BROKEN = CONFIGURATION + 'layr "x" {\n}\n'


class TooSlow(Exception):
    """A step took longer here than what it tests allows: this says nothing of the program."""


def configuration(title="Roads", more=""):
    return HEAD + layer("roads", title) + more


def layer(name, title="Roads"):
    return LAYER.replace('"roads"', f'"{name}"').replace('"Roads"', f'"{title}"')


def layers(count):
    return "".join(layer(f"roads{number}") for number in range(count))


def wait_until(condition, what, patience=PATIENCE):
    return wait_at_most(condition, what, patience)


def within(limit, what, step, *arguments):
    """Does a step that is only itself if it takes no longer than that."""
    begin = time.monotonic()
    result = step(*arguments)
    took = time.monotonic() - begin
    if took > limit:
        raise TooSlow(f"{what} took {took:.3f} s, not {limit} s")
    return result


class LossyRules(EventRules):
    """For a reader who loses events: of what is left only the form and the numbers are known."""

    def state_problems(self, kind, event):
        return ()


class Watch(RunningWatch):
    """A running `honua watch --format jsonl`, to be used in a `with` statement: at its end the run is ended in good
    order. What is printed is read by a thread, unless `reads` is false."""

    alive = []  # processes

    def __init__(self, shop, *arguments, wrapper=(), reads=True, rules=None, **options):
        self.shop = shop
        errors_path = shop.scratch / f"{time.monotonic_ns()}.stderr"
        options.setdefault("cwd", shop.folder)
        options["env"] = {**shop.environment, **options.pop("more", {})}
        with open(errors_path, "wb") as errors:
            process = subprocess.Popen([*wrapper, shop.honua, "watch", "--format", "jsonl", *map(str, arguments)],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, **options)
        self.alive.append(process)
        super().__init__(process, errors_path, rules or EventRules(), PATIENCE, reads)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()
        self.alive.remove(self.process)

    @classmethod
    def kill_all(cls):
        for process in list(cls.alive):
            process.kill()

    def end(self, number=signal.SIGTERM, patience=PATIENCE):
        """Asks the program to end, which must end in good order; how many seconds that took."""
        begin = time.monotonic()
        self.send(number)
        code = self.exit_code(patience)
        took = time.monotonic() - begin
        check(code == 0, f"exit code {code} after {signal.Signals(number).name}, not 0")
        check(self.events and self.events[-1]["event"] == "stopped", "the last event is not `stopped`")
        return took

    def status(self, field):
        """A number out of the process's status, such as VmHWM in KiB."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1])
        raise Failed(f"no {field} of the process")

    def watches_its_memory(self):
        """Whether it was built with a sanitizer, which reserves terabytes for that."""
        return self.status("VmSize") > 1 << 30

    def most_memory(self):
        """The most it ever had, in MiB."""
        return self.status("VmHWM") >> 10

    def check_memory(self, most, before=0):
        """That it never had so many MiB more than before."""
        took = self.most_memory() - before
        check(took <= most or self.watches_its_memory(), f"it took {took} MiB of memory")

    def state(self):
        return process_state(self.pid)

    def cpu_seconds(self):
        fields = process_fields(self.pid)
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def next(self, *kinds, also=(), patience=PATIENCE):
        """The next event, which must be one of these kinds; those in `also` may come before it."""
        return self.find(f"`{'` or `'.join(kinds)}`", lambda event: event["event"] in kinds,
                         lambda event: event["event"] in also, patience)

    def started(self, also=(), patience=PATIENCE):
        return self.next("started", also=also, patience=patience)

    def changed_to(self, title, also=(), patience=PATIENCE):
        """The next event, which must tell of a layer's new title."""
        event = self.next("changed", also=also, patience=patience)
        check(tells_title(event, title), f"a change, but not to the title `{title}`")
        return event

    def settled_on(self, title, also=("changed",), patience=PATIENCE):
        """Of several changes waits for the one to a title, and that there are no more."""
        deadline = time.monotonic() + patience
        while True:
            event = self.next("changed", also=also, patience=max(deadline - time.monotonic(), 0.01))
            if tells_title(event, title):
                break
        self.nothing(also=also)
        last = [one for one in self.events if one["event"] == "changed"][-1]
        check(tells_title(last, title), f"the last change is not the one to `{title}`")

    def nothing(self, seconds=SILENCE, also=()):
        """No further event comes."""
        time.sleep(seconds)
        with self.changed:
            while self.seen < len(self.events):
                event = self.events[self.seen]
                self.seen += 1
                check(event["event"] in also, f"one `{event['event']}` too many")

    # --- what it answers, where it listens

    def address(self):
        """Where it listens, once it says so."""
        pattern = re.compile(r"listens at http://127\.0\.0\.1:(\d+)")
        found = wait_until(lambda: pattern.search(self.stderr()), "it listens")
        return "127.0.0.1", int(found.group(1))

    def ask(self, method, path, headers=(), body=None):
        """A status and a body."""
        connection = http.client.HTTPConnection(*self.address(), timeout=PATIENCE)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def metric(self, name):
        status, body = self.ask("GET", "/metrics")
        check(status == 200, f"/metrics answers with {status}")
        for line in body.splitlines():
            if line.startswith(name + " "):
                return float(line.split()[1])
        raise Failed(f"there is no metric {name}")


def process_fields(pid):
    """What /proc/PID/stat has behind the name, which may have blanks in it."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()


def process_state(pid):
    """A letter; "" if there is no such process."""
    try:
        return process_fields(pid)[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def tells_title(event, title):
    return any(f"to `{title}`" in change["message"] for change in event.get("changes", ()))


class Shop:
    """What a scenario has for itself: a folder with a configuration in it, one for what is not watched, and a program's
    environment."""

    def __init__(self, honua, folder):
        self.honua = str(honua)
        self.folder = Path(folder) / "place"
        self.scratch = Path(folder) / "scratch"
        for one in (self.folder, self.scratch):
            one.mkdir()
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.scratch), "LANG": "C.UTF-8",
                            "GIT_CONFIG_GLOBAL": "/dev/null"}
        for name in ("AUTHOR", "COMMITTER"):
            self.environment[f"GIT_{name}_NAME"] = "test"
            self.environment[f"GIT_{name}_EMAIL"] = "test@example.org"
        self.file = self.folder / "honua.hcl"
        self.save()

    def save(self, title="Roads", path=None):
        """The plainest way to save."""
        write_in_place(path or self.file, configuration(title))

    def save_large(self, number):
        """Saves a configuration with another title for each of its hundred layers. An event of that is some hundred
        kilobytes, since the path that it names is one of the longest there are."""
        path = "/".join(["d" * 200] * 14) + "/honua.hcl"
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        layers = (layer(f"roads{one}", f"Title {number}") for one in range(100))
        write_and_rename(self.folder / path, HEAD + "".join(layers))
        return path

    def watch(self, *arguments, **options):
        return Watch(self, *arguments, **options)

    def run(self, *command, check_code=True, **options):
        options.setdefault("cwd", self.folder)
        options["env"] = {**self.environment, **options.pop("more", {})}
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=60, **options)
        if check_code and done.returncode != 0:
            raise Failed(f"{command}: exit code {done.returncode}: {done.stdout}{done.stderr}")
        return done

    def shell(self, line, **options):
        return self.run("sh", "-c", line, **options)

    def program(self, name, text):
        """An executable script outside of what is watched."""
        path = self.scratch / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path


def need(*tools):
    """The first one of these programs that there is."""
    for path in map(shutil.which, tools):
        if path is not None:
            return path
    raise CannotRun(f"`{tools[0]}` is not installed")


def need_root():
    if os.geteuid() != 0:
        raise CannotRun("only root can")


def need_posting(shop):
    """What posts is a library that is loaded when it is needed."""
    tried = shop.run(shop.honua, "watch", "--post", "http://127.0.0.1:1/", "nowhere.hcl", check_code=False)
    if "libcurl4" in tried.stderr:
        raise CannotRun("`libcurl4` is not installed")


def namespaces(shop, *kinds):
    """The beginning of a command that runs another in namespaces of its own: `-m` of mounts, `-U` of users."""
    need("unshare")
    command = ["unshare", *kinds]
    tried = shop.run(*command, "true", check_code=False)
    if tried.returncode != 0:
        raise CannotRun(f"no namespaces of its own: {tried.stderr.strip()}")
    return command
