// SPDX-License-Identifier: MIT
#include "connection/connection_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <ranges>

#include "text/unicode.h"
#include "text/words.h"

namespace honua::connection {

namespace {

using Text = std::string_view;
using text::trimmed;

struct Spelling {
  Text spelt;  // lower case, without blanks, `_` and `-`
  Text key;
};

constexpr std::array spellings = {
    Spelling{"host", "host"},
    Spelling{"server", "host"},
    Spelling{"addr", "host"},
    Spelling{"address", "host"},
    Spelling{"networkaddress", "host"},
    Spelling{"datasource", "data source"},
    Spelling{"filename", "data source"},
    Spelling{"port", "port"},
    Spelling{"database", "database"},
    Spelling{"db", "database"},
    Spelling{"dbname", "database"},
    Spelling{"initialcatalog", "database"},
    Spelling{"user", "user"},
    Spelling{"username", "user"},
    Spelling{"userid", "user"},
    Spelling{"uid", "user"},
    Spelling{"password", "password"},
    Spelling{"passwd", "password"},
    Spelling{"pwd", "password"},
    Spelling{"psw", "password"},
    Spelling{"sslpassword", "ssl password"},
    Spelling{"certificatepassword", "ssl password"},
    Spelling{"sslmode", "ssl mode"},
    Spelling{"ssl", "ssl"},
    Spelling{"encrypt", "encrypt"},
    Spelling{"trustservercertificate", "trust server certificate"},
    Spelling{"maximumpoolsize", "maximum pool size"},
    Spelling{"maxpoolsize", "maximum pool size"},
    Spelling{"minimumpoolsize", "minimum pool size"},
    Spelling{"minpoolsize", "minimum pool size"},
    Spelling{"mode", "mode"},
    Spelling{"cache", "cache"},
    Spelling{"accountname", "account name"},
    Spelling{"accountkey", "account key"},
    Spelling{"sharedaccesskey", "shared access key"},
    Spelling{"sharedaccesssignature", "shared access signature"},
    Spelling{"usedevelopmentstorage", "use development storage"},
};

constexpr std::array<Text, 11> secret_keys = {"password",
                                              "ssl password",
                                              "account key",
                                              "shared access key",
                                              "shared access signature",
                                              "secretkey",
                                              "secretaccesskey",
                                              "accesskey",
                                              "apikey",
                                              "token",
                                              "accesstoken"};

constexpr std::array<Text, 10> default_passwords = {"postgres", "admin", "root",  "password", "minioadmin",
                                                    "mysql",    "guest", "mssql", "123456",   "passw0rd"};

constexpr std::array providers = {
    Provider{"postgresql", "postgresql"},
    Provider{"postgis", "postgresql"},
    Provider{"sqlite", "sqlite"},
    Provider{"sqlserver", "sqlserver"},
    Provider{"mysql", "mysql"},
    Provider{"duckdb", "duckdb"},
    Provider{"postgres", "postgresql", Provider::Standing::alias},
    Provider{"npgsql", "postgresql", Provider::Standing::alias},
    Provider{"pg", "postgresql", Provider::Standing::alias},
    Provider{"timescaledb", "postgresql", Provider::Standing::alias},
    Provider{"sqlite3", "sqlite", Provider::Standing::alias},
    Provider{"spatialite", "sqlite", Provider::Standing::alias},
    Provider{"geopackage", "sqlite", Provider::Standing::alias},
    Provider{"gpkg", "sqlite", Provider::Standing::alias},
    Provider{"mssql", "sqlserver", Provider::Standing::alias},
    Provider{"azuresql", "sqlserver", Provider::Standing::alias},
    Provider{"mariadb", "mysql", Provider::Standing::alias},
    Provider{"oracle", "oracle", Provider::Standing::enterprise},
    Provider{"bigquery", "bigquery", Provider::Standing::enterprise},
    Provider{"cosmosdb", "cosmosdb", Provider::Standing::enterprise},
    Provider{"elasticsearch", "elasticsearch", Provider::Standing::enterprise},
    Provider{"mongodb", "mongodb", Provider::Standing::enterprise},
    Provider{"redshift", "redshift", Provider::Standing::enterprise},
    Provider{"snowflake", "snowflake", Provider::Standing::enterprise},
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <typename List>
bool contains(const List& list, Text wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

void add_setting(ConnectionText& connection, Text key, Text value) {
  std::string spelt = compact(key);
  const auto* known = std::find_if(spellings.begin(), spellings.end(),
                                   [&](const Spelling& one) { return one.spelt == spelt; });
  const bool is_known = known != spellings.end();
  connection.settings.push_back(
      {is_known ? std::string(known->key) : std::move(spelt), std::string(value), is_known});
}

// "tcp:db,1433", "db\\INSTANCE", "db:5432", "[::1]:5432": the host alone.
std::string host_only(Text host) {
  host = trimmed(host);
  if (host.starts_with("tcp:")) host.remove_prefix(4);
  if (host.starts_with("[")) return text::ascii_lower(host.substr(1, host.find(']') - 1));
  host = host.substr(0, host.find_first_of(",\\"));
  const std::size_t colon = host.find(':');
  const bool has_port = colon != Text::npos && host.find(':', colon + 1) == Text::npos;
  return text::ascii_lower(has_port ? host.substr(0, colon) : host);
}

void add_hosts(ConnectionText& connection, Text hosts) {
  while (!hosts.empty()) {
    const std::size_t end = std::min(hosts.find(','), hosts.size());
    const Text one = trimmed(hosts.substr(0, end));
    const bool is_port = !one.empty() && std::all_of(one.begin(), one.end(), is_digit);
    if (!one.empty() && !is_port) connection.hosts.push_back(host_only(one));
    hosts.remove_prefix(std::min(end + 1, hosts.size()));
  }
}

void add_hosts_of_settings(ConnectionText& connection) {
  for (const Text key : {"host", "data source"}) {
    if (const std::string* hosts = connection.find(key)) add_hosts(connection, *hosts);
  }
}

// --- URLs

// The length of `scheme` in `scheme://...`, or 0.
std::size_t scheme_length(Text text) {
  const std::size_t end = text.find("://");
  if (end == Text::npos) return 0;
  const bool is_scheme =
      std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.';
      });
  return is_scheme ? end : 0;
}

// The ports of "a:5432,b,[::1]:5433".
bool has_good_ports(Text hosts) {
  while (!hosts.empty()) {
    const std::size_t end = std::min(hosts.find(','), hosts.size());
    Text one = hosts.substr(0, end);
    if (one.starts_with("[")) one.remove_prefix(std::min(one.find(']'), one.size()));
    const std::size_t colon = one.find(':');
    if (colon != Text::npos) {
      const Text port = one.substr(colon + 1);
      if (!is_placeholder(port) && !std::all_of(port.begin(), port.end(), is_digit)) return false;
    }
    hosts.remove_prefix(std::min(end + 1, hosts.size()));
  }
  return true;
}

void add_query(ConnectionText& connection, Text query) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const Text one = query.substr(0, end);
    const std::size_t equals = one.find('=');
    if (equals != Text::npos) add_setting(connection, one.substr(0, equals), one.substr(equals + 1));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
}

ConnectionText parse_url(Text text, std::size_t scheme) {
  ConnectionText connection;
  connection.form = ConnectionForm::url;
  connection.scheme = text::ascii_lower(text.substr(0, scheme));
  Text rest = text.substr(scheme + 3);
  const std::size_t query = rest.find('?');
  if (query != Text::npos) {
    const Text after = rest.substr(query + 1);
    add_query(connection, after.substr(0, after.find('#')));
    rest = rest.substr(0, query);
  }
  // A `/` in a password should be escaped; where it is not, the `@` still tells.
  const std::size_t at = rest.rfind('@');
  if (at != Text::npos) {
    const Text user = rest.substr(0, at);
    const std::size_t colon = user.find(':');
    if (colon != 0) add_setting(connection, "user", user.substr(0, colon));
    if (colon != Text::npos) add_setting(connection, "password", user.substr(colon + 1));
    if (user.find('/') != Text::npos) connection.fault = "the URL has a `/` in front of its `@`";
    rest.remove_prefix(at + 1);
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const Text hosts = rest.substr(0, slash);
  if (connection.fault.empty() && !has_good_ports(hosts)) connection.fault = "the URL's port is not a number";
  add_hosts(connection, hosts);
  add_hosts_of_settings(connection);
  if (slash + 1 < rest.size()) add_setting(connection, "database", rest.substr(slash + 1));
  return connection;
}

// --- Key=Value;Key="Value"

class KeyValueReader {
 public:
  KeyValueReader(Text text, ConnectionText& connection) : rest_(text), connection_(connection) {}

  void read() {
    while (true) {
      while (!rest_.empty() && (is_space(rest_.front()) || rest_.front() == ';')) rest_.remove_prefix(1);
      if (rest_.empty()) return;
      read_one();
    }
  }

 private:
  void fault(Text text) {
    if (connection_.fault.empty()) connection_.fault = text;
  }

  void read_one() {
    std::size_t equals = rest_.find_first_of("=;");
    // `==` within a key is one `=` of it.
    while (equals != Text::npos && rest_.substr(equals, 2) == "==")
      equals = rest_.find_first_of("=;", equals + 2);
    if (equals == Text::npos || rest_[equals] == ';') {
      const Text part = rest_.substr(0, equals);
      if (!is_placeholder(part)) fault("a part between two `;` has no `=`");
      rest_.remove_prefix(std::min(equals, rest_.size()));
      return;
    }
    const Text key = trimmed(rest_.substr(0, equals));
    if (key.empty()) fault("nothing stands in front of a `=`");
    rest_ = trimmed(rest_.substr(equals + 1));
    add_setting(connection_, key, read_value());
  }

  std::string read_value() {
    if (rest_.starts_with('"') || rest_.starts_with('\'')) return read_quoted(rest_.front());
    const std::size_t end = std::min(rest_.find(';'), rest_.size());
    std::string value(trimmed(rest_.substr(0, end)));
    rest_.remove_prefix(end);
    return value;
  }

  // A quote within is written twice.
  std::string read_quoted(char quote) {
    std::string value;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] != quote) {
        value += rest_[i];
      } else if (i + 1 < rest_.size() && rest_[i + 1] == quote) {
        value += rest_[i++];
      } else {
        rest_ = trimmed(rest_.substr(i + 1));
        if (!rest_.empty() && rest_.front() != ';') {
          fault("something stands between a closing quote and the next `;`");
          rest_.remove_prefix(std::min(rest_.find(';'), rest_.size()));
        }
        return value;
      }
    }
    fault("a quote is never closed");
    rest_ = {};
    return value;
  }

  Text rest_;
  ConnectionText& connection_;
};

