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

// What git may answer with: a listing of a repository with a million files, or the contents of all files of
// one configuration, each of which may have as much.
constexpr std::size_t max_answer = std::size_t{256} * 1024 * 1024;

std::string first_line(std::string_view text) {
  constexpr std::string_view prefix = "fatal: ";
  text = text.substr(0, text.find('\n'));
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  return text::printable(text::mask_secrets(text));
}

Result<std::string> ask_git(std::vector<std::string> arguments, std::string_view input = "") {
  arguments.insert(arguments.begin(), "git");
  auto result = run_process(arguments, input, max_answer);
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

struct Listed {
  std::string mode;
  std::string type;  // "blob", "tree", "commit"
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
    const std::size_t tab = std::min(line.find('\t'), line.size());
    const std::string_view head = line.substr(0, tab);
    const std::size_t first = head.find(' ');
    const std::size_t second = head.rfind(' ');
    if (tab == line.size() || first == second) continue;
    all.push_back({std::string(head.substr(0, first)),
                   std::string(head.substr(first + 1, second - first - 1)),
                   std::string(head.substr(second + 1)), std::string(line.substr(tab + 1))});
  }
  return all;
}

Result<std::vector<Listed>> list_tree(const std::string& tree, const std::string& path) {
  std::vector<std::string> words = {"ls-tree", "-z", "--full-tree", tree, "--"};
  if (!path.empty()) words.push_back(path);
  const auto listing = ask_git(words);
  if (!listing) return tl::unexpected(listing.error());
  return read_listing(*listing);
}

// The files at a path, or in the directory that it is, which may be part of a configuration: those that are
// read there, too. Repositories of geodata hold large files of other kinds.
Result<std::vector<Listed>> list_files(const std::string& tree, const std::string& path) {
  auto listed = list_tree(tree, path);
  if (!listed) return listed;
  const bool is_directory = path.empty() || (listed->size() == 1 && listed->front().type == "tree");
  if (is_directory && !path.empty()) listed = list_tree(tree, path + "/");
  if (!listed) return listed;
  std::vector<Listed> files;
  for (Listed& one : *listed) {
    const bool is_read = !is_directory || is_configuration_name(one.path.substr(one.path.rfind('/') + 1));
    if (one.type != "blob" || !is_read) continue;
    constexpr std::string_view link = "120000";
    if (one.mode == link)
      return fail(text::quoted(one.path) + " is a symbolic link: in revisions, honua follows none");
    files.push_back(std::move(one));
  }
  return files;
}

// Of `git cat-file --batch`: "HASH blob SIZE<LF>CONTENT<LF>" each, in the order asked for.
// Paths lose what they begin with.
bool add_contents(std::string_view batch, const std::vector<Listed>& listed, std::size_t prefix_size,
                  MemoryFileSystem& files) {
  for (const Listed& one : listed) {
    const std::size_t line = batch.find('\n');
    const std::size_t blank = batch.rfind(' ', line);
    if (line == std::string_view::npos || blank == std::string_view::npos) return false;
    std::size_t size = 0;
    const char* end = batch.data() + line;
    if (std::from_chars(batch.data() + blank + 1, end, size).ptr != end) return false;
    batch.remove_prefix(line + 1);
    if (batch.size() <= size) return false;
    files.add(one.path.substr(prefix_size), std::string(batch.substr(0, size)));
    batch.remove_prefix(size + 1);
  }
  return true;
}

Result<std::string> find_tree(const std::string& revision) {
  constexpr std::string_view dots = "...";
  std::string commit = revision;
  if (const std::size_t at = revision.find(dots); at != std::string::npos) {
    const std::string one = revision.substr(0, at);
    const std::string other = revision.substr(at + dots.size());
    const auto base = ask_git(
        {"merge-base", "--end-of-options", one.empty() ? "HEAD" : one, other.empty() ? "HEAD" : other});
    if (!base) return fail("nothing is known that both sides of " + text::quoted(revision) + " come from");
    commit = without_line_feed(*base);
  }
  auto tree = ask_git({"rev-parse", "--verify", "--quiet", "--end-of-options", commit + "^{tree}"});
  if (!tree) return fail("there is no revision " + text::quoted(revision));
  return tree;
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
  const std::string here_from_top = without_line_feed(*prefix);
  const std::string base = is_from_here ? here_from_top + "/" : "";
  const auto path = from_top(base + spec.path.value_or(here));
  if (!path) return fail("the path leads out of the repository");
  const auto tree = find_tree(spec.revision);
  if (!tree) return tl::unexpected(tree.error());
  const auto found = list_files(without_line_feed(*tree), *path);
  if (!found) return tl::unexpected(found.error());
  const std::vector<Listed>& listed = *found;
  const bool is_below_here = (*path + "/").starts_with(here_from_top);
  const std::size_t prefix_size = is_below_here ? here_from_top.size() : 0;
  const std::string relative = path->size() > prefix_size ? path->substr(prefix_size) : ".";
  GitFiles made{std::make_unique<MemoryFileSystem>(), !spec.path && here.empty() ? "" : relative};
  made.files->add_directory(".");
  if (listed.empty()) return made;
  made.is_empty = false;
  std::string wanted;
  for (const Listed& one : listed) wanted += one.object + "\n";
  const auto batch = ask_git({"cat-file", "--batch"}, wanted);
  if (!batch) return tl::unexpected(batch.error());
  if (!add_contents(*batch, listed, prefix_size, *made.files))
    return fail("git gave an answer that cannot be read");
  return made;
}

}  // namespace honua::commands
