// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "planning/difference.h"
#include "planning/grader.h"
#include "snapshot/document.h"

// What is only called otherwise on the new side: layers with another label, and their fields with another
// name. It cannot be seen from the sides: somebody has to say so. What looks like a move is proposed.
namespace honua::planning {

// That the one is the other, each in its own side's terms. Of a field, the layer's label too.
struct Move {
  std::string old_layer;
  std::string new_layer;
  std::string old_field;  // "" where a layer moves
  std::string new_field;
};

// From `layer.a=layer.b` or `layer.a.fields.x=layer.a.fields.y`.
[[nodiscard]] Result<Move> read_move(std::string_view text);

class Moves {
 public:
  Moves() = default;
  // An error where one is about something that is not there, or still there, or moved twice.
  [[nodiscard]] static Result<Moves> find(const std::vector<Move>& moves, const snapshot::Document& before,
                                          const snapshot::Document& after);

  // The new label of a layer that moves.
  [[nodiscard]] std::optional<std::string> new_label(std::string_view old_label) const;
  // Whether a layer is what another one becomes.
  [[nodiscard]] bool is_new_label(std::string_view label) const;
  // The old name of a layer's field that had another one.
  [[nodiscard]] std::optional<std::string> old_field(std::string_view new_layer,
                                                     std::string_view new_field) const;

 private:
  [[nodiscard]] std::optional<Error> add(const Move& move);

  std::map<std::string, std::string, std::less<>> layers_;  // new labels by the old ones
  std::map<std::string, std::string, std::less<>> old_labels_;
  std::map<std::pair<std::string, std::string>, std::string> fields_;  // old names by layer and new name
};

// A field that moved, with the differences that it had as a removed and an added one taken out of `all`.
struct MovedField {
  Difference difference;  // the new name's path, both sides given
  std::string old_name;
};
[[nodiscard]] std::vector<MovedField> take_moved_fields(const Moves& moves, std::vector<Difference>& all);

// Looks for layers that may have moved, among those that are on one side only.
class MoveProposals {
 public:
  // A layer that was reported as gone or as new by the grader's change of this number.
  void add(const BlockPair& layer, std::size_t change);
  // Says so in the advice of both changes, where just one pair shows the same table.
  void propose(Grader& grader) const;

 private:
  struct Layer {
    std::string label;
    std::size_t change = 0;
  };
  struct Candidates {
    std::vector<Layer> gone;
    std::vector<Layer> come;
  };
  std::map<std::string, Candidates> by_table_;
};

// The same for the fields of one layer, by the changes from `first` on: where just one goes, and just one of
// its type comes.
void propose_renamed_field(const std::vector<Difference>& all, std::size_t first, Grader& grader);

}  // namespace honua::planning
