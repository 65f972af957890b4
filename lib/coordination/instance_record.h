// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "coordination/store.h"

// Internal to the module: what instances say of themselves, and what they are asked, in JSON.
namespace honua::coordination {

// A reason may be a sentence, no log.
inline constexpr std::size_t max_instance_size = std::size_t{16} * 1024;

[[nodiscard]] std::string write_instance(const Instance& instance);
[[nodiscard]] Result<Instance> read_instance(std::string_view text);

[[nodiscard]] std::string write_proposal(const Proposal& proposal);
// Nothing for what is none: nobody has to answer it.
[[nodiscard]] std::optional<Proposal> read_proposal(std::string_view text);

}  // namespace honua::coordination
