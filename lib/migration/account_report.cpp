// SPDX-License-Identifier: MIT
#include "migration/account_report.h"

#include <algorithm>
#include <map>
#include <utility>

#include "migration/unsupported.h"
#include "text/json_writer.h"
#include "text/markdown.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::migration {

namespace {

constexpr auto outcomes = std::to_array<Outcome>(
    {Outcome::mapped, Outcome::converted, Outcome::defaulted, Outcome::merged, Outcome::unsupported});

// Of settings: two levels tell which section it is.
std::string section_of(std::string_view pointer) {
  const std::size_t second = pointer.find('/', 1);
  const std::size_t third = second == std::string_view::npos ? second : pointer.find('/', second + 1);
  return std::string(pointer.substr(0, third));
}

std::string counts_of(const Migration& migration) {
  std::vector<std::string> parts;
  for (const Outcome one : outcomes) {
    const std::size_t count = migration.counts[static_cast<std::size_t>(one)];
    if (count > 0) parts.push_back(std::to_string(count) + " " + std::string(to_string(one)));
  }
  return text::join(parts, ", ");
}

using text::markdown_cell;

std::string code(std::string_view text) { return markdown_cell(text::quoted(text)); }

void write_entry(const AccountEntry& entry, const source::SourceFile& document, text::JsonWriter& json) {
  const source::SourcePosition position = document.position(entry.range.begin);
  json.begin_object();
  json.key("pointer").string(entry.pointer);
  json.key("line").integer(position.line);
  json.key("column").integer(position.column);
  json.key("outcome").string(to_string(entry.outcome));
  if (!entry.target.empty()) json.key("target").string(entry.target);
  if (!entry.note.empty()) json.key("note").string(entry.note);
  json.end_object();
}

// What has no place of a document, by its paths.
std::string unsupported_of(const Migration& migration, std::size_t number) {
  struct Kept {
    std::size_t count = 0;
    std::string note;
  };
  const Migration::Source& source = migration.sources()[number];
  const bool is_metadata = source.kind == DocumentKind::metadata;
  std::map<std::string, Kept> kept;
  migration.each_entry(number, [&](const AccountEntry& entry, const LegacyValue& /*value*/) {
    if (!entry.is_scalar || entry.outcome != Outcome::unsupported) return;
    Kept& one = kept[is_metadata ? known_pattern(entry.pointer) : section_of(entry.pointer)];
    if (one.count++ == 0)
      one.note = entry.note;
    else if (one.note != entry.note)
      one.note = "for several reasons, which `--report json` lists";
  });
  std::string text;
  for (const auto& [pattern, one] : kept) {
    text += "unsupported: " + text::printable(source.prefix) + text::printable(pattern);
    if (one.count > 1) text += " (" + std::to_string(one.count) + ")";
    text += one.note.empty() ? "\n" : ": " + one.note + "\n";
  }
  return text;
}

void write_source(const Migration& migration, std::size_t number, text::JsonWriter& json) {
  const Migration::Source& source = migration.sources()[number];
  json.begin_object();
  json.key("name").string(source.file->name());
  json.key("kind").string(to_string(source.kind));
  json.key("members");
  json.begin_array();
  migration.each_entry(number, [&](const AccountEntry& entry, const LegacyValue& /*value*/) {
    write_entry(entry, *source.file, json);
  });
  json.end_array();
  json.end_object();
}

std::string source_to_markdown(const Migration& migration, std::size_t number) {
  const source::SourceFile& file = *migration.sources()[number].file;
  std::string text = "# " + markdown_cell(file.name()) + "\n\n";
  if (number == 0) text += counts_of(migration) + "\n\n";
  text += "| member | line | outcome | target | note |\n|---|---:|---|---|---|\n";
  migration.each_entry(number, [&](const AccountEntry& entry, const LegacyValue& /*value*/) {
    if (!entry.is_scalar) return;
    text += "| " + code(entry.pointer) + " | " + std::to_string(file.line_of(entry.range.begin)) + " | " +
            std::string(to_string(entry.outcome)) + " | " + (entry.target.empty() ? "" : code(entry.target)) +
            " | " + markdown_cell(entry.note) + " |\n";
  });
  return text;
}

}  // namespace

std::string account_to_text(const Migration& migration) {
  std::string text = counts_of(migration) + "\n";
  for (std::size_t number = 0; number < migration.sources().size(); ++number)
    text += unsupported_of(migration, number);
  for (const Renamed& one : migration.renamed)
    text += "renamed: " + std::string(one.what) + " " + text::printable(one.old_id) + " -> " +
            text::printable(one.new_id) + "\n";
  for (const Variable& one : migration.variables) text += "variable: " + one.name + ": " + one.use + "\n";
  return text;
}

std::string account_to_markdown(const Migration& migration) {
  std::string text;
  for (std::size_t number = 0; number < migration.sources().size(); ++number) {
    if (number > 0) text += '\n';
    text += source_to_markdown(migration, number);
  }
  if (!migration.renamed.empty()) text += "\n| what | old | new |\n|---|---|---|\n";
  for (const Renamed& one : migration.renamed)
    text += "| " + std::string(one.what) + " | " + code(one.old_id) + " | " + code(one.new_id) + " |\n";
  if (!migration.variables.empty()) text += "\n| variable | use |\n|---|---|\n";
  for (const Variable& one : migration.variables)
    text += "| " + code(one.name) + " | " + markdown_cell(one.use) + " |\n";
  return text;
}

std::string account_to_json(const Migration& migration) {
  text::JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  json.key("summary");
  json.begin_object();
  for (const Outcome one : outcomes)
    json.key(to_string(one)).integer(migration.counts[static_cast<std::size_t>(one)]);
  json.end_object();
  json.key("documents");
  json.begin_array();
  for (std::size_t number = 0; number < migration.sources().size(); ++number)
    write_source(migration, number, json);
  json.end_array();
  json.key("renamed");
  json.begin_array();
  for (const Renamed& one : migration.renamed) {
    json.begin_object();
    json.key("what").string(one.what);
    json.key("old").string(one.old_id);
    json.key("new").string(one.new_id);
    json.end_object();
  }
  json.end_array();
  json.key("variables");
  json.begin_array();
  for (const Variable& one : migration.variables) {
    json.begin_object();
    json.key("name").string(one.name);
    json.key("use").string(one.use);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace honua::migration
