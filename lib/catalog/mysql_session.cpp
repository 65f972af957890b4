// SPDX-License-Identifier: MIT
#include "catalog/mysql_session.h"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <utility>

#include <dlfcn.h>
#include <mariadb/errmsg.h>
#include <mariadb/mysql.h>
#include <mariadb/mysqld_error.h>

#include "catalog/late_library.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::catalog {

struct MysqlClient {
  decltype(&mysql_init) init = nullptr;
  decltype(&mysql_options) set_option = nullptr;
  decltype(&mysql_ssl_set) set_tls_files = nullptr;
  decltype(&mysql_real_connect) connect = nullptr;
  decltype(&mysql_close) close = nullptr;
  decltype(&mysql_errno) error_number = nullptr;
  decltype(&mysql_error) error_text = nullptr;
  decltype(&mysql_get_ssl_cipher) tls_cipher = nullptr;
  decltype(&mysql_real_query) query = nullptr;
  decltype(&mysql_next_result) next_result = nullptr;
  decltype(&mysql_store_result) store_result = nullptr;
  decltype(&mysql_free_result) free_result = nullptr;
  decltype(&mysql_field_count) field_count = nullptr;
  decltype(&mysql_num_rows) row_count = nullptr;
  decltype(&mysql_fetch_row) fetch_row = nullptr;
  decltype(&mysql_fetch_lengths) fetch_lengths = nullptr;
};

namespace {

using std::chrono::milliseconds;
using Tls = connection::MysqlTarget::Tls;

// The server's numbers that the library's headers do not have.
constexpr unsigned mysql_query_timeout = 3024;  // of MySQL

// How servers are told who somebody is without the password itself, whoever they are.
constexpr const char* mysql_careful_plugins =
    "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,auth_gssapi_client";

struct MysqlCloser {
  const MysqlClient* client = nullptr;
  void operator()(MYSQL* connection) const { client->close(connection); }
};
using MysqlHandle = std::unique_ptr<MYSQL, MysqlCloser>;

struct MysqlResultFreer {
  const MysqlClient* client = nullptr;
  void operator()(MYSQL_RES* result) const { client->free_result(result); }
};
using MysqlResultHandle = std::unique_ptr<MYSQL_RES, MysqlResultFreer>;

bool find_mysql_functions(void* library, MysqlClient& client) {
  const auto find = [&](const char* name, auto& target) { return find_function(library, name, target); };
  return find("mysql_init", client.init) && find("mysql_options", client.set_option) &&
         find("mysql_ssl_set", client.set_tls_files) && find("mysql_real_connect", client.connect) &&
         find("mysql_close", client.close) && find("mysql_errno", client.error_number) &&
         find("mysql_error", client.error_text) && find("mysql_get_ssl_cipher", client.tls_cipher) &&
         find("mysql_real_query", client.query) && find("mysql_next_result", client.next_result) &&
         find("mysql_store_result", client.store_result) && find("mysql_free_result", client.free_result) &&
         find("mysql_field_count", client.field_count) && find("mysql_num_rows", client.row_count) &&
         find("mysql_fetch_row", client.fetch_row) && find("mysql_fetch_lengths", client.fetch_lengths);
}

const char* mysql_text_or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

std::string mysql_duration_text(milliseconds duration) {
  const auto count = duration.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

// The library counts whole seconds, and takes 0 for ever.
unsigned mysql_seconds(milliseconds duration) {
  constexpr milliseconds::rep longest = 24L * 60 * 60 * 1000;
  return static_cast<unsigned>((std::clamp<milliseconds::rep>(duration.count(), 1, longest) + 999) / 1000);
}

// The library takes other texts for lists of options, for plugins to load or for several servers.
bool is_mysql_host(std::string_view host) {
  return !host.empty() && host.find_first_of("=;,/\\ ") == std::string_view::npos;
}

std::string mysql_place(const connection::MysqlTarget& target) {
  if (!target.socket.empty()) return text::quoted(target.socket);
  const bool is_v6 = target.host.find(':') != std::string::npos;
  return text::quoted((is_v6 ? "[" + target.host + "]" : target.host) + ":" + std::to_string(target.port));
}

std::string trouble_with_mysql_target(const connection::MysqlTarget& target) {
  if (target.database.empty()) return "the connection names no database";
  if (target.socket.empty() && target.host.empty()) return "the connection names no host";
  if (target.socket.empty() && !is_mysql_host(target.host))
    return text::quoted(target.host) + " is no name of a host";
  const auto has_nul_in = [](const std::string& one) { return one.find('\0') != std::string::npos; };
  const bool has_nul = has_nul_in(target.host) || has_nul_in(target.socket) || has_nul_in(target.database) ||
                       has_nul_in(target.user) || has_nul_in(target.password);
  return has_nul ? "the connection contains a NUL character" : "";
}

}  // namespace

Result<std::shared_ptr<const MysqlClient>> load_mysql_client(const char* library) {
  // Never unloaded: what it has started may still run.
  void* handle = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr)
    return fail("the client library " + text::quoted(library) +
                " is not here: install it (Debian's package is " + text::quoted(mysql_package) + ")");
  auto client = std::make_shared<MysqlClient>();
  if (!find_mysql_functions(handle, *client))
    return fail("the client library " + text::quoted(library) +
                " lacks functions: install that of MariaDB (Debian's package is " +
                text::quoted(mysql_package) + ")");
  return client;
}

