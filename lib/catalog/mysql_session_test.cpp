// SPDX-License-Identifier: MIT
#include "catalog/mysql_session.h"

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

namespace honua::catalog {

namespace {

using std::string_literals::operator""s;

std::string little_endian(std::size_t number, int bytes) {
  std::string made;
  for (int at = 0; at < bytes; ++at) made += static_cast<char>((number >> (8 * at)) & 0xffU);
  return made;
}

std::string mysql_packet(unsigned number, std::string_view content) {
  return little_endian(content.size(), 3) + static_cast<char>(number & 0xffU) + std::string(content);
}

std::string mysql_greeting() {
  return mysql_packet(0, "\x0a"s + "10.11.0-MariaDB\0"s + little_endian(1, 4) + "abcdefgh\0"s +
                             little_endian(0xf7fe, 2) + "\x21\x02\0"s + little_endian(0x81ff, 2) + "\x15"s +
                             std::string(10, '\0') + "abcdefghijkl\0mysql_native_password\0"s);
}

std::string mysql_done(unsigned number, bool has_more = false) {
  return mysql_packet(number, "\0\0\0"s + (has_more ? "\x0a"s : "\x02"s) + "\0\0\0"s);
}

std::string mysql_refusal(unsigned number, int code, const std::string& words) {
  return mysql_packet(number, "\xff"s + little_endian(static_cast<std::size_t>(code), 2) + "#28000"s + words);
}

constexpr std::string_view mysql_text_column{"\3def\0\0\0\1a\0\x0c\x21\0\0\1\0\0\xfd\0\0\0\0\0", 23};

// One column of texts, numbered up to 3.
std::string mysql_columns() {
  return mysql_packet(1, "\1") + mysql_packet(2, mysql_text_column) + mysql_packet(3, "\xfe\0\0\2\0"s);
}

// 256 packets, so that their numbers go on.
std::string mysql_packets_from(unsigned first, std::string_view content) {
  std::string made;
  for (unsigned at = 0; at < 256; ++at) made += mysql_packet(first + at, content);
  return made;
}

// What the server says to a client, to its login and to what it asks then, and over and over after that.
struct MysqlScript {
  std::string greeting = mysql_greeting();
  std::string login{};
  std::string answer{};
  std::string more{};
  // Between any two bytes of what is said over and over.
  std::chrono::milliseconds pause{0};
};

// A server for one client, which says what the script says until the client has gone.
class ScriptedMysql {
 public:
  explicit ScriptedMysql(MysqlScript script) : script_(std::move(script)) {
    target_.host = "127.0.0.1";
    target_.port = listener_.port();
    target_.user = "somebody";
    target_.password = "pl'anted";
    target_.database = "city";
    thread_ = std::thread([this] { serve(); });
  }
  ScriptedMysql(const ScriptedMysql&) = delete;
  ScriptedMysql& operator=(const ScriptedMysql&) = delete;
  ~ScriptedMysql() {
    // A client that has gone takes nothing more, of which the kernel may tell the server late.
    ::shutdown(client_, SHUT_RDWR);
    thread_.join();
    ::close(client_);
  }

  [[nodiscard]] const connection::MysqlTarget& target() const { return target_; }

 private:
  void serve() {
    client_ = listener_.accept();
    const FileDescriptor client(::dup(client_));
    if (!send(client, script_.greeting)) return;
    if (!script_.login.empty() && (!receive_any(client) || !send(client, script_.login))) return;
    if (!script_.answer.empty() && (!receive_any(client) || !send(client, script_.answer))) return;
    while (!script_.more.empty() && send_more(client)) {
    }
    while (receive_any(client)) {
    }
  }
  [[nodiscard]] bool send_more(const FileDescriptor& client) const {
    if (script_.pause.count() == 0) return send(client, script_.more);
    for (const char& one : script_.more) {
      if (!send(client, {&one, 1})) return false;
      std::this_thread::sleep_for(script_.pause);
    }
    return true;
  }
  static bool send(const FileDescriptor& client, std::string_view text) {
    const std::size_t sent = send_all(client, text);
    return sent == text.size();
  }

