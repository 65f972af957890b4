// SPDX-License-Identifier: MIT
#include <algorithm>

#include "planning/plan_report.h"
#include "text/sanitize.h"

namespace honua::planning {

namespace {

// A text in a table's cell: nothing in it is Markdown but the code in backticks that messages have.
std::string cell(std::string_view text) {
  std::string out;
  bool in_code = false;
  for (const char c : text::printable(text)) {
    if (c == '`') in_code = !in_code;
    const bool is_markup =
        c == '|' || (!in_code && (c == '<' || c == '*' || c == '_' || c == '[' || c == ']'));
    if (is_markup) out += '\\';
    out += c;
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

std::string row_of(const Change& change, const PlanReport& report) {
  const bool is_gone = !change.after_place;
  const std::string place =
      is_gone ? place_text(report.before, change.before_place) : place_text(report.after, change.after_place);
  std::string row = "| " + std::string(change.rule->rule.code) + " | " +
                    code(change.address.empty() ? "(all)" : change.address) + " | " + cell(change.message);
  if (!change.advice.empty() && change.level <= Level::risky) row += "<br>" + cell(change.advice);
  row += " | " + std::string(change.security == Security::none ? "" : to_string(change.security)) + " | " +
         (place.empty() ? "" : code(place)) + " |\n";
  return row;
}

constexpr std::string_view head = "| rule | what | change | security | where |\n|---|---|---|---|---|\n";

class MarkdownRenderer {
 public:
  explicit MarkdownRenderer(const PlanReport& report) : report_(report) {}

  std::string run() {
    out_ = "### honua plan\n\n**" + cell(summary_of(report_)) + "** (" + code(report_.before.name) + " → " +
           code(report_.after.name) + ")\n";
    if (!report_.shown.empty())
      out_ += "\nSuggested version bump: " + std::string(version_bump(report_.shown)) + "\n";
    size_ = out_.size();
    for (const Level level : {Level::breaking, Level::risky, Level::additive, Level::neutral})
      add_level(level);
    if (left_out_ > 0)
      out_ +=
          "\n" + std::to_string(left_out_) + " more changes are not shown: this text may not be longer.\n";
    return std::move(out_);
  }

 private:
  void add_level(Level level) {
    const bool is_open = level <= Level::risky;
    const std::string open = "\n<details" + std::string(is_open ? " open" : "") + "><summary>" +
                             std::string(to_string(level)) + "</summary>\n\n" + std::string(head);
    constexpr std::string_view close = "\n</details>\n";
    bool is_begun = false;
    for (const Change* one : report_.shown) {
      if (one->level != level) continue;
      std::string row = row_of(*one, report_);
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
