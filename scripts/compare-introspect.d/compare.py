# SPDX-License-Identifier: MIT
"""compare.py HONUA DIR RUNS: measures `honua introspect` and others on the servers whose addresses are in DIR, in turns,
and says whether what is asked of honua holds. Called by scripts/compare-introspect."""

import os
import platform
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "compare-watch.d"))
import databases  # noqa: E402
from bars import Bars  # noqa: E402
from turns import count_turns  # noqa: E402

HERE = Path(__file__).resolve().parent
# What takes longer than so many seconds runs three times only.
SLOW, SLOW_RUNS = 10, 3
HONUA, PSQL, PG_DUMP, OGRINFO = "honua introspect", "psql, one statement", "pg_dump --schema-only", "ogrinfo -so -al"
SCHEMA, MYSQLDUMP = "sqlite3 .schema", "mysqldump --no-data"


def refuse(what):
    sys.exit(f"compare-introspect: {what}")


@dataclass
class Database:
    name: str
    tables: int
    commands: dict  # of each that is compared, by its name

    def measure(self, folder, runs):
        """Seconds, CPU seconds and MiB of each: in turns, so that a busy machine disturbs all alike."""
        peaks = {name: first_run(name, command, folder, self.tables) for name, command in self.commands.items()}
        results = {name: [] for name in self.commands}
        for number in range(runs):
            for name, command in self.commands.items():
                if number < SLOW_RUNS or results[name][0][0] < SLOW:
                    results[name].append(timed(command, folder))
        return {name: [*map(statistics.median, zip(*rows)), peaks[name]] for name, rows in results.items()}


def first_run(name, command, folder, tables):
    """MiB at most. Nobody's answer may be less than all of the database."""
    run = subprocess.run(["time", "-q", "-f", "%M", "-o", folder / "peak", *command], cwd=folder, check=False,
                         capture_output=True, text=True)
    if run.returncode != 0:
        refuse(f"{' '.join(command)}: exit status {run.returncode}\n{run.stderr[-2000:]}")
    found = len(set(re.findall(r"layer_\d{5}\b", run.stdout)))
    if found != tables:
        refuse(f"{name}: {found} tables of {tables}")
    return int((folder / "peak").read_text()) / 1024


def timed(command, folder):
    with (folder / "out").open("wb") as out:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        refuse(f"{' '.join(command)}: exit status {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime


def feed(command, statements):
    """A server's own client with many statements."""
    run = subprocess.run(command, input="\n".join(statements), stdout=subprocess.DEVNULL, check=False, text=True)
    if run.returncode != 0:
        refuse(f"{' '.join(command)}: exit status {run.returncode}")


class Postgresql:
    def __init__(self, folder, honua):
        self.address = dict(word.split("=") for word in (folder / "postgresql.env").read_text().split("\n")[0].split())
        self.honua = honua
        self.version = self.ask("SELECT current_setting('server_version')").split()[0]

    def connection(self, name, port=None):
        return f"host={self.address['host']} port={port or self.address['port']} user=postgres dbname={name}"

    def psql(self, name):
        return ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.connection(name)]

    def ask(self, statement, name="postgres"):
        return subprocess.run([*self.psql(name), "-c", statement], check=True, capture_output=True, text=True).stdout

    def make(self, tables):
        name = f"tables_{tables}"
        self.ask(f"CREATE DATABASE {name}")
        feed(self.psql(name), databases.postgresql_script(tables))
        return name

    def compared(self, tables, with_ogrinfo):
        name = self.make(tables)
        commands = {HONUA: [self.honua, "introspect", self.connection(name)],
                    PSQL: [*self.psql(name), "-f", HERE / "catalog.sql"],
                    PG_DUMP: ["pg_dump", "--schema-only", self.connection(name)]}
        if with_ogrinfo:
            commands[OGRINFO] = ["ogrinfo", "-so", "-al", f"PG:{self.connection(name)}"]
        return Database("PostgreSQL", tables, commands)

    def turns(self, tables):
        return count_turns(self.address["host"], int(self.address["port"]), lambda port: [
            self.honua, "introspect", self.connection(f"tables_{tables}", port)])


