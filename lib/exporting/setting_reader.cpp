// SPDX-License-Identifier: MIT
#include "exporting/setting_reader.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "config/upstream.h"
#include "connection/connection_text.h"
#include "exporting/leaving_out.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::exporting {

using config::Setting;
using config::SettingKind;
using config::TextPart;
using diagnostics::Severity;
namespace upstream = config::upstream;

namespace {

// Rather too often than too rarely: what is written may be read by many.
bool spells_out_secret(std::string text) {
  if (!text::find_secrets(text).empty()) return true;
  // Quotes around a key hide it.
  std::erase_if(text, [](char c) { return c == '\'' || c == '"'; });
  return !text::find_secrets(text).empty() ||
         connection::has_literal_secret(connection::parse_connection(text)) ||
         connection::has_literal_secret(connection::parse_redis_connection(text));
}

// With references in a form that is never taken for a secret.
std::string whole_text(const std::vector<TextPart>& parts) {
  std::string whole;
  for (const TextPart& one : parts) whole += one.is_reference ? "${env." + one.text + "}" : one.text;
  return whole;
}

}  // namespace

SettingReader::SettingReader(std::span<const config::LoadInput> inputs, const config::Loaded& loaded,
                             diagnostics::Diagnostics& told)
    : texts_(inputs), uses_(loaded.environment_uses), told_(told) {}

bool SettingReader::is_dependent(const Setting& setting) const {
  return setting.sensitive || !setting.is_known() || uses_.any_in(setting.range);
}

std::optional<ServerSetting> SettingReader::read(const Setting& setting, const std::string& address) const {
  if (is_dependent(setting)) return read_dependent(setting, address);
  switch (setting.kind) {
    case SettingKind::boolean:
      return ServerSetting{"", "", SettingForm::literal, *setting.boolean() ? "true" : "false"};
    case SettingKind::number: return read_number(setting, address);
    case SettingKind::text: return read_text(setting, address);
    default: break;
  }
  leave_out(upstream::unread_construct, setting.range, address, "the server reads one value there", told_);
  return std::nullopt;
}

std::optional<ServerSetting> SettingReader::read_dependent(const Setting& setting,
                                                           const std::string& address) const {
  if (auto parts = texts_.at(setting.range)) return read_parts(*std::move(parts), setting, address);
  // Marks tell that it is made of the environment or of a secret, not of which.
  const bool is_surely_environment = !setting.is_known() || uses_.any_in(setting.range);
  leave_out(upstream::misread_text, setting.range, address,
            std::string("it is computed from the environment") +
                (is_surely_environment ? "" : " or from a secret") +
                ", and the server computes nothing in its settings",
            told_);
  return std::nullopt;
}

std::optional<ServerSetting> SettingReader::read_parts(std::vector<TextPart> parts, const Setting& setting,
                                                       const std::string& address) const {
  const bool has_reference = std::ranges::any_of(parts, &TextPart::is_reference);
  // Marked though it comes from nowhere else: it is called like a secret.
  if (!has_reference || spells_out_secret(whole_text(parts))) return refuse_secret(setting, address);
  for (TextPart& one : parts) {
    if (!one.is_reference) continue;
    if (!is_shell_name(one.text)) {
      leave_out(upstream::misread_text, setting.range, address,
                "neither shells nor systemd know the environment variable that it names", told_);
      return std::nullopt;
    }
    if (!one.fallback) continue;
    told_
        .report(upstream::misread_text, Severity::warning, one.fallback->range(),
                "a default in " + text::quoted(address) + " is left out: the server's settings have none")
        .suggest("set the variable wherever the server runs");
    one.fallback.reset();
  }
  return ServerSetting{"", "", SettingForm::reference, "", std::move(parts)};
}

std::optional<ServerSetting> SettingReader::read_number(const Setting& setting,
                                                        const std::string& address) const {
  const double number = *setting.number();
  if (upstream::is_readable_number(number)) {
    return ServerSetting{"", "", SettingForm::literal, std::to_string(static_cast<std::int64_t>(number))};
  }
  leave_out(upstream::unread_construct, setting.range, address,
            "the server reads whole numbers up to 2147483647 only", told_);
  return std::nullopt;
}

std::optional<ServerSetting> SettingReader::read_text(const Setting& setting,
                                                      const std::string& address) const {
  std::string text(*setting.text());
  if (spells_out_secret(text)) return refuse_secret(setting, address);
  return ServerSetting{"", "", SettingForm::text, std::move(text)};
}

std::nullopt_t SettingReader::refuse_secret(const Setting& setting, const std::string& address) const {
  leave_out(checked_rule("connection-secret"), setting.range, address,
            "it spells out a secret, and none is ever written", told_)
      .suggest("put it into the environment: `env(\"NAME\")`");
  return std::nullopt;
}

}  // namespace honua::exporting
