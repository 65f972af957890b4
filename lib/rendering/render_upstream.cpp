// SPDX-License-Identifier: MIT
#include "rendering/render_upstream.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "config/environment_places.h"
#include "config/upstream.h"
#include "rendering/hcl_text.h"
#include "rendering/names.h"
#include "rendering/reference_text.h"
#include "syntax/literals.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::rendering {

namespace {

namespace upstream = config::upstream;
using config::AttributeSchema;
using config::Block;
using config::BlockType;
using config::ObjectSchema;
using config::Setting;
using config::SettingKind;
using config::ValueType;
using diagnostics::Diagnostic;
using diagnostics::Rule;
using diagnostics::Severity;

constexpr std::string_view heading =
    "# Written by `honua render --target upstream`: change the source instead.\n";

// The order of blocks: what is referred to comes first.
constexpr std::array block_order = {BlockType::honua,   BlockType::data_source, BlockType::cache,
                                    BlockType::service, BlockType::layer,       BlockType::rate_limit};

// Every variable is set, to a text that is never looked at: what depends on it
// is told by its mark, and comes from the expression.
class MarkingEnvironment final : public Environment {
 public:
  [[nodiscard]] std::optional<std::string> get(const std::string& /*name*/) const override {
    return "unused";
  }
};

std::string address_of(const Block& block) {
  std::string path(block.schema->keyword);
  if (block.schema->labelled) path += "." + std::string(block.label);
  return path;
}

// Where a setting is.
struct Place {
  BlockType block;
  std::string path;
  bool is_top = true;  // directly in the block
  unsigned depth = 1;

  [[nodiscard]] bool is_free() const { return is_top && block == BlockType::service; }
};

class UpstreamRenderer {
 public:
  UpstreamRenderer(std::span<const config::LoadInput> inputs, diagnostics::Diagnostics& lost)
      : lost_(lost), texts_(inputs), loaded_(load(inputs)), uses_(loaded_.environment_uses) {}

  std::string run() {
    std::vector<HclBlock> blocks;
    for (const config::BlockSchema& schema : config::block_schemas()) {
      if (!schema.read_upstream) lose_blocks(schema.type);
    }
    for (const BlockType type : block_order) {
      for (const Block& block : loaded_.configuration.of(type)) blocks.push_back(render(block));
    }
    const std::string text = to_hcl(blocks);
    return std::string(heading) + (text.empty() ? "" : "\n") + text;
  }

 private:
  static config::Loaded load(std::span<const config::LoadInput> inputs) {
    diagnostics::Diagnostics ignored;  // of a load with variables that nobody set
    return config::load(inputs, MarkingEnvironment(), syntax::Dialect::honua, ignored,
                        config::Sensitivity::environment);
  }

  // --- what is left out

  void lose_blocks(BlockType type) {
    for (const Block& block : loaded_.configuration.of(type)) {
      report(upstream::unread_setting, block.header_range,
             text::quoted(address_of(block)) + " is left out: the server knows no such block");
    }
  }

  Diagnostic& report(const Rule& rule, source::SourceRange range, std::string message) {
    return lost_.report(rule, Severity::warning, range, std::move(message));
  }

  std::nullopt_t lose(const Rule& rule, const Setting& setting, const Place& place, std::string_view why) {
    const bool is_read = setting.schema() != nullptr && setting.schema()->read_upstream;
    // What somebody may have switched off must not come back by itself.
    const bool is_refused = is_read && (setting.schema()->required || setting.name() == "enabled");
    Diagnostic& made =
        lost_.report(rule, is_refused ? Severity::error : Severity::warning, setting.name_range(),
                     text::quoted(path_of(setting, place)) + " is left out: " + std::string(why));
    if (!is_read) return std::nullopt;
    if (setting.schema()->required) {
      made.suggest("the server refuses the file without it: write the value itself");
    } else if (!setting.schema()->default_value.empty()) {
      made.suggest("the server takes " + text::quoted(setting.schema()->default_value) +
                   " without it: write the value itself if that is wrong");
    }
    return std::nullopt;
  }

  static std::string path_of(const Setting& setting, const Place& place) {
    return place.path + "." + std::string(setting.name());
  }

  // --- blocks

