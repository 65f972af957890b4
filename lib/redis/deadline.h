// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

// Internal to the module.
namespace honua::redis {

// Until when something may take.
using Deadline = std::chrono::steady_clock::time_point;

[[nodiscard]] inline Deadline deadline_in(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

enum class Wanted : unsigned char { readable, writable };

// Waits until a socket can be read or written. False once the time is over.
[[nodiscard]] bool wait_for(int socket, Wanted wanted, Deadline deadline);

}  // namespace honua::redis
