// SPDX-License-Identifier: MIT
#include "redis/reply_reader.h"

#include <array>
#include <new>
#include <string>

#include <hiredis/read.h>

#include "text/sanitize.h"

namespace honua::redis {

namespace {

// Where a reply that has begun goes: into its array, or by itself.
Reply* place_of(const redisReadTask* task) {
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): the library owns what has not come as a whole
  if (task->parent == nullptr) return new (std::nothrow) Reply;
  auto* const array = static_cast<Reply*>(task->parent->obj);
  const auto index = static_cast<std::size_t>(task->idx);
  return index < array->elements.size() ? &array->elements[index] : nullptr;
}

void* create_text(const redisReadTask* task, char* bytes, std::size_t size) {
  Reply* const reply = place_of(task);
  if (reply == nullptr) return nullptr;
  reply->kind = task->type == REDIS_REPLY_ERROR    ? Reply::Kind::error
                : task->type == REDIS_REPLY_STATUS ? Reply::Kind::status
                                                   : Reply::Kind::text;
  reply->text.assign(bytes, size);
  return reply;
}

void* create_array(const redisReadTask* task, int count) {
  auto* const budget = static_cast<ReplyReader::Budget*>(task->privdata);
  if (count < 0 || static_cast<std::size_t>(count) > budget->elements) {
    budget->is_exceeded = true;
    return nullptr;
  }
  budget->elements -= static_cast<std::size_t>(count);
  Reply* const reply = place_of(task);
  if (reply == nullptr) return nullptr;
  reply->kind = Reply::Kind::array;
  reply->elements.resize(static_cast<std::size_t>(count));
  return reply;
}

void* create_integer(const redisReadTask* task, long long value) {
  Reply* const reply = place_of(task);
  if (reply == nullptr) return nullptr;
  reply->kind = Reply::Kind::integer;
  reply->integer = value;
  return reply;
}

void* create_nil(const redisReadTask* task) { return place_of(task); }

// Only replies by themselves are given back; their elements go with them.
void free_reply(void* reply) {
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): the library owns what has not come as a whole
  delete static_cast<Reply*>(reply);
}

redisReplyObjectFunctions* functions() {
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library's interface takes no
  // const
  static redisReplyObjectFunctions all{create_text, create_array, create_integer, create_nil, free_reply};
  return &all;
}

}  // namespace

void ReplyReader::Free::operator()(redisReader* reader) const noexcept { redisReaderFree(reader); }

ReplyReader::ReplyReader() : reader_(redisReaderCreateWithFunctions(functions())) {
  if (!reader_) throw std::bad_alloc();
  reader_->privdata = &budget_;
}

ReplyReader::~ReplyReader() = default;

RedisResult<void> ReplyReader::feed(std::string_view bytes) {
  if (pending_ + bytes.size() > max_reply_size)
    return trouble(Trouble::malformed,
                   "its answer is larger than " + std::to_string(max_reply_size >> 20U) + " MiB");
  pending_ += bytes.size();
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK)
    return trouble(Trouble::malformed, "its answer does not fit into memory");
  return {};
}

RedisResult<std::optional<Reply>> ReplyReader::next() {
  void* made = nullptr;
  if (redisReaderGetReply(reader_.get(), &made) != REDIS_OK) {
    if (budget_.is_exceeded)
      return trouble(Trouble::malformed,
                     "its answer has more than " + std::to_string(max_reply_elements) + " elements");
    return trouble(Trouble::malformed, "it does not answer as Redis does");
  }
  if (made == nullptr) return std::optional<Reply>();
  const std::unique_ptr<Reply> reply(static_cast<Reply*>(made));
  budget_ = Budget{};
  pending_ = reader_->len - reader_->pos;
  return std::optional(std::move(*reply));
}

RedisError error_of(const Reply& reply) {
  struct Known {
    const char* word;
    Trouble trouble;
    const char* message;
  };
  // By Redis's source: what its commands and its dispatcher answer with.
  static constexpr std::array known{
      Known{"NOAUTH", Trouble::refused, "it wants a password"},
      Known{"WRONGPASS", Trouble::refused, "it does not take this user and password"},
      Known{"NOPERM", Trouble::refused, "the user lacks a right"},
      Known{"DENIED", Trouble::refused, "it is in protected mode, and takes clients of its own host only"},
      Known{"READONLY", Trouble::read_only, "it is a replica, which takes no writes"},
      Known{"NOREPLICAS", Trouble::read_only, "it has too few replicas to take writes"},
      Known{"MISCONF", Trouble::read_only, "it cannot save its data, and takes no writes"},
      Known{"OOM", Trouble::full, "its memory is full"},
      Known{"LOADING", Trouble::busy, "it still loads its data"},
      Known{"BUSY", Trouble::busy, "it is busy with a script"},
      Known{"MASTERDOWN", Trouble::busy, "it has lost its master"},
      Known{"CLUSTERDOWN", Trouble::busy, "its cluster is down"},
      Known{"TRYAGAIN", Trouble::busy, "its cluster moves our keys"},
  };
  const std::string word = reply.first_word();
  for (const Known& one : known) {
    if (word != one.word) continue;
    // Which right it is, is said behind.
    const bool tells_more = word == "NOPERM";
    return {one.trouble, one.message + (tells_more ? ": " + text::quoted(reply.text) : std::string())};
  }
  // Behind that it says what it was sent, and that may be a password.
  constexpr std::string_view echo = ", with args beginning with";
  return {Trouble::malformed, "it answers with " + text::quoted(reply.text.substr(0, reply.text.find(echo)))};
}

}  // namespace honua::redis
