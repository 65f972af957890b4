// SPDX-License-Identifier: MIT
#include "planning/plan.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "planning/connection_changes.h"
#include "planning/field_changes.h"
#include "planning/handlers.h"
#include "planning/layer_changes.h"
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
  Planner(const Side& before, const Side& after, const Moves& moves)
      : before_(before),
        after_(after),
        moves_(moves),
        grader_(PublishedModel(*before.document, before.is_part),
                PublishedModel(*after.document, after.is_part)) {}

  ChangeSet run() {
    walk();
    proposals_.propose(grader_);
    plan_.changes = grader_.take();
    if (plan_.changes.empty()) add_written_otherwise();
    plan_.sort();
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
      if (old != before.end() && new_label(*old)) {
        compare(&*old, after_.document->find(old->type, *new_label(*old)));
        ++old;
      } else if (now != after.end() && now->type == config::BlockType::layer &&
                 moves_.is_new_label(now->label)) {
        ++now;
      } else if (now == after.end() || (old != before.end() && key_of(*old) < key_of(*now))) {
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

  // The label that a block gets which moves.
  [[nodiscard]] std::optional<std::string> new_label(const BlockEntry& old) const {
    return old.type == config::BlockType::layer ? moves_.new_label(old.label) : std::nullopt;
  }

  void compare(const BlockEntry* old, const BlockEntry* now) {
    const BlockEntry& known = now == nullptr ? *old : *now;
    const bool is_moved = old != nullptr && old->label != known.label;
    const auto parse = [](const Document& document, const BlockEntry* block) {
      return block == nullptr ? std::nullopt : std::optional(document.parse(*block));
    };
    const auto old_tree = parse(*before_.document, old);
    const auto new_tree = parse(*after_.document, now);
    const BlockPair block{known.type, known.label, old_tree ? Node(old_tree->expression()) : Node(),
                          new_tree ? Node(new_tree->expression()) : Node(), is_moved ? old->label : ""};
    entries_ = {old, now};
    const std::size_t reported = grader_.size();
    const BlockHandlers& handlers = handlers_of(block.type);
    if (block.is_changed()) {
      grade_settings(block, handlers);
    } else {
      (block.after.is_given() ? handlers.added : handlers.removed)(block, grader_);
      if (block.type == config::BlockType::layer && grader_.size() > reported)
        proposals_.add(block, reported);
    }
    place_reported({}, {}, {});
    if (!block.is_changed()) report_secrets_of(block, handlers);
  }

  // A block that comes or goes brings or takes what is written in it.
  void report_secrets_of(const BlockPair& block, const BlockHandlers& handlers) {
    std::size_t undecided = 0;
    for (const Difference& one : differences_in(block, handlers.wholes, undecided)) {
      report_secret_place(one, grader_);
      place_reported(one, "");
    }
  }

  void grade_settings(const BlockPair& block, const BlockHandlers& handlers) {
    grader_.set_unreachable(handlers.is_unreachable != nullptr && handlers.is_unreachable(block, grader_));
    const std::size_t first = grader_.size();
    if (block.is_moved()) grade_relabelled(block, grader_);
    place_reported({}, {}, {});
    auto differences = differences_in(block, handlers.wholes, plan_.undecided_secrets);
    for (const MovedField& one : take_moved_fields(moves_, differences)) {
      grade_renamed_field(one.difference, one.old_name, grader_);
      place_reported(one.difference, one.old_name);
      for (const Difference& within :
           differences_within(one.difference, handlers.wholes, plan_.undecided_secrets))
        grade_one(within, handlers, one.old_name);
    }
    for (const Difference& one : differences) grade_one(one, handlers);
    propose_renamed_field(differences, first, grader_);
    grader_.set_unreachable(false);
  }

  // `old_name`: of the field that it is in, if that had another one; else "".
  void grade_one(const Difference& difference, const BlockHandlers& handlers,
                 const std::string& old_name = "") {
    const std::size_t reported = grader_.size();
    grade(difference, handlers, grader_);
    // Whatever differs is in the plan, if only as something that makes no difference.
    if (grader_.size() == reported) {
      grader_.report(rules::format_only, difference,
                     text::quoted(address_of(difference)) + " is written otherwise and says the same");
    }
    place_reported(difference, old_name);
  }

  void place_reported(const Difference& difference, const std::string& old_name) {
    std::vector<std::string> old_path = difference.path;
    if (!old_name.empty()) old_path.at(1) = old_name;
    place_reported(old_path, difference.path, {difference.before.range(), difference.after.range()});
  }

  // What was reported since the last time stands there, in the blocks that are compared.
  void place_reported(std::span<const std::string> old_path, std::span<const std::string> path,
                      const Both<Place>& nodes) {
    for (; placed_ < grader_.size(); ++placed_) {
      Change& change = grader_.change(placed_);
      change.before_place = place(before_, entries_.before, old_path, nodes.before);
      change.after_place = place(after_, entries_.after, path, nodes.after);
    }
  }

  static Place place(const Side& side, const BlockEntry* entry, std::span<const std::string> path,
                     const Place& in_snapshot) {
    if (entry == nullptr) return std::nullopt;
    if (side.locator != nullptr) return side.locator->find(entry->type, entry->label, path);
    if (side.document->is_rewritten()) return std::nullopt;
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

  const Side& before_;
  const Side& after_;
  const Moves& moves_;
  MoveProposals proposals_;
  Grader grader_;
  ChangeSet plan_;
  Both<const BlockEntry*> entries_ = {};  // that are compared
  std::size_t placed_ = 0;                // changes that have their places
};

}  // namespace

ChangeSet make_plan(const Side& before, const Side& after, const Moves& moves) {
  return Planner(before, after, moves).run();
}

}  // namespace honua::planning
