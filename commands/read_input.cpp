// SPDX-License-Identifier: MIT
#include "commands/read_input.h"

#include <algorithm>
#include <cstddef>
#include <istream>
#include <system_error>

#include "source/source_file.h"

namespace honua::commands {

namespace {

// Reads all of a stream whose buffer throws what the system refuses.
Result<FileContent> read_stream(std::istream& in, std::size_t max_size) {
  static constexpr std::size_t chunk = std::size_t{64} * 1024;
  FileContent content;
  try {
    for (;;) {
      if (content.capacity() == content.size())
        content.reserve(std::min(std::max(chunk, content.size() * 2), max_size + 1));
      const auto room = static_cast<std::streamsize>(content.capacity() - content.size());
      const auto count = in.rdbuf()->sgetn(content.end(), room);
      content.grow(static_cast<std::size_t>(count));
      if (content.size() > max_size) return fail("is larger than " + describe_size(max_size));
      if (count == 0) return content;
    }
  } catch (const std::system_error& error) {
    return fail(describe_errno(error.code().value()));
  }
}

}  // namespace

Result<FileContent> read_input(const InputFile& input, CommandEnv& env) {
  if (input.is_standard_input()) return read_stream(env.in, source::max_file_size);
  return env.files.read_file(input.path, source::max_file_size);
}

}  // namespace honua::commands
