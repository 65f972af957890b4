// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "coordination/store.h"

namespace honua::commands {

// How long a program has to end whose lease is lost, beyond the lease's own end.
inline constexpr std::chrono::milliseconds lost_patience{200};

// Runs a program as long as a lease holds, which is renewed meanwhile, by another thread: a store that hangs
// keeps nobody. The program's exit code is ours. What ends us by a signal is passed on, and waited for. Where
// the lease is lost, the program is asked to end, and ended with the lease's time, together with all that it
// has started. The caller releases the lease.
[[nodiscard]] ExitCode run_held(coordination::Store& store, const coordination::Lease& lease,
                                const std::vector<std::string>& words, CommandEnv& env);

}  // namespace honua::commands
