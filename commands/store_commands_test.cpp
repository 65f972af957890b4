// SPDX-License-Identifier: MIT
// `publish`, `history`, `pull`, `rollback`, `status`, `lock`, `store`, and versions as sides of a plan.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "base/process.h"
#include "base/scratch_directory.h"
#include "cli/testing.h"
#include "commands/roads_for_test.h"
#include "coordination/store.h"

namespace honua::commands {

namespace {

using cli::contains;
using cli::RunResult;

// A directory with a configuration and, once made, a store.
class StoreWorld {
 public:
  StoreWorld() { write_title("Roads"); }

  void write_title(const std::string& title) const {
    scratch.write("honua.hcl", cli::replaced(roads_for_test, "Roads", title));
  }
  // `publish`, `rollback` and such get the store; paths are those of the directory.
  RunResult run(std::vector<std::string> words) {
    const std::map<std::string, std::string> variables = {
        {"HONUA_STORE", "dir:" + scratch.file("store")}, {"HONUA_AUTHOR", "tester"}, {"DATABASE_URL", "x"}};
    const bool promotes = std::ranges::find(words, "--promote") != words.end();
    if ((words.front() == "publish" && !promotes) || words.front() == "plan")
      words.push_back(scratch.file("honua.hcl"));
    RunResult result = cli::run_with(files, variables, std::move(words));
    for (std::string* text : {&result.out, &result.err}) *text = cli::replaced(*text, scratch.path(), "DIR");
    return result;
  }
  // A version with each title.
  void publish(const std::vector<std::string>& titles) {
    for (const std::string& one : titles) {
      write_title(one);
      const RunResult result = run({"publish", "--init"});
      REQUIRE_MESSAGE(result.code == ExitCode::done, result.err);
    }
  }
  [[nodiscard]] std::string store() const { return "dir:" + scratch.file("store"); }

