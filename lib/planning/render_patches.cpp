// SPDX-License-Identifier: MIT
#include <map>
#include <memory>

#include "planning/plan_report.h"
#include "text/json_writer.h"

namespace honua::planning {

namespace {

// RFC 6901.
std::string pointer_to(const std::vector<std::string>& path) {
  std::string pointer;
  for (const std::string& name : path) text::append_pointer_token(pointer, name);
  return pointer;
}

// A patch as a tree: what is below a name, or the value that comes there.
struct MergeNode {
  std::map<std::string, MergeNode> members;
  std::string value;  // JSON; unless there are members
};

void append(const MergeNode& node, std::size_t depth, std::string& out) {
  if (node.members.empty()) {
    out += node.value.empty() ? "null" : node.value;
    return;
  }
  out += "{";
  std::string_view separator = "\n";
  for (const auto& [name, member] : node.members) {
    out.append(separator).append(2 * (depth + 1), ' ').append(text::json_string(name)).append(": ");
    append(member, depth + 1, out);
    separator = ",\n";
  }
  out.append("\n").append(2 * depth, ' ').append("}");
}

}  // namespace

std::string render_json_patch(const std::vector<Edit>& edits) {
  std::string out = "[";
  std::string_view separator = "\n";
  for (const Edit& edit : edits) {
    const std::string_view operation = edit.after.empty()    ? "remove"
                                       : edit.before.empty() ? "add"
                                                             : "replace";
    out.append(separator).append("  {\"op\": ").append(text::json_string(operation));
    out.append(", \"path\": ").append(text::json_string(pointer_to(edit.path)));
    if (!edit.after.empty()) out.append(", \"value\": ").append(edit.after);
    out += "}";
    separator = ",\n";
  }
  return out + (edits.empty() ? "]\n" : "\n]\n");
}

std::string render_merge_patch(const std::vector<Edit>& edits) {
  MergeNode root;
  for (const Edit& edit : edits) {
    MergeNode* node = &root;
    for (const std::string& name : edit.path) node = &node->members[name];
    node->value = edit.after;
  }
  std::string out;
  if (edits.empty()) return "{}\n";
  append(root, 0, out);
  return out + "\n";
}

}  // namespace honua::planning
