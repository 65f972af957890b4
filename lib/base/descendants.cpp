// SPDX-License-Identifier: MIT
#include "base/descendants.h"

#include <dirent.h>
#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace honua {

namespace {

// Processes may start others while they are looked for: so often, it is tried again.
constexpr int most_rounds = 100;
constexpr useconds_t round_pause = 5'000;

// The parent of a process that has not ended; 0 for none.
pid_t living_parent_of(const std::string& process) {
  std::ifstream file("/proc/" + process + "/stat");
  std::string line;
  std::getline(file, line);
  // "1234 (name) S 1 ...": the name may have anything in it.
  const std::size_t state = line.rfind(')') + 2;
  if (line.empty() || state + 2 >= line.size() || line[state] == 'Z' || line[state] == 'X') return 0;
  pid_t parent = 0;
  (void)std::from_chars(line.data() + state + 2, line.data() + line.size(), parent);
  return parent;
}

std::vector<pid_t> all_descendants() {
  std::multimap<pid_t, pid_t> children;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir("/proc"), &::closedir);
  if (!entries) return {};
  while (const dirent* entry = ::readdir(entries.get())) {  // NOLINT(concurrency-mt-unsafe): our own stream
    const std::string name = entry->d_name;
    pid_t process = 0;
    const auto [end, trouble] = std::from_chars(name.data(), name.data() + name.size(), process);
    if (trouble != std::errc() || end != name.data() + name.size()) continue;
    if (const pid_t parent = living_parent_of(name); parent != 0) children.emplace(parent, process);
  }
  std::vector<pid_t> found;
  std::vector<pid_t> open{::getpid()};
  while (!open.empty()) {
    const auto [begin, end] = children.equal_range(open.back());
    open.pop_back();
    for (auto one = begin; one != end; ++one) {
      found.push_back(one->second);
      open.push_back(one->second);
    }
  }
  return found;
}

}  // namespace

Descendants::Descendants() {
  const std::vector<pid_t> all = all_descendants();
  others_.insert(all.begin(), all.end());
}

std::vector<pid_t> Descendants::find() const {
  std::vector<pid_t> all = all_descendants();
  std::erase_if(all, [this](pid_t one) { return others_.contains(one); });
  return all;
}

void Descendants::send(int signal) const {
  for (const pid_t one : find()) (void)::kill(one, signal);
}

void Descendants::end() const {
  for (int round = 0; round < most_rounds && any(); ++round) {
    send(SIGKILL);
    (void)::usleep(round_pause);
  }
}

}  // namespace honua
