# SPDX-License-Identifier: MIT
"""A master, a replica and three Sentinels, as examples/fleet/redis has them, over TLS."""

import signal

from users import password_of, users_file
from workshop import FLEET, substituted, wait_until

NAMES = ("redis-1", "redis-2", "redis-3")
SENTINEL_PASSWORD = "secret-of-sentinels"
# The program that Debian calls so.
SERVER = "redis-server"


class RedisGroup:
    def __init__(self, shop):
        self.shop = shop
        self.addresses = {name: f"{shop.network}{21 + number}" for number, name in enumerate(NAMES)}
        self.ca = shop.folder / "tls" / "ca.crt"
        self.make_certificates()
        self.servers = {}
        for name in NAMES[:2]:
            self.write_server(name)
            self.start_server(name)
        for name in NAMES[:2]:
            wait_until(lambda host=name: "PONG" in self.cli(host, "PING", code=None), f"{name} is there")
        self.sentinels = [self.start_sentinel(name) for name in NAMES]
        wait_until(lambda: "state=online" in self.cli(NAMES[0], "INFO", "replication"), "there is a replica")
        wait_until(lambda: all(self.knows_all(name) for name in NAMES), "the Sentinels know all")

    def wait_for_replica(self):
        """Until the master, whichever that is by then, may be written to."""
        def is_there():
            name = next((one for one in self.servers if self.addresses[one] == self.master()), None)
            return name and "min_slaves_good_slaves:1" in self.cli(name, "INFO", "replication", code=None)
        wait_until(is_there, "the master has a replica", 90)

    def make_certificates(self):
        folder = self.ca.parent
        folder.mkdir()
        names = ",".join(f"IP:{address}" for address in self.addresses.values())
        (folder / "names").write_text(f"subjectAltName={names}\n", encoding="utf-8")
        for words in (["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=authority", "-keyout",
                       "ca.key", "-out", "ca.crt"],
                      ["req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=redis", "-keyout", "redis.key", "-out", "redis.csr"],
                      ["x509", "-req", "-in", "redis.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
                       "-extfile", "names", "-out", "redis.crt"]):
            self.shop.run(["openssl", *words], cwd=folder)

    def cli(self, name, *words, code=0):
        return self.shop.run(["redis-cli", "-h", self.addresses[name], "--tls", "--cacert", self.ca, "--user", "honua-admin",
                              "--no-auth-warning", *words], {"REDISCLI_AUTH": password_of("admin")}, code).strip()

    def ask_sentinel(self, name, *words):
        return self.shop.run(["redis-cli", "-h", self.addresses[name], "-p", "26379", "--tls", "--cacert", self.ca,
                              "--no-auth-warning", "SENTINEL", *words], {"REDISCLI_AUTH": SENTINEL_PASSWORD}, code=None)

    def write_server(self, name):
        folder = self.shop.folder / name
        folder.mkdir()
        (folder / "users.acl").write_text(users_file(), encoding="utf-8")
        text = substituted((FLEET / "redis" / "redis.conf").read_text(encoding="utf-8"),
                           ("bind 0.0.0.0", f"bind {self.addresses[name]}"), ("/etc/redis/tls", self.ca.parent),
                           ("/var/lib/redis", folder), ("/etc/redis/users.acl", folder / "users.acl"),
                           ("@REPLICA_PASSWORD@", password_of("replica")),
                           ("replica-announce-ip redis-1.example.org", f"replica-announce-ip {self.addresses[name]}"))
        if name != NAMES[0]:
            text = substituted(text, ("#replicaof redis-1.example.org", f"replicaof {self.addresses[NAMES[0]]}"))
        (folder / "redis.conf").write_text(text, encoding="utf-8")

    def start_server(self, name):
        folder = self.shop.folder / name
        self.servers[name] = self.shop.start([SERVER, folder / "redis.conf"], folder / "log")

    def start_sentinel(self, name):
        folder = self.shop.folder / f"sentinel-{name}"
        folder.mkdir()
        text = substituted((FLEET / "redis" / "sentinel.conf").read_text(encoding="utf-8"),
                           ("bind 0.0.0.0", f"bind {self.addresses[name]}"), ("/etc/redis/tls", self.ca.parent),
                           ("/var/lib/redis", folder), ("@SENTINEL_USER_PASSWORD@", password_of("sentinel_user")),
                           ("@SENTINEL_PASSWORD@", SENTINEL_PASSWORD),
                           ("announce-ip redis-1.example.org", f"announce-ip {self.addresses[name]}"),
                           ("monitor city redis-1.example.org", f"monitor city {self.addresses[NAMES[0]]}"),
                           # Nobody waits that long here.
                           ("down-after-milliseconds city 5000", "down-after-milliseconds city 2000"),
                           ("failover-timeout city 30000", "failover-timeout city 5000"))
        (folder / "sentinel.conf").write_text(text, encoding="utf-8")
        return self.shop.start([SERVER, folder / "sentinel.conf", "--sentinel"], folder / "log")

    def knows_all(self, name):
        return all(self.ask_sentinel(name, *words).splitlines().count("name") == count
                   for words, count in ((("replicas", "city"), 1), (("sentinels", "city"), 2)))

    def master(self):
        """The address that most Sentinels name."""
        said = [self.ask_sentinel(name, "get-master-addr-by-name", "city").splitlines() for name in NAMES]
        hosts = [lines[0] for lines in said if lines]
        return max(set(hosts), key=hosts.count) if hosts else ""

    def fail_over(self):
        """The master dies, its replica takes its place, and it comes back as that one's replica."""
        before = self.master()
        name = next(one for one in self.servers if self.addresses[one] == before)
        self.shop.end(self.servers[name], signal.SIGKILL)
        wait_until(lambda: self.master() not in ("", before), "there is another master", 60)
        self.start_server(name)
        self.wait_for_replica()

    def end(self):
        for process in [*self.sentinels, *self.servers.values()]:
            self.shop.end(process, signal.SIGKILL)

    def with_addresses(self, text, domain):
        """A store's URL that names these servers."""
        for name, address in self.addresses.items():
            text = substituted(text, (name + domain, address))
        return text
