// SPDX-License-Identifier: MIT
#include "watching/watch_list.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <deque>
#include <optional>
#include <vector>

#include "base/file_system.h"

namespace honua::watching {

namespace {

// As the kernel counts them.
constexpr int most_links = 40;

// The parts of a path, in front of others.
void put_in_front(std::string_view path, std::deque<std::string>& rest) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) parts.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  rest.insert(rest.begin(), parts.begin(), parts.end());
}

// What a name is, asked for once.
struct Step {
  std::optional<std::string> target;  // of a link
  bool is_directory = false;
};

Step step_to(const std::string& path) {
  std::array<char, PATH_MAX> target{};
  const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
  if (size >= 0) return {std::string(target.data(), static_cast<std::size_t>(size)), false};
  struct stat status {};
  return {std::nullopt, errno == EINVAL && ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)};
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string below(const std::string& directory, const std::string& name) {
  return directory == "/" ? "/" + name : directory + "/" + name;
}

}  // namespace

Result<WatchList::Way> WatchList::follow(const std::string& path) {
  std::string directory = "/";
  std::deque<std::string> rest;
  put_in_front(path, rest);
  int links = 0;
  while (!rest.empty()) {
    const std::string name = rest.front();
    rest.pop_front();
    if (name == ".") continue;
    if (name == "..") {
      directory = parent_of(directory);
      continue;
    }
    const bool is_known = !directories_[directory].names.insert(name).second;
    const std::string inner = below(directory, name);
    // A name that led to a directory before is not asked for again: all that is watched is looked at as one.
    if (is_known && !rest.empty() && followed_.contains(inner)) {
      directory = inner;
      continue;
    }
    const Step step = step_to(inner);
    if (step.target) {
      if (++links > most_links) return fail(describe_errno(ELOOP));
      if (step.target->starts_with('/')) directory = "/";
      put_in_front(*step.target, rest);
      continue;
    }
    if (rest.empty()) return Way{inner, true};
    if (!step.is_directory) return Way{inner, false};
    followed_.insert(inner);
    directory = inner;
  }
  return Way{directory, true};
}

Result<void> WatchList::add_path(const std::string& path) {
  const auto way = follow(path);
  if (!way) return tl::unexpected(way.error());
  return {};
}

Result<void> WatchList::add_directory(const std::string& path) {
  const auto way = follow(path);
  if (!way) return tl::unexpected(way.error());
  if (way->is_whole && step_to(way->path).is_directory) directories_[way->path].all = true;
  return {};
}

void WatchList::add(const WatchList& other) {
  for (const auto& [directory, names] : other.directories_) {
    Names& all = directories_[directory];
    all.names.insert(names.names.begin(), names.names.end());
    all.all = all.all || names.all;
  }
}

}  // namespace honua::watching