class Mysql:
    def __init__(self, folder, honua):
        self.address = dict(line.split("=", 1) for line in (folder / "mysql.env").read_text().splitlines())
        self.honua = honua
        self.version = self.ask("SELECT version()").split("-")[0]

    def client(self, program):
        return [program, "--no-defaults", *(f"--{key}={self.address[key]}" for key in ("host", "port", "user"))]

    def ask(self, statement):
        return subprocess.run([*self.client("mariadb"), "-N", "-e", statement], check=True, capture_output=True,
                              text=True).stdout

    def connection(self, name, port=None):
        return f"mysql://{self.address['user']}@{self.address['host']}:{port or self.address['port']}/{name}"

    def compared(self, tables):
        name = f"tables_{tables}"
        self.ask(f"CREATE DATABASE {name}")
        feed([*self.client("mariadb"), name], databases.mysql_script(tables))
        return Database("MariaDB", tables, {HONUA: [self.honua, "introspect", self.connection(name)],
                                            MYSQLDUMP: [*self.client("mysqldump"), "--no-data", name]})

    def turns(self, tables):
        return count_turns(self.address["host"], int(self.address["port"]), lambda port: [
            self.honua, "introspect", self.connection(f"tables_{tables}", port)])


def geopackage(folder, honua, tables, with_indexes, with_ogrinfo):
    path = folder / f"{tables}{'-rtree' if with_indexes else ''}.gpkg"
    databases.write_geopackage(path, tables, with_indexes)
    commands = {HONUA: [honua, "introspect", path], SCHEMA: ["sqlite3", "-readonly", path, ".schema"]}
    if with_ogrinfo:
        commands[OGRINFO] = ["ogrinfo", "-so", "-al", path]
    return Database("GeoPackage, R-trees" if with_indexes else "GeoPackage", tables, commands)


def print_table(database, medians):
    own = medians[HONUA]
    for name, (wall, processor, peak) in medians.items():
        times = "" if name == HONUA else f"{wall / own[0]:.2f}"
        print(f"| {database.name} | {database.tables:,} | `{name}` | {wall:.3f} | {processor:.3f} | {peak:.0f} | {times} |",
              flush=True)


def check_postgresql(bars, medians):
    def ratio(tables, above, below):
        return medians["PostgreSQL", tables][above][0] / medians["PostgreSQL", tables][below][0]

    for tables in (1000, 10000):
        bars.at_most(f"PostgreSQL, {tables:,} tables, time of {HONUA} / {PSQL}", ratio(tables, HONUA, PSQL), 0.7, "")
    bars.at_least(f"PostgreSQL, 1,000 tables, {PG_DUMP} / {HONUA}", ratio(1000, PG_DUMP, HONUA), 5, "")
    bars.at_least(f"PostgreSQL, 1,000 tables, {OGRINFO} / {HONUA}", ratio(1000, OGRINFO, HONUA), 25, "")


def check_all(bars, medians, turns):
    check_postgresql(bars, medians)
    bars.at_most("GeoPackage, 10,000 tables", medians["GeoPackage", 10000][HONUA][0], 0.5, " s")
    for (name, tables), one in medians.items():
        if tables == 10000:
            bars.at_most(f"{name}, 10,000 tables, peak memory", one[HONUA][2], 100, " MiB")
    for name, counts in turns.items():
        shown = ", ".join(f"{count} at {tables:,}" for tables, count in counts.items())
        bars.check(f"{name}, round trips, connecting included", shown, "the same", len(set(counts.values())) == 1)


def main():
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} HONUA DIR RUNS")
    honua, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    postgresql, mysql = Postgresql(folder, honua), Mysql(folder, honua)
    makers = [lambda: postgresql.compared(100, True), lambda: postgresql.compared(1000, True),
              lambda: postgresql.compared(10000, False), lambda: geopackage(folder, honua, 1000, False, True),
              lambda: geopackage(folder, honua, 10000, False, False), lambda: geopackage(folder, honua, 1000, True, False),
              lambda: mysql.compared(100), lambda: mysql.compared(1000)]
    print(f"{platform.machine()}, {os.cpu_count()} CPUs; PostgreSQL {postgresql.version}, "
          f"PostGIS {postgis_version(postgresql)}, MariaDB {mysql.version}; medians of {runs} runs, in turns\n")
    print("| database | tables | command | time, s | its CPU, s | peak, MiB | times honua's |\n|---|---:|---|---:|---:|---:|---:|")
    medians = {}
    for make in makers:
        database = make()
        medians[database.name, database.tables] = database.measure(folder, runs)
        print_table(database, medians[database.name, database.tables])
    turns = {"PostgreSQL": {tables: postgresql.turns(tables) for tables in (100, 1000, 10000)},
             "MariaDB": {tables: mysql.turns(tables) for tables in (100, 1000)}}
    bars = Bars()
    check_all(bars, medians, turns)
    print("\n" + "\n".join(bars.lines))
    if bars.broken:
        refuse("not held: " + "; ".join(bars.broken))


def postgis_version(postgresql):
    return postgresql.ask("SELECT default_version FROM pg_available_extensions WHERE name = 'postgis'").strip()


if __name__ == "__main__":
    main()
