// SPDX-License-Identifier: MIT
#include "coordination/json_fields.h"

#include <cmath>

#include "snapshot/node.h"
#include "source/source_file.h"
#include "syntax/parser.h"

namespace honua::coordination {

namespace {

// Up to here doubles tell all whole numbers apart.
constexpr double max_whole_number = 9007199254740992.0;

}  // namespace

Result<JsonFields> JsonFields::read(std::string_view text, std::size_t max_size) {
  if (text.size() > max_size) return fail("it is too large to be one");
  source::SourceSet sources;
  const source::SourceFile& file = sources.add("record", FileContent(text));
  diagnostics::Diagnostics findings;
  const syntax::Tree tree = syntax::parse_json_value(file, syntax::JsonForm::strict, findings);
  if (findings.has_errors()) return fail("it is no JSON");
  const snapshot::Node node(tree.expression());
  if (!node.is_json_object()) return fail("it is no JSON object");
  JsonFields fields;
  node.visit([&fields](const std::string& name, const snapshot::Node& value) {
    if (const auto found = value.text()) fields.texts_[name] = *found;
    const auto number = value.number();
    if (number && *number >= 0 && *number <= max_whole_number && std::floor(*number) == *number)
      fields.numbers_[name] = static_cast<std::uint64_t>(*number);
  });
  return fields;
}

bool JsonFields::has(std::string_view name) const { return texts_.contains(name) || numbers_.contains(name); }

std::string JsonFields::text(std::string_view name) const {
  const auto found = texts_.find(name);
  return found == texts_.end() ? "" : found->second;
}

std::uint64_t JsonFields::number(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? 0 : found->second;
}

}  // namespace honua::coordination
