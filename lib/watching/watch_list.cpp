// SPDX-License-Identifier: MIT
#include "watching/watch_list.h"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <filesystem>
#include <optional>
#include <system_error>
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

std::optional<std::string> read_link(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::read_symlink(path, error);
  return error ? std::nullopt : std::optional(target.string());
}

bool is_directory(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_directory(std::filesystem::symlink_status(path, error));
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
    directories_[directory].names.insert(name);
    const std::string inner = below(directory, name);
    if (const auto target = read_link(inner)) {
      if (++links > most_links) return fail(describe_errno(ELOOP));
      if (target->starts_with('/')) directory = "/";
      put_in_front(*target, rest);
      continue;
    }
    if (rest.empty()) return Way{inner, true};
    if (!is_directory(inner)) return Way{inner, false};
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
  if (way->is_whole && is_directory(way->path)) directories_[way->path].all = true;
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
