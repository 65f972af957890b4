// SPDX-License-Identifier: MIT
// `watch` in this process; scripts/check-watch runs it as one of its own.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <ostream>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "base/scratch_directory.h"
#include "cli/testing.h"
#include "commands/roads_for_test.h"
#include "coordination/store.h"

namespace honua::commands {

namespace {

namespace fs = std::filesystem;
using cli::contains;
using cli::RunResult;

std::string titled(const std::string& title) { return cli::replaced(roads_for_test, "Roads", title); }

// A directory that is watched until an event has come, or for a while.
struct Watched {
  explicit Watched(const std::string& text = titled("Roads")) {
    fs::create_directory(scratch.file("conf"));
    if (!text.empty()) save(text);
  }
  void save(const std::string& text) const {
    scratch.write("new", text);
    fs::rename(scratch.file("new"), scratch.file("conf/honua.hcl"));
  }
  // `act`: what happens once the watch looks; `words`: besides the directory, --once and a timeout.
  RunResult watch(std::vector<std::string> words, const std::function<void()>& act = nullptr,
                  const std::vector<std::string>& paths = {"conf"}) {
    std::thread later([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      if (act) act();
    });
    words.insert(words.begin(), {"watch", "--once", "--timeout", "10"});
    for (const std::string& one : paths) words.push_back(scratch.file(one));
    RunResult result =
        cli::run_with(files, {{"DATABASE_URL", "x"}, {"HONUA_AUTHOR", "tester"}}, std::move(words));
    later.join();
    for (std::string* text : {&result.out, &result.err}) *text = cli::replaced(*text, scratch.path(), "DIR");
    // Hashes and durations are not the point.
    result.out = std::regex_replace(result.out, std::regex("sha256:[0-9a-f]{12}([0-9a-f]*)"), "HASH");
    result.out =
        std::regex_replace(result.out, std::regex("\"milliseconds\":[0-9.e-]+"), "\"milliseconds\":1");
    return result;
  }

