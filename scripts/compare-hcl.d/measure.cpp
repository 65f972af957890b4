// SPDX-License-Identifier: MIT

// measure COMMAND [ARGUMENT]...: runs a command with its output thrown away
// and prints its wall time, user and system CPU time in seconds, its peak
// memory in KiB and its exit status. A program of its own because a child's
// peak starts at its parent's size: a scripting language's would hide ours.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void become(char** command) {
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, 0);
  dup2(nothing, 1);
  execvp(command[0], command);
  _exit(127);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) become(argv + 1);
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 3;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::printf(
      "%.6f %.6f %.6f %ld %d\n", wall.count(), seconds(usage.ru_utime), seconds(usage.ru_stime),
      usage.ru_maxrss /* NOLINT(cppcoreguidelines-pro-type-union-access): the C library names it so */,
      WIFEXITED(status) ? WEXITSTATUS(status) : 128);
  return 0;
}
