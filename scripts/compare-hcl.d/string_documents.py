# SPDX-License-Identifier: MIT
"""The strings, templates and heredocs of documents.py's documents."""

MARKERS = ["EOT", "EOT", "X", "E-1", "_e", "é"]
WORDS = ["x", "hello", " ", "  ", "wörld", "e\u0301", "日本", "👩\u200d👩\u200d👧", "\u2003", "#", "//", "/* */", "'", "$", "%",
         "$$", "%%", "100%", "{", "}", "~", "<<EOT", "-", "a-b", "1", "$x", "%y", "$$$", ",", "=", "\t", "\u00a0", "🇩🇪", "ß"]
ESCAPES = ["\\n", "\\t", "\\r", "\\\"", "\\\\", "\\u00e9", "\\u0065\\u0301", "\\U0001F600", "$${", "%%{", "\\u0020"]
TYPES = ["number", "string", "bool", "tuple", "object", "null"]


class StringWriter:
    """The part of the Generator that writes them."""

    def make_string(self, depth, free):
        dice = self.random.random()
        if dice < 0.2:
            self.reference(free)
        elif dice < 0.28 and self.budget > -4:
            self.heredoc(depth, free)
        elif dice < 0.42 and depth > 0:
            self.string_call(depth, free)
        else:
            self.put('"')
            self.parts(depth)
            self.put('"')

    def string_call(self, depth, free):
        name, kinds = self.pick([
            ("upper", ["string"]), ("lower", ["string"]), ("trimspace", ["string"]), ("jsonencode", [self.pick(TYPES)]),
            ("replace", ["string", "string", "string"]), ("env", None), ("join", None), ("format", None), ("substr", None)])
        if kinds is not None:
            return self.call(name, kinds, depth, free)
        if name == "env":
            self.put("env", "(", '"', "HCLCASE_X", '"', ")")
        elif name == "join":
            self.put("join", "(", '"', "-", '"', ", ", "[")
            self.typed("string", depth - 1, True)
            self.put(", ")
            self.typed("number", depth - 1, True)
            self.put("]", self.pick(["", "..."]) if self.chance(0.05) else "", ")")
        elif name == "format":
            self.put("format", "(", '"', self.pick(["%s", "<%s>", "%d", "%v", "%q", "%5s", "%05d", "%%", "%#v"]), '"', ", ")
            self.typed(self.pick(["number", "string", "number"]), depth - 1, True)
            self.put(")")
        else:
            self.put("substr", "(")
            self.typed("string", depth - 1, True)
            self.put(", ", *self.pick([("0", ", ", "2"), ("0", ", ", "0"), ("1", ", ", "-1"), ("1", ", ", "1"), ("-1", ", ", "1")]), ")")

    def parts(self, depth):
        for _ in range(self.pick([0, 1, 1, 2, 3])):
            dice = self.random.random()
            if dice < 0.6 or depth <= 0:
                self.literal_parts(False)
            elif dice < 0.85:
                self.interpolation(depth)
            else:
                self.directive(depth, lambda: self.literal_parts(False))

    def literal_parts(self, heredoc):
        for _ in range(self.number_from(1, 2)):
            if self.chance(0.2):
                self.put(self.pick(ESCAPES))
            else:
                word = self.pick(WORDS)
                self.put(word)

    def interpolation(self, depth):
        self.put(self.pick(["${", "${", "${~"]))
        self.tight(True)
        self.typed(self.pick(["number", "string", "string", "bool"]), depth - 1, True)
        self.tight(True)
        self.put(self.pick(["}", "}", "~}"]))

    def marker(self, *words):
        self.put(self.pick(["%{", "%{ ", "%{~ ", "%{~"]), *words)

    def marker_end(self):
        self.put(self.pick(["}", " }", " ~}", "~}"]))

    def directive(self, depth, content):
        if self.chance(0.5):
            self.marker("if", " ")
            self.typed("bool", depth - 1, True)
            self.marker_end()
            content()
            if self.chance(0.5):
                self.marker("else")
                self.marker_end()
                content()
            self.marker("endif")
            self.marker_end()
            return
        self.marker("for", " ")
        names = self.for_source(depth)
        self.marker_end()
        self.scope += names
        content()
        self.put("${", names[-1][0], "}")
        del self.scope[-len(names):]
        self.marker("endfor")
        self.marker_end()

    def heredoc(self, depth, free):
        marker = self.pick(MARKERS)
        self.put("<<", self.pick(["", "-"]), marker, self.newline)
        indent = self.pick(["", "  ", "    ", "\t"])
        for _ in range(self.number_from(0, 4)):
            self.put(self.pick([indent, indent, indent, indent + "  ", "", " ", "\u2003"]))
            dice = self.random.random()
            if dice < 0.1:
                pass  # a line of blanks
            elif dice < 0.15:
                self.put(marker, self.pick([" x", "x", ",", ")"]))
            elif dice < 0.65 or depth <= 0:
                self.heredoc_text()
            elif dice < 0.85:
                self.put(self.pick(["", "x", "  "]))
                self.interpolation(depth)
                self.put(self.pick(["", "  ", "y"]))
            else:
                self.directive(depth, lambda: self.put(self.pick(["x", " ", self.newline, self.newline + "  y" + self.newline])))
            self.put(self.newline)
        self.put(self.pick([indent, indent, "", "      "]), marker, self.pick(["", "", "", " ", "\t"]))
        if free:
            self.put(self.newline)

    def heredoc_text(self):
        self.literal_parts(True)
        if self.chance(0.1):
            self.put(self.pick(['"q"', "\\d", "\\n", "\\"]))
