// SPDX-License-Identifier: MIT
#include "diagnostics/suppression.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "diagnostics/finding_index.h"
#include "diagnostics/suppression_rules.h"
#include "text/sanitize.h"
#include "text/suggest.h"
#include "text/words.h"

namespace honua::diagnostics {

namespace {

using source::SourceRange;
using Word = SuppressionComment::Word;

class Suppressor {
 public:
  Suppressor(const SuppressionContext& context, const source::SourceSet& sources, Diagnostics& sink)
      : context_(context), sources_(sources), sink_(sink), findings_(sink.sorted()) {
    for (const RuleInfo* info : context.rules) {
      by_name_.emplace(info->rule->code, info);
      by_name_.emplace(info->rule->slug, info);
    }
    for (const auto& [name, info] : by_name_) names_.push_back(name);
    std::sort(names_.begin(), names_.end());
  }

  void apply(const Suppression& one) {
    if (one.content.near_miss) return report_near_miss(one);
    if (one.content.rules.empty()) {
      report(rules::invalid_suppression, one.comment, "the comment names no rule to ignore")
          .suggest("write a code in front of the reason: `honua:ignore H2006 " +
                   std::string(one.content.reason.empty() ? "the reason" : "…") + "`");
      return;
    }
    if (is_expired(one)) return;
    check_reason(one);
    bool is_used = false;
    for (const Word& word : one.content.rules) is_used |= apply(one, word);
    if (is_used && one.content.reason.empty()) {
      report(rules::suppression_without_reason, one.comment,
             "the comment does not say why " + text::quoted(one.content.rules.front().text) + " is ignored")
          .suggest("write the reason behind the rules");
    }
  }

  void finish() { sink_.suppress(suppressed_); }

 private:
  // What is wrong with comments is no other comment's to ignore (is_about_comments()), so that their order
  // makes no difference.
  Diagnostic& report(const Rule& rule, SourceRange range, std::string message) {
    return sink_.report(rule, range, std::move(message));
  }

  void report_near_miss(const Suppression& one) {
    const Word& word = *one.content.near_miss;
    report(rules::invalid_suppression, range_of(one, word), text::quoted(word.text) + " ignores nothing")
        .suggest(
            "write `honua:ignore H2006 the reason` for a line or a block, `honua:ignore-file` for the file");
  }

  // A reason that starts with a rule's code is none.
  void check_reason(const Suppression& one) {
    const std::string_view reason = one.content.reason;
    const std::string_view first = reason.substr(0, reason.find_first_of(", \t"));
    const RuleInfo* info = find(first);
    if (info == nullptr || first == info->rule->slug) return;
    const std::size_t begin = one.content.reason_begin;
    report(rules::invalid_suppression, range_of(one, {first, begin, begin + first.size()}),
           text::quoted(first) + " is taken for the reason")
        .suggest("separate rules by commas: `" + std::string(one.content.rules.back().text) + ", " +
                 std::string(first) + "`");
  }

  [[nodiscard]] const RuleInfo* find(std::string_view name) const {
    auto found = by_name_.find(name);
    // Codes may be written with a small letter.
    if (found == by_name_.end() && name.starts_with('h'))
      found = by_name_.find("H" + std::string(name.substr(1)));
    return found == by_name_.end() ? nullptr : found->second;
  }

  static SourceRange range_of(const Suppression& one, const Word& word) {
    return {one.comment.file, one.comment.begin + static_cast<std::uint32_t>(word.begin),
            one.comment.begin + static_cast<std::uint32_t>(word.end)};
  }

  // Or has a date that is none: then it is not known to hold.
  bool is_expired(const Suppression& one) {
    if (one.content.wrong_date) {
      report(rules::invalid_suppression, range_of(one, *one.content.wrong_date),
             text::quoted(one.content.wrong_date->text) + " is no date")
          .suggest("write the last day as `(until YYYY-MM-DD)`");
      return true;
    }
    if (!one.content.until || context_.today <= *one.content.until) return false;
    report(rules::expired_suppression, one.comment,
           "the comment held until " + text::date_text(*one.content.until))
        .suggest("mend what it is about, or name a later day");
    return true;
  }

  // Whether there is something to ignore.
  bool apply(const Suppression& one, const Word& word) {
    const RuleInfo* info = find(one, word);
    if (info == nullptr) return false;
    const bool is_about_comments = diagnostics::is_about_comments(*info->rule);
    if (is_about_comments || context_.levels->is_protected(*info->rule)) {
      report(rules::protected_rule, range_of(one, word),
             "findings of " + text::quoted(word.text) + " cannot be ignored by a comment")
          .suggest(is_about_comments ? "mend the comment that it is about, or turn the rule off"
                                     : "mend what it is about");
      return false;
    }
    bool is_used = false;
    for (const SourceRange scope : one.scopes) {
      is_used |= findings_.take_in(*info->rule, scope,
                                   [this](const Diagnostic* finding) { suppressed_.insert(finding); });
    }
    if (one.content.is_for_file) is_used |= sink_.suppress_dropped(*info->rule, one.comment.file) > 0;
    if (!is_used && context_.is_settled(*info, one)) report_unused(one, *info->rule, word);
    return is_used;
  }

