// SPDX-License-Identifier: MIT
// What holds for the merge of any three configurations.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/address.h"
#include "diagnostics/diagnostics.h"
#include "merging/merge.h"
#include "merging/random_configuration_for_test.h"
#include "syntax/dump.h"
#include "syntax/literals.h"
#include "syntax/parser.h"

namespace honua::merging {

namespace {

// Values by address. Lists are sets of values, and what has members has a mark.
using Values = std::map<std::string, std::set<std::string>>;

class ValueReader {
 public:
  explicit ValueReader(Values& values) : values_(values) {}

  void read(syntax::Body body, const std::string& parent) {
    body.visit(
        [&](syntax::Attribute one) { read(one.expression(), config::address_below(parent, one.name())); },
        [&](syntax::Block one) {
          std::string address = config::address_below(parent, one.type());
          for (const syntax::Label& label : one.labels())
            address = config::address_below(address, label.value());
          mark(address);
          read(one.body(), address);
        });
  }

 private:
  void mark(const std::string& address) {
    REQUIRE(values_.emplace(address, std::set<std::string>{"{}"}).second);
  }

  void read(syntax::Expression value, const std::string& address) {
    if (value.kind() == syntax::NodeKind::object) {
      mark(address);
      for (const syntax::Expression one : value)
        read(one.child(1), config::address_below(address, one.child(0).text()));
      return;
    }
    std::set<std::string> found = {"="};
    if (value.kind() == syntax::NodeKind::tuple) {
      for (const syntax::Expression one : value) found.insert(syntax::dump(one));
    } else {
      found.insert(syntax::dump(value));
    }
    REQUIRE(values_.emplace(address, found).second);
  }

