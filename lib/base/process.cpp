// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/file_descriptor.h"
#include "base/file_system.h"

extern char** environ;  // NOLINT: POSIX declares it nowhere else

namespace honua {

namespace {

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

Result<Pipe> open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail("cannot make a pipe: " + describe_errno(errno));
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

class SpawnActions {
 public:
  SpawnActions() { ::posix_spawn_file_actions_init(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  void duplicate(const FileDescriptor& from, int to) {
    ::posix_spawn_file_actions_adddup2(&actions_, from.number(), to);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

// Keeps a reader that has gone from ending us: writing then fails instead.
class PipeSignalIgnored {
 public:
  PipeSignalIgnored() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &before_);
  }
  PipeSignalIgnored(const PipeSignalIgnored&) = delete;
  PipeSignalIgnored& operator=(const PipeSignalIgnored&) = delete;
  ~PipeSignalIgnored() { ::sigaction(SIGPIPE, &before_, nullptr); }

 private:
  struct sigaction before_ {};
};

// Moves what there is through the pipes until both outputs are closed.
class Conversation {
 public:
  Conversation(Pipe& in, Pipe& out, Pipe& err, std::string_view input, std::size_t max_output)
      : in_(in.write), out_(out.read), err_(err.read), input_(input), max_output_(max_output) {}

  // False if there was too much output.
  bool run(ProcessResult& result) {
    if (input_.empty()) (void)in_.close();
    while (out_.valid() || err_.valid()) {
      std::array<pollfd, 3> waiting = {pollfd{in_.valid() ? in_.number() : -1, POLLOUT, 0},
                                       pollfd{out_.valid() ? out_.number() : -1, POLLIN, 0},
                                       pollfd{err_.valid() ? err_.number() : -1, POLLIN, 0}};
      if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return true;
      if (waiting[0].revents != 0) write_some();
      if (waiting[1].revents != 0) read_some(out_, result.out, max_output_ + 1);
      if (waiting[2].revents != 0) read_some(err_, result.err, max_process_errors);
      if (result.out.size() > max_output_) return false;
    }
    return true;
  }

 private:
  void write_some() {
    // A pipe takes so much without making us wait, once it is ready.
    constexpr std::size_t piece = 4096;
    const ssize_t written = ::write(in_.number(), input_.data(), std::min(input_.size(), piece));
    if (written < 0 && errno == EINTR) return;
    if (written > 0) input_.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 || input_.empty()) (void)in_.close();
  }

  static void read_some(FileDescriptor& from, std::string& to, std::size_t most) {
    std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    const ssize_t count = ::read(from.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) {
      (void)from.close();
      return;
    }
    to.append(buffer.data(), std::min(static_cast<std::size_t>(count), most - std::min(most, to.size())));
  }

  FileDescriptor& in_;
  FileDescriptor& out_;
  FileDescriptor& err_;
  std::string_view input_;
  std::size_t max_output_;
};

int exit_code_of(int status) {
  constexpr int signal_base = 128;  // as shells have it
  return WIFEXITED(status) ? WEXITSTATUS(status) : signal_base + WTERMSIG(status);
}

}  // namespace

Result<ProcessResult> run_process(const std::vector<std::string>& arguments, std::string_view input,
                                  std::size_t max_output) {
  auto in = open_pipe();
  auto out = open_pipe();
  auto err = open_pipe();
  if (!in || !out || !err) return tl::unexpected((!in ? in : !out ? out : err).error());
  SpawnActions actions;
  actions.duplicate(in->read, STDIN_FILENO);
  actions.duplicate(out->write, STDOUT_FILENO);
  actions.duplicate(err->write, STDERR_FILENO);
  std::vector<char*> words;
  words.reserve(arguments.size() + 1);
  for (const std::string& one : arguments)
    words.push_back(const_cast<char*>(one.c_str()));  // NOLINT: posix_spawn's
  words.push_back(nullptr);
  pid_t child = 0;
  const int trouble = ::posix_spawnp(&child, words[0], actions.get(), nullptr, words.data(), environ);
  if (trouble != 0) return fail(describe_errno(trouble));
  (void)in->read.close();
  (void)out->write.close();
  (void)err->write.close();
  const PipeSignalIgnored ignored;
  ProcessResult result;
  const bool fits = Conversation(*in, *out, *err, input, max_output).run(result);
  (void)in->write.close();
  if (!fits) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!fits) return tl::unexpected(too_large_error(max_output + 1, max_output));
  result.exit_code = exit_code_of(status);
  return result;
}

}  // namespace honua
