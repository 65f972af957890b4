// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// How a snapshot writes what is no value: an object whose first name starts with `$`. Names of users' own
// that start so have one more.
namespace honua::snapshot::form {

inline constexpr std::string_view mark = "$";

// {"$env": "NAME"}, perhaps with "default": the value of an environment variable.
inline constexpr std::string_view environment = "$env";
inline constexpr std::string_view fallback = "default";

// {"$template": ["Host=", {"$env": "PGHOST"}]}: a text put together from parts.
inline constexpr std::string_view text_template = "$template";

// {"$expression": "upper(env(\\"NAME\\"))"}, perhaps with "variables": whatever else depends on the
// environment.
inline constexpr std::string_view expression = "$expression";
inline constexpr std::string_view variables = "variables";

// {"$masked": "Host=db;Password=********"}: a text without the secrets that were written in it. In memory, a
// "digest" tells whether two of them were the same.
inline constexpr std::string_view masked = "$masked";
inline constexpr std::string_view digest = "digest";

// {"$unknown": true}: what nobody could evaluate.
inline constexpr std::string_view unknown = "$unknown";

// What stands for a secret, however long it is.
inline constexpr std::string_view secret = "********";

}  // namespace honua::snapshot::form
