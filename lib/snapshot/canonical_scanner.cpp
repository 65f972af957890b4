// SPDX-License-Identifier: MIT
#include "snapshot/canonical_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "snapshot/form.h"
#include "snapshot/json_string.h"
#include "snapshot/write_snapshot.h"
#include "text/json_writer.h"
#include "text/mask.h"

namespace honua::snapshot {

namespace {

constexpr std::array<std::string_view, 4> root_names = {"configuration", "environment", "format",
                                                        "format_version"};

// What a JSON string may hold as it is, whatever a writer thinks of other scripts.
bool is_plain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

std::string quoted(std::string_view text) {
  text::JsonWriter json;
  json.string(text);
  return std::move(json).take();
}

// No letters: what is masked, however long, and nothing at all.
bool is_mask(std::string_view written) { return written.find_first_not_of('*') == std::string_view::npos; }

// False for nearly all texts that hold none.
bool may_hold_secret(std::string_view written) {
  return written.find('=') != std::string_view::npos || written.find(':') != std::string_view::npos ||
         written.find("eyJ") != std::string_view::npos || written.find("Bearer ") != std::string_view::npos ||
         written.find("PRIVATE KEY") != std::string_view::npos;
}

bool holds_secret(std::string_view written) {
  return std::ranges::any_of(text::find_secrets(written), [&](const text::TextRange& one) {
    return !is_mask(written.substr(one.begin, one.end - one.begin));
  });
}

// Whether two names as they are written ascend in what they say.
bool ascend(std::string_view one, std::string_view next) {
  const bool is_escaped =
      one.find('\\') != std::string_view::npos || next.find('\\') != std::string_view::npos;
  return is_escaped ? decoded_string(one) < decoded_string(next) : one < next;
}

}  // namespace

bool CanonicalScanner::scan() {
  const bool is_good = object(0, [this](std::string_view name) { return root_member(name); });
  return is_good && root_members_ == root_names.size() && take('\n') && at_ == text_.size();
}

bool CanonicalScanner::root_member(std::string_view name) {
  if (root_members_ == root_names.size() || name != root_names[root_members_++]) return false;
  if (name == "configuration")
    return object(1, [this](std::string_view keyword) { return blocks_of_type(keyword); });
  if (name == "format") return take("\"honua-snapshot\"");
  if (name == "format_version") return version();
  environment_.begin = static_cast<std::uint32_t>(at_);
  const bool is_good = at('[') && list(1, Meaning::other);
  environment_.end = static_cast<std::uint32_t>(at_);
  return is_good;
}

// Any minor version: it only adds.
bool CanonicalScanner::version() {
  const std::string_view major = format_version.substr(0, format_version.find('.') + 1);
  if (!take("\"" + std::string(major))) return false;
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
  return at_ > begin && take("\"");
}

bool CanonicalScanner::blocks_of_type(std::string_view keyword) {
  const config::BlockSchema* schema = config::find_block_schema(keyword);
  if (schema == nullptr || schema->keyword != keyword) return false;
  if (!schema->labelled) return block(schema->type, "", 2);
  return object(2, [&](std::string_view written) {
    return block(schema->type, plain_name(*decoded_string(written)), 3);
  });
}

bool CanonicalScanner::block(config::BlockType type, std::string label, unsigned depth) {
  const auto begin = static_cast<std::uint32_t>(at_);
  if (!at('{') || !value(depth, Meaning::other)) return false;
  blocks_.push_back({type, std::move(label), begin, static_cast<std::uint32_t>(at_)});
  return true;
}

bool CanonicalScanner::value(unsigned depth, Meaning meaning) {
  if (at_ == text_.size() || depth > max_snapshot_depth) return false;
  switch (text_[at_]) {
    case '{': return object(depth, [&](std::string_view name) { return value(depth + 1, meaning_of(name)); });
    case '[': return list(depth, meaning);
    case '"': return text(meaning);
    case 't': return take("true");
    case 'f': return take("false");
    case 'n': return take("null");
    default: return number();
  }
}

// Calls on_member with each name, as it is written between its quotes, at its value. Names ascend.
template <class OnMember>
bool CanonicalScanner::object(unsigned depth, OnMember&& on_member) {
  if (!take('{')) return false;
  if (take('}')) return true;
  std::string_view last;
  for (bool is_first = true;; is_first = false) {
    if (!line(depth + 1)) return false;
    const std::size_t begin = at_ + 1;
    if (!at('"') || !string()) return false;
    const std::string_view name = text_.substr(begin, at_ - 1 - begin);
    if (!is_first && !ascend(last, name)) return false;
    if (!take(':') || !take(' ') || !on_member(name)) return false;
    last = name;
    if (!take(',')) return line(depth) && take('}');
  }
}

// A text of a configuration; notes it if it is or holds a secret.
bool CanonicalScanner::text(Meaning meaning) {
  const std::size_t begin = at_;
  if (!string()) return false;
  if (secret_ || meaning == Meaning::expression) return true;
  const std::string_view written = text_.substr(begin + 1, at_ - begin - 2);
  const bool is_secret =
      meaning == Meaning::secret ? !is_mask(written) : may_hold_secret(written) && holds_secret(written);
  if (is_secret) secret_ = static_cast<std::uint32_t>(begin);
  return true;
}

bool CanonicalScanner::list(unsigned depth, Meaning meaning) {
  if (!take('[')) return false;
  if (take(']')) return true;
  for (;;) {
    if (!line(depth + 1) || !value(depth + 1, meaning)) return false;
    if (!take(',')) return line(depth) && take(']');
  }
}

bool CanonicalScanner::string() {
  const std::size_t begin = at_++;
  while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
  if (at('"')) {
    ++at_;
    return true;
  }
  while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
  if (at_ >= text_.size()) return false;
  ++at_;
  // Escapes and other scripts: what the writer would make of the same text.
  const std::string_view written = text_.substr(begin, at_ - begin);
  const auto decoded = decoded_string(written.substr(1, written.size() - 2));
  return decoded && quoted(*decoded) == written;
}

bool CanonicalScanner::number() {
  const std::size_t begin = at_;
  const std::size_t end = text_.find_first_of(",\n", at_);
  if (end == std::string_view::npos) return false;
  double value = 0;
  const auto [stop, trouble] = std::from_chars(text_.data() + begin, text_.data() + end, value);
  if (trouble != std::errc() || stop != text_.data() + end || !std::isfinite(value)) return false;
  text::JsonWriter json;
  json.number(value);
  at_ = end;
  return std::move(json).take() == text_.substr(begin, end - begin);
}

CanonicalScanner::Meaning CanonicalScanner::meaning_of(std::string_view name) {
  if (name == form::expression) return Meaning::expression;
  return text::is_name_of_secret(name) ? Meaning::secret : Meaning::other;
}

bool CanonicalScanner::take(std::string_view expected) {
  if (!text_.substr(at_).starts_with(expected)) return false;
  at_ += expected.size();
  return true;
}

// A line's end and the next one's indentation.
bool CanonicalScanner::line(unsigned depth) {
  constexpr std::size_t width = 2;
  if (!at('\n')) return false;
  const std::size_t end = at_ + 1 + width * depth;
  if (end > text_.size()) return false;
  for (std::size_t i = at_ + 1; i < end; ++i) {
    if (text_[i] != ' ') return false;
  }
  at_ = end;
  return true;
}

}  // namespace honua::snapshot