// --- host=db user=me

// The parts between blanks; blanks within single quotes separate nothing.
std::vector<Text> words_of(Text text) {
  std::vector<Text> words;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i + 1 < text.size() && text[i] == '\\') {
      ++i;
      continue;
    }
    if (i < text.size() && text[i] == '\'') quoted = !quoted;
    if (i < text.size() && (quoted || !is_space(text[i]))) continue;
    if (i > begin) words.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  return words;
}

// Whether a `;` separates something: one within libpq's quotes does not.
bool has_separator(Text text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && quoted) {
      ++i;
    } else if (text[i] == '\'') {
      quoted = !quoted;
    } else if (text[i] == ';' && !quoted) {
      return true;
    }
  }
  return false;
}

bool is_keywords(const std::vector<Text>& words) {
  return words.size() > 1 && std::all_of(words.begin(), words.end(), [](Text word) {
           const std::size_t equals = word.find('=');
           return equals != Text::npos && equals > 0;
         });
}

ConnectionText parse_keywords(const std::vector<Text>& words) {
  ConnectionText connection;
  connection.form = ConnectionForm::keywords;
  for (const Text word : words) {
    const std::size_t equals = word.find('=');
    Text value = word.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '\'' && value.back() == '\'')
      value = value.substr(1, value.size() - 2);
    add_setting(connection, word.substr(0, equals), value);
  }
  add_hosts_of_settings(connection);
  return connection;
}

}  // namespace

