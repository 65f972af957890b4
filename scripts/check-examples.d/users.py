# SPDX-License-Identifier: MIT
"""Each user of Redis: whether it may do what it is for, and has only rights that it uses. All of this in one server
without Sentinels, one user after the other, so that the server's own statistics tell which commands each has run."""

import hashlib
import re
import signal
import time

from workshop import FLEET, check, free_port, wait_until

BEFORE, AFTER = (FLEET / "drill" / name for name in ("before.hcl", "after.hcl"))
# Of people and of this script, and what needs no right.
OTHERS = {"auth", "acl|setuser", "config|resetstat", "config|set", "info", "config|get"}
# What a right is for that nothing here can need: see `fleet`, which has Sentinels, and all users of it.
ELSEWHERE = {"role": "with Sentinels", "ping": "after half a minute without a message"}
# A snapshot that became no version, since another publisher was faster.
ELSEWHERE_OF = {"peer": {"unlink"}}
# Until a subscription that heard nothing asks whether somebody is there.
SILENCE = 7


def password_of(user):
    return f"secret-of-{user}"


def users_file():
    """With passwords in place of places for their hashes."""
    text = (FLEET / "redis" / "users.acl").read_text(encoding="utf-8")
    return re.sub(r"@(\w+)_SHA256@", lambda place: hashlib.sha256(password_of(place[1].lower()).encode()).hexdigest(), text)


def rights_of(user):
    line = next(line for line in users_file().splitlines() if line.startswith(f"user honua-{user} "))
    return {word[1:] for word in line.split() if word.startswith("+")}


class Accounting:
    """A server with the users, and what each has run in it."""

    def __init__(self, shop):
        self.shop = shop
        self.port = free_port()
        (shop.folder / "users.acl").write_text(users_file(), encoding="utf-8")
        self.start()
        self.used = {}

    def start(self):
        folder = self.shop.folder
        self.process = self.shop.start(["redis-server", "--port", self.port, "--bind", "127.0.0.1", "--dir", folder, "--save",
                                        "", "--appendonly", "yes", "--appendfsync", "always", "--aclfile",
                                        folder / "users.acl"], folder / "redis.log")
        wait_until(lambda: self.admin("PING", code=None).endswith("PONG"), "the server is there")

    def admin(self, *words, code=0):
        return self.shop.run(["redis-cli", "-p", self.port, "--user", "honua-admin", "--no-auth-warning", *words],
                             {"REDISCLI_AUTH": password_of("admin")}, code).strip()

    def environment(self, user, database=""):
        return {"HONUA_STORE": f"redis://honua-{user}@127.0.0.1:{self.port}{database}", "HONUA_REDIS_PASSWORD": password_of(user),
                "DATABASE_URL": "Host=db;Database=city"}

    def run(self, user, *words, code=0):
        return self.shop.run([self.shop.honua, *words], self.environment(user), code)

    def watch(self, user, log, *words):
        environment = self.environment(user)
        return self.shop.start([self.shop.honua, "watch", "--store", environment["HONUA_STORE"], *words], log, environment)

    def note(self, user):
        """What was run since the last time was run for this user."""
        said = self.admin("INFO", "commandstats")
        self.used.setdefault(user, set()).update(set(re.findall(r"^cmdstat_(.+?):", said, re.MULTILINE)) - OTHERS)
        self.admin("CONFIG", "RESETSTAT")

    def use_database(self, user):
        """There is no store in another database; whoever may not select it is told something else."""
        said = self.shop.run([self.shop.honua, "status"], self.environment(user, "/1"), 3)
        check("there is no store" in said, f"{user}: {said}")


def follow(server, told):
    """A follower, and a publisher while it is stopped, so that both are told apart."""
    watch = server.watch("follower", told)
    wait_until(lambda: "applied" in told.read_text(encoding="utf-8"), "the follower follows")
    server.use_database("follower")
    time.sleep(SILENCE)
    server.note("follower")
    watch.send_signal(signal.SIGSTOP)
    server.run("publisher", "publish", BEFORE, "--force")
    server.run("publisher", "publish", AFTER)
    server.note("publisher")
    watch.send_signal(signal.SIGCONT)
    wait_until(lambda: "changed" in told.read_text(encoding="utf-8"), "the follower goes on")
    # One that ends takes its name away.
    ending = server.watch("follower", told.with_suffix(".ending"))
    wait_until(lambda: "applied" in told.with_suffix(".ending").read_text(encoding="utf-8"), "it follows, too")
    server.shop.end(ending)
    server.note("follower")
    check("do not see" not in told.read_text(encoding="utf-8"), told.read_text(encoding="utf-8"))
    return watch