  HclBlock render(const Block& block) {
    HclBlock made;
    made.header = block.schema->keyword;
    if (block.schema->labelled) made.header += " " + syntax::quoted_string(block.label);
    const Place place{block.type(), address_of(block)};
    if (block.type() == BlockType::cache) add_cache_type(block, made.items);
    std::vector<const ObjectSchema*> schemas = {&block.schema->body};
    if (block.service_type != nullptr) schemas.push_back(&block.service_type->settings);
    add(block.settings, schemas, place, made.items);
    return made;
  }

  // A cache that is called after its type: the server would take it for one in memory.
  static void add_cache_type(const Block& block, std::vector<HclItem>& items) {
    const Setting* type = block.find("type");
    if (type != nullptr && !type->is(SettingKind::null)) return;
    const std::string label = text::to_lower(block.label);
    if (label == "redis" || label == "cdn")
      items.push_back({"type", syntax::quoted_string(label), {}, false});
  }

  // Settings in the schema's order; those that it does not know by name.
  void add(std::span<const Setting> settings, std::span<const ObjectSchema* const> schemas,
           const Place& place, std::vector<HclItem>& items) {
    for (const ObjectSchema* schema : schemas) {
      for (const AttributeSchema& attribute : schema->attributes) {
        for (const Setting& one : settings) {
          if (one.schema() == &attribute) add(one, place, items);
        }
      }
    }
    std::vector<const Setting*> unknown;
    for (const Setting& one : settings) {
      if (one.schema() == nullptr) unknown.push_back(&one);
    }
    std::ranges::stable_sort(unknown,
                             [](const Setting* a, const Setting* b) { return a->name() < b->name(); });
    for (const Setting* one : unknown) add(*one, place, items);
  }

  void add(const Setting& setting, const Place& place, std::vector<HclItem>& items) {
    if (auto item = carry(setting, place)) items.push_back(*std::move(item));
  }

  // --- settings

  std::optional<HclItem> carry(const Setting& setting, const Place& place) {
    if (setting.is(SettingKind::null)) return std::nullopt;
    if (setting.schema() != nullptr && !setting.schema()->read_upstream)
      return lose(upstream::unread_setting, setting, place, "the server does not read it");
    if (!upstream::is_name(setting.name()))
      return lose(upstream::unread_construct, setting, place, "the server reads no such name");
    if (is_dependent(setting)) return carry_reference(setting, place);
    if (setting.is(SettingKind::object)) return carry_object(setting, place);
    const auto value = value_of(setting, setting, place);
    if (!value) return std::nullopt;
    return HclItem{std::string(setting.name()), *value, {}, false};
  }

  // Whether the value depends on the environment.
  bool is_dependent(const Setting& setting) const {
    if (setting.sensitive) return true;
    if (setting.is(SettingKind::object) || setting.is(SettingKind::list))
      return false;  // its items are asked
    return uses_.any_in(setting.range);
  }

  // What the server takes as a text.
  static bool is_text(const Setting& setting) {
    if (setting.schema() == nullptr) return true;
    const ValueType type = setting.schema()->type;
    return type == ValueType::string || type == ValueType::any || type == ValueType::reference;
  }

  std::optional<HclItem> carry_reference(const Setting& setting, const Place& place) {
    if (!place.is_top || !upstream::replaces_references(place.block, setting.name())) {
      return lose(upstream::misread_text, setting, place,
                  "it depends on the environment, and the server replaces no references there");
    }
    if (!is_text(setting)) {
      return lose(upstream::misread_text, setting, place,
                  "it depends on the environment, and the server replaces references in texts only");
    }
    const auto parts = texts_.at(setting.range);
    const auto text = parts ? reference_text(*parts) : std::nullopt;
    if (!text) {
      return lose(upstream::misread_text, setting, place,
                  "it is computed from the environment, and the server only replaces `${env:NAME}` in texts");
    }
    for (const source::SourceRange range : text->lost_defaults) {
      report(upstream::misread_text, range,
             "a default in " + text::quoted(path_of(setting, place)) + " is left out: the server knows none")
          .suggest("set the variable wherever the server runs: it refuses the file without");
    }
    return HclItem{std::string(setting.name()), text->quoted, {}, false};
  }

