# SPDX-License-Identifier: MIT
"""How files are saved: each way is one change, never half of one, and the next save is seen as well."""

import contextlib
import mmap
import os
import pty
import select
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from watching import (BROKEN, CONFIGURATION, PATIENCE, CannotRun, Failed, Scenarios, check, configuration, layer, need,
                      wait_until, within, write_and_rename, write_in_place)

scenario = SCENARIOS = Scenarios()

# What is incomplete is waited for a quarter of a second. A save in steps has to be done by then.
HOLD = 0.2


def is_told_once(shop, save, watched="honua.hcl", options=()):
    """A save of the title `Streets`, and the plainest one after it."""
    with shop.watch(watched, *options) as watch:
        watch.started()
        save()
        watch.changed_to("Streets")
        watch.nothing()
        shop.save("Lanes")
        watch.changed_to("Lanes")
        watch.nothing()


# --- by hand and by scripts


@scenario
def a_file_written_in_place_is_one_change(shop):
    # The file is truncated first: for a moment there is nothing in it.
    is_told_once(shop, lambda: shop.save("Streets"))


@scenario
def a_file_written_with_pauses_is_one_change(shop):
    # The first half has a block without an end: nobody must hear of it, even though nothing happens for a while.
    def save():
        text = configuration("Streets")
        with open(shop.file, "w", encoding="utf-8") as file:
            for piece in (text[:60], text[60:200], text[200:]):
                file.write(piece)
                file.flush()
                time.sleep(0.07)

    is_told_once(shop, lambda: within(HOLD + 0.07, "writing in three steps", save))


@scenario
def half_of_a_file_that_is_sound_by_itself_is_not_told_before_the_rest(shop):
    # Only the pauses tell that there is more to come: a file that is being written is given sixty milliseconds.
    def save():
        with open(shop.file, "w", encoding="utf-8") as file:

            def write(piece):
                time.sleep(0.02)
                file.write(piece)
                file.flush()

            for piece in (configuration("Streets"), layer("second"), layer("third")):
                within(0.045, "writing a piece", write, piece)

    with shop.watch("honua.hcl") as watch:
        watch.started()
        save()
        event = watch.changed_to("Streets")
        check(event["plan"]["additive"] == 2, f"told: {event['plan']}")
        watch.nothing()


@scenario
def a_file_that_is_emptied_and_filled_a_moment_later_is_one_change(shop):
    # Emptying it is a complete save of nothing.
    def save():
        write_in_place(shop.file, "")
        time.sleep(0.1)
        shop.save("Streets")

    is_told_once(shop, lambda: within(HOLD, "emptying and filling", save))


@scenario
def two_redirections_of_a_shell_are_one_change(shop):
    # Both halves are closed when they are written, and the first one alone is no configuration.
    text = configuration("Streets")
    for name, part in (("first", text[:150]), ("second", text[150:])):
        (shop.scratch / name).write_text(part, encoding="utf-8")
    line = f"cat {shop.scratch}/first > honua.hcl; sleep 0.05; cat {shop.scratch}/second >> honua.hcl"
    is_told_once(shop, lambda: within(HOLD, "two redirections", shop.shell, line))


@scenario
def a_file_renamed_over_another_is_one_change(shop):
    # The inode is another one each time.
    is_told_once(shop, lambda: write_and_rename(shop.file, configuration("Streets")))


@scenario
def mv_from_another_directory_is_one_change(shop):
    shop.save("Streets", shop.scratch / "new.hcl")
    is_told_once(shop, lambda: shop.run("mv", shop.scratch / "new.hcl", "honua.hcl"))


@scenario
def mv_from_another_file_system_is_one_change(shop):
    # It removes the old file, copies, and sets times and modes afterwards.
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == shop.folder.stat().st_dev:
        raise CannotRun("there is no other file system")
    with tempfile.TemporaryDirectory(prefix="check-watch-", dir=other) as folder:
        shop.save("Streets", Path(folder) / "new.hcl")
        is_told_once(shop, lambda: shop.run("mv", Path(folder) / "new.hcl", "honua.hcl"))


@scenario
def cp_is_one_change(shop):
    shop.save("Streets", shop.scratch / "new.hcl")
    is_told_once(shop, lambda: shop.run("cp", shop.scratch / "new.hcl", "honua.hcl"))


