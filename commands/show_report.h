// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/check_files.h"
#include "commands/command.h"

namespace honua::commands {

struct ShowOptions {
  std::vector<std::string> only;  // addresses in their usual spelling; none for everything
  bool with_defaults = true;
};

// The effective configuration, value by value with its origin, on standard
// output. Both say how many of the options' addresses lead nowhere.
void show_human(const CheckResult& result, const ShowOptions& options, CommandEnv& env);
void show_json(const CheckResult& result, const ShowOptions& options, CommandEnv& env);

// The addresses asked for that no value or default lies at or below.
[[nodiscard]] std::vector<std::string> find_missing(const CheckResult& result, const ShowOptions& options);

// Something close to an address that leads nowhere; "" if there is nothing.
[[nodiscard]] std::string find_similar(const CheckResult& result, const std::string& address);

}  // namespace honua::commands
