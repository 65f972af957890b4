// SPDX-License-Identifier: MIT
#include "diagnostics/suppression.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

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
  }

  void apply(const Suppression& one) {
    if (one.content.rules.empty()) {
      report(rules::invalid_suppression, one.comment, "the comment names no rule to ignore")
          .suggest("write a code in front of the reason: `honua:ignore H2006 " +
                   std::string(one.content.reason.empty() ? "the reason" : "…") + "`");
      return;
    }
    if (is_expired(one)) return;
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
  // Reported when all comments have been looked at would be the same: none is about another.
  Diagnostic& report(const Rule& rule, SourceRange range, std::string message) {
    return sink_.report(rule, range, std::move(message));
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
    if (context_.levels->is_protected(*info->rule)) {
      report(rules::protected_rule, range_of(one, word),
             "findings of " + text::quoted(word.text) + " cannot be ignored by a comment")
          .suggest("mend what it is about");
      return false;
    }
    bool is_used = false;
    for (const SourceRange scope : one.scopes) is_used |= suppress(*info->rule, scope);
    if (!is_used && context_.is_checked(*info, one.comment.file)) report_unused(one, *info->rule, word);
    return is_used;
  }

  const RuleInfo* find(const Suppression& one, const Word& word) {
    const auto found = by_name_.find(word.text);
    if (found != by_name_.end()) return found->second;
    std::vector<std::string_view> names;
    names.reserve(by_name_.size());
    for (const auto& [name, info] : by_name_) names.push_back(name);
    std::sort(names.begin(), names.end());
    Diagnostic& made = report(rules::invalid_suppression, range_of(one, word),
                              "there is no rule " + text::quoted(word.text));
    const auto similar = text::suggest(word.text, names);
    made.suggest(similar ? "did you mean " + text::quoted(*similar) + "?"
                         : "`honua explain --list` lists the rules");
    return nullptr;
  }

  // Findings that begin in a scope, or at its end where that is empty.
  bool suppress(const Rule& rule, SourceRange scope) {
    bool is_used = false;
    auto at = std::lower_bound(
        findings_.begin(), findings_.end(), scope, [](const Diagnostic* one, SourceRange where) {
          return std::pair(one->range.file, one->range.begin) < std::pair(where.file, where.begin);
        });
    for (; at != findings_.end() && (*at)->range.file == scope.file && (*at)->range.begin <= scope.end;
         ++at) {
      if ((*at)->rule != &rule) continue;
      suppressed_.insert(*at);
      is_used = true;
    }
    return is_used;
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
    made.suggest(is_only ? "remove the comment" : "remove it from the comment")
        .fixed_by(FixSafety::safe, is_only ? "remove the comment" : "remove " + text::quoted(word.text),
                  {Edit{is_only ? with_space(one.comment) : with_comma(one, word), ""}});
  }

  // Where a rule's first finding in a file is.
  [[nodiscard]] std::optional<std::uint32_t> line_of(const Rule& rule, source::FileId file) const {
    const auto found = std::find_if(findings_.begin(), findings_.end(), [&](const Diagnostic* other) {
      return other->rule == &rule && other->range.file == file;
    });
    if (found == findings_.end()) return std::nullopt;
    return sources_.file(file).line_of((*found)->range.begin);
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
  std::vector<const Diagnostic*> findings_;
  std::unordered_map<std::string_view, const RuleInfo*> by_name_;
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
