// SPDX-License-Identifier: MIT
#include "migration/target_block.h"

#include <algorithm>

#include "config/address.h"
#include "rendering/names.h"
#include "rendering/quoted_text.h"

namespace honua::migration {

namespace {

using rendering::HclWriter;

void write_settings(const Settings& settings, bool are_entries, HclWriter& out) {
  for (const Setting& one : settings) {
    const bool is_plain = rendering::is_identifier(one.name);
    const std::string quoted = is_plain ? std::string() : rendering::quoted_text(one.name);
    const std::string& name = is_plain ? one.name : quoted;
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

std::size_t Settings::number_of(std::string_view name) const {
  // What is set last is mostly set again, for its other settings.
  if (!all_.empty() && all_.back().name == name) return all_.size() - 1;
  if (!numbers_.empty()) {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? all_.size() : found->second;
  }
  return static_cast<std::size_t>(std::ranges::find(all_, name, &Setting::name) - all_.begin());
}

const Setting* Settings::find(std::string_view name) const {
  const std::size_t number = number_of(name);
  return number == all_.size() ? nullptr : &all_[number];
}

Setting& Settings::find_or_add(std::string_view name) {
  const std::size_t number = number_of(name);
  if (number < all_.size()) return all_[number];
  // They are many, and moving them costs more than a little room.
  constexpr std::size_t usual = 12;
  if (all_.empty()) all_.reserve(usual);
  all_.push_back({std::string(name), "", {}, false, false});
  // Few are found quicker by looking at all.
  constexpr std::size_t few = 32;
  if (all_.size() == few) {
    for (std::size_t at = 0; at < few; ++at) numbers_.emplace(all_[at].name, at);
  } else if (all_.size() > few) {
    numbers_.emplace(name, number);
  }
  return all_.back();
}

void TargetBlock::close(HclWriter& scratch) {
  write_settings(settings, false, scratch);
  body = scratch.take_copy();
  settings = {};
}

Setting& TargetBlock::at(const Path& path) {
  Settings* level = &settings;
  const auto names = path.names();
  for (const std::string_view one : names.first(names.size() - 1)) {
    Setting& inner = level->find_or_add(one);
    inner.is_block = true;
    level = &inner.settings;
  }
  return level->find_or_add(names.back());
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
  const Settings* level = &settings;
  const Setting* found = nullptr;
  for (const std::string_view one : path.names()) {
    found = level->find(one);
    if (found == nullptr) return nullptr;
    level = &found->settings;
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
  for (const std::string& one : kept) out.line(one);
  if (block.obstacle.empty()) return write_body(block, out);
  HclWriter body;
  write_body(block, body);
  out.commented_out(std::move(body).take());
}

}  // namespace honua::migration
