// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "planning/plan_report.h"
#include "text/markdown.h"
#include "text/sanitize.h"

namespace honua::planning {

namespace {

// In an element of HTML.
std::string html(std::string_view text) {
  std::string out;
  for (const char c : text::printable(text)) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string code(std::string_view text) {
  std::string out;
  for (const char c : text::printable(text)) out += c == '`' ? '\'' : c;
  std::size_t at = 0;
  while ((at = out.find('|', at)) != std::string::npos) {
    out.insert(at, "\\");
    at += 2;
  }
  return "`" + out + "`";
}

std::string row_of(const Change& change, const ReportSide& before, const ReportSide& after) {
  const bool is_gone = !change.after_place;
  const std::string place =
      is_gone ? place_text(before, change.before_place) : place_text(after, change.after_place);
  std::string row = "| " + std::string(change.rule->rule.code) + " | " +
                    code(change.address.empty() ? "(all)" : change.address) + " | " +
                    text::markdown_cell(change.message);
  if (!change.advice.empty() && change.level <= Level::risky)
    row += "<br>" + text::markdown_cell(change.advice);
  row += " | " + std::string(change.security == Security::none ? "" : to_string(change.security)) + " | " +
         (place.empty() ? "" : code(place)) + " |\n";
  return row;
}

constexpr std::string_view head = "| rule | what | change | security | where |\n|---|---|---|---|---|\n";

class MarkdownRenderer {
 public:
  explicit MarkdownRenderer(const PlanReport& report) : report_(report) {}

  std::string run() {
    out_ = "### honua plan\n\n**" + text::markdown_cell(summary_of(report_)) + "** (" +
           code(report_.before.name) + " → " + code(report_.after.name) + ")\n";
    const std::string effects = effects_of(report_.shown);
    if (!effects.empty()) out_ += "\n" + text::markdown_cell(effects.substr(0, effects.size() - 1)) + "\n";
    if (!report_.shown.empty())
      out_ += "\nsuggested version bump: " + std::string(version_bump(report_.shown)) + "\n";
    const std::string omitted = not_shown(report_);
    if (!omitted.empty()) out_ += "\n" + omitted;
    size_ = out_.size();
    for (const Level level : {Level::breaking, Level::risky, Level::additive, Level::neutral})
      add_level(level);
    if (report_.drift != nullptr) add_drift(*report_.drift);
    if (left_out_ > 0)
      out_ +=
          "\n" + std::to_string(left_out_) + " more changes are not shown: this text may not be longer.\n";
    return std::move(out_);
  }

 private:
  void add_level(Level level) {
    std::vector<const Change*> changes;
    std::ranges::copy_if(report_.shown, std::back_inserter(changes),
                         [level](const Change* one) { return one->level == level; });
    add_table(to_string(level), level <= Level::risky, changes, report_.after);
  }

  void add_drift(const Drift& drift) {
    if (drift.shown.empty()) {
      out_ += "\nNo drift: " + code(drift.live.name) + " is as " + code(report_.before.name) + ".\n";
      return;
    }
    const std::string title = "drift: " + counts_of(drift.shown) + " in " + html(drift.live.name);
    add_table(title, true, drift.shown, drift.live);
  }

  void add_table(std::string_view title, bool is_open, const std::vector<const Change*>& changes,
                 const ReportSide& after) {
    const std::string open = "\n<details" + std::string(is_open ? " open" : "") + "><summary>" +
                             std::string(title) + "</summary>\n\n" + std::string(head);
    constexpr std::string_view close = "\n</details>\n";
    bool is_begun = false;
    for (const Change* one : changes) {
      std::string row = row_of(*one, report_.before, after);
      if (!is_begun) row.insert(0, open);
      const std::size_t size = row.size();
      if (left_out_ > 0 || size_ + size + close.size() + room_for_end > max_markdown_size) {
        ++left_out_;
        continue;
      }
      if (!is_begun) size_ += close.size();
      is_begun = true;
      size_ += size;
      out_ += row;
    }
    if (is_begun) out_ += close;
  }

  // For the sentence about what is left out.
  static constexpr std::size_t room_for_end = 120;

  const PlanReport& report_;
  std::string out_;
  std::size_t size_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

std::string render_plan_markdown(const PlanReport& report) { return MarkdownRenderer(report).run(); }

}  // namespace honua::planning
