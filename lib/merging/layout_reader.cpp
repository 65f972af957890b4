// SPDX-License-Identifier: MIT
#include "merging/layout_reader.h"

#include <string>
#include <string_view>
#include <utility>

namespace honua::merging {

namespace {

constexpr char joined_mark = '\2';  // between the keys of items on one line

// Items on one line of a body are merged as one.
void join(Item& item, const Item& next) {
  item.key += joined_mark + next.key;
  item.meaning += joined_mark + next.meaning;
  item.end = next.end;
  item.ends_in_heredoc = next.ends_in_heredoc;
  item.is_portable = false;
  item.inside = nullptr;
}

}  // namespace

std::uint32_t LayoutReader::skip_blanks(std::uint32_t at) const {
  const std::string_view text = document_->text();
  while (at < limit_ && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) ++at;
  return at;
}

std::uint32_t LayoutReader::skip_blanks_and_comments(std::uint32_t at) const {
  at = skip_blanks(at);
  while (const auto end = document_->comment_end(at)) at = skip_blanks(*end);
  return at;
}

bool LayoutReader::is_feed(std::uint32_t at) const { return at < limit_ && document_->text()[at] == '\n'; }

std::string_view LayoutReader::part(std::uint32_t begin, std::uint32_t end) const {
  return document_->text().substr(begin, end - begin);
}

std::optional<Container> LayoutReader::read_file(std::vector<Item> items) {
  is_file_ = true;
  limit_ = static_cast<std::uint32_t>(document_->text().size());
  Container container;
  if (!read_lines(container, std::move(items))) return std::nullopt;
  return container;
}

std::unique_ptr<Container> LayoutReader::read(Form form, source::SourceRange inside,
                                              std::vector<Item> items) {
  at_ = inside.begin;
  limit_ = inside.end;
  auto container = std::make_unique<Container>();
  container->form = form;
  container->inside_begin = inside.begin;
  const bool has_lines = part(at_, limit_).find('\n') != std::string_view::npos;
  if (!has_lines && !document_->has_comments(at_, limit_)) {
    container->is_inline = true;
    container->items = std::move(items);
    for (Item& one : container->items) {
      one.is_inline = true;
      one.tail_end = one.end;
    }
    return container;
  }
  return read_opening(*container) && read_lines(*container, std::move(items)) ? std::move(container)
                                                                              : nullptr;
}

bool LayoutReader::read_opening(Container& container) {
  const std::uint32_t end = skip_blanks_and_comments(at_);
  if (!is_feed(end)) return false;
  container.opening = part(at_, end + 1);
  at_ = end + 1;
  return true;
}

bool LayoutReader::read_lines(Container& container, std::vector<Item> items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    Item item = std::move(items[i]);
    item.is_first = container.items.empty();
    if (!read_lead(item)) return false;
    for (;;) {
      const Item* next = i + 1 < items.size() ? &items[i + 1] : nullptr;
      const TailEnd end = read_tail(item, container.form, next);
      if (end == TailEnd::none) return false;
      if (end == TailEnd::line || next == nullptr) break;
      join(item, *next);
      ++i;
    }
    container.items.push_back(std::move(item));
  }
  return read_closing(container);
}

bool LayoutReader::read_lead(Item& item) {
  for (;;) {
    const std::uint32_t line = at_;
    const std::uint32_t first = skip_blanks(line);
    std::uint32_t at = first;
    while (at < item.begin) {
      const auto end = document_->comment_end(at);
      if (!end) break;
      at = skip_blanks(*end);
    }
    if (at == item.begin) {
      // A comment in front of an item on its line is a part of it.
      item.prefix = part(line, first);
      item.begin = first;
      item.attached = attached_begin(item.lead);
      return true;
    }
    if (at > item.begin || !is_feed(at)) return false;
    item.lead.push_back({part(line, at + 1), at > first});
    at_ = at + 1;
  }
}

LayoutReader::TailEnd LayoutReader::read_tail(Item& item, Form form, const Item* next) {
  std::uint32_t at = item.end;
  std::uint32_t comma = limit_;
  for (;;) {
    at = skip_blanks_and_comments(at);
    if (next != nullptr && at == next->begin) return form == Form::body ? TailEnd::item : TailEnd::none;
    if (is_feed(at)) {
      ++at;
      break;
    }
    if (at >= limit_) {
      if (!is_file_) return TailEnd::none;
      break;
    }
    if (document_->text()[at] != ',' || comma != limit_ || form == Form::body) return TailEnd::none;
    comma = at++;
  }
  item.has_comma = comma != limit_;
  item.tail = std::string(part(item.end, item.has_comma ? comma : at));
  if (item.has_comma) item.tail += part(comma + 1, at);
  item.tail_end = at;
  at_ = at;
  return TailEnd::line;
}

bool LayoutReader::read_closing(Container& container) {
  for (;;) {
    const std::uint32_t line = at_;
    const std::uint32_t first = skip_blanks(line);
    const std::uint32_t at = skip_blanks_and_comments(first);
    if (at >= limit_) {
      if (!is_file_ && at > first) return false;
      if (is_file_ && at > line) container.closing.push_back({part(line, at), at > first});
      if (!is_file_) container.closing_prefix = part(line, at);
      return true;
    }
    if (!is_feed(at)) return false;
    container.closing.push_back({part(line, at + 1), at > first});
    at_ = at + 1;
  }
}

}  // namespace honua::merging
