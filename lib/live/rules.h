// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "diagnostics/rule_info.h"

namespace honua::live {

namespace rules {

using diagnostics::Rule;

extern const Rule not_compared;
extern const Rule unreachable;
extern const Rule table_missing;
extern const Rule table_unreadable;
extern const Rule geometry_column_missing;
extern const Rule id_field_missing;
extern const Rule display_field_missing;
extern const Rule field_missing;
extern const Rule view_without_key;
extern const Rule id_field_not_unique;
extern const Rule srid_differs;
extern const Rule geometry_type_differs;
extern const Rule no_spatial_index;
extern const Rule field_type_differs;
extern const Rule may_write;
extern const Rule no_postgis;
extern const Rule not_a_replica;
extern const Rule not_published;

}  // namespace rules

// All of them, with what `honua explain` says.
[[nodiscard]] std::span<const diagnostics::RuleInfo> explained();

}  // namespace honua::live
