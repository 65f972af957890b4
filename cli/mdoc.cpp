// SPDX-License-Identifier: MIT
#include "cli/mdoc.h"

#include <algorithm>
#include <utility>

namespace honua::cli {

namespace {

constexpr std::size_t longest_line = 78;
constexpr std::string_view ends_of_sentences = ".!?";

// A control line begins so.
bool looks_like_macro(std::string_view line) { return line.starts_with('.') || line.starts_with('\''); }

std::string line_of_text(std::string_view words) {
  return (looks_like_macro(words) ? "\\&" : "") + mdoc_escaped(words);
}

}  // namespace

std::string mdoc_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\')
      escaped += "\\e";
    else
      escaped += c;
  }
  return escaped;
}

void Mdoc::macro(std::string_view name, std::string_view arguments) {
  out_ += '.';
  out_ += name;
  if (!arguments.empty()) {
    out_ += ' ';
    out_ += arguments;
  }
  out_ += '\n';
}

void Mdoc::line(std::string_view words) { out_ += line_of_text(words) + '\n'; }

void Mdoc::text(std::string_view sentences) {
  std::string filled;
  while (!sentences.empty()) {
    const std::size_t begin = sentences.find_first_not_of(" \n");
    if (begin == std::string_view::npos) break;
    sentences.remove_prefix(begin);
    const std::size_t end = std::min(sentences.find_first_of(" \n"), sentences.size());
    const std::string_view word = sentences.substr(0, end);
    sentences.remove_prefix(end);
    if (!filled.empty() && filled.size() + 1 + word.size() > longest_line) line(std::exchange(filled, ""));
    if (!filled.empty()) filled += ' ';
    filled += word;
    const std::size_t last = word.find_last_not_of(")`\"'");
    const bool ends =
        last != std::string_view::npos && ends_of_sentences.find(word[last]) != std::string_view::npos;
    if (ends) line(std::exchange(filled, ""));
  }
  if (!filled.empty()) line(filled);
}

void Mdoc::literal(std::string_view lines) {
  macro("Bd", "-literal -offset indent");
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    line(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  macro("Ed");
}

}  // namespace honua::cli
