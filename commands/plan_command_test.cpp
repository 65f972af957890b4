// SPDX-License-Identifier: MIT
#include "commands/plan_command.h"

#include <doctest/doctest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "base/process.h"
#include "base/scratch_directory.h"
#include "cli/testing.h"
#include "commands/golden_cases_for_test.h"

namespace honua::commands {

namespace {

using cli::contains;
using cli::replaced;

constexpr std::string_view before_text = R"(data_source "db" {
  provider   = "postgresql"
  connection = "Host=a;Username=gis;Password=planted-one"
}
service "ogc_api" {
}
service "wfs" {
}
layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "roads"
  id_field    = "id"
  services    = [service.ogc_api]
}
)";

constexpr std::string_view after_text = R"(data_source "db" {
  provider   = "postgresql"
  connection = "Host=b;Username=gis;Password=planted-two"
}
service "ogc_api" {
}
service "wfs" {
}
layer "roads" {
  title       = "Streets"
  data_source = data_source.db
  table       = "roads"
  id_field    = "id"
  services    = [service.ogc_api, service.wfs]
}
)";

// Secrets wherever a text may stand.
constexpr std::string_view every_text = R"(data_source "db" {
  provider     = "VALUE"
  connection   = "VALUE"
  health_check = "VALUE"
}
service "wfs" {
  title          = "VALUE"
  base_path      = "VALUE"
  version        = "VALUE"
  api_token      = "TOKEN"
  output_formats = ["VALUE"]
  free           = { a = "VALUE", "VALUE" = 1 }
}
layer "a" {
  title       = "VALUE"
  table       = "VALUE"
  data_source = "VALUE"
  id_field    = "VALUE"
}
)";

cli::RunResult plan(std::vector<std::string> words, const std::string& more = "") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("new.hcl", std::string(after_text));
  if (!more.empty()) files.add("accepted.hcl", more);
  words.insert(words.begin(), "plan");
  return cli::run_with(files, {}, std::move(words));
}

}  // namespace

