// SPDX-License-Identifier: MIT
// `validate --format json` yields one well-formed document of the promised
// shape, whatever happens.
#include <doctest/doctest.h>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/testing.h"
#include "evaluation/function_table.h"

namespace honua::commands {

namespace {

using cli::RunResult;
using cli::TestWorld;
using evaluation::Value;
using evaluation::ValueKind;

// The document, or nothing when it is not JSON.
std::optional<Value> parse(const std::string& text) {
  std::uint64_t work = evaluation::max_work_per_run;
  evaluation::WorkBudget budget(work, work);
  const std::vector<Value> arguments = {Value::string(text)};
  auto result = evaluation::find_function("jsondecode")->implementation(arguments, budget);
  return result ? std::optional(*result) : std::nullopt;
}

const Value& member(const Value& object, std::string_view key, ValueKind kind) {
  static const Value none;
  CAPTURE(std::string(key));
  REQUIRE(object.kind() == ValueKind::object);
  const Value* found = object.find(key);
  REQUIRE(found != nullptr);
  CHECK(found->kind() == kind);
  return found->kind() == kind ? *found : none;
}

void check_range(const Value& place) {
  member(place, "file", ValueKind::string);
  const Value& range = member(place, "range", ValueKind::object);
  for (const char* end : {"start", "end"}) {
    const Value& position = member(range, end, ValueKind::object);
    for (const char* part : {"line", "column", "byte"}) member(position, part, ValueKind::number);
  }
}

void check_diagnostic(const Value& one) {
  for (const char* text : {"code", "slug", "category", "message", "caption"})
    member(one, text, ValueKind::string);
  const std::string severity = member(one, "severity", ValueKind::string).as_string();
  const bool known_severity = severity == "error" || severity == "warning" || severity == "info";
  CHECK(known_severity);
  check_range(one);
  for (const Value& label : member(one, "labels", ValueKind::tuple).elements()) {
    member(label, "message", ValueKind::string);
    check_range(label);
  }
  for (const Value& line : member(one, "help", ValueKind::tuple).elements())
    CHECK(line.kind() == ValueKind::string);
}

// Checks the shape and returns the document.
Value check_document(const RunResult& result) {
  CAPTURE(result.out);
  const std::optional<Value> document = parse(result.out);
  REQUIRE(document.has_value());
  CHECK(member(*document, "format_version", ValueKind::string).as_string() == "1.1");
  for (const char* count : {"error_count", "warning_count", "info_count", "dropped"}) {
    member(*document, count, ValueKind::number);
  }
  for (const Value& file : member(*document, "files", ValueKind::tuple).elements()) {
    CHECK(file.kind() == ValueKind::string);
  }
  for (const Value& failure : member(*document, "failures", ValueKind::tuple).elements()) {
    member(failure, "path", ValueKind::string);
    member(failure, "message", ValueKind::string);
  }
  for (const Value& variable : member(*document, "environment", ValueKind::tuple).elements()) {
    member(variable, "name", ValueKind::string);
    for (const char* flag : {"set", "has_default", "needed"}) member(variable, flag, ValueKind::boolean);
    for (const Value& place : member(variable, "places", ValueKind::tuple).elements()) check_range(place);
  }
  for (const Value& one : member(*document, "diagnostics", ValueKind::tuple).elements())
    check_diagnostic(one);
  const bool valid = member(*document, "valid", ValueKind::boolean).as_boolean();
  CHECK(valid == (result.code == ExitCode::done));
  return *document;
}

RunResult validate_json(TestWorld& world, const std::vector<std::string>& paths) {
  std::vector<std::string> arguments = {"validate", "--format=json"};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  return cli::run_in(world, arguments);
}

}  // namespace

TEST_CASE("the JSON report has its shape for every case of testdata") {
  RealFileSystem files;
  std::size_t findings = 0;
  const std::string directory = HONUA_SOURCE_DIR "/testdata/validate";
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const std::string path = entry.path().string();
    if (!path.ends_with(".hcl") && !path.ends_with(".honua") && !path.ends_with(".json")) continue;
    CAPTURE(path);
    const Value document = check_document(cli::run_with(files, {}, {"validate", "--format=json", path}));
    findings += document.find("diagnostics")->elements().size();
  }
  CHECK(findings > 50);
}

TEST_CASE("the JSON report is a document also when nothing was found to check") {
  TestWorld world;
  const RunResult result = validate_json(world, {});
  CHECK(result.code == ExitCode::failure);
  const Value document = check_document(result);
  CHECK(document.find("files")->elements().empty());
  const auto& failures = document.find("failures")->elements();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].find("path")->as_string().empty());
  CHECK(failures[0].find("message")->as_string() == "no configuration found in the current directory");
  CHECK_FALSE(result.err.empty());
}

TEST_CASE("the JSON report is one document for files good, bad and unreadable") {
  TestWorld world;
  world.files.add("good.hcl", "a = 1\n");
  world.files.add("bad.hcl", "a = \"\xFF\nb = \x01\n");
  world.files.add_unreadable("secret.hcl", "permission denied");
  CHECK(check_document(validate_json(world, {"good.hcl"})).find("files")->elements().size() == 1);
  const RunResult result = validate_json(world, {"good.hcl", "bad.hcl", "secret.hcl", "gone.hcl"});
  CHECK(result.code == ExitCode::failure);
  const Value document = check_document(result);
  CHECK(document.find("files")->elements().size() == 2);
  CHECK(document.find("failures")->elements().size() == 2);
}

TEST_CASE("the shape check notices what is no JSON") {
  CHECK_FALSE(parse("{\"a\": 1} {\"b\": 2}").has_value());
  CHECK_FALSE(parse("").has_value());
}

}  // namespace honua::commands
