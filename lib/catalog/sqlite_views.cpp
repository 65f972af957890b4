// SPDX-License-Identifier: MIT
#include "catalog/sqlite_views.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace honua::catalog {

namespace {

constexpr std::uint32_t max_depth_of_views = 500;

using Indexes = std::map<std::string_view, std::uint32_t, NameLess>;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

char closing_of(char c) {
  if (c == '[') return ']';
  return c == '"' || c == '`' || c == '\'' ? c : '\0';
}

// Names in a statement, one after the other. In quotes a doubled quote is one of the name's.
class NameScanner {
 public:
  explicit NameScanner(std::string_view rest) : rest_(rest) {}

  // False at the end.
  bool next(std::string& name) {
    name.clear();
    while (!rest_.empty()) {
      const char first = rest_.front();
      const char closing = closing_of(first);
      if (closing != '\0') return take_quoted(closing, name);
      if (is_word_byte(first)) return take_word(name);
      rest_.remove_prefix(1);
    }
    return false;
  }

 private:
  bool take_word(std::string& name) {
    const auto* end = std::ranges::find_if_not(rest_, is_word_byte);
    name.assign(rest_.begin(), end);
    rest_.remove_prefix(name.size());
    return true;
  }

  bool take_quoted(char closing, std::string& name) {
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      const bool is_closing = rest_.front() == closing;
      if (is_closing) rest_.remove_prefix(1);
      if (is_closing && (closing == ']' || !rest_.starts_with(closing))) break;
      if (rest_.empty()) break;
      name += rest_.front();
      rest_.remove_prefix(1);
    }
    return true;
  }

  std::string_view rest_;
};

std::vector<std::uint32_t> mentioned_in(const std::string& statement, std::uint32_t self,
                                        const Indexes& indexes) {
  std::set<std::uint32_t> mentioned;
  NameScanner scanner(statement);
  for (std::string name; scanner.next(name);) {
    const auto found = indexes.find(name);
    if (found != indexes.end() && found->second != self) mentioned.insert(found->second);
  }
  return {mentioned.begin(), mentioned.end()};
}

// How deep views are, each taken once, after all that it mentions.
class DepthCounter {
 public:
  explicit DepthCounter(std::vector<std::vector<std::uint32_t>> mentioned)
      : mentioned_(std::move(mentioned)), depths_(mentioned_.size(), 1), open_(mentioned_.size(), 0) {}

  // Those in cycles, and what mentions them, are the deepest there is.
  std::vector<std::uint32_t> count() {
    std::vector<std::vector<std::uint32_t>> mentioning(mentioned_.size());
    std::vector<std::uint32_t> ready;
    for (std::uint32_t one = 0; one < mentioned_.size(); ++one) {
      open_[one] = mentioned_[one].size();
      for (const std::uint32_t other : mentioned_[one]) mentioning[other].push_back(one);
      if (open_[one] == 0) ready.push_back(one);
    }
    while (!ready.empty()) {
      const std::uint32_t one = ready.back();
      ready.pop_back();
      for (const std::uint32_t other : mentioning[one]) {
        depths_[other] = std::max(depths_[other], depths_[one] + 1);
        if (--open_[other] == 0) ready.push_back(other);
      }
    }
    for (std::size_t one = 0; one < depths_.size(); ++one) {
      if (open_[one] > 0) depths_[one] = std::numeric_limits<std::uint32_t>::max();
    }
    return std::move(depths_);
  }

 private:
  std::vector<std::vector<std::uint32_t>> mentioned_;
  std::vector<std::uint32_t> depths_;
  std::vector<std::size_t> open_;  // of those mentioned, how many are still to be taken
};

}  // namespace

std::set<std::string, NameLess> find_deep_views(
    const std::map<std::string, std::string, NameLess>& statements, const SqliteFile& file) {
  // So few are never deep, whatever they mention.
  if (statements.size() <= max_depth_of_views) return {};
  Indexes indexes;
  for (const auto& [name, statement] : statements)
    indexes.emplace(name, static_cast<std::uint32_t>(indexes.size()));
  std::vector<std::vector<std::uint32_t>> mentioned;
  mentioned.reserve(statements.size());
  std::size_t mentions = 0;
  for (const auto& [name, statement] : statements) {
    file.check_time();
    mentioned.push_back(mentioned_in(statement, indexes.at(name), indexes));
    mentions += mentioned.back().size();
    if (mentions > max_mentions_of_views)
      throw SQLite::Exception("its views mention each other too often", SQLITE_TOOBIG);
  }
  const std::vector<std::uint32_t> depths = DepthCounter(std::move(mentioned)).count();
  std::set<std::string, NameLess> deep;
  for (const auto& [name, statement] : statements) {
    if (depths[indexes.at(name)] > max_depth_of_views) deep.insert(name);
  }
  return deep;
}

}  // namespace honua::catalog
