// SPDX-License-Identifier: MIT
#include "connection/postgresql_connection.h"

#include <algorithm>
#include <array>
#include <optional>

#include "connection/connection_text.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::connection {

namespace {

// What libpq calls a key of Npgsql's; "" for what matters to a client of .NET only.
struct NpgsqlKey {
  std::string_view name;  // as parse_connection has it
  std::string_view keyword;
};

constexpr std::array npgsql_keys = std::to_array<NpgsqlKey>({
    {"host", "host"},
    {"port", "port"},
    {"database", "dbname"},
    {"user", "user"},
    {"password", "password"},
    {"passfile", "passfile"},
    {"ssl mode", "sslmode"},
    {"rootcertificate", "sslrootcert"},
    {"sslcertificate", "sslcert"},
    {"sslkey", "sslkey"},
    {"ssl password", "sslpassword"},
    {"applicationname", "application_name"},
    {"options", "options"},
    {"targetsessionattributes", "target_session_attrs"},
    {"kerberosservicename", "krbsrvname"},
    {"searchpath", ""},
    {"timeout", ""},
    {"commandtimeout", ""},
    {"trust server certificate", ""},
    {"integratedsecurity", ""},
    {"pooling", ""},
    {"minimum pool size", ""},
    {"maximum pool size", ""},
    {"connectionidlelifetime", ""},
    {"connectionpruninginterval", ""},
    {"connectionlifetime", ""},
    {"enlist", ""},
    {"includeerrordetail", ""},
    {"includerealm", ""},
    {"logparameters", ""},
    {"noresetonclose", ""},
    {"multiplexing", ""},
    {"maxautoprepare", ""},
    {"autoprepareminusages", ""},
    {"persistsecurityinfo", ""},
    {"encoding", ""},
    {"clientencoding", ""},
    {"timezone", ""},
    {"keepalive", ""},
    {"tcpkeepalive", ""},
    {"tcpkeepalivetime", ""},
    {"tcpkeepaliveinterval", ""},
    {"readbuffersize", ""},
    {"writebuffersize", ""},
    {"socketreceivebuffersize", ""},
    {"socketsendbuffersize", ""},
    {"cancellationtimeout", ""},
    {"internalcommandtimeout", ""},
    {"loadbalancehosts", ""},
    {"hostrecheckseconds", ""},
    {"checkcertificaterevocation", ""},
    {"channelbinding", "channel_binding"},
    {"usesslstream", ""},
    {"servercompatibilitymode", ""},
    {"loadtablecomposites", ""},
    {"arraynullabilitymode", ""},
});

std::optional<std::string_view> nearest_key(std::string_view name) {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    all.reserve(npgsql_keys.size());
    for (const NpgsqlKey& one : npgsql_keys) all.push_back(one.name);
    return all;
  }();
  return text::suggest(name, names);
}

// A value of libpq's, in quotes.
std::string quoted_value(std::string_view value) {
  std::string quoted = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '\'';
}

// "VerifyCA", "verify-ca", "Require": as libpq has it.
std::string ssl_mode(std::string_view value) {
  const std::string mode = compact(value);
  if (mode == "verifyca") return "verify-ca";
  return mode == "verifyfull" ? "verify-full" : mode;
}

// "read-only" of "ReadOnly" and "read-only".
std::string session_attributes(std::string_view value) {
  const std::string lower = compact(value);
  for (const std::string_view word : {"read-only", "read-write", "prefer-standby"}) {
    if (lower == compact(word)) return std::string(word);
  }
  // Npgsql's two wishes for the other way round are none of libpq's: any server will do for reading.
  return lower == "preferprimary" ? "any" : lower;
}

// "a:5433,b": the ports of their own that hosts may have.
struct HostList {
  std::string hosts;
  std::string ports;
  bool has_ports = false;
};

