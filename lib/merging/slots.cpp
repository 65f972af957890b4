// SPDX-License-Identifier: MIT
#include "merging/slots.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace honua::merging {

namespace {

using Positions = std::unordered_map<std::string_view, std::size_t>;

Positions positions_of(const Container* container) {
  Positions positions;
  if (container == nullptr) return positions;
  positions.reserve(container->items.size());
  for (std::size_t i = 0; i < container->items.size(); ++i) positions.emplace(container->items[i].key, i);
  return positions;
}

std::optional<std::size_t> find(const Positions& positions, const Item& item) {
  const auto found = positions.find(item.key);
  return found == positions.end() ? std::nullopt : std::optional(found->second);
}

const Item* item_in(const Container* container, const Positions& positions, const Item& item) {
  const auto position = find(positions, item);
  return position ? &container->items[*position] : nullptr;
}

// Whether a side has what it shares with the base in another order.
bool is_reordered(const Container& side, const Positions& base) {
  std::optional<std::size_t> last;
  for (const Item& one : side.items) {
    const auto position = find(base, one);
    if (!position) continue;
    if (last && *position < *last) return true;
    last = position;
  }
  return false;
}

// The order of a merge: all items of `first`, and between them what only `second` has.
class Interleaver {
 public:
  Interleaver(const Container& first, const Container& second, const Positions& base)
      : first_(first),
        second_(second),
        first_positions_(positions_of(&first)),
        run_end_(first.items.size() + 1) {
    const Positions second_positions = positions_of(&second);
    // Position 0 stands for the start, i + 1 for the i-th item.
    for (std::size_t i = first.items.size() + 1; i-- > 0;) {
      const bool goes_on =
          i < first.items.size() && !find(base, first.items[i]) && !find(second_positions, first.items[i]);
      run_end_[i] = goes_on ? run_end_[i + 1] : i;
    }
  }

  [[nodiscard]] std::vector<const Item*> run() const {
    std::vector<std::pair<std::size_t, const Item*>> inserted;
    std::size_t anchor = 0;
    for (const Item& one : second_.items) {
      const auto position = find(first_positions_, one);
      if (position) {
        anchor = *position + 1;
      } else {
        inserted.emplace_back(run_end_[anchor], &one);
      }
    }
    std::ranges::stable_sort(inserted, {}, &std::pair<std::size_t, const Item*>::first);
    std::vector<const Item*> order;
    auto next = inserted.begin();
    for (std::size_t i = 0; i <= first_.items.size(); ++i) {
      if (i > 0) order.push_back(&first_.items[i - 1]);
      for (; next != inserted.end() && next->first == i; ++next) order.push_back(next->second);
    }
    return order;
  }

 private:
  const Container& first_;
  const Container& second_;
  Positions first_positions_;
  std::vector<std::size_t> run_end_;  // where the items that only `first` added behind a position end
};

// The comments of `needed` that none of the others holds; all sorted.
bool are_covered(const std::vector<std::string>& needed, const std::vector<std::string>& by,
                 const std::vector<std::string>& or_by) {
  return std::ranges::all_of(needed, [&](const std::string& one) {
    return std::ranges::binary_search(by, one) || std::ranges::binary_search(or_by, one);
  });
}

// Whether taking one side's text for both loses no comment that the other side added.
bool keeps_comments(const Item* base, const Item& taken, const Item& other) {
  const std::vector<std::string> needed = other.inner_comments();
  if (needed.empty()) return true;
  return are_covered(needed, taken.inner_comments(),
                     base == nullptr ? std::vector<std::string>() : base->inner_comments());
}

// Whether nothing would be lost but what the base has, too.
bool is_unchanged(const Item& base, const Item& side) {
  return base.meaning == side.meaning && are_covered(side.all_comments(), base.all_comments(), {});
}

Outcome decide_present_once(const Slot& slot) {
  const Item& side = slot.ours == nullptr ? *slot.theirs : *slot.ours;
  if (slot.base != nullptr) return is_unchanged(*slot.base, side) ? Outcome::drop : Outcome::conflict;
  return slot.ours == nullptr ? Outcome::theirs : Outcome::ours;
}

bool both_add(const Slots& slots) {
  const auto added = [&](auto side) {
    return std::ranges::any_of(slots, [&](const Slot& one) {
      return one.base == nullptr && one.*side != nullptr && (one.ours == nullptr || one.theirs == nullptr);
    });
  };
  return added(&Slot::ours) && added(&Slot::theirs);
}

// How many elements of the base are in no side any more.
bool both_removed_one(const Sides<const Container*>& containers, const Slots& slots) {
  const auto kept = static_cast<std::size_t>(
      std::ranges::count_if(slots, [](const Slot& one) { return one.base != nullptr; }));
  return kept < containers.base->items.size();
}

// A number that is gone and one that is new may be the same one, changed.
bool replaces_numbers(const Container& base, const Container& side) {
  const auto is_number = [](const Item& one) { return one.is_number; };
  if (std::ranges::none_of(base.items, is_number) && std::ranges::none_of(side.items, is_number))
    return false;
  const Positions before = positions_of(&base);
  const auto common = static_cast<std::size_t>(
      std::ranges::count_if(side.items, [&](const Item& one) { return find(before, one).has_value(); }));
  return common < base.items.size() && common < side.items.size();
}

}  // namespace

