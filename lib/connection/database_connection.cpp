// SPDX-License-Identifier: MIT
#include "connection/database_connection.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

#include "connection/connection_text.h"
#include "connection/percent_decoded.h"
#include "connection/postgresql_connection.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::connection {

namespace {

using Kind = DatabaseConnection::Kind;
using text::trimmed;

struct NamedKind {
  std::string_view name;
  Kind kind;
};
constexpr std::array kinds = {NamedKind{"sqlite", Kind::sqlite}, NamedKind{"postgresql", Kind::postgresql},
                              NamedKind{"mysql", Kind::mysql}, NamedKind{"sqlserver", Kind::sqlserver},
                              NamedKind{"oracle", Kind::oracle}};

constexpr auto file_endings =
    std::to_array<std::string_view>({".gpkg", ".sqlite", ".sqlite3", ".db", ".db3", ".s3db", ".spatialite"});

// The name in `env("NAME")`.
std::optional<std::string> variable_of(std::string_view text) {
  constexpr std::string_view opening = "env(\"";
  constexpr std::string_view closing = "\")";
  if (text.size() < opening.size() + closing.size() || !text.starts_with(opening) || !text.ends_with(closing))
    return std::nullopt;
  text.remove_prefix(opening.size());
  return std::string(text.substr(0, text.size() - closing.size()));
}

std::string_view name_of(Kind kind) { return std::ranges::find(kinds, kind, &NamedKind::kind)->name; }

std::optional<Kind> kind_of_scheme(std::string_view scheme) {
  if (scheme == "postgres" || scheme == "postgresql") return Kind::postgresql;
  if (scheme == "mysql" || scheme == "mariadb") return Kind::mysql;
  if (scheme == "mssql" || scheme == "sqlserver") return Kind::sqlserver;
  if (scheme == "oracle") return Kind::oracle;
  return scheme == "sqlite" || scheme == "file" ? std::optional(Kind::sqlite) : std::nullopt;
}

// What is left of "sqlite:///path?mode=ro" or "file:path".
std::string path_of_url(std::string_view text) {
  std::string_view path = text.substr(text.find(':') + 1);
  if (path.starts_with("//")) path.remove_prefix(2);
  return percent_decoded(path.substr(0, path.find('?')));
}

bool has_any(const ConnectionText& connection, std::initializer_list<std::string_view> keys) {
  return std::ranges::any_of(keys, [&](std::string_view one) { return connection.find(one) != nullptr; });
}

bool looks_like_file(const std::string& value, const FileSystem& files) {
  const std::string lower = text::ascii_lower(value);
  return value == ":memory:" || files.exists(value) ||
         std::ranges::any_of(file_endings, [&](std::string_view one) { return lower.ends_with(one); });
}

// Keys that only the clients of one database know.
std::optional<Kind> kind_of_keys(const ConnectionText& connection, const FileSystem& files) {
  if (connection.form == ConnectionForm::keywords) return Kind::postgresql;
  const std::string* source = connection.find("data source");
  const bool has_login = has_any(connection, {"user", "password", "integratedsecurity", "trustedconnection"});
  if (source != nullptr && !has_login &&
      (looks_like_file(*source, files) || !has_any(connection, {"database"})))
    return Kind::sqlite;
  if (has_any(connection, {"integratedsecurity", "trustedconnection", "trust server certificate", "encrypt",
                           "multipleactiveresultsets", "initialcatalog"}))
    return Kind::sqlserver;
  const std::string* port = connection.find("port");
  if (has_any(connection, {"allowuservariables", "charset", "sslca", "allowpublickeyretrieval"}) ||
      (port != nullptr && *port == "3306"))
    return Kind::mysql;
  if (has_any(connection, {"searchpath", "rootcertificate", "passfile"}) ||
      (port != nullptr && *port == "5432"))
    return Kind::postgresql;
  return std::nullopt;
}

Result<Kind> read_kind(std::string_view text, const ConnectionText& connection, const FileSystem& files) {
  if (connection.scheme == "jdbc" || text.starts_with("jdbc:"))
    return fail("a JDBC URL is for Java's drivers: give what follows `jdbc:`");
  for (const std::string_view prefix : {"PG:", "MYSQL:", "GPKG:"}) {
    if (text.starts_with(prefix))
      return fail("this is how GDAL writes it: give what follows " + text::quoted(prefix));
  }
  if (!connection.scheme.empty()) {
    if (const auto kind = kind_of_scheme(connection.scheme)) return *kind;
    return fail("nothing is known of databases at " + text::quoted(connection.scheme + "://"));
  }
  if (text.find('=') == std::string_view::npos || files.exists(std::string(text))) return Kind::sqlite;
  if (is_single_keyword(text)) return Kind::postgresql;
  if (const auto kind = kind_of_keys(connection, files)) return *kind;
  // `Host` is Npgsql's usual word; the others say `Server`.
  if (text::ascii_lower(text).find("host=") != std::string::npos) return Kind::postgresql;
  return fail(
      "several kinds of databases are connected to like this: say which one with `--provider`: "
      "`postgresql`, `mysql` or `sqlserver`");
}

// What different readers of a URL would take for different hosts, and then show a part of the password as
// one; "" if nothing is.
std::string_view fault_of_url(std::string_view text, const ConnectionText& connection) {
  const std::string_view rest = text.substr(connection.scheme.size() + std::string_view("://").size());
  const std::string_view before_query = rest.substr(0, rest.find('?'));
  const bool has_many = std::ranges::count(before_query, '@') > 1;
  const bool is_cut = before_query.find_first_of("@/") == std::string_view::npos &&
                      rest.find('@', before_query.size()) != std::string_view::npos;
  if (has_many || is_cut || connection.fault.find('/') != std::string_view::npos)
    return "it is not clear where the URL's password ends: write `%40` for `@`, `%2F` for `/` and "
           "`%3F` for `?` in it";
  return connection.fault;
}

// A part of a password that has a `;` in it and stands in no quotes may look like another setting.
std::string_view fault_of_repetition(const ConnectionText& connection) {
  constexpr auto once = std::to_array<std::string_view>({"host", "port", "database", "user", "password"});
  for (const std::string_view key : once) {
    const auto given = std::ranges::count_if(connection.settings, [&](const ConnectionSetting& one) {
      return one.key == key || (key == "host" && one.key == "data source");
    });
    if (given > 1)
      return "it says its host, port, database, user or password twice: a value with `;` or blanks must "
             "stand in "
             "quotes";
  }
  return "";
}

std::string_view fault_of(std::string_view text, const ConnectionText& connection, Kind kind) {
  if (connection.form == ConnectionForm::url && kind != Kind::sqlite) {
    if (kind_of_scheme(connection.scheme) != kind) return "the URL's scheme is another than the provider's";
    return fault_of_url(text, connection);
  }
  return connection.form == ConnectionForm::url ? "" : fault_of_repetition(connection);
}

// Names of variables are shown if they look like ones: somebody may have put the value there.
std::string shown_variable(const std::string& name) {
  const auto is_usual = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
  return std::ranges::all_of(name, is_usual) ? "the environment variable " + text::quoted(name)
                                             : "the environment variable that the connection names";
}

// What is no file may be a connection with a slip in it, and hold a password.
bool may_be_connection(std::string_view path) {
  return path != ":memory:" && path.find_first_of("@\":;=(){}$") != std::string_view::npos;
}

std::string sqlite_path(std::string_view text, const ConnectionText& connection) {
  if (const std::string* source = connection.find("data source")) {
    return source->starts_with("file:") ? path_of_url(*source) : *source;
  }
  return connection.scheme.empty() ? std::string(text) : path_of_url(text);
}

}  // namespace