  const RuleInfo* find(const Suppression& one, const Word& word) {
    if (const RuleInfo* found = find(word.text)) return found;
    Diagnostic& made = report(rules::invalid_suppression, range_of(one, word),
                              "there is no rule " + text::quoted(word.text));
    if (!made.is_kept()) return nullptr;
    if (stands_for_several(word.text)) {
      made.suggest("a comment names each rule: `honua explain " + std::string(word.text) + "` lists them");
      return nullptr;
    }
    const auto similar = text::suggest(word.text, names_);
    made.suggest(similar ? "did you mean " + text::quoted(*similar) + "?"
                         : "`honua explain --list` lists the rules");
    return nullptr;
  }

  // A category, or the beginning of codes.
  [[nodiscard]] bool stands_for_several(std::string_view name) const {
    return std::ranges::any_of(context_.rules, [name](const RuleInfo* info) {
      return info->rule->category == name || (name.size() > 1 && info->rule->code.starts_with(name));
    });
  }

  void report_unused(const Suppression& one, const Rule& rule, const Word& word) {
    const bool is_only = one.content.rules.size() == 1;
    const SourceRange range = is_only ? one.comment : range_of(one, word);
    Diagnostic& made = report(rules::unused_suppression, range,
                              text::quoted(word.text) + " is found nowhere in what the comment covers");
    if (const auto line = line_of(rule, one.comment.file)) {
      made.suggest("it is found in line " + std::to_string(*line) +
                   ": put the comment there, or write `honua:ignore-file`");
      return;
    }
    // Whoever put it there may know of a run that finds it.
    made.suggest(is_only ? "remove the comment" : "remove it from the comment")
        .fixed_by(FixSafety::unsafe, is_only ? "remove the comment" : "remove " + text::quoted(word.text),
                  {is_only ? removal_of(one.comment) : Edit{with_comma(one, word), ""}});
  }

  // What takes a comment away; a blank stays where what is around it would be joined.
  [[nodiscard]] Edit removal_of(SourceRange comment) const {
    const std::string_view text = sources_.file(comment.file).text();
    const SourceRange range = with_space(comment);
    const auto is_free = [text](std::size_t at) {
      return at >= text.size() || std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos;
    };
    const bool joins = range.begin > 0 && !is_free(range.begin - 1) && !is_free(range.end);
    return {range, joins ? " " : ""};
  }

  // Where a rule's first finding in a file is.
  [[nodiscard]] std::optional<std::uint32_t> line_of(const Rule& rule, source::FileId file) const {
    const auto first = findings_.first(rule, file);
    return first ? std::optional(sources_.file(file).line_of(*first)) : std::nullopt;
  }

  // A comment with what else goes if it goes: the blanks in front of it, and its line if nothing else is on
  // it.
  [[nodiscard]] SourceRange with_space(SourceRange comment) const {
    const std::string_view text = sources_.file(comment.file).text();
    std::uint32_t begin = comment.begin;
    const std::uint32_t end = comment.end;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
    const bool is_line = begin == 0 || text[begin - 1] == '\n';
    std::size_t behind = end;
    if (behind < text.size() && text[behind] == '\r') ++behind;
    if (!is_line || behind >= text.size() || text[behind] != '\n') {
      // A byte order mark, or code on the line: that stays where it is.
      return {comment.file, is_line ? comment.begin : begin, end};
    }
    return {comment.file, begin, static_cast<std::uint32_t>(behind + 1)};
  }

  // One of several rules with the comma behind it, or of the last one in front of it.
  [[nodiscard]] static SourceRange with_comma(const Suppression& one, const Word& word) {
    const std::vector<Word>& all = one.content.rules;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].begin != word.begin) continue;
      const bool is_last = i + 1 == all.size();
      const std::size_t begin = is_last ? all[i - 1].end : word.begin;
      const std::size_t end = is_last ? word.end : all[i + 1].begin;
      return {one.comment.file, one.comment.begin + static_cast<std::uint32_t>(begin),
              one.comment.begin + static_cast<std::uint32_t>(end)};
    }
    return range_of(one, word);
  }

  const SuppressionContext& context_;
  const source::SourceSet& sources_;
  Diagnostics& sink_;
  FindingIndex findings_;
  std::unordered_map<std::string_view, const RuleInfo*> by_name_;
  std::vector<std::string_view> names_;  // sorted: what is suggested depends on the order
  std::unordered_set<const Diagnostic*> suppressed_;
};

}  // namespace

void apply(const std::vector<Suppression>& suppressions, const SuppressionContext& context,
           const source::SourceSet& sources, Diagnostics& sink) {
  if (suppressions.empty()) return;
  Suppressor suppressor(context, sources, sink);
  for (const Suppression& one : suppressions) suppressor.apply(one);
  suppressor.finish();
}

}  // namespace honua::diagnostics
