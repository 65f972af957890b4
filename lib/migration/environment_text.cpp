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
#include "rendering/names.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

using source::SourceRange;

struct EnvironmentVariable {
  std::string_view name;
  SourceRange name_range;
  std::string value;
  SourceRange value_range;  // the name's if there is no value
};

// Variables by the levels of their names.
struct Level {
  std::string name;
  std::vector<Level> levels;                      // in the order of the list
  std::map<std::string, std::size_t> numbers;     // of the levels, by names in lower case
  const EnvironmentVariable* variable = nullptr;  // of what is no section
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// --- The entries of a list

class EntryReader {
 public:
  EntryReader(const source::SourceFile& file, diagnostics::Diagnostics& sink)
      : file_(file), text_(file.text()), at_(file.content_begin()), sink_(sink) {}

  std::vector<EnvironmentVariable> read() {
    const bool has_ends = text_.find('\0') != std::string_view::npos;
    while (at_ < text_.size()) {
      end_ = std::min(text_.find(has_ends ? '\0' : '\n', at_), text_.size());
      if (at_ < end_) read_entry(has_ends);
      at_ = end_ + 1;
    }
    return std::move(variables_);
  }

 private:
  void read_entry(bool is_verbatim) {
    if (!is_verbatim) {
      skip_blanks();
      if (at_ == end_ || text_[at_] == '#') return;
      skip_word("export");
      skip_word("declare -x");
      // One that has no value, or that Docker takes over.
      if (is_name(text::trimmed(text_.substr(at_, end_ - at_)))) return;
    }
    const std::size_t equals = text_.substr(0, end_).find('=', at_);
    const std::string_view name = text_.substr(at_, equals == std::string_view::npos ? 0 : equals - at_);
    if (name.empty() || std::ranges::any_of(name, is_blank)) {
      sink_.report(rules::not_legacy, range(at_, end_), "this is no variable, which is `NAME=value`");
      return;
    }
    EnvironmentVariable variable{name, range(at_, equals), "", {}};
    at_ = equals + 1;
    const std::size_t begin = at_;
    if (is_verbatim)
      variable.value = text_.substr(begin, end_ - begin);
    else if (!read_value(variable.value))
      return;
    variable.value_range = begin < end_ ? range(begin, end_) : variable.name_range;
    variables_.push_back(std::move(variable));
  }

  static bool is_name(std::string_view text) {
    return std::ranges::all_of(text, &rendering::continues_identifier);
  }

  void skip_blanks() {
    while (at_ < end_ && is_blank(text_[at_])) ++at_;
  }

  void skip_word(std::string_view word) {
    const std::string_view rest = text_.substr(at_, end_ - at_);
    if (!rest.starts_with(word) || rest.size() == word.size() || !is_blank(rest[word.size()])) return;
    at_ += word.size();
    skip_blanks();
  }

  // What begins with a quote is read as shells do; all else is the value as it stands.
  bool read_value(std::string& value) {
    if (at_ < end_ && (text_[at_] == '"' || text_[at_] == '\'')) return read_quoted(value);
    value = text::trimmed(text_.substr(at_, end_ - at_));
    return true;
  }

  bool read_quoted(std::string& value) {
    while (at_ < end_ && !is_blank(text_[at_])) {
      const std::size_t opener = at_;
      const char c = text_[at_++];
      if (c == '\\' && at_ < end_) {
        value += text_[at_++];
      } else if (c != '"' && c != '\'') {
        value += c;
      } else if (!read_until(c, value)) {
        sink_.report(rules::not_legacy, range(opener, opener + 1), "this quote is not closed");
        end_ = text_.size();
        return false;
      }
    }
    skip_blanks();
    if (at_ == end_ || text_[at_] == '#') return true;
    sink_.report(rules::not_legacy, range(at_, end_), "something follows the value");
    return false;
  }

  // The quoted may have several lines.
  bool read_until(char closer, std::string& value) {
    while (at_ < text_.size() && text_[at_] != closer) {
      // In double quotes these stand for themselves behind `\`.
      const bool is_escaped = closer == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() &&
                              std::string_view("\"\\$`").find(text_[at_ + 1]) != std::string_view::npos;
      if (is_escaped) ++at_;
      value += text_[at_++];
    }
    if (at_ == text_.size()) return false;
    end_ = std::min(text_.find('\n', ++at_), text_.size());
    return true;
  }

  [[nodiscard]] SourceRange range(std::size_t begin, std::size_t end) const {
    return {file_.id(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  const source::SourceFile& file_;
  std::string_view text_;
  std::size_t at_;
  std::size_t end_ = 0;  // of the entry
  diagnostics::Diagnostics& sink_;
  std::vector<EnvironmentVariable> variables_;
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

const EnvironmentVariable& first_in(const Level& level) {
  const Level* inner = &level;
  while (inner->variable == nullptr) inner = &inner->levels.front();
  return *inner->variable;
}

class LevelBuilder {
 public:
  explicit LevelBuilder(diagnostics::Diagnostics& sink) : sink_(sink) {}

  Level build(const std::vector<EnvironmentVariable>& variables) {
    Level root;
    for (const EnvironmentVariable& one : variables) add(one, root);
    return root;
  }

 private:
  void add(const EnvironmentVariable& variable, Level& root) {
    const std::vector<std::string_view> names = levels_of(variable.name);
    if (names.size() > max_variable_levels) {
      sink_.report(rules::not_legacy, variable.name_range,
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
  void refuse(const EnvironmentVariable& variable, const EnvironmentVariable& other) {
    if (!is_section_of_server(levels_of(variable.name).front())) return;
    const bool is_same = text::ascii_lower(variable.name) == text::ascii_lower(other.name);
    sink_
        .report(rules::id_repeated, variable.name_range,
                is_same ? "there is another variable " + text::quoted(variable.name)
                        : text::quoted(variable.name) + " and " + text::quoted(other.name) +
                              " make one setting a value and a section")
        .label(other.name_range, "the first one");
  }

  diagnostics::Diagnostics& sink_;
};

// --- As JSON

class LevelWriter {
 public:
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

  void place(SourceRange range) { places_.push_back({static_cast<std::uint32_t>(json_.size()), range}); }

  std::string json_;
  std::vector<ConvertedText::Place> places_;
};

}  // namespace

std::vector<text::TextRange> values_in_environment(const source::SourceFile& list) {
  diagnostics::Diagnostics unheard;
  std::vector<text::TextRange> hidden;
  std::size_t at = 0;
  const auto hide_to = [&](std::size_t end) {
    if (at < end) hidden.push_back({at, end});
  };
  for (const EnvironmentVariable& one : EntryReader(list, unheard).read()) {
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
  const std::vector<EnvironmentVariable> variables = EntryReader(file, sink).read();
  if (variables.empty() && !sink.has_errors())
    sink.report(rules::not_legacy, file.line_range(1), "the list of variables is empty");
  const Level root = LevelBuilder(sink).build(variables);
  if (sink.has_errors()) return std::nullopt;
  LevelWriter writer;
  writer.write(root);
  return std::move(writer).take();
}

}  // namespace honua::migration
