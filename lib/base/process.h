// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
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

// How a program is run that may hang, print without end or leave others behind.
struct Supervision {
  std::vector<std::string> variables = {};    // `NAME=value`, besides those of this process
  std::chrono::milliseconds timeout{30'000};  // then it is asked to end
  std::chrono::milliseconds grace{5'000};     // after which it is ended that was asked to
  int stop = -1;  // a descriptor that becomes readable when it is to end early; -1 for none
};

struct SupervisedResult {
  int exit_code = 0;  // 128 and the signal's number if one ended it
  bool has_timed_out = false;
  bool was_stopped = false;
  std::string output;  // the beginning of both outputs, max_process_errors bytes at most
};

// The same in a process group of its own, with signals as a shell has them. What is printed beyond the
// beginning is read and dropped. The program's own end counts: what it left running, and what that still
// prints, is not waited for. A program that took too long is asked to end by SIGTERM and ended by SIGKILL,
// with its group.
[[nodiscard]] Result<SupervisedResult> run_supervised(const std::vector<std::string>& arguments,
                                                      std::string_view input, const Supervision& supervision);

// A program that runs beside us, with our standard streams, and in our process group: what ends us from a
// terminal ends it, too. It has no signal blocked. It is ended when the thread that started it is, however
// that comes.
class RunningProcess {
 public:
  // `variables`: `NAME=value`, besides those of this process.
  [[nodiscard]] static Result<RunningProcess> start(const std::vector<std::string>& arguments,
                                                    const std::vector<std::string>& variables);
  // Its exit code, or 128 and the signal's number; nothing if it still runs after a while.
  [[nodiscard]] std::optional<int> wait(std::chrono::milliseconds patience);
  void send(int signal) const;
  // Readable once it has ended; -1 where the system has no such thing.
  [[nodiscard]] int descriptor() const { return ended_.number(); }

 private:
  explicit RunningProcess(int process);

  int process_;
  FileDescriptor ended_;  // readable once it has
  std::optional<int> code_;
};

}  // namespace honua
