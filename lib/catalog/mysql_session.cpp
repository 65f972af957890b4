// SPDX-License-Identifier: MIT
#include "catalog/mysql_session.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <limits>
#include <mutex>
#include <string_view>
#include <utility>

#include <dlfcn.h>
#include <mariadb/errmsg.h>
#include <mariadb/mysql.h>
#include <mariadb/mysqld_error.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/late_library.h"
#include "text/mask.h"
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
  decltype(&mysql_use_result) use_result = nullptr;
  decltype(&mysql_free_result) free_result = nullptr;
  decltype(&mysql_field_count) field_count = nullptr;
  decltype(&mysql_fetch_row) fetch_row = nullptr;
  decltype(&mysql_fetch_lengths) fetch_lengths = nullptr;
  decltype(&mysql_get_socket) socket = nullptr;
  // Has a function called after each read (0) and write (1).
  int (*watch_io)(my_bool is_wanted, void (*watch)(int mode, MYSQL* connection, const unsigned char* bytes,
                                                   std::size_t size)) = nullptr;
};

namespace {

using std::chrono::milliseconds;
using Tls = connection::MysqlTarget::Tls;

// The server's numbers that the library's headers do not have.
constexpr unsigned mysql_query_timeout = 3024;  // of MySQL

// How servers are told who somebody is without the password itself, whoever they are.
constexpr const char* mysql_careful_plugins =
    "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,auth_gssapi_client";

// What a server may send before it comes to the rows of an answer: of ours, no such part has a KiB.
constexpr std::size_t max_mysql_overture = std::size_t{1024} * 1024;
// What it may send of one row: servers limit a view's definition, which may be the longest of ours, to less.
constexpr std::size_t max_mysql_row = std::size_t{32} * 1024 * 1024;
// What memory takes for each row beside its values.
constexpr std::size_t mysql_row_overhead = 100;

// What a server is left, while the library does something for a session. Each wait of the library alone could
// be as long as all may take, and it takes whatever is sent.
class MysqlWatch {
 public:
  MysqlWatch(const MysqlClient& client, std::chrono::steady_clock::time_point deadline)
      : client_(&client), deadline_(deadline), outer_(std::exchange(current(), this)) {}
  MysqlWatch(const MysqlWatch&) = delete;
  MysqlWatch& operator=(const MysqlWatch&) = delete;
  ~MysqlWatch() { current() = outer_; }

  [[nodiscard]] bool is_late() const { return std::chrono::steady_clock::now() >= deadline_; }
  [[nodiscard]] bool is_too_much() const { return is_too_much_; }
  void allow(std::size_t bytes) { left_ = bytes; }

  // Ends the connection because of too much, so that nothing waits for the rest.
  void end_too_much(MYSQL* connection) {
    is_too_much_ = true;
    ::shutdown(client_->socket(connection), SHUT_RDWR);
  }

  // What the library calls instead of poll(), and after each read. It does not say for which session.
  static int wait(my_socket socket, my_bool is_read, int timeout);
  static void watch(int mode, MYSQL* connection, const unsigned char* bytes, std::size_t size);

 private:
  // The one whose turn it is in this thread.
  static MysqlWatch*& current() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library hands nothing on
    thread_local MysqlWatch* watch = nullptr;
    return watch;
  }

  const MysqlClient* client_;
  std::chrono::steady_clock::time_point deadline_;
  std::size_t left_ = max_mysql_overture;
  bool is_too_much_ = false;
  MysqlWatch* outer_;
};

int MysqlWatch::wait(my_socket socket, my_bool is_read, int timeout) {
  constexpr milliseconds::rep longest = std::numeric_limits<int>::max();
  milliseconds::rep left = timeout;
  if (const MysqlWatch* const watch = current(); watch != nullptr)
    left = std::chrono::ceil<milliseconds>(watch->deadline_ - std::chrono::steady_clock::now()).count();
  pollfd polled{socket, static_cast<short>(is_read != 0 ? POLLIN : POLLOUT), 0};
  int ready = 0;
  do {
    ready = ::poll(&polled, 1, static_cast<int>(std::clamp<milliseconds::rep>(left, 0, longest)));
  } while (ready < 0 && errno == EINTR);
  if (ready == 0) errno = ETIMEDOUT;
  return ready;
}

void MysqlWatch::watch(int mode, MYSQL* connection, const unsigned char* /*bytes*/, std::size_t size) {
  MysqlWatch* const watch = current();
  constexpr std::size_t failed = std::numeric_limits<std::size_t>::max();
  if (watch == nullptr || mode != 0 || size == failed) return;
  if (size > watch->left_) watch->end_too_much(connection);
  watch->left_ -= std::min(size, watch->left_);
  if (watch->is_late()) ::shutdown(watch->client_->socket(connection), SHUT_RDWR);
}

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
         find("mysql_use_result", client.use_result) && find("mysql_free_result", client.free_result) &&
         find("mysql_field_count", client.field_count) && find("mysql_fetch_row", client.fetch_row) &&
         find("mysql_fetch_lengths", client.fetch_lengths) && find("mysql_get_socket", client.socket) &&
         find("ma_pvio_register_callback", client.watch_io);
}

