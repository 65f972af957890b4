# SPDX-License-Identifier: MIT
"""All of examples/fleet at work: two hosts with the units' commands and a pod with the manifest's, beside servers that
restart, behind HAProxy; Redis with a replica and Sentinels; a Job that publishes; a failover."""

import re
import signal

import hosts
import kubernetes
from redis_group import SENTINEL_PASSWORD, RedisGroup
from services import Notifications, Service, answer, expanded, pid_of, wait_for_answer
from users import password_of
from workshop import FLEET, ROOT, check, substituted, wait_until

FAKE_SERVER = ROOT / "scripts" / "check-examples.d" / "fake_server.py"
TELL_SERVER = FLEET / "tell-server"
# What keeps versions that were acknowledged.
KEEPING = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction", "min-replicas-to-write": "1"}
# Instead of a minute.
SPLAY = 2
WATCHDOG = 2


def with_passwords(values, user):
    passwords = {"HONUA_REDIS_PASSWORD": password_of(user), "HONUA_REDIS_SENTINEL_PASSWORD": SENTINEL_PASSWORD}
    return {name: passwords.get(name, value) for name, value in values.items()}


class Host:
    """One with both units of systemd."""

    def __init__(self, shop, redis, number):
        self.shop = shop
        self.folder = shop.folder / f"host-{number}"
        self.address = f"{shop.network}{10 + number}"
        for name in ("etc", "run", "state"):
            (self.folder / name).mkdir(parents=True)
        text = redis.with_addresses(hosts.text_of("watch.env"), ".example.org")
        (self.folder / "etc" / "watch.env").write_text(
            substituted(text, ("/etc/honua/redis-ca.pem", redis.ca), ("192.0.2.11", self.address)), encoding="utf-8")
        self.write_server_environment(hosts.text_of("server.env"))
        self.notifications = Notifications(self.folder / "notify")
        self.watch_unit, self.server_unit = (hosts.read_unit(self.moved(hosts.text_of(name))) for name in hosts.UNITS)
        self.watch = self.server = None

    def write_server_environment(self, text):
        text = substituted(text, ("http://0.0.0.0", f"http://{self.address}"))
        (self.folder / "etc" / "server.env").write_text(text, encoding="utf-8")

    def moved(self, text):
        """With this host's places."""
        for old, new in (("/usr/local/libexec/honua/tell-server", f"{TELL_SERVER} {self.folder / 'run'}"),
                         ("/usr/local/bin/honua", self.shop.honua), ("/opt/honua/Honua.Server.Host", FAKE_SERVER),
                         ("/run/honua", self.folder / "run"), ("/var/lib/honua", self.folder / "state"),
                         ("/etc/honua", self.folder / "etc"), ("--splay 60", f"--splay {SPLAY}")):
            text = text.replace(old, str(new))
        # A program and its argument are one word of `--exec`.
        return text.replace(f"--exec {TELL_SERVER} {self.folder / 'run'}", f"--exec '{TELL_SERVER} {self.folder / 'run'}'")

    def environment_of(self, unit):
        values = {}
        for path in unit["EnvironmentFile"]:
            with open(path, encoding="utf-8") as file:
                values.update(hosts.read_environment(file.read()))
        values.update(line.split("=", 1) for line in unit["Environment"])
        return with_passwords(values, "follower")

    def start_watch(self):
        environment = {**self.environment_of(self.watch_unit), "NOTIFY_SOCKET": str(self.notifications.path),
                       "WATCHDOG_USEC": str(WATCHDOG * 1_000_000)}
        ready = self.notifications.count("READY=1")
        self.watch = Service(self.shop, expanded(self.watch_unit["ExecStart"], environment), self.folder / "watch.log",
                             lambda: environment)
        wait_until(lambda: self.notifications.count("READY=1") > ready, f"{self.folder.name} is ready")

    def start_server(self):
        unit = self.server_unit
        before, after, behind = ([expanded(line, {"MAINPID": "$MAINPID"}) for line in unit[name]]
                                 for name in ("ExecStartPre", "ExecStartPost", "ExecStopPost"))
        self.server = Service(self.shop, expanded(unit["ExecStart"], {}), self.folder / "server.log",
                              lambda: self.environment_of(unit), before, after, behind, float(unit["RestartSec"]))
        wait_until(lambda: answer(f"http://{self.address}:8080/healthz/ready")[0] == 200, "the server is there")


