// SPDX-License-Identifier: MIT
#include "commands/shown_diff.h"

#include <algorithm>

#include "text/diff.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

// Masked byte by byte; lines stay lines.
std::string mask_file(std::string_view original) {
  std::string masked = text::mask_secrets(original);
  for (std::size_t at = original.find('\n'); at != std::string_view::npos; at = original.find('\n', at + 1)) {
    masked[at] = '\n';
  }
  return masked;
}

std::size_t count_returns(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("\r\n"); at != std::string_view::npos; at = text.find("\r\n", at + 2))
    ++count;
  return count;
}

bool has_returns_everywhere(std::string_view text) {
  return count_returns(text) == static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

// Tabs are what a difference may be about, and harmless. So may be a carriage return at the end.
void append_printable(std::string& out, std::string_view line, bool shows_return) {
  if (!shows_return && line.ends_with('\r')) line.remove_suffix(1);
  for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
    out += text::printable(line.substr(0, tab));
    out += '\t';
    line.remove_prefix(tab + 1);
  }
  out += text::printable(line);
}

}  // namespace

std::string shown_diff(std::string_view before, std::string_view after, const std::string& name) {
  const std::string diff = text::unified_diff(mask_file(before), mask_file(after), name);
  // Else they would be on every line of a file that has them, and no news.
  const bool is_about_returns = count_returns(before) != count_returns(after) &&
                                !(has_returns_everywhere(before) && has_returns_everywhere(after));
  std::string out;
  for (std::string_view rest = diff; !rest.empty();) {
    const std::size_t feed = rest.find('\n');
    append_printable(out, rest.substr(0, feed), is_about_returns);
    out += '\n';
    rest.remove_prefix(feed + 1);
  }
  return out;
}

}  // namespace honua::commands
