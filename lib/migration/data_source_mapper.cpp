// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "migration/legacy_names.h"
#include "migration/mappers.h"
#include "migration/rules.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

constexpr std::string_view kind = "data source";

}  // namespace

std::optional<LegacyValue> read_id(const LegacyValue& whole, const LegacyObject& members,
                                   std::string_view what,
                                   std::map<std::string, LegacyValue, std::less<>>& ids, Context& context) {
  auto id = context.find_text(members, "id");
  if (!id) id = context.find_text(members, "name");
  const bool is_blank = id && text::trimmed(id->text()).empty();
  if (!id || is_blank) {
    context.report(rules::member_missing, id ? *id : whole,
                   "the " + std::string(what) + (id ? "'s `id` is blank" : " has no `id`"));
    return std::nullopt;
  }
  const auto [other, is_new] = ids.emplace(text::to_lower(id->text()), *id);
  if (is_new) return id;
  context
      .report(rules::id_repeated, *id,
              "there is another " + std::string(what) + " " + text::quoted(id->text()))
      .label(other->second.range(), "the first one");
  return std::nullopt;
}

void DataSources::call_default() {
  const std::string label = label_of("DefaultConnection");
  if (!label.empty()) labels_.emplace("primary", label);
}

void DataSources::add_connection(const std::string& name, const std::string& wanted,
                                 const std::string& provider, const LegacyValue& connection,
                                 bool is_replica) {
  const std::string known = label_of(name);
  if (!known.empty()) {
    const auto block = context_.find_block("data_source", known);
    return context_.map_connection(connection, known, *block, {"connection"});
  }
  const std::string label = context_.take_label(context_.fit_label(wanted, kind), kind);
  labels_.emplace(text::to_lower(name), label);
  has_declared_ = true;
  const BlockNumber block = context_.add_block("data_source", label);
  context_.block(block).assume({"provider"}, rendering::quoted_text(provider));
  context_.map_connection(connection, label, block, {"connection"});
  if (is_replica) context_.block(block).assume({"read_only"}, "true");
}

std::string DataSources::assume(const LegacyValue& id) {
  if (has_declared_) return "";
  const std::string name = id.text();
  const std::string provider = provider_among(name);
  if (provider.empty()) return "";
  std::string label = context_.make_label(id, kind);
  labels_.emplace(text::to_lower(name), label);
  const BlockNumber block = context_.add_block("data_source", label);
  const std::string variable = context_.make_variable(label + "_connection");
  context_.block(block).set({"provider"}, rendering::quoted_text(provider));
  context_.block(block).set({"connection"}, rendering::call_of_env(variable));
  context_.need_variable(variable, block);
  context_
      .report(rules::value_assumed, id,
              "the document has no data sources: " + text::quoted(name) + " is taken for one of " +
                  text::quoted(provider))
      .suggest("its connection is taken from the variable " + text::quoted(variable));
  return label;
}

void DataSources::add(const LegacyValue& source) {
  has_declared_ = true;
  const LegacyObject members{source};
  const auto id = read_id(source, members, kind, ids_, context_);
  if (!id) return;
  const std::string label = context_.make_label(*id, kind);
  labels_.emplace(text::to_lower(id->text()), label);
  const BlockNumber block = context_.add_block("data_source", label);
  context_.keep_above(block, source);
  context_.claim_block(*id, label == id->text() ? Outcome::mapped : Outcome::converted, block);
  context_.claim_block(source, Outcome::mapped, block);
  map_provider(members, *id, block);
  auto connection = context_.find_text(members, "connectionString");
  if (const auto nested = context_.find(members, "connection", ValueKind::object); nested && !connection)
    connection = context_.find_text(LegacyObject{*nested}, "connectionString");
  if (!connection) {
    context_.report(rules::member_missing, *id,
                    "the data source " + text::quoted(id->text()) + " has no `connectionString`");
    return;
  }
  context_.map_connection(*connection, label, block, {"connection"});
  context_.map_text(members, "healthCheckQuery", block, {"health_check"});
  context_.map_boolean(members, "readOnly", block, {"read_only"});
  context_.map_count(members, "maxReplicationLagSeconds", block, {"max_replication_lag"},
                     "a number of seconds");
}

void DataSources::map_provider(const LegacyObject& source, const LegacyValue& id, BlockNumber block) {
  auto provider = context_.find_text(source, "provider");
  if (!provider) provider = context_.find_text(source, "type");
  if (!provider) {
    context_.report(rules::member_missing, id, "the data source has no `provider`");
    return;
  }
  context_.map_provider(*provider, block);
}

std::string DataSources::label_of(std::string_view id) const {
  const auto found = labels_.find(text::to_lower(id));
  return found == labels_.end() ? "" : found->second;
}

std::string DataSources::only_label() const { return labels_.size() == 1 ? labels_.begin()->second : ""; }

std::string DataSources::label_of_own(const LegacyObject& described, ServiceGroup& group) {
  auto provider = context_.find_text(described, "provider");
  const bool is_of_group = !provider && group.provider;
  if (is_of_group) provider = group.provider;
  const auto secret = context_.find_text(described, "connectionSecret");
  if (!provider || !secret) return "";
  const std::string key = text::ascii_lower(provider->text()) + ' ' + secret->text();
  if (const auto known = own_.find(key); known != own_.end()) {
    if (!is_of_group) context_.account().claim(*provider, Outcome::merged, {}, "another layer says it, too");
    context_.account().claim(*secret, Outcome::merged, {}, "another layer says it, too");
    return known->second;
  }
  std::string label = context_.take_label(context_.fit_label(group.id, kind) + "_source", kind);
  labels_.emplace(text::to_lower(label), label);
  own_.emplace(key, label);
  const BlockNumber block = context_.add_block("data_source", label);
  if (!is_of_group || !std::exchange(group.is_provider_claimed, true))
    context_.map_provider(*provider, block);
  else
    context_.block(block).set({"provider"}, rendering::quoted_text(convert_provider(provider->text())));
  context_.map_connection(*secret, label, block, {"connection"});
  return label;
}

}  // namespace honua::migration
