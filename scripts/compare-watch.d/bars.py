# SPDX-License-Identifier: MIT
"""What is asked of what was measured."""


class Bars:
    def __init__(self):
        self.broken = []
        self.lines = []

    def check(self, what, value, limit, holds):
        self.lines.append(f"{'held    ' if holds else 'NOT HELD'}  {what}: {value} ({limit})")
        if not holds:
            self.broken.append(what)

    def at_most(self, what, value, limit, unit=""):
        shown = f"{value:.2f}" if isinstance(value, float) else str(value)
        self.check(what, f"{shown}{unit}", f"at most {limit}{unit}", value <= limit)

    def at_least(self, what, value, limit, unit=""):
        self.check(what, f"{value:.2f}{unit}", f"at least {limit}{unit}", value >= limit)