const char* mysql_text_or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

std::string mysql_too_much() {
  return "the server's answer is larger than " + std::to_string(max_mysql_answer >> 20) + " MiB";
}

std::string mysql_duration_text(milliseconds duration) {
  const auto count = duration.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

// The library counts whole seconds, and takes 0 for ever.
unsigned mysql_seconds(milliseconds duration) {
  const milliseconds waited = std::clamp(duration, milliseconds(1), longest_timeout);
  return static_cast<unsigned>(std::chrono::ceil<std::chrono::seconds>(waited).count());
}

// The library takes other texts for lists of options, for plugins to load or for several servers.
bool is_mysql_host(std::string_view host) {
  return !host.empty() && host.find_first_of("=;,/\\ ") == std::string_view::npos;
}

// Of words on a connection, what stands in quotes may be a part of a password, also where people meant it to
// be a host or a user. It may contain quotes itself, so all is taken from the first to the last.
std::string without_mysql_quoted(const std::string& words) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_apostrophe = [&](std::size_t at) {  // as in "can't"
    return at > 0 && at + 1 < words.size() && is_letter(words[at - 1]) && is_letter(words[at + 1]);
  };
  std::size_t first = words.find('\'');
  while (first != std::string::npos && is_apostrophe(first)) first = words.find('\'', first + 1);
  if (first == std::string::npos) return words;
  std::size_t last = words.rfind('\'');
  while (last > first && is_apostrophe(last)) last = words.rfind('\'', last - 1);
  return words.substr(0, first) + "..." + (first == last ? "" : words.substr(last + 1));
}

std::string trouble_with_mysql_target(const connection::MysqlTarget& target) {
  if (target.database.empty()) return "the connection names no database";
  if (target.socket.empty() && target.host.empty()) return "the connection names no host";
  if (target.socket.empty() && !is_mysql_host(target.host))
    return "what the connection names as its host is no name of one";
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
  // Once: it would count all as often.
  static const int registered = client->watch_io(1, MysqlWatch::watch);
  if (registered != 0) return fail("the client library " + text::quoted(library) + " refuses to be watched");
  return client;
}

struct MysqlSession::State {
  std::shared_ptr<const MysqlClient> client;
  connection::MysqlTarget target;
  milliseconds timeout{};
  std::chrono::steady_clock::time_point deadline;
  std::size_t taken = 0;
  MysqlHandle connection;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    const MysqlWatch watch(*client, deadline);
    connection.reset();
  }

  [[nodiscard]] bool set(mysql_option option, const void* value) const {
    return client->set_option(connection.get(), option, value) == 0;
  }
  [[nodiscard]] bool set_options() const;
  [[nodiscard]] bool set_tls_options() const;
  [[nodiscard]] std::string too_slow() const;
  [[nodiscard]] std::string without_password() const;
  [[nodiscard]] std::string server_text() const { return text::printable(without_password()); }
  [[nodiscard]] std::string connect_text() const {
    return text::printable(without_mysql_quoted(without_password()));
  }
  [[nodiscard]] bool open() const;
  [[nodiscard]] std::string connect_trouble(const MysqlWatch& watch) const;
  [[nodiscard]] std::string query_trouble(const MysqlWatch& watch) const;
  [[nodiscard]] Result<MysqlRows> take_rows(MysqlWatch& watch);
  [[nodiscard]] MysqlRow take_row(MYSQL_RES* result, char** values, unsigned width);
};

