# SPDX-License-Identifier: MIT
"""Native HCL as its JSON form: blocks become members, expressions that are no literals "${...}".

As much of the language as well-formed examples use; anything else is a ValueError."""

import json
import re
import textwrap

SPACE = re.compile(r"(?:\s|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
WORD = re.compile(r"[A-Za-z_][\w-]*")
STRING = re.compile(r'"(?:\\.|\$\{(?:[^{}"]|"[^"]*")*\}|[^"\\])*"', re.DOTALL)
HEREDOC = re.compile(r"<<-?(\w+)\n(.*?\n)[ \t]*\1(?=\n)", re.DOTALL)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$")
KEYWORDS = {"true": True, "false": False, "null": None}


class Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def skip(self):
        self.at = SPACE.match(self.text, self.at).end()

    def take(self, pattern):
        found = pattern.match(self.text, self.at)
        if not found:
            line = self.text.count("\n", 0, self.at) + 1
            raise ValueError(f"line {line}: {self.text[self.at:self.at + 20]!r} is more than this reader knows")
        self.at = found.end()
        return found[0]

    def peek(self, characters):
        return self.at < len(self.text) and self.text[self.at] in characters

    def name(self):
        return unquote(self.take(STRING)) if self.peek('"') else self.take(WORD)

    def body(self, end):
        members = {}
        while True:
            self.skip()
            if self.at == len(self.text) or self.peek("}"):
                if self.peek("}") != end:
                    raise ValueError("braces do not match")
                self.at += end
                return members
            self.item(members)

    def item(self, members):
        names = [self.name()]
        self.skip()
        while not self.peek("={"):
            names.append(self.name())
            self.skip()
        self.at += 1
        value = self.value("\n}") if self.text[self.at - 1] == "=" else self.body(True)
        for name in names[:-1]:
            members = members.setdefault(name, {})
        if names[-1] in members:
            raise ValueError(f"{names} is given twice")
        members[names[-1]] = value

    def value(self, ends):
        """The expression up to one of `ends` outside of all brackets."""
        self.at = re.compile(r"[ \t]*").match(self.text, self.at).end()
        if self.text.startswith("<<", self.at):
            return textwrap.dedent(HEREDOC.match(self.take(HEREDOC) + "\n")[2])
        begin, depth = self.at, 0
        while self.at < len(self.text) and (depth > 0 or not self.peek(ends)):
            if self.peek('"'):
                self.take(STRING)
                continue
            if depth == 0 and (self.peek("#") or self.text.startswith("//", self.at)):
                break
            depth += self.peek("([{") - self.peek(")]}")
            self.at += 1
        return convert(self.text[begin:self.at].strip())


def unquote(text):
    return json.loads(text.replace("\n", "\\n"))


def convert(text):
    if text in KEYWORDS:
        return KEYWORDS[text]
    if NUMBER.match(text):
        return json.loads(text)
    if STRING.fullmatch(text) and "${" not in text:
        return unquote(text)
    if STRING.fullmatch(text):
        return text[1:-1]
    if text.startswith("[") and text.endswith("]") and not text.startswith("[for "):
        return elements(text[1:-1])
    if text.startswith("{") and text.endswith("}") and not text.startswith("{for "):
        return Reader(text[1:-1].replace(",", "\n")).body(False)
    if not text:
        raise ValueError(f"{text[:20]!r} is more than this reader knows")
    return "${" + text + "}"


def elements(text):
    reader, values = Reader(text), []
    while True:
        reader.skip()
        if reader.at == len(text):
            return values
        values.append(reader.value(","))
        reader.at += 1


def to_json(text):
    return Reader(text).body(False)
