// SPDX-License-Identifier: MIT
#include "text/diff.h"

#include <algorithm>
#include <cstdint>
#include <dtl/dtl.hpp>
#include <span>
#include <unordered_map>
#include <vector>

namespace honua::text {

namespace {

constexpr std::size_t context_lines = 3;  // as `diff -u` shows

using Lines = std::vector<std::string_view>;  // with their line ends

enum class Step : char { common = ' ', removed = '-', added = '+' };

Lines split_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t feed = text.find('\n');
    const std::size_t size = feed == std::string_view::npos ? text.size() : feed + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// Numbers for lines, the same for the same text: cheaper to compare than texts.
class LineNumbers {
 public:
  std::vector<std::size_t> of(std::span<const std::string_view> lines) {
    std::vector<std::size_t> numbers;
    numbers.reserve(lines.size());
    for (const std::string_view line : lines)
      numbers.push_back(known_.emplace(line, known_.size()).first->second);
    return numbers;
  }

 private:
  std::unordered_map<std::string_view, std::size_t> known_;
};

// The shortest way from one to the other.
void compare_each(std::span<const std::string_view> before, std::span<const std::string_view> after,
                  std::vector<Step>& steps) {
  LineNumbers numbers;
  const std::vector<std::size_t> from = numbers.of(before);
  const std::vector<std::size_t> to = numbers.of(after);
  dtl::Diff<std::size_t> diff(from, to);
  diff.compose();
  for (const auto& [line, place] : diff.getSes().getSequence()) {
    steps.push_back(place.type == dtl::SES_COMMON   ? Step::common
                    : place.type == dtl::SES_DELETE ? Step::removed
                                                    : Step::added);
  }
}

void compare_pairs(std::span<const std::string_view> before, std::span<const std::string_view> after,
                   std::vector<Step>& steps) {
  for (std::size_t i = 0; i < before.size();) {
    std::size_t end = i;
    while (end < before.size() && before[end] != after[end]) ++end;
    steps.insert(steps.end(), end - i, Step::removed);
    steps.insert(steps.end(), end - i, Step::added);
    for (i = end; i < before.size() && before[i] == after[i]; ++i) steps.push_back(Step::common);
  }
}

// Of lines that stand for each other, what was there comes first, as `diff` has it.
void put_removed_first(std::vector<Step>& steps) {
  for (auto begin = steps.begin(); begin != steps.end();) {
    const auto end = std::find(begin, steps.end(), Step::common);
    std::stable_partition(begin, end, [](Step step) { return step == Step::removed; });
    begin = std::find_if(end, steps.end(), [](Step step) { return step != Step::common; });
  }
}

std::vector<Step> compare_lines(std::span<const std::string_view> before,
                                std::span<const std::string_view> after) {
  const auto first = std::ranges::mismatch(before, after);
  const auto same = static_cast<std::size_t>(first.in1 - before.begin());
  std::vector<Step> steps(same, Step::common);
  before = before.subspan(same);
  after = after.subspan(same);
  std::size_t tail = 0;
  while (tail < before.size() && tail < after.size() &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  before = before.first(before.size() - tail);
  after = after.first(after.size() - tail);
  if (before.size() <= max_compared_lines && after.size() <= max_compared_lines) {
    compare_each(before, after, steps);
  } else if (before.size() == after.size()) {
    compare_pairs(before, after, steps);
  } else {
    steps.insert(steps.end(), before.size(), Step::removed);
    steps.insert(steps.end(), after.size(), Step::added);
  }
  steps.insert(steps.end(), tail, Step::common);
  return steps;
}

// Some steps in a row with their context, from the lines `before` and `after` on, counted from 0.
struct Hunk {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t before = 0;
  std::size_t after = 0;
};

std::string range_text(std::size_t first, std::size_t count) {
  // An empty range is named by the line in front of it.
  const std::string line = std::to_string(count == 0 ? first : first + 1);
  return count == 1 ? line : line + "," + std::to_string(count);
}

class HunkWriter {
 public:
  HunkWriter(const Lines& before, const Lines& after, std::span<const Step> steps)
      : before_(before), after_(after), steps_(steps) {}

  std::string write() {
    Hunk hunk;
    while (find(hunk)) {
      write(hunk);
      advance(hunk, hunk.end);
    }
    return std::move(out_);
  }

 private:
  void advance(Hunk& hunk, std::size_t to) const {
    for (; hunk.begin < to; ++hunk.begin) {
      if (steps_[hunk.begin] != Step::added) ++hunk.before;
      if (steps_[hunk.begin] != Step::removed) ++hunk.after;
    }
  }

  // The next hunk from `hunk.begin` on. Changes with up to two contexts between them share one.
  bool find(Hunk& hunk) const {
    std::size_t change = hunk.begin;
    while (change < steps_.size() && steps_[change] == Step::common) ++change;
    if (change == steps_.size()) return false;
    advance(hunk, std::max(hunk.begin, change - std::min(change, context_lines)));
    std::size_t last = change;
    for (std::size_t at = change; at < steps_.size() && at - last <= 2 * context_lines + 1; ++at) {
      if (steps_[at] != Step::common) last = at;
    }
    hunk.end = std::min(steps_.size(), last + 1 + context_lines);
    return true;
  }

  void write(Hunk hunk) {
    const auto steps = steps_.subspan(hunk.begin, hunk.end - hunk.begin);
    const auto added = static_cast<std::size_t>(std::ranges::count(steps, Step::added));
    const auto removed = static_cast<std::size_t>(std::ranges::count(steps, Step::removed));
    out_ += "@@ -" + range_text(hunk.before, steps.size() - added) + " +" +
            range_text(hunk.after, steps.size() - removed) + " @@\n";
    for (const Step step : steps) {
      const std::string_view line = step == Step::added ? after_[hunk.after] : before_[hunk.before];
      if (step != Step::added) ++hunk.before;
      if (step != Step::removed) ++hunk.after;
      out_ += static_cast<char>(step);
      out_ += line;
      if (!line.ends_with('\n')) out_ += "\n\\ No newline at end of file\n";
    }
  }

  const Lines& before_;
  const Lines& after_;
  std::span<const Step> steps_;
  std::string out_;
};

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view name) {
  if (before == after) return "";
  const Lines old_lines = split_lines(before);
  const Lines new_lines = split_lines(after);
  std::vector<Step> steps = compare_lines(old_lines, new_lines);
  put_removed_first(steps);
  return "--- " + std::string(name) + "\n+++ " + std::string(name) + "\n" +
         HunkWriter(old_lines, new_lines, steps).write();
}

}  // namespace honua::text