  Values& values_;
};

Values values_of(const std::string& text) {
  CAPTURE(text);
  diagnostics::Diagnostics sink;
  const source::SourceFile file(0, "test.hcl", text);
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  REQUIRE_FALSE(sink.has_errors());
  Values values;
  ValueReader(values).read(tree.body(), "");
  return values;
}

// How often each comment is there.
std::map<std::string, int> comments_of(std::string_view text) {
  std::map<std::string, int> counts;
  for (std::size_t at = text.find("# comment"); at != std::string_view::npos;
       at = text.find("# comment", at + 1))
    ++counts[std::string(text.substr(at, text.find('.', at) + 1 - at))];
  return counts;
}

template <class T>
const T& value_at(const std::map<std::string, T>& values, const std::string& key) {
  static const T none{};
  const auto found = values.find(key);
  return found == values.end() ? none : found->second;
}

template <class T>
std::set<std::string> keys_of(const std::map<std::string, T>& a, const std::map<std::string, T>& b,
                              const std::map<std::string, T>& c) {
  std::set<std::string> keys;
  for (const auto* one : {&a, &b, &c}) {
    for (const auto& [key, value] : *one) keys.insert(key);
  }
  return keys;
}

struct Triple {
  std::string base;
  std::string ours;
  std::string theirs;
};

Merged merged(const std::string& base, const std::string& ours, const std::string& theirs) {
  CAPTURE(base);
  CAPTURE(ours);
  CAPTURE(theirs);
  const auto result = merge({base, ours, theirs}, {});
  REQUIRE(result.has_value());
  return *result;
}

// Every value is that of the side that changed it.
void check_values(const Triple& given, const std::string& result) {
  const Values base = values_of(given.base);
  const Values ours = values_of(given.ours);
  const Values theirs = values_of(given.theirs);
  const Values found = values_of(result);
  for (const std::string& address : keys_of(base, ours, theirs)) {
    CAPTURE(address);
    const auto& b = value_at(base, address);
    const auto& o = value_at(ours, address);
    const auto& t = value_at(theirs, address);
    const auto& r = value_at(found, address);
    if (b == o) {
      CHECK(r == t);
    } else if (b == t || o == t) {
      CHECK(r == o);
    } else {
      // A list to which both added and from which both removed.
      std::set<std::string> merged_set;
      for (const auto* side : {&o, &t}) {
        for (const std::string& one : *side) {
          if (!b.contains(one) || (o.contains(one) && t.contains(one))) merged_set.insert(one);
        }
      }
      CHECK(r == merged_set);
    }
  }
  for (const auto& [address, value] : found) {
    CAPTURE(address);
    const bool is_known = ours.contains(address) || theirs.contains(address);
    CHECK(is_known);
  }
}

void check_comments(const Triple& given, const Merged& result) {
  const auto base = comments_of(given.base);
  const auto ours = comments_of(given.ours);
  const auto theirs = comments_of(given.theirs);
  const auto found = comments_of(result.text);
  for (const std::string& one : keys_of(base, ours, theirs)) {
    CAPTURE(one);
    const bool is_wanted = base.contains(one) ? ours.contains(one) && theirs.contains(one)
                                              : ours.contains(one) || theirs.contains(one);
    if (is_wanted) CHECK(found.contains(one));
    if (is_wanted && result.conflicts.empty()) CHECK(value_at(found, one) == 1);
  }
}

// A merge with one side taken in every conflict.
std::string resolved(const std::string& text, bool takes_ours) {
  std::string out;
  bool is_ours = true;
  bool is_theirs = true;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    const std::string_view line = rest.substr(0, size);
    rest.remove_prefix(size);
    if (line == "<<<<<<< ours\n") {
      is_theirs = false;
    } else if (line == "=======\n") {
      std::swap(is_ours, is_theirs);
    } else if (line == ">>>>>>> theirs\n") {
      is_ours = true;
    } else if (takes_ours ? is_ours : is_theirs) {
      out += line;
    }
  }
  return out;
}

// Where each conflict is is told, and taking one side of all gives a configuration.
void check_conflicts(const Merged& result) {
  for (const Conflict& one : result.conflicts) {
    CHECK_FALSE(one.address.empty());
    std::string_view rest(result.text);
    for (std::uint32_t line = 1; line < one.line; ++line) rest.remove_prefix(rest.find('\n') + 1);
    CHECK(rest.starts_with("<<<<<<< ours\n"));
  }
  (void)values_of(resolved(result.text, true));
  (void)values_of(resolved(result.text, false));
}

void check_merge(const Triple& given) {
  CAPTURE(given.base);
  CAPTURE(given.ours);
  CAPTURE(given.theirs);
  const Merged result = merged(given.base, given.ours, given.theirs);
  CAPTURE(result.text);
  check_comments(given, result);
  check_conflicts(result);
  const Merged mirrored = merged(given.base, given.theirs, given.ours);
  CAPTURE(mirrored.text);
  REQUIRE(result.conflicts.empty() == mirrored.conflicts.empty());
  if (!result.conflicts.empty()) return;
  check_values(given, result.text);
  CHECK(values_of(result.text) == values_of(mirrored.text));
}

void check_one_sided(const std::string& base, const std::string& changed) {
  CHECK(merged(base, changed, base).text == changed);
  CHECK(merged(base, base, changed).text == changed);
  CHECK(merged(base, changed, changed).text == changed);
  CHECK(merged(base, base, base).text == base);
}

std::string with_returns(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

void check_seed(unsigned seed) {
  CAPTURE(seed);
  RandomConfigurations random(seed);
  const RandomFile base = random.make();
  const RandomFile ours = random.change(base);
  const RandomFile theirs = random.change(base);
  const Triple texts = {RandomText::of(base), RandomText::of(ours), RandomText::of(theirs)};
  check_one_sided(texts.base, texts.ours);
  check_one_sided(with_returns(texts.base), with_returns(texts.theirs));
  check_one_sided(texts.ours, texts.theirs);
  check_merge(texts);
}

}  // namespace

TEST_CASE("merges of random configurations keep every change and every comment") {
  constexpr unsigned count = 2000;
  for (unsigned seed = 0; seed < count; ++seed) check_seed(seed);
  const unsigned start = std::random_device()();
  for (unsigned i = 0; i < count / 4; ++i) check_seed(start + i);
}

TEST_CASE("most merges of random configurations have no conflict, and some have") {
  unsigned clean = 0;
  constexpr unsigned count = 500;
  for (unsigned seed = 0; seed < count; ++seed) {
    RandomConfigurations random(seed);
    const RandomFile base = random.make();
    const std::string ours = RandomText::of(random.change(base));
    const std::string theirs = RandomText::of(random.change(base));
    if (merged(RandomText::of(base), ours, theirs).conflicts.empty()) ++clean;
  }
  CHECK(clean > count / 2);
  CHECK(clean < count);
}

}  // namespace honua::merging