class Pod:
    """One of the Deployment's."""

    def __init__(self, shop, redis):
        self.shop = shop
        self.folder = shop.folder / "pod"
        self.address = f"{shop.network}13"
        for name in ("run", "state"):
            (self.folder / name).mkdir(parents=True)
        self.redis = redis
        sidecar, server = (kubernetes.container("Deployment", "honua", name) for name in ("watch", "server"))
        secrets = with_passwords(self.secrets_of(sidecar), "follower")
        words = [self.moved(redis, word) for word in sidecar["args"]]
        self.watch = Service(shop, [shop.honua, *words], self.folder / "watch.log", lambda: secrets)
        environment = {one["name"]: self.moved(redis, one["value"]) for one in server["env"]}
        environment.update(self.secrets_of(server))
        environment["ASPNETCORE_URLS"] = substituted(environment["ASPNETCORE_URLS"], ("0.0.0.0", self.address))
        # The kubelet starts the server once the sidecar's probe has succeeded.
        probe = sidecar["startupProbe"]["httpGet"]
        wait_until(lambda: answer(f"http://{self.address}:8642{probe['path']}")[0] == 200, "the pod is ready")
        self.server = Service(shop, [self.moved(redis, word) for word in server["command"]], self.folder / "server.log",
                              lambda: environment)

    @staticmethod
    def secrets_of(container):
        found = {}
        for source in container.get("envFrom", []):
            found.update(kubernetes.named("Secret", source["secretRef"]["name"])["stringData"])
        return found

    def moved(self, redis, text):
        if "sentinel://" in text:
            text = redis.with_addresses(text, ".redis")
        for old, new in (("/usr/local/libexec/honua/tell-server", f"{TELL_SERVER} {self.folder / 'run'}"),
                         ("/opt/honua/Honua.Server.Host", FAKE_SERVER), ("/run/honua", self.folder / "run"),
                         ("/var/lib/honua", self.folder / "state"), ("/etc/honua/ca/ca.crt", redis.ca),
                         ("--splay=60", f"--splay={SPLAY}"), ("0.0.0.0:8642", f"{self.address}:8642")):
            text = text.replace(old, str(new))
        return text


class Publisher:
    """The Job, and the other calls with its environment."""

    def __init__(self, shop, redis):
        self.shop = shop
        self.text = kubernetes.named("ConfigMap", "honua-configuration")["data"]["honua.hcl"]
        self.configuration = self.changed("honua.hcl")
        container = kubernetes.container("Job", "honua-publish", "publish")
        values = {one["name"]: one.get("value", "") for one in container["env"]}
        values["JOB"] = kubernetes.named("Job", "honua-publish")["metadata"]["name"]
        values["HONUA_STORE"] = substituted(redis.with_addresses(values["HONUA_STORE"], ".redis"), ("/etc/honua/ca/ca.crt", redis.ca))
        secrets = {name: value for source in container["envFrom"]
                   for name, value in kubernetes.named("Secret", source["secretRef"]["name"])["stringData"].items()}
        self.environment = with_passwords({**values, **secrets}, "publisher")

    def changed(self, name, *pairs):
        """The Job's configuration, with other words in it."""
        path = self.shop.folder / name
        path.write_text(substituted(self.text, *pairs), encoding="utf-8")
        return path

    def run(self, *words, code=0):
        return self.shop.run([self.shop.honua, *words], self.environment, code)

    def run_container(self, name):
        words = [re.sub(r"\$\((\w+)\)", lambda name: self.environment[name[1]], word).replace(
            "/etc/honua/configuration/honua.hcl", str(self.configuration)).replace("--wait=300", "--wait=60")
            for word in kubernetes.container("Job", "honua-publish", name)["args"]]
        return self.run(*words)


