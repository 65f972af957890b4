// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment_places.h"
#include "config/text_parts.h"
#include "snapshot/write_snapshot.h"
#include "text/json_writer.h"

namespace honua::snapshot {

// How many expressions one value may be put together from. Variables that refer to two variables each, level
// by level, come to more; such a value counts as unknown.
inline constexpr std::size_t max_expressions = 1000;

// Values nested deeper than this are in no configuration that anybody wrote: they count as unknown. Far below
// what readers of snapshots take.
inline constexpr unsigned max_value_depth = 100;

// Writes settings as a snapshot has them. Counts what it could not write.
class ValueWriter {
 public:
  ValueWriter(const LoadedConfiguration& loaded, const SecretDigest* digest);

  // A name and its value. `schema` is nullptr for what no schema knows.
  void write_member(std::string_view name, const config::Setting& setting,
                    const config::AttributeSchema* schema, text::JsonWriter& json);
  // The members of an object that has such attributes; nullptr if any may be in it.
  void write_object(std::span<const config::Setting> members, const config::ObjectSchema* object,
                    text::JsonWriter& json);
  // Whether a setting only says what holds without it.
  [[nodiscard]] bool is_default(const config::Setting& setting, const config::AttributeSchema* schema);

  // The environment variables that what was written refers to.
  [[nodiscard]] const std::set<std::string>& environment() const { return environment_; }
  [[nodiscard]] std::size_t masked() const { return masked_; }
  [[nodiscard]] std::size_t unknown() const { return unknown_; }

 private:
  void write(const config::Setting& setting, const config::AttributeSchema* schema, text::JsonWriter& json);
  void write_within_depth(const config::Setting& setting, const config::AttributeSchema* schema,
                          text::JsonWriter& json);
  [[nodiscard]] bool is_dependent(const config::Setting& setting) const;
  void find_dependent_variables();
  [[nodiscard]] bool is_literal_collection(const config::Setting& setting) const;
  void write_known(const config::Setting& setting, const config::AttributeSchema* schema,
                   text::JsonWriter& json);
  void write_text(const config::Setting& setting, const config::AttributeSchema* schema,
                  text::JsonWriter& json);
  void write_list(const config::Setting& list, const config::AttributeSchema* schema, text::JsonWriter& json);
  void write_map(const config::Setting& map, const config::ObjectSchema& nested, text::JsonWriter& json);
  void write_masked(std::string_view masked, std::string_view secret, text::JsonWriter& json);
  void write_unknown(text::JsonWriter& json);
  void write_dependent(source::SourceRange range, text::JsonWriter& json);
  void write_parts(std::vector<config::TextPart> parts, unsigned depth, text::JsonWriter& json);
  void write_reference(const config::TextPart& part, unsigned depth, text::JsonWriter& json);
  void write_expression(syntax::Expression expression, unsigned depth, text::JsonWriter& json);
  void write_computed(std::string_view source, unsigned depth, text::JsonWriter& json);
  void write_secret_expression(const std::string& printed, syntax::Expression expression, unsigned depth,
                               text::JsonWriter& json);
  void write_variables(const std::set<std::string>& names, unsigned depth, text::JsonWriter& json);
  [[nodiscard]] std::string json_of(const config::Setting& setting, const config::AttributeSchema* schema);

  const LoadedConfiguration& loaded_;
  const SecretDigest* digest_;
  config::TextParts texts_;
  config::EnvironmentPlaces uses_;
  std::set<std::string> dependent_variables_;  // `variable` blocks whose values come from there
  std::set<std::string> environment_;
  std::size_t expressions_ = 0;  // of the value that is being written
  unsigned depth_ = 0;
  std::size_t secret_names_ = 0;  // around what is being written: `password = ["a"]`
  std::size_t masked_ = 0;
  std::size_t unknown_ = 0;
  bool is_trial_ = false;  // what is written only to be compared is not counted
};

// The name of a member as a snapshot has it: one that starts with the mark of a form gets another.
[[nodiscard]] std::string member_name(std::string_view name);

}  // namespace honua::snapshot
