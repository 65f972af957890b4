# SPDX-License-Identifier: MIT
"""What processes cost while nothing happens, as the kernel counts it."""

import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Cost:
    """Of a program's processes together."""

    switches: int = 0  # context switches: how often any thread woke up, or was interrupted
    ticks: int = 0  # CPU time; 100 are a second
    memory: float = 0.0  # resident, MiB

    def __sub__(self, before):
        return Cost(self.switches - before.switches, self.ticks - before.ticks, self.memory)


def field(text, name):
    return int(text.split(f"\n{name}:", 1)[1].split(None, 1)[0])


def cost_now(processes):
    cost = Cost()
    for process in processes:
        folder = Path("/proc", str(process))
        for thread in (folder / "task").iterdir():
            status = (thread / "status").read_text()
            cost.switches += field(status, "voluntary_ctxt_switches") + field(status, "nonvoluntary_ctxt_switches")
        # The program's name may have spaces.
        numbers = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        cost.ticks += int(numbers[11]) + int(numbers[12])
        cost.memory += field((folder / "status").read_text(), "VmRSS") / 1024
    return cost


def costs(programs, seconds):
    """Of each of the programs, in the same time."""
    before = [cost_now(one.processes) for one in programs]
    time.sleep(seconds)
    return [cost_now(one.processes) - cost for one, cost in zip(programs, before)]
