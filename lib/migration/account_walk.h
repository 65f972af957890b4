// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "migration/account.h"
#include "migration/document.h"
#include "migration/migration.h"

// Internal to the module: goes through a document, and says of every member what became of it.
namespace honua::migration {

struct AccountVisitor {
  // What became of each value that has no members of its own.
  std::function<void(Outcome)> on_outcome;
  std::function<void(const AccountEntry&, const LegacyValue&)> on_entry;
  // A line that keeps a member which has no place, and the block that it belongs to, or no_block.
  std::function<void(std::uint32_t block, std::string_view pointer, const std::string& json)> on_kept;
  // A member that old servers did not know; not those in it.
  std::function<void(const LegacyValue&, std::string_view name, std::string_view path)> on_unknown;
};

class AccountWalk {
 public:
  // `number`: the document's, among those of the account, which is sorted.
  AccountWalk(const Document& document, const Account& account, std::size_t number,
              const std::vector<WrittenBlock>& blocks, const AccountVisitor& visitor);

  void run();

 private:
  // What holds for a value and all that is in it.
  struct Place {
    std::string_view name;  // of the member, or that the array has
    std::uint32_t home = no_block;
    bool is_kept = false;           // by a line of what it is in
    bool is_unknown = false;        // as is what it is in
    bool is_documentation = false;  // as is what it is in
  };
  // `end`: the number of the first node behind the value.
  void visit(const LegacyValue& value, Place place, syntax::NodeId end);
  // One level deeper, and back. `number`: an element's.
  void step(const LegacyName* name, std::size_t number, const LegacyValue& value, const Place& place,
            syntax::NodeId end);
  void visit_inner(const LegacyValue& value, const Place& place, syntax::NodeId end);
  [[nodiscard]] const Claim* claim_of(syntax::NodeId node);
  [[nodiscard]] AccountEntry entry_of(const LegacyValue& value, const Place& place, syntax::NodeId end);
  void describe_unsupported(const LegacyValue& value, Place& place, AccountEntry& entry);
  void keep(const LegacyValue& value, Place& place, bool is_scalar);
  // Of where it is; what they return lives until the next call.
  [[nodiscard]] std::string_view pointer();
  // The same without the case of letters and the numbers of elements.
  [[nodiscard]] std::string_view path();

  const Document& document_;
  const Account& account_;
  const std::vector<Claim>& claims_;
  const std::vector<WrittenBlock>& blocks_;
  const AccountVisitor& visitor_;
  std::vector<syntax::NodeId> placed_;   // values that went somewhere, or are what counts anyway
  std::vector<syntax::NodeId> written_;  // values that went somewhere
  std::size_t next_claim_ = 0;           // the first one that the walk has not reached
  std::size_t next_home_ = 0;            // the same for blocks
  // The way to where it is. Of most values nobody asks for it.
  struct Step {
    const LegacyName* name = nullptr;  // nullptr for an element
    std::size_t number = 0;
  };
  std::vector<Step> steps_;
  std::string pointer_;
  std::string path_;
  std::string target_;
};

}  // namespace honua::migration