  ScratchDirectory scratch;
  RealFileSystem files;
};

std::string read(const std::string& path) {
  const auto content = RealFileSystem().read_file(path, 1 << 20);
  return content ? content->to_string() : "";
}

}  // namespace

TEST_CASE("a change is told with its token, and what it means") {
  Watched watched;
  const RunResult result = watched.watch({}, [&] { watched.save(titled("Streets")); });
  CHECK(result.code == ExitCode::done);
  CHECK(result.out ==
        "2026-07-01T00:00:00.000Z started HASH\n"
        "2026-07-01T00:00:00.000Z changed HASH -> HASH, 1 neutral, token 1 fired\n"
        "  DIR/conf/honua.hcl:10:17: neutral[P1022 layer-title-changed]: layer.roads.title: the title of "
        "`layer.roads` changes from `Roads` to `Streets`\n"
        "2026-07-01T00:00:00.000Z stopped HASH, by once\n");
  CHECK(result.err.empty());
}

TEST_CASE("events are lines of JSON for programs") {
  Watched watched;
  const RunResult result = watched.watch({"--format", "jsonl"}, [&] { watched.save(titled("Streets")); });
  CHECK(result.out ==
        R"({"format_version":"1.0","event":"started","sequence":1,"time":"2026-07-01T00:00:00.000Z",)"
        R"("reason":"start","token":1,"hash":"HASH","finding_counts":{"error":0,"warning":0,"info":0},)"
        R"("milliseconds":1})"
        "\n"
        R"({"format_version":"1.0","event":"changed","sequence":2,"time":"2026-07-01T00:00:00.000Z",)"
        R"("reason":"event","token":2,"replaced_token":1,"hash":"HASH","previous_hash":"HASH",)"
        R"("plan":{"breaking":0,"risky":0,"additive":0,"neutral":1,"weaker":0,"stronger":0},)"
        R"("changes":[{"rule":"P1022","slug":"layer-title-changed","level":"neutral","security":"none",)"
        R"("effect":"reload","address":"layer.roads.title",)"
        R"("message":"the title of `layer.roads` changes from `Roads` to `Streets`",)"
        R"("place":"DIR/conf/honua.hcl:10:17"}],"finding_counts":{"error":0,"warning":0,"info":0},)"
        R"("milliseconds":1})"
        "\n"
        R"({"format_version":"1.0","event":"stopped","sequence":3,"time":"2026-07-01T00:00:00.000Z",)"
        R"("reason":"once","hash":"HASH"})"
        "\n");
}

TEST_CASE("what has errors is rejected with its findings, and reaches no listener") {
  Watched watched;
  const std::string told = watched.scratch.file("told");
  const std::string kept = watched.scratch.file("kept.json");
  const RunResult result = watched.watch({"--exec", "touch " + told, "--write", kept},
                                         [&] { watched.save("layer \"x\" {\n  tabel = 1\n}\n"); });
  CHECK(result.code == ExitCode::findings);
  CHECK(contains(result.out, "rejected still HASH, "));
  CHECK(contains(result.out, "  DIR/conf/honua.hcl:2:3: error[H0011 unknown-attribute]: "));
  CHECK_FALSE(fs::exists(told));
  CHECK(contains(read(kept), "\"Roads\""));
}

TEST_CASE("a configuration that is gone is missing, not empty") {
  Watched watched;
  const RunResult result =
      watched.watch({}, [&] { fs::remove(watched.scratch.file("conf/honua.hcl")); }, {"conf/honua.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.out, "missing still HASH\n"));
}

TEST_CASE("an empty file is held for a while, and then rejected") {
  Watched watched;
  const RunResult result = watched.watch({}, [&] { watched.save("\n"); });
  CHECK(result.code == ExitCode::findings);
  CHECK(contains(result.out, "rejected still HASH"));
  CHECK(contains(result.out, "  the configuration is empty\n"));
}

TEST_CASE("other words for the same configuration are unchanged") {
  Watched watched;
  const RunResult result = watched.watch({}, [&] { watched.save("# a comment\n" + titled("Roads")); });
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.out, "unchanged HASH\n"));
}

TEST_CASE("another password in the file is a change, and is not shown") {
  const auto with = [](const std::string& password) {
    return cli::replaced(roads_for_test, "env(\"DATABASE_URL\")", "\"Host=db;Password=" + password + "\"");
  };
  Watched watched(with("hunter2"));
  const std::string kept = watched.scratch.file("kept.json");
  const RunResult result = watched.watch({"--write", kept}, [&] { watched.save(with("hunter3")); });
  CHECK(contains(result.out, " changed HASH -> HASH"));
  CHECK_FALSE(contains(result.out + result.err + read(kept), "hunter"));
}

TEST_CASE("other values of a file of variables are a change, and are not shown") {
  Watched watched;
  watched.scratch.write("env", "DATABASE_URL=first-value\n");
  const RunResult result = watched.watch({"--env-file", watched.scratch.file("env")}, [&] {
    watched.scratch.write("env", "DATABASE_URL='second-value'\n");
  });
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.out, "environment variables have other values"));
  CHECK_FALSE(contains(result.out + result.err, "-value"));
  const RunResult broken = watched.watch({"--env-file", watched.scratch.file("env")},
                                         [&] { watched.scratch.write("env", "A='x\n"); });
  CHECK(broken.code == ExitCode::findings);
  CHECK(contains(broken.out, "  `DIR/env:1`: this quote is not closed\n"));
}

TEST_CASE("a start without a sound configuration ends, or waits for one") {
  Watched broken("layer {\n");
  CHECK(broken.watch({}).code == ExitCode::findings);
  Watched none("");
  const RunResult missing = none.watch({}, nullptr, {"conf/honua.hcl"});
  CHECK(missing.code == ExitCode::failure);
  CHECK(contains(missing.out, "missing\n"));
  const RunResult waited = none.watch({"--wait"}, [&] { none.save(titled("Roads")); }, {"conf/honua.hcl"});
  CHECK(contains(waited.out, "started HASH"));
}

TEST_CASE("listeners are told after the snapshot is written, and of the first configuration if they want") {
  Watched watched;
  const std::string kept = watched.scratch.file("kept.hcl");
  const std::string told = watched.scratch.file("told");
  const RunResult result = watched.watch({"--write", kept, "--exec", "cp " + kept + " " + told},
                                         [&] { watched.save(titled("Streets")); });
  CHECK(result.code == ExitCode::done);
  CHECK(contains(read(told), "\"Streets\""));
  CHECK(contains(result.out, "listener exec cp, HASH, exit code 0\n"));
  const RunResult first = watched.watch({"--initial", "--exec", "cp " + kept + " " + told},
                                        [&] { watched.save(titled("Lanes")); });
  CHECK(contains(first.out, "listener exec cp"));
}

