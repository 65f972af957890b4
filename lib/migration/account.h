// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "migration/legacy_value.h"

namespace honua::migration {

// What became of a member of a legacy document.
enum class Outcome : std::uint8_t {
  mapped,       // the configuration says the same
  converted,    // the configuration says it in another form
  defaulted,    // it is what counts anyway, and left out
  merged,       // another member says it, too, or was stricter
  unsupported,  // the configuration has no place for it: kept as a comment or in the residue
};
inline constexpr std::size_t outcome_count = 5;
[[nodiscard]] std::string_view to_string(Outcome outcome);

inline constexpr std::uint32_t no_block = 0xFFFFFFFF;

// Where in the configuration something went: a block by its number, and a path below it such as
// `geometry.column`; "" for the block itself.
struct Target {
  std::uint32_t block = no_block;
  std::string_view path;  // lives as long as the account
};

// That a member was looked at, and what became of it. What nobody claims is unsupported.
struct Claim {
  syntax::NodeId node = syntax::no_node;  // of the value
  Outcome outcome = Outcome::mapped;
  Target target;
  std::string_view note;  // a clause, or ""; lives as long as the account
};

// Collects claims. Each member has one: a second one for the same is a defect.
class Account {
 public:
  void claim(const LegacyValue& value, Outcome outcome, Target target = {}, std::string_view note = {}) {
    claims_.push_back({value.id(), outcome, target, note});
  }
  // The value with all that is in it.
  void claim_all(const LegacyValue& value, Outcome outcome, Target target = {}, std::string_view note = {});
  // Room for the claims of a tree with so many nodes: one in four is a value that something becomes of.
  void expect(std::uint32_t nodes) { claims_.reserve(nodes / 4); }
  // Takes back what was claimed since there were `count` claims: nothing came of it.
  void forget_after(std::size_t count) { claims_.resize(count); }
  [[nodiscard]] std::size_t size() const { return claims_.size(); }

  // A text for targets and notes. Texts that are the same are kept once.
  [[nodiscard]] std::string_view keep(std::string_view text) {
    const auto found = texts_.find(text);
    return found != texts_.end() ? std::string_view(*found) : std::string_view(*texts_.emplace(text).first);
  }

  // Puts those in order that were made since there were `count` claims.
  void sort_since(std::size_t count);

  // In the document's order.
  [[nodiscard]] const std::vector<Claim>& sorted();
  // As they are: sorted() has been called.
  [[nodiscard]] const std::vector<Claim>& claims() const { return claims_; }

 private:
  std::vector<Claim> claims_;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> texts_;
};

}  // namespace honua::migration
