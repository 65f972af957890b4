// SPDX-License-Identifier: MIT
#include "exporting/appsettings.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <vector>

namespace honua::exporting {

TEST_CASE("sections are objects, and literals are what they are in JSON") {
  const std::vector<ServerSetting> settings = {
      {"ConnectionStrings", "db", SettingForm::text, "Host=\"db\""},
      {"ConnectionStrings", "Redis", SettingForm::text, "redis:6379"},
      {"HighAvailability", "Enabled", SettingForm::literal, "true"},
      {"LeaderElection", "LeaseDurationSeconds", SettingForm::literal, "30"},
      {"Honua:ConfigurationV2", "Path", SettingForm::text, "/etc/honua/honua.hcl"}};
  CHECK(write_appsettings(settings) ==
        "{\n"
        "  \"ConnectionStrings\": {\n"
        "    \"db\": \"Host=\\\"db\\\"\",\n"
        "    \"Redis\": \"redis:6379\"\n"
        "  },\n"
        "  \"HighAvailability\": {\n"
        "    \"Enabled\": true\n"
        "  },\n"
        "  \"LeaderElection\": {\n"
        "    \"LeaseDurationSeconds\": 30\n"
        "  },\n"
        "  \"Honua\": {\n"
        "    \"ConfigurationV2\": {\n"
        "      \"Path\": \"/etc/honua/honua.hcl\"\n"
        "    }\n"
        "  }\n"
        "}\n");
}

TEST_CASE("references are left out of application settings, with sections that hold nothing else") {
  const std::vector<ServerSetting> settings = {
      {"ConnectionStrings", "db", SettingForm::reference, "", {{"DATABASE_URL", true, {}}}},
      {"ReadReplica", "EnableReadReplicaRouting", SettingForm::literal, "true"}};
  CHECK(write_appsettings(settings) ==
        "{\n  \"ReadReplica\": {\n    \"EnableReadReplicaRouting\": true\n  }\n}\n");
}

TEST_CASE("no settings are an empty object") { CHECK(write_appsettings({}) == "{}\n"); }

}  // namespace honua::exporting
