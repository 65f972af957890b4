// SPDX-License-Identifier: MIT
#include "redis/tls.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>

#include "base/late_library.h"
#include "base/pipe_signal.h"
#include "text/sanitize.h"

namespace honua::redis {

// The functions of OpenSSL 3 that are used here.
struct Openssl {
  decltype(&TLS_client_method) client_method = nullptr;
  decltype(&SSL_CTX_new) new_context = nullptr;
  decltype(&SSL_CTX_free) free_context = nullptr;
  decltype(&SSL_CTX_ctrl) control_context = nullptr;
  decltype(&SSL_CTX_set_verify) set_verify = nullptr;
  decltype(&SSL_CTX_set_default_verify_paths) set_system_ca = nullptr;
  decltype(&SSL_CTX_load_verify_file) load_ca = nullptr;
  decltype(&SSL_CTX_use_certificate_chain_file) use_certificate = nullptr;
  decltype(&SSL_CTX_use_PrivateKey_file) use_key = nullptr;
  decltype(&SSL_new) new_session = nullptr;
  decltype(&SSL_free) free_session = nullptr;
  decltype(&SSL_ctrl) control_session = nullptr;
  decltype(&SSL_set1_host) set_host = nullptr;
  decltype(&SSL_get0_param) parameters = nullptr;
  decltype(&SSL_set_fd) set_socket = nullptr;
  decltype(&SSL_connect) connect = nullptr;
  decltype(&SSL_read) read = nullptr;
  decltype(&SSL_write) write = nullptr;
  decltype(&SSL_get_error) error_of = nullptr;
  decltype(&SSL_get_verify_result) verify_result = nullptr;
  decltype(&X509_verify_cert_error_string) describe_verify = nullptr;
  decltype(&X509_VERIFY_PARAM_set1_ip_asc) set_ip = nullptr;
  decltype(&ERR_get_error) next_error = nullptr;
  decltype(&ERR_clear_error) clear_errors = nullptr;
  decltype(&ERR_reason_error_string) describe_error = nullptr;
};

namespace {

std::optional<Openssl> load_openssl() {
  // Never closed: it registers what runs when the program ends.
  void* const library = ::dlopen("libssl.so.3", RTLD_NOW | RTLD_LOCAL);
  void* const crypto = ::dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr || crypto == nullptr) return std::nullopt;
  Openssl made;
  const bool is_complete =
      find_function(library, "TLS_client_method", made.client_method) &&
      find_function(library, "SSL_CTX_new", made.new_context) &&
      find_function(library, "SSL_CTX_free", made.free_context) &&
      find_function(library, "SSL_CTX_ctrl", made.control_context) &&
      find_function(library, "SSL_CTX_set_verify", made.set_verify) &&
      find_function(library, "SSL_CTX_set_default_verify_paths", made.set_system_ca) &&
      find_function(library, "SSL_CTX_load_verify_file", made.load_ca) &&
      find_function(library, "SSL_CTX_use_certificate_chain_file", made.use_certificate) &&
      find_function(library, "SSL_CTX_use_PrivateKey_file", made.use_key) &&
      find_function(library, "SSL_new", made.new_session) &&
      find_function(library, "SSL_free", made.free_session) &&
      find_function(library, "SSL_ctrl", made.control_session) &&
      find_function(library, "SSL_set1_host", made.set_host) &&
      find_function(library, "SSL_get0_param", made.parameters) &&
      find_function(library, "SSL_set_fd", made.set_socket) &&
      find_function(library, "SSL_connect", made.connect) && find_function(library, "SSL_read", made.read) &&
      find_function(library, "SSL_write", made.write) &&
      find_function(library, "SSL_get_error", made.error_of) &&
      find_function(library, "SSL_get_verify_result", made.verify_result) &&
      find_function(crypto, "X509_verify_cert_error_string", made.describe_verify) &&
      find_function(crypto, "X509_VERIFY_PARAM_set1_ip_asc", made.set_ip) &&
      find_function(crypto, "ERR_get_error", made.next_error) &&
      find_function(crypto, "ERR_clear_error", made.clear_errors) &&
      find_function(crypto, "ERR_reason_error_string", made.describe_error);
  if (!is_complete) return std::nullopt;
  return made;
}

const std::optional<Openssl>& openssl() {
  static const std::optional<Openssl> loaded = load_openssl();
  return loaded;
}

SSL_CTX* context_of(void* context) { return static_cast<SSL_CTX*>(context); }
SSL* session_of(void* session) { return static_cast<SSL*>(session); }

bool is_ip_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return ::inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

// The library takes sizes as int.
constexpr std::size_t most_at_once = std::size_t{1} << 20U;

tl::unexpected<RedisError> file_trouble(const std::string& path, const char* what) {
  return trouble(Trouble::refused, text::quoted(path) + " has no " + what + " that can be used");
}

}  // namespace

RedisResult<std::unique_ptr<TlsChannel>> TlsChannel::open(int socket, const std::string& host,
                                                          const TlsFiles& files, Deadline deadline) {
  const auto& library = openssl();
  if (!library) return trouble(Trouble::refused, "TLS needs OpenSSL 3 (`libssl.so.3`), which is not here");
  std::unique_ptr<TlsChannel> channel(new TlsChannel(*library));
  channel->openssl_->clear_errors();
  const PipeSignalIgnored no_signal;
  auto ready = channel->prepare(socket, host, files);
  if (ready) ready = channel->shake_hands(deadline);
  if (!ready) return tl::unexpected(ready.error());
  return channel;
}

