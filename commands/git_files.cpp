// SPDX-License-Identifier: MIT
#include "commands/git_files.h"

#include <charconv>
#include <vector>

#include "base/process.h"
#include "commands/input_files.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

// A listing of a repository with a million files.
constexpr std::size_t max_listing = std::size_t{256} * 1024 * 1024;

std::string first_line(std::string_view text) {
  constexpr std::string_view prefix = "fatal: ";
  text = text.substr(0, text.find('\n'));
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  return text::printable(text::mask_secrets(text));
}

Result<std::string> ask_git(std::vector<std::string> arguments, std::string_view input = "") {
  arguments.insert(arguments.begin(), "git");
  auto result = run_process(arguments, input, max_listing);
  if (!result) return fail("cannot run `git`: " + result.error().message);
  if (result->exit_code != 0) return fail("git: " + first_line(result->err));
  return std::move(result->out);
}

std::string without_line_feed(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// A path from the top of the repository without `.` and `..`; nothing if it leads out of it.
std::optional<std::string> from_top(std::string_view path) {
  std::vector<std::string_view> names;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      if (names.empty()) return std::nullopt;
      names.pop_back();
    } else {
      names.push_back(name);
    }
  }
  std::string joined;
  for (const std::string_view name : names) joined += (joined.empty() ? "" : "/") + std::string(name);
  return joined;
}

bool may_be_configuration(std::string_view path) {
  return is_native_name(path) || form_of(path) != SourceForm::native;
}

struct Listed {
  std::string object;
  std::string path;
};

// Of `git ls-tree -z`: "100644 blob HASH<TAB>PATH<NUL>" each.
std::vector<Listed> read_listing(std::string_view listing) {
  std::vector<Listed> all;
  while (!listing.empty()) {
    const std::size_t end = std::min(listing.find('\0'), listing.size());
    const std::string_view line = listing.substr(0, end);
    listing.remove_prefix(std::min(end + 1, listing.size()));
    const std::size_t tab = line.find('\t');
    constexpr std::string_view regular = "100";
    const std::size_t blob = line.find(" blob ");
    if (tab == std::string_view::npos || blob == std::string_view::npos || !line.starts_with(regular))
      continue;
    const std::size_t object = blob + std::string_view(" blob ").size();
    const std::string_view path = line.substr(tab + 1);
    if (may_be_configuration(path))
      all.push_back({std::string(line.substr(object, tab - object)), std::string(path)});
  }
  return all;
}

// Of `git cat-file --batch`: "HASH blob SIZE<LF>CONTENT<LF>" each, in the order asked for.
bool add_contents(std::string_view batch, const std::vector<Listed>& listed, MemoryFileSystem& files) {
  for (const Listed& one : listed) {
    const std::size_t line = batch.find('\n');
    const std::size_t blank = batch.rfind(' ', line);
    if (line == std::string_view::npos || blank == std::string_view::npos) return false;
    std::size_t size = 0;
    const char* end = batch.data() + line;
    if (std::from_chars(batch.data() + blank + 1, end, size).ptr != end) return false;
    batch.remove_prefix(line + 1);
    if (batch.size() <= size) return false;
    files.add("/" + one.path, std::string(batch.substr(0, size)));
    batch.remove_prefix(size + 1);
  }
  return true;
}

}  // namespace

std::optional<GitSpec> read_git_spec(std::string_view text, const FileSystem& files) {
  constexpr std::string_view prefix = "git:";
  const bool is_marked = text.starts_with(prefix);
  if (!is_marked && (text.empty() || files.exists(std::string(text)))) return std::nullopt;
  if (is_marked) text.remove_prefix(prefix.size());
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos && !is_marked) return std::nullopt;
  GitSpec spec;
  spec.revision = std::string(text.substr(0, colon));
  if (spec.revision.empty() || text.substr(std::min(colon, text.size())).starts_with("://"))
    return std::nullopt;
  if (colon != std::string_view::npos) spec.path = std::string(text.substr(colon + 1));
  return spec;
}

Result<GitFiles> read_git_files(const GitSpec& spec, const std::string& here) {
  const auto prefix = ask_git({"rev-parse", "--show-prefix"});
  if (!prefix) return tl::unexpected(prefix.error());
  const bool is_from_here = !spec.path || spec.path->starts_with("./") || spec.path->starts_with("../");
  if (is_from_here && here.starts_with('/'))
    return fail("an absolute path has no place in a revision: write `git:REV:PATH`");
  const std::string base = is_from_here ? without_line_feed(*prefix) + "/" : "";
  const auto path = from_top(base + spec.path.value_or(here));
  if (!path) return fail("the path leads out of the repository");
  const auto tree =
      ask_git({"rev-parse", "--verify", "--quiet", "--end-of-options", spec.revision + "^{tree}"});
  if (!tree) return fail("there is no revision " + text::quoted(spec.revision));
  std::vector<std::string> list = {"ls-tree", "-r", "-z", "--full-tree", without_line_feed(*tree), "--"};
  if (!path->empty()) list.push_back(*path);
  const auto listing = ask_git(list);
  if (!listing) return tl::unexpected(listing.error());
  const std::vector<Listed> listed = read_listing(*listing);
  GitFiles made{std::make_unique<MemoryFileSystem>(), "/" + *path};
  made.files->add_directory("/");
  if (listed.empty()) return made;
  std::string wanted;
  for (const Listed& one : listed) wanted += one.object + "\n";
  const auto batch = ask_git({"cat-file", "--batch"}, wanted);
  if (!batch) return tl::unexpected(batch.error());
  if (!add_contents(*batch, listed, *made.files)) return fail("git gave an answer that cannot be read");
  return made;
}

}  // namespace honua::commands
