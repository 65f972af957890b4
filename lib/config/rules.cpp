// SPDX-License-Identifier: MIT
#include "config/rules.h"

#include <array>

namespace honua::config::rules {

std::span<const Rule* const> all() {
  static constexpr std::array<const Rule*, 18> listed = {
      &unknown_block,
      &unknown_attribute,
      &block_label,
      &undefined_configuration_variable,
      &duplicate_block,
      &duplicate_singleton,
      &undefined_reference,
      &not_an_integer,
      &wrong_reference_kind,
      &reference_cycle,
      &setting_given_twice,
      &wrong_type,
      &doubtful_overlay,
      &overlay_repeats_block,
      &no_configuration,
      &legacy_metadata,
      &model_id,
      &import_unread,
  };
  return listed;
}

}  // namespace honua::config::rules