TEST_CASE("what cannot be written does not run, and nobody is told of it") {
  Watched watched;
  const std::string told = watched.scratch.file("told");
  const RunResult none = watched.watch(
      {"--write", watched.scratch.file("none/kept.json"), "--initial", "--exec", "touch " + told});
  CHECK(none.code == ExitCode::failure);
  CHECK(contains(none.out, "rejected it does not run, since `DIR/none/kept.json` cannot be written: "));
  CHECK_FALSE(fs::exists(told));
  const std::string kept = watched.scratch.file("place/kept.json");
  fs::create_directory(watched.scratch.file("place"));
  const RunResult later = watched.watch({"--write", kept, "--exec", "touch " + told}, [&] {
    // However slow its start is.
    while (!fs::exists(kept)) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    fs::rename(watched.scratch.file("place"), watched.scratch.file("moved"));
    watched.save(titled("Streets"));
  });
  CHECK(later.code == ExitCode::findings);
  CHECK(contains(later.out, "rejected still HASH, it does not run, since "));
  CHECK_FALSE(fs::exists(told));
}

TEST_CASE("what could not be written is written once it can be") {
  Watched watched;
  const std::string place = watched.scratch.file("place");
  const RunResult result =
      watched.watch({"--write", place + "/kept.json", "--wait"}, [&] { fs::create_directory(place); });
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.out, " rejected "));
  CHECK(contains(result.out, " started HASH\n"));
  CHECK(contains(read(place + "/kept.json"), "\"Roads\""));
}

TEST_CASE("a secret in the file is not written into a configuration that a server would read") {
  Watched watched(cli::replaced(roads_for_test, "env(\"DATABASE_URL\")", "\"Host=db;Password=hunter2\""));
  const std::string kept = watched.scratch.file("kept.hcl");
  const RunResult result = watched.watch({"--write", kept});
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.out, "the configuration has 1 value with a secret, which is not written"));
  CHECK_FALSE(contains(result.out, "hunter2"));
  CHECK_FALSE(fs::exists(kept));
}

TEST_CASE("files that were rolled back are not published again when a watch is started") {
  Watched watched;
  const std::string store = "dir:" + watched.scratch.file("store");
  const auto run = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--store", store});
    return cli::run_with(watched.files, {{"DATABASE_URL", "x"}}, std::move(words));
  };
  const std::string conf = watched.scratch.file("conf");
  CHECK(run({"publish", "--init", conf}).code == ExitCode::done);
  watched.save(titled("Streets"));
  CHECK(run({"publish", conf}).code == ExitCode::done);
  CHECK(run({"rollback", "1"}).code == ExitCode::done);
  const RunResult result =
      watched.watch({"--store", store, "--publish"}, [&] { watched.save(titled("Lanes")); });
  CHECK(result.code == ExitCode::done);
  CHECK(contains(
      result.out,
      "the files say what version 2 did, and somebody has published by hand since: the store is followed "
      "until they change"));
  CHECK(contains(result.out, " started HASH, version 3\n"));
  CHECK(contains(result.out, " published HASH, version 4\n"));
  CHECK(contains(result.out, "from `Roads` to `Lanes`"));
}

TEST_CASE("a rollback may take the lease away from a watch that publishes, which follows then") {
  Watched watched;
  const std::string store = "dir:" + watched.scratch.file("store");
  const std::string conf = watched.scratch.file("conf");
  const auto run = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--store", store});
    return cli::run_with(watched.files, {{"DATABASE_URL", "x"}}, std::move(words));
  };
  CHECK(run({"publish", "--init", conf}).code == ExitCode::done);
  watched.save(titled("Streets"));
  CHECK(run({"publish", conf}).code == ExitCode::done);
  const RunResult result = watched.watch({"--store", store, "--publish"}, [&] {
    const RunResult refused = run({"rollback", "1", "--lock-wait", "0"});
    CHECK(refused.code == ExitCode::findings);
    CHECK(contains(refused.err, "take it away with `--take-over`"));
    CHECK(run({"rollback", "1", "--take-over"}).code == ExitCode::done);
  });
  CHECK(contains(result.out, "conflict still HASH, the lease to publish is lost"));
  CHECK(contains(result.out, "from `Streets` to `Roads`"));
  CHECK(contains(run({"history", "--limit", "1"}).out, "rollback to version 1"));
}

