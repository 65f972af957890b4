// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "diagnostics/rule_info.h"

namespace honua::migration {

namespace rules {

using diagnostics::Rule;

extern const Rule reference_system_unknown;
extern const Rule label_changed;
extern const Rule id_repeated;
extern const Rule secret_moved;
extern const Rule service_type_unknown;
extern const Rule setting_overridden;
extern const Rule member_unknown;
extern const Rule not_legacy;
extern const Rule value_left_out;
extern const Rule settings_conflict;
extern const Rule protection_lost;
extern const Rule reference_dangling;
extern const Rule layer_not_served;
extern const Rule value_assumed;
extern const Rule member_missing;

}  // namespace rules

// All of them, with what `honua explain` says.
[[nodiscard]] std::span<const diagnostics::RuleInfo> explained();

}  // namespace honua::migration
