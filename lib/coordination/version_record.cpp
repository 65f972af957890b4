// SPDX-License-Identifier: MIT
#include "coordination/version_record.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <sstream>
#include <utility>

#include "base/assert.h"
#include "coordination/json_fields.h"
#include "snapshot/hash.h"
#include "text/digest.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::coordination {

namespace {

// All but the chain.
void write_fields(const VersionRecord& record, text::JsonWriter& json) {
  json.key("format_version").string(record_format_version);
  json.key("version").integer(record.version);
  json.key("hash").string(record.hash);
  json.key("kind").string(to_string(record.kind));
  if (record.of) json.key("of").integer(*record.of);
  json.key("fence").integer(record.fence);
  json.key("time").integer(record.time.time_since_epoch().count());
  json.key("author").string(record.author);
  json.key("host").string(record.host);
  json.key("message").string(record.message);
  json.key("summary").string(record.summary);
  json.key("request").string(record.request);
  if (!record.canaries.empty()) json.key("canaries").string(text::join(record.canaries, " "));
  if (record.takes_over) json.key("takes_over").integer(std::uint64_t{1});
  json.key("previous_chain").string(record.previous_chain);
}

std::vector<std::string> names_of(const std::string& list) {
  std::vector<std::string> names;
  std::istringstream words(list);
  for (std::string one; words >> one;) names.push_back(one);
  return names;
}

std::optional<VersionKind> kind_of(std::string_view name) {
  for (const VersionKind one : {VersionKind::publish, VersionKind::rollback, VersionKind::barrier}) {
    if (to_string(one) == name) return one;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(VersionKind kind) {
  switch (kind) {
    case VersionKind::publish: return "publish";
    case VersionKind::rollback: return "rollback";
    case VersionKind::barrier: break;
  }
  return "barrier";
}

std::string chain_of(const VersionRecord& record) {
  text::JsonWriter json;
  json.begin_object();
  write_fields(record, json);
  json.end_object();
  return text::sha256(std::move(json).take());
}

std::string write_record(const VersionRecord& record) {
  text::JsonWriter json;
  json.begin_object();
  write_fields(record, json);
  json.key("chain").string(chain_of(record));
  json.end_object();
  return std::move(json).take() + "\n";
}

namespace {

constexpr std::string_view chain_begin = ",\"chain\":\"";
constexpr std::string_view chain_end = "\"}\n";
constexpr std::size_t chain_digits = 64;

// The chain that stands at a record's end, if it is that of all before it; else "".
std::string sound_chain(std::string_view text) {
  constexpr std::size_t tail = chain_begin.size() + chain_digits + chain_end.size();
  if (text.size() < tail || !text.ends_with(chain_end)) return "";
  std::string said(text.substr(0, text.size() - tail));
  std::string_view end = text.substr(said.size());
  if (!end.starts_with(chain_begin)) return "";
  end.remove_prefix(chain_begin.size());
  const std::string_view chain = end.substr(0, chain_digits);
  said += '}';
  return text::sha256(said) == chain ? std::string(chain) : "";
}

}  // namespace

Result<VersionRecord> read_record(std::string_view text) {
  const auto fields = JsonFields::read(text, max_record_size);
  if (!fields) return tl::unexpected(fields.error());
  const std::string format = fields->text("format_version");
  if (!format.starts_with("1.") && !format.empty())
    return fail("it is of a format that only newer programs read: " + text::quoted(format));
  VersionRecord record;
  record.version = fields->number("version");
  record.hash = fields->text("hash");
  const auto kind = kind_of(fields->text("kind"));
  const bool is_sound = kind && record.version > 0 && record.version <= greatest_number &&
                        snapshot::is_hash(record.hash) && fields->has("fence") &&
                        fields->number("fence") <= greatest_number && fields->has("time") &&
                        fields->number("time") <= greatest_time;
  if (!is_sound) return fail("it is no version's record");
  record.kind = *kind;
  if (fields->has("of")) record.of = fields->number("of");
  record.fence = fields->number("fence");
  record.time = std::chrono::sys_seconds(std::chrono::seconds(fields->number("time")));
  record.author = fields->text("author");
  record.host = fields->text("host");
  record.message = fields->text("message");
  record.summary = fields->text("summary");
  record.request = fields->text("request");
  record.canaries = names_of(fields->text("canaries"));
  record.takes_over = fields->number("takes_over") == 1;
  record.previous_chain = fields->text("previous_chain");
  // Of all that stands there: what later programs add counts, too.
  record.chain = sound_chain(text);
  if (record.chain.empty()) return fail("it is damaged: its chain is not that of what it says");
  return record;
}

std::string random_name() {
  std::array<unsigned char, 16> bytes{};
  ssize_t size = 0;
  do {
    size = ::getrandom(bytes.data(), bytes.size(), 0);
  } while (size < 0 && errno == EINTR);
  HONUA_ASSERT(size == static_cast<ssize_t>(bytes.size()));
  std::string name;
  constexpr std::string_view digits = "0123456789abcdef";
  for (const unsigned char one : bytes) {
    name += digits[one >> 4U];
    name += digits[one & 15U];
  }
  return name;
}

}  // namespace honua::coordination
