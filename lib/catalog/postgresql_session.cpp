// SPDX-License-Identifier: MIT
#include "catalog/postgresql_session.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>
#include <cstddef>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include <dlfcn.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "base/late_library.h"
#include "catalog/reader.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::catalog {

// The functions of libpq that are used. The library is loaded, not linked: other commands would pay for its
// start-up (TLS, Kerberos, LDAP), and a machine without it can still use them.
struct Libpq {
  decltype(&PQconnectStartParams) connect_start = nullptr;
  decltype(&PQconnectPoll) connect_poll = nullptr;
  decltype(&PQstatus) status = nullptr;
  decltype(&PQsocket) socket = nullptr;
  decltype(&PQpass) password = nullptr;
  decltype(&PQerrorMessage) error_message = nullptr;
  decltype(&PQfinish) finish = nullptr;
  decltype(&PQsetNoticeProcessor) set_notice_processor = nullptr;
  decltype(&PQsetnonblocking) set_nonblocking = nullptr;
  decltype(&PQsendQuery) send_query = nullptr;
  decltype(&PQflush) flush = nullptr;
  decltype(&PQconsumeInput) consume_input = nullptr;
  decltype(&PQisBusy) is_busy = nullptr;
  decltype(&PQgetResult) get_result = nullptr;
  decltype(&PQresultStatus) result_status = nullptr;
  decltype(&PQresultErrorMessage) result_error_message = nullptr;
  decltype(&PQntuples) count_rows = nullptr;
  decltype(&PQgetvalue) get_value = nullptr;
  decltype(&PQgetlength) get_length = nullptr;
  decltype(&PQgetisnull) is_null = nullptr;
  decltype(&PQclear) clear = nullptr;
  decltype(&PQconninfoParse) parse = nullptr;
  decltype(&PQconninfoFree) free_options = nullptr;
  decltype(&PQfreemem) free_memory = nullptr;
};