std::string compact(std::string_view words) {
  std::string made = text::ascii_lower(words);
  std::erase_if(made, [](char c) { return is_space(c) || c == '_' || c == '-'; });
  return made;
}

const std::string* ConnectionText::find(std::string_view key) const {
  for (const auto& one : std::views::reverse(settings)) {
    if (one.key == key) return &one.value;
  }
  return nullptr;
}

bool ConnectionText::says(std::string_view key, std::string_view value) const {
  const std::string* found = find(key);
  return found != nullptr && text::ascii_lower(*found) == value;
}

ConnectionText parse_connection(std::string_view text) {
  text = trimmed(text);
  if (const std::size_t scheme = scheme_length(text)) return parse_url(text, scheme);
  ConnectionText connection;
  const std::size_t colon = text.find(':');
  const std::string start = text::ascii_lower(text.substr(0, std::min<std::size_t>(colon, text.size())));
  if (colon != Text::npos && (start == "sqlite" || start == "file" || start == "jdbc")) {
    connection.scheme = start;
    if (start == "jdbc") connection.fault = "this is a JDBC URL, which only Java's drivers read";
    return connection;
  }
  if (text.find('=') == Text::npos) {
    if (text.find(';') != Text::npos) connection.fault = "there is no `=`";
    return connection;
  }
  if (!has_separator(text)) {
    const auto words = words_of(text);
    if (is_keywords(words)) return parse_keywords(words);
  }
  connection.form = ConnectionForm::key_value;
  KeyValueReader(text, connection).read();
  add_hosts_of_settings(connection);
  // What would be shown as the host may hold the password.
  const std::string* host = connection.find("host");
  if (host != nullptr && host->find_first_of("= \t\n") != std::string::npos && connection.fault.empty())
    connection.fault =
        "a blank or `=` stands in the host: parts are separated by `;`; libpq's keywords have no blanks "
        "around "
        "`=`, and values with blanks in quotes";
  return connection;
}

