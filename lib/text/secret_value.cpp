// SPDX-License-Identifier: MIT
#include "text/secret_value.h"

#include <algorithm>
#include <array>

#include "text/unicode.h"

namespace honua::text {

namespace {

// Deeper sequences count as text.
constexpr std::size_t max_frames = 64;

// Longer lines behind `<<` hold no heredoc's marker.
constexpr std::size_t max_marker = 256;

constexpr std::string_view blanks = " \t\r";

bool is_line_blank(char c) { return blanks.find(c) != std::string_view::npos; }

// What parts the settings of libpq's and Redis' connection strings from each other, and their names but for
// those of secrets, in lower case.
constexpr std::string_view separators = ", \t";
constexpr std::array settings = std::to_array<std::string_view>({"host",
                                                                 "hostaddr",
                                                                 "port",
                                                                 "dbname",
                                                                 "user",
                                                                 "passfile",
                                                                 "sslmode",
                                                                 "sslrootcert",
                                                                 "sslcert",
                                                                 "sslkey",
                                                                 "options",
                                                                 "application_name",
                                                                 "connect_timeout",
                                                                 "client_encoding",
                                                                 "target_session_attrs",
                                                                 "keepalives",
                                                                 "gssencmode",
                                                                 "channel_binding",
                                                                 "service",
                                                                 "require_auth",
                                                                 "fallback_application_name",
                                                                 "sslpassword",
                                                                 "ssl",
                                                                 "abortconnect",
                                                                 "allowadmin",
                                                                 "asynctimeout",
                                                                 "synctimeout",
                                                                 "connecttimeout",
                                                                 "connectretry",
                                                                 "defaultdatabase",
                                                                 "keepalive",
                                                                 "name",
                                                                 "clientname",
                                                                 "resolvedns",
                                                                 "servicename",
                                                                 "sslhost",
                                                                 "sslprotocols",
                                                                 "tiebreaker",
                                                                 "configchannel",
                                                                 "proxy",
                                                                 "protocol",
                                                                 "database"});
constexpr std::size_t longest_setting = 32;

// At a separator: whether the name of a setting and its sign follow.
bool precedes_setting(std::string_view text, std::size_t at) {
  if (separators.find(text[at]) == std::string_view::npos) return false;
  const std::size_t begin = std::min(text.find_first_not_of(separators, at), text.size());
  const std::string_view near = text.substr(begin, longest_setting);
  const std::size_t sign = near.find('=');
  return sign != std::string_view::npos &&
         std::ranges::find(settings, to_lower(near.substr(0, sign))) != settings.end();
}

std::string_view without_blanks(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(blanks) + 1 - begin);
}

}  // namespace

std::size_t SecretValue::quoted(std::size_t at, char quote) {
  return walk(at, {.kind = Kind::quoted, .quote = quote, .begin = at});
}

std::size_t SecretValue::heredoc(std::size_t at) {
  const std::size_t begin = open_heredoc(at);
  if (frames_.empty()) return begin;
  const Frame outermost = frames_.back();
  frames_.clear();
  return walk(begin, outermost);
}

std::size_t SecretValue::plain(std::size_t at, PlainEnds ends) {
  return walk(at, {.kind = Kind::plain, .ends = ends, .begin = at});
}

std::size_t SecretValue::expression(std::size_t at) { return walk(at, {.kind = Kind::expression}); }

std::size_t SecretValue::arguments(std::size_t at) { return walk(at, {.kind = Kind::expression, .open = 1}); }

std::size_t SecretValue::walk(std::size_t at, Frame outermost) {
  frames_ = {outermost};
  while (!frames_.empty() && at < text_.size()) {
    const Kind kind = frames_.back().kind;
    const bool in_code = kind == Kind::sequence || kind == Kind::expression;
    at = in_code ? step_in_code(at) : step_in_text(at);
  }
  at = std::min(at, text_.size());
  give_up(at);
  return at;
}

bool SecretValue::ends_text(const Frame& frame, std::size_t at) const {
  switch (frame.kind) {
    case Kind::quoted: return text_[at] == frame.quote;
    case Kind::plain: {
      const std::string_view ends = frame.ends.at_quote ? ";\"'`\n" : ";`\n";
      return ends.find(text_[at]) != std::string_view::npos ||
             (frame.ends.at_setting && precedes_setting(text_, at));
    }
    default: return text_[at] == '\n' && without_blanks(line_at(at + 1)) == frame.marker;
  }
}

