// SPDX-License-Identifier: MIT
#include "watching/directory_watcher.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file_system.h"

namespace honua::watching {

namespace {

// Of a directory: what comes to names, goes from them or is written there, and that it goes itself.
constexpr std::uint32_t of_names = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
constexpr std::uint32_t of_itself = IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT;
constexpr std::uint32_t on_the_way =
    of_names | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;
constexpr std::uint32_t of_files = on_the_way | IN_CLOSE_WRITE | IN_MODIFY;

// Room for many events at once: the kernel hands out what fits.
constexpr std::size_t room = std::size_t{64} * 1024;

std::filesystem::file_type type_of(const std::string& directory, std::string_view name) {
  std::error_code error;
  return std::filesystem::symlink_status(std::filesystem::path(directory) / name, error).type();
}

bool is_link(const std::string& directory, std::string_view name) {
  return type_of(directory, name) == std::filesystem::file_type::symlink;
}

// Where all names are those of directories and links nothing is written that counts: others write there, say
// into logs, and would wake us.
std::uint32_t mask_for(const std::string& directory, const WatchList::Names& names) {
  const auto leads_on = [&directory](const std::string& name) {
    const std::filesystem::file_type type = type_of(directory, name);
    return type == std::filesystem::file_type::directory || type == std::filesystem::file_type::symlink;
  };
  return !names.all && std::ranges::all_of(names.names, leads_on) ? on_the_way : of_files;
}

}  // namespace

Result<DirectoryWatcher> DirectoryWatcher::create() {
  FileDescriptor made(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!made.valid()) return fail(describe_errno(errno));
  return DirectoryWatcher(std::move(made));
}

std::vector<DirectoryWatcher::Failure> DirectoryWatcher::watch(const WatchList& list) {
  std::vector<Failure> failures;
  std::map<std::string, int> watches;
  directories_.clear();
  for (const auto& [directory, names] : list.directories()) {
    // Adding one that is there by now gives the same watch, unless another directory has taken its place.
    const int watch = inotify_add_watch(descriptor_.number(), directory.c_str(), mask_for(directory, names));
    if (watch < 0) {
      failures.push_back({directory, errno});
      continue;
    }
    watches.emplace(directory, watch);
    directories_[watch].push_back(directory);
  }
  for (const auto& [directory, watch] : watches_) {
    if (!directories_.contains(watch)) inotify_rm_watch(descriptor_.number(), watch);
  }
  watches_ = std::move(watches);
  list_ = list;
  return failures;
}

DirectoryWatcher::Events DirectoryWatcher::read_events() {
  Events events;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): read() fills it
  alignas(inotify_event) std::array<char, room> buffer;
  // Once: who writes without end beside what is watched must not keep us here. More comes with the next call.
  const ssize_t size = read(descriptor_.number(), buffer.data(), buffer.size());
  for (std::size_t at = 0; size > 0 && at < static_cast<std::size_t>(size);) {
    inotify_event one{};
    std::memcpy(&one, buffer.data() + at, sizeof one);
    // The name is padded with NUL bytes.
    const char* name = buffer.data() + at + sizeof one;
    take(one.mask, one.wd, std::string_view(name, one.len == 0 ? 0 : strnlen(name, one.len)), events);
    at += sizeof one + one.len;
  }
  return events;
}

void DirectoryWatcher::take(std::uint32_t mask, int watch, std::string_view name, Events& events) const {
  if ((mask & IN_Q_OVERFLOW) != 0) {
    events.has_overflowed = events.is_structural = true;
    events.change = Debounce::Event::completed;
    return;
  }
  const auto directories = directories_.find(watch);
  if (directories == directories_.end()) return;
  const bool is_gone = (mask & of_itself) != 0;
  const bool matters = std::ranges::any_of(directories->second, [&](const std::string& one) {
    const auto names = list_.directories().find(one);
    return names != list_.directories().end() && names->second.contains(name);
  });
  if (!matters && !is_gone) return;
  ++events.count;
  if (is_gone || (mask & (of_names | IN_ATTRIB)) != 0) events.is_structural = true;
  // A new file is being written; a link or a directory that comes, or a file that is moved, is whole.
  bool is_being_written = (mask & (IN_MODIFY | IN_CREATE)) != 0 && (mask & IN_ISDIR) == 0;
  if ((mask & IN_CREATE) != 0 && is_link(directories->second.front(), name)) is_being_written = false;
  events.change = is_being_written ? Debounce::Event::written : Debounce::Event::completed;
}

}  // namespace honua::watching
