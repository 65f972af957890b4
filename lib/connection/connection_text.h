// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What connection strings say. Their parts may be secrets: rules may speak of
// keys, and of the fixed texts below, but never print a part.
namespace honua::connection {

enum class ConnectionForm : std::uint8_t {
  key_value,  // Host=db;Username=me
  keywords,   // host=db user=me
  url,        // postgres://me@db/city
  redis,      // cache:6379,ssl=true
  plain,      // none of these: a path, perhaps
};

struct ConnectionSetting {
  std::string key;  // "host", "password": the common name of all its spellings, or lower case without blanks
  std::string value;
  bool is_known = false;  // the key is one of those in the table, fit to be printed
};

struct ConnectionText {
  ConnectionForm form = ConnectionForm::plain;
  std::string scheme;              // of a URL, or before a path: "sqlite"; lower case
  std::vector<std::string> hosts;  // without ports, lower case
  std::vector<ConnectionSetting> settings;
  std::string_view fault;  // a fixed text about what is malformed, or ""

  // The value for this common name, or nullptr. Of several, the last.
  [[nodiscard]] const std::string* find(std::string_view key) const;
  [[nodiscard]] bool says(std::string_view key, std::string_view value) const;
};

// Lower case without what words are joined by: "sslmode" of "SSL Mode" and "ssl-mode".
[[nodiscard]] std::string compact(std::string_view words);

// Of a database or of Azure's storage.
[[nodiscard]] ConnectionText parse_connection(std::string_view text);
[[nodiscard]] ConnectionText parse_redis_connection(std::string_view text);

// Stands for a value that is put in later: `<password>`, `${X}`, `CHANGEME`, `***`, nothing.
[[nodiscard]] bool is_placeholder(std::string_view value);
// Credentials that a product comes with or that everybody tries first.
[[nodiscard]] bool is_default_credential(std::string_view user, std::string_view password);
[[nodiscard]] bool has_default_credential(const ConnectionText& connection);
// A password or key that is written out and that not everybody knows anyway.
[[nodiscard]] bool has_literal_secret(const ConnectionText& connection);

// This machine, in all the ways to say it.
[[nodiscard]] bool is_local_host(std::string_view host);
[[nodiscard]] bool has_local_host(const ConnectionText& connection);
[[nodiscard]] bool is_in_memory(const ConnectionText& sqlite);

struct Provider {
  enum class Standing : std::uint8_t {
    registered,  // the server knows this name
    alias,       // people use it for a name that the server knows
    enterprise,  // only the enterprise build knows it
  };
  std::string_view name;
  std::string_view canonical;  // "postgresql" for "postgres"
  Standing standing = Standing::registered;

  // A file or memory instead of a server.
  [[nodiscard]] bool is_embedded() const { return canonical == "sqlite" || canonical == "duckdb"; }
};
// Without regard to case; nullptr if nobody knows it.
[[nodiscard]] const Provider* find_provider(std::string_view name);
// The names that the server knows.
[[nodiscard]] std::vector<std::string_view> provider_names();

}  // namespace honua::connection
