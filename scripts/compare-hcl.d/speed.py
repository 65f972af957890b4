# SPDX-License-Identifier: MIT
"""Measures both parsers in one run, in turns, on configurations of growing size."""

import json
import os
import platform
import statistics
import subprocess
import tempfile

import generate_config
from programs import beside

LAYERS = [10, 100, 1000, 10000, 100000]


def in_process(program, path, runs):
    result = subprocess.run([program, "bench", path, str(runs)], capture_output=True, check=True)
    return json.loads(result.stdout)


def as_process(measure, command):
    """(wall, CPU, peak KiB) of one run."""
    fields = subprocess.run([measure, *command], capture_output=True, check=True, text=True).stdout.split()
    wall, user, system, peak, status = (float(field) for field in fields)
    if status != 0:
        raise SystemExit(f"compare-hcl: `{' '.join(command)}` ended with status {int(status)}")
    return wall, user + system, peak


def runs_for(size):
    """Enough for a median, few enough to wait for."""
    return 25 if size < 2_000_000 else 9 if size < 20_000_000 else 5


def spread(samples, scale=1.0, digits=3):
    """median (least-greatest)"""
    return f"{statistics.median(samples) * scale:.{digits}f} ({min(samples) * scale:.{digits}f}-{max(samples) * scale:.{digits}f})"


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---:|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def measure_size(build, path):
    size = os.path.getsize(path)
    runs = runs_for(size)
    oracle, probe, honua = beside(build, "hcloracle"), beside(build, "hcl_probe"), beside(build, "honua")
    commands = {"reference": [oracle, "check", path], "syntax": [honua, "validate", "--syntax-only", path],
                "validate": [honua, "validate", path]}
    inside = {"reference": [], "ours": []}
    outside = {name: [] for name in commands}
    for _ in range(runs):  # in turns, so that a busy machine disturbs all alike
        inside["reference"] += in_process(oracle, path, 1 if size > 2_000_000 else 3)
        inside["ours"] += in_process(probe, path, 3)
        for name, command in commands.items():
            outside[name].append(as_process(beside(build, "measure"), command))
    return size, inside, outside


STARTS = 41
TEN_LINES = """data_source "survey" {
  provider     = "postgresql"
  connection   = env("SURVEY")
  health_check = "SELECT 1"
}

service "api" {
  type = "ogc_api"
}
# the tenth line
"""


def startup_rows(build, folder):
    """What it costs to start, in CPU time over that of a program that does nothing."""
    path = os.path.join(folder, "ten-lines.honua.hcl")
    with open(path, "w", encoding="utf-8") as file:
        file.write(TEN_LINES)
    honua = beside(build, "honua")
    commands = {"`/bin/true`": ["/bin/true"], "`honua --version`": [honua, "--version"],
                "`honua validate` of 10 lines": [honua, "validate", path]}
    samples = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, command in commands.items():
            samples[name].append(as_process(beside(build, "measure"), command)[1])
    nothing = statistics.median(samples["`/bin/true`"])
    return [[name, spread(times, 1e3, 2), f"{(statistics.median(times) - nothing) * 1e3:.2f}"] for name, times in samples.items()]


def main(build, layers):
    inside_rows, outside_rows = [], []
    with tempfile.TemporaryDirectory() as folder:
        starts = startup_rows(build, folder)
        for count in layers:
            path = os.path.join(folder, f"city-{count}.honua.hcl")
            with open(path, "w", encoding="utf-8") as file:
                generate_config.write(count, file)
            size, inside, outside = measure_size(build, path)
            inside_rows.append(inside_row(count, size, inside))
            outside_rows += outside_rows_of(count, outside)
    print(f"Machine: {platform.machine()}, {os.cpu_count()} CPUs. Median (least-greatest) of alternating runs.\n")
    print("Parsing, in process:\n")
    table(["layers", "bytes", "reference, ms", "honua, ms", "honua, MB/s (best)", "faster, median", "faster, best"], inside_rows)
    print("Whole process; `reference` only parses, as `--syntax-only` does:\n")
    table(["layers", "command", "wall, ms", "CPU, ms", "peak, MiB", "wall, x faster", "CPU, x less", "peak, x less"], outside_rows)
    print("Start-up:\n")
    table(["command", "CPU, ms", "more than `/bin/true`, ms"], starts)
    return 0


def inside_row(count, size, inside):
    theirs, mine = inside["reference"], inside["ours"]
    return [f"{count:,}", f"{size:,}", spread(theirs, 1e3), spread(mine, 1e3), f"{size / 1e6 / min(mine):.0f}",
            f"{statistics.median(theirs) / statistics.median(mine):.0f}", f"{min(theirs) / min(mine):.0f}"]


def outside_rows_of(count, outside):
    names = {"reference": "reference", "syntax": "`honua validate --syntax-only`", "validate": "`honua validate`"}
    base = [statistics.median(sample[at] for sample in outside["reference"]) for at in range(3)]
    rows = []
    for key, samples in outside.items():
        walls, cpus, peaks = ([sample[at] for sample in samples] for at in range(3))
        ratios = [base[at] / max(statistics.median(values), 1e-9) for at, values in enumerate((walls, cpus, peaks))]
        rows.append([f"{count:,}", names[key], spread(walls, 1e3, 1), spread(cpus, 1e3, 1), spread(peaks, 1 / 1024, 1),
                     *(f"{ratio:.1f}" for ratio in ratios)])
    return rows