TEST_CASE("a head whose snapshot is empty is no snapshot, and runs nowhere") {
  Watched watched;
  const std::string url = "dir:" + watched.scratch.file("store");
  coordination::StoreOptions options;
  options.creates = true;
  const auto store = *coordination::open_store(url, options);
  coordination::PublishRequest request;
  request.text = "";
  REQUIRE(store->publish(request).has_value());
  const RunResult result = watched.watch({"--store", url}, nullptr, {});
  CHECK(result.code == ExitCode::findings);
  CHECK(contains(result.out, " rejected "));
}

TEST_CASE("the last good configuration of the run before is begun with, if that is wanted") {
  Watched watched;
  const std::string state = watched.scratch.file("state");
  fs::create_directory(state);
  CHECK(watched.watch({"--state", state}, [&] { watched.save(titled("Streets")); }).code == ExitCode::done);
  watched.save("layer {\n");
  CHECK(watched.watch({"--state", state}).code == ExitCode::findings);
  const RunResult again =
      watched.watch({"--state", state, "--start-from-last-good"}, [&] { watched.save(titled("Lanes")); });
  CHECK(again.code == ExitCode::done);
  CHECK(contains(again.out, " rejected "));
  CHECK(contains(again.out,
                 " started HASH, the last good configuration, since what is there cannot be used\n"));
  CHECK(contains(again.out, "from `Streets` to `Lanes`"));
}

TEST_CASE("a watch that has waited for a configuration in vain has failed") {
  Watched watched("");
  const RunResult result =
      cli::run_with(watched.files, {}, {"watch", "--wait", "--timeout", "1", watched.scratch.file("conf")});
  CHECK(result.code == ExitCode::failure);
}

TEST_CASE("a directory of state is for one watch at a time") {
  Watched watched;
  const std::string state = watched.scratch.file("state");
  fs::create_directory(state);
  RunResult second;
  (void)watched.watch({"--state", state}, [&] {
    second = cli::run_with(watched.files, {}, {"watch", "--state", state, watched.scratch.file("conf")});
    watched.save(titled("Streets"));
  });
  CHECK(second.code == ExitCode::failure);
  CHECK(contains(second.err, "is used by process "));
}

TEST_CASE("an instance publishes what its files say, and another follows") {
  Watched watched;
  const std::string store = "dir:" + watched.scratch.file("store");
  CHECK(
      cli::run_with(watched.files, {}, {"publish", "--init", "--store", store, watched.scratch.file("conf")})
          .code == ExitCode::done);
  const std::string kept = watched.scratch.file("kept.hcl");
  RunResult published;
  const RunResult followed = watched.watch(
      {"--store", store, "--write", kept},
      [&] {
        published = watched.watch({"--store", store, "--publish"}, [&] { watched.save(titled("Streets")); });
      },
      {});
  CHECK(published.out ==
        "2026-07-01T00:00:00.000Z started HASH, version 1\n"
        "2026-07-01T00:00:00.000Z published HASH, version 2\n"
        "2026-07-01T00:00:00.000Z changed HASH -> HASH, version 2, 1 neutral, token 1 fired\n"
        "  DIR/conf/honua.hcl:10:17: neutral[P1022 layer-title-changed]: layer.roads.title: the title of "
        "`layer.roads` changes from `Roads` to `Streets`\n"
        "2026-07-01T00:00:00.000Z stopped HASH, by once\n");
  CHECK(followed.code == ExitCode::done);
  CHECK(contains(followed.out, "received HASH, version 2\n"));
  CHECK(contains(followed.out, "changed HASH -> HASH, version 2, 1 neutral, token 1 fired\n"));
  CHECK(contains(followed.out, "applied HASH, version 2\n"));
  CHECK(contains(read(kept), "\"Streets\""));
}