struct MysqlSession::State {
  std::shared_ptr<const MysqlClient> client;
  connection::MysqlTarget target;
  milliseconds timeout{};
  std::chrono::steady_clock::time_point deadline;
  MysqlHandle connection;

  [[nodiscard]] bool set(mysql_option option, const void* value) const {
    return client->set_option(connection.get(), option, value) == 0;
  }
  [[nodiscard]] bool set_options() const;
  [[nodiscard]] bool set_tls_options() const;
  [[nodiscard]] std::string too_slow() const;
  [[nodiscard]] std::string server_text() const;
  [[nodiscard]] std::string connect_trouble() const;
  [[nodiscard]] std::string query_trouble() const;
  [[nodiscard]] Result<MysqlRows> take_rows() const;
};

bool MysqlSession::State::set_options() const {
  const unsigned seconds = mysql_seconds(timeout);
  const unsigned no = 0;
  const unsigned protocol = target.socket.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
  return set(MYSQL_OPT_CONNECT_TIMEOUT, &seconds) && set(MYSQL_OPT_READ_TIMEOUT, &seconds) &&
         set(MYSQL_OPT_WRITE_TIMEOUT, &seconds) && set(MYSQL_SET_CHARSET_NAME, "utf8mb4") &&
         // A server could ask for any of our files.
         set(MYSQL_OPT_LOCAL_INFILE, &no) && set(MYSQL_OPT_PROTOCOL, &protocol) && set_tls_options();
}

bool MysqlSession::State::set_tls_options() const {
  const my_bool use = target.tls == Tls::off ? 0 : 1;
  const my_bool verify = target.tls == Tls::verify_ca || target.tls == Tls::verify_full ? 1 : 0;
  if (!set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify)) return false;
  // Else a server that is none of ours could ask for the password as it is.
  if (verify == 0 && !set(MARIADB_OPT_RESTRICTED_AUTH, mysql_careful_plugins)) return false;
  if (use == 0) return true;
  client->set_tls_files(connection.get(), mysql_text_or_null(target.key),
                        mysql_text_or_null(target.certificate),
                        verify == 0 ? nullptr : mysql_text_or_null(target.ca), nullptr, nullptr);
  return set(MYSQL_OPT_SSL_ENFORCE, &use);
}

std::string MysqlSession::State::too_slow() const {
  return "there was no answer within " + mysql_duration_text(timeout);
}

// What the server says is its own affair, but for our secrets in it.
std::string MysqlSession::State::server_text() const {
  std::string said = client->error_text(connection.get());
  const std::string& secret = target.password;
  for (std::size_t at = 0; !secret.empty() && (at = said.find(secret, at)) != std::string::npos; at += 3)
    said.replace(at, secret.size(), "***");
  return text::printable(said);
}

std::string MysqlSession::State::connect_trouble() const {
  const std::string place = mysql_place(target);
  const bool is_late = std::chrono::steady_clock::now() >= deadline;
  switch (client->error_number(connection.get())) {
    case CR_UNKNOWN_HOST: return "there is no host " + text::quoted(target.host);
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_SERVER_LOST:
    case CR_IPSOCK_ERROR:
      return is_late ? place + ": " + too_slow() : "no server answers at " + place + ": " + server_text();
    case CR_SSL_CONNECTION_ERROR: return "no safe connection to " + place + ": " + server_text();
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR: return "the server refuses to log in: " + server_text();
    case ER_DBACCESS_DENIED_ERROR:
      return "the database " + text::quoted(target.database) +
             " is not there or not for this user: " + server_text();
    case ER_BAD_DB_ERROR: return "there is no database " + text::quoted(target.database);
    default: return "connecting to " + place + " failed: " + server_text();
  }
}

