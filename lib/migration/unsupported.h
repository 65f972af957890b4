// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migration/legacy_value.h"
#include "migration/migration.h"

// Internal to the module: what the configuration has no place for.
namespace honua::migration {

// What is known of a member that old servers knew. `path`: names in lower case, `[]` for elements:
// `layers[].storage.temporalcolumn`.
struct KnownMember {
  std::string_view path;
  std::string_view note;  // why it has no place: a clause
  bool is_whole = false;  // all that is in it is known as well
};
// The member itself, or what it is in and known with; nullptr if old servers knew no such member.
[[nodiscard]] const KnownMember* find_known(std::string_view path);
// The part of a pointer down to what is known as a whole: all of it for others. Numbers of elements are `*`.
[[nodiscard]] std::string known_pattern(std::string_view pointer);
// The names of members that are known beside this one: for suggestions.
[[nodiscard]] std::vector<std::string_view> known_beside(std::string_view path);

// A member as it is kept in a comment: `# legacy /a/b: 1`. `place`: its pointer, behind the document's
// prefix: `appsettings.json#/a/b`. `json`: one line, without secrets.
[[nodiscard]] std::string kept_line(std::string_view place, std::string_view json);
// What such a line keeps; nothing for other comments.
struct KeptMember {
  std::string place;
  std::string json;
};
[[nodiscard]] std::optional<KeptMember> read_kept_line(std::string_view line);

// What of a value is kept as `***`.
enum class Masking : std::uint8_t { secrets, all };
// Values of the environment are nobody's to write down.
[[nodiscard]] constexpr Masking masking_of(DocumentKind kind) {
  return kind == DocumentKind::environment ? Masking::all : Masking::secrets;
}
// A value as JSON on one line. `name`: the member's.
[[nodiscard]] std::string masked_json(const LegacyValue& value, std::string_view name, Masking masking);

}  // namespace honua::migration
