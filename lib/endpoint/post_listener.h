// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "watching/listener.h"

namespace honua::endpoint {

// For a server to answer; a reload may take its time.
inline constexpr std::chrono::milliseconds usual_post_timeout{30'000};
// So often an event is sent that nobody takes, with pauses that double from the first one on.
inline constexpr int most_posts = 5;
inline constexpr std::chrono::milliseconds first_post_pause{500};

// Posts events as JSON to an `http://` or `https://` URL. What may pass (no connection, no answer, status
// 408, 429 or 5xx) is tried again, what will not is not. Redirections are not followed: a token is for one
// server.
class PostListener final : public watching::Listener {
 public:
  struct Options {
    std::string url;
    std::string token;  // sent as a bearer token; "" for none
    std::chrono::milliseconds timeout = usual_post_timeout;
    std::chrono::milliseconds pause = first_post_pause;
  };

  // An error if the URL is none of these, or if the library for it is missing.
  [[nodiscard]] static Result<std::unique_ptr<PostListener>> create(Options options);
  [[nodiscard]] std::string name() const override;
  [[nodiscard]] watching::ListenerResult tell(const watching::LoggedEvent& event, int stop) override;

 private:
  explicit PostListener(Options options) : options_(std::move(options)) {}

  Options options_;
};

}  // namespace honua::endpoint
