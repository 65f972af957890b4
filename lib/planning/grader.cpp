// SPDX-License-Identifier: MIT
#include "planning/grader.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "config/address.h"
#include "config/literal.h"
#include "planning/plan_rules.h"
#include "snapshot/form.h"
#include "text/digest.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::planning {

namespace {

// Longer values are cut in messages.
constexpr std::size_t max_shown_value = 80;

std::string fingerprint_of(const ChangeRule& rule, const std::string& address) {
  constexpr std::size_t digits = 32;
  return text::sha256(std::string(rule.rule.code) + "\n" + address).substr(0, digits);
}

// What a change is about, for rules that serve several areas.
Area area_of(const ChangeRule& rule, const Subject& subject) {
  if (subject.block == nullptr || (rule.area != Area::plan && rule.area != Area::source)) return rule.area;
  const std::string first = subject.path.empty() ? "" : subject.path.front();
  switch (subject.block->type) {
    case config::BlockType::layer:
      return first == "fields" && subject.path.size() > 1 ? Area::field : Area::layer;
    case config::BlockType::service: return Area::service;
    case config::BlockType::data_source: return Area::source;
    case config::BlockType::cache: return Area::cache;
    case config::BlockType::rate_limit: return Area::limit;
    default: return first == "cors" ? Area::cors : Area::platform;
  }
}

std::string cut(std::string text) {
  if (text.size() <= max_shown_value) return text;
  std::size_t end = max_shown_value;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

// The default as the schema has it; "" for none.
std::string_view default_of(const Difference& difference) {
  return difference.schema == nullptr ? std::string_view() : difference.schema->default_value;
}

std::set<std::string> texts_of(const Node& list) {
  std::set<std::string> all;
  for (const Node& one : list.elements()) {
    if (auto text = one.text()) all.insert(*std::move(text));
  }
  return all;
}

std::string unquoted(std::string_view literal) {
  return literal.starts_with('"') ? std::string(literal.substr(1, literal.size() - 2)) : std::string(literal);
}

template <class T, class Read, class Fallback>
std::optional<Both<T>> both(const Difference& difference, Read&& read, Fallback&& fallback) {
  const auto side = [&](const Node& node) -> std::optional<T> {
    return node.is_given() ? read(node) : fallback();
  };
  auto before = side(difference.before);
  auto after = side(difference.after);
  if (!before || !after) return std::nullopt;
  return Both<T>{*std::move(before), *std::move(after)};
}

}  // namespace

Change& Grader::report(const ChangeRule& rule, const Subject& subject, std::string message) {
  Change change;
  change.rule = &rule;
  change.level = is_unreachable_ ? Level::neutral : rule.level;
  change.security = is_unreachable_ ? Security::none : rule.security;
  change.effect = rule.effect;
  change.area = area_of(rule, subject);
  change.address = subject.address;
  change.message = std::move(message);
  change.advice = rule.advice;
  change.before = subject.before.json();
  change.after = subject.after.json();
  change.fingerprint = fingerprint_of(rule, subject.address);
  changes_.push_back(std::move(change));
  return changes_.back();
}

Change& Grader::report(const ChangeRule& rule, const Difference& difference, std::string message) {
  return report(rule, subject_of(difference), std::move(message));
}

// A block's text says what its settings are, not what changed: it is left out.
Change& Grader::report(const ChangeRule& rule, const BlockPair& block, std::string message) {
  return report(rule, Subject{address_of(block), {}, {}, &block}, std::move(message));
}

void Grader::report_undecided(const Difference& difference) {
  report(rules::undecidable, difference,
         text::quoted(address_of(difference)) + " changes from " + from_to(difference) +
             ": what that comes to is known only where the server runs");
}

std::string address_of(const BlockPair& block) {
  return config::block_address(config::schema_of(block.type), block.label);
}

std::string address_of(const Difference& difference) {
  std::string address = address_of(*difference.block);
  for (const std::string& name : difference.path) address = config::address_below(address, name);
  return address;
}

Subject subject_of(const Difference& difference) {
  return {address_of(difference), difference.before, difference.after, difference.block, difference.path};
}

std::optional<Both<bool>> flags(const Difference& difference, bool otherwise) {
  const std::string_view known = default_of(difference);
  return both<bool>(
      difference, [](const Node& node) { return node.boolean(); },
      [&] { return std::optional(known.empty() ? otherwise : known == "true"); });
}

std::optional<Both<double>> numbers(const Difference& difference, std::optional<double> otherwise) {
  const std::string_view known = default_of(difference);
  double number = 0;
  const bool has_default =
      !known.empty() && std::from_chars(known.data(), known.data() + known.size(), number).ec == std::errc();
  return both<double>(
      difference, [](const Node& node) { return node.number(); },
      [&] { return has_default ? std::optional(number) : otherwise; });
}

std::optional<Both<std::string>> texts(const Difference& difference, std::string_view otherwise) {
  const std::string_view known = default_of(difference);
  return both<std::string>(
      difference, [](const Node& node) { return node.text(); },
      [&] { return std::optional(known.empty() ? std::string(otherwise) : unquoted(known)); });
}

std::optional<Both<std::set<std::string>>> sets(const Difference& difference) {
  using Texts = std::set<std::string>;
  const std::string_view known = default_of(difference);
  Texts otherwise;
  if (known.starts_with('[')) {
    for (const std::string_view one : config::list_elements(known)) otherwise.insert(unquoted(one));
  }
  return both<Texts>(
      difference,
      [](const Node& node) { return node.is(NodeForm::list) ? std::optional(texts_of(node)) : std::nullopt; },
      [&] { return std::optional(otherwise); });
}

std::set<std::string> missing_in(const std::set<std::string>& from, const std::set<std::string>& in) {
  std::set<std::string> missing;
  std::ranges::set_difference(from, in, std::inserter(missing, missing.end()));
  return missing;
}

std::string listed(const std::set<std::string>& names) {
  constexpr std::size_t most = 8;
  std::string list;
  std::size_t count = 0;
  for (const std::string& one : names) {
    if (++count > most) return list + " and " + std::to_string(names.size() - most) + " more";
    list += (list.empty() ? "" : ", ") + text::quoted(one);
  }
  return list;
}

std::string shown(const Node& value) {
  namespace form = snapshot::form;
  switch (value.form()) {
    case NodeForm::absent:
    case NodeForm::null: return "nothing";
    case NodeForm::unknown: return "an unknown value";
    case NodeForm::masked: return text::quoted(cut(value.masked_text().value_or("")));
    case NodeForm::reference: {
      const auto name = value.member(form::environment).text();
      if (!name) return "a value from the environment";
      const Node fallback = value.member(form::fallback);
      const std::string otherwise =
          fallback.is_given() ? ", " + fallback.masked_text().value_or(fallback.json()) : "";
      return text::quoted(cut("env(\"" + *name + "\"" + otherwise + ")"));
    }
    case NodeForm::text: return text::quoted(cut(value.text().value_or("")));
    default: return text::quoted(cut(value.json()));
  }
}

std::string from_to(const Difference& difference) {
  const auto side = [&](const Node& node) {
    const std::string_view known = default_of(difference);
    if (node.is_given() || known.empty()) return shown(node);
    return text::quoted(cut(unquoted(known)));
  };
  return side(difference.before) + " to " + side(difference.after);
}

}  // namespace honua::planning
