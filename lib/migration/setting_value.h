// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/schema.h"
#include "migration/context.h"

// Internal to the module: settings of an application that the configuration has by another spelling.
namespace honua::migration {

// The attribute that a name means: `MaxPageSize`, `MAXPAGESIZE` and `max-page-size` are `max_page_size`.
// nullptr if there is none.
[[nodiscard]] const config::AttributeSchema* find_setting(const config::ObjectSchema& settings,
                                                          std::string_view name);

// `MaxPageSize` as `max_page_size`; what has `_` by now only gets lower case.
[[nodiscard]] std::string snake_case(std::string_view name);

// A value as an expression, where it is what the attribute takes; nothing otherwise.
[[nodiscard]] std::optional<std::string> expression_of(const config::AttributeSchema& schema,
                                                       const LegacyValue& value);

// Sets what a value says; one that the attribute cannot have stays without a place.
void offer_setting(const LegacyValue& value, const config::AttributeSchema& schema, BlockNumber block,
                   const Path& path, Context& context);

}  // namespace honua::migration
