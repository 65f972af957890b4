# SPDX-License-Identifier: MIT
"""Links that are cut: what is sent over them is lost, and nobody is told so.

Needs root with CAP_SYS_ADMIN and CAP_NET_ADMIN, a kernel with nf_tables and veth, and Debian's iproute2, nftables and
util-linux. Hosts are namespaces, their addresses and the link between them are nowhere else. Where they cannot be made
these scenarios fail: that they were left out must not look like success."""

import contextlib
import shutil
import signal
import subprocess
import time

from redis_servers import RedisServer, RedisStore
from storing import Failed, Scenarios, check, configuration, wait_until, write_and_rename

scenario = SCENARIOS = Scenarios()

LINK, NEAR_ADDRESS, FAR_ADDRESS = "cable", "192.0.2.1", "192.0.2.2"
# Seconds, as the program has them: for an answer, for a connection, before a loss is told, and at most between two tries
# and two heartbeats.
ANSWER, CONNECTION, HOLD, BACKOFF, HEARTBEAT = 2, 1, 2, 5, 5
# For a machine that has other things to do.
SLACK = 2
# A heartbeat gets no answer, and no new connection either, before the hold and after it.
NOTICED = HEARTBEAT + ANSWER + 2 * CONNECTION + HOLD + SLACK
# A try may have begun just before the link was whole, and the next one comes with a heartbeat after the longest pause.
FOUND_AGAIN = CONNECTION + BACKOFF + HEARTBEAT + SLACK
# A command waits for an answer, for a new connection, and once more to give its lease back.
GIVEN_UP = 2 * (ANSWER + CONNECTION) + SLACK
# So long it takes until the pauses between tries are the longest.
LONG_CUT = 20
# The whole text of the answer of the script that has made a version.
PUBLISHED = b"$9\r\npublished\r\n"


class Host:
    """A namespace of the network."""

    def __init__(self, shop, address):
        self.shop = shop
        self.address = address
        # It says so once it is in there.
        self.keeper = shop.start(["unshare", "--net", "sh", "-c", "echo in; exec sleep 600"], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True)
        if self.keeper.stdout.readline() != "in\n":
            raise Failed(f"no network can be made, which needs CAP_SYS_ADMIN: {self.keeper.stderr.read().strip()}")
        self.run("ip", "link", "set", "lo", "up")

    @property
    def wrapper(self):
        """The beginning of a command line that runs in there. It keeps the number of its process."""
        return ["nsenter", "-t", str(self.keeper.pid), "--net"]

    def run(self, *command):
        done = self.shop.run(*self.wrapper, *command)
        check(done.returncode == 0, f"{' '.join(map(str, command))}: {done.stderr.strip()}")

    def rule(self, *rules):
        """Has rules for all that arrives over the link."""
        self.run("nft", "; ".join(
            ["add table inet cut", "add set inet cut gone { type ipv4_addr; flags dynamic; }",
             "add chain inet cut arriving { type filter hook input priority 0; }",
             *(f"add rule inet cut arriving iifname {LINK} {rule}" for rule in rules)]))

    def unrule(self):
        self.run("nft", "add table inet cut; delete table inet cut")

    def server(self, *settings):
        return RedisServer(self.shop, "--protected-mode", "no", *settings, address=self.address, wrapper=self.wrapper)

    def store_in(self, server, versions=0):
        """A store in a server, as it is used from here."""
        return HostStore(self, server).make(versions)

    def close(self):
        self.shop.kill(self.keeper)
        self.keeper.stdout.close()
        self.keeper.stderr.close()


class HostStore(RedisStore):
    """A store that is used from a host."""

    def __init__(self, host, server):
        super().__init__(host.shop, server, "city")
        self.wrapper = host.wrapper


class Network:
    """Two hosts and the link between them, to be used in a `with` statement."""

    def __init__(self, shop):
        for tool in ("ip", "nft", "nsenter", "unshare"):
            check(shutil.which(tool), f"`{tool}` is not installed")
        self.near, self.far = Host(shop, NEAR_ADDRESS), Host(shop, FAR_ADDRESS)
        self.near.run("ip", "link", "add", "name", LINK, "type", "veth", "peer", "name", LINK, "netns", self.far.keeper.pid)
        for host in (self.near, self.far):
            host.run("ip", "address", "add", f"{host.address}/24", "dev", LINK)
            host.run("ip", "link", "set", LINK, "up")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.near.close()
        self.far.close()

    def cut(self):
        """What arrives is dropped on both sides. When that was."""
        for host in (self.near, self.far):
            host.rule("drop")
        return time.monotonic()

    def cut_towards_near(self):
        """What far sends is lost, and what near sends arrives."""
        self.near.rule("drop")
        return time.monotonic()

    def lose(self, text):
        """Packets that begin with a text are lost on their way to near, however often they are sent."""
        self.near.rule(f"{begins_with(text)} drop")

    def cut_at(self, text):
        """From the first packet on that begins with a text all is lost on its way to near."""
        self.near.rule("ip saddr @gone drop", f"{begins_with(text)} add @gone {{ ip saddr }} drop")

    def heal(self):
        for host in (self.near, self.far):
            host.unrule()
        return time.monotonic()