namespace {

using Deadline = std::chrono::steady_clock::time_point;

std::optional<Libpq> load_libpq() {
  // Never closed: its libraries leave things behind that do not stand it.
  void* library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  Libpq made;
  const bool is_complete =
      find_function(library, "PQconnectStartParams", made.connect_start) &&
      find_function(library, "PQconnectPoll", made.connect_poll) &&
      find_function(library, "PQstatus", made.status) && find_function(library, "PQsocket", made.socket) &&
      find_function(library, "PQpass", made.password) &&
      find_function(library, "PQerrorMessage", made.error_message) &&
      find_function(library, "PQfinish", made.finish) &&
      find_function(library, "PQsetNoticeProcessor", made.set_notice_processor) &&
      find_function(library, "PQsetnonblocking", made.set_nonblocking) &&
      find_function(library, "PQsendQuery", made.send_query) &&
      find_function(library, "PQflush", made.flush) &&
      find_function(library, "PQconsumeInput", made.consume_input) &&
      find_function(library, "PQisBusy", made.is_busy) &&
      find_function(library, "PQgetResult", made.get_result) &&
      find_function(library, "PQresultStatus", made.result_status) &&
      find_function(library, "PQresultErrorMessage", made.result_error_message) &&
      find_function(library, "PQntuples", made.count_rows) &&
      find_function(library, "PQgetvalue", made.get_value) &&
      find_function(library, "PQgetlength", made.get_length) &&
      find_function(library, "PQgetisnull", made.is_null) && find_function(library, "PQclear", made.clear) &&
      find_function(library, "PQconninfoParse", made.parse) &&
      find_function(library, "PQconninfoFree", made.free_options) &&
      find_function(library, "PQfreemem", made.free_memory);
  return is_complete ? std::optional(made) : std::nullopt;
}

Result<const Libpq*> find_libpq() {
  static const std::optional<Libpq> loaded = load_libpq();
  if (!loaded) return fail("the library that talks to PostgreSQL is missing: install `libpq5`");
  return &*loaded;
}

// How much the kernel has taken for a socket; nothing where it does not count, as for local ones.
std::optional<std::size_t> count_received(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  const bool is_counted = getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
                          size >= offsetof(tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received;
  return is_counted ? std::optional<std::size_t>(info.tcpi_bytes_received) : std::nullopt;
}

// What waits in a socket to be read.
std::size_t count_waiting(int socket) {
  int waiting = 0;
  return ioctl(socket, FIONREAD, &waiting) == 0 ? static_cast<std::size_t>(waiting) : 0;
}

Result<void> check_limits_of(Deadline deadline, std::size_t received) {
  if (std::chrono::steady_clock::now() >= deadline) return fail("it does not answer in time");
  if (received > max_postgresql_answer)
    return fail("its answer is larger than " + std::to_string(max_postgresql_answer >> 20) + " MiB");
  return {};
}

bool is_failure(ExecStatusType status) {
  return status == PGRES_FATAL_ERROR || status == PGRES_NONFATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

void ignore_notice(void* /*unused*/, const char* /*message*/) {}

// Of a line on a connection, what stands in quotes may be a part of a password, also where people meant it to
// be a host or a user. It may contain quotes itself, so all is taken from the first to the last.
std::string without_quoted(std::string_view line) {
  const std::size_t first = line.find('"');
  if (first == std::string_view::npos) return std::string(line);
  const std::size_t last = line.rfind('"');
  const std::string_view rest = first == last ? "" : line.substr(last + 1);
  return std::string(line.substr(0, first)) + "..." + std::string(rest);
}

// The first of libpq's lines on what went wrong, with what comes before the server's own words taken away.
std::string_view first_line(std::string_view message) {
  std::string_view line = message.substr(0, message.find('\n'));
  // `connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  database "x" does not exist`
  for (const std::string_view severity : {"FATAL:  ", "ERROR:  ", "PANIC:  "}) {
    const std::size_t at = line.find(severity);
    if (at != std::string_view::npos) line.remove_prefix(at + severity.size());
  }
  return line;
}

}  // namespace

Result<std::optional<std::string>> fault_of_conninfo(const std::string& connection) {
  const auto libpq = find_libpq();
  if (!libpq) return fail(libpq.error().message);
  char* message = nullptr;
  PQconninfoOption* options = (*libpq)->parse(connection.c_str(), &message);
  std::optional<std::string> fault;
  if (options == nullptr) {
    fault = message == nullptr ? "it is malformed" : text::printable(without_quoted(first_line(message)));
    (*libpq)->free_memory(message);
  } else {
    (*libpq)->free_options(options);
  }
  return fault;
}

// --- Rows

PostgresqlRows::PostgresqlRows(const Libpq& libpq, PGresult* result)
    : libpq_(&libpq), result_(result, libpq.clear) {}

std::size_t PostgresqlRows::size() const {
  return static_cast<std::size_t>(libpq_->count_rows(result_.get()));
}

std::string_view PostgresqlRows::text(std::size_t row, int column) const {
  const int index = static_cast<int>(row);
  return {libpq_->get_value(result_.get(), index, column),
          static_cast<std::size_t>(libpq_->get_length(result_.get(), index, column))};
}

bool PostgresqlRows::is_null(std::size_t row, int column) const {
  return libpq_->is_null(result_.get(), static_cast<int>(row), column) != 0;
}

std::int64_t PostgresqlRows::number(std::size_t row, int column) const {
  std::int64_t number = 0;
  const std::string_view digits = text(row, column);
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// --- The connection

// libpq reads a message to its end in one call while the server keeps sending, and one may have a gibibyte.
// Meanwhile this looks at the limits, and ends the socket that breaks them.
class PostgresqlSession::Watch {
 public:
  // libpq may close the socket, and its number be that of another: a copy stays.
  Watch(int socket, Deadline deadline) : socket_(::dup(socket)), deadline_(deadline) {
    try {
      thread_ = std::thread([this] { look(); });
    } catch (const std::system_error&) {
      // Without a thread to spare the limits are held between messages.
    }
  }
  ~Watch() {
    {
      const std::scoped_lock lock(mutex_);
      is_done_ = true;
    }
    done_.notify_one();
    if (thread_.joinable()) thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // What it found so far.
  [[nodiscard]] Result<void> verdict() const {
    const std::scoped_lock lock(mutex_);
    return verdict_;
  }

 private:
  void look() {
    constexpr std::chrono::milliseconds interval{10};
    std::unique_lock lock(mutex_);
    while (verdict_.has_value() && !done_.wait_for(lock, interval, [this] { return is_done_; })) {
      verdict_ = check_limits_of(deadline_, count_received(socket_.number()).value_or(0));
      if (!verdict_) (void)::shutdown(socket_.number(), SHUT_RDWR);
    }
  }

  FileDescriptor socket_;
  Deadline deadline_;
  mutable std::mutex mutex_;
  std::condition_variable done_;
  bool is_done_ = false;
  Result<void> verdict_;
  std::thread thread_;
};

PostgresqlSession::PostgresqlSession(const Libpq& libpq, PGconn* connection, Deadline deadline)
    : libpq_(&libpq), connection_(connection, libpq.finish), deadline_(deadline) {}

Result<PostgresqlSession> PostgresqlSession::open(const std::string& connection,
                                                  std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + std::min(timeout, longest_timeout);
  const auto libpq = find_libpq();
  if (!libpq) return fail(libpq.error().message);
  const auto fault = fault_of_conninfo(connection);
  if (!fault) return fail(fault.error().message);
  if (*fault) return fail("the connection is malformed: " + **fault);
  // What comes later wins: the connection's own words over a name, and UTF-8 over any other encoding, as
  // catalogs promise it.
  constexpr std::array<const char*, 4> keywords = {"fallback_application_name", "dbname", "client_encoding",
                                                   nullptr};
  const std::array<const char*, 4> values = {"honua", connection.c_str(), "UTF8", nullptr};
  PostgresqlSession session(**libpq, (*libpq)->connect_start(keywords.data(), values.data(), 1), deadline);
  if (session.connection_ == nullptr) return fail("there is no memory for a connection");
  if (const auto connected = session.connect(); !connected) return fail(connected.error().message);
  return session;
}

Result<void> PostgresqlSession::check_limits() const { return check_limits_of(deadline_, received_); }

template <class Read>
auto PostgresqlSession::count_read(const Read& read) {
  // Where there is as much, libpq takes no less at a time.
  constexpr std::size_t least_read = 8192;
  const std::size_t before = count_waiting(libpq_->socket(connection_.get()));
  const auto made = read();
  const int socket = libpq_->socket(connection_.get());
  if (const auto all = count_received(socket)) {
    received_ = *all;
  } else {
    // More may have come meanwhile: the larger of what it has taken at least.
    const std::size_t after = std::min(before, count_waiting(socket));
    received_ += std::max(before - after, std::min(before, least_read));
  }
  return made;
}

Result<void> PostgresqlSession::connect() {
  libpq_->set_notice_processor(connection_.get(), ignore_notice, nullptr);
  if (libpq_->status(connection_.get()) == CONNECTION_BAD) return fail(connect_trouble());
  bool for_writing = true;
  while (true) {
    if (auto waited = wait(for_writing); !waited) return waited;
    switch (count_read([&] { return libpq_->connect_poll(connection_.get()); })) {
      case PGRES_POLLING_OK: libpq_->set_nonblocking(connection_.get(), 1); return {};
      case PGRES_POLLING_READING: for_writing = false; break;
      case PGRES_POLLING_WRITING: for_writing = true; break;
      default: return fail(connect_trouble());
    }
  }
}

Result<void> PostgresqlSession::wait(bool for_writing) {
  if (auto checked = check_limits(); !checked) return checked;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
  pollfd socket{libpq_->socket(connection_.get()), static_cast<short>(for_writing ? POLLOUT : POLLIN), 0};
  constexpr std::chrono::milliseconds::rep longest = std::numeric_limits<int>::max();
  (void)poll(&socket, 1,
             static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, longest)));
  return check_limits();
}

Result<void> PostgresqlSession::send_all() {
  while (true) {
    const int left = libpq_->flush(connection_.get());
    if (left < 0) return fail(trouble());
    if (left == 0) return {};
    if (auto waited = wait(true); !waited) return waited;
  }
}

Result<void> PostgresqlSession::receive(const Watch& watch) {
  while (libpq_->is_busy(connection_.get()) != 0) {
    if (auto waited = wait(false); !waited) return waited;
    const int read = count_read([&] { return libpq_->consume_input(connection_.get()); });
    if (auto found = watch.verdict(); !found) return found;
    if (read == 0) return fail(trouble());
  }
  return {};
}

Result<std::vector<PostgresqlRows>> PostgresqlSession::run(const std::string& statements) {
  std::vector<PostgresqlRows> made;
  if (const auto ran = run(statements, [&](PostgresqlRows rows) { made.push_back(std::move(rows)); }); !ran)
    return fail(ran.error().message);
  return made;
}

Result<void> PostgresqlSession::run(const std::string& statements, const TakeRows& take) {
  if (libpq_->send_query(connection_.get(), statements.c_str()) == 0) return fail(trouble());
  if (auto sent = send_all(); !sent) return sent;
  const Watch watch(libpq_->socket(connection_.get()), deadline_);
  std::string first_trouble;
  while (true) {
    if (auto received = receive(watch); !received) return received;
    // Also a server that never has to be waited for may have no end.
    if (auto checked = check_limits(); !checked) return checked;
    PGresult* result = libpq_->get_result(connection_.get());
    if (result == nullptr) break;
    PostgresqlRows rows(*libpq_, result);
    const ExecStatusType status = libpq_->result_status(result);
    if (status == PGRES_TUPLES_OK) {
      take(std::move(rows));
    } else if (is_failure(status)) {
      if (first_trouble.empty()) first_trouble = shown(libpq_->result_error_message(result));
    } else if (status != PGRES_COMMAND_OK) {
      // Such as a copy, which libpq would go on to tell of without end.
      return fail("the server answers what was not asked");
    }
  }
  if (!first_trouble.empty()) return fail(first_trouble);
  return {};
}

std::string PostgresqlSession::without_password(std::string_view message) const {
  const char* password = libpq_->password(connection_.get());
  return text::without_secret(std::string(message), password == nullptr ? "" : password);
}

std::string PostgresqlSession::shown(std::string_view message) const {
  return text::printable(first_line(without_password(message)));
}

std::string PostgresqlSession::trouble() const { return shown(libpq_->error_message(connection_.get())); }

std::string PostgresqlSession::connect_trouble() const {
  const std::string message = without_password(libpq_->error_message(connection_.get()));
  return text::printable(without_quoted(first_line(message)));
}

}  // namespace honua::catalog
