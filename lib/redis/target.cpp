// SPDX-License-Identifier: MIT
#include "redis/target.h"

#include <algorithm>
#include <array>
#include <optional>

#include "connection/percent_decoded.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::redis {

namespace {

using connection::percent_decoded;

struct Scheme {
  std::string_view name;
  bool is_tls;
  bool is_sentinel;
};
constexpr std::array schemes{Scheme{"redis://", false, false}, Scheme{"rediss://", true, false},
                             Scheme{"redis+sentinel://", false, true},
                             Scheme{"rediss+sentinel://", true, true}};

const Scheme* find_scheme(std::string_view url) {
  const auto* const found =
      std::ranges::find_if(schemes, [&](const Scheme& one) { return url.starts_with(one.name); });
  return found == schemes.end() ? nullptr : found;
}

// The text up to a character, which is taken away with it; all of it if there is none.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

bool is_host(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == ':';
  });
}

Result<ServerAddress> read_address(std::string_view text, std::uint16_t usual_port) {
  ServerAddress address{"", usual_port};
  std::string_view port;
  bool has_port = false;
  if (text.starts_with('[')) {
    text.remove_prefix(1);
    if (text.find(']') == std::string_view::npos) return fail("a `[` before its host is not closed");
    address.host = take_until(text, ']');
    has_port = text.starts_with(':');
    if (!has_port && !text.empty()) return fail("there is something between its host and its port");
    if (has_port) port = text.substr(1);
  } else {
    has_port = text.find(':') != std::string_view::npos;
    address.host = take_until(text, ':');
    port = text;
  }
  if (address.host.empty()) return fail("it has no host");
  if (!is_host(address.host)) return fail("its host has characters that no host has");
  if (!has_port) return address;
  const auto number = text::read_whole_number<std::uint16_t>(port);
  if (!number || *number == 0) return fail("its port is no number from 1 to 65535");
  address.port = *number;
  return address;
}

Result<void> read_servers(std::string_view text, bool is_sentinel, Target& target) {
  while (true) {
    const bool has_more = text.find(',') != std::string_view::npos;
    const auto address = read_address(take_until(text, ','), is_sentinel ? sentinel_port : redis_port);
    if (!address) return tl::unexpected(address.error());
    target.servers.push_back(*address);
    if (!has_more) break;
    if (!is_sentinel) return fail("it has several hosts, which only `redis+sentinel://` takes");
    if (target.servers.size() == max_sentinels)
      return fail("it has more than " + std::to_string(max_sentinels) + " Sentinels");
  }
  return {};
}

Result<void> read_setting(std::string_view name, std::string value, Target& target) {
  const bool is_of_tls = name == "ca" || name == "cert" || name == "key";
  if (is_of_tls && !target.is_tls)
    return fail("it has `" + std::string(name) + "`, which only `rediss://` takes");
  if (name == "prefix") {
    const bool is_sound = std::ranges::all_of(value, [](char c) {
      return c > ' ' && c < '\x7f' && c != '{' && c != '}' && c != '*' && c != '?' && c != '[' && c != ']' &&
             c != '\\';
    });
    if (!is_sound || value.empty() || value.size() > max_prefix_size)
      return fail("its `prefix` is empty, longer than " + std::to_string(max_prefix_size) +
                  " characters or has blanks or any of `{}*?[]\\`");
    target.prefix = std::move(value);
  } else if (name == "ca") {
    target.tls.ca = std::move(value);
  } else if (name == "cert") {
    target.tls.certificate = std::move(value);
  } else if (name == "key") {
    target.tls.key = std::move(value);
  } else {
    return fail("it has a setting that is none of `prefix`, `ca`, `cert` and `key`");
  }
  return {};
}

Result<void> read_settings(std::string_view query, Target& target) {
  while (!query.empty()) {
    std::string_view value = take_until(query, '&');
    const std::string_view name = take_until(value, '=');
    auto taken = read_setting(name, percent_decoded(value), target);
    if (!taken) return taken;
  }
  if (target.tls.certificate.empty() != target.tls.key.empty())
    return fail("it has only one of `cert` and `key`");
  return {};
}

Result<void> read_path(std::string_view path, bool is_sentinel, Target& target) {
  if (is_sentinel) {
    target.master = percent_decoded(take_until(path, '/'));
    if (target.master.empty()) return fail("it does not say what the Sentinels call the master: `/NAME`");
    const bool is_sound = std::ranges::all_of(target.master, [](char c) { return c > ' ' && c < '\x7f'; });
    if (!is_sound) return fail("the master's name has characters that no name has");
  }
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) return {};
  const auto number = text::read_whole_number<unsigned>(path);
  if (!number || *number > 0xFFFFU) return fail("its database is no number");
  target.database = *number;
  return {};
}

}  // namespace

bool is_redis_url(std::string_view text) { return find_scheme(text) != nullptr; }

std::string to_string(const ServerAddress& address) {
  const bool is_ipv6 = address.host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

Result<Target> read_target(std::string_view url) {
  const Scheme* const scheme = find_scheme(url);
  if (scheme == nullptr) return fail("it does not begin with `redis://`");
  url.remove_prefix(scheme->name.size());
  Target target;
  target.is_tls = scheme->is_tls;
  if (url.find('#') != std::string_view::npos) return fail("it has a `#`; in a password it is written `%23`");
  // What is before the last `@` belongs to the password, even if it should have been escaped.
  std::string_view query = url;
  std::string_view place = take_until(query, '?');
  if (const std::size_t at = place.rfind('@'); at != std::string_view::npos) {
    std::string_view password = place.substr(0, at);
    place.remove_prefix(at + 1);
    target.user = percent_decoded(take_until(password, ':'));
    target.password = percent_decoded(password);
  }
  std::string_view path = place;
  auto read = read_servers(take_until(path, '/'), scheme->is_sentinel, target);
  if (read) read = read_path(path, scheme->is_sentinel, target);
  if (read) read = read_settings(query, target);
  if (!read) return tl::unexpected(read.error());
  return target;
}

std::string shown(const Target& target) {
  std::string all = target.is_tls ? "rediss" : "redis";
  if (!target.master.empty()) all += "+sentinel";
  all += "://";
  std::vector<std::string> servers;
  servers.reserve(target.servers.size());
  for (const ServerAddress& one : target.servers) servers.push_back(to_string(one));
  all += text::join(servers, ",");
  if (!target.master.empty()) all += "/" + target.master;
  if (target.database != 0) all += "/" + std::to_string(target.database);
  if (target.prefix != Target().prefix) all += "?prefix=" + target.prefix;
  return text::printable(all);
}

}  // namespace honua::redis