TlsChannel::~TlsChannel() {
  // The other side learns of the end by the socket's.
  if (session_ != nullptr) openssl_->free_session(session_of(session_));
  if (context_ != nullptr) openssl_->free_context(context_of(context_));
}

RedisResult<void> TlsChannel::prepare(int socket, const std::string& host, const TlsFiles& files) {
  socket_ = socket;
  context_ = openssl_->new_context(openssl_->client_method());
  if (context_ == nullptr) return trouble(Trouble::refused, "TLS cannot be begun: " + reason());
  SSL_CTX* const context = context_of(context_);
  (void)openssl_->control_context(context, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_2_VERSION, nullptr);
  // A write that is tried again may come from another place.
  (void)openssl_->control_context(context, SSL_CTRL_MODE, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER, nullptr);
  openssl_->set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (files.ca.empty()) {
    if (openssl_->set_system_ca(context) != 1)
      return trouble(Trouble::refused, "the system's certificates cannot be read: " + reason());
  } else if (openssl_->load_ca(context, files.ca.c_str()) != 1) {
    return file_trouble(files.ca, "certificate");
  }
  if (!files.certificate.empty()) {
    if (openssl_->use_certificate(context, files.certificate.c_str()) != 1)
      return file_trouble(files.certificate, "certificate");
    if (openssl_->use_key(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1)
      return file_trouble(files.key, "private key of that certificate");
  }
  session_ = openssl_->new_session(context);
  if (session_ == nullptr) return trouble(Trouble::refused, "TLS cannot be begun: " + reason());
  SSL* const session = session_of(session_);
  const bool is_named = is_ip_address(host)
                            ? openssl_->set_ip(openssl_->parameters(session), host.c_str()) == 1
                            : openssl_->set_host(session, host.c_str()) == 1;
  if (!is_named || openssl_->set_socket(session, socket) != 1)
    return trouble(Trouble::refused, "TLS cannot be begun: " + reason());
  if (!is_ip_address(host)) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): the macro's own way; the library copies it
    char* const name = const_cast<char*>(host.c_str());
    (void)openssl_->control_session(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name);
  }
  return {};
}

RedisResult<void> TlsChannel::shake_hands(Deadline deadline) {
  while (true) {
    openssl_->clear_errors();
    const int result = openssl_->connect(session_of(session_));
    if (result == 1) return {};
    if (wait_after(result, deadline)) continue;
    if (std::chrono::steady_clock::now() >= deadline)
      return trouble(Trouble::unreachable, "it does not answer to TLS in time");
    const long verified = openssl_->verify_result(session_of(session_));
    if (verified != X509_V_OK)
      return trouble(Trouble::refused, "its certificate is not trusted: " +
                                           text::printable(openssl_->describe_verify(verified)));
    // One that says why does not want us; one that goes away may be back.
    const unsigned long error = openssl_->next_error();
    if (error == 0) return trouble(Trouble::unreachable, "it ended the connection before TLS was agreed on");
    return trouble(Trouble::refused, "it does not speak TLS with us: " + described(error));
  }
}

bool TlsChannel::wait_after(int result, Deadline deadline) {
  const int error = openssl_->error_of(session_of(session_), result);
  if (error == SSL_ERROR_WANT_READ) return wait_for(socket_, Wanted::readable, deadline);
  if (error == SSL_ERROR_WANT_WRITE) return wait_for(socket_, Wanted::writable, deadline);
  return false;
}

std::string TlsChannel::reason() const { return described(openssl_->next_error()); }

std::string TlsChannel::described(unsigned long error) const {
  const char* const words = error == 0 ? nullptr : openssl_->describe_error(error);
  return words == nullptr ? "the connection ended" : text::printable(words);
}

RedisResult<void> TlsChannel::send(std::string_view bytes, Deadline deadline) {
  // The library writes as to a file.
  const PipeSignalIgnored no_signal;
  while (!bytes.empty()) {
    openssl_->clear_errors();
    const auto size = static_cast<int>(std::min(bytes.size(), most_at_once));
    const int sent = openssl_->write(session_of(session_), bytes.data(), size);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (!wait_after(sent, deadline)) {
      return trouble(Trouble::unreachable, std::chrono::steady_clock::now() >= deadline
                                               ? "it does not take what it is sent in time"
                                               : "it ended the connection");
    }
  }
  return {};
}

RedisResult<std::optional<std::size_t>> TlsChannel::receive(char* bytes, std::size_t size) {
  // Reading may write, too: an answer to the other side's message.
  const PipeSignalIgnored no_signal;
  openssl_->clear_errors();
  const int got = openssl_->read(session_of(session_), bytes, static_cast<int>(std::min(size, most_at_once)));
  if (got > 0) return std::optional(static_cast<std::size_t>(got));
  const int error = openssl_->error_of(session_of(session_), got);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return std::optional<std::size_t>();
  if (error == SSL_ERROR_ZERO_RETURN || error == SSL_ERROR_SYSCALL) return std::optional(std::size_t{0});
  return trouble(Trouble::unreachable, "TLS with it failed: " + reason());
}

}  // namespace honua::redis
