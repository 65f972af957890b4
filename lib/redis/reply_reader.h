// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "redis/reply.h"

struct redisReader;

// Internal to the module.
namespace honua::redis {

// Of one reply. Texts are fetched in pieces, and lists in parts, that are far smaller.
inline constexpr std::size_t max_reply_size = std::size_t{64} << 20U;
// All elements of one reply: those that we ask for have some thousands.
inline constexpr std::size_t max_reply_elements = std::size_t{1} << 18U;

// Makes replies of what a server sends, piece by piece. Whatever it sends, it takes no more memory than the
// limits say: counts that announce more are refused before anything is made for them.
class ReplyReader {
 public:
  ReplyReader();
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;
  ~ReplyReader();

  // Takes what came.
  [[nodiscard]] RedisResult<void> feed(std::string_view bytes);
  // The next reply that has come as a whole; nothing if more must come first. After an error the connection
  // is of no use any more.
  [[nodiscard]] RedisResult<std::optional<Reply>> next();

  // What is left of one reply's elements.
  struct Budget {
    std::size_t elements = max_reply_elements;
    bool is_exceeded = false;
  };

 private:
  struct Free {
    void operator()(redisReader* reader) const noexcept;
  };
  Budget budget_;
  std::unique_ptr<redisReader, Free> reader_;
  std::size_t pending_ = 0;  // bytes since the last reply began
};

}  // namespace honua::redis
