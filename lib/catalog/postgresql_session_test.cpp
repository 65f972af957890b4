// SPDX-License-Identifier: MIT
#include "catalog/postgresql_session.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "base/file_descriptor.h"
#include "catalog/loopback_for_test.h"
#include "catalog/postgresql_for_test.h"

namespace honua::catalog {

namespace {

std::string big_endian(std::uint64_t number, int bytes) {
  std::string made;
  for (int at = bytes - 1; at >= 0; --at) made += static_cast<char>((number >> (8 * at)) & 0xffU);
  return made;
}

std::string postgresql_message(char kind, std::string_view content) {
  return kind + big_endian(content.size() + 4, 4) + std::string(content);
}

// Lets anybody in.
std::string postgresql_welcome() {
  return postgresql_message('R', big_endian(0, 4)) + postgresql_message('Z', "I");
}

// What the server says to a login, to all that is asked then, and over and over after that.
struct PostgresqlScript {
  std::string login;
  std::string answer;
  std::string more;
  std::chrono::milliseconds pause{0};
};

// By all of the servers below.
std::atomic<std::uint64_t>& postgresql_bytes_sent() {
  static std::atomic<std::uint64_t> count = 0;
  return count;
}

// A server for one client, which says what the script says until the client has gone.
class ScriptedPostgresql {
 public:
  explicit ScriptedPostgresql(PostgresqlScript script) : script_(std::move(script)) {
    thread_ = std::thread([this] { serve(); });
  }
  ScriptedPostgresql(const ScriptedPostgresql&) = delete;
  ScriptedPostgresql& operator=(const ScriptedPostgresql&) = delete;
  ~ScriptedPostgresql() { thread_.join(); }

  [[nodiscard]] std::string connection() const {
    return "hostaddr=127.0.0.1 sslmode=disable gssencmode=disable user=somebody dbname=city port=" +
           std::to_string(listener_.port());
  }

 private:
  void serve() const {
    const FileDescriptor client(listener_.accept());
    if (!receive_any(client) || !send(client, script_.login)) return;
    if (!script_.answer.empty() && (!receive_any(client) || !send(client, script_.answer))) return;
    while (!script_.more.empty() && send(client, script_.more)) std::this_thread::sleep_for(script_.pause);
    while (receive_any(client)) {
    }
  }
  static bool send(const FileDescriptor& client, std::string_view text) {
    const std::size_t sent = send_all(client, text);
    postgresql_bytes_sent() += sent;
    return sent == text.size();
  }

