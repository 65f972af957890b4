// SPDX-License-Identifier: MIT
#include "planning/moves.h"

#include <algorithm>
#include <utility>

#include "config/address.h"
#include "snapshot/json_string.h"
#include "text/sanitize.h"

namespace honua::planning {

namespace {

using config::BlockType;
using snapshot::Document;
using text::quoted;

// A layer, or a field of it.
struct Name {
  std::string layer;
  std::string field;
};

std::optional<Name> read_name(std::string_view text) {
  const auto names = config::address_names(text);
  if (!names || names->size() < 2 || names->front() != "layer") return std::nullopt;
  if (names->size() == 2) return Name{names->at(1), ""};
  if (names->size() == 4 && names->at(2) == "fields") return Name{names->at(1), names->at(3)};
  return std::nullopt;
}

std::string address_of(const std::string& layer, const std::string& field = "") {
  const std::string address = config::address_below("layer", layer);
  return field.empty() ? address : config::address_below(config::address_below(address, "fields"), field);
}

bool has(const Document& side, const std::string& layer, const std::string& field) {
  const snapshot::BlockEntry* entry = side.find(BlockType::layer, layer);
  if (entry == nullptr || field.empty()) return entry != nullptr;
  const syntax::Tree tree = side.parse(*entry);
  bool is_there = false;
  Node(tree.expression()).member("fields").visit([&](const std::string& name, const Node&) {
    is_there = is_there || snapshot::plain_name(name) == field;
  });
  return is_there;
}

// What keeps something from having moved.
std::optional<Error> problem_of(const Move& move, const Document& before, const Document& after) {
  const std::string from = quoted(address_of(move.old_layer, move.old_field));
  const std::string to = quoted(address_of(move.new_layer, move.new_field));
  if (!has(before, move.old_layer, move.old_field))
    return Error{from + " is not in the old side: it cannot move"};
  if (!has(after, move.new_layer, move.new_field))
    return Error{to + " is not in the new side: nothing can move there"};
  // Of a field, its layer may move too: it counts under the label that it has on that side.
  const bool is_layer = move.old_field.empty();
  if (has(after, is_layer ? move.old_layer : move.new_layer, move.old_field))
    return Error{from + " is also in the new side: it did not move"};
  if (has(before, is_layer ? move.new_layer : move.old_layer, move.new_field))
    return Error{to + " is also in the old side: nothing moved there"};
  return std::nullopt;
}

bool is_field(const Difference& one) { return one.path.size() == 2 && one.path.front() == "fields"; }
bool is_gone(const Difference& one) { return one.before.is_given() && !one.after.is_given(); }
bool is_new(const Difference& one) { return !one.before.is_given() && one.after.is_given(); }

// What a layer shows: its table, in its data source. "" where that is not known.
std::string table_of(const Node& layer) {
  const Node table = layer.member("table");
  if (!table.text()) return "";
  return layer.member("data_source").json() + "\n" + table.json();
}

std::string proposal(const std::string& what, const std::string& from, const std::string& to) {
  return what + ": if it is the same under another name, say `--moved " + from + "=" + to + "`";
}

}  // namespace

Result<Move> read_move(std::string_view text) {
  // A quoted name may hold the sign, too.
  for (std::size_t sign = text.find('='); sign != std::string_view::npos; sign = text.find('=', sign + 1)) {
    auto from = read_name(text.substr(0, sign));
    auto to = read_name(text.substr(sign + 1));
    if (!from || !to || from->field.empty() != to->field.empty()) continue;
    return Move{std::move(from->layer), std::move(to->layer), std::move(from->field), std::move(to->field)};
  }
  return fail(quoted(text) + " is no move: write `layer.OLD=layer.NEW` or " +
              "`layer.LAYER.fields.OLD=layer.LAYER.fields.NEW`");
}

Result<Moves> Moves::find(const std::vector<Move>& moves, const Document& before, const Document& after) {
  Moves made;
  for (const Move& one : moves) {
    if (auto problem = problem_of(one, before, after)) return tl::unexpected(*std::move(problem));
    if (auto problem = made.add(one)) return tl::unexpected(*std::move(problem));
  }
  for (const Move& one : moves) {
    if (one.old_field.empty() || one.old_layer == one.new_layer) continue;
    if (made.new_label(one.old_layer) != one.new_layer) {
      return fail(quoted(address_of(one.old_layer, one.old_field)) +
                  " cannot move to another layer, unless " + quoted(address_of(one.old_layer)) +
                  " itself moves there");
    }
  }
  return made;
}

std::optional<Error> Moves::add(const Move& move) {
  const std::string from = quoted(address_of(move.old_layer, move.old_field));
  const std::string to = quoted(address_of(move.new_layer, move.new_field));
  bool is_first = true;
  if (move.old_field.empty()) {
    is_first = layers_.emplace(move.old_layer, move.new_layer).second &&
               old_labels_.emplace(move.new_layer, move.old_layer).second;
  } else {
    is_first = std::ranges::none_of(fields_, [&](const auto& one) {
      return one.first.first == move.new_layer && one.second == move.old_field;
    });
    is_first = is_first && fields_.emplace(std::pair(move.new_layer, move.new_field), move.old_field).second;
  }
  if (is_first) return std::nullopt;
  return Error{from + " or " + to + " moves twice"};
}

std::optional<std::string> Moves::new_label(std::string_view old_label) const {
  const auto found = layers_.find(old_label);
  return found == layers_.end() ? std::nullopt : std::optional(found->second);
}

bool Moves::is_new_label(std::string_view label) const { return old_labels_.contains(label); }

std::optional<std::string> Moves::old_field(std::string_view new_layer, std::string_view new_field) const {
  const auto found = fields_.find(std::pair(std::string(new_layer), std::string(new_field)));
  return found == fields_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<MovedField> take_moved_fields(const Moves& moves, std::vector<Difference>& all) {
  std::vector<MovedField> moved;
  for (const Difference& one : all) {
    if (!is_field(one) || !is_new(one)) continue;
    const auto old_name = moves.old_field(one.block->label, one.path.back());
    if (!old_name) continue;
    const auto gone = std::ranges::find_if(all, [&](const Difference& other) {
      return is_field(other) && is_gone(other) && other.path.back() == *old_name;
    });
    if (gone == all.end()) continue;
    moved.push_back({one, *old_name});
    moved.back().difference.before = gone->before;
  }
  std::erase_if(all, [&](const Difference& one) {
    return is_field(one) && std::ranges::any_of(moved, [&](const MovedField& other) {
             return one.path.back() == (is_new(one) ? other.difference.path.back() : other.old_name);
           });
  });
  return moved;
}

void MoveProposals::add(const BlockPair& layer, std::size_t change) {
  const bool is_gone = layer.before.is_given();
  const std::string table = table_of(is_gone ? layer.before : layer.after);
  if (table.empty()) return;
  Candidates& candidates = by_table_[table];
  (is_gone ? candidates.gone : candidates.come).push_back({layer.label, change});
}

void MoveProposals::propose(Grader& grader) const {
  for (const auto& [table, candidates] : by_table_) {
    if (candidates.gone.size() != 1 || candidates.come.size() != 1) continue;
    const std::string from = address_of(candidates.gone.front().label);
    const std::string to = address_of(candidates.come.front().label);
    grader.change(candidates.gone.front().change).advice =
        proposal(quoted(to) + " is new and shows the same table", from, to);
    grader.change(candidates.come.front().change).advice =
        proposal(quoted(from) + " is gone and showed the same table", from, to);
  }
}

void propose_renamed_field(const std::vector<Difference>& all, std::size_t first, Grader& grader) {
  std::vector<const Difference*> gone;
  std::vector<const Difference*> come;
  for (const Difference& one : all) {
    if (is_field(one) && is_gone(one)) gone.push_back(&one);
    if (is_field(one) && is_new(one)) come.push_back(&one);
  }
  if (gone.size() != 1 || come.size() != 1) return;
  const auto type = gone.front()->before.member("type").text();
  if (!type || type != come.front()->after.member("type").text()) return;
  const BlockPair& layer = *gone.front()->block;
  const std::string from =
      address_of(layer.is_moved() ? layer.old_label : layer.label, gone.front()->path.back());
  const std::string to = address_of(layer.label, come.front()->path.back());
  for (std::size_t i = first; i < grader.size(); ++i) {
    Change& change = grader.change(i);
    if (change.address == planning::address_of(*gone.front()))
      change.advice = proposal(
          "the field " + quoted(come.front()->path.back()) + " is new and of the same type", from, to);
    if (change.address == planning::address_of(*come.front()))
      change.advice = proposal(
          "the field " + quoted(gone.front()->path.back()) + " is gone and was of the same type", from, to);
  }
}

}  // namespace honua::planning