TEST_CASE("a plan tells what changes, worst first, and where") {
  const auto result = plan({"old.hcl", "new.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.err.empty());
  CHECK(result.out ==
        R"(plan: 1 breaking, 1 risky, 1 additive, 1 neutral (old.hcl -> new.hcl)
  breaking  layer.roads.services         P1005 layer-published-id-changed
  risky     data_source.db.connection    P4004 source-connection-changed
  additive  layer.roads.services["wfs"]  P1011 layer-service-added

breaking[P1005]: clients know `layer.roads` as `roads`: it becomes `roads_ogc_api`
  --> new.hcl:14:17 (was at old.hcl:14:17)
  help: keep the layer as it is, and publish it in the other service as a layer of its own

risky[P4004]: `data_source.db.connection` goes elsewhere: `host` from `a` to `b`
  --> new.hcl:3:16 (was at old.hcl:3:16)
  help: make sure that the same tables are there, and that the server may reach them

additive[P1011]: `service.wfs` publishes `layer.roads`
  --> new.hcl:14:17 (was at old.hcl:14:17)

neutral[P1022]: the title of `layer.roads` changes from `Roads` to `Streets`
  --> new.hcl:10:17 (was at old.hcl:10:17)

operator: flush (layer.roads); reconnect (data_source.db)
suggested version bump: major
)");
}

TEST_CASE("every case of planning gives what is beside it, in every format") {
  // testdata/plan/CASE: old.hcl against new.hcl with the arguments of `args`, one a line, is FORMAT.txt.
  const std::string folder = HONUA_SOURCE_DIR "/testdata/plan/";
  const auto names = RealFileSystem().list_directory(folder).value();
  CHECK(names.size() >= 5);
  for (const std::string& name : names) {
    const WorkingDirectory in_directory(folder + name);
    const std::vector<std::string> more = golden::lines_of(read_golden("args").value_or(""));
    for (const auto& format : plan_formats) {
      CAPTURE(name);
      CAPTURE(format.name);
      std::vector<std::string> words = {"plan", "old.hcl", "new.hcl", "--format", std::string(format.name)};
      words.insert(words.end(), more.begin(), more.end());
      RealFileSystem files;
      const auto result = cli::run_with(files, {}, words);
      CHECK(result.code == ExitCode::done);
      // Odd names are errors.
      const bool has_errors = name == "odd-names";
      CHECK(result.err ==
            (has_errors ? "note: new.hcl has 4 errors, and is compared all the same: see `honua validate`\n"
                        : ""));
      check_golden(std::string(format.name) + ".txt", result.out);
    }
  }
}

TEST_CASE("what fmt makes of a configuration is no change but of its format") {
  const std::string folder = HONUA_SOURCE_DIR "/testdata/plan/";
  const auto names = RealFileSystem().list_directory(folder).value();
  for (const std::string& name : names) {
    CAPTURE(name);
    MemoryFileSystem files;
    const std::string text = RealFileSystem().read_file(folder + name + "/new.hcl", 1 << 20)->to_string();
    files.add("old.hcl", text);
    files.add("new.hcl", replaced(text, "  ", "   "));
    REQUIRE(cli::run_with(files, {}, {"fmt", "new.hcl"}).code == ExitCode::done);
    const auto result = cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--only", "additive"});
    CHECK(result.out.starts_with("plan: no changes ("));
  }
}

TEST_CASE("plan tells its options in its help") {
  check_golden(HONUA_SOURCE_DIR "/testdata/plan-help.txt", cli::run_words({"plan", "--help"}).out);
}

TEST_CASE("a configuration against itself is no change, in every format") {
  CHECK(plan({"old.hcl", "old.hcl"}).out == "plan: no changes (old.hcl -> old.hcl)\n");
  CHECK(plan({"old.hcl", "old.hcl", "--format=json-patch"}).out == "[]\n");
  CHECK(plan({"old.hcl", "old.hcl", "--format=merge-patch"}).out == "{}\n");
  CHECK(plan({"old.hcl", "old.hcl", "--format=unified"}).out.empty());
  CHECK(plan({"old.hcl", "old.hcl", "--exit-code"}).code == ExitCode::done);
}

TEST_CASE("the exit code is what was asked for") {
  CHECK(plan({"old.hcl", "new.hcl", "--fail-on", "breaking"}).code == ExitCode::findings);
  CHECK(plan({"old.hcl", "new.hcl", "--exit-code"}).code == ExitCode::findings);
  CHECK(plan({"old.hcl", "new.hcl", "--fail-on-security"}).code == ExitCode::done);
  CHECK(plan({"new.hcl", "old.hcl", "--path", "layer.roads.title", "--fail-on", "additive"}).code ==
        ExitCode::done);
  CHECK(plan({"new.hcl", "old.hcl", "--path", "layer.roads.title", "--fail-on", "any"}).code ==
        ExitCode::findings);
}

TEST_CASE("a part of a plan can be asked for by level, area and address") {
  CHECK(contains(plan({"old.hcl", "new.hcl", "--only", "risky"}).out, "plan: 1 breaking, 1 risky ("));
  CHECK(contains(plan({"old.hcl", "new.hcl", "--area", "source"}).out, "plan: 1 risky ("));
  CHECK(contains(plan({"old.hcl", "new.hcl", "--path", "layer.roads"}).out,
                 "plan: 1 breaking, 1 additive, 1 neutral"));
  CHECK(plan({"old.hcl", "new.hcl", "--area", "roof"}).code == ExitCode::usage);
  CHECK(plan({"old.hcl", "new.hcl", "--path", "..."}).code == ExitCode::usage);
}

TEST_CASE("a part of a plan can be asked for by whom it concerns") {
  CHECK(contains(plan({"old.hcl", "new.hcl", "--contract", "api"}).out,
                 "plan: 1 breaking, 1 risky, 1 additive ("));
  CHECK(contains(plan({"old.hcl", "new.hcl", "--contract", "ops"}).out, "plan: 1 breaking, 1 risky ("));
  CHECK(contains(plan({"old.hcl", "new.hcl", "--contract", "security"}).out, "plan: no changes"));
  const auto wrong = plan({"old.hcl", "new.hcl", "--contract", "opps"});
  CHECK(wrong.code == ExitCode::usage);
  CHECK(wrong.err == "error: `opps` is no value of `--contract`; did you mean `ops`?\n");
}

TEST_CASE("a rule's changes can count as more or less") {
  const auto result =
      plan({"old.hcl", "new.hcl", "--level", "P1005=neutral", "--level", "layer-title-changed=breaking"});
  CHECK(result.out.starts_with("plan: 1 breaking, 1 risky, 1 additive, 1 neutral ("));
  CHECK(contains(result.out, "\nbreaking[P1022]: "));
  CHECK(contains(result.out, "\nneutral[P1005]: "));
  CHECK(plan({"old.hcl", "new.hcl", "--level", "P1005=neutral", "--fail-on", "breaking"}).code ==
        ExitCode::done);
  // What is a preview breaks nobody.
  CHECK(contains(plan({"old.hcl", "new.hcl", "--level", "layer.roads=risky"}).out,
                 "plan: 2 risky, 1 additive, 1 neutral ("));
  for (const auto& [given, message] :
       {std::pair("P1005", "`` is no value of `--level`; expected one of"),
        {"P0=risky", "`P0` is neither a rule of changes nor an address"},
        {"roads.x=risky", "`roads.x` is neither a rule of changes nor an address"},
        {"P1005=riskie", "`riskie` is no value of `--level`; did you mean `risky`?"}}) {
    const auto wrong = plan({"old.hcl", "new.hcl", "--level", given});
    CHECK(wrong.code == ExitCode::usage);
    CHECK(contains(wrong.err, "error: " + std::string(message)));
    CHECK(wrong.out.empty());
  }
}

TEST_CASE("what is only called otherwise is one change if somebody says so") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("new.hcl", replaced(before_text, "\"roads\" {", "\"streets\" {"));
  const auto guess = cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl"});
  CHECK(contains(guess.out, "say `--moved layer.roads=layer.streets`"));
  const auto told =
      cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--moved", "layer.roads=layer.streets"});
  CHECK(contains(told.out, "plan: 1 breaking (old.hcl -> new.hcl)\n"));
  CHECK(contains(told.out, "--> new.hcl:9:1 (was at old.hcl:9:1)"));
  const auto wrong = cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--moved", "layer.a=layer.b"});
  CHECK(wrong.code == ExitCode::usage);
  CHECK(wrong.err == "error: `layer.a` is not in the old side: it cannot move\n");
  CHECK(cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--moved", "roads"}).code == ExitCode::usage);
}

TEST_CASE("a plan can be written in several formats in one run") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("new.hcl", std::string(after_text));
  const std::vector<std::string> words = {
      "plan",  "old.hcl",  "new.hcl", "--report", "markdown=plan.md", "--report", "json-patch=patch.json",
      "--out", "plan.json"};
  CHECK(cli::run_with(files, {}, words).code == ExitCode::done);
  for (const auto& [file, format] :
       {std::pair("plan.md", "markdown"), {"patch.json", "json-patch"}, {"plan.json", "json"}}) {
    CAPTURE(file);
    REQUIRE(files.exists(file));
    CHECK(files.read_file(file, 100'000)->view() ==
          cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--format", format}).out);
  }
  for (const char* report :
       {"markdown", "markdown=", "mrkdown=a", "json=-", "json=old.hcl", "json=plan.json"}) {
    CAPTURE(report);
    const auto wrong =
        cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--out", "plan.json", "--report", report});
    CHECK(wrong.code == ExitCode::usage);
    CHECK(wrong.out.empty());
  }
  CHECK(files.read_file("old.hcl", 10'000)->view() == before_text);
}

TEST_CASE("what was reviewed is what goes live, or the plan says so") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("new.hcl", std::string(after_text));
  files.add("other.hcl", std::string(before_text) + "service \"wms\" {\n}\n");
  REQUIRE(cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--out", "plan.json"}).code ==
          ExitCode::done);
  CHECK(cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--expect", "plan.json"}).code ==
        ExitCode::done);
  for (const auto& [before, after] : {std::pair("old.hcl", "other.hcl"), {"other.hcl", "new.hcl"}}) {
    const auto result = cli::run_with(files, {}, {"plan", before, after, "--expect", "plan.json"});
    CHECK(result.code == ExitCode::findings);
    CHECK(contains(result.err, "error: other.hcl is not what `plan.json` was made of: it is `sha256:"));
    CHECK(result.out.starts_with("plan: "));
  }
  std::string hash = cli::run_with(files, {}, {"snapshot", "new.hcl", "--hash"}).out;
  hash.pop_back();
  CHECK(cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--expect", hash}).code == ExitCode::done);
  CHECK(cli::run_with(files, {}, {"plan", "new.hcl", "old.hcl", "--expect", hash}).code ==
        ExitCode::findings);
}

TEST_CASE("what runs and is not what was deployed is told apart from the plan") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("new.hcl", std::string(after_text));
  files.add("live.hcl", replaced(replaced(before_text, "\"Roads\"", "\"Streets\""), "\"id\"", "\"gid\""));
  const std::vector<std::string> words = {"plan", "old.hcl", "new.hcl", "--live", "live.hcl"};
  const auto result = cli::run_with(files, {}, words);
  CHECK(result.code == ExitCode::done);
  CHECK(contains(
      result.out,
      "drift: 1 breaking, 1 neutral (live.hcl is not as old.hcl)\n"
      "  breaking[P1020]: the items of `layer.roads` are identified by another column: `id` to `gid` "
      "(undone by this plan)\n"
      "  neutral[P1022]: the title of `layer.roads` changes from `Roads` to `Streets` (also planned)\n\n"
      "  breaking  layer.roads.services "));
  const auto with = [&](const std::string& more) {
    std::vector<std::string> all = words;
    all.push_back(more);
    return cli::run_with(files, {}, all);
  };
  CHECK(with("--fail-on-drift").code == ExitCode::findings);
  const auto json = nlohmann::json::parse(with("--format=json").out);
  CHECK(json["live"]["name"] == "live.hcl");
  CHECK(json["drift"][0]["planned"] == false);
  CHECK(json["drift"][0]["change"]["after_position"]["file"] == "live.hcl");
  CHECK(json["drift"][1]["planned"] == true);
  CHECK(contains(with("--format=markdown").out,
                 "<details open><summary>drift: 1 breaking, 1 neutral in live.hcl</summary>"));
  const auto none =
      cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--live", "old.hcl", "--fail-on-drift"});
  CHECK(none.code == ExitCode::done);
  CHECK(contains(none.out, "drift: old.hcl is as old.hcl\n"));
  CHECK(cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--fail-on-drift"}).code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"plan", "-", "new.hcl", "--live", "-"}).code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--live", "none.hcl"}).code ==
        ExitCode::failure);
}

TEST_CASE("what is not shown still counts, and what nobody asked for does not") {
  MemoryFileSystem files;
  files.add("old.hcl", "honua {\n}\n" + std::string(before_text));
  files.add("new.hcl", "honua {\n  cors {\n    allow_any_origin = true\n  }\n}\n" + std::string(before_text));
  const auto run = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"plan", "old.hcl", "new.hcl"});
    return cli::run_with(files, {}, words);
  };
  const auto hidden = run({"--only", "breaking", "--fail-on-security"});
  CHECK(hidden.code == ExitCode::findings);
  CHECK(hidden.out ==
        "plan: no changes that were asked for (old.hcl -> new.hcl)\nnot shown: 1 change that nobody asked "
        "for\n");
  CHECK(run({"--area", "layer", "--fail-on-security"}).code == ExitCode::done);
  CHECK(run({"--area", "cors", "--fail-on-security"}).code == ExitCode::findings);
  CHECK(run({"--path", "layer.rods", "--fail-on", "any"}).err ==
        "note: neither side has anything at `layer.rods`\n");
  CHECK(run({"--path", "roads"}).code == ExitCode::usage);
}

