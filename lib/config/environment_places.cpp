// SPDX-License-Identifier: MIT
#include "config/environment_places.h"

#include <algorithm>

namespace honua::config {

namespace {

bool stands_before(const source::SourceRange& a, const source::SourceRange& b) {
  return a.file != b.file ? a.file < b.file : a.begin < b.begin;
}

}  // namespace

EnvironmentPlaces::EnvironmentPlaces(std::span<const evaluation::EnvironmentUse> uses) {
  places_.reserve(uses.size());
  for (const evaluation::EnvironmentUse& use : uses) places_.push_back(use.range);
  std::ranges::sort(places_, stands_before);
}

bool EnvironmentPlaces::any_in(source::SourceRange range) const {
  const auto first = std::ranges::lower_bound(places_, range, stands_before);
  return first != places_.end() && first->file == range.file && first->begin < range.end;
}

}  // namespace honua::config
