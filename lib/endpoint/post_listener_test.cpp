// SPDX-License-Identifier: MIT
#include "endpoint/post_listener.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <atomic>
#include <chrono>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "endpoint/client_for_test.h"

namespace honua::endpoint {

namespace {

using std::chrono::milliseconds;

// Answers one connection after the other with the given statuses, the last one again and again.
class TestServer {
 public:
  explicit TestServer(std::vector<std::string> statuses)
      : statuses_(std::move(statuses)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    // NOLINTBEGIN: the interface of sockets
    REQUIRE(::bind(listener_.number(), reinterpret_cast<sockaddr*>(&where), size) == 0);
    REQUIRE(::listen(listener_.number(), 16) == 0);
    REQUIRE(::getsockname(listener_.number(), reinterpret_cast<sockaddr*>(&where), &size) == 0);
    // NOLINTEND
    url = "http://127.0.0.1:" + std::to_string(ntohs(where.sin_port)) + "/hook";
    thread_ = std::thread([this] { run(); });
  }
  ~TestServer() {
    is_ending_ = true;
    thread_.join();
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::string url;
  std::vector<std::string> requests;  // to be read after the answers

 private:
  void run() {
    while (!is_ending_) {
      pollfd waiting{listener_.number(), POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const FileDescriptor client(::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC));
      std::string request;
      std::array<char, 4096> buffer{};
      while (request.find("\n\n") == std::string::npos && !request.ends_with("}\n")) {
        const ssize_t size = ::recv(client.number(), buffer.data(), buffer.size(), 0);
        if (size <= 0) break;
        request.append(buffer.data(), static_cast<std::size_t>(size));
      }
      const std::string& status = statuses_[std::min(requests.size(), statuses_.size() - 1)];
      requests.push_back(request);
      if (status.empty()) continue;
      const std::string answer =
          "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";
      (void)::send(client.number(), answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }

  std::vector<std::string> statuses_;
  FileDescriptor listener_;
  std::atomic<bool> is_ending_ = false;
  std::thread thread_;
};

watching::ListenerResult post(const std::string& url, const std::string& token = "", int stop = -1) {
  const auto listener = PostListener::create({url, token, milliseconds(2000), milliseconds(10)});
  REQUIRE(listener.has_value());
  watching::LoggedEvent event;
  event.json = watching::json_line(event.event);
  return (*listener)->tell(event, stop);
}

}  // namespace

TEST_CASE("an event is posted as JSON, with the token") {
  TestServer server({"204 No Content"});
  CHECK(post(server.url, "s3cr3t").failure.empty());
  REQUIRE(server.requests.size() == 1);
  const std::string& request = server.requests.front();
  CHECK(request.starts_with("POST /hook HTTP/1.1\r\n"));
  CHECK(request.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
  CHECK(request.find("\r\nAuthorization: Bearer s3cr3t\r\n") != std::string::npos);
  CHECK(request.find("\r\n\r\n{\"format_version\":\"1.0\"") != std::string::npos);
}

TEST_CASE("what may pass is tried again, and what will not is not") {
  const TestServer busy({"503 Busy", "", "429 Slowly", "200 OK"});
  CHECK(post(busy.url).failure.empty());
  CHECK(busy.requests.size() == 4);
  const TestServer down({"500 Down"});
  CHECK(post(down.url).failure == "it answered with status 500, after 5 times");
  CHECK(down.requests.size() == static_cast<std::size_t>(most_posts));
  const TestServer refusing({"401 No"});
  CHECK(post(refusing.url).failure == "it answered with status 401");
  CHECK(refusing.requests.size() == 1);
  const TestServer elsewhere({"302 Found"});
  CHECK(post(elsewhere.url).failure == "it answered with status 302");
}

TEST_CASE("a server that is not there is told, and secrets of its URL are not") {
  CHECK(post("http://127.0.0.1:1/x").failure.starts_with("it cannot be reached: "));
  const auto listener = PostListener::create({"http://user:hunter2@127.0.0.1:1/x?token=hunter3", ""});
  REQUIRE(listener.has_value());
  CHECK((*listener)->name().find("hunter") == std::string::npos);
}

TEST_CASE("a listener that is told to end gives up") {
  const TestServer down({"500 Down"});
  const FileDescriptor stop(eventfd(1, EFD_CLOEXEC));
  CHECK(post(down.url, "", stop.number()).failure == "it was ended with the watch");
}

TEST_CASE("only URLs of the web are taken, and only tokens that fit into a header") {
  for (const char* wrong : {"ftp://host/", "file:///etc/passwd", "host", ""}) {
    CAPTURE(wrong);
    CHECK_FALSE(PostListener::create({wrong, ""}).has_value());
  }
  CHECK_FALSE(PostListener::create({"http://host/", "a\r\nX: y"}).has_value());
}

}  // namespace honua::endpoint
