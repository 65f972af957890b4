// SPDX-License-Identifier: MIT
#include "endpoint/endpoint.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "endpoint/client_for_test.h"

namespace honua::endpoint {

namespace {

using std::chrono::milliseconds;

std::string get(const std::string& path, const std::string& headers = "", const std::string& method = "GET") {
  return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
}

struct Served {
  explicit Served(const std::string& token = "right") {
    Handlers handlers;
    handlers.health = [] { return Answer{200, "alive\n"}; };
    handlers.ready = [] { return Answer{503, "not yet\n"}; };
    handlers.version = [] { return Answer{200, "{\"hash\":null}\n"}; };
    handlers.metrics = [] { return Answer{200, "a 1\n", "text/plain; version=0.0.4"}; };
    handlers.reload = [this](auto done) {
      ++reloads;
      std::thread([done] { done(Answer{422, "rejected\n"}); }).detach();
    };
    auto started = Endpoint::start({"127.0.0.1:0", token}, std::move(handlers), log);
    REQUIRE(started.has_value());
    endpoint = *std::move(started);
  }
  // The answer to a request, in whole.
  std::string ask(const std::string& request) const {
    TestClient client(endpoint->address());
    client.send(request);
    return client.read_to_end();
  }
  std::string status_of(const std::string& request) const {
    const std::string answer = ask(request);
    return answer.substr(0, answer.find("\r\n"));
  }

