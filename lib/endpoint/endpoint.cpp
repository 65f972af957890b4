// SPDX-License-Identifier: MIT
#include "endpoint/endpoint.h"

#include <algorithm>
#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <deque>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "endpoint/address.h"
#include "text/ascii.h"
#include "text/json_writer.h"

namespace honua::endpoint {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;
using boost::system::error_code;

std::string_view view_of(boost::string_view text) { return {text.data(), text.size()}; }

boost::string_view boost_view(std::string_view text) { return {text.data(), text.size()}; }

Answer refusal(http::status status, std::string_view message) {
  text::JsonWriter json;
  json.begin_object();
  json.key("error").string(message);
  json.end_object();
  return {static_cast<unsigned>(status), std::move(json).take() + "\n"};
}

// "id: 7\ndata: {...}\n\n": the event as a browser's EventSource takes it.
std::string sent_event(const watching::LoggedEvent& one) {
  return "id: " + std::to_string(one.event.sequence) +
         "\nevent: " + std::string(watching::to_string(one.event.kind)) + "\ndata: " + one.json + "\n";
}

// Whether a text begins with a lower-case one, in any case.
bool is_scheme(std::string_view text, std::string_view scheme) {
  return text.size() >= scheme.size() &&
         std::equal(scheme.begin(), scheme.end(), text.begin(),
                    [](char ours, char given) { return ours == text::ascii_lower(given); });
}

// Also of IPv4 in an address of IPv6: `::ffff:127.0.0.1`.
bool is_loopback(const asio::ip::address& host) {
  if (host.is_loopback()) return true;
  return host.is_v6() && host.to_v6().is_v4_mapped() &&
         asio::ip::make_address_v4(asio::ip::v4_mapped, host.to_v6()).is_loopback();
}

std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

// What all connections share. All but the constructor and the destructor run on the thread of `context`.
class Endpoint::Server {
 public:
  Server(Options given, Handlers asked, watching::EventLog& events, bool listens_to_itself)
      : options(std::move(given)),
        handlers(std::move(asked)),
        log(events),
        is_loopback(listens_to_itself),
        context(1),
        acceptor(context) {}
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() { is_ending = true; }

  // By the thread that started it, before the last reference goes: the other one may hold one for a moment.
  void stop() {
    // Behind what was posted before: the last event goes out.
    asio::post(context, [this] { context.stop(); });
    if (thread.joinable()) thread.join();
  }

  // An error number's words; "" for none.
  std::string listen(const tcp::endpoint& where);
  void accept();
  void send_to_readers(const watching::LoggedEventPointer& event) const;

