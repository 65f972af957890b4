// SPDX-License-Identifier: MIT
#include "base/memory_file_system.h"

#include <cerrno>
#include <set>
#include <utility>

namespace honua {

namespace {

// "./a//b/../c/" -> "a/c"; the current directory is ".".
std::string normalized(std::string_view path) {
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!part.empty() && part != "." && !(part == ".." && absolute)) {
      parts.push_back(part);
    }
    begin = end + 1;
  }
  std::string result = absolute ? "/" : "";
  for (const std::string_view part : parts) {
    if (!result.empty() && !result.ends_with('/')) result += '/';
    result += part;
  }
  return result.empty() ? "." : result;
}

std::string parent_of(const std::string& normal) {
  if (normal == "." || normal == "/") return normal;
  const auto slash = normal.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : normal.substr(0, slash);
}

std::string_view last_part(std::string_view normal) { return normal.substr(normal.rfind('/') + 1); }

}  // namespace

void MemoryFileSystem::put(const std::string& path, Entry entry) {
  const std::string normal = normalized(path);
  for (std::string parent = parent_of(normal);; parent = parent_of(parent)) {
    entries_.try_emplace(parent, Entry{FileKind::directory, "", ""});
    if (parent == parent_of(parent)) break;
  }
  entries_.insert_or_assign(normal, std::move(entry));
}

void MemoryFileSystem::add(const std::string& path, std::string content) {
  put(path, Entry{FileKind::regular, std::move(content), ""});
}

void MemoryFileSystem::add_directory(const std::string& path) {
  put(path, Entry{FileKind::directory, "", ""});
}

void MemoryFileSystem::add_pipe(const std::string& path, std::string content) {
  put(path, Entry{FileKind::other, std::move(content), ""});
}

void MemoryFileSystem::add_unreadable(const std::string& path, std::string reason, FileKind kind) {
  put(path, Entry{kind, "", std::move(reason)});
}

void MemoryFileSystem::add_link(const std::string& path, const std::string& target) {
  links_.insert_or_assign(normalized(path), normalized(target));
}

std::string MemoryFileSystem::resolve(const std::string& path) const {
  if (path.empty()) return "";  // leads nowhere, while "." is a directory
  const std::string normal = normalized(path);
  const auto link = links_.find(normal);
  return link == links_.end() ? normal : link->second;
}

FileKind MemoryFileSystem::kind(const std::string& path) const {
  const auto found = entries_.find(resolve(path));
  return found == entries_.end() ? FileKind::missing : found->second.kind;
}

std::string MemoryFileSystem::identity(const std::string& path) const {
  const std::string normal = resolve(path);
  return entries_.contains(normal) ? normal : "";
}

Result<FileContent> MemoryFileSystem::read_file(const std::string& path, std::size_t max_size) const {
  if (has_nul(path)) return fail(std::string(nul_in_path));
  const auto found = entries_.find(resolve(path));
  if (found == entries_.end()) return fail(describe_errno(ENOENT));
  const Entry& entry = found->second;
  if (!entry.unreadable.empty()) return fail(entry.unreadable);
  if (entry.kind == FileKind::directory) return fail(describe_errno(EISDIR));
  if (entry.content.size() > max_size) return tl::unexpected(too_large_error(entry.content.size(), max_size));
  return entry.content;
}

Result<std::vector<std::string>> MemoryFileSystem::list_directory(const std::string& path) const {
  const std::string directory = resolve(path);
  const auto found = entries_.find(directory);
  if (found == entries_.end()) return fail(describe_errno(ENOENT));
  if (!found->second.unreadable.empty()) return fail(found->second.unreadable);
  if (found->second.kind != FileKind::directory) return fail(describe_errno(ENOTDIR));
  std::set<std::string> names;
  for (const auto& [name, entry] : entries_) {
    if (name != directory && parent_of(name) == directory) names.emplace(last_part(name));
  }
  for (const auto& [name, target] : links_) {
    if (parent_of(name) == directory) names.emplace(last_part(name));
  }
  return std::vector<std::string>(names.begin(), names.end());
}

Result<void> MemoryFileSystem::write_file_atomically(const std::string& path, std::string_view content) {
  if (has_nul(path)) return fail(std::string(nul_in_path));
  const std::string target = resolve(path);
  if (!is_directory(parent_of(target))) return fail(describe_errno(ENOENT));
  const auto found = entries_.find(target);
  if (found == entries_.end()) {
    add(target, std::string(content));
    return {};
  }
  if (!found->second.unreadable.empty()) return fail(found->second.unreadable);
  if (found->second.kind == FileKind::directory) return fail(describe_errno(EISDIR));
  if (found->second.kind != FileKind::regular) return fail("is not a regular file");
  found->second.content = content;
  return {};
}

Result<void> MemoryFileSystem::create_private_file(const std::string& path, std::string_view content) {
  if (exists(path)) return fail(describe_errno(EEXIST));
  return write_file_atomically(path, content);
}

}  // namespace honua
