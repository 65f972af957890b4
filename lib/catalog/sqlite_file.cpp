// SPDX-License-Identifier: MIT
#include "catalog/sqlite_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include <sqlite3.h>

#include "catalog/reader.h"
#include "text/sanitize.h"

namespace honua::catalog {

namespace {

// How often SQLite's virtual machine asks whether time is over, in instructions.
constexpr int instructions_between_checks = 10'000;

// How long to wait for a program that writes.
constexpr std::chrono::milliseconds busy_timeout(2000);

// Where a view reads another twice, and that one another, the statement doubles each time, and preparing it
// ends with memory only. Tens of thousands of tables take a part of this.
constexpr sqlite3_int64 max_heap = sqlite3_int64{128} * 1024 * 1024;

// Of texts and all rows; no schema of people's is near.
constexpr int max_text = 4 * 1024 * 1024;
constexpr std::size_t max_rows_bytes = std::size_t{256} * 1024 * 1024;
constexpr std::size_t row_overhead = 100;

constexpr std::string_view magic{"SQLite format 3\0", 16};

// What a file is that is none of SQLite's.
std::string nature_of(std::string_view head) {
  if (head.empty()) return "the file is empty";
  if (head.starts_with("version https://git-lfs"))
    return "it is a pointer of Git LFS: fetch the file with `git lfs pull`";
  if (head.starts_with("PK\x03\x04")) return "it is a ZIP archive: unpack it first";
  if (head.starts_with("\x1F\x8B")) return "it is compressed: unpack it first";
  if (head.starts_with("<")) return "it is a text, perhaps an error page that was saved";
  return "it is no database of SQLite, or it is encrypted";
}

// What keeps a path from being opened as a database; "" if nothing does.
std::string trouble_with(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return "there is no such file";
  if (std::filesystem::is_directory(status)) return "it is a directory";
  if (!std::filesystem::is_regular_file(status)) return "it is no regular file";
  std::ifstream file(path, std::ios::binary);
  std::array<char, 32> head{};
  if (!file) return "it cannot be read: permission denied";
  file.read(head.data(), head.size());
  const std::string_view read(head.data(), static_cast<std::size_t>(file.gcount()));
  return read.starts_with(magic) ? "" : nature_of(read);
}

// As SQLite's URIs have it: everything escaped that might mean something.
std::string uri_of(const std::string& path, std::string_view parameters) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "/._-~";
  std::string uri = "file://";
  for (const char c : std::filesystem::absolute(path).string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          plain.find(c) != std::string_view::npos;
    if (is_plain) {
      uri += c;
    } else {
      uri += '%';
      uri += digits[byte >> 4U];
      uri += digits[byte & 0xFU];
    }
  }
  return uri.append("?").append(parameters);
}

bool has_content(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size > 0;
}

}  // namespace

SqliteFile::SqliteFile(const std::string& uri, std::chrono::milliseconds timeout)
    : database_(uri, SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX,
                static_cast<int>(std::min(timeout, busy_timeout).count())),
      deadline_(std::chrono::steady_clock::now() + std::min(timeout, longest_timeout)) {
  sqlite3* handle = database_.getHandle();
  // What a file's schema asks for is not to be trusted.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_hard_heap_limit64(max_heap);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, max_text);
  sqlite3_progress_handler(handle, instructions_between_checks, &SqliteFile::is_over, this);
  database_.exec("BEGIN");
  // The transaction begins with the first page that is read.
  SQLite::Statement(database_, "SELECT count(*) FROM sqlite_schema").executeStep();
}

SqliteFile::~SqliteFile() { sqlite3_progress_handler(database_.getHandle(), 0, nullptr, nullptr); }

int SqliteFile::is_over(void* self) {
  return std::chrono::steady_clock::now() > static_cast<SqliteFile*>(self)->deadline_ ? 1 : 0;
}

void SqliteFile::check_time() const {
  if (std::chrono::steady_clock::now() > deadline_) throw SQLite::Exception("interrupted", SQLITE_INTERRUPT);
}

void SqliteFile::count(const SQLite::Statement& row) {
  bytes_ += row_overhead;
  for (int i = 0; i < row.getColumnCount(); ++i) {
    const SQLite::Column column = row.getColumn(i);
    // Asked for the size of a number, SQLite writes it out.
    if (column.isText() || column.isBlob()) bytes_ += static_cast<std::size_t>(column.getBytes());
  }
  if (bytes_ > max_rows_bytes) throw SQLite::Exception("it says too much of itself", SQLITE_TOOBIG);
}

Result<std::unique_ptr<SqliteFile>> SqliteFile::open(const std::string& path,
                                                     std::chrono::milliseconds timeout) {
  if (std::string trouble = trouble_with(path); !trouble.empty()) return fail(std::move(trouble));
  try {
    return std::unique_ptr<SqliteFile>(new SqliteFile(uri_of(path, "mode=ro"), timeout));
  } catch (const SQLite::Exception& error) {
    // What was half written is half there: whoever may write takes it back at the first look.
    if (error.getExtendedErrorCode() == SQLITE_READONLY_ROLLBACK)
      return fail(
          "a program was interrupted while it wrote: open it once with one that may write, such as sqlite3");
    // A log beside the file asks for files that cannot be made where nobody may write.
    const int code = error.getErrorCode();
    if (code != SQLITE_READONLY && code != SQLITE_CANTOPEN) return fail(trouble_of(error));
  }
  try {
    auto file = std::unique_ptr<SqliteFile>(new SqliteFile(uri_of(path, "mode=ro&immutable=1"), timeout));
    if (has_content(path + "-wal"))
      file->notes_.emplace_back(
          "the changes in its write-ahead log are not seen: the folder cannot be written to");
    return file;
  } catch (const SQLite::Exception& error) {
    return fail(trouble_of(error));
  }
}

bool is_of_whole_file(const SQLite::Exception& error) {
  const int code = error.getErrorCode();
  return code == SQLITE_INTERRUPT || code == SQLITE_NOMEM || code == SQLITE_TOOBIG;
}

std::string trouble_of(const SQLite::Exception& error) {
  switch (error.getErrorCode()) {
    case SQLITE_BUSY: return "another program has locked it";
    case SQLITE_NOTADB: return "it is no database of SQLite, or it is encrypted";
    case SQLITE_CORRUPT: return "it is damaged or cut off";
    case SQLITE_INTERRUPT: return "reading it took too long";
    default: return text::printable(error.what());
  }
}

std::string text_of(const SQLite::Column& column) { return column.isNull() ? "" : column.getString(); }

}  // namespace honua::catalog