  Options options;
  Handlers handlers;
  watching::EventLog& log;
  bool is_loopback;
  std::string address;
  class Connection;
  // These outlive the context, whose end is that of all connections.
  std::set<Connection*> readers;  // of events
  std::size_t connections = 0;
  bool is_accepting = false;
  bool is_ending = false;
  asio::io_context context;
  // It goes on where all connections wait for something else, and no other is taken.
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  tcp::acceptor acceptor;
  std::thread thread;
};

// One client. Kept alive by what it waits for.
class Endpoint::Server::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Server& server)
      : server_(server), stream_(std::move(socket)), heartbeat_(server.context) {
    ++server_.connections;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    server_.readers.erase(this);
    --server_.connections;
    server_.accept();
  }

  void read() {
    parser_.emplace();
    parser_->header_limit(max_header_size);
    parser_->body_limit(max_body_size);
    // The whole exchange has so much time: who sends a byte now and then gets no more.
    stream_.expires_after(exchange_timeout);
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, std::size_t /*size*/) { self->after_read(error); });
  }

  void push(const watching::LoggedEventPointer& event) {
    // What was missed may be on its way as well.
    if (event->event.sequence <= last_) return;
    last_ = event->event.sequence;
    if (waiting_.size() >= max_waiting_events) return close();
    waiting_.push_back(sent_event(*event));
    write_events();
  }

 private:
  void after_read(error_code error) {
    if (error == http::error::header_limit)
      return refuse(http::status::request_header_fields_too_large, "the request's header is too large");
    if (error == http::error::body_limit)
      return refuse(http::status::payload_too_large, "the request's body is too large");
    const bool is_gone = error == http::error::end_of_stream || error == http::error::partial_message ||
                         error == beast::error::timeout ||
                         error.category() == boost::system::system_category();
    if (error && is_gone) return;
    if (error) return refuse(http::status::bad_request, "the request is no HTTP/1.1 that makes sense");
    respond();
  }

  void respond() {
    const Request& request = parser_->get();
    if (request.count(http::field::host) > 1 || request.count(http::field::authorization) > 1)
      return refuse(http::status::bad_request, "a header is there twice that may be there once");
    const std::string_view host = view_of(request[http::field::host]);
    if (server_.is_loopback && !is_own_host(host))
      return refuse(http::status::misdirected_request, "the request is for another host");
    const std::string_view target = view_of(request.target());
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == "/reload") return reload();
    const bool is_known = path == "/healthz" || path == "/readyz" || path == "/version" ||
                          path == "/metrics" || path == "/events";
    if (!is_known) return refuse(http::status::not_found, "there is no such path");
    if (request.method() != http::verb::get && request.method() != http::verb::head)
      return refuse(http::status::method_not_allowed, "this path is only read", "GET, HEAD");
    if (path == "/events") return follow_events();
    const Handlers& handlers = server_.handlers;
    answer(path == "/healthz"   ? handlers.health()
           : path == "/readyz"  ? handlers.ready()
           : path == "/version" ? handlers.version()
                                : handlers.metrics());
  }

  void reload() {
    const Request& request = parser_->get();
    if (request.method() != http::verb::post)
      return refuse(http::status::method_not_allowed, "a reload is asked for by POST", "POST");
    if (server_.options.token.empty())
      return refuse(http::status::forbidden, "reloads are refused, since HONUA_WATCH_TOKEN is not set");
    if (!request[http::field::origin].empty())
      return refuse(http::status::forbidden, "web pages may not ask for a reload");
    // The scheme's name has no case.
    constexpr std::string_view scheme = "bearer ";
    const std::string_view given = view_of(request[http::field::authorization]);
    const bool is_allowed =
        is_scheme(given, scheme) && is_same_secret(given.substr(scheme.size()), server_.options.token);
    if (!is_allowed) return refuse(http::status::unauthorized, "the token is missing or wrong");
    // Reading and checking take their time.
    stream_.expires_never();
    server_.handlers.reload([self = shared_from_this()](Answer made) {
      asio::post(self->server_.context,
                 [self, made = std::move(made)]() mutable { self->answer(std::move(made)); });
    });
  }

  void refuse(http::status status, std::string_view message, std::string_view allowed = "") {
    allowed_ = allowed;
    answer(refusal(status, message));
  }

  void answer(Answer made) {
    const auto status = static_cast<http::status>(made.status);
    const bool is_head = parser_->is_header_done() && parser_->get().method() == http::verb::head;
    // After a request that could not be read nobody knows where the next one begins.
    const bool keeps = parser_->is_done() && parser_->get().keep_alive();
    response_.emplace(status, 11);
    response_->set(http::field::content_type, boost_view(made.content_type));
    response_->set(http::field::cache_control, "no-store");
    response_->set("X-Content-Type-Options", "nosniff");
    if (status == http::status::unauthorized) response_->set(http::field::www_authenticate, "Bearer");
    if (!allowed_.empty()) response_->set(http::field::allow, boost_view(std::exchange(allowed_, "")));
    const std::size_t size = made.body.size();
    if (!is_head) response_->body() = std::move(made.body);
    response_->content_length(size);
    response_->keep_alive(keeps);
    stream_.expires_after(exchange_timeout);
    http::async_write(stream_, *response_,
                      [self = shared_from_this(), keeps](error_code error, std::size_t /*size*/) {
                        if (error || !keeps) return self->close();
                        self->read();
                      });
  }

  // --- Server-sent events

  void follow_events() {
    if (server_.readers.size() >= max_event_readers)
      return refuse(http::status::service_unavailable, "there are too many readers of events");
    const Request& request = parser_->get();
    const std::string_view last = view_of(request["Last-Event-ID"]);
    waiting_.emplace_back(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n");
    if (request.method() == http::verb::head) return write_events();
    waiting_.emplace_back(": honua\n\n");
    // Who connects again gets what was missed, all others what comes.
    if (!last.empty()) {
      for (const watching::LoggedEventPointer& one : server_.log.since(number_of(last))) {
        waiting_.push_back(sent_event(*one));
        last_ = one->event.sequence;
      }
    }
    is_reader_ = true;
    server_.readers.insert(this);
    beat();
    watch_end();
    write_events();
  }

  // A reader that goes away is noticed at once.
  void watch_end() {
    stream_.socket().async_read_some(asio::buffer(ignored_),
                                     [self = shared_from_this()](error_code error, std::size_t size) {
                                       self->ignored_size_ += size;
                                       // A reader of events has nothing more to say.
                                       if (error || self->ignored_size_ > max_body_size) return self->close();
                                       self->watch_end();
                                     });
  }

  void beat() {
    heartbeat_.expires_after(heartbeat_interval);
    heartbeat_.async_wait([weak = weak_from_this()](error_code error) {
      const auto self = weak.lock();
      if (error || !self) return;
      if (self->waiting_.empty()) self->waiting_.emplace_back(": \n\n");
      self->write_events();
      self->beat();
    });
  }

  void write_events() {
    if (is_writing_) return;
    if (waiting_.empty()) {
      if (!is_reader_) close();
      return;
    }
    is_writing_ = true;
    writing_ = std::move(waiting_.front());
    waiting_.pop_front();
    stream_.expires_after(exchange_timeout);
    asio::async_write(stream_, asio::buffer(writing_),
                      [self = shared_from_this()](error_code error, std::size_t /*size*/) {
                        self->is_writing_ = false;
                        if (error) return self->close();
                        self->stream_.expires_never();
                        self->write_events();
                      });
  }

  void close() {
    server_.readers.erase(this);
    heartbeat_.cancel();
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.close();
  }

  Server& server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<Response> response_;
  std::string_view allowed_;  // methods, for an answer that refuses one
  asio::steady_timer heartbeat_;
  std::deque<std::string> waiting_;  // events
  std::string writing_;
  std::uint64_t last_ = 0;  // event that it has, or will get
  bool is_writing_ = false;
  bool is_reader_ = false;
  std::array<char, 256> ignored_{};
  std::size_t ignored_size_ = 0;
};