@scenario
def cp_that_removes_first_and_keeps_times_is_one_change(shop):
    shop.save("Streets", shop.scratch / "new.hcl")
    os.utime(shop.scratch / "new.hcl", (1, 1))
    is_told_once(shop, lambda: shop.run("cp", "-p", "--remove-destination", shop.scratch / "new.hcl", "honua.hcl"))


# --- by editors


def vim_saves(shop, *settings, watched="honua.hcl"):
    # With its swap file, and without anybody's settings.
    command = [need("vim.tiny", "vim"), "-N", "-u", "NONE", "-i", "NONE", "-es", *settings]
    command += ["-c", "%s/Roads/Streets/", "-c", "wq", "honua.hcl"]
    is_told_once(shop, lambda: shop.run(*command, more={"TERM": "dumb"}), watched)


@scenario
def vim_saves_a_file_and_one_change_is_told(shop):
    # It tries out whether it may create files (`4913`), and has a swap file beside the configuration.
    vim_saves(shop)


@scenario
def vim_that_renames_saves_a_file_and_one_change_is_told(shop):
    # The old file becomes the backup: for a moment there is none.
    vim_saves(shop, "--cmd", "set backup writebackup backupcopy=no")


@scenario
def vim_that_copies_saves_a_file_and_one_change_is_told(shop):
    vim_saves(shop, "--cmd", "set backup writebackup backupcopy=yes")


@scenario
def vim_saves_a_file_in_a_watched_directory_and_one_change_is_told(shop):
    # Every name in the directory matters, but no swap file, backup or probe is a configuration.
    vim_saves(shop, "--cmd", "set backup", watched=".")


def emacs_saves(shop, watched):
    # What emacs does to a file that is changed and saved: a lock of a symbolic link that leads nowhere, the old file's
    # name for the backup, a new file, and no lock any more.
    def save():
        lock = shop.folder / ".#honua.hcl"
        os.symlink("user@example.1234:1700000000", lock)
        time.sleep(0.02)
        os.rename(shop.file, shop.folder / "honua.hcl~")
        with open(os.open(shop.file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "wb") as file:
            file.write(configuration("Streets").encode())
            file.flush()
            os.fsync(file.fileno())
        os.chmod(shop.file, 0o644)
        lock.unlink()

    is_told_once(shop, save, watched)


@scenario
def what_emacs_does_to_a_file_is_one_change(shop):
    emacs_saves(shop, "honua.hcl")


@scenario
def what_emacs_does_in_a_watched_directory_is_one_change(shop):
    # Nobody reads the lock, whose name ends in `.hcl` as well.
    emacs_saves(shop, ".")


class Terminal:
    """A program with a terminal, whose keys are pressed here."""

    def __init__(self, shop, *command):
        self.ours, theirs = pty.openpty()
        # Controls a terminal of its own.
        self.process = subprocess.Popen(command, cwd=shop.folder, stdin=theirs, stdout=theirs, stderr=theirs,
                                        start_new_session=True, env={**shop.environment, "TERM": "vt100"})
        os.close(theirs)
        self.shown = b""

    def wait_for(self, text):
        deadline = time.monotonic() + PATIENCE
        while text not in self.shown:
            check(time.monotonic() < deadline, f"the program does not show {text}: {self.shown[-400:]}")
            if select.select([self.ours], [], [], 0.1)[0]:
                self.shown += os.read(self.ours, 4096)
        self.shown = self.shown[self.shown.index(text) + len(text):]

    def press(self, keys):
        os.write(self.ours, keys)

    def end(self):
        deadline = time.monotonic() + PATIENCE
        # A program waits for somebody who reads what it shows.
        with contextlib.suppress(OSError):
            while self.process.poll() is None and time.monotonic() < deadline:
                if select.select([self.ours], [], [], 0.1)[0]:
                    os.read(self.ours, 4096)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(deadline - time.monotonic(), 0.1))
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.ours)