TEST_CASE("a part of a plan has what nobody can decide, and caches their connections") {
  MemoryFileSystem files;
  files.add(
      "old.hcl",
      "layer \"a\" {\n  table = \"t\"\n}\ncache \"c\" {\n  type = \"redis\"\n  connection = \"a:1\"\n}\n");
  files.add("new.hcl",
            "layer \"a\" {\n  table = env(\"T\")\n}\ncache \"c\" {\n  type = \"redis\"\n  connection = "
            "\"b:1\"\n}\n");
  CHECK(contains(cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--area", "layer"}).out, "[P9003]"));
  CHECK(contains(cli::run_with(files, {}, {"plan", "old.hcl", "new.hcl", "--area", "cache"}).out, "[P4004]"));
}

TEST_CASE("a change without a place is reported in every format") {
  MemoryFileSystem files;
  files.add("new.hcl", "# nothing but a comment\n");
  for (const auto& format : plan_formats) {
    CAPTURE(format.name);
    const auto result =
        cli::run_with(files, {}, {"plan", "/dev/null", "new.hcl", "--format", std::string(format.name)});
    CHECK(result.code == ExitCode::done);
  }
}

TEST_CASE("git's external diff never ends because of what it compares") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("new.hcl", replaced(before_text, "\"id\"", "\"gid\""));
  const auto run = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all = {"plan", "--git-driver", "--"};
    all.insert(all.end(), words.begin(), words.end());
    return cli::run_with(files, {}, all);
  };
  const auto conflict = run({"conf/roads.hcl"});
  CHECK(conflict.code == ExitCode::done);
  CHECK(conflict.out == "plan: conf/roads.hcl has conflicts that are not resolved\n");
  const auto renamed =
      run({"-a.hcl", "old.hcl", "1", "100644", "new.hcl", "2", "100644", "b.hcl", "similarity index 90%"});
  CHECK(renamed.code == ExitCode::done);
  CHECK(contains(renamed.out, "(a/-a.hcl -> b/b.hcl)"));
  CHECK(run({"a.hcl", "none.hcl", "1", "100644", "new.hcl", "2", "100644"}).code == ExitCode::done);
  // A file that holds no services says nothing of whether they are offered.
  files.add("layer_old.hcl", "layer \"a\" {\n  id_field = \"id\"\n  services = [\"wfs\"]\n}\n");
  files.add("layer_new.hcl", "layer \"a\" {\n  id_field = \"gid\"\n  services = [\"wfs\"]\n}\n");
  CHECK(contains(run({"l.hcl", "layer_old.hcl", "1", "100644", "layer_new.hcl", "2", "100644"}).out,
                 "breaking[P1020]"));
  CHECK(cli::run_with(files, {}, {"plan", "--git-driver", "--out", "x.json", "a", "old.hcl"}).code ==
        ExitCode::usage);
}