std::string MysqlSession::State::query_trouble() const {
  const bool is_late = std::chrono::steady_clock::now() >= deadline;
  switch (client->error_number(connection.get())) {
    case ER_STATEMENT_TIMEOUT:
    case mysql_query_timeout: return too_slow();
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST: return is_late ? too_slow() : "the connection broke: " + server_text();
    default: return server_text();
  }
}

// Of the statement whose turn it is; none if it has no result.
Result<MysqlRows> MysqlSession::State::take_rows() const {
  const MysqlResultHandle result(client->store_result(connection.get()), {client.get()});
  MysqlRows rows;
  if (result == nullptr) {
    if (client->error_number(connection.get()) != 0) return fail(query_trouble());
    return rows;
  }
  const unsigned width = client->field_count(connection.get());
  rows.reserve(client->row_count(result.get()));
  while (char** const values = client->fetch_row(result.get())) {
    const unsigned long* lengths = client->fetch_lengths(result.get());
    MysqlRow row(width);
    for (unsigned at = 0; at < width; ++at) {
      if (values[at] != nullptr) row[at].emplace(values[at], lengths[at]);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

MysqlSession::MysqlSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
MysqlSession::~MysqlSession() = default;

Result<std::unique_ptr<MysqlSession>> MysqlSession::connect(const connection::MysqlTarget& target,
                                                            std::chrono::milliseconds timeout) {
  if (std::string trouble = trouble_with_mysql_target(target); !trouble.empty())
    return fail(std::move(trouble));
  auto client = load_mysql_client(mysql_library);
  if (!client) return fail(std::move(client).error().message);
  auto state = std::make_unique<State>();
  state->client = *std::move(client);
  state->target = target;
  state->timeout = timeout;
  state->deadline = std::chrono::steady_clock::now() + timeout;
  {
    // The first one initializes the library, which is not made for several at a time.
    static std::mutex initializing;
    const std::scoped_lock lock(initializing);
    state->connection = MysqlHandle(state->client->init(nullptr), {state->client.get()});
  }
  if (state->connection == nullptr) return fail("there is not enough memory for a connection");
  if (!state->set_options()) return fail("the client library refuses an option: " + state->server_text());
  const bool has_socket = !target.socket.empty();
  const MYSQL* connected = state->client->connect(
      state->connection.get(), has_socket ? nullptr : target.host.c_str(), target.user.c_str(),
      target.password.c_str(), target.database.c_str(), has_socket ? 0 : target.port,
      mysql_text_or_null(target.socket), CLIENT_MULTI_STATEMENTS);
  if (connected == nullptr) return fail(state->connect_trouble());
  const bool needs_tls = target.tls != Tls::off && target.tls != Tls::preferred;
  // The library goes on without where the server has none.
  if (needs_tls && state->client->tls_cipher(state->connection.get()) == nullptr)
    return fail("no safe connection to " + mysql_place(target) + ": the server does not offer TLS");
  return std::unique_ptr<MysqlSession>(new MysqlSession(std::move(state)));
}

Result<std::vector<MysqlRows>> MysqlSession::run(const std::vector<std::string>& statements) {
  const std::string all = text::join(statements, ";\n");
  MYSQL* connection = state_->connection.get();
  std::vector<MysqlRows> results;
  results.reserve(statements.size());
  if (state_->client->query(connection, all.data(), all.size()) != 0) return fail(state_->query_trouble());
  while (true) {
    auto rows = state_->take_rows();
    if (!rows) return fail(std::move(rows).error().message);
    results.push_back(*std::move(rows));
    // Each statement has a limit of its own; all have this one.
    if (std::chrono::steady_clock::now() >= state_->deadline) return fail(state_->too_slow());
    const int status = state_->client->next_result(connection);
    if (status < 0) break;
    if (status > 0) return fail(state_->query_trouble());
  }
  if (results.size() != statements.size()) return fail("the server answered something else than was asked");
  return results;
}

}  // namespace honua::catalog
