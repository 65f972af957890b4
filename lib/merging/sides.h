// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace honua::merging {

// Something of each of the three files: what both come from, and what each side made of it.
template <class T>
struct Sides {
  T base;
  T ours;
  T theirs;
};

enum class Side : std::uint8_t { ours, theirs };

// Whose form of something counts: theirs where ours left it as it was, else ours. `ours` or `theirs` may be
// nullptr, and `base`; `value` takes what is compared out of what a pointer points to.
template <class T, class Value>
[[nodiscard]] Side changed_side(const Sides<const T*>& sides, Value&& value) {
  if (sides.theirs == nullptr) return Side::ours;
  if (sides.ours == nullptr) return Side::theirs;
  return sides.base != nullptr && value(*sides.base) == value(*sides.ours) ? Side::theirs : Side::ours;
}

template <class T>
[[nodiscard]] const T* pick(const Sides<const T*>& sides, Side side) {
  return side == Side::ours ? sides.ours : sides.theirs;
}

}  // namespace honua::merging