ConnectionText parse_redis_connection(std::string_view text) {
  text = trimmed(text);
  if (const std::size_t scheme = scheme_length(text)) return parse_url(text, scheme);
  ConnectionText connection;
  connection.form = ConnectionForm::redis;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const Text one = trimmed(text.substr(0, end));
    const std::size_t equals = one.find('=');
    if (equals != Text::npos) {
      add_setting(connection, one.substr(0, equals), trimmed(one.substr(equals + 1)));
    } else if (!one.empty()) {
      connection.hosts.push_back(host_only(one));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return connection;
}

bool is_placeholder(std::string_view value) {
  value = trimmed(value);
  if (value.find_first_not_of("*.xX?#_-\xE2\x80\xA6\xA2") == Text::npos)
    return true;  // with dots and bullets
  const auto wrapped = [&](char open, char close) { return value.front() == open && value.back() == close; };
  if (value.size() > 1 && (wrapped('<', '>') || wrapped('[', ']') || wrapped('{', '}') || wrapped('%', '%')))
    return true;
  for (const Text hole : {"${", "{{", "#{", "env("}) {
    if (value.find(hole) != Text::npos) return true;
  }
  for (const Text prefix : {"env:", "var.", "secret:", "vault:", "@Microsoft.KeyVault("}) {
    if (value.starts_with(prefix)) return true;
  }
  const auto is_name = [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; };
  if (value.front() == '$' && std::all_of(value.begin() + 1, value.end(), is_name)) return true;
  const std::string word = compact(value);
  constexpr std::array<Text, 9> words = {"changeme", "changeit",    "changethis", "replaceme", "replacethis",
                                         "redacted", "placeholder", "todo",       "secrethere"};
  if (contains(words, word)) return true;
  const bool ends_so = word.ends_with("password") || word.ends_with("secret") || word.ends_with("key") ||
                       word.ends_with("token") || word.ends_with("here") || word.ends_with("user");
  return word.starts_with("your") && ends_so;
}

bool is_default_credential(std::string_view user, std::string_view password) {
  if (password.empty() || is_placeholder(password)) return false;
  return text::ascii_lower(user) == text::ascii_lower(password) ||
         contains(default_passwords, text::ascii_lower(password));
}

bool has_default_credential(const ConnectionText& connection) {
  const std::string* user = connection.find("user");
  const std::string* password = connection.find("password");
  return password != nullptr && is_default_credential(user == nullptr ? Text() : Text(*user), *password);
}

bool has_literal_secret(const ConnectionText& connection) {
  return std::any_of(connection.settings.begin(), connection.settings.end(),
                     [&](const ConnectionSetting& one) {
                       if (!contains(secret_keys, one.key) || is_placeholder(one.value)) return false;
                       return one.key != "password" || !has_default_credential(connection);
                     });
}

bool is_local_host(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "::1" || host == "." ||
         host == "(local)" || host.starts_with("(localdb)") || host.ends_with(".localhost");
}

bool has_local_host(const ConnectionText& connection) {
  return std::any_of(connection.hosts.begin(), connection.hosts.end(),
                     [](const std::string& host) { return is_local_host(host); });
}

bool is_in_memory(const ConnectionText& sqlite) {
  const std::string* file = sqlite.find("data source");
  if (file != nullptr && file->find(":memory:") != std::string::npos) return true;
  return sqlite.says("mode", "memory") ||
         (file != nullptr && text::ascii_lower(*file).find("mode=memory") != std::string::npos);
}

const Provider* find_provider(std::string_view name) {
  const std::string wanted = text::ascii_lower(trimmed(name));
  for (const Provider& one : providers) {
    if (one.name == wanted) return &one;
  }
  return nullptr;
}

std::vector<std::string_view> provider_names() {
  std::vector<std::string_view> names;
  for (const Provider& one : providers) {
    if (one.standing == Provider::Standing::registered) names.push_back(one.name);
  }
  return names;
}

}  // namespace honua::connection
