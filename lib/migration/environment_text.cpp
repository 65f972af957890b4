// SPDX-License-Identifier: MIT
#include "migration/environment_text.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migration/document.h"
#include "migration/migration.h"
#include "migration/rules.h"
#include "text/environment_list.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

using source::SourceRange;

using ListedVariable = text::EnvironmentVariable;

SourceRange range_in(const source::SourceFile& file, text::TextRange range) {
  return {file.id(), static_cast<std::uint32_t>(range.begin), static_cast<std::uint32_t>(range.end)};
}

// Variables by the levels of their names.
struct Level {
  std::string name;
  std::vector<Level> levels;                   // in the order of the list
  std::map<std::string, std::size_t> numbers;  // of the levels, by names in lower case
  const ListedVariable* variable = nullptr;    // of what is no section
};

// --- The levels of their names

std::vector<std::string_view> levels_of(std::string_view name) {
  std::vector<std::string_view> levels;
  while (true) {
    const std::size_t end = std::min(name.find("__"), name.find(':'));
    levels.push_back(name.substr(0, end));
    if (end == std::string_view::npos) return levels;
    name.remove_prefix(end + (name[end] == ':' ? std::size_t{1} : std::size_t{2}));
  }
}

const ListedVariable& first_in(const Level& level) {
  const Level* inner = &level;
  while (inner->variable == nullptr) inner = &inner->levels.front();
  return *inner->variable;
}

class LevelBuilder {
 public:
  LevelBuilder(const source::SourceFile& file, diagnostics::Diagnostics& sink) : file_(file), sink_(sink) {}

  Level build(const std::vector<ListedVariable>& variables) {
    Level root;
    for (const ListedVariable& one : variables) add(one, root);
    return root;
  }

 private:
  void add(const ListedVariable& variable, Level& root) {
    const std::vector<std::string_view> names = levels_of(variable.name);
    if (names.size() > max_variable_levels) {
      sink_.report(rules::not_legacy, range_in(file_, variable.name_range),
                   "the variable has " + std::to_string(names.size()) + " levels, and " +
                       std::to_string(max_variable_levels) + " are allowed");
      return;
    }
    Level* level = &root;
    for (const std::string_view name : names) {
      if (level->variable != nullptr) return refuse(variable, *level->variable);
      const auto [found, is_new] = level->numbers.emplace(text::ascii_lower(name), level->levels.size());
      if (is_new) level->levels.push_back({std::string(name), {}, {}, nullptr});
      level = &level->levels[found->second];
    }
    if (level->variable != nullptr || !level->levels.empty()) return refuse(variable, first_in(*level));
    level->variable = &variable;
  }

  // Of what is none of the server's the first one is as good as any.
  void refuse(const ListedVariable& variable, const ListedVariable& other) {
    if (!is_section_of_server(levels_of(variable.name).front())) return;
    const bool is_same = text::ascii_lower(variable.name) == text::ascii_lower(other.name);
    sink_
        .report(rules::id_repeated, range_in(file_, variable.name_range),
                is_same ? "there is another variable " + text::quoted(variable.name)
                        : text::quoted(variable.name) + " and " + text::quoted(other.name) +
                              " make one setting a value and a section")
        .label(range_in(file_, other.name_range), "the first one");
  }

  const source::SourceFile& file_;
  diagnostics::Diagnostics& sink_;
};

// --- As JSON

class LevelWriter {
 public:
  explicit LevelWriter(const source::SourceFile& file) : file_(file) {}

  void write(const Level& level) {
    if (level.variable != nullptr) {
      place(level.variable->value_range);
      json_ += text::json_string(level.variable->value);
    } else if (is_list(level)) {
      write_list(level);
    } else {
      write_object(level);
    }
  }

  [[nodiscard]] ConvertedText take() && { return {std::move(json_), std::move(places_)}; }

 private:
  static bool is_list(const Level& level) {
    for (std::size_t number = 0; number < level.levels.size(); ++number) {
      if (!level.numbers.contains(std::to_string(number))) return false;
    }
    return !level.levels.empty();
  }

  void write_list(const Level& level) {
    place(first_in(level).name_range);
    json_ += '[';
    for (std::size_t number = 0; number < level.levels.size(); ++number) {
      if (number > 0) json_ += ',';
      write(level.levels[level.numbers.at(std::to_string(number))]);
    }
    json_ += ']';
  }

  void write_object(const Level& level) {
    // Of the root there may be nothing.
    if (!level.levels.empty()) place(first_in(level).name_range);
    json_ += '{';
    for (std::size_t number = 0; number < level.levels.size(); ++number) {
      const Level& inner = level.levels[number];
      if (number > 0) json_ += ',';
      place(first_in(inner).name_range);
      json_ += text::json_string(inner.name) + ":";
      write(inner);
    }
    json_ += '}';
  }

  void place(text::TextRange range) {
    places_.push_back({static_cast<std::uint32_t>(json_.size()), range_in(file_, range)});
  }

  const source::SourceFile& file_;
  std::string json_;
  std::vector<ConvertedText::Place> places_;
};

}  // namespace

std::vector<text::TextRange> values_in_environment(const source::SourceFile& list) {
  std::vector<text::TextRange> hidden;
  std::size_t at = 0;
  const auto hide_to = [&](std::size_t end) {
    if (at < end) hidden.push_back({at, end});
  };
  for (const ListedVariable& one : text::read_environment_list(list.text(), list.content_begin()).variables) {
    hide_to(one.name_range.begin);
    at = one.name_range.end + 1;
  }
  hide_to(list.text().size());
  return hidden;
}

std::optional<ConvertedText> read_environment(const source::SourceFile& file,
                                              diagnostics::Diagnostics& sink) {
  if (text::find_malformed(file.text()) != std::string_view::npos) {
    sink.report(rules::not_legacy, file.line_range(1), "the list of variables is no UTF-8");
    return std::nullopt;
  }
  const text::EnvironmentList list = text::read_environment_list(file.text(), file.content_begin());
  for (const text::EnvironmentListError& one : list.errors)
    sink.report(rules::not_legacy, range_in(file, one.range), one.message);
  const std::vector<ListedVariable>& variables = list.variables;
  if (variables.empty() && !sink.has_errors())
    sink.report(rules::not_legacy, file.line_range(1), "the list of variables is empty");
  const Level root = LevelBuilder(file, sink).build(variables);
  if (sink.has_errors()) return std::nullopt;
  LevelWriter writer(file);
  writer.write(root);
  return std::move(writer).take();
}

}  // namespace honua::migration