  MysqlScript script_;
  connection::MysqlTarget target_;
  LoopbackSocket listener_;
  std::atomic<int> client_ = -1;
  std::thread thread_;
};

std::string error_of_mysql_script(MysqlScript script, std::chrono::milliseconds timeout) {
  const ScriptedMysql server(std::move(script));
  const auto session = MysqlSession::connect(server.target(), timeout);
  if (!session) return session.error().message;
  const auto rows = (*session)->run({"SELECT 1"});
  return rows ? "none" : rows.error().message;
}

constexpr std::chrono::seconds plenty_of_time_for_mysql{60};
constexpr std::chrono::milliseconds little_time_for_mysql{300};
constexpr std::chrono::milliseconds drip{20};

}  // namespace

TEST_CASE("a server of MySQL that sends a byte now and then is left in time") {
  const std::string long_words(1000, 'x');
  const std::string welcome = mysql_done(2);
  const std::vector<MysqlScript> scripts = {
      {"", "", "", mysql_greeting() + long_words, drip},
      {mysql_greeting(), mysql_refusal(2, 1045, long_words).substr(0, 20), "", long_words, drip},
      {mysql_greeting(), welcome, little_endian(1, 3), "\1\1"s + long_words, drip},
      {mysql_greeting(), welcome, mysql_columns(), mysql_packets_from(4, "\1x"), drip},
      {mysql_greeting(), welcome, mysql_columns(), "", drip},
  };
  for (const MysqlScript& script : scripts) {
    const auto begin = std::chrono::steady_clock::now();
    CHECK(error_of_mysql_script(script, little_time_for_mysql) == "there was no answer within 300 ms");
    // Machines are busy at times; a server that is waited for until its end is waited for without end.
    CHECK(std::chrono::steady_clock::now() - begin < plenty_of_time_for_mysql / 2);
  }
}

TEST_CASE("a server of MySQL that has no end is left in time") {
  const std::string welcome = mysql_done(2);
  CHECK(error_of_mysql_script({mysql_greeting(), welcome, mysql_columns(), mysql_packets_from(4, "\1x")},
                              little_time_for_mysql) == "there was no answer within 300 ms");
}

TEST_CASE("a server of MySQL may not send more than there is memory for") {
  const std::string welcome = mysql_done(2);
  const std::string too_much = "the server's answer is larger than 512 MiB";
  const std::string row = "\xfc"s + little_endian(60'000, 2) + std::string(60'000, 'x');
  CHECK(error_of_mysql_script({mysql_greeting(), welcome, mysql_columns(), mysql_packets_from(4, row)},
                              plenty_of_time_for_mysql) == too_much);
  // Rows of a few bytes, of which memory takes many times as much.
  CHECK(error_of_mysql_script({mysql_greeting(), welcome, mysql_columns(), mysql_packets_from(4, "\xfb")},
                              plenty_of_time_for_mysql) == too_much);
  // A single row of the largest packets.
  CHECK(error_of_mysql_script(
            {mysql_greeting(), welcome,
             mysql_columns() + mysql_packet(4, std::string(0xffffff, 'x')) +
                 mysql_packet(5, std::string(0xffffff, 'x')) + little_endian(0xffffff, 3) + '\6',
             std::string(65536, 'x')},
            plenty_of_time_for_mysql) == too_much);
  // What comes before rows: columns, and the greeting.
  CHECK(error_of_mysql_script(
            {mysql_greeting(), welcome, mysql_packet(1, "\1"), mysql_packets_from(2, mysql_text_column)},
            plenty_of_time_for_mysql) == too_much);
  CHECK(error_of_mysql_script({little_endian(0xffffff, 3) + '\0', "", "", std::string(65536, 'x')},
                              plenty_of_time_for_mysql)
            .starts_with("no server answers: "));
}

TEST_CASE("a server of MySQL that answers more or less than was asked is left") {
  const std::string other = "the server answered something else than was asked";
  std::string answers;
  for (unsigned at = 1; at < 100; ++at) answers += mysql_done(at, true);
  CHECK(error_of_mysql_script({mysql_greeting(), mysql_done(2), answers}, plenty_of_time_for_mysql) == other);
  const ScriptedMysql server({mysql_greeting(), mysql_done(2), mysql_done(1)});
  const auto session = MysqlSession::connect(server.target(), plenty_of_time_for_mysql);
  REQUIRE(session.has_value());
  const auto rows = (*session)->run({"SELECT 1", "SELECT 2"});
  REQUIRE_FALSE(rows.has_value());
  CHECK(rows.error().message == other);
}

TEST_CASE("what a server of MySQL says of a login shows neither a password nor parts of the connection") {
  CHECK(error_of_mysql_script(
            {mysql_greeting(), mysql_refusal(2, 1045, "no \x1b[31mpl'anted, can't let 'so'me'@'where' in")},
            plenty_of_time_for_mysql) == "the server refuses to log in: no \\u{1b}[31m***, can't let ... in");
  CHECK(error_of_mysql_script({mysql_greeting(), mysql_refusal(2, 1130, "no 'host")},
                              plenty_of_time_for_mysql) == "connecting to the server failed: no ...");
  CHECK(error_of_mysql_script({mysql_greeting(), mysql_done(2), mysql_refusal(1, 1064, "no pl'anted in 'x'")},
                              plenty_of_time_for_mysql) == "no *** in 'x'");
}

}  // namespace honua::catalog