HostList split_hosts(std::string_view text) {
  HostList made;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view one = text.substr(at, end - at);
    const std::size_t colon = one.rfind(':');
    // A path is a socket's, and of an IPv6 address each part has a colon.
    const bool has_port = colon != std::string_view::npos && !one.starts_with('/') &&
                          (one.find(':') == colon || one[colon - 1] == ']');
    std::string_view host = one.substr(0, has_port ? colon : one.size());
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (at > 0) {
      made.hosts += ',';
      made.ports += ',';
    }
    made.hosts += host;
    if (has_port) made.ports += one.substr(colon + 1);
    made.has_ports = made.has_ports || has_port;
    at = end + 1;
  }
  return made;
}

class NpgsqlReader {
 public:
  PostgresqlConnection read(const ConnectionText& connection) {
    const std::string* port = connection.find("port");
    const std::string* hosts = connection.find("host");
    const HostList list = hosts == nullptr ? HostList() : split_hosts(*hosts);
    if (!list.hosts.empty()) add("host", list.hosts);
    if (list.has_ports)
      add("port", with_default(list.ports, port == nullptr ? "" : *port));
    else if (port != nullptr)
      add("port", *port);
    for (const ConnectionSetting& one : connection.settings) read_setting(one);
    return std::move(made_);
  }

 private:
  void read_setting(const ConnectionSetting& one) {
    if (one.key == "host" || one.key == "port" || one.value.empty()) return;
    const auto* known = std::ranges::find(npgsql_keys, one.key, &NpgsqlKey::name);
    if (known == npgsql_keys.end()) return warn(one.key);
    if (known->keyword.empty()) return;
    if (known->keyword == "sslmode") return add(known->keyword, ssl_mode(one.value));
    if (known->keyword == "target_session_attrs") return add(known->keyword, session_attributes(one.value));
    add(known->keyword, one.value);
  }

  // A key nobody knows may be a piece of a password with a `;` in it: it is not shown.
  void warn(std::string_view key) {
    const auto near = nearest_key(key);
    made_.warnings.push_back("a key of the connection is not known to Npgsql: " +
                             (near ? "did you mean " + text::quoted(*near) + "?"
                                   : std::string("a value with `;` must stand in quotes")));
  }

  // "5433," with the port of those that have none of their own.
  static std::string with_default(std::string_view ports, std::string_view port) {
    std::string made;
    for (std::size_t at = 0; at <= ports.size();) {
      const std::size_t end = std::min(ports.find(',', at), ports.size());
      if (at > 0) made += ',';
      made += at == end ? port : ports.substr(at, end - at);
      at = end + 1;
    }
    return made;
  }

  // Of a key that comes twice libpq takes the last, as Npgsql does.
  void add(std::string_view keyword, std::string_view value) {
    if (!made_.conninfo.empty()) made_.conninfo += ' ';
    made_.conninfo.append(keyword).append("=").append(quoted_value(value));
  }

  PostgresqlConnection made_;
};

}  // namespace

bool is_single_keyword(std::string_view text) {
  constexpr auto keywords = std::to_array<std::string_view>({"dbname=", "service=", "hostaddr="});
  return text.find(';') == std::string_view::npos &&
         std::ranges::any_of(keywords, [&](std::string_view one) { return text.starts_with(one); });
}

Result<PostgresqlConnection> postgresql_connection(std::string_view text) {
  if (is_single_keyword(text)) return PostgresqlConnection{std::string(text), {}};
  const ConnectionText connection = parse_connection(text);
  switch (connection.form) {
    case ConnectionForm::url: {
      // libpq wants the scheme in small letters.
      const std::size_t scheme = connection.scheme.size();
      return PostgresqlConnection{connection.scheme + std::string(text.substr(scheme)), {}};
    }
    case ConnectionForm::keywords: return PostgresqlConnection{std::string(text), {}};
    case ConnectionForm::key_value:
      if (!connection.fault.empty())
        return fail("the connection is malformed: " + std::string(connection.fault));
      return NpgsqlReader().read(connection);
    default: return fail("a database of PostgreSQL is named by a URL or by a connection string");
  }
}

}  // namespace honua::connection
