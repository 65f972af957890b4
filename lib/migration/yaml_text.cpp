// SPDX-License-Identifier: MIT
#include "migration/yaml_text.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
// Of a class that the parser's header only declares.
#include <yaml-cpp/node/node.h>
#include <yaml-cpp/parser.h>

#include "migration/rules.h"
#include "syntax/literals.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::migration {

namespace {

using text::json_string;

// YAML's core schema, save for numbers that JSON does not have: those are texts.
std::string plain_scalar(const std::string& text) {
  std::string lower = text::ascii_lower(text);
  if (lower.empty() || lower == "~" || lower == "null") return "null";
  if (lower == "true" || lower == "false") return lower;
  return syntax::is_json_number(text) ? text : json_string(text);
}

// Writes what the parser tells of as JSON.
class JsonEvents final : public YAML::EventHandler {
 public:
  explicit JsonEvents(const source::SourceFile& file) : file_(file) {}

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    write_scalar(mark, anchor, "null", 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool is_plain = tag == "?" || tag.empty();
    const bool is_name = is_name_next();
    write_scalar(mark, anchor, is_plain && !is_name ? plain_scalar(value) : json_string(value),
                 value.size() + (is_plain ? 0 : 2));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) throw YAML::Exception(mark, "this alias is inside of what it stands for");
    const auto [begin, end] = found->second;
    write_scalar(mark, YAML::NullAnchor, out_.substr(begin, end - begin), 1);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, anchor, '[');
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, anchor, '{');
  }
  void OnMapEnd() override { close('}'); }

  [[nodiscard]] ConvertedText take() && { return {std::move(out_), std::move(places_)}; }

  // Bytes of the line from a mark on, at most so many.
  [[nodiscard]] source::SourceRange range_of(const YAML::Mark& mark, std::size_t size) const {
    const auto line = static_cast<std::uint32_t>(std::max(mark.line, 0)) + 1;
    const source::SourceRange whole = file_.line_range(std::min(line, file_.line_count()));
    const std::uint32_t begin =
        std::min(whole.begin + static_cast<std::uint32_t>(std::max(mark.column, 0)), whole.end);
    const auto end =
        static_cast<std::uint32_t>(std::min<std::size_t>(whole.end, begin + std::max<std::size_t>(size, 1)));
    return {file_.id(), begin, end};
  }

 private:
  struct Level {
    bool is_map = false;
    bool awaits_value = false;  // of a map: its name is there
    bool has_items = false;
    YAML::anchor_t anchor = YAML::NullAnchor;
    std::size_t begin = 0;
  };

  [[nodiscard]] bool is_name_next() const {
    return !levels_.empty() && levels_.back().is_map && !levels_.back().awaits_value;
  }

  // What stands between this value and the one before.
  void separate(const YAML::Mark& mark, bool is_scalar) {
    if (out_.size() > limit_) throw YAML::Exception(mark, "its aliases make it too large");
    if (levels_.empty()) return;
    Level& level = levels_.back();
    if (level.is_map && level.awaits_value) {
      out_ += ':';
      level.awaits_value = false;
      return;
    }
    if (level.is_map && !is_scalar) throw YAML::Exception(mark, "a name has to be a text");
    if (std::exchange(level.has_items, true)) out_ += ',';
    level.awaits_value = level.is_map;
  }

  void note_place(const YAML::Mark& mark, std::size_t size) {
    places_.push_back({static_cast<std::uint32_t>(out_.size()), range_of(mark, size)});
  }

  void write_scalar(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& json,
                    std::size_t size) {
    if (is_name_next() && !json.starts_with('"')) return write_scalar(mark, anchor, json_string(json), size);
    separate(mark, true);
    note_place(mark, size);
    const std::size_t begin = out_.size();
    out_ += json;
    if (anchor != YAML::NullAnchor) anchored_[anchor] = {begin, out_.size()};
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor, char opener) {
    separate(mark, false);
    note_place(mark, 1);
    levels_.push_back({opener == '{', false, false, anchor, out_.size()});
    out_ += opener;
  }

  void close(char closer) {
    out_ += closer;
    const Level& level = levels_.back();
    if (level.anchor != YAML::NullAnchor) anchored_[level.anchor] = {level.begin, out_.size()};
    levels_.pop_back();
  }

  // Aliases of aliases would grow without end.
  static constexpr std::size_t times_larger = 10;
  static constexpr std::size_t always_allowed = std::size_t{1} << 20U;

  const source::SourceFile& file_;
  std::size_t limit_ = std::min(source::max_file_size, times_larger* file_.text().size() + always_allowed);
  std::string out_;
  std::vector<ConvertedText::Place> places_;
  std::vector<Level> levels_;
  std::map<YAML::anchor_t, std::pair<std::size_t, std::size_t>> anchored_;  // bytes of the JSON
};

}  // namespace

bool looks_like_yaml(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    if (line.empty() || line.starts_with('#') || line.starts_with('%')) continue;
    if (line.starts_with("---") || line.starts_with("- ")) return true;
    const std::size_t colon = line.find(':');
    const bool ends_name = colon != std::string_view::npos &&
                           (colon + 1 == line.size() || line.substr(colon + 1).find_first_of(" \t\r") == 0);
    return ends_name && line.find_first_of("{}=") > colon;
  }
  return false;
}

std::optional<ConvertedText> read_yaml(const source::SourceFile& file, diagnostics::Diagnostics& sink) {
  JsonEvents events(file);
  const std::string text(file.text().substr(file.content_begin()));
  if (text::find_malformed(text) != std::string_view::npos) {
    sink.report(rules::not_legacy, file.line_range(1), "the document is no UTF-8");
    return std::nullopt;
  }
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(events)) {
      sink.report(rules::not_legacy, file.line_range(1), "the document is empty");
      return std::nullopt;
    }
    JsonEvents next(file);
    if (parser.HandleNextDocument(next)) {
      sink.report(rules::not_legacy, file.line_range(1), "the file has several documents");
      return std::nullopt;
    }
  } catch (const YAML::DeepRecursion& error) {
    sink.report(rules::not_legacy, events.range_of(error.mark, 1), "values are nested too deeply");
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    sink.report(rules::not_legacy, events.range_of(error.mark, 1),
                "this is no YAML: " + text::printable(error.msg));
    return std::nullopt;
  }
  return std::move(events).take();
}

}  // namespace honua::migration
