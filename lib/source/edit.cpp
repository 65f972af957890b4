// SPDX-License-Identifier: MIT
#include "source/edit.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

namespace honua::source {

namespace {

// The accepted edits by where they begin.
using Accepted = std::map<std::uint32_t, const Edit*>;

bool is_sound(const EditGroup& group, std::size_t size) {
  std::size_t behind = 0;
  for (const Edit& edit : group) {
    if (edit.range.begin < behind || edit.range.end < edit.range.begin || edit.range.end > size) return false;
    behind = std::size_t{edit.range.end} + 1;
  }
  return !group.empty();
}

bool is_free(const Accepted& accepted, const Edit& edit) {
  const auto following = accepted.lower_bound(edit.range.begin);
  if (following != accepted.end() && following->first <= edit.range.end) return false;
  return following == accepted.begin() || std::prev(following)->second->range.end < edit.range.begin;
}

}  // namespace

void add_edit(EditGroup& group, Edit edit) {
  if (!group.empty() && group.back().range.end == edit.range.begin) {
    group.back().range.end = edit.range.end;
    group.back().text += edit.text;
  } else {
    group.push_back(std::move(edit));
  }
}

EditedText apply_edits(std::string_view text, std::span<const EditGroup> groups) {
  EditedText result;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (is_sound(groups[i], text.size())) {
      order.push_back(i);
    } else {
      result.dropped.push_back(i);
    }
  }
  std::stable_sort(order.begin(), order.end(), [groups](std::size_t a, std::size_t b) {
    return groups[a].front().range.begin < groups[b].front().range.begin;
  });
  Accepted accepted;
  for (const std::size_t i : order) {
    if (std::ranges::all_of(groups[i], [&](const Edit& edit) { return is_free(accepted, edit); })) {
      for (const Edit& edit : groups[i]) accepted.emplace(edit.range.begin, &edit);
    } else {
      result.dropped.push_back(i);
    }
  }
  std::sort(result.dropped.begin(), result.dropped.end());
  std::size_t copied = 0;
  for (const auto& [begin, edit] : accepted) {
    result.text += text.substr(copied, begin - copied);
    result.text += edit->text;
    copied = edit->range.end;
  }
  result.text += text.substr(copied);
  return result;
}

}  // namespace honua::source
