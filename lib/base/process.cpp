// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>

#include "base/file_system.h"
#include "base/pipe_signal.h"

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

// What posix_spawn() takes: pointers to texts that outlive it, and none at the end.
std::vector<char*> words_of(const std::vector<std::string>& texts) {
  std::vector<char*> words;
  words.reserve(texts.size() + 1);
  for (const std::string& one : texts)
    words.push_back(const_cast<char*>(one.c_str()));  // NOLINT: posix_spawn's
  words.push_back(nullptr);
  return words;
}

// This process's variables with others, which count more.
std::vector<std::string> variables_with(const std::vector<std::string>& others) {
  std::vector<std::string> all = others;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view variable = *one;
    const std::string_view name = variable.substr(0, variable.find('=') + 1);
    const bool is_replaced =
        std::ranges::any_of(others, [name](const std::string& other) { return other.starts_with(name); });
    if (!is_replaced) all.emplace_back(variable);
  }
  return all;
}

// A process group of its own, with no signal blocked and none ignored.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return exit_code_of(status);
}

// glibc 2.36 declares its function without C linkage. -1 where there is none.
int open_process(pid_t child) { return static_cast<int>(::syscall(SYS_pidfd_open, child, 0)); }

// For a system without descriptors of processes, or one that has none left.
bool has_process_ended(pid_t child) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == child;
}

// Waits for a program's end, or sees to it.
class Supervisor {
 public:
  using Clock = std::chrono::steady_clock;

  Supervisor(pid_t child, Pipe& in, Pipe& out, std::string_view input, const Supervision& supervision)
      : child_(child),
        ended_(open_process(child)),
        in_(in.write),
        out_(out.read),
        input_(input),
        supervision_(supervision),
        deadline_(Clock::now() + supervision.timeout) {
    for (const FileDescriptor* one : {&in_, &out_})
      (void)::fcntl(one->number(), F_SETFL, ::fcntl(one->number(), F_GETFL) | O_NONBLOCK);
  }

  SupervisedResult run() {
    if (input_.empty()) (void)in_.close();
    while (wait_once()) {
    }
    // What it left running may print for ever.
    for (int pieces = 0; pieces < 32 && read_some(); ++pieces) {
    }
    result_.exit_code = wait_for(child_);
    return std::move(result_);
  }

 private:
  // Whether it still runs.
  bool wait_once() {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
    if (!ended_.valid()) left = std::min(left, 50L);
    std::array<pollfd, 4> waiting = {pollfd{ended_.number(), POLLIN, 0},
                                     pollfd{in_.valid() ? in_.number() : -1, POLLOUT, 0},
                                     pollfd{out_.valid() ? out_.number() : -1, POLLIN, 0},
                                     pollfd{is_asked_ ? -1 : supervision_.stop, POLLIN, 0}};
    const int count = ::poll(waiting.data(), waiting.size(), static_cast<int>(std::max(left, 0L)));
    if (count < 0) return errno == EINTR;
    if (waiting[1].revents != 0) write_some();
    if (waiting[2].revents != 0 && !read_some()) (void)out_.close();
    if (waiting[3].revents != 0) end(result_.was_stopped);
    if (waiting[0].revents != 0 || (!ended_.valid() && has_process_ended(child_))) return false;
    if (Clock::now() >= deadline_) end(result_.has_timed_out);
    return true;
  }

  // Asks at first.
  void end(bool& reason) {
    if (!is_asked_) reason = true;
    ::kill(-child_, is_asked_ ? SIGKILL : SIGTERM);
    is_asked_ = true;
    deadline_ = Clock::now() + supervision_.grace;
  }

  void write_some() {
    const ssize_t written = ::write(in_.number(), input_.data(), input_.size());
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (written > 0) input_.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 || input_.empty()) (void)in_.close();
  }

  // Whether there may be more.
  bool read_some() {
    if (!out_.valid()) return false;
    std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    const ssize_t count = ::read(out_.number(), buffer.data(), buffer.size());
    if (count < 0) return errno == EINTR;
    std::string& kept = result_.output;
    kept.append(buffer.data(), std::min(static_cast<std::size_t>(count), max_process_errors - kept.size()));
    return count > 0;
  }

  pid_t child_;
  FileDescriptor ended_;  // readable once it has
  FileDescriptor& in_;
  FileDescriptor& out_;
  std::string_view input_;
  const Supervision& supervision_;
  Clock::time_point deadline_;
  bool is_asked_ = false;  // to end
  SupervisedResult result_;
};

}  // namespace

Result<SupervisedResult> run_supervised(const std::vector<std::string>& arguments, std::string_view input,
                                        const Supervision& supervision) {
  auto in = open_pipe();
  auto out = open_pipe();
  if (!in || !out) return tl::unexpected((!in ? in : out).error());
  SpawnActions actions;
  actions.duplicate(in->read, STDIN_FILENO);
  actions.duplicate(out->write, STDOUT_FILENO);
  actions.duplicate(out->write, STDERR_FILENO);
  const SpawnAttributes attributes;
  const std::vector<char*> words = words_of(arguments);
  const std::vector<std::string> variables = variables_with(supervision.variables);
  const std::vector<char*> environment = words_of(variables);
  const PipeSignalIgnored ignored;
  pid_t child = 0;
  const int trouble =
      ::posix_spawnp(&child, words[0], actions.get(), attributes.get(), words.data(), environment.data());
  if (trouble != 0) return fail(describe_errno(trouble));
  (void)in->read.close();
  (void)out->write.close();
  return Supervisor(child, *in, *out, input, supervision).run();
}

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
  const std::vector<char*> words = words_of(arguments);
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
  const int code = wait_for(child);
  if (!fits) return tl::unexpected(too_large_error(max_output + 1, max_output));
  result.exit_code = code;
  return result;
}

RunningProcess::RunningProcess(int process) : process_(process), ended_(open_process(process)) {}

Result<RunningProcess> RunningProcess::start(const std::vector<std::string>& arguments,
                                             const std::vector<std::string>& variables) {
  const std::vector<char*> words = words_of(arguments);
  const std::vector<std::string> all = variables_with(variables);
  const std::vector<char*> environment = words_of(all);
  auto failure = open_pipe();
  if (!failure) return tl::unexpected(failure.error());
  const pid_t parent = ::getpid();
  // posix_spawn() cannot ask for the child's end with ours.
  const pid_t child = ::fork();
  if (child < 0) return fail(describe_errno(errno));
  if (child == 0) {
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none{};
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (::getppid() == parent) ::execvpe(words[0], words.data(), environment.data());
    const int trouble = errno;
    if (::write(failure->write.number(), &trouble, sizeof trouble) < 0) ::_exit(126);
    ::_exit(127);
  }
  (void)failure->write.close();
  int trouble = 0;
  const bool has_failed = ::read(failure->read.number(), &trouble, sizeof trouble) == sizeof trouble;
  if (has_failed) {
    (void)wait_for(child);
    return fail(describe_errno(trouble));
  }
  return RunningProcess(child);
}

std::optional<int> RunningProcess::wait(std::chrono::milliseconds patience) {
  if (code_) return code_;
  constexpr std::chrono::milliseconds interval{20};
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!has_process_ended(process_)) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::nullopt;
    pollfd waiting{ended_.number(), POLLIN, 0};
    (void)::poll(&waiting, 1, static_cast<int>((ended_.valid() ? left : std::min(left, interval)).count()));
  }
  code_ = wait_for(process_);
  return code_;
}

void RunningProcess::send(int signal) const {
  if (!code_) (void)::kill(process_, signal);
}

}  // namespace honua
