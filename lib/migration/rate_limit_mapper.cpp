// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <string>

#include "migration/mappers.h"
#include "migration/setting_value.h"
#include "rendering/quoted_text.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

class RateLimitMapper {
 public:
  explicit RateLimitMapper(Context& context) : context_(context) {}

  void map(const std::vector<LegacyObject>& roots) {
    for (const LegacyObject& root : roots) {
      if (const auto section = context_.find(root, "RateLimiting", ValueKind::object))
        sections_.push_back(*section);
    }
    for (const LegacyValue& one : sections_) {
      map_policies(one);
      map_rates(LegacyObject{one});
    }
  }

 private:
  // Made by the first rule, since a block switches limits on.
  BlockNumber block() {
    if (block_) return *block_;
    block_ = context_.add_block("rate_limit", "");
    for (const LegacyValue& one : sections_)
      context_.map_boolean(LegacyObject{one}, "Enabled", *block_, {"enabled"});
    return *block_;
  }

  // Named policies: so many permits in a window.
  void map_policies(const LegacyValue& section) {
    section.each_member([&](const std::string& name, const LegacyValue& one) {
      if (!one.is(ValueKind::object)) return;
      const LegacyObject policy{one};
      const std::string rule = rule_name(name);
      const auto permits = context_.find(policy, "PermitLimit", ValueKind::number);
      if (!permits || !map_requests(*permits, rule)) return;
      const auto minutes = context_.find(policy, "WindowMinutes", ValueKind::number);
      const auto seconds = context_.find(policy, "WindowSeconds", ValueKind::number);
      if (minutes && minutes->count())
        map_window(*minutes, rule, 'm');
      else if (seconds && seconds->count())
        map_window(*seconds, rule, 's');
    });
  }

  // Requests per minute, for all and for single paths.
  void map_rates(const LegacyObject& limits) {
    if (const auto requests = context_.find(limits, "DefaultRequestsPerMinute", ValueKind::number))
      map_rate(*requests, "default");
    const auto endpoints = context_.find(limits, "EndpointLimits", ValueKind::object);
    if (!endpoints) return;
    endpoints->each_member([&](const std::string& path, const LegacyValue& one) {
      const auto requests = context_.find(LegacyObject{one}, "RequestsPerMinute", ValueKind::number);
      if (!requests) return;
      const std::string_view words = text::trimmed(path);
      const std::size_t begin = std::min(words.find_first_not_of('/'), words.size());
      map_rate(*requests, context_.fit_label(words.substr(begin), "endpoint"));
    });
  }

  // Variables are written in capitals only, which separate no words.
  static std::string rule_name(const std::string& name) {
    return name.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos ? text::ascii_lower(name)
                                                                                 : snake_case(name);
  }

  // It says its window as well: one of a document that counts less does not go with it.
  void map_rate(const LegacyValue& requests, const std::string& rule) {
    const Path count = {"rules", rule, "requests"};
    const bool is_first = !block_ || !context_.block(*block_).has(count);
    if (!map_requests(requests, rule) || !is_first) return;
    const Path window = {"rules", rule, "window"};
    context_.block(block()).set(window, "\"1m\"");
    context_.note_said(requests, block(), window);
  }

  bool map_requests(const LegacyValue& requests, const std::string& rule) {
    const auto count = requests.count();
    if (!count) {
      context_.keep(requests, "it is no number of requests");
      return false;
    }
    context_.offer(requests, block(), {"rules", rule, "requests"}, std::to_string(*count),
                   requests.is(ValueKind::number) ? Outcome::mapped : Outcome::converted);
    const Path window = {"rules", rule, "window"};
    if (!context_.block(block()).has(window)) context_.block(block()).assume(window, "\"1m\"");
    return true;
  }

  void map_window(const LegacyValue& count, const std::string& rule, char unit) {
    context_.offer(count, block(), {"rules", rule, "window"},
                   rendering::quoted_text(std::to_string(*count.count()) + unit), Outcome::converted);
  }

  Context& context_;
  std::vector<LegacyValue> sections_;
  std::optional<BlockNumber> block_;
};

}  // namespace

void map_rate_limits(const std::vector<LegacyObject>& roots, Context& context) {
  RateLimitMapper(context).map(roots);
}

}  // namespace honua::migration
