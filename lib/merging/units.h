// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "merging/sides.h"

// The lines between items: blank ones and comments.
namespace honua::merging {

// Lines with their ends, as few as hold whole comments. Refers to the document's text.
struct Unit {
  std::string_view text;
  bool is_comment = false;
};
using Units = std::vector<Unit>;

// A comment's text by which it is found again when it was only indented anew.
[[nodiscard]] std::string comment_key(std::string_view comment);

[[nodiscard]] bool have_same_text(std::span<const Unit> a, std::span<const Unit> b);

// Where comments stand that are directly above an item, at the end of its lead.
[[nodiscard]] std::size_t attached_begin(std::span<const Unit> lead);

// The three-way merge of the lines at one place. Where both sides changed them, those of ours without the
// comments that theirs took away, and with those that theirs added.
[[nodiscard]] Units merge_units(const Sides<const Units*>& sides);

// Adds comments that stand for themselves, with a blank line behind them.
void insert_free(Units& lead, const Units& added);

// How often each comment may be in what two containers are merged to. A comment that both sides have, but in
// front of different items, since each put something new behind it, would be there twice otherwise.
class CommentBudget {
 public:
  void count_base(const Units& units) { count(units, &Counts::base); }
  void count_ours(const Units& units) { count(units, &Counts::ours); }
  void count_theirs(const Units& units) { count(units, &Counts::theirs); }
  // Without the comments that are there often enough already.
  [[nodiscard]] Units admit(const Units& units);

 private:
  struct Counts {
    std::ptrdiff_t base = 0;
    std::ptrdiff_t ours = 0;
    std::ptrdiff_t theirs = 0;
    std::ptrdiff_t used = 0;
    [[nodiscard]] std::ptrdiff_t allowed() const;
  };
  void count(const Units& units, std::ptrdiff_t Counts::*side);

  std::unordered_map<std::string, Counts> counts_;
};

}  // namespace honua::merging