TEST_CASE("reports and snapshots do not take the name of a configuration") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  CHECK(cli::run_with(files, {}, {"plan", "old.hcl", "old.hcl", "--out", "more.hcl"}).code ==
        ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"snapshot", "old.hcl", "-o", "more.honua"}).code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"snapshot", "old.hcl", "--hash", "-o", "hash.txt"}).out.empty());
  CHECK(files.read_file("hash.txt", 100)->view() ==
        cli::run_with(files, {}, {"snapshot", "old.hcl", "--hash"}).out);
}

TEST_CASE("the same bytes under another name are no change") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("copy.hcl", std::string(before_text));
  CHECK(cli::run_with(files, {}, {"plan", "old.hcl", "copy.hcl", "--exit-code"}).code == ExitCode::done);
}

TEST_CASE("what is no plan cannot be expected") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  for (const char* text : {"", "{", "[]", "{}", R"({"before": {"hash": "sha256:12"}, "after": 5})"}) {
    CAPTURE(text);
    files.add("plan.json", text);
    const auto result = cli::run_with(files, {}, {"plan", "old.hcl", "old.hcl", "--expect", "plan.json"});
    CHECK(result.code == ExitCode::failure);
    CHECK(contains(result.err, "error: `plan.json` is no plan in JSON"));
    CHECK(result.out.empty());
  }
  CHECK(contains(cli::run_with(files, {}, {"plan", "old.hcl", "old.hcl", "--expect", "none.json"}).err,
                 "error: cannot read `none.json`: "));
  CHECK(
      cli::run_with(files, {}, {"plan", "old.hcl", "old.hcl", "--expect", "plan.json", "--out", "plan.json"})
          .code != ExitCode::done);
}

