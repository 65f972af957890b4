// SPDX-License-Identifier: MIT
#include "commands/fmt_files.h"

#include <set>
#include <utility>

#include "text/sanitize.h"

namespace honua::commands {

namespace {

class FmtCollector {
 public:
  FmtCollector(const FmtRequest& request, const FileSystem& files) : request_(request), files_(files) {}

  void add_path(const std::string& path) {
    if (path == "-") return add_standard_input();
    const FileKind kind = files_.kind(path);
    if (kind == FileKind::missing) {
      return fail(path, path.empty() ? "the path is empty" : "no such file or directory");
    }
    if (kind == FileKind::directory) return add_named_directory(path);
    if (form_of(path) != SourceForm::native) {
      found_.json_files.push_back(text::printable(path));
    } else if (kind == FileKind::regular && !is_native_name(path)) {
      fail(path, "the file's name ends in neither .hcl nor .honua",
           {"rename the file, or have it read as standard input: `honua fmt - < FILE`"});
    } else {
      add_file(path);
    }
  }

  FmtFiles take() { return std::move(found_); }

 private:
  void add_standard_input() {
    if (!seen_.insert("-").second) return;
    const std::string& name = request_.stdin_filename;
    const SourceForm form = form_of(name);
    if (form != SourceForm::native) found_.json_files.push_back(text::printable(name));
    found_.files.push_back({"", name.empty() ? "<stdin>" : text::printable(name), form, false});
  }

  void add_file(const std::string& path) {
    if (is_new(path)) found_.files.push_back({path, text::printable(path), SourceForm::native, false});
  }

  // Whether it is seen for the first time. Links may lead around in circles.
  bool is_new(const std::string& path) {
    const std::string identity = files_.identity(path);
    return identity.empty() || seen_.insert(identity).second;
  }

  // Not recursive: paths may be longer than the stack is deep.
  void add_named_directory(const std::string& top) {
    bool has_any = false;
    std::vector<std::string> waiting = {top};
    while (!waiting.empty()) {
      const std::string directory = std::move(waiting.back());
      waiting.pop_back();
      // One that was entered before is not empty for being named twice.
      has_any = is_new(directory) ? add_members(directory, waiting) || has_any : true;
    }
    if (!has_any) found_.empty_directories.push_back(text::printable(top));
  }

  // The files of a directory come first, then its directories, each in the
  // order of their names. Whether there was anything to be formatted or to fail.
  bool add_members(const std::string& directory, std::vector<std::string>& waiting) {
    const auto names = files_.list_directory(directory);
    if (!names) {
      fail(directory, names.error().message);
      return true;
    }
    bool has_any = false;
    std::vector<std::string> directories;
    for (const std::string& name : *names) {
      if (name.starts_with('.')) continue;
      const std::string member = join_path(directory, name);
      if (files_.is_directory(member)) {
        if (request_.recursive) directories.push_back(member);
      } else if (is_native_name(name)) {
        has_any = true;
        add_member(member);
      }
    }
    waiting.insert(waiting.end(), directories.rbegin(), directories.rend());
    return has_any;
  }

  void add_member(const std::string& path) {
    switch (files_.kind(path)) {
      case FileKind::missing: return fail(path, "is a symbolic link to a missing file");
      // Nobody asked for this one, and reading might wait for ever.
      case FileKind::other: return fail(path, "is a pipe or a device, not a file");
      default: return add_file(path);
    }
  }

  void fail(const std::string& path, std::string message, std::vector<std::string> help = {}) {
    found_.failures.push_back({text::printable(path), std::move(message), std::move(help)});
  }

  const FmtRequest& request_;
  const FileSystem& files_;
  FmtFiles found_;
  std::set<std::string> seen_;  // identities
};

}  // namespace

FmtFiles find_fmt_files(const FmtRequest& request, const FileSystem& files) {
  FmtCollector collector(request, files);
  for (const std::string& path : request.paths) collector.add_path(path);
  if (request.paths.empty()) collector.add_path(".");
  return collector.take();
}

}  // namespace honua::commands
