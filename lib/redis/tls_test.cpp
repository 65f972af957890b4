// SPDX-License-Identifier: MIT
#include "redis/tls.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/process.h"
#include "redis/client.h"
#include "redis/redis_for_test.h"
#include "redis/subscription.h"

namespace honua::redis {

namespace {

// Certificates as an authority of our own gives them.
class Certificates {
 public:
  Certificates() {
    make_authority("ca");
    make_authority("other");
    make("server", "DNS:localhost,IP:127.0.0.1", "1");
    make("elsewhere", "DNS:elsewhere.example", "1");
    make("expired", "DNS:localhost", "-1");
    make("client", "DNS:client", "1");
  }
  [[nodiscard]] std::string certificate(const std::string& name) const {
    return directory_.file(name + ".pem");
  }
  [[nodiscard]] std::string key(const std::string& name) const { return directory_.file(name + ".key"); }

 private:
  static void run(const std::vector<std::string>& arguments) {
    const auto result = run_process(arguments, "", std::size_t{1} << 20U);
    REQUIRE(result.has_value());
    CAPTURE(result->err);
    REQUIRE(result->exit_code == 0);
  }
  void make_authority(const std::string& name) const {
    run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key(name), "-out", certificate(name), "-subj", "/CN=" + name, "-days", "1"});
  }
  void make(const std::string& name, const std::string& names, const std::string& days) const {
    const std::string request = directory_.file(name + ".csr");
    directory_.write(name + ".ext", "subjectAltName=" + names + "\n");
    run({"openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
         key(name), "-out", request, "-subj", "/CN=" + name});
    run({"openssl", "x509", "-req", "-in", request, "-CA", certificate("ca"), "-CAkey", key("ca"),
         "-CAcreateserial", "-out", certificate(name), "-days", days, "-extfile",
         directory_.file(name + ".ext")});
  }

  ScratchDirectory directory_;
};

// A server that speaks TLS at one port, and plainly at another.
class TlsServer {
 public:
  TlsServer(const Certificates& all, const std::string& name, const std::string& clients = "no")
      : server_({"--tls-port", std::to_string(port_), "--tls-cert-file", all.certificate(name),
                 "--tls-key-file", all.key(name), "--tls-ca-cert-file", all.certificate("ca"),
                 "--tls-auth-clients", clients}) {}
  [[nodiscard]] const RedisServer& plain() const { return server_; }
  [[nodiscard]] std::string url(const std::string& host, const std::string& query) const {
    return "rediss://" + host + ":" + std::to_string(port_) + "?" + query;
  }

 private:
  std::uint16_t port_ = free_port();
  RedisServer server_;
};

std::string trouble_with(const std::string& url) {
  Client client(*read_target(url));
  const auto reply = client.run(Command{"PING"});
  return reply ? "" : reply.error().message;
}

}  // namespace

TEST_CASE("A server with a certificate for its name is spoken to over TLS") {
  const Certificates all;
  const TlsServer server(all, "server");
  const std::string ca = "ca=" + all.certificate("ca");
  CHECK(trouble_with(server.url("localhost", ca)).empty());
  CHECK(trouble_with(server.url("127.0.0.1", ca)).empty());
  // Larger than one record of TLS, and than what a socket takes at once.
  Client client(*read_target(server.url("localhost", ca)));
  const std::string large(std::size_t{8} << 20U, 'x');
  REQUIRE(client.run(Command{"SET", "key", large}).has_value());
  CHECK(client.run(Command{"GET", "key"})->text == large);
  CHECK(server.plain().ask({"STRLEN", "key"}).integer == std::int64_t{8} << 20U);

  SUBCASE("messages come over TLS, too") {
    const auto subscription = *Subscription::start(*read_target(server.url("localhost", ca)), "news");
    const auto wakes = [&] {
      const bool is_awake =
          wait_for(subscription->descriptor(), Wanted::readable, deadline_in(std::chrono::seconds(5)));
      subscription->take();
      return is_awake;
    };
    REQUIRE(wakes());
    (void)server.plain().ask({"PUBLISH", "news", "x"});
    CHECK(wakes());
  }
  SUBCASE("another authority is not trusted, nor is the system's") {
    CHECK(trouble_with(server.url("localhost", "ca=" + all.certificate("other")))
              .starts_with("its certificate is not trusted: "));
    CHECK(trouble_with(server.url("localhost", "")).starts_with("its certificate is not trusted: "));
  }
  SUBCASE("a server that speaks no TLS is not spoken to plainly") {
    const std::string url = "rediss://127.0.0.1:" + std::to_string(server.plain().port()) + "?" + ca;
    const std::string message = trouble_with(url);
    // It waits for the end of the line, unless there happens to be one in what it gets.
    const bool is_refused = message == "it does not answer to TLS in time" ||
                            message.starts_with("it does not speak TLS with us: ");
    CHECK(is_refused);
  }
  SUBCASE("who speaks plainly to TLS gets no answer") {
    CHECK(trouble_with("redis" + server.url("localhost", "").substr(6)) != "");
  }
  SUBCASE("files that cannot be used are named") {
    CHECK(trouble_with(server.url("localhost", "ca=/nowhere.pem")) ==
          "`/nowhere.pem` has no certificate that can be used");
    CHECK(trouble_with(server.url("localhost", ca + "&cert=/nowhere.pem&key=/nowhere.key")) ==
          "`/nowhere.pem` has no certificate that can be used");
    CHECK(trouble_with(server.url("localhost",
                                  ca + "&cert=" + all.certificate("client") + "&key=" + all.key("server"))) ==
          "`" + all.key("server") + "` has no private key of that certificate that can be used");
  }
}

TEST_CASE("A certificate for another name, or of yesterday, is not trusted") {
  const Certificates all;
  const std::string ca = "ca=" + all.certificate("ca");
  const TlsServer elsewhere(all, "elsewhere");
  CHECK(trouble_with(elsewhere.url("localhost", ca)).find("mismatch") != std::string::npos);
  CHECK(trouble_with(elsewhere.url("127.0.0.1", ca)).find("mismatch") != std::string::npos);
  const TlsServer expired(all, "expired");
  CHECK(trouble_with(expired.url("localhost", ca)) ==
        "its certificate is not trusted: certificate has expired");
}

TEST_CASE("A server that wants a certificate of its clients gets it") {
  const Certificates all;
  const TlsServer server(all, "server", "yes");
  const std::string ca = "ca=" + all.certificate("ca");
  CHECK(trouble_with(
            server.url("localhost", ca + "&cert=" + all.certificate("client") + "&key=" + all.key("client")))
            .empty());
  CHECK(trouble_with(server.url("localhost", ca)) != "");
}

}  // namespace honua::redis
