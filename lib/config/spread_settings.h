// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "config/decoder.h"
#include "diagnostics/diagnostics.h"

namespace honua::config {

// The settings of a service or data source, which stand flat in the block or inside of `settings`: two
// spellings of the same. Kept apart until all overlays are laid over, because one of these may take away or
// replace `settings` as a whole.
class SpreadSettings {
 public:
  // Of one body, as decoded. What is given in both spellings is reported; `null` is not given.
  SpreadSettings(std::span<const Setting> decoded, diagnostics::Diagnostics& sink);

  // Those of an overlay laid over these.
  void lay_over(const SpreadSettings& over, Decoder& decoder);
  // All of them, flat.
  [[nodiscard]] std::vector<Setting> flat() const;

 private:
  std::vector<Setting> flat_;
  std::vector<Setting> inner_;
  std::optional<Setting> whole_;  // `settings` that is no object: null, or not known
};

}  // namespace honua::config
