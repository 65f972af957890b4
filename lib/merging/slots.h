// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "merging/document.h"
#include "merging/sides.h"

namespace honua::merging {

// What each file has at one address; nullptr where it has nothing.
using Slot = Sides<const Item*>;
using Slots = std::vector<Slot>;

// The addresses of three containers in the order of their merge: that of ours, or of theirs where only theirs
// put something elsewhere. What only the other side has comes behind what it follows there, and behind what
// this side added in that place. `base` may be nullptr. The result holds no slot that only the base has.
[[nodiscard]] Slots align(const Sides<const Container*>& containers);

// Whether lists can be merged element by element: plain values, each once, none of them moved, and nothing
// that looks as if both sides had replaced the same one. `slots` are theirs.
[[nodiscard]] bool can_merge_as_sets(const Sides<const Container*>& containers, const Slots& slots);

enum class ConflictKind : std::uint8_t {
  both_changed,
  both_added,
  deleted_by_ours,    // and changed by theirs
  deleted_by_theirs,  // and changed by ours
  whole_file,         // what is no HCL is merged as a whole
};

// What becomes of the item at an address.
enum class Outcome : std::uint8_t {
  drop,
  ours,
  theirs,
  members,  // merged member by member, or a conflict where that cannot be done
  conflict,
};
[[nodiscard]] Outcome decide(const Slot& slot);
// Where members cannot be merged.
[[nodiscard]] Outcome decide_as_whole(const Slot& slot);
[[nodiscard]] ConflictKind kind_of(const Slot& slot);

}  // namespace honua::merging