@scenario
def nano_saves_a_file_and_one_change_is_told(shop):
    nano = need("nano")
    # A title that is found once, however it is written.
    shop.save("Motorways")

    def save():
        terminal = Terminal(shop, nano, "--ignorercfiles", "honua.hcl")
        try:
            terminal.wait_for(b"^X")
            # Only what differs from what stood there before is shown.
            for keys, answer in ((b"\x1c", b"Search"), (b"Motorways\r", b"with:"), (b"Streets\r", b"instance"),
                                 (b"Y", b"1 occurrence"), (b"\x0f", b"Name to Write")):
                terminal.press(keys)
                terminal.wait_for(answer)
            terminal.press(b"\r")
            wait_until(lambda: "Streets" in shop.file.read_text(encoding="utf-8"), "nano writes the file")
            terminal.press(b"\x18")
        finally:
            terminal.end()

    is_told_once(shop, save)


# --- by other programs


@scenario
def sed_in_place_is_one_change(shop):
    is_told_once(shop, lambda: shop.run("sed", "-i", "s/Roads/Streets/", "honua.hcl"))


@scenario
def perl_in_place_is_one_change(shop):
    # It removes the file's name and writes a new one.
    is_told_once(shop, lambda: shop.run(need("perl"), "-i", "-pe", "s/Roads/Streets/", "honua.hcl"))


@scenario
def rsync_is_one_change(shop):
    # It writes `.honua.hcl.XXXXXX`, and renames it with the times of the other side.
    rsync = need("rsync")
    shop.save("Streets", shop.scratch / "honua.hcl")
    is_told_once(shop, lambda: shop.run(rsync, "-a", "--checksum", shop.scratch / "honua.hcl", f"{shop.folder}/"))


@scenario
def rsync_in_place_is_one_change(shop):
    rsync = need("rsync")
    shop.save("Streets", shop.scratch / "honua.hcl")
    command = (rsync, "-a", "--checksum", "--inplace", shop.scratch / "honua.hcl", f"{shop.folder}/")
    is_told_once(shop, lambda: shop.run(*command), watched=".")


@scenario
def git_checkout_is_one_change(shop):
    # It removes the file and creates another one.
    git = need("git")
    shop.run(git, "init", "-q")
    for title in ("Streets", "Roads"):
        shop.save(title)
        shop.run(git, "add", "honua.hcl")
        shop.run(git, "commit", "-q", "-m", title)
    is_told_once(shop, lambda: shop.run(git, "checkout", "-q", "HEAD^"))


# --- through symbolic links


class MountedMap:
    """A directory as Kubernetes fills it from a ConfigMap: all names lead through `..data` to a directory with a time
    in its name, and a new version is another directory."""

    def __init__(self, path):
        self.path = path
        self.version = 0
        path.mkdir()
        self.put("Roads")
        (path / "honua.hcl").symlink_to("..data/honua.hcl")

    def put(self, title):
        self.version += 1
        old = self.path.joinpath("..data").resolve()
        new = self.path / f"..2026_07_01_12_00_00.{self.version}"
        new.mkdir()
        write_in_place(new / "honua.hcl", configuration(title))
        (self.path / "..data_tmp").symlink_to(new.name)
        os.rename(self.path / "..data_tmp", self.path / "..data")
        if self.version > 1:
            shutil.rmtree(old)


def swaps_are_told(shop, watched):
    mounted = MountedMap(shop.folder / "mounted")
    with shop.watch(watched) as watch:
        watch.started()
        for title in ("Streets", "Lanes", "Ways"):
            mounted.put(title)
            watch.changed_to(title)
            watch.nothing()


@scenario
def each_swap_of_a_mounted_map_is_one_change(shop):
    # The file's own name and its directory's are never touched.
    swaps_are_told(shop, "mounted/honua.hcl")


@scenario
def each_swap_of_a_mounted_map_whose_directory_is_watched_is_one_change(shop):
    # The version's directory is seen under two names, but is read through one only.
    swaps_are_told(shop, "mounted")


