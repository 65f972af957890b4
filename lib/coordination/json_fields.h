// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "text/json_writer.h"

// Internal to the module: small JSON objects of texts and whole numbers, as stores keep them.
namespace honua::coordination {

class JsonFields {
 public:
  // An error if the text is no such object, or larger.
  [[nodiscard]] static Result<JsonFields> read(std::string_view text, std::size_t max_size);

  [[nodiscard]] bool has(std::string_view name) const;
  // "" and 0 for what is not there or of another kind.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::uint64_t number(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
  std::map<std::string, std::uint64_t, std::less<>> numbers_;
};

}  // namespace honua::coordination