def start_load_balancer(shop):
    text = substituted(hosts.text_of("haproxy.cfg"), ("192.0.2.", shop.network), ("bind :80", f"bind {shop.network}10:8000"))
    (shop.folder / "haproxy.cfg").write_text(text, encoding="utf-8")
    shop.start(["haproxy", "-db", "-f", shop.folder / "haproxy.cfg"], shop.folder / "haproxy.log")
    return f"http://{shop.network}10:8000/"


def answering(url, count=30):
    """The servers that answer."""
    return {found[1] for found in (re.search(r"at http://([\d.]+)", answer(url)[1]) for _ in range(count)) if found}


def run(shop):
    redis = RedisGroup(shop)
    for name, value in KEEPING.items():
        said = redis.cli("redis-1", "CONFIG", "GET", name).splitlines()
        check(said == [name, value], f"redis.conf: {said}")
    redis.wait_for_replica()
    publisher = Publisher(shop, redis)
    publisher.run("publish", "--init", "-m", "first", publisher.changed("first.hcl", ('"Roads"', '"Old roads"')))
    machines = [Host(shop, redis, 1), Host(shop, redis, 2)]
    for one in machines:
        one.start_watch()
        one.start_server()
    machines.append(Pod(shop, redis))
    places = [one.address for one in machines]
    url = start_load_balancer(shop)
    wait_until(lambda: answering(url) == set(places), "HAProxy knows three servers")

    # A Job publishes: all servers read it, and a second pod of it makes no second version.
    said = publisher.run_container("publish")
    check("3 instances accepted it" in said, said)
    publisher.run_container("status")
    for place in places:
        wait_for_answer(f"http://{place}:8080/", '"Roads"')
    said = publisher.run_container("publish")
    check("published version 2 before" in said, said)

    # A follower that starts again does not restart its server; another value of a variable does.
    host = machines[0]
    own = f"http://{host.address}:8080/"
    before = pid_of(own)
    host.watch.end()
    host.start_watch()
    wait_until(lambda: "exec" in (host.folder / "watch.log").read_text(encoding="utf-8").rpartition('"started"')[2],
               "the server was thought of")
    check(pid_of(own) == before != 0, "a follower that starts again restarts the server")
    text = hosts.text_of("server.env")
    for one in machines[:2]:
        one.write_server_environment(substituted(text, ("db.example.org", "db2.example.org")))
    wait_for_answer(own, "db2.example.org")
    wait_until(lambda: host.notifications.count("WATCHDOG=1") > 1, "the watchdog is told")

    # The pod has other values, which shows.
    said = publisher.run("status", code=1)
    check("its environment has other values" in said, said)
    for one in machines[:2]:
        one.write_server_environment(text)
    publisher.run_container("status")

    # A failover.
    redis.fail_over()
    publisher.run_container("status")
    after = publisher.changed("after.hcl", ("public.roads", "public.streets"))
    publisher.run("publish", "--require-replicas", "1", "--two-phase", "-m", "after the failover", after)
    publisher.run_container("status")
    for place in places:
        wait_for_answer(f"http://{place}:8080/", "public.streets")
    for user, words in (("reader", ["history"]), ("keeper", ["store", "gc"])):
        environment = {**publisher.environment, "HONUA_REDIS_PASSWORD": password_of(user),
                       "HONUA_STORE": substituted(publisher.environment["HONUA_STORE"], ("honua-publisher", f"honua-{user}"))}
        shop.run([shop.honua, *words], environment)

    # A host without its follower gets no requests.
    wait_until(lambda: answering(url) == set(places), "HAProxy knows three servers")
    host.watch.end(signal.SIGKILL)
    wait_until(lambda: answering(url) == set(places[1:]), "HAProxy leaves one out")

    # Without Redis: what runs stays, and a host starts with what it has.
    redis.end()
    check(answer(f"http://{places[1]}:8642/readyz")[0] == 200, "an instance is not ready without Redis")
    host.start_watch()
    wait_until(lambda: answering(url) == set(places), "the host serves without Redis")
    check("public.streets" in answer(own)[1], "the host has forgotten what it ran")
    publisher.run("status", code=3)
    return f"servers started {sum(one.server.starts for one in machines)} times"
