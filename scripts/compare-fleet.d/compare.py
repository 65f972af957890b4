# SPDX-License-Identifier: MIT
"""compare.py HONUA DIR SAMPLES VERSIONS INSTANCES SECONDS: measures what instances take that follow a store in Redis, and
what they cost, and says whether what is asked of honua holds. Called by scripts/compare-fleet."""

import contextlib
import gc
import math
import os
import platform
import random
import resource
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[1]
# At the end: modules of these folders have the names of some in this one.
sys.path += [str(SCRIPTS / "compare-watch.d"), str(SCRIPTS / "scenarios.d")]
import configurations  # noqa: E402
import idle  # noqa: E402
from bars import Bars  # noqa: E402
from fleet import Fleet, Follower, Missing, Moments, Server, Store, cost_of  # noqa: E402
from heartbeats import Recorder, Swarm, names_of, record  # noqa: E402
from programs import Reader  # noqa: E402

# Whoever follows waits longer once versions follow each other within a second, until there was none for two. Several
# stores take turns, so that each has a version now and then, as from a person, while samples come quickly.
REST = 2.2
PAUSES = 0.03, 0.06
# What is recommended for a store: a version that is acknowledged is not lost.
DURABLE = ("--appendonly", "yes", "--appendfsync", "always")
FEW, MANY = 8, 50
# Stores that take turns.
FEW_TURNS, MANY_TURNS = 4, 2
MANY_SHARE, LARGE_SHARE, QUICK_SHARE = 2, 8, 4
LARGE_SIZE = 1_000_000
# Seconds: after an instance has begun, until it only says that it lives.
CALM = 6
# Of CPU time, in a second.
TICKS = os.sysconf("SC_CLK_TCK")


def refuse(what):
    sys.exit(f"compare-fleet: {what}")


def p99(values):
    return sorted(values)[math.ceil(0.99 * len(values)) - 1]


def print_row(name, values):
    print(f"| {name} | {len(values)} | {min(values):.2f} | {statistics.median(values):.2f} | {p99(values):.2f} | "
          f"{max(values):.2f} |")


class Stage:
    """The folder and the program, and what is ended with it."""

    def __init__(self, honua, folder, stack):
        self.honua, self.folder, self.stack = honua, folder, stack
        self.reader = Reader()

    def server(self, name, *settings):
        server = Server(self.folder / name, *settings)
        self.stack.callback(server.stop)
        return server


# --- how soon


def measure_publishing(stage, text, turns, followers, samples, rest=REST):
    """What each sample says, of fleets that take turns."""
    with contextlib.ExitStack() as stack:
        server = Server(stage.folder / f"redis-{turns}-{followers}-{samples}-{rest}", *DURABLE)
        stack.callback(server.stop)
        fleets = [stack.enter_context(Fleet(Store(stage.honua, server, f"city{number}", server.folder, text), followers,
                                            server.folder, stage.reader)) for number in range(turns)]
        time.sleep(REST)
        gc.collect()
        gc.disable()
        found = []
        for number in range(samples):
            fleet = fleets[number % turns]
            time.sleep(max(random.uniform(*PAUSES) if rest else 0, fleet.rested + rest - time.monotonic()))
            found.append(fleet.sample())
        gc.enable()
        memory = max(cost.memory for cost in (idle.cost_now(one.processes) for fleet in fleets for one in fleet.followers))
    return found, memory


def print_publishing(name, found):
    """Of each follower, milliseconds."""
    each = [one for _, applied, _ in found for one in applied]
    print_row(f"{name}: line of `redis-cli SUBSCRIBE`", [heard for heard, _, _ in found])
    print_row(f"{name}: `applied` of each", each)
    print_row(f"{name}: `applied` of the last", [max(applied) for _, applied, _ in found])
    print_row(f"{name}: from the start of `honua publish` to the last `applied`", [whole for _, _, whole in found])
    sys.stdout.flush()
    return each


def large_text(stage):
    """A configuration whose snapshot has about so many bytes, and how many it has."""
    server = stage.server("redis-large")

    def size(count):
        text = configurations.Varied(configurations.layers(count))
        store = Store(stage.honua, server, f"layers{count}", server.folder, text)
        pulled = subprocess.run([stage.honua, "pull", "--format", "json", "--store", store.url], check=True,
                                capture_output=True)
        return len(pulled.stdout)

    count = round(200 * LARGE_SIZE / size(200))
    return configurations.Varied(configurations.layers(count)), size(count)


