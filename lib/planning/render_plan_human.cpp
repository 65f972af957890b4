// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "planning/plan_report.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::planning {

namespace {

// The escape sequences of a terminal's colours.
std::string_view color_of(Level level) {
  switch (level) {
    case Level::breaking: return "\x1b[1;31m";
    case Level::risky: return "\x1b[1;33m";
    case Level::additive: return "\x1b[1;32m";
    case Level::neutral: return "\x1b[1m";
  }
  return "";
}
constexpr std::string_view plain = "\x1b[0m";

class HumanRenderer {
 public:
  HumanRenderer(const PlanReport& report, bool color) : report_(report), color_(color) {}

  std::string run() {
    out_ = "plan: " + summary_of(report_) + " (" + report_.before.name + " -> " + report_.after.name + ")\n";
    if (report_.drift != nullptr) add_drift(*report_.drift);
    if (!report_.shown.empty()) {
      add_overview();
      for (const Change* one : report_.shown) add_change(*one);
      add_end();
    }
    out_ += not_shown(report_);
    return std::move(out_);
  }

 private:
  // What runs already, a line each.
  void add_drift(const Drift& drift) {
    const std::string sides =
        drift.live.name + (drift.shown.empty() ? " is as " : " is not as ") + report_.before.name;
    out_ += "drift: " + (drift.shown.empty() ? sides : counts_of(drift.shown) + " (" + sides + ")") + "\n";
    const std::set<const Change*> planned = planned_drift(report_);
    for (const Change* one : drift.shown) {
      const std::string head =
          std::string(to_string(one->level)) + "[" + std::string(one->rule->rule.code) + "]";
      out_ += "  " + painted(head, one->level) + ": " + one->message +
              (planned.contains(one) ? " (also planned)\n" : " (undone by this plan)\n");
    }
    if (!drift.shown.empty() && !report_.shown.empty()) out_ += "\n";
  }

  // All but neutral changes, a line each: level, address, rule.
  void add_overview() {
    std::size_t width = 0;
    for (const Change* one : report_.shown) width = std::max(width, text::display_width(shown_address(*one)));
    constexpr std::size_t widest = 48;
    width = std::min(width, widest);
    for (const Change* one : report_.shown) {
      if (one->level == Level::neutral) continue;
      std::string address = shown_address(*one);
      const std::size_t taken = text::display_width(address);
      address.append(width - std::min(width, taken), ' ');
      std::string level(to_string(one->level));
      level.resize(std::string_view("breaking").size(), ' ');
      out_ += "  " + painted(level, one->level) + "  " + address + "  " + std::string(one->rule->rule.code) +
              " " + std::string(one->rule->rule.slug) + "\n";
    }
  }

  void add_change(const Change& change) {
    const std::string head =
        std::string(to_string(change.level)) + "[" + std::string(change.rule->rule.code) + "]";
    out_ += "\n" + painted(head, change.level) + ": " + change.message + "\n";
    add_places(change);
    if (change.security != Security::none)
      out_ += "  security: " + std::string(to_string(change.security)) + "\n";
    if (!change.advice.empty() && change.level <= Level::risky) out_ += "  help: " + change.advice + "\n";
  }

  void add_places(const Change& change) {
    const std::string now = place_text(report_.after, change.after_place);
    const std::string was = place_text(report_.before, change.before_place);
    if (now.empty() && was.empty()) return;
    if (now.empty()) {
      out_ += "  --> was at " + was + "\n";
    } else {
      out_ += "  --> " + now + (was.empty() || was == now ? "" : " (was at " + was + ")") + "\n";
    }
  }

  void add_end() {
    out_ += "\n" + effects_of(report_.shown) +
            "suggested version bump: " + std::string(version_bump(report_.shown)) + "\n";
  }

  static std::string shown_address(const Change& change) {
    return change.address.empty() ? "(all)" : text::printable(change.address);
  }

  [[nodiscard]] std::string painted(const std::string& text, Level level) const {
    return color_ ? std::string(color_of(level)) + text + std::string(plain) : text;
  }

  const PlanReport& report_;
  bool color_;
  std::string out_;
};

}  // namespace

std::string render_plan_human(const PlanReport& report, bool color) {
  return HumanRenderer(report, color).run();
}

}  // namespace honua::planning
