// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace honua {

// Why the world did not let us do something (a file, a database, a server).
// The user's configuration being wrong is not an Error: that is a Diagnostic.
struct Error {
  std::string message;  // lower-case start, no full stop
};

// The value, or why there is none.
template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace honua
