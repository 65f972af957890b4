// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace honua {

struct ProcessResult {
  int exit_code = 0;  // 128 and the signal's number if one ended it
  std::string out;
  std::string err;  // its beginning, max_process_errors bytes at most
};

// What is kept of what a program says on standard error: enough for a message.
inline constexpr std::size_t max_process_errors = std::size_t{16} * 1024;

// Runs a program found on PATH and waits for its end. No shell is asked: arguments are what they are. `input`
// is its standard input. It is ended, and the result is an error, when it writes more than `max_output`
// bytes. An error, too, is a program that does not exist.
[[nodiscard]] Result<ProcessResult> run_process(const std::vector<std::string>& arguments,
                                                std::string_view input, std::size_t max_output);

}  // namespace honua
