// SPDX-License-Identifier: MIT
#include "editing/file_edits.h"

#include <algorithm>
#include <utility>

#include "text/sanitize.h"
#include "text/words.h"

namespace honua::editing {

namespace {

constexpr std::string_view mark_end = "\" is not in the database";

std::string mark_begin(std::string_view kind) { return "# honua: the " + std::string(kind) + " \""; }

// The line end that most lines have.
std::string usual_line_end(std::string_view text) {
  std::size_t returns = 0;
  std::size_t feeds = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    ++feeds;
    if (at > 0 && text[at - 1] == '\r') ++returns;
  }
  return 2 * returns > feeds ? "\r\n" : "\n";
}

}  // namespace

FileEdits::FileEdits(const source::SourceFile& file) : file_(&file), line_end_(usual_line_end(file.text())) {}

void FileEdits::replace(source::SourceRange range, std::string text) {
  edits_.push_back({range, std::move(text)});
}

void FileEdits::insert(std::uint32_t at, std::string text) {
  replace({file_->id(), at, at}, std::move(text));
}

std::uint32_t FileEdits::line_begin(std::uint32_t byte) const {
  if (byte == 0) return 0;
  const std::size_t feed = text().rfind('\n', byte - 1);
  return feed == std::string_view::npos ? file_->content_begin() : static_cast<std::uint32_t>(feed) + 1;
}

bool FileEdits::begins_line(std::uint32_t byte) const {
  const std::uint32_t begin = line_begin(byte);
  return text::trimmed(text().substr(begin, byte - begin)).empty();
}

std::string FileEdits::indent_of(std::uint32_t byte) const {
  const std::string_view line = text().substr(line_begin(byte));
  return std::string(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
}

std::string FileEdits::indented(std::string_view lines, const std::string& indent) const {
  std::string made;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    if (end > at) made += indent;
    made.append(lines.substr(at, end - at)).append(line_end_);
    at = end + 1;
  }
  return made;
}

source::SourceRange FileEdits::find_mark(std::uint32_t begin, std::string_view kind) const {
  for (std::uint32_t end = line_begin(begin); end > file_->content_begin();) {
    const std::uint32_t start = line_begin(end - 1);
    const std::string_view line = text::trimmed(text().substr(start, end - start));
    if (!line.starts_with('#')) break;
    if (line.starts_with(mark_begin(kind)) && line.ends_with(mark_end)) return {file_->id(), start, end};
    end = start;
  }
  return {file_->id(), 0, 0};
}

bool FileEdits::set_mark(std::uint32_t begin, std::string_view kind, std::string_view name) {
  if (!begins_line(begin)) return false;
  const std::string mark = mark_begin(kind) + text::printable(name) + std::string(mark_end);
  const source::SourceRange there = find_mark(begin, kind);
  if (text::trimmed(file_->text(there)) == mark) return true;
  const std::string line = indent_of(begin) + mark + line_end_;
  if (there.end > 0) {
    replace(there, line);
  } else {
    insert(line_begin(begin), line);
  }
  return true;
}

bool FileEdits::clear_mark(std::uint32_t begin, std::string_view kind) {
  // What is above the line is about what begins it.
  if (!begins_line(begin)) return false;
  const source::SourceRange there = find_mark(begin, kind);
  if (there.end > 0) replace(there, "");
  return there.end > 0;
}

bool FileEdits::put_above(std::uint32_t begin, std::string_view lines) {
  if (!begins_line(begin)) return false;
  insert(line_begin(begin), indented(lines, indent_of(begin)));
  return true;
}

bool FileEdits::take_line(source::SourceRange range) {
  const std::size_t feed = std::min(text().find('\n', range.begin), text().size());
  const auto end = static_cast<std::uint32_t>(std::min(feed + 1, text().size()));
  const bool is_all = begins_line(range.begin) &&
                      (range.end >= end || text::trimmed(text().substr(range.end, end - range.end)).empty());
  if (is_all) replace({file_->id(), line_begin(range.begin), end}, "");
  return is_all;
}

bool FileEdits::add_items(const WrittenBody& body, std::string_view lines, const std::string& in_line) {
  const std::uint32_t brace = body.range.end - 1;
  const bool has_items = !body.items.empty();
  if (begins_line(brace)) {
    const bool is_model = has_items && begins_line(body.items.back().range.begin);
    const std::string indent = is_model ? indent_of(body.items.back().range.begin) : indent_of(brace) + "  ";
    insert(line_begin(brace), indented(lines, indent));
    return true;
  }
  if (body.is_object) {
    insert(has_items ? body.items.back().range.end : brace,
           (has_items ? ", " : " ") + in_line + (has_items ? "" : " "));
    return true;
  }
  if (has_items) return false;
  const std::string indent = indent_of(body.range.begin);
  insert(brace, line_end_ + indented(lines, indent + "  ") + indent);
  return true;
}

void FileEdits::append(std::string_view block) {
  if (!appended_.empty()) appended_ += '\n';
  appended_ += block;
}

source::EditGroup FileEdits::take() && {
  if (!appended_.empty()) {
    const bool is_empty = text().size() == file_->content_begin();
    const bool has_gap = is_empty || text().ends_with("\n\n") || text().ends_with("\n\r\n");
    const std::string ending = is_empty || text().ends_with('\n') ? "" : line_end_;
    insert(static_cast<std::uint32_t>(text().size()),
           ending + (has_gap ? "" : line_end_) + indented(appended_, ""));
  }
  std::ranges::stable_sort(edits_, {}, [](const source::Edit& one) { return one.range.begin; });
  source::EditGroup group;
  for (source::Edit& one : edits_) add_edit(group, std::move(one));
  return group;
}

}  // namespace honua::editing
