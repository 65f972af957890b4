# SPDX-License-Identifier: MIT
"""Writes random HCL documents: mostly valid, of every form the language has.

Expressions are made for a wanted type, so that most of them have a value; now
and then a type is wrong on purpose. A document is a list of pieces (tokens and
the blanks between them), which is what mutate.py works on."""

import random

from string_documents import ESCAPES, WORDS, StringWriter

NAMES = ["a", "b", "c", "x", "y1", "foo", "_u", "a-b", "srid", "é", "名前", "for", "if", "null", "true", "in", "endif",
         "data_source", "db", "service", "layer", "z-"]
PLAIN_NAMES = ["a", "b", "c", "x", "y1", "foo", "_u", "a-b", "srid", "é", "名前", "data_source", "db", "service", "layer"]
NUMBERS = ["0", "1", "2", "3", "7", "10", "42", "4326", "1.5", "0.1", "0.2", "0.3", "1e3", "1E+3", "1.5e-3", "007", "0.10",
           "12345678901234567890", "3.14159265358979323846264338327950288", "1e30", "2.50", "9007199254740993"]
COMPARISONS = ["<", "<=", ">", ">="]
TYPES = ["number", "string", "bool", "tuple", "object", "null"]


class Generator(StringWriter):
    """Documents from one seed, each different, the same on every machine."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.out = []
        self.scope = []  # (name, type) of the `for` variables in reach
        self.budget = 0  # expressions still to be made before only short ones come
        self.newline = "\n"
        self.indent = ""   # of the line that the innermost open bracket is on
        self.tidy = True   # whether lines inside brackets are indented deeper

    # --- choices

    def chance(self, share):
        return self.random.random() < share

    def pick(self, options):
        return options[int(self.random.random() * len(options))]

    def number_from(self, low, high):
        return low + int(self.random.random() * (high - low + 1))

    # --- pieces between tokens

    def put(self, *pieces):
        self.out.extend(pieces)

    def blank(self, free=False):
        """Optional blanks; with `free`, newlines are blanks too."""
        dice = self.random.random()
        if dice < 0.70:
            self.put(" ")
        elif dice < 0.80:
            return
        elif dice < 0.86:
            self.put("  ")
        elif dice < 0.88:
            self.put("\t")
        elif dice < 0.91:
            self.put("/* c */")
        elif dice < 0.92:
            self.put(" /* two", self.newline, self.inner() + " lines é */ ")
        elif free and dice < 0.97:
            self.put(self.newline, self.inner())
        elif free:
            self.put(" # note", self.newline, self.inner())
        else:
            self.put(" ")

    def inner(self):
        """The indentation of a further line of the current expression."""
        return self.indent + "  " if self.tidy else self.pick(["", " "])

    def tight(self, free=False):
        """Where a blank is unusual."""
        if self.chance(0.04):
            self.blank(free)

    # --- structure

    def document(self):
        self.out = []
        self.scope = []
        self.budget = self.number_from(1, 14)
        self.newline = "\r\n" if self.chance(0.08) else "\n"
        self.tidy = self.chance(0.85)
        if self.chance(0.02):
            self.put("\ufeff")
        self.body("", self.number_from(1, 4))
        if self.chance(0.06) and self.out and self.out[-1] == self.newline:
            self.out.pop()
        return self.out

    def body(self, indent, count):
        used = set()
        for _ in range(count):
            if self.chance(0.08):
                self.put(self.pick([self.newline, "# comment" + self.newline, "// é" + self.newline,
                                    "/* block */" + self.newline, "/* two" + self.newline + "lines */" + self.newline]))
            self.put(indent)
            self.indent = indent
            if self.chance(0.68):
                self.attribute(used)
            else:
                self.block(indent)
            self.end_of_line()

    def end_of_line(self):
        dice = self.random.random()
        if dice < 0.06:
            self.put(" # tail", self.newline)
        elif dice < 0.09:
            self.put("// tail", self.newline)
        elif dice < 0.11:
            self.put(" /* tail */ ", self.newline)
        else:
            self.put(self.newline)

    def attribute(self, used):
        name = self.pick(NAMES)
        if self.chance(0.6):
            name += str(self.number_from(0, 99))
        if name in used and not self.chance(0.1):
            name = f"{name}_{len(used)}"
        used.add(name)
        self.put(name)
        self.blank()
        self.put("=")
        self.blank()
        self.any(2, False)

    def block(self, indent):
        self.put(self.pick(NAMES))
        for _ in range(self.pick([0, 1, 1, 2])):
            self.put(" ")
            self.label()
        self.put(self.pick([" ", " ", " ", "", "\t", " /* c */ "]), "{")
        dice = self.random.random()
        if dice < 0.2:
            self.put(self.pick(["", " ", "/**/"]), "}")
        elif dice < 0.4:
            self.put(" ")
            self.attribute(set())
            self.put(" ", "}")
        else:
            self.put(self.pick(["", "", "", " # c", " /* c */", "// c"]), self.newline)
            self.body(indent + self.pick(["  ", "  ", "\t"]), self.number_from(0, 3))
            self.indent = indent
            self.put(indent, "}")

    def label(self):
        if self.chance(0.3):
            self.put(self.pick(NAMES))
            return
        self.put('"')
        for _ in range(self.number_from(0, 2)):
            word = self.pick(ESCAPES if self.chance(0.2) else WORDS)
            self.put(word + " " if word[-1] in "$%" else word)
        self.put('"')

    # --- expressions: `depth` is how much deeper they may go, `free` whether
    # newlines are blanks here

    def any(self, depth, free):
        self.typed(self.pick(TYPES), depth, free)

    def typed(self, kind, depth, free):
        self.budget -= 1
        if self.chance(0.03):
            kind = self.pick(TYPES)
        if depth > 0 and self.budget > 0:
            dice = self.random.random()
            if dice < 0.06:
                return self.parentheses(kind, depth, free)
            if dice < 0.12:
                return self.conditional(kind, depth, free)
            if dice < 0.18:
                return self.access(kind, depth, free)
            if dice < 0.20:
                return self.call("coalesce", [kind], depth, free)
            if dice < 0.22:
                return self.call(self.pick(["try"]), [kind, kind], depth, free)
            if dice < 0.24:
                return self.wrapped(kind, depth)
        if self.scope and self.chance(0.35):
            fitting = [name for name, bound in self.scope if bound == kind]
            if fitting:
                return self.put(self.pick(fitting))
        getattr(self, "make_" + kind)(depth if self.budget > 0 else 0, free)

    def parentheses(self, kind, depth, free):
        self.put("(")
        self.tight(True)
        self.typed(kind, depth - 1, True)
        self.tight(True)
        self.put(")")

    def conditional(self, kind, depth, free):
        self.make_bool(depth - 1, free)
        self.blank(free)
        self.put("?")
        self.blank(free)
        self.typed(kind, depth - 1, free)
        self.put(" ", ":")
        self.blank(free)
        self.typed(kind, depth - 1, free)

    def wrapped(self, kind, depth):
        """A string that is only an interpolation has the value's own type."""
        self.put('"', self.pick(["${", "${", "${~"]))
        self.blank(True)
        self.typed(kind, depth - 1, True)
        self.put(" ", self.pick(["}", "}", "~}"]), '"')

    def access(self, kind, depth, free):
        dice = self.random.random()
        if dice < 0.3:  # an object's attribute
            name = self.pick(PLAIN_NAMES)
            self.put("{")
            self.blank()
            self.put(name)
            self.blank()
            self.put("=")
            self.blank()
            self.typed(kind, depth - 1, False)
            self.put(" ", "}")
            self.tight(free)
            if self.chance(0.6):
                self.put(".")
                self.tight(free)
                self.put(name)
            else:
                self.put("[")
                self.tight(True)
                self.put('"', name, '"')
                self.tight(True)
                self.put("]")
            return
        self.put("[")
        self.typed(kind, depth - 1, True)
        self.put(self.pick(["", ",", " "]), "]")
        self.tight(free)
        self.put(*self.pick([("[", "0", "]"), ("[", "0", "]"), (".", "0"), ("[", '"', "0", '"', "]"), ("[", " ", "1", "-", "1", "]"),
                             ("[", "(", "0", ")", "]"), (".", " ", "0")]))

    def call(self, name, kinds, depth, free):
        self.put(name)
        self.tight()
        self.put("(")
        self.tight(True)
        for position, kind in enumerate(kinds):
            if position:
                self.put(",")
                self.blank(True)
            self.typed(kind, depth - 1, True)
            self.tight(True)
        if kinds and self.chance(0.05):
            self.put(",")
        self.put(")")

    def make_null(self, depth, free):
        if self.chance(0.5):
            self.put("null")
        else:
            self.reference(free)

    def reference(self, free):
        """A name that nothing binds, with steps: its value is its text."""
        self.put(self.pick(PLAIN_NAMES))
        for _ in range(self.pick([0, 1, 1, 2])):
            dice = self.random.random()
            if dice < 0.80:
                self.tight(free)
                self.put(".")
                self.tight(free)
                self.put(self.pick(NAMES))
            elif dice < 0.87:
                self.put("[", self.pick(["0", "1"]), "]")
            elif dice < 0.94:
                self.put("[", '"', "k", '"', "]")
            else:
                self.put(".", "0")

    def make_number(self, depth, free):
        dice = self.random.random()
        if depth <= 0 or dice < 0.5:
            self.put(self.pick(NUMBERS))
        elif dice < 0.75:
            self.typed("number", depth - 1, free)
            for _ in range(self.number_from(1, 2)):
                self.blank(free)
                self.put(self.pick(["+", "-", "*", "/", "%", "+", "-", "*"]))
                self.blank(free)
                self.typed("number", depth - 1, free)
        elif dice < 0.83:
            self.put("-")
            self.tight(free)
            self.typed("number", depth - 1, free)
        elif dice < 0.9:
            self.call("length", [self.pick(["tuple", "object"])], depth, free)
        else:
            self.call(self.pick(["max", "min"]), ["number"] * self.number_from(1, 3), depth, free)

    def make_bool(self, depth, free):
        dice = self.random.random()
        if depth <= 0 or dice < 0.4:
            self.put(self.pick(["true", "false"]))
        elif dice < 0.55:
            self.typed("bool", depth - 1, free)
            self.blank(free)
            self.put(self.pick(["&&", "||"]))
            self.blank(free)
            self.typed("bool", depth - 1, free)
        elif dice < 0.7:
            kind = self.pick(TYPES)
            self.typed(kind, depth - 1, free)
            self.blank(free)
            self.put(self.pick(["==", "!="]))
            self.blank(free)
            self.typed(kind, depth - 1, free)
        elif dice < 0.85:
            self.typed("number", depth - 1, free)
            self.blank(free)
            self.put(self.pick(COMPARISONS))
            self.blank(free)
            self.typed("number", depth - 1, free)
        else:
            self.put("!")
            self.tight(free)
            self.typed("bool", depth - 1, free)

    def make_tuple(self, depth, free):
        dice = self.random.random()
        if depth > 0 and dice < 0.2:
            return self.for_tuple(depth)
        if depth > 0 and dice < 0.3:
            return self.splat(depth, free)
        if depth > 0 and dice < 0.36:
            return self.call(*self.pick([("concat", ["tuple", "tuple"]), ("keys", ["object"]), ("values", ["object"])]), depth, free)
        self.put("[")
        self.blank_inside()
        kind = self.pick(TYPES)
        count = self.pick([0, 1, 2, 2, 3])
        for position in range(count):
            if self.chance(0.2):
                kind = self.pick(TYPES)
            self.typed(kind, depth - 1, True)
            if position + 1 < count or self.chance(0.15):
                self.put(",")
                self.blank(True)
        self.blank_inside()
        self.put("]")

    def blank_inside(self):
        if self.chance(0.15):
            self.blank(True)

    def for_variables(self, key_kind, value_kind):
        """`k, v` or `v`; returns how many names came into scope."""
        value = self.pick(["v", "w", "item", "é"])
        if self.chance(0.5):
            key = self.pick(["k", "i"])
            self.put(key)
            self.tight(True)
            self.put(",")
            self.blank(True)
            self.put(value)
            return [(key, key_kind), (value, value_kind)]
        self.put(value)
        return [(value, value_kind)]

    def for_source(self, depth):
        """The collection, behind the variables."""
        names = self.for_variables("number", self.pick(TYPES))
        kind = names[-1][1]
        self.put(" ", "in", " ")
        self.put("[")
        for position in range(self.number_from(0, 3)):
            if position:
                self.put(",")
                self.blank(True)
            self.typed(kind, depth - 1, True)
        self.put("]")
        return names

    def for_tuple(self, depth):
        self.put("[")
        self.blank_inside()
        self.put("for", " ")
        if self.chance(0.3):
            names = self.for_variables("string", "number")
            self.put(" ", "in", " ")
            self.make_object(depth - 1, True)
        else:
            names = self.for_source(depth)
        self.tight(True)
        self.put(":")
        self.blank(True)
        self.scope += names
        self.any(depth - 1, True)
        self.for_condition(depth)
        del self.scope[-len(names):]
        self.blank_inside()
        self.put("]")

    def for_condition(self, depth):
        if self.chance(0.25):
            self.put(" ", "if", " ")
            self.typed("bool", depth - 1, True)

    def for_object(self, depth):
        self.put("{")
        self.blank_inside()
        self.put("for", " ")
        names = self.for_source(depth)
        self.tight(True)
        self.put(":")
        self.blank(True)
        self.scope += names
        if len(names) == 2 and self.chance(0.5):
            self.put(names[0][0])
        else:
            self.typed("string", depth - 1, True)
        self.blank(True)
        self.put("=>")
        self.blank(True)
        self.any(depth - 1, True)
        if self.chance(0.4):
            self.tight(True)
            self.put("...")
        self.for_condition(depth)
        del self.scope[-len(names):]
        self.blank_inside()
        self.put("}")

    def splat(self, depth, free):
        name = self.pick(PLAIN_NAMES)
        if self.chance(0.15):
            self.typed(self.pick(["null", "string", "number"]), 0, free)
            self.put(*self.pick([("[", "*", "]"), (".", "*")]))
            return
        self.put("[")
        for position in range(self.number_from(0, 2)):
            if position:
                self.put(", ")
            self.put("{", name, " = ")
            self.any(depth - 1, False)
            self.put("}")
        self.put("]")
        if self.chance(0.5):
            self.put("[", "*", "]")
        else:
            self.put(".", "*")
        if self.chance(0.8):
            self.tight(free)
            self.put(".", name)
        if self.chance(0.1):
            self.put("[", "0", "]")

    def make_object(self, depth, free):
        dice = self.random.random()
        if depth > 0 and dice < 0.15:
            return self.for_object(depth)
        if depth > 0 and dice < 0.2:
            return self.call("merge", ["object", "object"], depth, free)
        self.put("{")
        count = self.pick([0, 1, 2, 2, 3])
        lines = self.chance(0.4)
        outside, inside = self.indent, self.inner()
        if lines:
            self.put(self.newline)
            self.indent = inside
        self.tight()
        for position in range(count):
            if lines:
                self.put(inside)
            self.object_item(depth)
            if lines:
                self.put(self.pick(["", "", ",", " # c", ", // c"]), self.newline)
            elif position + 1 < count:
                self.put(",")
                self.blank()
        if count and not lines and self.chance(0.1):
            self.put(",")
        self.indent = outside
        if lines:
            self.put(outside if self.tidy else "")
        self.tight()
        self.put("}")

    def object_item(self, depth):
        dice = self.random.random()
        if dice < 0.55:
            self.put(self.pick(PLAIN_NAMES + ["if", "null", "true", "in"]))
        elif dice < 0.7:
            self.put('"')
            self.literal_parts(False)
            self.put('"')
        elif dice < 0.8:
            self.put("(")
            self.typed(self.pick(["string", "string", "number"]), depth - 1, True)
            self.put(")")
        elif dice < 0.87:
            self.put(self.pick(NUMBERS))
        elif dice < 0.9:
            self.reference(False)
        else:
            self.typed("string", min(depth - 1, 0), False)
        self.blank()
        self.put("=" if self.chance(0.8) else ":")
        self.blank()
        self.typed(self.pick(TYPES), depth - 1, False)