Slots align(const Sides<const Container*>& containers) {
  const Positions base = positions_of(containers.base);
  const bool theirs_leads = !is_reordered(*containers.ours, base) && is_reordered(*containers.theirs, base);
  const Container& first = theirs_leads ? *containers.theirs : *containers.ours;
  const Container& second = theirs_leads ? *containers.ours : *containers.theirs;
  const Positions ours = positions_of(containers.ours);
  const Positions theirs = positions_of(containers.theirs);
  Slots slots;
  for (const Item* one : Interleaver(first, second, base).run()) {
    slots.push_back({item_in(containers.base, base, *one), item_in(containers.ours, ours, *one),
                     item_in(containers.theirs, theirs, *one)});
  }
  return slots;
}

bool can_merge_as_sets(const Sides<const Container*>& containers, const Slots& slots) {
  if (containers.base == nullptr) return false;
  const Positions base = positions_of(containers.base);
  for (const Container* one : {containers.base, containers.ours, containers.theirs}) {
    const bool is_set = !one->has_repeats && std::ranges::all_of(one->items, &Item::is_plain);
    if (!is_set || is_reordered(*one, base) || replaces_numbers(*containers.base, *one)) return false;
  }
  return !(both_removed_one(containers, slots) && both_add(slots));
}

Outcome decide(const Slot& slot) {
  if (slot.ours == nullptr || slot.theirs == nullptr) return decide_present_once(slot);
  const std::string_view ours = slot.ours->core();
  const std::string_view theirs = slot.theirs->core();
  if (slot.base != nullptr && slot.base->core() == ours) return Outcome::theirs;
  if (ours == theirs || (slot.base != nullptr && slot.base->core() == theirs)) return Outcome::ours;
  const bool has_members = slot.ours->inside != nullptr && slot.theirs->inside != nullptr &&
                           (slot.base == nullptr || slot.base->inside != nullptr);
  return has_members ? Outcome::members : decide_as_whole(slot);
}

Outcome decide_as_whole(const Slot& slot) {
  const bool ours_changed = slot.base == nullptr || slot.base->meaning != slot.ours->meaning;
  const bool theirs_changed = slot.base == nullptr || slot.base->meaning != slot.theirs->meaning;
  if (ours_changed && theirs_changed && slot.ours->meaning != slot.theirs->meaning) return Outcome::conflict;
  const bool takes_theirs = theirs_changed && !ours_changed;
  const auto loses_nothing = [&](bool with_theirs) {
    return with_theirs ? keeps_comments(slot.base, *slot.theirs, *slot.ours)
                       : keeps_comments(slot.base, *slot.ours, *slot.theirs);
  };
  if (loses_nothing(takes_theirs)) return takes_theirs ? Outcome::theirs : Outcome::ours;
  // What means the same may be taken from either, with the comments that one of them added.
  const bool is_same = slot.ours->meaning == slot.theirs->meaning;
  if (!is_same || !loses_nothing(!takes_theirs)) return Outcome::conflict;
  return takes_theirs ? Outcome::ours : Outcome::theirs;
}

ConflictKind kind_of(const Slot& slot) {
  if (slot.ours == nullptr) return ConflictKind::deleted_by_ours;
  if (slot.theirs == nullptr) return ConflictKind::deleted_by_theirs;
  return slot.base == nullptr ? ConflictKind::both_added : ConflictKind::both_changed;
}

}  // namespace honua::merging
