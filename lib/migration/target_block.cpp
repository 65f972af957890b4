// SPDX-License-Identifier: MIT
#include "migration/target_block.h"

#include <algorithm>

#include "config/address.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"

namespace honua::migration {

namespace {

using rendering::HclWriter;

Setting& find_or_add(std::vector<Setting>& settings, std::string_view name) {
  const auto found = std::ranges::find(settings, name, &Setting::name);
  if (found != settings.end()) return *found;
  // They are many, and moving them costs more than a little room.
  constexpr std::size_t usual = 12;
  if (settings.empty()) settings.reserve(usual);
  settings.push_back({std::string(name), "", {}, false, false});
  return settings.back();
}

void write_settings(const std::vector<Setting>& settings, bool are_entries, HclWriter& out) {
  for (const Setting& one : settings) {
    if (!one.is_block && rendering::is_identifier(one.name)) {
      out.attribute(one.name, one.value);
      continue;
    }
    const std::string name = rendering::is_identifier(one.name) ? one.name : rendering::quoted_text(one.name);
    if (!one.is_block) {
      out.attribute(name, one.value);
      continue;
    }
    // Names in quotes are entries of an object: blocks are called by words.
    const bool has_odd_names = std::ranges::any_of(
        one.settings, [](const Setting& inner) { return !rendering::is_identifier(inner.name); });
    out.open(name + (are_entries || has_odd_names ? " =" : ""));
    write_settings(one.settings, are_entries || has_odd_names, out);
    out.close();
  }
}

void write_body(const TargetBlock& block, HclWriter& out) {
  out.open(block.type + (block.label.empty() ? "" : " " + rendering::quoted_text(block.label)));
  if (block.body.empty())
    write_settings(block.settings, false, out);
  else
    out.lines(block.body);
  out.close();
}

}  // namespace

void TargetBlock::close(HclWriter& scratch) {
  write_settings(settings, false, scratch);
  body = scratch.take_copy();
  settings = {};
}

Setting& TargetBlock::at(const Path& path) {
  std::vector<Setting>* level = &settings;
  const auto names = path.names();
  for (const std::string_view one : names.first(names.size() - 1)) {
    Setting& inner = find_or_add(*level, one);
    inner.is_block = true;
    level = &inner.settings;
  }
  return find_or_add(*level, names.back());
}

void TargetBlock::set(const Path& path, std::string value) {
  Setting& setting = at(path);
  setting.value = std::move(value);
  setting.is_assumed = false;
}

void TargetBlock::assume(const Path& path, std::string value) {
  Setting& setting = at(path);
  setting.value = std::move(value);
  setting.is_assumed = true;
}

const Setting* TargetBlock::look_up(const Path& path) const {
  const std::vector<Setting>* level = &settings;
  const Setting* found = nullptr;
  for (const std::string_view one : path.names()) {
    const auto inner = std::ranges::find(*level, one, &Setting::name);
    if (inner == level->end()) return nullptr;
    found = &*inner;
    level = &inner->settings;
  }
  return found;
}

const std::string* TargetBlock::find(const Path& path) const {
  const Setting* found = look_up(path);
  return found == nullptr || found->is_assumed ? nullptr : &found->value;
}

bool TargetBlock::says(std::string_view name, std::string_view value) const {
  const Setting* found = look_up({name});
  return found != nullptr && found->value == value;
}

std::string TargetBlock::address() const { return label.empty() ? type : config::address_below(type, label); }

void write_block(const TargetBlock& block, const std::vector<std::string>& kept, HclWriter& out) {
  if (!block.obstacle.empty()) out.comment("not served: " + block.obstacle);
  for (const std::string& one : block.remarks) out.comment(one);
  for (const std::string& one : kept) out.line(one);
  if (block.obstacle.empty()) return write_body(block, out);
  HclWriter body;
  write_body(block, body);
  out.commented_out(std::move(body).take());
}

}  // namespace honua::migration
