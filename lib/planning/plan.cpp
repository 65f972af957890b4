// SPDX-License-Identifier: MIT
#include "planning/plan.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "planning/handlers.h"
#include "planning/plan_rules.h"
#include "snapshot/value_writer.h"
#include "text/digest.h"
#include "text/sanitize.h"

namespace honua::planning {

namespace {

using snapshot::BlockEntry;
using snapshot::Document;

auto key_of(const BlockEntry& block) {
  return std::tuple(config::schema_of(block.type).keyword, snapshot::member_name(block.label));
}

class Planner {
 public:
  Planner(const Side& before, const Side& after)
      : before_(before), after_(after), grader_(*before.document, *after.document) {}

  ChangeSet run() {
    walk();
    plan_.changes = grader_.take();
    if (plan_.changes.empty()) add_written_otherwise();
    sort();
    return std::move(plan_);
  }

 private:
  // Both lists of blocks are in one order.
  void walk() {
    const auto& before = before_.document->blocks();
    const auto& after = after_.document->blocks();
    auto old = before.begin();
    auto now = after.begin();
    while (old != before.end() || now != after.end()) {
      if (now == after.end() || (old != before.end() && key_of(*old) < key_of(*now))) {
        compare(&*old++, nullptr);
      } else if (old == before.end() || key_of(*now) < key_of(*old)) {
        compare(nullptr, &*now++);
      } else {
        if (before_.document->text(*old) != after_.document->text(*now)) compare(&*old, &*now);
        ++old;
        ++now;
      }
    }
  }

  void compare(const BlockEntry* old, const BlockEntry* now) {
    const BlockEntry& known = old == nullptr ? *now : *old;
    const auto parse = [](const Document& document, const BlockEntry* block) {
      return block == nullptr ? std::nullopt : std::optional(document.parse(*block));
    };
    const auto old_tree = parse(*before_.document, old);
    const auto new_tree = parse(*after_.document, now);
    const BlockPair block{known.type, known.label, old_tree ? Node(old_tree->expression()) : Node(),
                          new_tree ? Node(new_tree->expression()) : Node()};
    const std::size_t reported = grader_.size();
    const BlockHandlers& handlers = handlers_of(block.type);
    if (block.is_changed()) {
      grade_settings(block, handlers);
    } else {
      (block.after.is_given() ? handlers.added : handlers.removed)(block, grader_);
    }
    locate(block, old, now, reported);
  }

  void grade_settings(const BlockPair& block, const BlockHandlers& handlers) {
    grader_.set_unreachable(handlers.is_unreachable != nullptr && handlers.is_unreachable(block, grader_));
    for (const Difference& one : differences_in(block, handlers.wholes, plan_.undecided_secrets)) {
      const std::size_t reported = grader_.size();
      grade(one, handlers, grader_);
      // Whatever differs is in the plan, if only as something that makes no difference.
      if (grader_.size() == reported) {
        grader_.report(rules::format_only, one,
                       text::quoted(address_of(one)) + " is written otherwise and says the same");
      }
      paths_.resize(grader_.size(), one.path);
      nodes_.resize(grader_.size(), {one.before.range(), one.after.range()});
    }
    grader_.set_unreachable(false);
  }

  // The places of what was reported since.
  void locate(const BlockPair& block, const BlockEntry* old, const BlockEntry* now, std::size_t reported) {
    paths_.resize(grader_.size());
    nodes_.resize(grader_.size());
    for (std::size_t i = reported; i < grader_.size(); ++i) {
      Change& change = grader_.change(i);
      change.before_place = place(before_, block, old, paths_[i], nodes_[i].before);
      change.after_place = place(after_, block, now, paths_[i], nodes_[i].after);
    }
  }

  static Place place(const Side& side, const BlockPair& block, const BlockEntry* entry,
                     std::span<const std::string> path, const Place& in_snapshot) {
    if (entry == nullptr) return std::nullopt;
    if (side.locator != nullptr) return side.locator->find(block.type, block.label, path);
    if (in_snapshot) return in_snapshot;
    return source::SourceRange{side.document->file().id(), entry->begin, entry->begin + 1};
  }

  void add_written_otherwise() {
    if (!before_.source_digest || !after_.source_digest) return;
    if (before_.source_digest() == after_.source_digest()) return;
    const bool is_variables = before_.variables_digest() != after_.variables_digest();
    grader_.report(is_variables ? rules::variable_only : rules::format_only, Subject{"", {}, {}, nullptr},
                   is_variables ? "variables changed, and no value that they make"
                                : "the files are written otherwise and say the same");
    plan_.changes = grader_.take();
  }

  void sort() {
    std::ranges::stable_sort(plan_.changes, {}, [](const Change& one) {
      return std::tuple(one.level, one.address, one.rule->rule.code);
    });
  }

  const Side& before_;
  const Side& after_;
  Grader grader_;
  ChangeSet plan_;
  std::vector<std::vector<std::string>> paths_;  // of the changes
  std::vector<Both<Place>> nodes_;
};

}  // namespace

ChangeSet make_plan(const Side& before, const Side& after) { return Planner(before, after).run(); }

}  // namespace honua::planning