def begins_with(text):
    # A rule can compare 16 bytes.
    text = text[:16]
    return f"@ih,0,{8 * len(text)} 0x{text.hex()}"


def shown(times):
    return f"{min(times):.1f} to {max(times):.1f} s"


def published(store):
    """Versions that were published, and not made for a lease that was taken over."""
    return [one["version"] for one in reversed(store.history()) if one["kind"] == "publish"]


# --- who follows


def followers_of_a_cut_store(shop, cut):
    """`cut(NETWORK)`: how. Several follow, since they try at random times."""
    with Network(shop) as network, contextlib.ExitStack() as stack:
        there = network.far.store_in(network.far.server(), versions=1)
        here = network.near.store_in(there.server)
        watches = [stack.enter_context(here.follow()) for _ in range(6)]
        for one in watches:
            one.runs(1)
        before = there.pull()
        begin = cut(network)
        lost = [one.wait("store_lost", patience=NOTICED)["arrived"] - begin for one in watches]
        for number in range(2, 5):
            there.publish(f"Roads {number}")
        time.sleep(LONG_CUT)
        for one in watches:
            one.must_run()
            check(one.written() == before, "something else runs")
            check(one.count("store_lost") == 1, f"it is told more than once: {one.kinds()}")
        begin = network.heal()
        for one in watches:
            one.wait("store_back", patience=FOUND_AGAIN)
        found = [one.wait("applied", version=4, patience=FOUND_AGAIN)["arrived"] - begin for one in watches]
        for one in watches:
            one.must_have_written(there.pull())
            check(one.count("received") == 2, f"versions were received more than once: {one.kinds()}")
        there.status("--wait", 30, "--instances", len(watches), code=0)
        check(max(found) <= FOUND_AGAIN, f"at the head after {shown(found)}")
        return f"lost after {shown(lost)}, at the head {shown(found)} after it was whole"


@scenario(waits=True)
def a_link_that_is_cut_is_noticed_and_what_was_published_meanwhile_runs_when_it_is_whole(shop):
    return followers_of_a_cut_store(shop, Network.cut)


@scenario(waits=True)
def a_link_on_which_answers_are_lost_is_noticed_like_one_that_is_cut(shop):
    return followers_of_a_cut_store(shop, Network.cut_towards_near)


# --- who publishes


@scenario(waits=True)
def who_publishes_over_a_cut_link_is_told_so_in_time_and_makes_one_version_when_asking_again(shop):
    with Network(shop) as network:
        there = network.far.store_in(network.far.server(), versions=1)
        here = network.near.store_in(there.server)
        times = []

        def fails(number):
            begin = time.monotonic()
            failed = here.publish(f"Roads {number}", "--request", f"request-{number}", code=3)
            times.append(time.monotonic() - begin)
            check("does not answer in time" in failed["message"], f"it does not say why: {failed}")
            check(times[-1] < GIVEN_UP, f"given up after {times[-1]:.1f} s")

        def succeeds(number, result):
            """How long it takes."""
            begin = time.monotonic()
            done = here.publish(f"Roads {number}", "--request", f"request-{number}")
            check(done["result"] == result, f"not {result}: {done}")
            return time.monotonic() - begin

        network.cut()
        fails(2)
        check(there.head_version() == 1, "a version was made")
        network.heal()
        succeeds(2, "published")
        succeeds(2, "repeated")
        # The version is made, and only the answer is lost: the program asks again itself.
        network.lose(PUBLISHED)
        seconds = succeeds(3, "published")
        check(ANSWER < seconds < GIVEN_UP, f"no answer was lost: it took {seconds:.1f} s")
        network.heal()
        succeeds(3, "repeated")
        # The link is cut while the answer is on its way.
        network.cut_at(PUBLISHED)
        fails(4)
        check(there.head_version() == 4, "no version was made")
        network.heal()
        succeeds(4, "repeated")
        check(len(published(there)) == 4, f"a request made two versions: {there.history()}")
        there.must_have_no_gap()
        there.must_be_clean()
        return f"given up after {shown(times)}"


@scenario(waits=True)
def a_leader_behind_a_cut_link_is_replaced_and_what_it_wanted_to_publish_comes_too_late(shop):
    with Network(shop) as network:
        there = network.far.store_in(network.far.server(), versions=1)
        here = network.near.store_in(there.server)
        first, second = (shop.configuration_file("Roads 1", f"{name}.hcl") for name in ("first", "second"))
        with here.lead(first, ttl=2000) as leader:
            leader.leads()
            with there.lead(second, ttl=2000) as other:
                other.runs(1)
                begin = network.cut()
                write_and_rename(first, configuration("Roads of the first"))
                wait_until(lambda: any(one["kind"] == "barrier" for one in there.history()), "the lease is taken over")
                seconds = time.monotonic() - begin
                write_and_rename(second, configuration("Roads of the second"))
                made = other.wait("published")
                leader.wait("store_lost", but=("published",))
                network.heal()
                leader.runs(made["version"], patience=FOUND_AGAIN + SLACK)
                time.sleep(HEARTBEAT)
                check("published" not in leader.kinds(), "it has published what came too late")
                check(b"Roads of the second" in there.pull(), "the head is another one")
        there.must_have_no_gap()
        return f"taken over after {seconds:.1f} s"


