# SPDX-License-Identifier: MIT
"""Writes random documents of HCL's JSON syntax, with documents.py's choices."""


def json_document(generator):
    """A document of the JSON form, as a list of pieces."""
    return JsonWriter(generator).document()


class JsonWriter:
    STRINGS = ["x", "", "a b", "é", "e\u0301", "日本", "👩\u200d👩\u200d👧", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00",
               "${1 + 2}", "${data_source.db}", "${[1, 2]}", "$${x}", "%{ if true }y%{ endif }", "a ${upper(\\\"b\\\")} c", "${x",
               "$", "%", "${1 +}", "%{ for v in [1, 2] ~} ${v} %{ endfor }", "\\t${true}", "${ {a = 1} }", "${env(\\\"HCLCASE_X\\\")}"]
    KEYS = ["a", "b", "c", "layer", "é", "x y", "", "a-b", "${1}", "//", "k${2}"]
    NUMBERS = ["0", "1", "-1", "1.5", "-0", "1e3", "1E-2", "12345678901234567890.5", "0.1"]

    def __init__(self, generator):
        self.g = generator

    def document(self):
        g = self.g
        g.out = []
        g.newline = "\n"
        if g.chance(0.1):
            g.put("[")
            for position in range(g.number_from(0, 2)):
                g.put("," if position else "")
                self.object(2, True)
            g.put("]")
        else:
            self.object(3, True)
        self.blank()
        return g.out

    def blank(self):
        g = self.g
        if g.chance(0.3):
            g.put(g.pick([" ", "\n", "  ", "\t", "\r\n", "\n  "]))

    def string(self, text):
        self.g.put('"', text, '"')

    def object(self, depth, root=False):
        g = self.g
        g.put("{")
        self.blank()
        used = set()
        for position in range(g.number_from(0, 3)):
            key = g.pick(self.KEYS)
            if root and key in used and not g.chance(0.1):
                key = f"{key}{len(used)}"
            if position:
                g.put(",")
                self.blank()
            used.add(key)
            self.string(key)
            self.blank()
            g.put(":")
            self.blank()
            self.value(depth - 1)
            self.blank()
        g.put("}")

    def value(self, depth):
        g = self.g
        dice = g.random.random()
        if dice < 0.45 or depth <= 0:
            self.string("".join(g.pick(self.STRINGS) for _ in range(g.pick([1, 1, 2]))))
        elif dice < 0.6:
            g.put(g.pick(self.NUMBERS))
        elif dice < 0.7:
            g.put(g.pick(["true", "false", "null"]))
        elif dice < 0.85:
            self.object(depth)
        else:
            g.put("[")
            for position in range(g.number_from(0, 3)):
                g.put("," if position else "")
                self.blank()
                self.value(depth - 1)
            g.put("]")