TEST_CASE("what a follower's rules refuse leaves the last good version running") {
  Watched watched;
  const std::string store = "dir:" + watched.scratch.file("store");
  const auto publish = [&] {
    return cli::run_with(watched.files, {},
                         {"publish", "--init", "--store", store, watched.scratch.file("conf")});
  };
  CHECK(publish().code == ExitCode::done);
  const RunResult followed =
      watched.watch({"--store", store, "--fail-on", "warning"},
                    [&] {
                      watched.save(cli::replaced(roads_for_test, "srid   = 4326", "srid   = 900913"));
                      CHECK(publish().code == ExitCode::done);
                    },
                    {});
  CAPTURE(followed.out);
  CHECK(followed.code == ExitCode::findings);
  CHECK(contains(followed.out, "received HASH, version 2"));
  CHECK(contains(followed.out, "rejected still HASH, version 2, "));
}

TEST_CASE("what is asked of watch wrongly is told") {
  const auto refused = [](std::vector<std::string> words) {
    words.insert(words.begin(), "watch");
    const RunResult result = cli::run_words(std::move(words));
    CHECK(result.code == ExitCode::usage);
    CHECK(result.out.empty());
    return result.err;
  };
  CHECK(refused({"--debounce", "10001"}) ==
        "error: `--debounce` takes a whole number from 0 to 10000, not `10001`\n");
  CHECK(refused({"--poll", "0"}) == "error: `--poll` takes a whole number from 10 to 3600000, not `0`\n");
  CHECK(refused({"--timeout", "x"}) ==
        "error: `--timeout` takes a whole number from 1 to 4294967295, not `x`\n");
  CHECK(contains(refused({"-"}), "standard input is read once"));
  CHECK(contains(refused({"--exec", "'a"}), "a quote has no end"));
  CHECK(contains(refused({"--signal", "HOP:x"}), "there is no signal `HOP`"));
  CHECK(contains(refused({"--post", "ftp://x"}), "is no URL that starts with"));
  CHECK(contains(refused({"--write", "-"}), "`--write` keeps a file"));
  CHECK(contains(refused({"--publish"}), "`--publish` needs a store"));
  CHECK(contains(refused({"--store", "dir:x", "--splay", "3601"}), "`--splay` takes a whole number"));
  CHECK(refused({"--splay", "5"}) == "error: `--splay` says nothing without `--store`\n");
  CHECK(contains(refused({"--store", "dir:x", "--compat", "x"}),
                 "`--compat` says nothing without `--publish`"));
  CHECK(contains(refused({"--store", "dir:x", "conf"}), "who follows a store reads no files of its own"));
  CHECK(contains(refused({"--start-from-last-good"}), "name the directory with `--state`"));
  CHECK(contains(refused({"--write-baseline", "x"}), "--write-baseline"));
  Watched watched;
  CHECK(watched.watch({"--write", watched.scratch.file("conf/out.hcl")}).code == ExitCode::usage);
  const std::string file = watched.scratch.file("values");
  watched.scratch.write("values", "A=1\n");
  const RunResult same = watched.watch({"--env-file", file, "--write", file});
  CHECK(same.code == ExitCode::usage);
  CHECK(same.err == "error: `DIR/values` is the file of `--env-file`\n  help: name another file\n");
  const std::string store = "dir:" + watched.scratch.file("store");
  fs::create_directory(watched.scratch.file("store"));
  const RunResult inside =
      watched.watch({"--store", store, "--publish", "--write", watched.scratch.file("store/EPOCH")});
  CHECK(inside.code == ExitCode::usage);
  CHECK(contains(inside.err, "`DIR/store/EPOCH` is in the store's directory"));
  CHECK(watched.watch({"--listen", "nowhere:80"}).code == ExitCode::usage);
  CHECK(watched.watch({"--state", watched.scratch.file("none/none")}).code == ExitCode::failure);
  const RunResult form = watched.watch({"--write", watched.scratch.file("kept.yaml")});
  CHECK(form.code == ExitCode::usage);
  CHECK(contains(form.err, "`DIR/kept.yaml` is neither a snapshot (.json) nor a configuration (.hcl)"));
  const RunResult values = watched.watch({"--env-file", watched.scratch.file("nothing")});
  CHECK(contains(values.out, "`--env-file`: `DIR/nothing`: no such file or directory"));
}

}  // namespace honua::commands