def vote(server):
    """What needs somebody who votes."""
    server.run("publisher", "publish", "--two-phase", BEFORE)
    server.run("publisher", "publish", "--canary", "1", "--canary-hold", "6", AFTER)
    server.run("publisher", "publish", "--promote")
    server.run("publisher", "publish", "--compat", "/run/honua/server.hcl", BEFORE)
    server.note("publisher")


def lead(server, told, folder):
    file = folder / "peer.hcl"
    file.write_bytes(AFTER.read_bytes())
    watch = server.watch("peer", told, "--publish", file)
    wait_until(lambda: "published" in told.read_text(encoding="utf-8"), "the peer publishes")
    server.use_database("peer")
    server.run("publisher", "rollback", "1", "--take-over")
    wait_until(lambda: "applied" in told.read_text(encoding="utf-8"), "the peer follows")
    time.sleep(SILENCE)
    server.shop.end(watch)
    server.note("peer")


def run(shop):
    server = Accounting(shop)
    server.admin("CONFIG", "RESETSTAT")
    server.run("publisher", "publish", "--init", BEFORE)
    server.run("publisher", "publish", AFTER)
    server.run("publisher", "rollback", "1")
    server.run("publisher", "lock", "--", "true")
    server.use_database("publisher")
    # Nobody replicates this server: what was put there is taken away again.
    server.run("publisher", "publish", AFTER, "--require-replicas", "1", code=3)
    server.note("publisher")
    watch = follow(server, shop.folder / "follower.log")
    server.run("publisher", "status")
    vote(server)
    # For the keeper: an instance that nobody has heard of for a day.
    shop.end(watch, signal.SIGKILL)
    for words in (["status"], ["history"], ["pull"], ["plan", "--store", server.environment("reader")["HONUA_STORE"], AFTER],
                  ["store", "verify"]):
        # One that was killed is taken for live for some seconds.
        server.run("reader", *words, code=None if words == ["status"] else 0)
    server.use_database("reader")
    server.note("reader")
    lead(server, shop.folder / "peer.log", shop.folder)
    for key in server.admin("--scan", "--pattern", "{honua}:instance:*").splitlines():
        server.admin("DEL", key)
    # And a publisher that died with its lease, which `gc` takes over.
    holder = shop.start([shop.honua, "lock", "--name", "publisher", "--lease-ttl", "1000", "--", "sleep", "60"],
                        shop.folder / "holder.log", server.environment("publisher"))
    wait_until(lambda: server.admin("EXISTS", "{honua}:lease:publisher") == "1", "the lease is held")
    shop.end(holder, signal.SIGKILL)
    wait_until(lambda: server.admin("EXISTS", "{honua}:lease:publisher") == "0", "the lease has ended")
    server.admin("CONFIG", "RESETSTAT")
    server.run("keeper", "store", "gc", "--keep", "1")
    server.use_database("keeper")
    server.note("keeper")
    problems = []
    for user, used in server.used.items():
        spare = rights_of(user) - used - ELSEWHERE.keys() - ELSEWHERE_OF.get(user, set())
        problems += [f"honua-{user} may use `{one}`, and does not need it" for one in sorted(spare)]
        # What was refused is counted as well; while the publisher worked, the follower did.
        others = rights_of("follower") if user == "publisher" else set()
        problems += [f"honua-{user} needs `{one}`, and may not use it" for one in sorted(used - rights_of(user) - others)]
    # Who may not publish, cannot.
    for user in ("follower", "reader"):
        said = server.run(user, "publish", BEFORE, "--force", code=3)
        if "NOPERM" not in said:
            problems.append(f"{user}: {said}")
    for words in (["PING"], ["--user", "honua-follower", "--pass", "wrong", "--no-auth-warning", "PING"]):
        said = shop.run(["redis-cli", "-p", server.port, *words], code=None)
        if "NOAUTH" not in said and "WRONGPASS" not in said:
            problems.append(f"redis-cli {words}: {said}")
    # With these users, the server finds in its file again what scripts have written.
    before = server.run("reader", "history")
    shop.end(server.process, signal.SIGKILL)
    server.start()
    if server.run("reader", "history", code=None) != before:
        problems.append("the server has lost versions when it was started again")
    check(not problems, "\n".join(problems))
    return ", ".join(f"{user}: {len(rights_of(user))} commands" for user in sorted(server.used))