  PostgresqlScript script_;
  LoopbackSocket listener_;
  std::thread thread_;
};

std::string error_of_postgresql_script(PostgresqlScript script, std::chrono::milliseconds timeout,
                                       const std::string& more_connection = "") {
  const ScriptedPostgresql server(std::move(script));
  auto session = PostgresqlSession::open(server.connection() + more_connection, timeout);
  if (!session) return session.error().message;
  const auto ran = session->run("SELECT 1", [](const PostgresqlRows&) {});
  return ran ? "none" : ran.error().message;
}

// One column of texts follows.
std::string postgresql_row_description() {
  return postgresql_message('T', big_endian(1, 2) + std::string("a\0", 2) + big_endian(0, 6) +
                                     big_endian(25, 4) + big_endian(0xffff, 2) + big_endian(0xffffffff, 4) +
                                     big_endian(0, 2));
}

std::string postgresql_row(std::size_t size) {
  return postgresql_message('D', big_endian(1, 2) + big_endian(size, 4) + std::string(size, 'x'));
}

std::string refused_login(const std::string& words) {
  using std::string_literals::operator""s;
  return postgresql_message('E', "SFATAL\0VFATAL\0C28P01\0M"s + words + "\0\0"s);
}

constexpr std::chrono::seconds plenty_of_time{60};
constexpr std::chrono::milliseconds little_time{300};

}  // namespace

TEST_CASE("a server of PostgreSQL that answers with a copy is left") {
  for (const char* kind : {"H", "G", "W"}) {
    const std::string copy = postgresql_message(*kind, std::string(3, '\0'));
    CHECK(error_of_postgresql_script({postgresql_welcome(), copy, ""}, plenty_of_time) ==
          "the server answers what was not asked");
  }
  CHECK(error_of_postgresql_script({postgresql_welcome(), postgresql_message('I', ""), ""}, plenty_of_time) ==
        "the server answers what was not asked");
}

TEST_CASE("a server of PostgreSQL that has no end is left in time") {
  using std::string_literals::operator""s;
  const std::string done = postgresql_message('C', "SELECT 0\0"s);
  const std::string notice = postgresql_message('N', "SNOTICE\0C00000\0Mhello\0\0"s);
  const std::string setting = postgresql_message('S', "a\0b\0"s);
  const PostgresqlScript login{postgresql_message('R', big_endian(0, 4)), "", setting,
                               std::chrono::milliseconds(1)};
  CHECK(error_of_postgresql_script(login, little_time) == "it does not answer in time");
  const PostgresqlScript drip{postgresql_welcome(), "D", "D", std::chrono::milliseconds(10)};
  CHECK(error_of_postgresql_script(drip, little_time) == "it does not answer in time");
  for (const std::string& more : {done, notice}) {
    const auto begin = std::chrono::steady_clock::now();
    CHECK(error_of_postgresql_script({postgresql_welcome(), more, more}, little_time) ==
          "it does not answer in time");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  }
  const PostgresqlScript rows{postgresql_welcome(), postgresql_row_description(), postgresql_row(1),
                              std::chrono::milliseconds(1)};
  CHECK(error_of_postgresql_script(rows, little_time) == "it does not answer in time");
}

TEST_CASE("a server of PostgreSQL may not send more than there is memory for") {
  postgresql_bytes_sent() = 0;
  using std::string_literals::operator""s;
  const std::string too_much = "its answer is larger than 256 MiB";
  CHECK(error_of_postgresql_script(
            {postgresql_welcome(), postgresql_row_description(), postgresql_row(60'000)}, plenty_of_time) ==
        too_much);
  const std::string notification =
      postgresql_message('A', big_endian(1, 4) + std::string(3000, 'x') + "\0y\0"s);
  CHECK(error_of_postgresql_script({postgresql_welcome(), notification, notification}, plenty_of_time) ==
        too_much);
  const std::string long_row = 'D' + big_endian(0x3fffffff, 4);
  CHECK(error_of_postgresql_script(
            {postgresql_welcome(), postgresql_row_description() + long_row, std::string(65536, 'x')},
            plenty_of_time) == too_much);
  // What the client did not take the server could not send, but for the buffers between them, and what comes
  // between two looks.
  constexpr std::uint64_t buffers = std::uint64_t{128} * 1024 * 1024;
  CHECK(postgresql_bytes_sent() < 3 * (max_postgresql_answer + buffers));
}

TEST_CASE("errors of PostgreSQL's connections show nothing of them") {
  const PostgresqlServer server = postgresql_server();
  const auto error_of = [](const std::string& connection) {
    const auto session = PostgresqlSession::open(connection, std::chrono::seconds(20));
    return session ? "none" : session.error().message;
  };
  CHECK(error_of("host=planted.invalid") ==
        "could not translate host name ... to address: Name or service not known");
  CHECK(error_of("host='planted\" pla\"nted'").find("pla") == std::string::npos);
  CHECK(error_of("host=127.0.0.1 port=1") ==
        "connection to server at ..., port 1 failed: Connection refused");
  CHECK(error_of("host=127.0.0.1 port=planted") == "invalid integer value ...");
  CHECK(error_of("host=127.0.0.1 sslmode=planted") == "invalid sslmode value: ...");
  CHECK(error_of("service=planted").find("planted") == std::string::npos);
  CHECK(error_of(server.connection("planted")) == "database ... does not exist");
  CHECK(error_of("password=a pla\"nted").find("nted") == std::string::npos);
}

TEST_CASE("a password that a server of PostgreSQL repeats is not shown") {
  CHECK(error_of_postgresql_script({refused_login("no \x1b[31mpl'anted, pl'anted at all"), "", ""},
                                   plenty_of_time,
                                   " password='pl\\'anted'") == "no \\u{1b}[31m***, *** at all");
  CHECK(error_of_postgresql_script({refused_login("no pl\nanted"), "", ""}, plenty_of_time,
                                   " password='pl\nanted'") == "no ***");
  const PostgresqlServer server = postgresql_server();
  auto session =
      PostgresqlSession::open(server.connection("postgres") + " password=planted", std::chrono::seconds(20));
  REQUIRE(session.has_value());
  const auto ran = session->run("SELECT 'planted'::int");
  REQUIRE_FALSE(ran.has_value());
  CHECK(ran.error().message == "invalid input syntax for type integer: \"***\"");
}

}  // namespace honua::catalog
