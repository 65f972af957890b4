// SPDX-License-Identifier: MIT
#include <array>

#include "validation/areas.h"

// The `honua` block: version, environment, log level.
namespace honua::validation {

namespace {

constexpr Rule version_blank{"H1001", "version-blank", Severity::error, "server", "`honua.version` is not blank"};
constexpr Rule version_unknown{"H1002", "version-unknown", Severity::warning, "server",
                               "`honua.version` is a version that the server knows"};
constexpr Rule environment_blank{"H1003", "environment-blank", Severity::error, "server",
                                 "`honua.environment` is not blank"};
constexpr Rule log_level_unknown{"H1004", "log-level-unknown", Severity::error, "server",
                                 "a log level is one that the server knows"};

void check_version(const Block& honua, Check& check) {
  const Setting* version = honua.find("version");
  if (is_blank(version)) {
    check.report(version_blank, version->range, "the version is blank").suggest("write `version = \"1.0\"`");
    return;
  }
  const auto text = text_of(version);
  if (text && !text->starts_with("1.")) {
    check.report(version_unknown, version->range, "the server knows the versions 1.x, this is " + quoted(*text))
        .suggest("write `version = \"1.0\"`");
  }
}

void check_environment(const Block& honua, Check& check) {
  const Setting* environment = honua.find("environment");
  if (!is_blank(environment)) return;
  check.report(environment_blank, environment->range, "the environment's name is blank")
      .suggest("name it, for instance `production`, or remove the line for `development`");
}

void check_log_level(const Block& honua, Check& check) {
  const Setting* level = honua.find("log_level");
  const auto text = text_of(level);
  if (!text || is_blank(level)) return;
  const auto values = level->schema->values;
  for (const std::string_view known : values) {
    if (same_word(known, *text)) return;
  }
  auto& made = check.report(log_level_unknown, level->range, "the server knows no log level " + quoted(*text));
  if (same_word(*text, "info") || same_word(*text, "warn")) {
    made.suggest(same_word(*text, "info") ? "write `information`" : "write `warning`");
  } else {
    suggest_from(made, *text, {values.begin(), values.end()});
  }
}

constexpr std::array units = {
    each(BlockType::honua, &check_version),
    each(BlockType::honua, &check_environment),
    each(BlockType::honua, &check_log_level),
};

constexpr std::array rules = {
    RuleInfo{&version_blank, "The server refuses to start without a version.",
             "honua {\n  version = \"\"\n}\n", "honua {\n  version = \"1.0\"\n}\n"},
    RuleInfo{&version_unknown, "The version is that of the configuration's format, not of your data.",
             "honua {\n  version = \"2.0\"\n}\n", "honua {\n  version = \"1.0\"\n}\n"},
    RuleInfo{&environment_blank, "Checks for production and `required_in` need to know where they are.",
             "honua {\n  environment = \" \"\n}\n", "honua {\n  environment = \"staging\"\n}\n"},
    RuleInfo{&log_level_unknown, "The server refuses to start with a level that it does not know.",
             "honua {\n  log_level = \"info\"\n}\n", "honua {\n  log_level = \"information\"\n}\n"},
};

}  // namespace

const Area server_area{units, rules};

}  // namespace honua::validation
