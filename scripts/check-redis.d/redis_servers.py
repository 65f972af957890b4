# SPDX-License-Identifier: MIT
"""Redis servers on loopback, and stores in them."""

import contextlib
import json
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from redis_connection import Connection as RedisConnection
from storing import Shop, Store, Watch, check, need, wait_until


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def memory_of(pid):
    """The most that a process ever had, in MiB."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))[1]) >> 10


class RedisServer:
    """A `redis-server` that ends with its scenario. `settings`: as on its command line. `address`: what others than those
    on its host reach it at. `wrapper`: the beginning of command lines on its host, if that is a namespace."""

    def __init__(self, shop, *settings, address="127.0.0.1", wrapper=()):
        need("redis-server", "redis-cli")
        self.shop = shop
        self.settings = settings
        self.address = address
        self.wrapper = list(wrapper)
        self.port = free_port()
        self.folder = shop.scratch / f"redis-{self.port}"
        self.folder.mkdir()
        self.process = None
        self.start()

    def launch(self):
        self.process = self.shop.start(
            [*self.wrapper, "redis-server", "--port", self.port, "--bind", *dict.fromkeys(["127.0.0.1", self.address]),
             "--dir", self.folder, "--logfile", self.folder / "log", "--save", "", *self.settings],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        self.launch()
        wait_until(lambda: self.cli("PING", code=None).startswith(("PONG", "NOAUTH")), "the server is there")

    def kill(self):
        self.shop.kill(self.process)

    def restart(self):
        """As after a loss of power."""
        self.kill()
        self.start()

    @contextlib.contextmanager
    def stopped(self):
        self.process.send_signal(signal.SIGSTOP)
        yield
        self.process.send_signal(signal.SIGCONT)

    def cli(self, *words, code=0, text=None):
        text = text.decode() if isinstance(text, bytes) else text
        done = subprocess.run([*self.wrapper, "redis-cli", "-p", str(self.port), *map(str, words)], input=text,
                              capture_output=True, text=True, timeout=20, check=False)
        check(code is None or done.returncode == code, f"redis-cli {words}: {done}")
        return done.stdout.strip()

    def keep(self):
        """A copy of all that it holds now."""
        self.cli("SAVE")
        shutil.copy(self.folder / "dump.rdb", self.folder / "kept.rdb")

    def go_back(self):
        """Has it come back with what it held when that was kept."""
        self.kill()
        shutil.copy(self.folder / "kept.rdb", self.folder / "dump.rdb")
        self.start()

    def log(self):
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def url(self):
        return f"redis://{self.address}:{self.port}"


class Connection(RedisConnection):
    """To a server of a scenario."""

    def __init__(self, server):
        super().__init__(server.address, server.port)


class RedisStore(Store):
    """A store in a server, and the commands that work on it."""

    def __init__(self, shop, server, prefix):
        super().__init__(shop, path="/nonexistent")
        self.server = server
        self.prefix = prefix
        self.user = ""

    @property
    def url(self):
        url = f"{self.server.url}?prefix={self.prefix}"
        return url.replace("//", f"//{self.user}@", 1) if self.user else url

    def key(self, name):
        return f"{{{self.prefix}}}:{name}"

    @contextlib.contextmanager
    def head_reader(self):
        with Connection(self.server) as connection:
            def read():
                (version, record), = connection.run(["HMGET", self.key("head"), "version", "record"])
                return int(version), json.loads(record)["hash"]

            yield read

    def object_key(self, hash_text):
        return self.key("object:" + hash_text.removeprefix("sha256:"))


class SentinelGroup:
    """Three Sentinels that replace a master within a second or two."""

    def __init__(self, shop, master):
        need("redis-sentinel")
        self.ports = [free_port() for _ in range(3)]
        for port in self.ports:
            # Each writes what it learns into its file.
            path = shop.scratch / f"sentinel-{port}"
            path.write_text(f"port {port}\nbind 127.0.0.1\ndir {shop.scratch}\nlogfile {path}.log\n"
                            f"sentinel monitor city 127.0.0.1 {master.port} 2\n"
                            "sentinel down-after-milliseconds city 500\nsentinel failover-timeout city 3000\n",
                            encoding="utf-8")
            shop.start(["redis-sentinel", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self.sees_all, "the Sentinels see all")

    def sees_all(self):
        for port in self.ports:
            for words, count in (("replicas", 1), ("sentinels", 2)):
                done = subprocess.run(["redis-cli", "-p", str(port), "SENTINEL", words, "city"], capture_output=True,
                                      text=True, timeout=20, check=False)
                if done.stdout.splitlines().count("name") != count:
                    return False
        return True


class SentinelStore(RedisStore):
    """A store that is found by Sentinels."""

    def __init__(self, shop, sentinels):
        super().__init__(shop, None, "city")
        self.sentinels = sentinels

    @property
    def url(self):
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.sentinels.ports)
        return f"redis+sentinel://{hosts}/city?prefix={self.prefix}"


class RedisShop(Shop):
    """A scenario's own folder and servers. Its stores are in a server of their own, which keeps nothing after its end,
    unless `settings` say so."""

    settings = ()

    def store(self, versions=1, path=None, wrapper=()):
        return self.store_in(RedisServer(self, *self.settings), versions)

    def store_in(self, server, versions=1):
        return RedisStore(self, server, f"store-{next(self.numbers)}").make(versions)


__all__ = ["Connection", "RedisServer", "RedisShop", "RedisStore", "SentinelGroup", "SentinelStore", "Watch", "free_port",
           "memory_of"]