std::string Endpoint::Server::listen(const tcp::endpoint& where) {
  error_code error;
  acceptor.open(where.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(where, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return describe_errno(error.value());
  const tcp::endpoint bound = acceptor.local_endpoint(error);
  const std::string host = bound.address().to_string();
  address = (bound.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(bound.port());
  return "";
}

// Takes the next client if there is room.
void Endpoint::Server::accept() {
  if (is_ending || is_accepting || connections >= max_connections) return;
  is_accepting = true;
  acceptor.async_accept([this](error_code error, tcp::socket socket) {
    is_accepting = false;
    if (error == asio::error::operation_aborted) return;
    if (!error) {
      std::make_shared<Connection>(std::move(socket), *this)->read();
      return accept();
    }
    // No descriptors left, say: later there may be.
    auto pause = std::make_shared<asio::steady_timer>(context, std::chrono::milliseconds(100));
    pause->async_wait([this, pause](error_code /*error*/) { accept(); });
  });
}

void Endpoint::Server::send_to_readers(const watching::LoggedEventPointer& event) const {
  // A slow one is closed meanwhile.
  const std::vector<Connection*> all(readers.begin(), readers.end());
  for (Connection* one : all) one->push(event);
}

Endpoint::Endpoint(std::shared_ptr<Server> server) : server_(std::move(server)) {}
Endpoint::~Endpoint() { server_->stop(); }
const std::string& Endpoint::address() const { return server_->address; }

Result<void> check_address(std::string_view text) {
  const auto address = read_address(text);
  if (!address) return tl::unexpected(address.error());
  return {};
}

Result<std::unique_ptr<Endpoint>> Endpoint::start(const Options& options, Handlers handlers,
                                                  watching::EventLog& log) {
  const auto address = read_address(options.address);
  if (!address) return tl::unexpected(address.error());
  error_code error;
  const auto host = asio::ip::make_address(address->host, error);
  if (error) return fail("`" + options.address + "` is no address: " + error.message());
  auto server = std::make_shared<Server>(options, std::move(handlers), log, is_loopback(host));
  const std::string trouble = server->listen({host, address->port});
  if (!trouble.empty()) return fail("cannot listen at `" + options.address + "`: " + trouble);
  server->accept();
  Server* raw = server.get();
  raw->thread = std::thread([raw] { raw->context.run(); });
  log.add_reader([weak = std::weak_ptr<Server>(server)](const watching::LoggedEventPointer& event) {
    const auto there = weak.lock();
    if (!there) return;
    asio::post(there->context, [raw = there.get(), event] { raw->send_to_readers(event); });
  });
  return std::unique_ptr<Endpoint>(new Endpoint(std::move(server)));
}

}  // namespace honua::endpoint
