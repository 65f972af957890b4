# SPDX-License-Identifier: MIT
"""Redis that is lost, comes back, forgets, goes back and is made anew; and whether the guide says what followers say."""

import json
import re
import shutil
import subprocess

import manual
from workshop import FLEET, MANUAL, check, free_port, wait_until

BEFORE, AFTER = (FLEET / "drill" / name for name in ("before.hcl", "after.hcl"))
QUOTED = "the store's history is not the one that was followed before"


def normal(text):
    text = re.sub(r"sha256:[0-9a-f]+", "HASH", text)
    return re.sub(r"\b(version) \d+", r"\1 N", text)


class Server:
    """A Redis that keeps what it has."""

    def __init__(self, shop):
        self.shop = shop
        self.port = free_port()
        self.folder = shop.folder / "redis"
        self.folder.mkdir()
        self.start()

    def cli(self, *words):
        done = subprocess.run(["redis-cli", "-p", str(self.port), *words], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def start(self):
        self.process = self.shop.start(["redis-server", "--port", self.port, "--bind", "127.0.0.1", "--dir", self.folder,
                                        "--appendonly", "yes", "--appendfsync", "always", "--save", ""],
                                       self.shop.folder / "redis.log")
        wait_until(lambda: self.cli("PING") == "PONG", "the server is there")

    def restart_with(self, change):
        self.shop.end(self.process)
        change(self.folder / "appendonlydir")
        self.start()


def run(shop):
    server = Server(shop)
    environment = {"HONUA_STORE": f"redis://127.0.0.1:{server.port}", "DATABASE_URL": "Host=db;Database=city"}

    def publish(*words):
        return shop.run([shop.honua, "publish", *words], environment)

    log = shop.folder / "watch.log"

    def told():
        return [line.partition(" ")[2] for line in log.read_text(encoding="utf-8").splitlines()]

    def hear(text, kind=""):
        wait_until(lambda: any(text in line and line.startswith(kind) for line in told()), f"the follower says `{text}`")

    publish(BEFORE, "--init")
    publish(AFTER)
    shop.start([shop.honua, "watch", "--store", environment["HONUA_STORE"]], log, environment)
    hear("applied")
    instance = json.loads(server.cli("GET", "{honua}:instance:" + server.cli("SMEMBERS", "{honua}:instances")))
    told_interval = f"Heartbeats come every {instance['interval'] // 1000} s in Redis"
    check(told_interval in MANUAL.read_text(encoding="utf-8"), f"the guide does not say: {told_interval}")
    server.cli("CONFIG", "SET", "min-replicas-to-write", "1")
    hear("others do not see this instance")
    server.cli("CONFIG", "SET", "min-replicas-to-write", "0")
    kept = shop.folder / "kept"

    def go_back(place):
        shutil.rmtree(place)
        shutil.copytree(kept, place)

    shutil.copytree(server.folder / "appendonlydir", kept)
    publish(BEFORE)
    wait_until(lambda: sum("applied" in line for line in told()) == 2, "the follower goes on")
    server.restart_with(go_back)
    hear("went back")
    publish(BEFORE, "--force")
    hear(QUOTED)
    server.restart_with(shutil.rmtree)
    hear("there is no store")
    publish(BEFORE, "--init")
    hear("made anew")
    shop.end(server.process)
    hear("does not answer", "store_lost")
    heard = set(map(normal, told()))
    quoted = [manual.unescaped(manual.lines()[number]) for display in manual.displays(manual.section_of("WHEN REDIS IS LOST"))
              for number in display if not manual.lines()[number].startswith(("$ ", "# "))]
    check(len(quoted) >= 5, "the guide quotes too few events")
    check(f".Dq {QUOTED}" in MANUAL.read_text(encoding="utf-8"), f"the guide does not quote `{QUOTED}`")
    missing = [line for line in quoted if normal(line) not in heard]
    check(not missing, "followers do not say: " + "\n".join([*missing, "but:", *sorted(heard)]))
    return f"{len(quoted)} events"
