// SPDX-License-Identifier: MIT
#include "snapshot/write_snapshot.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "snapshot/masked_text.h"
#include "snapshot/value_writer.h"
#include "text/json_writer.h"
#include "text/unicode.h"

namespace honua::snapshot {

namespace {

using config::AttributeSchema;
using config::Block;
using config::BlockType;
using config::ObjectSchema;
using config::ServiceType;
using config::Setting;
using config::SettingKind;

// A member of a block: a setting, or what another block says in its place.
struct Member {
  const Setting* setting = nullptr;
  const AttributeSchema* schema = nullptr;
  const Block* block = nullptr;
};
using Members = std::map<std::string, Member>;  // by name, without secrets

class SnapshotWriter {
 public:
  SnapshotWriter(const LoadedConfiguration& loaded, const SecretDigest* digest)
      : configuration_(loaded.configuration), values_(loaded, digest) {}

  WrittenSnapshot write() {
    text::JsonWriter json(2);
    json.begin_object();
    json.key("configuration");
    write_blocks(json);
    json.key("environment");
    write_environment(json);
    json.key("format").string("honua-snapshot");
    json.key("format_version").string(format_version);
    json.end_object();
    return {std::move(json).take() + "\n", values_.masked(), values_.unknown()};
  }

 private:
  // What the server asks the environment for, by name.
  void write_environment(text::JsonWriter& json) const {
    json.begin_array();
    for (const std::string& name : values_.environment()) json.string(name);
    json.end_array();
  }

  // Variables have done their part when their values are in place.
  void write_blocks(text::JsonWriter& json) {
    std::map<std::string_view, const config::BlockSchema*> types;
    for (const config::BlockSchema& schema : config::block_schemas()) {
      const bool is_part = schema.type == BlockType::variable || schema.type == BlockType::high_availability;
      if (!is_part) types.emplace(schema.keyword, &schema);
    }
    json.begin_object();
    for (const auto& [keyword, schema] : types) {
      if (schema->labelled) {
        write_labelled(*schema, json);
      } else if (const Block* block = single(schema->type); block != nullptr && !is_empty_server(*block)) {
        json.key(keyword);
        write_block(*block, json);
      }
    }
    json.end_object();
  }

  // `honua`, too, where only the block that stands for a part of it is written.
  [[nodiscard]] const Block* single(BlockType type) const {
    const Block* block = configuration_.single(type);
    return block == nullptr && type == BlockType::honua ? configuration_.single(BlockType::high_availability)
                                                        : block;
  }

  void write_labelled(const config::BlockSchema& schema, text::JsonWriter& json) {
    std::map<std::string, const Block*>
        blocks;  // of several with one label the last counts, as in the server
    for (const Block& block : configuration_.of(schema.type)) blocks[masked_text(block.label)] = &block;
    if (blocks.empty()) return;
    json.key(schema.keyword);
    json.begin_object();
    for (const auto& [label, block] : blocks) {
      json.key(member_name(label));
      write_block(*block, json);
    }
    json.end_object();
  }

  void write_block(const Block& block, text::JsonWriter& json) {
    json.begin_object();
    for (const auto& [name, member] : members_of(block)) {
      if (says_nothing(block, member)) continue;
      if (member.block != nullptr) {
        json.key(name);
        values_.write_object(member.block->settings, &member.block->schema->body, json);
      } else if (is_type(block, *member.setting) && block.service_type != nullptr) {
        json.key(name).string(block.service_type->id);
      } else {
        values_.write_member(name, *member.setting, member.schema, json);
      }
    }
    json.end_object();
  }

  // What would be the same without it.
  bool says_nothing(const Block& block, const Member& member) {
    if (member.block != nullptr) return false;
    return member.setting->is(SettingKind::null) || is_implied(block, *member.setting) ||
           values_.is_default(*member.setting, member.schema);
  }

  // The server is there whether a block speaks of it or not. What other blocks are about is not.
  bool is_empty_server(const Block& block) {
    const Members members = members_of(block);
    return block.type() == BlockType::honua &&
           std::ranges::all_of(members, [&](const auto& one) { return says_nothing(block, one.second); });
  }

  Members members_of(const Block& block) const {
    Members members;
    if (block.type() == BlockType::honua || block.type() == BlockType::high_availability) {
      if (const Block* part = configuration_.single(BlockType::high_availability))
        members["high_availability"] = {nullptr, nullptr, part};
    }
    if (block.type() == BlockType::high_availability) return members;
    for (const Setting& one : block.settings) {
      // The old spelling of what has an attribute of its own.
      const Setting* old = block.type() == BlockType::data_source && one.name() == "settings"
                               ? one.find("read_only")
                               : nullptr;
      if (old != nullptr) {
        members.try_emplace("read_only", Member{old, block.schema->body.find("read_only")});
      } else if (!one.is(SettingKind::null)) {
        members[masked_text(one.name())] = {&one, schema_of(block, one)};
      }
    }
    return members;
  }

  // A service type's own settings count more than those of all services; those of a service whose type is
  // computed were decoded without it.
  static const AttributeSchema* schema_of(const Block& block, const Setting& setting) {
    if (setting.schema() != nullptr) return setting.schema();
    const ObjectSchema* own = block.service_type == nullptr ? nullptr : &block.service_type->settings;
    const AttributeSchema* found = own == nullptr ? nullptr : own->find(setting.name());
    return found != nullptr ? found : block.schema->body.find(setting.name());
  }

  static bool is_type(const Block& block, const Setting& setting) {
    return block.type() == BlockType::service && setting.name() == "type";
  }

  // Whether the label, or the type of a service, says the same.
  static bool is_implied(const Block& block, const Setting& setting) {
    const auto text = setting.sensitive ? std::nullopt : setting.text();
    if (!text) return false;
    if (is_type(block, setting)) {
      return block.service_type != nullptr && config::find_service_type(block.label) == block.service_type;
    }
    if (block.type() == BlockType::service && setting.name() == "base_path")
      return block.service_type != nullptr && *text == block.service_type->base_path;
    return block.type() == BlockType::cache && setting.name() == "type" &&
           text::to_lower(*text) == text::to_lower(block.label);
  }

  const config::Configuration& configuration_;
  ValueWriter values_;
};

}  // namespace

WrittenSnapshot write_snapshot(const LoadedConfiguration& loaded, const SecretDigest* digest) {
  return SnapshotWriter(loaded, digest).write();
}

}  // namespace honua::snapshot
