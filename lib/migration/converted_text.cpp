// SPDX-License-Identifier: MIT
#include "migration/converted_text.h"

#include <algorithm>
#include <iterator>

namespace honua::migration {

source::SourceRange ConvertedText::place_of(std::uint32_t byte) const {
  const auto behind = std::ranges::upper_bound(places_, byte, {}, &Place::json);
  return behind == places_.begin() ? source::SourceRange{} : std::prev(behind)->range;
}

}  // namespace honua::migration
