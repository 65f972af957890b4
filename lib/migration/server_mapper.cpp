// SPDX-License-Identifier: MIT
#include <algorithm>

#include "migration/mappers.h"
#include "migration/rules.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
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

// Whether any origin is allowed.
bool has_origins(const LegacyObject& cors, Context& context) {
  const auto origins = context.find(cors, "allowedOrigins", ValueKind::array);
  const auto flag = context.find(cors, "allowAnyOrigin", ValueKind::boolean);
  return (origins && !origins->is_empty()) || (flag && *flag->truth());
}

void map_origins(const LegacyObject& cors, BlockNumber honua, Context& context) {
  const Path any_origin = {"cors", "allow_any_origin"};
  const Path some_origins = {"cors", "allowed_origins"};
  const auto origins = context.find(cors, "allowedOrigins", ValueKind::array);
  const auto flag = context.find(cors, "allowAnyOrigin", ValueKind::boolean);
  const bool is_any = origins && names_any(*origins);
  // A document that counts less must not widen what one that counts more allows.
  const auto is_said_elsewhere = [&](const LegacyValue& value, const Path& path) {
    return context.is_said_elsewhere(value, honua, path);
  };
  if (origins && is_said_elsewhere(*origins, any_origin)) {
    context.claim_all(*origins, Outcome::merged, honua, any_origin, "another one counts more");
  } else if (is_any && is_said_elsewhere(*origins, some_origins)) {
    context.claim_all(*origins, Outcome::merged, honua, some_origins, "another one counts more");
  } else if (is_any && !context.is_outweighed(*origins, honua, any_origin, "true")) {
    context.block(honua).set(any_origin, "true");
    context.claim_all(*origins, Outcome::converted, honua, any_origin,
                      "`*` makes the other origins superfluous");
  } else if (origins && !is_any) {
    map_texts(*origins, honua, some_origins, context);
  }
  if (!flag) return;
  if (is_any) return context.claim(*flag, Outcome::merged, honua, any_origin);
  if (*flag->truth() && is_said_elsewhere(*flag, some_origins))
    return context.claim(*flag, Outcome::merged, honua, some_origins, "another one counts more");
  context.map_boolean(cors, "allowAnyOrigin", honua, any_origin);
}

// What is not limited any more.
void note_lost_limits(const LegacyObject& cors, Context& context) {
  for (const std::string_view name : {"allowedMethods", "allowedHeaders"}) {
    const auto list = cors.find(name);
    if (!list || !list->is(ValueKind::array) || list->is_empty() || names_any(*list)) continue;
    context
        .report(rules::value_left_out, *list,
                text::quoted(name) + " has no place: cross-origin requests are not limited to them any more")
        .suggest("limit them in the proxy in front of the server");
  }
}

}  // namespace

std::size_t TextList::add(const LegacyValue& list, BlockNumber block, const Path& path, Context& context,
                          std::size_t skipped) {
  std::size_t number = 0;
  std::size_t count = 0;
  list.each_element([&](const LegacyValue& one) {
    if (!one.is(ValueKind::string)) return context.refuse_kind(one, "the element", ValueKind::string);
    if (number++ < skipped)
      return context.claim(one, Outcome::merged, block, path, "another one counts more");
    const std::string text(text::trimmed(one.text()));
    if (text.empty()) return context.claim_default(one, "a blank text means nothing");
    if (Context::holds_secret(text)) return context.keep(one, "a part of it is a secret");
    ++count;
    std::string quoted = rendering::quoted_text(text);
    if (!seen_.insert(quoted).second)
      return context.claim(one, Outcome::merged, block, path, "it is there twice");
    const bool is_same = one.text() == text;
    context.claim(one, is_same ? Outcome::mapped : Outcome::converted, block, path,
                  is_same ? "" : "without the blanks around it");
    expressions_.push_back(std::move(quoted));
  });
  return count;
}

void map_texts(const LegacyValue& list, BlockNumber block, const Path& path, Context& context) {
  TextList* known = context.list_at(list, block, path);
  if (known == nullptr) {
    if (context.is_outweighed(list, block, path, "")) return;
    known = &context.start_list(block, path);
  }
  if (known->add(list, block, path, context, known->expressions().size()) == 0)
    return context.account().claim(list, Outcome::defaulted, {}, "the list is empty");
  context.block(block).set(path, list_of(known->expressions()));
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
  // Nobody switched it on, and no origin does.
  const bool is_there = context.block(honua).has({"cors"});
  if (!enabled && !is_there && !has_origins(cors, context)) return;
  note_lost_limits(cors, context);
  map_origins(cors, honua, context);
  context.map_boolean(cors, "allowCredentials", honua, {"cors", "allow_credentials"});
  map_age(cors, honua, context);
  if (!enabled) return;
  if (context.block(honua).has({"cors"})) {
    context.claim(*enabled, Outcome::converted, honua, {"cors"}, "the block switches it on");
  } else {
    context.keep(*enabled, "no origin is allowed");
  }
}

void map_server(const LegacyValue& server, BlockNumber honua, Context& context) {
  const LegacyObject members{server};
  if (const auto hosts = context.find(members, "allowedHosts", ValueKind::array))
    map_allowed_hosts(*hosts, honua, context);
  const LegacyObject rbac{members.find("rbac")};
  const auto enabled = rbac.find("enabled");
  if (enabled && enabled->truth().value_or(false))
    context.lose_protection(*enabled, "whoever may log in would have every role");
  if (const auto cors = context.find(members, "cors", ValueKind::object)) {
    map_cors(*cors, false, honua, context);
    context.note_said(*cors, honua, {"cors"});
  }
}

}  // namespace honua::migration