std::size_t SecretValue::step_in_text(std::size_t at) {
  const Frame& frame = frames_.back();
  // `''` in a text of `'` is a `'`.
  if (frame.kind == Kind::quoted && frame.quote == '\'' && text_.substr(at, 2) == "''") return at + 2;
  if (ends_text(frame, at)) {
    note(frame, at);
    const bool has_quote = frame.kind == Kind::quoted && frame.quote != '\\';
    close(at + (has_quote ? 1 : 0));
    return at + (has_quote ? 1 : 0);
  }
  // Only a value as a whole may go on in the next line.
  if (text_[at] == '\n' && frame.kind == Kind::quoted && frames_.size() > 1) return step_at_line_end(at);
  const bool escapes = frame.kind == Kind::quoted || text_.substr(at, 2) == "\\\"";
  if (text_[at] == '\\' && escapes) return at + 2;
  const std::string_view next = text_.substr(at, 3);
  if (next == "$${" || next == "%%{") return at + 3;
  if ((next.starts_with("${") || next.starts_with("%{")) && frames_.size() < max_frames) {
    note(frame, at);
    frames_.push_back({.kind = Kind::sequence});
    return at + 2;
  }
  return at + 1;
}

std::size_t SecretValue::step_in_code(std::size_t at) {
  const bool is_expression = frames_.back().kind == Kind::expression;
  const bool is_outside = is_expression && frames_.back().open == 0;
  switch (text_[at]) {
    case '"': return open_text(at);
    case '<': return text_.substr(at, 2) == "<<" ? open_heredoc(at) : at + 1;
    case '\n': return step_at_line_end(at);
    case '(':
    case '[':
    case '{': ++frames_.back().open; return at + 1;
    case ')':
    case ']':
    case '}': return step_at_bracket(at);
    case '#': return is_expression ? std::min(text_.find('\n', at), text_.size()) : at + 1;
    case ',':
    case ';':
      if (is_outside) give_up(at);
      return is_outside ? at : at + 1;
    default: return at + 1;
  }
}

std::size_t SecretValue::step_at_bracket(std::size_t at) {
  Frame& frame = frames_.back();
  if (frame.open > 0) {
    --frame.open;
  } else if (frame.kind == Kind::expression) {
    give_up(at);
    return at;
  } else if (text_[at] == '}') {
    close(at + 1);
  }
  return at + 1;
}

// Of a list of texts there is more on the next line; what is open otherwise is
// taken for broken, except for a heredoc around it.
std::size_t SecretValue::step_at_line_end(std::size_t at) {
  const Frame& frame = frames_.back();
  if (frame.kind == Kind::expression && frame.open > 0) {
    const std::string_view next = without_blanks(line_at(at + 1));
    const bool goes_on = next.empty() || std::string_view("\"<])},#").find(next[0]) != std::string_view::npos;
    if (goes_on && at + 1 < text_.size()) return at + 1;
  }
  if (frame.kind == Kind::quoted) note(frame, at);
  while (!frames_.empty() && frames_.back().kind != Kind::heredoc) frames_.pop_back();
  if (!frames_.empty()) frames_.back().begin = at;
  return at;
}

std::size_t SecretValue::open_text(std::size_t at) {
  const bool is_shown = names_variable(at);
  frames_.push_back({.kind = Kind::quoted, .is_shown = is_shown, .begin = at + 1});
  return at + 1;
}

// Whether a text in quotes is the first argument of `env`.
bool SecretValue::names_variable(std::size_t quote) const {
  if (quote > 0 && text_[quote - 1] == '\\') --quote;
  while (quote > 0 && is_line_blank(text_[quote - 1])) --quote;
  return text_.substr(0, quote).ends_with("env(");
}

std::size_t SecretValue::open_heredoc(std::size_t at) {
  at += 2;
  if (at < text_.size() && text_[at] == '-') ++at;
  const std::size_t length = text_.substr(std::min(at, text_.size()), max_marker).find('\n');
  if (length == std::string_view::npos) return at;
  const std::size_t end = at + length;
  const std::string_view marker = without_blanks(text_.substr(at, length));
  if (marker.empty() || is_line_blank(text_[at]) || marker.find_first_of(" \t\"") != std::string_view::npos)
    return at;
  const Frame frame{.kind = Kind::heredoc, .begin = end + 1, .marker = marker};
  // The line feed in front is none of the text, but shows where the first line begins.
  frames_.push_back(frame);
  return end;
}

std::string_view SecretValue::line_at(std::size_t at) const {
  if (at >= text_.size()) return {};
  return text_.substr(at, std::min(text_.find('\n', at), text_.size()) - at);
}

void SecretValue::note(const Frame& frame, std::size_t end) {
  if (frame.is_shown || frame.begin >= end) return;
  const std::string_view noted = text_.substr(frame.begin, end - frame.begin);
  if (noted.find_first_not_of(" \t\r\n") != std::string_view::npos) found_->push_back({frame.begin, end});
}

void SecretValue::close(std::size_t at) {
  frames_.pop_back();
  if (!frames_.empty()) frames_.back().begin = at;
}

void SecretValue::give_up(std::size_t at) {
  if (frames_.empty()) return;
  const Kind kind = frames_.back().kind;
  if (kind != Kind::sequence && kind != Kind::expression) note(frames_.back(), at);
  frames_.clear();
}

}  // namespace honua::text
