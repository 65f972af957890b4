// SPDX-License-Identifier: MIT
#include "catalog/sqlite_views.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace honua::catalog {

namespace {

constexpr int max_depth_of_views = 500;

using Indexes = std::map<std::string_view, std::size_t, NameLess>;

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

std::vector<std::size_t> mentioned_in(const std::string& statement, std::size_t self,
                                      const Indexes& indexes) {
  std::set<std::size_t> mentioned;
  NameScanner scanner(statement);
  for (std::string name; scanner.next(name);) {
    const auto found = indexes.find(name);
    if (found != indexes.end() && found->second != self) mentioned.insert(found->second);
  }
  return {mentioned.begin(), mentioned.end()};
}

}  // namespace

std::set<std::string, NameLess> find_deep_views(
    const std::map<std::string, std::string, NameLess>& statements) {
  // So few are never deep, whatever they mention.
  if (statements.size() <= max_depth_of_views) return {};
  Indexes indexes;
  for (const auto& [name, statement] : statements) indexes.emplace(name, indexes.size());
  std::vector<std::vector<std::size_t>> mentioned;
  mentioned.reserve(statements.size());
  for (const auto& [name, statement] : statements)
    mentioned.push_back(mentioned_in(statement, indexes.at(name), indexes));
  // What is not deeper than N has its depth after N rounds.
  std::vector<int> depths(mentioned.size(), 1);
  for (int round = 0; round < max_depth_of_views; ++round) {
    std::vector<int> deeper(depths.size(), 1);
    for (std::size_t i = 0; i < depths.size(); ++i) {
      for (const std::size_t one : mentioned[i]) deeper[i] = std::max(deeper[i], depths[one] + 1);
    }
    if (deeper == depths) return {};
    depths = std::move(deeper);
  }
  std::set<std::string, NameLess> deep;
  for (const auto& [name, statement] : statements) {
    if (depths[indexes.at(name)] > max_depth_of_views) deep.insert(name);
  }
  return deep;
}

}  // namespace honua::catalog
