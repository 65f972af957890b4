// SPDX-License-Identifier: MIT
#include "cli/fd_stream.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace honua::cli {

namespace {

// Whether what failed just now may be tried again. Whoever shares the terminal
// or the pipe may have made it non-blocking: then waits until it is ready.
bool may_try_again(int descriptor, short event) {
  if (errno == EINTR) return true;
  static_assert(EAGAIN == EWOULDBLOCK);
  if (errno != EAGAIN) return false;
  pollfd waiting{descriptor, event, 0};
  return ::poll(&waiting, 1, -1) > 0 || errno == EINTR;
}

}  // namespace

bool FdBuffer::write_pending() {
  const char* at = pbase();
  while (at != pptr() && write_error_ == 0) {
    const ssize_t count = ::write(descriptor_, at, static_cast<std::size_t>(pptr() - at));
    if (count >= 0) {
      at += count;
    } else if (!may_try_again(descriptor_, POLLOUT)) {
      write_error_ = errno;
    }
  }
  // After an error the rest is dropped: nobody takes it.
  setp(storage_.get(), storage_.get() + size);
  return write_error_ == 0;
}

FdBuffer::int_type FdBuffer::overflow(int_type character) {
  if (!storage_) {
    storage_ = std::make_unique_for_overwrite<char[]>(size);
    setp(storage_.get(), storage_.get() + size);
  } else if (!write_pending()) {
    return traits_type::eof();
  }
  if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
  return sputc(traits_type::to_char_type(character));
}

int FdBuffer::sync() { return !storage_ || write_pending() ? 0 : -1; }

FdBuffer::int_type FdBuffer::underflow() {
  if (!storage_) storage_ = std::make_unique_for_overwrite<char[]>(size);
  for (;;) {
    const ssize_t count = ::read(descriptor_, storage_.get(), size);
    if (count == 0) return traits_type::eof();
    if (count > 0) {
      setg(storage_.get(), storage_.get(), storage_.get() + count);
      return traits_type::to_int_type(*gptr());
    }
    if (!may_try_again(descriptor_, POLLIN)) throw std::system_error(errno, std::generic_category());
  }
}

}  // namespace honua::cli