@scenario
def a_link_that_leads_elsewhere_is_one_change_and_its_old_target_none(shop):
    # Three links, of which some are absolute and some cross directories.
    for title, name in (("Roads", "old"), ("Streets", "new"), ("Lanes", "newer")):
        (shop.folder / name).mkdir()
        shop.save(title, shop.folder / name / "real.hcl")
    (shop.folder / "links").mkdir()
    (shop.folder / "links" / "second").symlink_to(shop.folder / "links" / "third")
    (shop.folder / "links" / "third").symlink_to("../old")
    shop.file.unlink()
    shop.file.symlink_to("links/second/real.hcl")
    with shop.watch("honua.hcl") as watch:
        watch.started()
        shop.run("ln", "-sfn", "../new", "links/third")
        watch.changed_to("Streets")
        watch.nothing()
        shop.save("Nobody's", shop.folder / "old" / "real.hcl")
        watch.nothing()
        # The middle one, of another directory.
        shop.run("ln", "-sfn", shop.folder / "newer", "links/second")
        watch.changed_to("Lanes")
        shop.save("Nobody's", shop.folder / "new" / "real.hcl")
        watch.nothing()
        shop.save("Ways", shop.folder / "newer" / "real.hcl")
        watch.changed_to("Ways")
        watch.nothing()


