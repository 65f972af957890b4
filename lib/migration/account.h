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
  const std::string* path = nullptr;  // of the account; nullptr for the block itself
};

// That a member was looked at, and what became of it. What nobody claims is unsupported.
struct Claim {
  syntax::NodeId node = syntax::no_node;  // of the value
  std::uint32_t note = 0;                 // the number of its note
  Target target;
  Outcome outcome = Outcome::mapped;
  bool is_kept = false;  // as well, since what it went into does not say all of it
};

// Collects claims, for each document by itself. Each member has one: a second one for the same is a defect.
class Account {
 public:
  // Documents are numbered in the order of these calls. One claim in four nodes is about a value that
  // something becomes of.
  void add_document(const syntax::Tree& tree) {
    documents_.push_back({&tree, {}});
    documents_.back().claims.reserve(tree.node_count() / 4);
  }
  [[nodiscard]] std::size_t document_of(const LegacyValue& value) const;

  void claim(const LegacyValue& value, Outcome outcome, Target target = {}, std::string_view note = {}) {
    claims_of(value).push_back({value.id(), number_of(note), target, outcome, false});
  }
  // The same for what is kept as well.
  void claim_and_keep(const LegacyValue& value, Outcome outcome, Target target, std::string_view note) {
    claims_of(value).push_back({value.id(), number_of(note), target, outcome, true});
  }
  // The value with all that is in it.
  void claim_all(const LegacyValue& value, Outcome outcome, Target target = {}, std::string_view note = {});

  // The claims about a document with a value: how many there are; taking those about the value and what is in
  // it back that were made since there were `count`; and putting them in order.
  [[nodiscard]] std::size_t size(const LegacyValue& value) { return claims_of(value).size(); }
  void forget_after(const LegacyValue& value, std::size_t count);
  void sort_since(const LegacyValue& value, std::size_t count);

  // A text for targets and notes. Texts that are the same are kept once.
  [[nodiscard]] const std::string& keep(std::string_view text) {
    const auto found = texts_.find(text);
    return found != texts_.end() ? *found : *texts_.emplace(text).first;
  }
  // Of a claim: a clause, or "".
  [[nodiscard]] std::string_view note_of(const Claim& claim) const { return notes_[claim.note]; }

  // Puts all in the documents' order.
  void sort();
  // Those about a document, once they are sorted.
  [[nodiscard]] const std::vector<Claim>& claims(std::size_t document) const {
    return documents_[document].claims;
  }

 private:
  struct Claims {
    const syntax::Tree* tree;
    std::vector<Claim> claims;
  };
  [[nodiscard]] std::vector<Claim>& claims_of(const LegacyValue& value) {
    return documents_[document_of(value)].claims;
  }

  // Few claims have one, and claims are many.
  [[nodiscard]] std::uint32_t number_of(std::string_view note) {
    if (note.empty()) return 0;
    if (note != notes_.back()) notes_.push_back(note);
    return static_cast<std::uint32_t>(notes_.size() - 1);
  }

  std::vector<Claims> documents_;
  std::vector<std::string_view> notes_ = {""};  // they live as long as the account
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> texts_;
};

}  // namespace honua::migration
