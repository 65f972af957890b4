# SPDX-License-Identifier: MIT
"""What nobody may be told, and what may reach no terminal."""

import json
import os
import secrets
import signal
import subprocess
import time

from watching import PATIENCE, Scenarios, check, configuration, need_posting, wait_until, write_in_place

scenario = SCENARIOS = Scenarios()

SECOND = """data_source "second" {
  provider   = "postgresql"
  connection = "Host=db;Username=survey;Password=SECRET"
}
"""


@scenario
def secrets_are_nowhere_to_be_found(shop):
    need_posting(shop)
    # Everything secret is random here, so that it can be searched for in all that the program says and writes.
    names = ("literal", "other", "broken", "variable", "second", "url", "query", "asked", "posted")
    words = {name: secrets.token_hex(12) for name in names}

    def text(name, title="Roads"):
        return configuration(title, SECOND.replace("SECRET", words[name]))

    variables = shop.scratch / "variables"
    write_in_place(variables, f"DATABASE_URL=postgresql://survey:{words['variable']}@db/survey\n")
    write_in_place(shop.file, text("literal"))
    kept = shop.scratch / "kept"
    snapshot = shop.scratch / "snapshot.json"
    # What a program says that fails may have a secret in it.
    hook = shop.program("hook", f"""#!/bin/sh
(env; cat; cat {snapshot}) >> {kept}
echo 'cannot connect to postgresql://survey:{words['variable']}@db/survey' >&2
exit 1
""")
    url = f"http://user:{words['url']}@127.0.0.1:1/hook?token={words['query']}"
    said = []
    options = ["--env-file", variables, "--write", snapshot, "--exec", hook, "--post", url, "--listen", "127.0.0.1:0"]
    more = {"HONUA_WATCH_TOKEN": words["asked"], "HONUA_POST_TOKEN": words["posted"]}
    with shop.watch("honua.hcl", "--initial", *options, more=more) as watch:
        also = ("listener", "warning")
        watch.started()
        # Another password is a change, as is another value of a variable; what is wrong may stand beside a secret.
        write_in_place(shop.file, text("other"))
        watch.next("changed", also=also)
        write_in_place(variables, f"DATABASE_URL=postgresql://survey:{words['second']}@db/survey\n")
        watch.next("changed", also=also)
        broken = SECOND.replace("SECRET", words["broken"])
        for mistake in (broken.replace('SECRET"', "SECRET"), broken.replace("Host=db;", "Host;"), broken + broken,
                        broken.replace('"second" {', '"second" { provider = ').replace("}\n", ""),
                        broken.replace(f'{words["broken"]}"\n', words["broken"] + "\n"),
                        broken.replace("connection", "conection"), broken.replace("postgresql", "nosql")):
            write_in_place(shop.file, configuration(more=mistake))
            watch.next("rejected", "changed", also=also)
        # A line of the variables' file that is none.
        write_in_place(variables, f"DATABASE_URL postgresql://survey:{words['second']}@db/survey\n{words['second']}\n")
        watch.next("rejected", also=also)
        write_in_place(variables, f"DATABASE_URL=postgresql://survey:{words['second']}@db/survey\n")
        write_in_place(shop.file, text("other", "Streets"))
        wait_until(lambda: "Streets" in snapshot.read_text(encoding="utf-8"), "the last change")
        wait_until(lambda: any("post" in event.get("listener", "") for event in watch.events), "posting fails")
        wait_until(lambda: kept.exists(), "the program runs")
        watch.send(signal.SIGUSR1)
        said += [watch.ask("GET", path)[1] for path in ("/metrics", "/version", "/readyz")]
        watch.end(patience=20)
        said += ["\n".join(watch.lines), watch.stderr(), snapshot.read_text(encoding="utf-8")]
    # Programs have the variables that this one was given, but not those of the file.
    given = ("HONUA_WATCH_TOKEN=", "HONUA_POST_TOKEN=")
    said += [line for line in kept.read_text(encoding="utf-8").splitlines() if not line.startswith(given)]
    for name, word in words.items():
        for place in said:
            at = place.find(word)
            check(at < 0, f"the secret `{name}` is told: ...{place[max(at - 200, 0):at + 40]}")


@scenario
def secrets_in_wrong_usage_are_not_repeated(shop):
    word = secrets.token_hex(12)
    for options in (["--post", f"ftp://user:{word}@host/"], ["--exec", f"psql 'postgresql://user:{word}@host/"],
                    ["--debounce", f"postgresql://user:{word}@host/"], ["--listen", f"http://user:{word}@127.0.0.1:1"],
                    ["--signal", f"http://user:{word}@host"]):
        run = shop.run(shop.honua, "watch", "--timeout", "1", *options, check_code=False)
        check(run.returncode != 0, f"{options[0]} is taken")
        check(word not in run.stdout + run.stderr, f"{options[0]}: {run.stdout}{run.stderr}")


@scenario
def control_characters_in_names_reach_no_terminal(shop):
    # Colours, a line feed, the eight-bit form of an escape, and a byte that is no UTF-8.
    names = [b"a\x1b[31mred.hcl", b"b\nline.hcl", "c\u009b31m.hcl".encode(), b"d\xff.hcl", b"e\x07\x08\x7f.hcl"]
    conf = shop.folder / "conf"
    conf.mkdir()
    write_in_place(conf / "main.hcl", configuration())
    for text_format in ("jsonl", "text"):
        out = shop.scratch / f"out-{text_format}"
        errors = shop.scratch / f"errors-{text_format}"
        with open(out, "wb") as stdout, open(errors, "wb") as stderr:
            process = subprocess.Popen([shop.honua, "watch", "--format", text_format, "conf"], cwd=shop.folder,
                                       env=shop.environment, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)
        try:
            wait_until(lambda: b"started" in out.read_bytes(), "the run starts")
            for name in names:
                write_in_place(os.path.join(os.fsencode(conf), name), 'layr "x\u001b[1m" {\n}\n')
                time.sleep(0.05)
            wait_until(lambda: out.read_bytes().count(b"H0010") >= 5, "the mistakes are told")
            for name in names:
                os.unlink(os.path.join(os.fsencode(conf), name))
            process.send_signal(signal.SIGUSR1)
            wait_until(lambda: b"unchanged" in out.read_bytes(), "the mistakes are gone")
        finally:
            process.terminate()
            process.wait(PATIENCE)
        for path in (out, errors):
            content = path.read_bytes()
            text = content.decode("utf-8")  # which it must be
            bad = sorted({character for character in text if ord(character) < 32 and character != "\n"} |
                         {character for character in text if 127 <= ord(character) < 160})
            check(not bad, f"{text_format}: {bad} on {path.name}")
            if text_format == "jsonl" and path == out:
                check(all(json.loads(line) for line in text.splitlines()), "not an object a line")
