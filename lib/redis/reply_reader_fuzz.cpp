// SPDX-License-Identifier: MIT
// Whatever a server sends, in whatever pieces: replies or an error, the same for each way to cut it.
#include "redis/reply_reader.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"

namespace {

// All there is, in a form that can be compared.
void write_reply(const honua::redis::Reply& reply, std::string& out) {
  out += std::to_string(static_cast<int>(reply.kind)) + " " + std::to_string(reply.integer) + " " +
         reply.text + "\n";
  for (const auto& one : reply.elements) write_reply(one, out);
}

std::string read_in_pieces(std::string_view bytes, std::size_t size) {
  honua::redis::ReplyReader reader;
  std::string out;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, size);
    bytes.remove_prefix(piece.size());
    if (!reader.feed(piece)) return out + "too much";
    while (true) {
      const auto reply = reader.next();
      if (!reply) return out + reply.error().message;
      if (!*reply) break;
      write_reply(**reply, out);
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are bytes
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  HONUA_ASSERT(read_in_pieces(bytes, 1) == read_in_pieces(bytes, bytes.size() + 1));
  return 0;
}
