// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "redis/deadline.h"
#include "redis/reply.h"
#include "redis/target.h"

// Internal to the module: TLS by OpenSSL, which is loaded when somebody first wants it.
namespace honua::redis {

struct Openssl;

// TLS 1.2 or later over a connected socket that does not block. The server's certificate must be valid and
// for the name that was asked for; there is no way around that.
class TlsChannel {
 public:
  // `host`: the name that the certificate must be for.
  [[nodiscard]] static RedisResult<std::unique_ptr<TlsChannel>> open(int socket, const std::string& host,
                                                                     const TlsFiles& files,
                                                                     Deadline deadline);
  TlsChannel(const TlsChannel&) = delete;
  TlsChannel& operator=(const TlsChannel&) = delete;
  ~TlsChannel();

  // Sends all of it.
  [[nodiscard]] RedisResult<void> send(std::string_view bytes, Deadline deadline);
  // What is there now: nothing if the socket must be waited for; 0 once the other side has ended.
  [[nodiscard]] RedisResult<std::optional<std::size_t>> receive(char* bytes, std::size_t size);

 private:
  explicit TlsChannel(const Openssl& openssl) : openssl_(&openssl) {}
  [[nodiscard]] RedisResult<void> prepare(int socket, const std::string& host, const TlsFiles& files);
  [[nodiscard]] RedisResult<void> shake_hands(Deadline deadline);
  // Waits for what the library needs to go on. False if it cannot, or not in time.
  [[nodiscard]] bool wait_after(int result, Deadline deadline);
  [[nodiscard]] std::string reason() const;
  [[nodiscard]] std::string described(unsigned long error) const;

  const Openssl* openssl_;
  int socket_ = -1;
  void* context_ = nullptr;  // SSL_CTX
  void* session_ = nullptr;  // SSL
};

}  // namespace honua::redis
