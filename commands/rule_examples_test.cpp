// SPDX-License-Identifier: MIT
// The examples of all rules, checked as `honua validate` would.
#include <doctest/doctest.h>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/testing.h"
#include "commands/registry.h"
#include "validation/examples.h"

namespace honua::commands {

namespace {

using diagnostics::RuleInfo;

// `NAME:LINE:COLUMN: severity[CODE slug]: ...` in each line.
std::string codes_in(const std::string& report) {
  std::set<std::string> codes;
  std::istringstream in(report);
  for (std::string line; std::getline(in, line);) {
    if (const std::size_t at = line.find("[H"); at != std::string::npos) codes.insert(line.substr(at + 1, 5));
  }
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : " ") + code;
  return text;
}

// NAME of `honua.NAME.hcl`, or "".
std::string environment_of(const std::string& name) {
  constexpr std::string_view before = "honua.";
  constexpr std::string_view behind = ".hcl";
  if (!name.starts_with(before) || !name.ends_with(behind)) return "";
  if (name.size() <= before.size() + behind.size()) return "";
  return name.substr(before.size(), name.size() - before.size() - behind.size());
}

// NAME=VALUE in each line.
std::map<std::string, std::string> variables_in(const std::string& text) {
  std::map<std::string, std::string> variables;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const std::size_t sign = line.find('=');
    if (sign != std::string::npos) variables[line.substr(0, sign)] = line.substr(sign + 1);
  }
  return variables;
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  return {std::istream_iterator<std::string>(in), {}};
}

// The codes of all findings on an example in its configuration, by code. The
// part `environment` holds variables, every other part is a file.
std::string codes_of(std::string_view example, std::string_view option = "") {
  cli::TestWorld world;
  std::vector<std::string> arguments = {"validate", "--format", "concise", "conf"};
  for (const std::string& word : words_of(option)) arguments.push_back(word);
  for (const validation::ExampleFile& file : validation::example_files(example, option)) {
    if (file.name == "environment") {
      world.environment = variables_in(file.text);
      continue;
    }
    world.files.add("conf/" + file.name, file.text);
    // Of JSON a directory has only HCL's form.
    if (file.name.ends_with(".json") && !file.name.ends_with(".hcl.json"))
      arguments.push_back("conf/" + file.name);
    if (const std::string environment = environment_of(file.name); !environment.empty())
      arguments.insert(arguments.end(), {"--environment", environment});
  }
  return codes_in(cli::run_in(world, arguments).out);
}

}  // namespace

TEST_CASE("a configuration around no example has no finding") {
  CHECK(codes_of("").empty());
  CHECK(codes_of("", "--target upstream").empty());
  CHECK(codes_of("honua {\n  version = \"1.0\"\n  environment = \"production\"\n}\n") == "H5108 H5111");
}

TEST_CASE("every rule says why it matters") {
  for (const RuleInfo* info : all_rules()) {
    CAPTURE(info->rule->code);
    CHECK(info->why.ends_with('.'));
  }
}

TEST_CASE(
    "every rule has a bad and a good example, save one that needs too much text and those on databases and "
    "legacy documents") {
  for (const RuleInfo* info : all_rules()) {
    CAPTURE(info->rule->code);
    // What is found in databases and in legacy documents has tests of its own: lib/live/live_test.cpp,
    // commands/migrate_command_test.cpp.
    const bool exempt =
        info->rule->code == "H0047" || info->option == "--full" || info->rule->category == "migration";
    CHECK(info->not_shown.empty() == !exempt);
    CHECK(info->bad.empty() == exempt);
    CHECK(info->good.empty() == exempt);
  }
}

TEST_CASE("a rule's bad example yields exactly it, its good example nothing") {
  for (const RuleInfo* info : all_rules()) {
    if (!info->not_shown.empty()) continue;
    CAPTURE(info->rule->code);
    CHECK(codes_of(info->bad, info->option) == info->rule->code);
    CHECK(codes_of(info->good, info->option).empty());
  }
}

}  // namespace honua::commands
