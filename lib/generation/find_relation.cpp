// SPDX-License-Identifier: MIT
#include "generation/find_relation.h"

#include <algorithm>
#include <vector>

#include "text/unicode.h"

namespace honua::generation {

namespace {

using catalog::Catalog;
using catalog::Engine;

struct NamePart {
  std::string text;
  bool is_quoted = false;
};

char closing_quote(char c) {
  switch (c) {
    case '"':
    case '`': return c;
    case '[': return ']';
    default: return '\0';
  }
}

// The quoted name at the start of `rest`, which is taken off; a doubled quote is one of the name's.
std::string take_quoted(std::string_view& rest, char quote) {
  std::string name;
  std::size_t at = 1;
  for (; at < rest.size(); ++at) {
    const bool is_quote = rest[at] == quote;
    if (is_quote && !rest.substr(at + 1).starts_with(quote)) break;
    if (is_quote) ++at;
    name += rest[at];
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return name;
}

std::vector<NamePart> parts_of(std::string_view rest) {
  std::vector<NamePart> parts(1);
  while (!rest.empty()) {
    NamePart& part = parts.back();
    const char quote = closing_quote(rest.front());
    if (quote != '\0' && part.text.empty()) {
      part = {take_quoted(rest, quote), true};
      continue;
    }
    if (rest.front() == '.') {
      parts.emplace_back();
    } else {
      part.text += rest.front();
    }
    rest.remove_prefix(1);
  }
  return parts;
}

std::string default_schema(const Catalog& catalog) {
  switch (catalog.engine) {
    case Engine::sqlite: return "main";
    case Engine::postgresql: return "public";
    case Engine::mysql: return catalog.database;
  }
  return "";
}

bool is_same_folded(const std::string& there, const NamePart& part, Engine engine) {
  if (engine == Engine::postgresql)
    return there == (part.is_quoted ? part.text : text::ascii_lower(part.text));
  return text::ascii_lower(there) == text::ascii_lower(part.text);
}

}  // namespace

RelationIndex::RelationIndex(const Catalog& catalog) : catalog_(&catalog) {
  for (const catalog::Relation& one : catalog.relations)
    by_name_[text::ascii_lower(one.name)].relations.push_back(&one);
  for (const catalog::LeftOut& one : catalog.left_out)
    by_name_[text::ascii_lower(one.name)].left_out.push_back(&one);
  for (const catalog::LeftOut& one : catalog.hidden)
    by_name_[text::ascii_lower(one.name)].hidden.push_back(&one);
}

const RelationIndex::Namesakes* RelationIndex::namesakes_of(std::string_view name) const {
  const auto found = by_name_.find(text::ascii_lower(name));
  return found == by_name_.end() ? nullptr : &found->second;
}

FoundRelation RelationIndex::find(std::string_view table) const {
  const std::vector<NamePart> parts = parts_of(table);
  const NamePart& name = parts.back();
  const bool has_schema = parts.size() > 1;
  const NamePart schema = has_schema ? parts[parts.size() - 2] : NamePart{default_schema(*catalog_), true};
  const Engine engine = catalog_->engine;
  FoundRelation found;
  found.schema = schema.text;
  found.name = name.text;

  // The only relation that the name may mean, else one of those left out.
  const auto look_up = [&](std::string_view called, const auto& is_meant) {
    const Namesakes* namesakes = namesakes_of(called);
    if (namesakes == nullptr) return false;
    for (const catalog::Relation* one : namesakes->relations) {
      if (!is_meant(one->schema, one->name)) continue;
      // Of several none is the one: a name that stands for two is not understood.
      found.is_left_out = found.relation != nullptr;
      found.relation = one;
    }
    if (found.is_left_out) found.relation = nullptr;
    if (found.relation != nullptr || found.is_left_out) return true;
    const auto is_one = [&](const catalog::LeftOut* one) { return is_meant(one->schema, one->name); };
    const auto hidden = std::ranges::find_if(namesakes->hidden, is_one);
    const auto left_out = std::ranges::find_if(namesakes->left_out, is_one);
    found.is_hidden = hidden != namesakes->hidden.end();
    found.is_left_out = found.is_hidden || left_out != namesakes->left_out.end();
    if (found.is_left_out) found.left_out = found.is_hidden ? *hidden : *left_out;
    return found.is_left_out;
  };
  const auto is_exact = [&](const std::string& there, const std::string& one) {
    return there == schema.text && one == name.text;
  };
  const auto is_folded = [&](const std::string& there, const std::string& one) {
    return is_same_folded(there, schema, engine) && is_same_folded(one, name, engine);
  };
  const auto is_only_name = [&](const std::string& /*there*/, const std::string& one) {
    return !has_schema && is_same_folded(one, name, engine);
  };
  const auto is_as_written = [&](const std::string& /*there*/, const std::string& one) {
    return one == table;
  };
  (void)(look_up(name.text, is_exact) || look_up(name.text, is_folded) || look_up(name.text, is_only_name) ||
         look_up(table, is_as_written));
  if (found.relation != nullptr) {
    found.schema = found.relation->schema;
    found.name = found.relation->name;
  }
  return found;
}

const catalog::Column* find_column(const catalog::Relation& relation, std::string_view name, Engine engine) {
  if (const catalog::Column* exact = relation.find_column(name)) return exact;
  if (engine == Engine::postgresql) return nullptr;
  const auto found =
      std::ranges::find(relation.columns, text::ascii_lower(name),
                        [](const catalog::Column& one) { return text::ascii_lower(one.name); });
  return found == relation.columns.end() ? nullptr : &*found;
}

}  // namespace honua::generation
