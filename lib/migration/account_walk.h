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
  std::function<void(const AccountEntry&, const LegacyValue&)> on_entry;
  // A line that keeps a member which has no place, and the block that it belongs to, or no_block.
  std::function<void(std::uint32_t block, std::string_view pointer, const std::string& json)> on_kept;
  // A member that old servers did not know; not those in it.
  std::function<void(const LegacyValue&, std::string_view name, std::string_view path)> on_unknown;
};

class AccountWalk {
 public:
  // `claims`: about the document, in its order.
  AccountWalk(const Document& document, const std::vector<Claim>& claims,
              const std::vector<WrittenBlock>& blocks, const AccountVisitor& visitor);

  void run();

 private:
  // What holds for a value and all that is in it.
  struct Place {
    std::string_view name;  // of the member, or that the array has
    std::uint32_t home = no_block;
    bool is_kept = false;     // by a line of what it is in
    bool is_unknown = false;  // as is what it is in
  };
  // `end`: the number of the first node behind the value.
  void visit(const LegacyValue& value, Place place, syntax::NodeId end);
  void step(std::string_view token, bool is_element, const LegacyValue& value, const Place& place,
            syntax::NodeId end);
  void visit_inner(const LegacyValue& value, const Place& place, syntax::NodeId end);
  [[nodiscard]] const Claim* claim_of(syntax::NodeId node);
  [[nodiscard]] AccountEntry entry_of(const LegacyValue& value, const Place& place, syntax::NodeId end);
  void describe_unsupported(const LegacyValue& value, Place& place, AccountEntry& entry);
  void keep(const LegacyValue& value, Place& place, bool is_scalar) const;

  const Document& document_;
  const std::vector<Claim>& claims_;
  const std::vector<WrittenBlock>& blocks_;
  const AccountVisitor& visitor_;
  std::vector<syntax::NodeId> placed_;   // values that went somewhere, or are what counts anyway
  std::vector<syntax::NodeId> written_;  // values that went somewhere
  std::size_t next_claim_ = 0;           // the first one that the walk has not reached
  std::size_t next_home_ = 0;            // the same for blocks
  std::string pointer_;                  // of where it is
  std::string path_;                     // the same without the case of letters and the numbers of elements
  std::string target_;
};

}  // namespace honua::migration
