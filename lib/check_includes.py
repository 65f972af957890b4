#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Proves that the includes of the sources follow the module directions.

  check_includes.py              checks the tree that this file is in
  check_includes.py --self-test  checks the checker on small broken trees

Rules:
 - a module under lib/ includes itself and what it reaches through the USES
   lists of lib/CMakeLists.txt, which name only modules declared before them;
 - lib/ includes neither commands/ nor cli/; commands/ doesn't include cli/,
   except that its tests run whole command lines;
 - each third-party header has its places, listed below;
 - library code doesn't include <iostream>: it never prints."""

import re
import sys
import tempfile
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
MODULE = re.compile(r"^\s*honua_module\(\s*(\w+)(?:\s+USES\s+([\w\s]+))?\s*\)", re.MULTILINE)

# Who may include a third-party header, by the header's first folder or, if
# that is none, its name. "*" means everyone; otherwise modules of lib/, the
# folders cli and commands, or kinds of files.
THIRD_PARTY = {
    "CLI": {"cli", "commands"},
    "SQLiteCpp": {"catalog"},
    "benchmark": {"bench"},
    "boost": {"endpoint", "evaluation"},
    "curl": {"endpoint"},
    "doctest": {"test"},
    "dtl": {"text"},
    "fmt": {"*"},
    "hiredis": {"redis"},
    "libpq-fe.h": {"catalog"},
    "mariadb": {"catalog"},
    "nlohmann": {"test"},
    "tl": {"*"},
    "openssl": {"redis"},
    "pugixml.hpp": {"text"},
    "sha2.h": {"text"},
    "sqlite3.h": {"catalog"},
    "utf8proc.h": {"text"},
    "yaml-cpp": {"migration"},
}
# Headers of C and POSIX and of the compilers that stand in no table above.
SYSTEM = re.compile(r"(sys|arpa|netinet|linux|gnu)/[\w-]+\.h|(dlfcn|fcntl|fnmatch|netdb|unistd|signal|spawn|poll|dirent|[a-z]mmintrin|pthread|termios|stdlib|time|malloc|pwd)\.h")
STANDARD = re.compile(r"[a-z_0-9]+")
TOP_FOLDERS = ("lib", "commands", "cli")


def read_modules(text):
    """{module: modules it reaches}, and complaints about the lists."""
    text = re.sub(r"#.*", "", text)
    reach, problems = {}, []
    for name, uses in MODULE.findall(text):
        reach[name] = {name}
        for used in uses.split():
            if used not in reach or used == name:
                problems.append(f"lib/CMakeLists.txt: module {name} uses {used}, which is not declared before it")
                continue
            reach[name] |= reach[used]
    return reach, problems


def kind_of(path):
    """"test", "fuzz", "bench", or "" for code that is shipped."""
    stem = path.stem
    if stem == "test_main":
        return "test"
    return next((kind for kind in ("test", "fuzz", "bench") if stem.endswith("_" + kind)), "")


class Checker:
    def __init__(self, root):
        self.root = root
        self.reach, self.problems = read_modules((root / "lib" / "CMakeLists.txt").read_text(encoding="utf-8"))
        self.files = 0

    def run(self):
        for folder in TOP_FOLDERS:
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in (".h", ".cpp"):
                    self.check_file(path)
        return self.problems

    def check_file(self, path):
        self.files += 1
        relative = path.relative_to(self.root)
        place = relative.parts[0]
        if place == "lib" and len(relative.parts) > 2:
            place = relative.parts[1]
            if place not in self.reach:
                self.problems.append(f"{relative}: folder {place} is no module of lib/CMakeLists.txt")
                return
        text = path.read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            problem = (self.angle(path, place, match[2]) if match[1] == "<" else self.quoted(path, place, match[2]))
            if problem:
                self.problems.append(f"{relative}:{line}: {problem}")

    def quoted(self, path, place, header):
        target = Path(header).parts[0]
        if target in ("commands", "cli"):
            if not (self.root / header).is_file():
                return f'"{header}" does not exist'
            if place == "cli" or (place == "commands" and (target == "commands" or kind_of(path) == "test")):
                return None
            return f"{place} must not include {target}"
        if header.endswith(".inc"):
            return None  # made while building
        if not (self.root / "lib" / header).is_file():
            return f'"{header}" does not exist under lib/'
        if place in ("commands", "cli", "lib") or target in self.reach.get(place, ()):
            return None
        return f"module {place} doesn't reach {target} through USES"

    def angle(self, path, place, header):
        if header == "iostream" and path.relative_to(self.root).parts[0] == "lib" and not kind_of(path):
            return "library code doesn't print: no <iostream>"
        owner = Path(header).parts[0]
        if owner in THIRD_PARTY:
            allowed = THIRD_PARTY[owner]
            if "*" in allowed or place in allowed or kind_of(path) in allowed:
                return None
            return f"<{header}> belongs into {', '.join(sorted(allowed))} only"
        if STANDARD.fullmatch(header) or SYSTEM.fullmatch(header):
            return None
        return f"<{header}> is not in the tables of check_includes.py"


def self_test():
    """Each small tree breaks one rule, the first none."""
    modules = "honua_module(base)\nhonua_module(text USES base)\nhonua_module(extra)\nhonua_module(top USES text)\n"
    good = {"lib/CMakeLists.txt": modules, "lib/base/a.h": "#include <vector>\n", "lib/extra/e.h": "",
            "lib/top/t.cpp": '#include "base/a.h"\n#include <fmt/core.h>\n', "cli/m.cpp": '#include "top/t.h"\n', "lib/top/t.h": ""}
    broken = {
        "a module beside": {"lib/extra/e.cpp": '#include "base/a.h"\n'},
        "a module above": {"lib/base/b.cpp": '#include "top/t.h"\n'},
        "a command from the library": {"commands/c.h": "", "lib/top/u.cpp": '#include "commands/c.h"\n'},
        "cli from a command": {"cli/c.h": "", "commands/c.cpp": '#include "cli/c.h"\n'},
        "another module's third party": {"lib/base/u.cpp": "#include <utf8proc.h>\n"},
        "an unknown third party": {"lib/base/u.cpp": "#include <zlib.h>\n"},
        "printing": {"lib/base/p.cpp": "#include <iostream>\n"},
        "a test header in code": {"lib/base/p.cpp": "#include <doctest/doctest.h>\n"},
        "a missing file": {"lib/base/p.cpp": '#include "base/none.h"\n'},
        "a folder without module": {"lib/odd/p.cpp": ""},
        "a module that uses a later one": {"lib/CMakeLists.txt": "honua_module(base USES text)\n" + modules},
    }
    failures = [] if problems_of(good) == [] else [f"the good tree is refused: {problems_of(good)}"]
    for name, change in broken.items():
        if len(problems_of({**good, **change})) != 1:
            failures.append(f"{name}: expected one problem, found {problems_of({**good, **change})}")
    return failures


def problems_of(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Checker(Path(folder)).run()


def main():
    if sys.argv[1:] == ["--self-test"]:
        problems = self_test()
        print("\n".join(problems) or "check_includes.py finds what it should")
        return 1 if problems else 0
    checker = Checker(Path(__file__).resolve().parent.parent)
    problems = checker.run()
    print("\n".join(problems) or f"{checker.files} files of {len(checker.reach)} modules follow the directions")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