  std::optional<HclItem> carry_object(const Setting& setting, const Place& place) {
    if (place.is_free())
      return lose(upstream::unread_construct, setting, place, "the server reads no objects in a service");
    HclItem made{std::string(setting.name()), "", {}, true};
    const Place inside{place.block, path_of(setting, place), false, place.depth + 1};
    if (setting.schema() != nullptr && setting.schema()->type == ValueType::object_map) {
      for (const Setting& member : setting.items()) {
        if (auto item = carry_member(member, *setting.schema(), inside))
          made.items.push_back(*std::move(item));
      }
      return made;
    }
    if (setting.schema() == nullptr || setting.schema()->nested == nullptr)
      return lose(upstream::unread_construct, setting, place, "the server reads no such object");
    const ObjectSchema* nested = setting.schema()->nested;
    add(setting.items(), {&nested, 1}, inside, made.items);
    return made;
  }

  // A member of a map, whose name is free.
  std::optional<HclItem> carry_member(const Setting& member, const AttributeSchema& map, const Place& place) {
    if (!upstream::is_name(member.name()))
      return lose(upstream::unread_construct, member, place, "the server reads no such name");
    if (!member.is(SettingKind::object)) {
      return member.is(SettingKind::null) ? std::nullopt : lose_unknown(member, place);
    }
    HclItem made{std::string(member.name()), "", {}, true};
    add(member.items(), {&map.nested, 1}, {place.block, path_of(member, place), false, place.depth + 1},
        made.items);
    return made;
  }

  // --- values. `whole` is the setting that `value` is, or is an element of.

  std::optional<std::string> value_of(const Setting& value, const Setting& whole, const Place& place) {
    switch (value.kind) {
      case SettingKind::boolean: return std::string(*value.boolean() ? "true" : "false");
      case SettingKind::number: return number_of(value, whole, place);
      case SettingKind::text: return text_of(*value.text(), whole, place);
      case SettingKind::reference:
        // A service's is a text like any other of its settings.
        if (place.is_free() || !is_label(*value.text())) return text_of(*value.text(), whole, place);
        return std::string(config::schema_of(value.target).keyword) + "." + std::string(*value.text());
      case SettingKind::list: return list_of(value, place);
      default: return lose_unknown(whole, place);
    }
  }

  std::nullopt_t lose_unknown(const Setting& setting, const Place& place) {
    return lose(upstream::unread_construct, setting, place, "what it comes to is not known");
  }

  std::optional<std::string> number_of(const Setting& value, const Setting& whole, const Place& place) {
    const double number = *value.number();
    if (upstream::is_readable_number(number)) return std::to_string(static_cast<std::int64_t>(number));
    return lose(upstream::unread_construct, whole, place,
                "the server reads whole numbers up to 2147483647 only");
  }

  std::optional<std::string> text_of(std::string_view text, const Setting& whole, const Place& place) {
    const bool is_replaced = place.is_top && upstream::replaces_references(place.block, whole.name());
    const auto trouble = upstream::trouble_with(text, is_replaced);
    if (trouble == upstream::TextTrouble::none) return syntax::quoted_string(text);
    return lose(upstream::misread_text, whole, place, describe(trouble));
  }

  std::optional<std::string> list_of(const Setting& list, const Place& place) {
    std::vector<std::string> elements;
    for (const Setting& one : list.items()) {
      if (one.is(SettingKind::unknown) || is_dependent(one)) {
        return lose(upstream::misread_text, list, place,
                    "it depends on the environment, and the server replaces no references there");
      }
      if (!one.is(SettingKind::text) && !one.is(SettingKind::reference))
        return lose(upstream::unread_construct, list, place, "the server reads lists of texts only");
      const auto element = value_of(one, list, place);
      if (!element) return std::nullopt;
      elements.push_back(*element);
    }
    return to_list(elements, place.depth);
  }

  diagnostics::Diagnostics& lost_;
  config::TextParts texts_;
  config::Loaded loaded_;
  config::EnvironmentPlaces uses_;
};

}  // namespace

std::string render_upstream(std::span<const config::LoadInput> inputs, diagnostics::Diagnostics& lost) {
  return UpstreamRenderer(inputs, lost).run();
}

}  // namespace honua::rendering