TEST_CASE("the addresses that come and go can be listed") {
  CHECK(contains(plan({"old.hcl", "new.hcl", "--show-endpoints"}).out,
                 "endpoints:\n  - /ogcapi/collections/roads\n  + /ogcapi/collections/roads_ogc_api\n"
                 "  + /wfs?typeNames=roads_wfs\n"));
}

TEST_CASE("accepted changes are left out, and acceptances about nothing or over are said") {
  const auto result =
      plan({"old.hcl", "new.hcl", "--accepted", "accepted.hcl", "--fail-on", "breaking"},
           "accept \"P1005\" {\n  address = \"layer.roads\"\n  reason = \"told\"\n}\n"
           "accept \"P1001\" {\n  reason = \"none\"\n}\n"
           "accept \"layer-title-changed\" {\n  reason = \"over\"\n  until = \"2026-06-30\"\n}\n");
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.out, "plan: 1 risky, 1 additive, 1 neutral"));
  CHECK(contains(result.out, "accepted: 1 left out"));
  CHECK(result.err ==
        "note: accepted.hcl:5:1: this acceptance is about no change of this plan\n"
        "note: accepted.hcl:8:1: this acceptance is over since 2026-06-30\n");
}

TEST_CASE("an acceptance that cannot be understood accepts nothing") {
  for (const char* text :
       {"accept \"P1005\" {\n}\n", "accept {\n  reason = \"x\"\n}\n",
        "accept \"P0000\" {\n  reason = \"x\"\n}\n", "accept \"P1005\" {\n  reason = 5\n}\n",
        "accept \"P1005\" {\n  reason = \"x\"\n  til = \"x\"\n}\n",
        "accept \"P1005\" {\n  reason = \"x\"\n  until = \"soon\"\n}\n", "reject {\n}\n", "a = 1\n", "{"}) {
    CAPTURE(text);
    const auto result = plan({"old.hcl", "new.hcl", "--accepted", "accepted.hcl"}, text);
    CHECK(result.code == ExitCode::failure);
    CHECK(contains(result.err, "error: accepted.hcl:"));
    CHECK(result.out.empty());
  }
}