  ScratchDirectory scratch;
  RealFileSystem files;
};

}  // namespace

TEST_CASE("a store is made when it is asked for, and not before") {
  StoreWorld world;
  const RunResult none = world.run({"publish"});
  CHECK(none.code == ExitCode::failure);
  CHECK(none.err ==
        "error: there is no directory `DIR/store`\n  help: `honua publish --init` makes one; if there was "
        "one, look for a backup "
        "of it first\n");
  CHECK(cli::run_words({"history"}).code == ExitCode::failure);
  CHECK(cli::run_words({"history"}).err ==
        "error: there is no store named\n  help: name it with `--store dir:PATH` or `--store redis://HOST`, "
        "or in HONUA_STORE\n");
  const RunResult made = world.run({"publish", "--init", "-m", "first"});
  CHECK(made.code == ExitCode::done);
  CHECK(made.out.starts_with("published version 1: sha256:"));
  const RunResult again = world.run({"publish"});
  CHECK(again.code == ExitCode::done);
  CHECK(again.out == "version 1 has this configuration already\n");
  CHECK(world.run({"publish", "--force"}).out.starts_with("published version 2: "));
}

TEST_CASE("a version says what it changes, and history lists it") {
  StoreWorld world;
  world.publish({"Roads", "Streets"});
  world.write_title("Lanes");
  const RunResult third = world.run({"publish", "-m", "why"});
  CHECK(contains(third.out, "published version 3: "));
  CHECK(contains(third.out, "\n1 neutral\n"));
  const RunResult history = world.run({"history", "--limit", "2"});
  CHECK(history.code == ExitCode::done);
  CHECK(contains(history.out, "3  2026-07-01T00:00:00.000Z  sha256:"));
  CHECK(contains(history.out, "publish by tester at "));
  CHECK(contains(history.out, ": why\n    1 neutral\n2  "));
  CHECK_FALSE(contains(history.out, "\n1  2026"));
  CHECK(history.err == "note: there are older versions: see `--limit`\n");
  CHECK(contains(world.run({"history", "--format", "json"}).out, "\"message\": \"why\""));
  CHECK(contains(world.run({"publish", "--dry-run"}).out, "no changes"));
  CHECK(contains(world.run({"history"}).out, "3  2026"));
}

TEST_CASE("what must not be published is refused, and the store stays as it is") {
  StoreWorld world;
  world.publish({"Roads"});
  SUBCASE("errors") {
    world.scratch.write("honua.hcl", "layer \"x\" {\n  tabel = \"a\"\n}\n");
    const RunResult result = world.run({"publish"});
    CHECK(result.code == ExitCode::findings);
    CHECK(contains(result.err, "error: the configuration has errors, and is not published"));
    CHECK(contains(result.err, "honua.hcl:2:3: error[H0011 unknown-attribute]"));
  }
  SUBCASE("a file that is not there") {
    std::filesystem::remove(world.scratch.file("honua.hcl"));
    CHECK(world.run({"publish"}).code == ExitCode::failure);
  }
  SUBCASE("a secret in the file") {
    world.scratch.write(
        "honua.hcl", cli::replaced(roads_for_test, "env(\"DATABASE_URL\")", "\"Host=db;Password=hunter2\""));
    const RunResult result = world.run({"publish"});
    CHECK(result.code == ExitCode::findings);
    CHECK(contains(result.err, "1 value with a secret in the file: a snapshot does not hold secrets"));
    CHECK_FALSE(contains(result.err + result.out, "hunter2"));
  }
  SUBCASE("another head than expected") {
    world.write_title("Streets");
    const RunResult result = world.run({"publish", "--expect-version", "0"});
    CHECK(result.code == ExitCode::findings);
    CHECK(contains(result.err, "error: the head is version 1, which is not the one expected"));
  }
  SUBCASE("changes that are too bad") {
    world.write_title("Streets");
    const RunResult result = world.run({"publish", "--fail-on-change", "any"});
    CHECK(result.code == ExitCode::findings);
    CHECK(contains(result.err, "error: the changes are refused: 1 neutral"));
  }
  SUBCASE("another plan than the one that was looked at") {
    world.write_title("Streets");
    const std::string plan = world.scratch.file("plan.json");
    CHECK(world.run({"plan", "--store", world.store(), "--out", plan}).code == ExitCode::done);
    world.write_title("Lanes");
    const RunResult result = world.run({"publish", "--require-plan", plan});
    CHECK(result.code == ExitCode::findings);
    CHECK(contains(result.err, "what would be published is not what `DIR/plan.json` has"));
    world.write_title("Streets");
    CHECK(world.run({"publish", "--require-plan", plan}).code == ExitCode::done);
    return;
  }
  SUBCASE("somebody else publishes") {
    world.write_title("Streets");
    const RunResult result =
        world.run({"lock", "--name", "publisher", "--", "sh", "-c",
                   "exec " HONUA_TEST_PROGRAM " publish --store " + world.store() + " --lock-wait 0 " +
                       world.scratch.file("honua.hcl") + " 2>" + world.scratch.file("err")});
    CHECK(static_cast<int>(result.code) == 1);
    CHECK(contains(world.files.read_file(world.scratch.file("err"), 10'000).value(),
                   "holds the lease to publish"));
  }
  CHECK(contains(world.run({"history", "--limit", "1"}).out, "1  2026"));
}

TEST_CASE("the same request makes one version") {
  StoreWorld world;
  CHECK(world.run({"publish", "--init", "--request", "deploy-7"}).out.starts_with("published version 1"));
  world.write_title("Streets");
  const RunResult other = world.run({"publish", "--request", "deploy-7", "--expect-version", "0"});
  CHECK(other.code == ExitCode::findings);
  CHECK(other.err ==
        "error: a request of this name published another configuration before, as version 1\n"
        "  help: give each request a name of its own\n");
  world.write_title("Roads");
  // Whatever else it asked for has been judged before.
  const RunResult again = world.run({"publish", "--request", "deploy-7", "--expect-version", "0",
                                     "--require-plan", "sha256:" + std::string(64, 'a')});
  CHECK(again.code == ExitCode::done);
  CHECK(again.out == "the same request published version 1 before\n");
  CHECK(contains(world.run({"publish", "--request", "deploy-7", "--format", "json"}).out, "\"repeated\""));
}

TEST_CASE("a version is pulled as a configuration or as its snapshot") {
  StoreWorld world;
  world.publish({"Roads", "Streets"});
  const RunResult head = world.run({"pull"});
  CHECK(head.code == ExitCode::done);
  CHECK(contains(head.out, "  title       = \"Streets\"\n"));
  CHECK(contains(head.out, "  connection = env(\"DATABASE_URL\")\n"));
  CHECK(contains(world.run({"pull", "1"}).out, "\"Roads\""));
  const std::string file = world.scratch.file("one.json");
  CHECK(world.run({"pull", "1", "-o", file}).code == ExitCode::done);
  CHECK(contains(world.files.read_file(file, 100'000).value(), "\"honua-snapshot\""));
  CHECK(contains(world.run({"pull", "--format", "json"}).out, "\"honua-snapshot\""));
  CHECK(world.run({"pull", "3"}).code == ExitCode::failure);
  CHECK(world.run({"pull", "3"}).err == "error: dir:DIR/store: there is no version 3\n");
  CHECK(world.run({"pull", "x"}).code == ExitCode::usage);
  CHECK(world.run({"pull", "0"}).code == ExitCode::usage);
}

TEST_CASE("versions are sides of a plan") {
  StoreWorld world;
  world.publish({"Roads", "Streets", "Lanes"});
  CHECK(contains(cli::run_with(world.files, {}, {"plan", world.store() + "@1", world.store() + "@2"}).out,
                 "from `Roads` to `Streets`"));
  CHECK(contains(cli::run_with(world.files, {}, {"plan", world.store() + "@1", world.store() + "@head"}).out,
                 "from `Roads` to `Lanes`"));
  world.write_title("Paths");
  CHECK(contains(world.run({"plan", "--store", world.store()}).out, "from `Lanes` to `Paths`"));
  CHECK(contains(world.run({"plan", world.store() + "@2"}).out, "from `Streets` to `Paths`"));
  CHECK(cli::run_with(world.files, {}, {"plan", world.store() + "@9", world.store()}).code ==
        ExitCode::failure);
  CHECK(contains(cli::run_with(world.files, {}, {"snapshot", world.store() + "@1"}).out, "\"Roads\""));
}

TEST_CASE("a rollback is a new version, checked by today's rules") {
  StoreWorld world;
  world.publish({"Roads", "Streets"});
  const RunResult back = world.run({"rollback", "1", "-m", "slow"});
  CHECK(back.code == ExitCode::done);
  CHECK(contains(back.out, "published version 3: "));
  CHECK(contains(world.run({"history", "--limit", "1"}).out, "rollback to version 1 by tester"));
  CHECK(world.run({"rollback", "1"}).out == "version 3 has this configuration already\n");
  CHECK(world.run({"rollback", "1", "--force"}).out.starts_with("published version 4"));
  CHECK(world.run({"rollback"}).code == ExitCode::usage);
  CHECK(contains(world.run({"rollback", "head"}).err, "a rollback needs an older version"));
  CHECK(world.run({"rollback", "9"}).code == ExitCode::failure);
  world.scratch.write("honua.hcl", cli::replaced(roads_for_test, "srid   = 4326", "srid   = 900913"));
  CHECK(world.run({"publish"}).out.starts_with("published version 5"));
  world.publish({"Roads"});
  const RunResult refused = world.run({"rollback", "5", "--fail-on", "warning"});
  CHECK(refused.code == ExitCode::findings);
  CHECK(contains(refused.err, "version 5 has errors by today's rules, and is not published"));
  CHECK(contains(world.run({"history", "--limit", "1"}).out, "6  2026"));
  CHECK(world.run({"rollback", "2", "--baseline", world.scratch.file("none.json")}).code == ExitCode::usage);
  world.publish({"Lanes"});
  CHECK(world.run({"store", "gc", "--keep", "1", "--age", "0"}).code == ExitCode::done);
  const RunResult gone = world.run({"rollback", "1"});
  CHECK(gone.code == ExitCode::failure);
  CHECK(contains(gone.err, "is no longer kept"));
}

TEST_CASE("a store is looked after") {
  StoreWorld world;
  world.publish({"Roads", "Streets", "Lanes"});
  CHECK(world.run({"store", "verify"}).code == ExitCode::done);
  CHECK(world.run({"store", "verify"}).err == "note: dir:DIR/store has no faults\n");
  CHECK(world.run({"store", "gc", "--keep", "1", "--age", "0"}).out ==
        "took away 2 snapshots, 0 unfinished files, 0 files of old leases and 0 instances\n");
  CHECK(world.run({"store", "verify"}).code == ExitCode::done);
  std::filesystem::remove(world.scratch.file("store/versions/000000000002"));
  const RunResult faulty = world.run({"store", "verify"});
  CHECK(faulty.code == ExitCode::findings);
  CHECK(faulty.out == "versions/000000000002: it is missing\n");
  CHECK(faulty.err == "note: dir:DIR/store has 1 fault\n");
  CHECK(world.run({"store"}).code == ExitCode::usage);
  CHECK(world.run({"store", "burn"}).err ==
        "error: there is no action `burn`\n  help: `honua store gc` collects, `honua store verify` looks for "
        "faults\n");
}

TEST_CASE("status tells of a store that nobody follows, and waits for those that should") {
  StoreWorld world;
  world.publish({"Roads"});
  const RunResult alone = world.run({"status"});
  CHECK(alone.code == ExitCode::findings);
  CHECK(contains(alone.out, "not consistent: head is version 1, sha256:"));
  CHECK(contains(alone.out, "  0 live instances, not 1\n"));
  const RunResult none = world.run({"status", "--instances", "0"});
  CHECK(none.code == ExitCode::done);
  CHECK(none.out.starts_with("consistent: head is version 1, sha256:"));
  const RunResult few = world.run({"status", "--instances", "2"});
  CHECK(few.code == ExitCode::findings);
  CHECK(contains(few.out, "  0 live instances, not 2\n"));
  const RunResult json = world.run({"status", "--format", "json", "--instances", "0"});
  CHECK(contains(json.out, "\"consistent\": true"));
  CHECK(contains(json.out, "\"instances\": []"));
}

TEST_CASE("a program runs under a lock, with its fence, and its exit code is ours") {
  StoreWorld world;
  world.publish({"Roads"});
  const std::string file = world.scratch.file("fence");
  const RunResult result =
      world.run({"lock", "--", "sh", "-c", "echo $HONUA_LOCK_FENCE > " + file + "; exit 7"});
  CHECK(static_cast<int>(result.code) == 7);
  CHECK(world.files.read_file(file, 100).value() == "1\n");
  CHECK(world.run({"lock", "--", "sh", "-c", "echo $HONUA_LOCK_FENCE > " + file}).code == ExitCode::done);
  CHECK(world.files.read_file(file, 100).value() == "2\n");
  CHECK(world.run({"lock", "--", "honua-no-such-program"}).code == ExitCode::failure);
  CHECK(world.run({"lock"}).code == ExitCode::usage);
  CHECK(world.run({"lock", "--name", "../x", "--", "true"}).code == ExitCode::usage);
}

TEST_CASE("a program whose lease is lost is asked to end") {
  StoreWorld world;
  world.publish({"Roads"});
  // The store goes away, so that the lease cannot be renewed.
  const RunResult result =
      world.run({"lock", "--lease-ttl", "300", "--", "sh", "-c",
                 "mv " + world.scratch.file("store") + " " + world.scratch.file("moved") + "; chmod 000 " +
                     world.scratch.file("moved") + "/leases/lock; rm -r " + world.scratch.file("moved") +
                     "; exec sleep 20"});
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.err, "the program is asked to end"));
}

TEST_CASE("what a program has started ends with it when its lease is lost") {
  StoreWorld world;
  world.publish({"Roads"});
  const std::string late = world.scratch.file("late");
  // The program does not listen, and what it has started would go on.
  world.scratch.write("work", "trap '' TERM\n(trap '' TERM; sleep 3; touch " + late + ") &\nmv " +
                                  world.scratch.file("store") + " " + world.scratch.file("moved") +
                                  "\nsleep 20\n");
  const auto begun = std::chrono::steady_clock::now();
  CHECK(world.run({"lock", "--lease-ttl", "600", "--", "sh", world.scratch.file("work")}).code ==
        ExitCode::failure);
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(3));
  std::this_thread::sleep_for(std::chrono::seconds(3));
  CHECK_FALSE(std::filesystem::exists(late));
}

TEST_CASE("a signal is passed on to the program, whose end is waited for") {
  StoreWorld world;
  world.publish({"Roads"});
  world.scratch.write("work", "trap 'sleep 1; echo trapped; exit 5' TERM\n: > " +
                                  world.scratch.file("begun") + "\nwhile :; do sleep 0.1; done\n");
  world.scratch.write("outer", HONUA_TEST_PROGRAM " lock --store " + world.store() + " -- sh " +
                                   world.scratch.file("work") + " &\nwhile [ ! -e " +
                                   world.scratch.file("begun") + " ]; do sleep 0.1; done\nkill -TERM $!\n" +
                                   HONUA_TEST_PROGRAM " lock --lock-wait 0 --store " + world.store() +
                                   " -- true\necho $?\nwait $!\necho $?\n");
  const auto result = run_process({"sh", world.scratch.file("outer")}, "", 10'000);
  REQUIRE(result.has_value());
  CHECK(result->out == "1\ntrapped\n5\n");
}

TEST_CASE("a version that nobody is there to check or to run first is not published") {
  StoreWorld world;
  world.publish({"Roads"});
  world.write_title("Streets");
  const RunResult asked = world.run({"publish", "--two-phase"});
  CHECK(asked.code == ExitCode::findings);
  CHECK(asked.err ==
        "error: it is not published: no instance is there to check it\n"
        "  help: `honua status` lists instances\n");
  const RunResult canary = world.run({"publish", "--canary", "2"});
  CHECK(canary.code == ExitCode::findings);
  CHECK(canary.err ==
        "error: it is not published: 0 live instances, and 2 should run it first\n"
        "  help: `honua status` lists them\n");
  const RunResult json = world.run({"publish", "--two-phase", "--format", "json"});
  CHECK(json.code == ExitCode::findings);
  CHECK(contains(json.out, "\"result\": \"refused\""));
  CHECK(contains(json.out, "\"reason\": \"no instance is there to check it\""));
  CHECK(world.run({"publish", "--promote"}).out == "version 1 is for all instances already\n");
  CHECK(contains(world.run({"publish", "--promote", "--format", "json"}).out, "\"result\": \"same\""));
}

TEST_CASE("what only canaries run is not taken for published") {
  StoreWorld world;
  world.publish({"Roads"});
  const auto store = *coordination::open_store(world.store(), {});
  world.write_title("Streets");
  // As a publisher leaves it that was killed.
  const auto text = [&] {
    const RunResult made = world.run({"publish"});
    REQUIRE(made.code == ExitCode::done);
    return *store->object(store->version(2)->hash);
  }();
  coordination::PublishRequest request;
  request.text = text;
  request.request = "deployment-17";
  request.is_named = true;
  request.canaries = {"a"};
  request.even_if_same = true;
  REQUIRE(store->publish(request).has_value());
  const std::string help = "  help: `honua publish --promote` has all run it, `honua rollback` none\n";
  const RunResult same = world.run({"publish"});
  CHECK(same.code == ExitCode::findings);
  CHECK(same.err == "error: version 3 has this configuration already, but only its canaries run it\n" + help);
  const RunResult repeated = world.run({"publish", "--request", "deployment-17", "--format", "json"});
  CHECK(repeated.code == ExitCode::findings);
  CHECK(contains(repeated.out, "\"result\": \"held\""));
  const RunResult other = world.run({"publish", "--promote", "--expect-version", "2"});
  CHECK(other.code == ExitCode::findings);
  CHECK(contains(other.err, "the head is version 3, which is not the one expected"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--dry-run"}, {"--two-phase"}, {"--request", "x"}, {"conf"}, {"--force"}}) {
    std::vector<std::string> all{"publish", "--promote"};
    all.insert(all.end(), words.begin(), words.end());
    const RunResult refused = world.run(all);
    CHECK(refused.code == ExitCode::usage);
    CHECK(refused.err.starts_with("error: `--promote` publishes nothing, and does not go with "));
  }
  CHECK(world.run({"rollback", "1"}).code == ExitCode::done);
  const RunResult back = world.run({"publish", "--request", "deployment-17"});
  CHECK(back.code == ExitCode::findings);
  CHECK(contains(back.err, "version 3 was rolled back, as version 4"));
}

TEST_CASE("what was published with a lease that was taken away says so") {
  StoreWorld world;
  world.publish({"Roads"});
  const auto store = *coordination::open_store(world.store(), {});
  CHECK(
      store->acquire({coordination::publisher_lease, "a watch", std::chrono::seconds(60), {}})->has_value());
  world.write_title("Streets");
  CHECK(world.run({"publish", "--take-over"}).code == ExitCode::done);
  CHECK((*store->head())->takes_over);
  world.write_title("Lanes");
  CHECK(world.run({"publish", "--take-over"}).code == ExitCode::done);
  CHECK_FALSE((*store->head())->takes_over);
}

TEST_CASE("a trial tells people, and asks nobody") {
  StoreWorld world;
  world.publish({"Roads"});
  world.write_title("Streets");
  const RunResult json = world.run({"publish", "--dry-run", "--format", "json"});
  CHECK(json.code == ExitCode::usage);
  CHECK(contains(json.err, "`honua plan --store URL --format json` tells programs"));
  const RunResult trial = world.run({"publish", "--dry-run", "--two-phase"});
  CHECK(trial.code == ExitCode::done);
  CHECK(trial.err == "note: a trial asks no instance\n");
}

TEST_CASE("steps that say nothing, or cannot be, are refused") {
  StoreWorld world;
  world.publish({"Roads"});
  const auto error_of = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all{"publish"};
    all.insert(all.end(), words.begin(), words.end());
    const RunResult result = world.run(all);
    CHECK(result.code == ExitCode::usage);
    return result.err.substr(0, result.err.find('\n'));
  };
  CHECK(error_of({"--quorum", "3"}) == "error: `--quorum` says nothing without `--two-phase`");
  CHECK(error_of({"--vote-wait", "3"}) == "error: `--vote-wait` says nothing without `--two-phase`");
  CHECK(error_of({"--canary-hold", "3"}) == "error: `--canary-hold` says nothing without `--canary`");
  CHECK(error_of({"--two-phase", "--quorum", "101%"}) ==
        "error: `--quorum` is `101%`, which is no such number");
  CHECK(error_of({"--two-phase", "--quorum", "0"}) == "error: `--quorum` is `0`, which is no such number");
  CHECK(error_of({"--two-phase", "--quorum", "%"}) == "error: `--quorum` is `%`, which is no such number");
  CHECK(contains(error_of({"--canary", "0"}), "--canary"));
  CHECK(contains(error_of({"--canary", "1001"}), "--canary"));
  CHECK(contains(error_of({"--two-phase", "--vote-wait", "0"}), "--vote-wait"));
  CHECK(contains(error_of({"--require-replicas", "0"}), "--require-replicas"));
  world.write_title("Streets");
  const RunResult replicas = world.run({"publish", "--require-replicas", "1"});
  CHECK(replicas.code == ExitCode::failure);
  CHECK(contains(replicas.err, "only a store in Redis has replicas to wait for"));
  const RunResult told = world.run({"publish", "--compat", "/etc/honua/honua.hcl"});
  CHECK(told.code == ExitCode::done);
  CHECK(told.err ==
        "note: servers are not told of the version: only a store in Redis has a channel that servers "
        "listen to\n");
}

TEST_CASE("what is asked of the commands wrongly is told") {
  StoreWorld world;
  CHECK(world.run({"publish", "--expect-version", "x"}).code == ExitCode::usage);
  CHECK(world.run({"publish", "--lease-ttl", "0"}).code == ExitCode::usage);
  CHECK(world.run({"publish", "-m", std::string(5000, 'x')}).code == ExitCode::usage);
  CHECK(world.run({"history", "--store", "redis://:hunter2@x"}).code == ExitCode::failure);
  CHECK_FALSE(contains(world.run({"history", "--store", "redis://:hunter2@x"}).err, "hunter2"));
  std::filesystem::create_directory(world.scratch.file("store"));
  std::filesystem::permissions(world.scratch.file("store"), std::filesystem::perms::all);
  const RunResult open = world.run({"publish", "--init"});
  CHECK(open.code == ExitCode::failure);
  CHECK(open.err ==
        "error: `DIR/store` may be written by everybody\n  help: take the right to write it from "
        "others, or use it all the same with `--insecure-store`\n");
  CHECK(world.run({"publish", "--init", "--insecure-store"}).code == ExitCode::done);
}

}  // namespace honua::commands
