// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <streambuf>

namespace honua::cli {

// A stream buffer over an open file descriptor, which it does not close.
// Unlike the standard ones it keeps the error number of what went wrong.
class FdBuffer final : public std::streambuf {
 public:
  explicit FdBuffer(int descriptor) : descriptor_(descriptor) {}

  // The error number of the first failed write, or 0.
  [[nodiscard]] int write_error() const { return write_error_; }

 protected:
  int_type overflow(int_type character) override;
  int sync() override;
  // Reading failures are thrown as std::system_error: a stream turns them into
  // its bad() state, who calls the buffer itself learns the reason.
  int_type underflow() override;

 private:
  // Bytes gathered before a system call. A report that is smaller arrives in
  // one piece, so two processes' reports do not mix.
  static constexpr std::size_t size = std::size_t{64} * 1024;
  bool write_pending();

  int descriptor_;
  int write_error_ = 0;
  std::unique_ptr<char[]> storage_;  // allocated at the first use
};

}  // namespace honua::cli