bool MysqlSession::State::set_options() const {
  const unsigned seconds = mysql_seconds(timeout);
  const unsigned no = 0;
  const unsigned protocol = target.socket.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
  // The two ways in which the library takes a function: neither is another's type.
  using Wait = int (*)(my_socket socket, my_bool is_read, int timeout);
  const Wait wait = MysqlWatch::wait;
  return set(MARIADB_OPT_IO_WAIT, std::bit_cast<const void*>(wait)) &&
         set(MYSQL_OPT_CONNECT_TIMEOUT, &seconds) && set(MYSQL_OPT_READ_TIMEOUT, &seconds) &&
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
std::string MysqlSession::State::without_password() const {
  return text::without_secret(client->error_text(connection.get()), target.password);
}

bool MysqlSession::State::open() const {
  const bool has_socket = !target.socket.empty();
  return client->connect(connection.get(), has_socket ? nullptr : target.host.c_str(), target.user.c_str(),
                         target.password.c_str(), target.database.c_str(), has_socket ? 0 : target.port,
                         mysql_text_or_null(target.socket), CLIENT_MULTI_STATEMENTS) != nullptr;
}

std::string MysqlSession::State::connect_trouble(const MysqlWatch& watch) const {
  if (watch.is_too_much()) return mysql_too_much();
  if (watch.is_late()) return too_slow();
  switch (client->error_number(connection.get())) {
    case CR_UNKNOWN_HOST: return "there is no host of this name";
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_SERVER_LOST:
    case CR_IPSOCK_ERROR: return "no server answers: " + connect_text();
    case CR_SSL_CONNECTION_ERROR: return "no safe connection to the server: " + connect_text();
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR: return "the server refuses to log in: " + connect_text();
    case ER_DBACCESS_DENIED_ERROR: return "the database is not there or not for this user: " + connect_text();
    case ER_BAD_DB_ERROR: return "there is no database of this name";
    default: return "connecting to the server failed: " + connect_text();
  }
}

std::string MysqlSession::State::query_trouble(const MysqlWatch& watch) const {
  if (watch.is_too_much()) return mysql_too_much();
  if (watch.is_late()) return too_slow();
  switch (client->error_number(connection.get())) {
    case ER_STATEMENT_TIMEOUT:
    case mysql_query_timeout: return too_slow();
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST: return "the connection broke: " + server_text();
    default: return server_text();
  }
}

MysqlRow MysqlSession::State::take_row(MYSQL_RES* result, char** values, unsigned width) {
  const unsigned long* lengths = client->fetch_lengths(result);
  MysqlRow row(width);
  taken += mysql_row_overhead + width * sizeof(MysqlValue);
  for (unsigned at = 0; at < width; ++at) {
    if (values[at] == nullptr) continue;
    row[at].emplace(values[at], lengths[at]);
    taken += lengths[at];
  }
  return row;
}

// Of the statement whose turn it is; none if it has no result.
Result<MysqlRows> MysqlSession::State::take_rows(MysqlWatch& watch) {
  const MysqlResultHandle result(client->use_result(connection.get()), {client.get()});
  MysqlRows rows;
  const unsigned width = client->field_count(connection.get());
  if (result != nullptr) {
    watch.allow(max_mysql_row);
    while (char** const values = client->fetch_row(result.get())) {
      rows.push_back(take_row(result.get(), values, width));
      if (taken > max_mysql_answer) watch.end_too_much(connection.get());
      if (watch.is_too_much() || watch.is_late()) return fail(query_trouble(watch));
      watch.allow(max_mysql_row);
    }
    watch.allow(max_mysql_overture);
  }
  if (client->error_number(connection.get()) != 0) return fail(query_trouble(watch));
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
  state->timeout = std::min(timeout, longest_timeout);
  state->deadline = std::chrono::steady_clock::now() + state->timeout;
  {
    // The first one initializes the library, which is not made for several at a time.
    static std::mutex initializing;
    const std::scoped_lock lock(initializing);
    state->connection = MysqlHandle(state->client->init(nullptr), {state->client.get()});
  }
  if (state->connection == nullptr) return fail("there is not enough memory for a connection");
  if (!state->set_options()) return fail("the client library refuses an option: " + state->server_text());
  const MysqlWatch watch(*state->client, state->deadline);
  if (!state->open()) return fail(state->connect_trouble(watch));
  const bool needs_tls = target.tls != Tls::off && target.tls != Tls::preferred;
  // The library goes on without where the server has none.
  if (needs_tls && state->client->tls_cipher(state->connection.get()) == nullptr)
    return fail("no safe connection to the server: it does not offer TLS");
  return std::unique_ptr<MysqlSession>(new MysqlSession(std::move(state)));
}

Result<std::vector<MysqlRows>> MysqlSession::run(const std::vector<std::string>& statements) {
  const std::string all = text::join(statements, ";\n");
  MYSQL* connection = state_->connection.get();
  MysqlWatch watch(*state_->client, state_->deadline);
  std::vector<MysqlRows> results;
  results.reserve(statements.size());
  if (state_->client->query(connection, all.data(), all.size()) != 0)
    return fail(state_->query_trouble(watch));
  while (results.size() < statements.size()) {
    auto rows = state_->take_rows(watch);
    if (!rows) return fail(std::move(rows).error().message);
    results.push_back(*std::move(rows));
    // Each statement has a limit of its own; all have this one.
    if (watch.is_late()) return fail(state_->too_slow());
    const int status = state_->client->next_result(connection);
    if (status > 0) return fail(state_->query_trouble(watch));
    const bool is_last = results.size() == statements.size();
    if ((status < 0) != is_last) return fail("the server answered something else than was asked");
  }
  return results;
}

}  // namespace honua::catalog