# --- a master and its replica


def replicated(network, *settings):
    """A master that is far and its replica that is near, which has all."""
    master = network.far.server(*settings)
    # Both notice a cut soon.
    replica = network.near.server("--replicaof", master.address, master.port, "--repl-timeout", 3,
                                  "--repl-ping-replica-period", 1)
    wait_until(lambda: is_up_to_date(replica), "the replica is up to date")
    return master, replica


def is_up_to_date(replica):
    return "master_link_status:up" in replica.cli("INFO", "replication")


def has_version(replica, store, number):
    wait_until(lambda: replica.cli("HGET", store.key("head"), "version") == str(number), f"the replica has version {number}")


@scenario(waits=True)
def versions_that_both_sides_of_a_cut_link_made_are_told_apart_by_their_history(shop):
    with Network(shop) as network:
        master, replica = replicated(network)
        there = network.far.store_in(master, versions=1)
        here = network.near.store_in(replica)
        has_version(replica, there, 1)

        def part(*titles):
            """Both sides make versions, the near one those; both are told that they have."""
            network.cut()
            replica.cli("REPLICAOF", "NO", "ONE")
            number = there.publish(f"Far of {titles}")["version"]
            far.runs(number)
            for number, title in enumerate(titles, number):
                done = here.publish(title, "--request", title)
                check((done["result"], done["version"]) == ("published", number), f"not made: {done}")
                near.runs(number)

        def join():
            network.heal()
            replica.cli("REPLICAOF", master.address, master.port)
            wait_until(lambda: is_up_to_date(replica), "the replica is up to date")

        with here.follow() as near, there.follow() as far:
            for one in (near, far):
                one.runs(1)
            # Both sides are at version 2.
            part("Near 2")
            join()
            event = near.wait("received", "conflict", version=2, patience=FOUND_AGAIN)
            check("history" in event.get("message", ""), f"that it is another history is not told: {event}")
            near.wait("changed", version=2)
            near.must_have_written(there.pull())
            # One side has got further: what it made is lost, and nobody goes back by oneself.
            part("Near 3", "Near 4")
            before = here.pull()
            join()
            event = near.wait("conflict", patience=FOUND_AGAIN)
            check("went back to version 3" in event["message"], f"it is not told: {event}")
            time.sleep(HEARTBEAT)
            check(near.written() == before, "it went back")
            # Who published that finds that it is not there.
            done = there.publish("Near 4", "--request", "Near 4")
            check((done["result"], done["version"]) == ("published", 4), f"not made: {done}")
            event = near.wait("received", "conflict", version=4, patience=FOUND_AGAIN)
            check("history" in event.get("message", ""), f"that it is another history is not told: {event}")
            far.runs(4)
            there.publish("Lanes")
            for one in (near, far):
                one.runs(5, patience=FOUND_AGAIN)
                one.must_have_written(there.pull())
            check("conflict" not in far.kinds(), "who has lost nothing is told of a conflict")
        there.must_be_clean()
        there.must_have_no_gap()


@scenario(waits=True)
def a_master_that_is_cut_off_from_its_replicas_takes_no_version(shop):
    with Network(shop) as network:
        master, replica = replicated(network, "--min-replicas-to-write", 1, "--min-replicas-max-lag", 3)
        # The master counts its replicas once a second.
        wait_until(lambda: "good_slaves:1" in master.cli("INFO", "replication"), "the master has a replica")
        there = network.far.store_in(master, versions=1)
        has_version(replica, there, 1)
        with there.follow() as far:
            far.runs(1)
            network.cut()
            wait_until(lambda: "good_slaves:0" in master.cli("INFO", "replication"), "the master misses its replica")
            begin = time.monotonic()
            failed = there.publish("Roads 2", "--request", "two", code=3)
            seconds = time.monotonic() - begin
            check("too few replicas" in failed["message"], f"it does not say why: {failed}")
            check(seconds < SLACK, f"it says so after {seconds:.1f} s")
            check(there.head_version() == 1, "the head has moved")
            network.heal()
            wait_until(lambda: "good_slaves:1" in master.cli("INFO", "replication"), "the replica is back")
            done = there.publish("Roads 2", "--request", "two")
            check((done["result"], done["version"]) == ("published", 2), f"not made: {done}")
            far.runs(2)
            has_version(replica, there, 2)
            check("conflict" not in far.kinds(), "a conflict is told")
        there.must_be_clean()
