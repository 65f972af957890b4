// SPDX-License-Identifier: MIT
#include <algorithm>

#include "migration/mappers.h"
#include "migration/rules.h"
#include "rendering/quoted_text.h"
#include "text/words.h"

namespace honua::migration {

namespace {

constexpr std::string_view any = "*";

bool names_any(const LegacyValue& list) {
  bool found = false;
  list.each_element([&](const LegacyValue& one) {
    found = found || (one.is(ValueKind::string) && text::trimmed(one.text()) == any);
  });
  return found;
}

void map_age(const LegacyObject& cors, BlockNumber honua, Context& context) {
  for (const std::string_view name : {"maxAgeSeconds", "maxAge"}) {
    if (context.map_count(cors, name, honua, {"cors", "max_age"}, "a number of seconds")) return;
  }
}

void map_origins(const LegacyObject& cors, BlockNumber honua, Context& context) {
  const auto origins = context.find(cors, "allowedOrigins", ValueKind::array);
  const Path any_origin = {"cors", "allow_any_origin"};
  if (origins && names_any(*origins)) {
    if (!context.is_outweighed(*origins, honua, any_origin, "true")) {
      context.block(honua).set(any_origin, "true");
      context.claim_all(*origins, Outcome::converted, honua, any_origin,
                        "`*` makes the other origins superfluous");
    }
  } else if (origins) {
    map_texts(*origins, honua, {"cors", "allowed_origins"}, context);
  }
  const auto flag = context.find(cors, "allowAnyOrigin", ValueKind::boolean);
  if (!flag) return;
  if (origins && names_any(*origins)) return context.claim(*flag, Outcome::merged, honua, any_origin);
  context.map_boolean(cors, "allowAnyOrigin", honua, any_origin);
}

}  // namespace

TextElements texts_of(const LegacyValue& list, Context& context) {
  TextElements texts;
  list.each_element([&](const LegacyValue& one) {
    if (one.is(ValueKind::string))
      texts.emplace_back(text::trimmed(one.text()), one);
    else
      context.refuse_kind(one, "the element", ValueKind::string);
  });
  return texts;
}

// The elements that count, in quotes, each once; claims all of them and the list.
void map_texts(const LegacyValue& list, BlockNumber block, const Path& path, Context& context) {
  if (context.is_outweighed(list, block, path, "")) return;
  std::vector<std::string> taken;
  for (const auto& [text, element] : texts_of(list, context)) {
    std::string quoted = rendering::quoted_text(text);
    if (text.empty()) {
      context.claim_default(element, "a blank text means nothing");
    } else if (std::ranges::find(taken, quoted) != taken.end()) {
      context.claim(element, Outcome::merged, block, path, "it is there twice");
    } else {
      const bool is_same = element.text() == text;
      context.claim(element, is_same ? Outcome::mapped : Outcome::converted, block, path,
                    is_same ? "" : "without the blanks around it");
      taken.push_back(std::move(quoted));
    }
  }
  if (taken.empty()) return context.account().claim(list, Outcome::defaulted, {}, "the list is empty");
  context.block(block).set(path, list_of(taken));
  context.claim(list, Outcome::mapped, block, path);
}

void map_allowed_hosts(const LegacyValue& hosts, BlockNumber honua, Context& context) {
  if (names_any(hosts)) {
    if (!context.is_outweighed(hosts, honua, {"allowed_hosts"}, ""))
      context.claim_all(hosts, Outcome::defaulted, honua, {"allowed_hosts"},
                        "without a list the server answers to any host");
    return;
  }
  map_texts(hosts, honua, {"allowed_hosts"}, context);
}

void map_cors(const LegacyValue& value, bool is_switched, BlockNumber honua, Context& context) {
  const LegacyObject cors{value};
  const auto enabled = is_switched ? std::nullopt : context.find(cors, "enabled", ValueKind::boolean);
  // Switched off, the rest has no say, and a block would switch it on.
  if (enabled && !*enabled->truth()) return context.claim_default(*enabled, "there is no `cors` block");
  map_origins(cors, honua, context);
  context.map_boolean(cors, "allowCredentials", honua, {"cors", "allow_credentials"});
  map_age(cors, honua, context);
  if (!enabled) return;
  const auto& settings = context.block(honua).settings;
  if (std::ranges::find(settings, "cors", &Setting::name) != settings.end()) {
    context.claim(*enabled, Outcome::converted, honua, {"cors"}, "the block switches it on");
  } else {
    context.keep(*enabled, "no origin is allowed");
  }
}

void map_server(const LegacyValue& server, BlockNumber honua, Context& context) {
  const LegacyObject members{server};
  if (const auto hosts = context.find(members, "allowedHosts", ValueKind::array))
    map_allowed_hosts(*hosts, honua, context);
  if (const auto cors = context.find(members, "cors", ValueKind::object)) {
    map_cors(*cors, false, honua, context);
    context.note_said(*cors, honua, {"cors"});
  }
}

}  // namespace honua::migration
