// SPDX-License-Identifier: MIT
#include "merging/units.h"

#include <algorithm>
#include <utility>

namespace honua::merging {

namespace {

constexpr std::string_view unit_blanks = " \t\r\n";
constexpr Unit blank_line{"\n", false};

using UnitCounts = std::unordered_map<std::string, std::ptrdiff_t>;

UnitCounts count_comments(std::span<const Unit> units) {
  UnitCounts counts;
  for (const Unit& one : units) {
    if (one.is_comment) ++counts[comment_key(one.text)];
  }
  return counts;
}

std::ptrdiff_t count_in(const UnitCounts& counts, const std::string& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

// Without the comments that are to be dropped, nor the blank line behind one that stood between two.
template <class Drops>
Units without(std::span<const Unit> units, Drops&& drops) {
  Units kept;
  bool drops_blank = false;
  for (const Unit& one : units) {
    if (one.is_comment && drops(one)) {
      drops_blank = !kept.empty() && !kept.back().is_comment;
      continue;
    }
    if (!std::exchange(drops_blank, false) || one.is_comment) kept.push_back(one);
  }
  return kept;
}

// Ours without what theirs took away.
Units keep_wanted(std::span<const Unit> ours, const UnitCounts& base, const UnitCounts& theirs) {
  UnitCounts removed;
  return without(ours, [&](const Unit& one) {
    const std::string key = comment_key(one.text);
    return ++removed[key] <= count_in(base, key) - count_in(theirs, key);
  });
}

// What theirs added and ours did not.
Units added_by(std::span<const Unit> theirs, const UnitCounts& base, const UnitCounts& ours) {
  Units added;
  UnitCounts seen;
  for (const Unit& one : theirs) {
    if (!one.is_comment) continue;
    const std::string key = comment_key(one.text);
    if (++seen[key] > std::max(count_in(base, key), count_in(ours, key))) added.push_back(one);
  }
  return added;
}

}  // namespace

std::string comment_key(std::string_view comment) {
  std::string key;
  while (!comment.empty()) {
    const std::size_t feed = std::min(comment.find('\n'), comment.size());
    std::string_view line = comment.substr(0, feed);
    comment.remove_prefix(std::min(feed + 1, comment.size()));
    const std::size_t begin = line.find_first_not_of(unit_blanks);
    if (begin == std::string_view::npos) continue;
    line = line.substr(begin, line.find_last_not_of(unit_blanks) + 1 - begin);
    if (!key.empty()) key += '\n';
    key += line;
  }
  return key;
}

bool have_same_text(std::span<const Unit> a, std::span<const Unit> b) {
  return std::ranges::equal(a, b, {}, &Unit::text, &Unit::text);
}

std::size_t attached_begin(std::span<const Unit> lead) {
  std::size_t begin = lead.size();
  while (begin > 0 && lead[begin - 1].is_comment) --begin;
  return begin;
}

void insert_free(Units& lead, const Units& added) {
  if (added.empty()) return;
  const bool starts_blank = !lead.empty() && !lead.front().is_comment;
  Units inserted = added;
  inserted.push_back(blank_line);
  lead.insert(lead.begin() + (starts_blank ? 1 : 0), inserted.begin(), inserted.end());
}

Units merge_units(const Sides<const Units*>& sides) {
  static const Units none;
  if (sides.theirs == nullptr) return *sides.ours;
  if (sides.ours == nullptr) return *sides.theirs;
  const Units& base = sides.base == nullptr ? none : *sides.base;
  if (have_same_text(base, *sides.ours)) return *sides.theirs;
  if (have_same_text(base, *sides.theirs) || have_same_text(*sides.ours, *sides.theirs)) return *sides.ours;
  const UnitCounts base_counts = count_comments(base);
  const UnitCounts our_counts = count_comments(*sides.ours);
  Units merged = keep_wanted(*sides.ours, base_counts, count_comments(*sides.theirs));
  const std::span<const Unit> theirs(*sides.theirs);
  const Units added = added_by(theirs, base_counts, our_counts);
  const std::size_t behind = attached_begin(theirs);
  Units free;
  for (const Unit& one : added) {
    const bool is_attached = behind < theirs.size() && one.text.data() >= theirs[behind].text.data();
    (is_attached ? merged : free).push_back(one);
  }
  insert_free(merged, free);
  return merged;
}

std::ptrdiff_t CommentBudget::Counts::allowed() const {
  return std::max(ours + theirs - base, std::min({base, ours, theirs}));
}

void CommentBudget::count(const Units& units, std::ptrdiff_t Counts::*side) {
  for (const Unit& one : units) {
    if (one.is_comment) ++(counts_[comment_key(one.text)].*side);
  }
}

Units CommentBudget::admit(const Units& units) {
  return without(units, [&](const Unit& one) {
    Counts& counts = counts_[comment_key(one.text)];
    if (counts.used >= counts.allowed()) return true;
    ++counts.used;
    return false;
  });
}

}  // namespace honua::merging
