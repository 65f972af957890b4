// SPDX-License-Identifier: MIT
#include "exporting/environment_file.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <vector>

#include "text/environment_list.h"

namespace honua::exporting {

namespace {

ServerSetting text_setting(const std::string& name, const std::string& text) {
  return {"ConnectionStrings", name, SettingForm::text, text};
}

config::TextPart literal_part(const std::string& text) { return {text, false, {}}; }
config::TextPart reference_part(const std::string& name) { return {name, true, {}}; }

std::string line_of(const std::string& value) {
  const std::vector<ServerSetting> settings = {text_setting("db", value)};
  const std::string text = write_environment(settings).text;
  const std::size_t at = text.find("\nConnectionStrings__db=");
  REQUIRE(at != std::string::npos);
  return text.substr(at + 1);
}

}  // namespace

TEST_CASE("a setting is an assignment, and sections stand apart") {
  const std::vector<ServerSetting> settings = {
      text_setting("db", "db.internal:5432"),
      {"LeaderElection", "KeyPrefix", SettingForm::text, "city:leader:"},
      {"LeaderElection", "LeaseDurationSeconds", SettingForm::literal, "30"},
      {"Honua:ConfigurationV2", "Path", SettingForm::text, "/etc/honua/honua.hcl"}};
  const EnvironmentFile file = write_environment(settings);
  CHECK(file.text ==
        "# Written by `honua export --target upstream`: change the source instead.\n"
        "\n"
        "ConnectionStrings__db=db.internal:5432\n"
        "\n"
        "LeaderElection__KeyPrefix=city:leader:\n"
        "LeaderElection__LeaseDurationSeconds=30\n"
        "\n"
        "Honua__ConfigurationV2__Path=/etc/honua/honua.hcl\n");
  CHECK(file.quoted.empty());
  CHECK(file.left_out.empty());
}

TEST_CASE("values are in quotes only where shells need them") {
  CHECK(line_of("a,b=c:1/2@x%y+z") == "ConnectionStrings__db=a,b=c:1/2@x%y+z\n");
  CHECK(line_of("z\u00fcrich") == "ConnectionStrings__db=z\u00fcrich\n");
  CHECK(line_of("") == "ConnectionStrings__db=\n");
  CHECK(line_of("Host=db;Database=gis") == "ConnectionStrings__db=\"Host=db;Database=gis\"\n");
  CHECK(line_of("a b") == "ConnectionStrings__db=\"a b\"\n");
  CHECK(line_of("~/a") == "ConnectionStrings__db=\"~/a\"\n");
  CHECK(line_of("#a") == "ConnectionStrings__db=\"#a\"\n");
  CHECK(line_of("a\"b\\c$d`e'f") == "ConnectionStrings__db=\"a\\\"b\\\\c\\$d\\`e'f\"\n");
}

TEST_CASE("variables whose values are in quotes are named, for Docker") {
  const std::vector<ServerSetting> settings = {text_setting("a", "plain"), text_setting("b", "two words")};
  CHECK(write_environment(settings).quoted == std::vector<std::string>{"ConnectionStrings__b"});
}

TEST_CASE("what is written is read back") {
  std::vector<ServerSetting> settings;
  for (const std::string value : {"", "x", "Host=db;Database=gis", "a\"b\\c$d`e'f", "two\nlines",
                                  "$(x) ${y} \\$z", "tab\there", "\\"}) {
    settings.push_back(text_setting("db" + std::to_string(settings.size()), value));
  }
  const std::string text = write_environment(settings).text;
  const text::EnvironmentList list = text::read_environment_list(text);
  CHECK(list.errors.empty());
  REQUIRE(list.variables.size() == settings.size());
  for (std::size_t i = 0; i < settings.size(); ++i) {
    CHECK(list.variables[i].name == variable_of(settings[i]));
    CHECK(list.variables[i].value == settings[i].text);
  }
}

TEST_CASE("a reference is a comment that a shell would read without its mark") {
  const std::vector<ServerSetting> settings = {
      {"ConnectionStrings", "a", SettingForm::reference, "", {reference_part("DATABASE_URL")}},
      {"ConnectionStrings",
       "b",
       SettingForm::reference,
       "",
       {literal_part("Host=\"b\";\n$x="), reference_part("PASSWORD")}}};
  const EnvironmentFile file = write_environment(settings);
  CHECK(file.text ==
        "# Written by `honua export --target upstream`: change the source instead.\n"
        "#\n"
        "# Assignments behind `#` take values from other variables, which only shells put in: take the `#` "
        "away\n"
        "# where a shell reads this file, and set the variables themselves elsewhere.\n"
        "\n"
        "# ConnectionStrings__a=\"${DATABASE_URL}\"\n"
        "# ConnectionStrings__b=\"Host=\\\"b\\\";\n"
        "# \\$x=${PASSWORD}\"\n");
  CHECK(text::read_environment_list(file.text).variables.empty());
}

TEST_CASE("what no variable can be called, or hold, is left out and told") {
  const std::vector<ServerSetting> settings = {
      text_setting("city-gis", "a"),
      text_setting("city__gis", "a"),
      text_setting("bell", "a\ab"),
      {"ConnectionStrings", "nul", SettingForm::reference, "", {literal_part(std::string(1, '\0'))}}};
  const EnvironmentFile file = write_environment(settings);
  CHECK(file.text.find("ConnectionStrings") == std::string::npos);
  const std::vector<std::string> expected = {
      "`ConnectionStrings__city-gis` is left out: neither shells nor systemd know variables of this name",
      "`ConnectionStrings__city__gis` is left out: the server takes `__` in a variable's name for the end of "
      "a section",
      "`ConnectionStrings__bell` is left out: its value has a control character, which systemd refuses",
      "`ConnectionStrings__nul` is left out: its value has a control character, which systemd refuses"};
  CHECK(file.left_out == expected);
}

TEST_CASE("the names of variables are those that shells and systemd know") {
  for (const char* name : {"A", "_", "a1", "DATABASE_URL"}) CHECK(is_shell_name(name));
  for (const char* name : {"", "1a", "a-b", "a.b", "a b", "\u00fc"}) CHECK_FALSE(is_shell_name(name));
}

}  // namespace honua::exporting