def measure_all_publishing(bars, stage, samples):
    small = configurations.Varied(configurations.SMALL)
    large, size = large_text(stage)
    print("Milliseconds from where the server tells of a version (`PUBLISH` in the script that makes it, by `MONITOR`):\n\n"
          "| to | samples | least | median | p99 | most |\n|---|---:|---:|---:|---:|---:|")
    memories = {}

    def measure(name, *how, **more):
        found, memories[name] = measure_publishing(stage, *how, **more)
        return print_publishing(name, found)

    each = measure(f"{FEW} followers", small, FEW_TURNS, FEW, samples)
    bars.at_most(f"{FEW} followers, p99 of each", p99(each), 100, " ms")
    measure(f"{FEW} followers, versions without a pause", small, 1, FEW, samples // QUICK_SHARE, rest=0)
    measure(f"{MANY} followers", small, MANY_TURNS, MANY, samples // MANY_SHARE)
    measure(f"{FEW} followers, a snapshot of {size / 1e6:.2f} MB", large, FEW_TURNS, FEW, samples // LARGE_SHARE)
    shown = "; ".join(f"{memory:.0f} MiB ({name})" for name, memory in memories.items())
    print(f"\nThe most that a follower has resident: {shown}.\n", flush=True)


# --- many versions


def measure_versions(stage, versions):
    server = stage.server("redis-versions", *DURABLE)
    store = Store(stage.honua, server, "city", server.folder, configurations.Varied(configurations.SMALL))
    empty = int(server.field("memory", "used_memory"))
    began = time.monotonic()
    for _ in range(versions - 1):
        store.publish()
    seconds = time.monotonic() - began
    grown = (int(server.field("memory", "used_memory")) - empty) / versions / 1024
    print(f"{versions:,} versions of {len(configurations.SMALL)} bytes are kept, published within {seconds:.0f} s, "
          f"{1000 * seconds / versions:.1f} ms each; in Redis a version takes {grown:.1f} KiB. Medians of 5:\n\n"
          "| command | s | resident, MiB |\n|---|---:|---:|")
    for words in (["history"], ["history", "--all", "--limit", "1000000", "--format", "json"], ["store", "verify"],
                  ["pull", "1"], ["pull"], ["status", "--instances", "0"], ["store", "gc", "--keep", "50"]):
        # Collecting what was collected is another thing.
        runs = 1 if "gc" in words else 5
        costs = [cost_of([stage.honua, *words, "--store", store.url], server.folder) for _ in range(runs)]
        print(f"| `honua {' '.join(words)}` | {statistics.median(cost[0] for cost in costs):.2f} | "
              f"{max(cost[1] for cost in costs):.1f} |")
    print(flush=True)


# --- many instances


def record_one(stage, server, store, seconds):
    """What an instance of that store sends while nothing happens."""
    recorder = Recorder(server.port)
    moments = Moments()
    follower = Follower("recorded", stage.honua, store.url.replace(f":{server.port}?", f":{recorder.port}?"), server.folder,
                        stage.reader, moments)
    try:
        moments.wait([follower.name], store.version)
        time.sleep(CALM)
        return record(recorder, seconds)
    finally:
        follower.ask_to_end()
        follower.wait_for_end()
        recorder.stop()


def commands_of(server):
    return int(server.field("stats", "total_commands_processed"))


def share_of(server, seconds):
    """Of a core, in per cent, and commands in a second."""
    before, commands = idle.cost_now(server.processes), commands_of(server)
    time.sleep(seconds)
    used = idle.cost_now(server.processes) - before
    return 100 * used.ticks / TICKS / seconds, (commands_of(server) - commands) / seconds


def measure_heartbeats(bars, stage, instances, seconds):
    needed = 3 * instances + 200
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard < needed:
        refuse(f"{needed} files have to be open, and {hard} may be")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(f"What {instances:,} instances cost `redis-server` in {seconds} s, each with connections of its own; what an "
          "instance sends was recorded:\n\n"
          "| | share of a core, % | commands in a second | microseconds for each piece that is sent |\n|---|---:|---:|---:|")
    for name, settings in (("", ()), (", `appendfsync always`", DURABLE)):
        server = stage.server(f"redis-instances{len(settings)}", *settings)
        store = Store(stage.honua, server, "city", server.folder, configurations.Varied(configurations.SMALL))
        # How often an instance says something depends on how many there are.
        server.ask(["SADD", "{city}:instances", *names_of(instances)])
        recording = record_one(stage, server, store, seconds)
        with Swarm(recording, instances, server.port) as swarm:
            time.sleep(1)
            silent, commands = share_of(server, seconds)
            print(f"| connections, on which nobody says anything{name} | {silent:.2f} | {commands:.0f} | |")
            swarm.begin()
            time.sleep(3)
            share, commands = share_of(server, seconds)
            each = (share - silent) / 100 * 1e6 / (recording.rate() * instances)
            print(f"| heartbeats{name} | {share:.2f} | {commands:.0f} | {each:.0f} |", flush=True)
            # A simulated instance says nothing new for as long as the recording lasts.
            status, memory = cost_of([stage.honua, "status", "--instances", instances, "--store", store.url], server.folder)
            if swarm.is_cut or swarm.latest > 1:
                refuse(f"the simulated instances do not keep up, or were cut off: {swarm.latest:.2f} s late")
        if not settings:
            bars.at_most(f"heartbeats of {instances:,} instances, share of a core", share, 1, " %")
            told = recording, status, memory
    recording, status, memory = told
    shown = ", ".join(f"{rate:.2f} `{name}`" for name, rate in sorted(recording.commands().items()))
    print(f"\nAn instance sends {shown} in a second, in {recording.rate():.2f} pieces. `honua status` of all takes "
          f"{status:.1f} s and {memory:.0f} MiB.\n", flush=True)


def version_of(package):
    return subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], check=True, capture_output=True,
                          text=True).stdout


def measure_all(bars, honua, folder, samples, versions, instances, seconds):
    print(f"{platform.machine()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.2f}; redis-server "
          f"{version_of('redis-server')}, on loopback, with `appendfsync always` but for the heartbeats\n")
    with contextlib.ExitStack() as stack:
        stage = Stage(honua, folder, stack)
        measure_all_publishing(bars, stage, samples)
        measure_versions(stage, versions)
        measure_heartbeats(bars, stage, instances, seconds)


def main():
    if len(sys.argv) != 7:
        sys.exit(f"usage: {sys.argv[0]} HONUA DIR SAMPLES VERSIONS INSTANCES SECONDS")
    # What was started is ended, whoever ends this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    bars = Bars()
    try:
        measure_all(bars, sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
    except Missing as missed:
        refuse(str(missed))
    print("\n".join(bars.lines))
    if bars.broken:
        refuse("not held: " + "; ".join(bars.broken))


if __name__ == "__main__":
    main()
