// SPDX-License-Identifier: MIT
#include "config/effective.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "config/address.h"

namespace honua::config {

namespace {

bool is_given(const Setting* setting) { return setting != nullptr && !setting->is(SettingKind::null); }

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

class Collector {
 public:
  explicit Collector(const Block& block) : block_(block) {}

  std::vector<EffectiveValue> collect() {
    const std::string address = address_of(block_);
    // A service type's own settings count more than those of all services.
    const ObjectSchema* more = block_.service_type == nullptr ? nullptr : &block_.service_type->settings;
    for (const AttributeSchema& one : block_.schema->body.attributes) {
      if (more == nullptr || more->find(one.name) == nullptr) add_attribute(address, block_.settings, one);
    }
    if (more != nullptr) add_attributes(address, block_.settings, *more);
    add_unknown(address, block_.settings);
    return std::move(values_);
  }

 private:
  void add_attribute(const std::string& parent, std::span<const Setting> settings,
                     const AttributeSchema& schema) {
    const Setting* setting = find(settings, schema.name);
    const std::string address = address_below(parent, schema.name);
    if (!is_given(setting)) {
      if (auto implied = implied_value(schema)) {
        values_.push_back({address, block_.label, implied->second, nullptr, std::move(implied->first)});
      } else if (!schema.default_value.empty()) {
        values_.push_back(
            {address, block_.label, Origin::default_value, nullptr, std::string(schema.default_value)});
      }
      return;
    }
    add(address, *setting, &schema);
  }

  void add_unknown(const std::string& parent, std::span<const Setting> settings) {
    for (const Setting& one : settings) {
      if (one.schema() == nullptr && !is_in_tables(one.name()))
        add(address_below(parent, one.name()), one, nullptr);
    }
  }

  // The settings of a service whose type is computed were decoded without it.
  [[nodiscard]] bool is_in_tables(std::string_view name) const {
    return block_.schema->body.find(name) != nullptr ||
           (block_.service_type != nullptr && block_.service_type->settings.find(name) != nullptr);
  }

  void add(const std::string& address, const Setting& setting, const AttributeSchema* schema) {
    const std::size_t before = values_.size();
    // Of what came from the environment not even the names of members are shown.
    if (setting.is(SettingKind::object) && !setting.sensitive) add_members(address, setting, schema);
    if (values_.size() == before) values_.push_back({address, block_.label, Origin::written, &setting, ""});
  }

  void add_members(const std::string& address, const Setting& object, const AttributeSchema* schema) {
    const ObjectSchema* nested = schema == nullptr ? nullptr : schema->nested;
    if (nested == nullptr) {
      for (const Setting& member : object.items())
        add(address_below(address, member.name()), member, nullptr);
    } else if (schema->type == ValueType::object) {
      add_attributes(address, object.items(), *nested);
    } else {
      for (const Setting& member : object.items()) add_member(address, member, *nested);
    }
  }

  // A member of a map of objects.
  void add_member(const std::string& map, const Setting& member, const ObjectSchema& nested) {
    const std::string address = address_below(map, member.name());
    const std::size_t before = values_.size();
    if (member.is(SettingKind::object) && !member.sensitive) add_attributes(address, member.items(), nested);
    if (values_.size() == before) values_.push_back({address, block_.label, Origin::written, &member, ""});
  }

  void add_attributes(const std::string& address, std::span<const Setting> settings,
                      const ObjectSchema& object) {
    for (const AttributeSchema& one : object.attributes) add_attribute(address, settings, one);
  }

  // What the label and the service's type say; of the block's own attributes only.
  [[nodiscard]] std::optional<std::pair<std::string, Origin>> implied_value(
      const AttributeSchema& schema) const {
    const bool service = block_.type() == BlockType::service && block_.service_type != nullptr;
    if (service && &schema == block_.schema->body.find("type"))
      return std::pair(in_quotes(block_.service_type->id), Origin::label);
    if (service && &schema == block_.schema->body.find("base_path"))
      return std::pair(in_quotes(block_.service_type->base_path), Origin::default_value);
    if (block_.type() == BlockType::cache && &schema == block_.schema->body.find("type") &&
        std::ranges::find(schema.values, block_.label) != schema.values.end())
      return std::pair(in_quotes(block_.label), Origin::label);
    return std::nullopt;
  }

  const Block& block_;
  std::vector<EffectiveValue> values_;
};

}  // namespace

std::string address_of(const Block& block) { return block_address(*block.schema, block.label); }

std::vector<EffectiveValue> effective_values(const Block& block) { return Collector(block).collect(); }

}  // namespace honua::config
