// SPDX-License-Identifier: MIT
#include "validation/epsg.h"

#include <algorithm>
#include <iterator>

namespace honua::validation {

namespace {

// Made by generate_epsg.py while building.
constexpr EpsgEntry entries[] = {
#include "epsg_table.inc"
};

}  // namespace

const EpsgEntry* find_epsg(std::int32_t code) {
  const auto* const found =
      std::lower_bound(std::begin(entries), std::end(entries), code,
                       [](const EpsgEntry& entry, std::int32_t wanted) { return entry.code < wanted; });
  return found == std::end(entries) || found->code != code ? nullptr : found;
}

}  // namespace honua::validation