  std::atomic<int> reloads = 0;
  watching::EventLog log{[] { return watching::EventTime(); }};
  std::unique_ptr<Endpoint> endpoint;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("each path has its answer") {
  const Served served;
  CHECK(has(served.ask(get("/healthz")), "200 OK"));
  CHECK(has(served.ask(get("/healthz")), "\r\n\r\nalive\n"));
  CHECK(has(served.ask(get("/readyz")), "503 Service Unavailable"));
  CHECK(has(served.ask(get("/version?x=1")), "{\"hash\":null}"));
  const std::string metrics = served.ask(get("/metrics"));
  CHECK(has(metrics, "Content-Type: text/plain; version=0.0.4"));
  CHECK(has(metrics, "Cache-Control: no-store"));
  const std::string head = served.ask(get("/healthz", "", "HEAD"));
  CHECK(has(head, "Content-Length: 6"));
  CHECK(head.ends_with("\r\n\r\n"));
  CHECK(served.status_of(get("/")) == "HTTP/1.1 404 Not Found");
  CHECK(served.status_of(get("/healthz", "Content-Length: 0\r\n", "POST")) ==
        "HTTP/1.1 405 Method Not Allowed");
  CHECK(served.status_of(get("/reload")) == "HTTP/1.1 405 Method Not Allowed");
}

TEST_CASE("several requests share a connection") {
  const Served served;
  TestClient client(served.endpoint->address());
  client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(has(client.read_until("alive\n"), "alive"));
  client.forget();
  client.send("GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(has(client.read_until("null}\n"), "200 OK"));
  CHECK_FALSE(client.is_closed());
}

TEST_CASE("a reload needs the token, and its answer is what came of it") {
  const Served served;
  const auto post = [](const std::string& headers) {
    return get("/reload", headers + "Content-Length: 0\r\n", "POST");
  };
  const std::string refused = served.ask(post(""));
  CHECK(has(refused, "401 Unauthorized"));
  CHECK(has(refused, "WWW-Authenticate: Bearer"));
  CHECK(served.status_of(post("Authorization: Bearer wrong\r\n")) == "HTTP/1.1 401 Unauthorized");
  CHECK(served.status_of(post("Authorization: right\r\n")) == "HTTP/1.1 401 Unauthorized");
  CHECK(served.status_of(post("Authorization: Bearer right\r\nOrigin: https://evil.example\r\n")) ==
        "HTTP/1.1 403 Forbidden");
  CHECK(served.reloads == 0);
  const std::string answer = served.ask(post("Authorization: Bearer right\r\n"));
  CHECK(has(answer, "422"));
  CHECK(has(answer, "rejected\n"));
  CHECK(served.reloads == 1);
  const Served closed("");
  CHECK(closed.status_of(post("Authorization: Bearer \r\n")) == "HTTP/1.1 403 Forbidden");
}

TEST_CASE("as many reloads as there may be connections are all answered, and others after them") {
  watching::EventLog log{[] { return watching::EventTime(); }};
  std::mutex mutex;
  std::vector<std::function<void(Answer)>> waiting;
  Handlers handlers;
  handlers.health = [] { return Answer{200, "alive\n"}; };
  handlers.reload = [&](auto done) {
    const std::scoped_lock lock(mutex);
    waiting.push_back(std::move(done));
  };
  const auto endpoint = *Endpoint::start({"127.0.0.1:0", "right"}, std::move(handlers), log);
  std::vector<std::unique_ptr<TestClient>> clients;
  for (std::size_t i = 0; i < max_connections + 4; ++i) {
    clients.push_back(std::make_unique<TestClient>(endpoint->address()));
    clients.back()->send(get("/reload", "Authorization: bearer right\r\nContent-Length: 0\r\n", "POST"));
  }
  std::size_t answered = 0;
  while (answered < clients.size()) {
    std::vector<std::function<void(Answer)>> ready;
    {
      const std::scoped_lock lock(mutex);
      // All that have room wait at once, before the first is answered.
      if (waiting.size() >= std::min(max_connections, clients.size() - answered)) ready.swap(waiting);
    }
    for (const auto& done : ready) done(Answer{200, "done\n"});
    answered += ready.size();
    std::this_thread::sleep_for(milliseconds(10));
  }
  for (const auto& client : clients) CHECK(has(client->read_to_end(), "done\n"));
  TestClient last(endpoint->address());
  last.send(get("/healthz"));
  CHECK(has(last.read_to_end(), "alive\n"));
}

TEST_CASE("a header that may be there once is not taken twice") {
  const Served served;
  CHECK(served.status_of(get("/healthz", "Host: localhost\r\n")) == "HTTP/1.1 400 Bad Request");
}

TEST_CASE("a reader of events that keeps sending is left") {
  const Served served;
  TestClient client(served.endpoint->address());
  client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(has(client.read_until("honua"), "200 OK"));
  client.send(std::string(2 * max_body_size, 'x'));
  (void)client.read_until("");
  CHECK(client.is_closed());
  CHECK(served.ask(get("/events", "", "HEAD")).ends_with("\r\n\r\n"));
}

TEST_CASE("a request for another host is refused: a web page may have found a name for us") {
  const Served served;
  CHECK(served.status_of("GET /version HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n") ==
        "HTTP/1.1 421 Misdirected Request");
  CHECK(served.status_of("GET /version HTTP/1.0\r\n\r\n") == "HTTP/1.1 421 Misdirected Request");
}

TEST_CASE("what is too large or no HTTP is refused") {
  const Served served;
  CHECK(served.status_of(get("/healthz", "X: " + std::string(std::size_t{2} * max_header_size, 'x') +
                                             "\r\n")) == "HTTP/1.1 431 Request Header Fields Too Large");
  CHECK(served.status_of(get("/reload", "Content-Length: 1000000000\r\n", "POST")) ==
        "HTTP/1.1 413 Payload Too Large");
  CHECK(served.status_of("GARBAGE\r\n\r\n") == "HTTP/1.1 400 Bad Request");
  CHECK(served.status_of("GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == "HTTP/1.1 400 Bad Request");
  CHECK(has(served.ask(get("/healthz")), "alive"));
}

TEST_CASE("a client that sends slowly is left after a while, and keeps nobody waiting") {
  const Served served;
  std::vector<std::unique_ptr<TestClient>> slow;
  for (std::size_t i = 0; i < max_connections / 2; ++i) {
    slow.push_back(std::make_unique<TestClient>(served.endpoint->address()));
    slow.back()->send("GET /hea");
  }
  CHECK(has(served.ask(get("/healthz")), "alive"));
  const auto begin = std::chrono::steady_clock::now();
  (void)slow.front()->read_until("x", milliseconds(15'000));
  CHECK(slow.front()->is_closed());
  CHECK(std::chrono::steady_clock::now() - begin < exchange_timeout + milliseconds(5'000));
}

TEST_CASE("events come as they happen, and those that were missed first") {
  Served served;
  for (int i = 0; i < 3; ++i) served.log.append({});
  TestClient client(served.endpoint->address());
  client.send("GET /events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 1\r\n\r\n");
  const std::string missed = client.read_until("id: 3\n");
  CHECK(has(missed, "Content-Type: text/event-stream"));
  CHECK_FALSE(has(missed, "id: 1\n"));
  CHECK(has(missed, "id: 2\nevent: started\ndata: {"));
  client.read_until("\n\n\n", milliseconds(50));
  client.forget();
  watching::Event event;
  event.kind = watching::EventKind::changed;
  served.log.append(event);
  const std::string live = client.read_until("}\n\n");
  CHECK(has(live, "id: 4\nevent: changed\ndata: {"));
  TestClient fresh(served.endpoint->address());
  fresh.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK_FALSE(has(fresh.read_until("id:", milliseconds(200)), "id:"));
}

TEST_CASE("readers of events leave room for others, and a slow one is left") {
  Served served;
  std::vector<std::unique_ptr<TestClient>> readers;
  for (std::size_t i = 0; i < max_event_readers; ++i) {
    readers.push_back(std::make_unique<TestClient>(served.endpoint->address()));
    readers.back()->send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(has(readers.back()->read_until(": honua"), ": honua"));
  }
  CHECK(served.status_of(get("/events")) == "HTTP/1.1 503 Service Unavailable");
  CHECK(has(served.ask(get("/healthz")), "alive"));
  watching::Event large;
  large.message = std::string(100'000, 'x');
  for (std::size_t i = 0; i < 2 * max_waiting_events; ++i) served.log.append(large);
  CHECK(has(served.ask(get("/healthz")), "alive"));
  readers.clear();
  // The places of those that have gone are free again.
  std::string status;
  for (int tries = 0; tries < 100 && !has(status, "200 OK"); ++tries) {
    TestClient again(served.endpoint->address());
    again.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    status = again.read_until("\r\n");
    std::this_thread::sleep_for(milliseconds(20));
  }
  CHECK(has(status, "200 OK"));
}

TEST_CASE("an address that is taken or none is an error") {
  const Served served;
  watching::EventLog log([] { return watching::EventTime(); });
  const auto again = Endpoint::start({served.endpoint->address(), ""}, {}, log);
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().message ==
        "cannot listen at `" + served.endpoint->address() + "`: address already in use");
  CHECK_FALSE(Endpoint::start({"nowhere:80", ""}, {}, log).has_value());
}

}  // namespace honua::endpoint
