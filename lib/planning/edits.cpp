// SPDX-License-Identifier: MIT
#include "planning/edits.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "snapshot/form.h"
#include "snapshot/node.h"
#include "snapshot/value_writer.h"
#include "syntax/parser.h"
#include "text/json_writer.h"

namespace honua::planning {

namespace {

using snapshot::BlockEntry;
using snapshot::Document;
using snapshot::Node;

using Entries = std::map<std::string, const BlockEntry*>;  // by label as the snapshot has it

class EditFinder {
 public:
  EditFinder(const Document& before, const Document& after) : before_(before), after_(after) {}

  std::vector<Edit> run() {
    std::map<std::string_view, std::pair<Entries, Entries>> types;
    for (const BlockEntry& one : before_.blocks()) types[keyword_of(one)].first.emplace(label_of(one), &one);
    for (const BlockEntry& one : after_.blocks()) types[keyword_of(one)].second.emplace(label_of(one), &one);
    for (const auto& [keyword, sides] : types) compare_type(keyword, sides.first, sides.second);
    compare_environment();
    return std::move(edits_);
  }

 private:
  static std::string_view keyword_of(const BlockEntry& block) {
    return config::schema_of(block.type).keyword;
  }
  static std::string label_of(const BlockEntry& block) { return snapshot::member_name(block.label); }

  void compare_type(std::string_view keyword, const Entries& before, const Entries& after) {
    path_ = {"configuration", std::string(keyword)};
    const bool is_labelled = config::find_block_schema(keyword)->labelled;
    if (is_labelled && (before.empty() || after.empty())) {
      edits_.push_back({path_, json_of(before_, before), json_of(after_, after)});
      return;
    }
    std::set<std::string> labels;
    for (const auto& [label, block] : before) labels.insert(label);
    for (const auto& [label, block] : after) labels.insert(label);
    for (const std::string& label : labels) {
      if (is_labelled) path_.push_back(label);
      compare_block(find(before, label), find(after, label));
      if (is_labelled) path_.pop_back();
    }
  }

  static const BlockEntry* find(const Entries& blocks, const std::string& label) {
    const auto found = blocks.find(label);
    return found == blocks.end() ? nullptr : found->second;
  }

  void compare_block(const BlockEntry* old, const BlockEntry* now) {
    if (old != nullptr && now != nullptr && before_.text(*old) == after_.text(*now)) return;
    const auto old_tree = old == nullptr ? std::nullopt : std::optional(before_.parse(*old));
    const auto new_tree = now == nullptr ? std::nullopt : std::optional(after_.parse(*now));
    compare(old_tree ? Node(old_tree->expression()) : Node(),
            new_tree ? Node(new_tree->expression()) : Node());
  }

  void compare(const Node& before, const Node& after) {
    if (before.is_same_text(after)) return;
    if (before.is_json_object() && after.is_json_object()) {
      auto members = snapshot::members_of(before, after);
      if (before.form() != snapshot::NodeForm::object) members.erase(std::string(snapshot::form::digest));
      for (const auto& [name, both] : members) {
        path_.push_back(name);
        compare(both.first, both.second);
        path_.pop_back();
      }
      return;
    }
    std::string from = before.json();
    std::string to = after.json();
    if (from != to) edits_.push_back({path_, std::move(from), std::move(to)});
  }

  // A type's blocks as one object; "" if there are none.
  static std::string json_of(const Document& document, const Entries& blocks) {
    if (blocks.empty()) return "";
    std::string json = "{";
    for (const auto& [label, block] : blocks) {
      text::JsonWriter name;
      name.string(label);
      if (json.size() > 1) json += ',';
      const syntax::Tree tree = document.parse(*block);
      json.append(std::move(name).take()).append(":").append(Node(tree.expression()).json());
    }
    return json + "}";
  }

  void compare_environment() {
    const auto before = environment_of(before_);
    const auto after = environment_of(after_);
    path_ = {"environment"};
    if (before && after) compare(Node(before->expression()), Node(after->expression()));
  }

  static std::optional<syntax::Tree> environment_of(const Document& document) {
    diagnostics::Diagnostics none;  // it was scanned
    const auto range = document.environment();
    return syntax::parse_json_value(document.file(), range.begin, range.end, none);
  }

  const Document& before_;
  const Document& after_;
  std::vector<std::string> path_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> find_edits(const Document& before, const Document& after) {
  return EditFinder(before, after).run();
}

}  // namespace honua::planning
