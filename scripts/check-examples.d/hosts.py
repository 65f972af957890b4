# SPDX-License-Identifier: MIT
"""The units of systemd and the load balancer's configuration."""

import re
import shlex
import shutil

from workshop import FLEET, check, command_lines, substituted

UNITS = ("honua-watch.service", "honua-server.service")
# What systemd takes a service's exposure for: 0 to 100.
EXPOSURE = 25
REPEATED = ("ExecStartPre", "ExecStartPost", "ExecStopPost", "Environment", "EnvironmentFile")


def text_of(name):
    return (FLEET / "hosts" / name).read_text(encoding="utf-8")


def read_unit(text):
    """The settings of `[Service]`; those that may be repeated are lists."""
    found = {name: [] for name in REPEATED}
    section = ""
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("["):
            section = line
        elif section == "[Service]" and line and not line.startswith("#"):
            name, _, value = line.partition("=")
            if name in REPEATED:
                found[name].append(value)
            else:
                found[name] = value
    return found


def read_environment(text):
    return dict(line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#"))


def check_units(shop, problems):
    folder = shop.folder / "units"
    folder.mkdir()
    for name in UNITS:
        text = substituted(text_of(name), ("/usr/local/bin/honua", shop.honua))
        text = text.replace("/opt/honua/Honua.Server.Host", "/bin/true").replace("/usr/local/libexec/honua/tell-server", "/bin/true")
        (folder / name).write_text(text, encoding="utf-8")
    said = shop.run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no",
                     *(folder / name for name in UNITS)], code=None)
    # Settings that it does not know are no error to it.
    problems += [line for line in said.splitlines() if "honua" in line]
    shop.run(["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager", folder / UNITS[0]])


def check_variables(problems):
    for name in UNITS:
        unit = read_unit(text_of(name))
        there = {"MAINPID"}
        for path in unit["EnvironmentFile"]:
            there |= read_environment(text_of(path.rsplit("/", 1)[1])).keys()
        starts = [*unit["ExecStartPre"], unit["ExecStart"]]
        problems += [f"{name}: no file sets `{one}`" for line in starts for one in re.findall(r"\$\{(\w+)\}", line)
                     if one not in there]
    watch, server = (read_unit(text_of(name)) for name in UNITS)
    for setting in ("User", "Group"):
        if watch[setting] != server[setting]:
            problems.append(f"{setting} is not the same in both units: no signal reaches the server")
    if watch["Type"] != "notify" or "WatchdogSec" not in watch:
        problems.append("the watch tells systemd nothing")


def run(shop):
    check(shutil.which("systemd-analyze"), "`systemd-analyze` is not installed")
    check(shutil.which("haproxy"), "`haproxy` is not installed")
    problems = []
    check_units(shop, problems)
    check_variables(problems)
    for name in UNITS:
        unit = read_unit(text_of(name))
        for line in [*unit["ExecStartPre"], unit["ExecStart"]]:
            for words in command_lines(shlex.split(line)):
                problems += shop.problems_of(words, name)
    shop.run(["sh", "-n", FLEET / "tell-server"])
    lexer = shlex.shlex((FLEET / "tell-server").read_text(encoding="utf-8"), posix=True, punctuation_chars="();<>|&\n")
    lexer.whitespace = " \t"
    lexer.whitespace_split = True
    for words in command_lines([";" if word == "\n" else word for word in lexer]):
        problems += shop.problems_of(words, "tell-server")
    said = shop.run(["haproxy", "-c", "-f", FLEET / "hosts" / "haproxy.cfg"], code=None)
    if "Configuration file is valid" not in said:
        problems.append(said)
    check(not problems, "\n".join(problems))
    return f"{len(UNITS)} units"