TEST_CASE("a snapshot that was kept is a side like any other") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("new.hcl", std::string(after_text));
  CHECK(cli::run_with(files, {}, {"snapshot", "old.hcl", "-o", "old.json"}).code == ExitCode::done);
  const auto same = cli::run_with(files, {}, {"plan", "old.json", "old.hcl"});
  CHECK(same.out ==
        "plan: no changes (old.json -> old.hcl)\nnot compared: 1 secret that a snapshot does not hold\n");
  const auto changed = cli::run_with(files, {}, {"plan", "old.json", "new.hcl"});
  CHECK(contains(changed.out, "plan: 1 breaking, 1 risky, 1 additive, 1 neutral"));
  CHECK(contains(changed.out, "(was at old.json:"));
  const auto hash = cli::run_with(files, {}, {"snapshot", "old.hcl", "--hash"});
  CHECK(hash.out == cli::run_with(files, {}, {"snapshot", "old.json", "--hash"}).out);
  CHECK(hash.out.starts_with("sha256:"));
}

TEST_CASE("a snapshot does not replace what it is made of") {
  MemoryFileSystem files;
  files.add("a.hcl", std::string(before_text));
  const auto result = cli::run_with(files, {}, {"snapshot", "a.hcl", "-o", "a.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(files.read_file("a.hcl", 10'000)->view() == before_text);
}

TEST_CASE("a plan in a file replaces nothing that it is made of") {
  MemoryFileSystem files;
  files.add("old.hcl", std::string(before_text));
  files.add("conf/new.hcl", std::string(after_text));
  files.add("accepted.hcl", "accept \"P1005\" {\n  reason = \"told\"\n}\n");
  REQUIRE(cli::run_with(files, {}, {"snapshot", "old.hcl", "-o", "old.json"}).code == ExitCode::done);
  for (const char* out : {"old.json", "./conf/new.hcl", "conf/more.hcl", "accepted.hcl"}) {
    CAPTURE(out);
    const bool was_there = files.exists(out);
    const std::string before = was_there ? files.read_file(out, 10'000)->to_string() : "";
    const auto result =
        cli::run_with(files, {}, {"plan", "old.json", "conf", "--accepted", "accepted.hcl", "--out", out});
    CHECK(result.code == ExitCode::usage);
    CHECK(result.out.empty());
    CHECK(files.exists(out) == was_there);
    if (was_there) CHECK(files.read_file(out, 10'000)->view() == before);
  }
}

TEST_CASE("what is no configuration is no side") {
  MemoryFileSystem files;
  files.add("good.hcl", std::string(before_text));
  REQUIRE(cli::run_with(files, {}, {"plan", "good.hcl", "good.hcl", "--out", "plan.json"}).code ==
          ExitCode::done);
  files.add("empty.json", "{\"foo\": 1}");
  for (const char* side : {"plan.json", "empty.json"}) {
    CHECK(cli::run_with(files, {}, {"plan", side, "good.hcl"}).code == ExitCode::failure);
    CHECK(cli::run_with(files, {}, {"plan", "good.hcl", side}).code == ExitCode::failure);
  }
}

TEST_CASE("a side with errors: of the new one nothing is planned, of the old one what can be read") {
  MemoryFileSystem files;
  files.add("good.hcl", std::string(before_text));
  files.add("bad.hcl", std::string(before_text) + "layer \"x\" {\n  tilte = \"x\"\n}\n");
  files.add("broken.hcl", "layer \"x\" {\n");
  CHECK(cli::run_with(files, {}, {"plan", "good.hcl", "bad.hcl"}).code == ExitCode::failure);
  const auto mended = cli::run_with(files, {}, {"plan", "bad.hcl", "good.hcl"});
  CHECK(mended.code == ExitCode::done);
  CHECK(contains(mended.err, "note: bad.hcl has "));
  CHECK(cli::run_with(files, {}, {"plan", "broken.hcl", "good.hcl"}).code == ExitCode::failure);
  CHECK(cli::run_with(files, {}, {"plan", "none.hcl", "good.hcl"}).code == ExitCode::failure);
  CHECK(cli::run_with(files, {}, {"plan", "a", "b", "c"}).code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"plan", "-", "-"}).code == ExitCode::usage);
}

TEST_CASE("a new side whose values are wrong is compared, and said to be wrong") {
  MemoryFileSystem files;
  files.add("good.hcl", std::string(before_text));
  files.add("bad.hcl", replaced(std::string(before_text), "data_source.db", "data_source.none"));
  files.add("quiet.hcl", replaced(std::string(before_text), "  data_source = data_source.db",
                                  "  # honua:ignore H2001\n  data_source = data_source.none"));
  const auto result = cli::run_with(files, {}, {"plan", "good.hcl", "bad.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(
      contains(result.err, "note: bad.hcl has 1 error, and is compared all the same: see `honua validate`"));
  CHECK(contains(result.out, "layer.roads.data_source"));
  CHECK(cli::run_with(files, {}, {"plan", "good.hcl", "quiet.hcl"}).err.empty());
  CHECK(cli::run_with(files, {}, {"plan", "bad.hcl", "good.hcl"}).err.empty());
}

TEST_CASE("no plan, patch or snapshot holds a secret of either side") {
  std::mt19937 random(std::random_device{}());
  for (const std::string shape :
       {"Host=a;Password=*", "postgresql://me:*@db/x", "Server=a;Pwd=*;SslMode=Disable"}) {
    std::vector<std::string> tokens;
    MemoryFileSystem files;
    for (const char* name : {"old.hcl", "new.hcl", "bad.hcl"}) {
      tokens.push_back("pw" + std::to_string(random()) + std::to_string(random()));
      std::string value = shape;
      value.replace(value.find('*'), 1, tokens.back());
      std::string text = replaced(every_text, "VALUE", value);
      text = replaced(text, "TOKEN", tokens.back());
      if (std::string_view(name) == "bad.hcl")
        text.append("layer \"b\" {\n  title = \"").append(value).append("\"\n");
      files.add(name, text);
    }
    const std::map<std::string, std::string> environment = {{"HONUA_ENVIRONMENT", ""}};
    std::vector<std::vector<std::string>> runs = {{"snapshot", "old.hcl"},
                                                  {"snapshot", "bad.hcl"},
                                                  {"plan", "old.hcl", "bad.hcl"},
                                                  {"plan", "bad.hcl", "new.hcl"},
                                                  {"plan", "old.hcl", tokens[0]},
                                                  {"plan", shape, "new.hcl"},
                                                  {"plan", "--out", "p.json", "old.hcl", "new.hcl"}};
    for (const auto& format : plan_formats)
      runs.push_back({"plan", "old.hcl", "new.hcl", "--format", std::string(format.name)});
    for (const std::vector<std::string>& words : runs) {
      if (words.back() == tokens[0]) continue;
      const auto result = cli::run_with(files, environment, words);
      std::string all = result.out + result.err;
      if (const auto saved = files.read_file("p.json", std::size_t{1} << 24U)) all += saved->view();
      CAPTURE(words.back());
      CHECK_FALSE(all.empty());
      for (const std::string& token : tokens) {
        const std::size_t at = all.find(token);
        CAPTURE(all.substr(at == std::string::npos || at < 100 ? 0 : at - 100, 200));
        CHECK(at == std::string::npos);
      }
    }
  }
}

TEST_CASE("a change of a file's style, or of variables alone, is no change of the server") {
  MemoryFileSystem files;
  files.add("a.hcl", "variable \"t\" {\n  default = \"Roads\"\n}\n" + std::string(before_text));
  files.add("b.hcl", "# a comment\nvariable \"t\" {\n  default=\"Roads\"\n}\n" + std::string(before_text));
  files.add("c.hcl", "variable \"t\" {\n  default = \"Ways\"\n}\n" + std::string(before_text));
  CHECK(contains(cli::run_with(files, {}, {"plan", "a.hcl", "b.hcl"}).out, "neutral[P9002]"));
  CHECK(contains(cli::run_with(files, {}, {"plan", "a.hcl", "c.hcl"}).out, "neutral[P9001]"));
}

TEST_CASE("explain tells about a rule of changes, with what was and what will be") {
  const auto result = cli::run_words({"explain", "p1005"});
  CHECK(result.code == ExitCode::done);
  CHECK(
      result.out.starts_with("P1005 layer-published-id-changed (a change: breaking, layer, needs flush)\n"));
  CHECK(contains(result.out, "becomes this:\n\n    layer \"roads\" {\n"));
  CHECK(contains(cli::run_words({"explain", "layer-published-id-chaged"}).err,
                 "did you mean `layer-published-id-changed`?"));
  CHECK(contains(cli::run_words({"explain", "--list"}).out, "P9003 risky undecidable: "));
  CHECK(contains(cli::run_words({"explain", "p900"}).out, "P9003 risky undecidable: "));
  CHECK_FALSE(contains(cli::run_words({"explain", "P900"}).out, "P1001"));
  CHECK(contains(cli::run_words({"explain", "P1090"}).out, "without an example"));
}

}  // namespace honua::commands