@scenario
def links_in_a_circle_are_told_and_their_end_is_seen(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        shop.file.unlink()
        shop.file.symlink_to("other")
        (shop.folder / "other").symlink_to("honua.hcl")
        watch.next("rejected", "missing")
        watch.nothing()
        shop.file.unlink()
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.nothing()


@scenario
def more_links_than_the_kernel_follows_are_told_and_their_end_is_seen(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        shop.save("Streets", shop.folder / "link0")
        for number in range(1, 42):
            (shop.folder / f"link{number}").symlink_to(f"link{number - 1}")
        (shop.folder / "new").symlink_to("link41")
        os.rename(shop.folder / "new", shop.file)
        watch.next("rejected", "missing")
        watch.nothing()
        # One of them less is one that can be followed.
        (shop.folder / "new").symlink_to("link38")
        os.rename(shop.folder / "new", shop.file)
        watch.changed_to("Streets")
        shop.save("Lanes", shop.folder / "link0")
        watch.changed_to("Lanes")
        watch.nothing()


# --- what is no change


@scenario
def what_leaves_a_file_s_bytes_alone_tells_nothing(shop):
    # The system reports each of these, and somebody looks; that finds nothing.
    with shop.watch("honua.hcl") as watch:
        watch.started()
        shop.file.chmod(0o600)
        os.chown(shop.file, os.getuid(), os.getgid())
        os.utime(shop.file)
        os.utime(shop.file, (0, 0))
        try:
            os.setxattr(shop.file, "user.note", b"of no interest")
        except OSError:
            pass  # a file system without attributes
        watch.nothing()
        shop.save("Streets")
        watch.changed_to("Streets")


@scenario
def the_same_bytes_written_anew_tell_nothing(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        for _ in range(3):
            shop.save()
            time.sleep(0.05)
            write_and_rename(shop.file, configuration())
            time.sleep(0.05)
        watch.nothing()
        shop.save("Streets")
        watch.changed_to("Streets")


@scenario
def a_file_that_is_as_before_once_somebody_looks_tells_nothing(shop):
    with shop.watch("honua.hcl", "--debounce", "400") as watch:
        watch.started()
        within(0.3, "writing there and back", lambda: [shop.save(title) for title in ("Streets", "Roads")])
        watch.nothing(1.2)
        shop.save("Streets")
        watch.changed_to("Streets")


@scenario
def comments_are_told_as_unchanged(shop):
    # Somebody saved something, so something is told; but no token fires.
    with shop.watch("honua.hcl") as watch:
        watch.started()
        write_in_place(shop.file, "# For people.\n" + configuration())
        watch.next("unchanged")
        watch.nothing()
        shop.save("Streets")
        watch.changed_to("Streets")


# --- what no event tells of


def is_found_without_events(shop, save, title):
    """What inotify cannot see is found by the question that is asked every half minute, with a warning."""
    with shop.watch("honua.hcl", "--listen", "127.0.0.1:0") as watch:
        watch.started()
        save()
        watch.next("warning", patience=60)
        watch.changed_to(title)
        check(watch.metric("honua_watch_missed_events_total") == 1, "it is not counted as missed")


@scenario(waits=True)
def what_is_written_through_a_mapping_is_found_in_half_a_minute(shop):
    with open(shop.file, "r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        def save():
            at = memory.find(b"Roads")
            memory[at:at + 5] = b"Lanes"

        # Neither is closed meanwhile, which would be an event.
        is_found_without_events(shop, save, "Lanes")


@scenario
def what_is_written_through_a_mapping_is_found_at_once_where_files_are_asked_for(shop):
    with open(shop.file, "r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        with shop.watch("honua.hcl", "--poll", "50") as watch:
            watch.started()
            at = memory.find(b"Roads")
            memory[at:at + 5] = b"Lanes"
            watch.changed_to("Lanes")
            watch.nothing()


@scenario(waits=True)
def what_is_written_under_another_name_is_found_in_half_a_minute(shop):
    # Another name of the same file, in a directory that nobody watches.
    other = shop.scratch / "other"
    os.link(shop.file, other)
    is_found_without_events(shop, lambda: shop.save("Streets", other), "Streets")


# --- often


@scenario
def two_hundred_saves_are_a_few_changes_of_which_the_last_counts(shop):
    def save():
        for number in range(200):
            shop.save(f"Roads {number}")
            time.sleep(0.001)

    with shop.watch("honua.hcl") as watch:
        watch.started()
        within(1, "200 saves", save)
        watch.settled_on("Roads 199")
        # The quiet time doubles with each of them.
        count = watch.kinds().count("changed")
        check(count <= 8, f"{count} changes")
        shop.save("Streets")
        watch.changed_to("Streets")


def write_without_pause(seconds, write):
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        write(number)
        number += 1
        time.sleep(0.001)


def check_rhythm(events, begin, end):
    """Neither is anything kept back for long, nor is there more than a few a second."""
    times = [event["arrived"] for event in events]
    gaps = [later - earlier for earlier, later in zip([begin, *times], [*times, end])]
    # The longest wait is a second; the rest is what a loaded machine may add.
    check(max(gaps) < 3, f"nothing is told for {max(gaps):.1f} s")
    most = 10 + 4 * (end - begin)
    check(len(events) <= most, f"{len(events)} events within {end - begin:.1f} s")


@scenario
def a_writer_that_never_pauses_keeps_nothing_back(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        begin = time.monotonic()
        descriptors, memory = len(os.listdir(f"/proc/{watch.pid}/fd")), watch.status("VmRSS")
        write_without_pause(10, lambda number: write_and_rename(shop.file, configuration(f"Roads {number}")))
        end = time.monotonic()
        check_rhythm(watch.events[1:], begin, end)
        # Each look leaves nothing behind.
        check(len(os.listdir(f"/proc/{watch.pid}/fd")) <= descriptors + 1, "descriptors are left open")
        grown = watch.status("VmRSS") - memory
        check(grown < 16 << 10 or watch.watches_its_memory(), f"{grown} KiB of memory are left behind")
        write_and_rename(shop.file, configuration("The last one"))
        watch.settled_on("The last one")


@scenario
def a_file_that_grows_without_pause_is_told_all_the_same(shop):
    # It is never closed. Comments change nothing, but it is known each time that there is nothing else.
    with shop.watch("honua.hcl") as watch, open(shop.file, "a", encoding="utf-8") as file:
        watch.started()

        def write(number):
            file.write(f"# line {number}\n")
            file.flush()

        begin = time.monotonic()
        write_without_pause(10, write)
        check_rhythm(watch.events[1:], begin, time.monotonic())
        check(set(watch.kinds(1)) == {"unchanged"}, f"events: {set(watch.kinds(1))}")
        write_and_rename(shop.file, configuration("Streets"))
        watch.changed_to("Streets", also=("unchanged",))


# --- what is no text, or too much of it


def is_refused_and_forgotten(shop, content, kinds=("rejected",), words=""):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        write_in_place(shop.file, content)
        event = watch.next(*kinds)
        told = str(event.get("findings", "")) + str(event.get("failures", ""))
        check(words in told, f"no word of `{words}`")
        watch.nothing()
        # What runs is there again; then something else.
        shop.save()
        check("there again" in watch.next("unchanged").get("message", ""), "not told that what runs is there again")
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.nothing()


@scenario(loads=True)
def a_huge_file_is_rejected_without_being_read(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        before = watch.most_memory()
        with open(shop.scratch / "huge", "wb") as file:
            file.truncate(300 << 20)
        os.rename(shop.scratch / "huge", shop.file)
        event = watch.next("rejected")
        check("300 MiB" in str(event.get("failures")), f"failures: {event.get('failures')}")
        watch.nothing()
        watch.check_memory(64, before)
        # One that grows in place.
        shop.file.unlink()
        shop.save()
        watch.next("unchanged")
        os.truncate(shop.file, 300 << 20)
        watch.next("rejected")
        shop.save("Streets")
        watch.changed_to("Streets")
        watch.check_memory(64, before)


@scenario
def bytes_of_nothing_are_rejected(shop):
    is_refused_and_forgotten(shop, configuration().encode() + b"\0\0\0\0")


@scenario
def a_file_of_nothing_but_zeroes_is_rejected(shop):
    # So a file looks after a power failure on some file systems.
    is_refused_and_forgotten(shop, bytes(len(CONFIGURATION)))


@scenario
def what_is_no_utf_8_is_rejected(shop):
    is_refused_and_forgotten(shop, configuration("Stra\xdfen").encode("latin-1"))


@scenario
def an_empty_file_is_rejected_once_it_stays_so(shop):
    is_refused_and_forgotten(shop, b"", words="empty")


@scenario
def a_byte_order_mark_and_other_line_ends_change_nothing(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        for text in (b"\xef\xbb\xbf" + configuration().encode(), configuration().replace("\n", "\r\n").encode()):
            write_in_place(shop.file, text)
            watch.next("unchanged")
            watch.nothing()
        write_in_place(shop.file, b"\xef\xbb\xbf" + configuration("Streets").replace("\n", "\r\n").encode())
        watch.changed_to("Streets")


@scenario(loads=True)
def a_line_of_ten_megabytes_does_no_harm(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        write_in_place(shop.file, configuration() + "# " + "x" * (10 << 20) + "\n")
        watch.next("unchanged")
        write_in_place(shop.file, configuration().replace('"Roads"', '"' + "x" * (10 << 20) + '"'))
        watch.next("changed", "rejected")
        shop.save("Streets")
        watch.changed_to("Streets")
        check(max(map(len, watch.lines)) < 4 << 20, "an event is as large as the configuration")
        if not watch.watches_its_memory():
            wait_until(lambda: watch.status("VmRSS") < 200 << 10, "the memory is given back")


# --- mistakes


@scenario
def a_mistake_is_told_once_and_what_mends_it_is_one_change(shop):
    with shop.watch("honua.hcl") as watch:
        watch.started()
        write_in_place(shop.file, BROKEN)
        event = watch.next("rejected")
        check(event["finding_counts"]["error"] == 1 and event["findings"][0]["code"] == "H0010", "not the mistake made")
        # The same bytes again are the same mistake.
        write_and_rename(shop.file, BROKEN)
        os.utime(shop.file)
        watch.nothing()
        # Another one is another.
        write_in_place(shop.file, BROKEN.replace("layr", "lair"))
        watch.next("rejected")
        watch.nothing()
        shop.save("Streets")
        watch.changed_to("Streets")
        # And this one again is news.
        write_in_place(shop.file, BROKEN)
        watch.next("rejected")
        watch.nothing()


@scenario
def twenty_five_mistakes_are_told_and_so_is_what_mends_each(shop):
    # A thousand would take a quarter of an hour, since every mistake and every change in a row of them is waited for.
    with shop.watch("honua.hcl") as watch:
        watch.started()
        for number in range(25):
            write_and_rename(shop.file, BROKEN.replace('"x"', f'"x{number}"'))
            watch.next("rejected")
            write_and_rename(shop.file, configuration(f"Roads {number}"))
            watch.changed_to(f"Roads {number}")
        watch.nothing()


@scenario
def a_thousand_mistakes_that_are_mended_at_once_tell_no_mistake(shop):
    # Mistakes that are gone after a few milliseconds were never more than half of a save.
    def save():
        for number in range(1000):
            write_and_rename(shop.file, BROKEN.replace('"x"', f'"x{number}"'))
            time.sleep(0.001)
            write_and_rename(shop.file, configuration(f"Roads {number}"))

    with shop.watch("honua.hcl") as watch:
        watch.started()
        writer = threading.Thread(target=save)
        writer.start()
        writer.join(60)
        if writer.is_alive():
            raise Failed("the writer does not end")
        watch.settled_on("Roads 999")
        check("rejected" not in watch.kinds(), "a mistake was told")