Result<DatabaseConnection> read_connection(std::string_view given, std::string_view provider,
                                           const Environment& environment, const FileSystem& files) {
  DatabaseConnection made;
  std::string text(trimmed(given));
  if (const auto name = variable_of(text)) {
    const auto value = environment.get(*name);
    if (!value || value->empty()) return fail(shown_variable(*name) + " is not set");
    made.variable = *name;
    text = trimmed(*value);
  }
  if (text.empty()) return fail("the connection is empty");
  const ConnectionText connection = parse_connection(text);
  if (!provider.empty()) {
    const Provider* known = find_provider(provider);
    const auto* kind =
        known == nullptr ? kinds.end() : std::ranges::find(kinds, known->canonical, &NamedKind::name);
    if (kind == kinds.end())
      return fail(
          "nothing is known of the provider that `--provider` names: there are `postgresql`, `mysql`, "
          "`sqlite`, `sqlserver` and `oracle`");
    made.kind = kind->kind;
  } else {
    const auto kind = read_kind(text, connection, files);
    if (!kind) return fail(kind.error().message);
    made.kind = *kind;
  }
  if (const std::string_view fault = fault_of(text, connection, made.kind); !fault.empty())
    return fail("the connection is not clear: " + std::string(fault));
  made.provider = name_of(made.kind);
  made.target = made.kind == Kind::sqlite ? sqlite_path(text, connection) : text;
  if (made.kind == Kind::sqlite && may_be_connection(made.target) && !files.exists(made.target))
    return fail(
        "there is no such file, and it is no connection that honua knows; it is not shown, since it may "
        "hold a password");
  return made;
}

}  // namespace honua::connection
