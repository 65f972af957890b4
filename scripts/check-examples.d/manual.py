# SPDX-License-Identifier: MIT
"""The guide: that what it names is there; and the form of all pages of the manual."""

import re
import shlex
import shutil
import subprocess

from workshop import FLEET, MANUAL, ROOT, check, command_lines

COMMANDS = ("watch", "publish", "rollback", "status", "history", "pull", "plan", "store", "lock", "render", "export", "validate")


def lines():
    return MANUAL.read_text(encoding="utf-8").splitlines()


def section_of(title):
    """Numbers of the lines of a section, from the one behind its title on."""
    numbers = range(len(lines()))
    begin = next(number for number in numbers if lines()[number] == f".Sh {title}")
    end = next((number for number in numbers if number > begin and lines()[number].startswith(".Sh ")), len(lines()))
    return range(begin + 1, end)


def displays(numbers):
    """The displays among some lines: lists of numbers of lines."""
    inside = None
    for number in numbers:
        line = lines()[number]
        if line.startswith(".Bd"):
            inside = []
        elif line.startswith(".Ed"):
            yield inside
            inside = None
        elif inside is not None:
            inside.append(number)


def unescaped(line):
    return line.replace("\\&", "").replace("\\e", "\\")


def shell_commands(numbers):
    """(command, numbers of its lines, numbers of the lines of what it prints) of a display."""
    found = []
    for number in numbers:
        line = unescaped(lines()[number])
        if line.startswith(("$ ", "# ")):
            found.append((line[2:], [number], []))
        elif line.startswith("> ") and found and not found[-1][2]:
            found[-1] = (found[-1][0] + "\n" + line[2:], [*found[-1][1], number], [])
        elif found:
            found[-1][2].append(number)
    return found


def lint(problems):
    check(shutil.which("mandoc"), "`mandoc` is not installed")
    pages = sorted(str(page) for page in MANUAL.parent.iterdir())
    done = subprocess.run(["mandoc", "-T", "lint", *pages], capture_output=True, text=True, check=False)
    # What other pages are installed here is no matter of this one.
    problems += [line for line in (done.stdout + done.stderr).splitlines()
                 if "referenced manual not found" not in line and "outdated mandoc.db" not in line]


def check_commands(shop, problems):
    for display in displays(range(len(lines()))):
        for command, numbers, _ in shell_commands(display):
            lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            for words in command_lines(list(lexer)):
                problems += shop.problems_of(words, f"man:{numbers[0] + 1}")


def check_macros(shop, problems):
    known = {option for command in COMMANDS for option in shop.options_of(command)}
    for number, line in enumerate(lines(), 1):
        if not line.startswith("."):
            continue
        for part in re.split(r"\bIc\b", line):
            named = re.match(r" honua ([a-z]+)", part)
            options = ["-" + one for one in re.findall(r"\bFl (-\S+)", part)]
            if named:
                problems += shop.problems_of([named[1], *options], f"man:{number}")
            problems += [f"man:{number}: no command has an option `{one}`" for one in options if one not in known]


def check_names(problems):
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "commands").glob("*.cpp")))
    names = {path.name for path in FLEET.rglob("*")} | {"server.hcl", "head.hcl"}
    for number, line in enumerate(lines(), 1):
        if re.search(r"\bXXX\b", line):
            problems.append(f"man:{number}: a number is missing: XXX")
        for name in re.findall(r"\bEv (\S+)", line):
            if f'"{name}"' not in sources:
                problems.append(f"man:{number}: honua knows no variable `{name}`")
        for path in re.findall(r"\bPa (\S+)", line):
            is_file = path.startswith(("examples/", "scripts/"))
            if (is_file and not (ROOT / path).exists()) or ("/" not in path and "." in path and path not in names and
                                                            not path.startswith("lib")):
                problems.append(f"man:{number}: there is no `{path}`")


def run(shop):
    problems = []
    lint(problems)
    check_commands(shop, problems)
    check_macros(shop, problems)
    check_names(problems)
    check(not problems, "\n".join(problems))
    return f"{sum(line.count('Fl -') for line in lines())} options named in {len(lines())} lines"
