# SPDX-License-Identifier: MIT
"""The guide's drill, by a shell, command by command; HONUA_ACCEPT=1 has the guide say what was printed."""

import difflib
import os
import re
import shutil
import socket

import manual
from workshop import FLEET, MANUAL, Failed, check, free_port

PORT = "6390"
END = "\x01"
# Says that a command has ended, and keeps its exit status for the next one.
PRELUDE = "mark() { local code=$?; printf '\\1\\n'; return $code; }\n"
LONGEST = 300
HASH = r"sha256:[0-9a-f]{12,64}(\.\.\.)?"
# What is another one each time.
VARYING = ((HASH, "HASH"), (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"), (r"[\w.-]+:\d+(?=  (live|gone))", "INSTANCE"),
           (r"`[\w.-]+:\d+`", "INSTANCE"), (r"environment [0-9a-f]{4}\b", "environment PRINT"),
           (r" by \S+ at [^\s:]+", " by AUTHOR at HOST"), (r" by [\w.-]+:\d+", " by AUTHOR"))


def normal(line):
    for pattern, name in VARYING:
        line = re.sub(pattern, name, line)
    return line


def steps():
    numbers = manual.section_of("ROLLBACK DRILL")
    return [one for display in manual.displays(numbers) for one in manual.shell_commands(display)]


def play(shop):
    """What each command of the drill prints: lists of lines."""
    shutil.copytree(FLEET, shop.folder / "examples" / "fleet")
    port = str(free_port())
    script = PRELUDE + "".join(f"{command}\nmark\n" for command, _, _ in steps()).replace(PORT, port)
    path = shop.folder / "drill.sh"
    path.write_text(script, encoding="utf-8")
    output = shop.folder / "drill.txt"
    process = shop.start(["bash", path], output, environment={"TMPDIR": str(shop.folder)}, cwd=shop.folder)
    process.wait(LONGEST)
    printed = output.read_text(encoding="utf-8").replace(port, PORT).split(END + "\n")
    if len(printed) <= len(steps()):
        raise Failed(f"the drill ended at `{steps()[len(printed) - 1][0]}`:\n{printed[-1]}")
    return [text.splitlines() for text in printed]


def is_as_expected(expected, got):
    """Instances come in an order by chance."""
    return sorted(normal(manual.unescaped(manual.lines()[number])) for number in expected) == sorted(map(normal, got))


def readable(line):
    """As the guide shows it: a line of mdoc, with less of a hash, and of no particular host and day."""
    line = re.sub(r"(sha256:[0-9a-f]{12})[0-9a-f]{52}", r"\1...", line).replace("\\", "\\e")
    line = re.sub(rf"\b{re.escape(socket.gethostname())}\b(?=[: ]|$)", "maps-1", line)
    line = re.sub(r"\d{4}-\d\d-\d\d(?=T)", "2026-07-01", line)
    return "\\&" + line if line.startswith((".", "'")) else line


def accept(printed):
    text = manual.lines()
    # From behind: numbers before stay.
    for (_, begin, expected), got in reversed(list(zip(steps(), printed))):
        if not is_as_expected(expected, got):
            text[begin[-1] + 1:begin[-1] + 1 + len(expected)] = map(readable, got)
    MANUAL.write_text("\n".join(text) + "\n", encoding="utf-8")


def run(shop):
    check(shutil.which("redis-server") and shutil.which("redis-cli"), "`redis-server` or `redis-cli` is not installed")
    printed = play(shop)
    if os.environ.get("HONUA_ACCEPT") == "1":
        accept(printed)
        return "the guide says what was printed"
    differences = []
    for (command, begin, expected), got in zip(steps(), printed):
        if not is_as_expected(expected, got):
            wanted = [normal(manual.unescaped(manual.lines()[number])) for number in expected]
            differences += [f"man:{begin[0] + 1}: `{command}` prints", *difflib.ndiff(wanted, [normal(one) for one in got])]
    check(not differences, "\n".join(differences) + "\nHONUA_ACCEPT=1 has the guide say what is printed")
    return f"{len(printed) - 1} commands"
