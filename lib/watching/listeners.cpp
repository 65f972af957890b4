// SPDX-License-Identifier: MIT
#include "watching/listeners.h"

#include <signal.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "base/file_system.h"
#include "base/process.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::watching {

namespace {

// Numbers of processes, and a line feed.
constexpr std::size_t max_pid_file_size = 4096;
// A program that fails can say much; an event is no log.
constexpr std::size_t max_told_output = 400;

// A text being taken apart into words.
class CommandWords {
 public:
  explicit CommandWords(std::string_view text) : rest_(text) {}

  Result<std::vector<std::string>> run() {
    while (!rest_.empty()) {
      if (!take_character()) return fail("a quote has no end");
    }
    end_word();
    if (words_.empty()) return fail("there is no program in it");
    return std::move(words_);
  }

 private:
  static bool is_blank(char character) { return character == ' ' || character == '\t' || character == '\n'; }

  bool take_character() {
    const char first = rest_.front();
    rest_.remove_prefix(1);
    if (is_blank(first)) return end_word(), true;
    if (!word_) word_.emplace();
    if (first == '\'' || first == '"') return take_quoted(first);
    if (first == '\\' && !rest_.empty()) return take_escaped(), true;
    *word_ += first;
    return true;
  }

  void take_escaped() {
    *word_ += rest_.front();
    rest_.remove_prefix(1);
  }

  // Up to the closing quote; whether there is one.
  bool take_quoted(char quote) {
    while (!rest_.empty()) {
      const char next = rest_.front();
      rest_.remove_prefix(1);
      if (next == quote) return true;
      const bool is_escape =
          next == '\\' && quote == '"' && !rest_.empty() && (rest_.front() == '"' || rest_.front() == '\\');
      if (is_escape)
        take_escaped();
      else
        *word_ += next;
    }
    return false;
  }

  void end_word() {
    if (word_) words_.push_back(*std::exchange(word_, std::nullopt));
  }

  std::string_view rest_;
  std::optional<std::string> word_;  // that has begun
  std::vector<std::string> words_;
};

// Its last line, which mostly says what went wrong.
std::string last_words(std::string_view output) {
  output = text::trimmed(output);
  const std::size_t line = output.rfind('\n');
  if (line != std::string_view::npos) output.remove_prefix(line + 1);
  return text::printable(text::mask_secrets(std::string(output.substr(0, max_told_output))));
}

std::vector<std::string> variables_of(const Event& event) {
  std::vector<std::string> all;
  const auto add = [&all](std::string_view name, const std::string& value) {
    all.push_back("HONUA_EVENT" + std::string(name) + "=" + value);
  };
  const auto text_of = [](const std::optional<std::uint64_t>& number) {
    return number ? std::to_string(*number) : "";
  };
  add("", std::string(to_string(event.kind)));
  add("_SEQUENCE", std::to_string(event.sequence));
  add("_TOKEN", text_of(event.token));
  add("_HASH", event.hash);
  add("_PREVIOUS_HASH", event.previous_hash);
  add("_VERSION", text_of(event.version));
  return all;
}

// SIGUSR1 as `USR1`, `SIGUSR1` or `10`.
std::optional<int> read_signal(std::string_view name) {
  if (const auto number = text::read_whole_number<int>(name)) {
    if (*number < 1 || *number >= SIGRTMIN) return std::nullopt;
    return number;
  }
  std::string wanted = text::ascii_lower(name);
  if (wanted.starts_with("sig")) wanted.erase(0, 3);
  for (int number = 1; number < SIGRTMIN; ++number) {
    const char* known = sigabbrev_np(number);
    if (known != nullptr && wanted == text::ascii_lower(known)) return number;
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<std::string>> split_command(std::string_view command) {
  return CommandWords(command).run();
}

std::string ProgramListener::name() const { return "exec " + text::printable(arguments_.front()); }

ListenerResult ProgramListener::tell(const LoggedEvent& event, int stop) {
  Supervision supervision;
  supervision.variables = variables_of(event.event);
  supervision.timeout = timeout_;
  supervision.stop = stop;
  const auto result = run_supervised(arguments_, event.json, supervision);
  if (!result) return {std::nullopt, "the program cannot be run: " + result.error().message};
  if (result->was_stopped) return {result->exit_code, "the program was ended with the watch"};
  if (result->has_timed_out)
    return {result->exit_code, "the program was ended after " +
                                   text::count_of(static_cast<std::size_t>(timeout_.count()), "millisecond")};
  if (result->exit_code == 0) return {0, ""};
  const std::string words = last_words(result->output);
  return {result->exit_code, "the program failed" + (words.empty() ? "" : ": " + words)};
}

Result<SignalTarget> read_signal_target(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size())
    return fail("`" + text::printable(text) + "` names no signal and file, as `HUP:/run/server.pid` does");
  const auto signal = read_signal(text.substr(0, colon));
  if (!signal) return fail("there is no signal `" + text::printable(text.substr(0, colon)) + "`");
  const char* name = sigabbrev_np(*signal);
  return SignalTarget{*signal, name == nullptr ? std::to_string(*signal) : name,
                      std::string(text.substr(colon + 1))};
}

std::string SignalListener::name() const {
  return "signal " + target_.name + " " + text::printable(target_.file);
}

ListenerResult SignalListener::tell(const LoggedEvent& /*event*/, int /*stop*/) {
  const auto content =
      RealFileSystem(std::chrono::milliseconds(0)).read_file(target_.file, max_pid_file_size);
  if (!content) return {std::nullopt, "the file cannot be read: " + content.error().message};
  // 0 and below are groups, and 1 is the system's own.
  const auto process = text::read_whole_number<pid_t>(text::trimmed(content->view()));
  if (!process || *process < 2) return {std::nullopt, "the file holds no process's number"};
  if (::kill(*process, target_.signal) == 0) return {};
  return {std::nullopt,
          "the signal cannot be sent to process " + std::to_string(*process) + ": " + describe_errno(errno)};
}

}  // namespace honua::watching
