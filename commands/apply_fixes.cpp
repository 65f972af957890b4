// SPDX-License-Identifier: MIT
#include "commands/apply_fixes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "commands/canonical_text.h"
#include "commands/messages.h"
#include "commands/replace_text.h"
#include "diagnostics/render_place.h"
#include "source/edit.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using diagnostics::Diagnostic;
using diagnostics::FixSafety;
using source::EditGroup;

using Texts = std::map<std::string, std::string>;  // by path

// The real files, save those that have another text by now.
class EditedFiles final : public FileSystem {
 public:
  EditedFiles(FileSystem& files, const Texts& texts) : files_(files), texts_(texts) {}

  [[nodiscard]] FileKind kind(const std::string& path) const override { return files_.kind(path); }
  [[nodiscard]] std::string identity(const std::string& path) const override { return files_.identity(path); }
  [[nodiscard]] Result<FileContent> read_file(const std::string& path, std::size_t max_size) const override {
    const auto text = texts_.find(path);
    if (text == texts_.end()) return files_.read_file(path, max_size);
    if (text->second.size() > max_size) return tl::unexpected(too_large_error(text->second.size(), max_size));
    return FileContent(text->second);
  }
  [[nodiscard]] Result<std::vector<std::string>> list_directory(const std::string& path) const override {
    return files_.list_directory(path);
  }
  [[nodiscard]] Result<void> write_file_atomically(const std::string& path,
                                                   std::string_view content) override {
    return files_.write_file_atomically(path, content);
  }
  [[nodiscard]] Result<void> create_private_file(const std::string& path, std::string_view content) override {
    return files_.create_private_file(path, content);
  }

 private:
  FileSystem& files_;
  const Texts& texts_;
};

// The server at hand reads some forms only as Honua has them: `"${env:NAME}"`, not `env("NAME")`.
bool is_wanted(const Diagnostic& one, FixSafety most, config::Target target) {
  if (target == config::Target::upstream && is_form_rule(*one.rule)) return false;
  return one.fix && (most == FixSafety::unsafe || one.fix->safety == FixSafety::safe);
}

// A fix that is to be tried.
struct FixCandidate {
  const Diagnostic* finding;
  std::string identity;  // of what it does; the same from one round to the next
};

// The fix's file and what it puts in place of what: of fixes that do the same, all are left out if one is.
std::string identity_of(const Diagnostic& one, const source::SourceSet& sources, const InputFile& input) {
  std::string identity = input.path + '\n' + std::string(one.rule->code);
  for (const source::Edit& edit : one.fix->edits) {
    identity += '\n';
    identity += sources.file(one.range.file).text(edit.range);
    identity += '\n' + edit.text;
  }
  return identity;
}

std::size_t errors_of(const diagnostics::Report& report) {
  return report.count(diagnostics::Severity::error) + report.dropped(diagnostics::Severity::error);
}

class Fixer {
 public:
  Fixer(const InputFiles& inputs, const CheckOptions& options, const ReportOf& report_of, FixSafety most,
        CommandEnv& env)
      : inputs_(inputs),
        options_(options),
        report_of_(report_of),
        most_(most),
        env_(env),
        files_(env.files, current_) {}

  FixedFiles run() {
    CheckResult result = check();
    gather(result);
    const std::size_t rounds = result.failures.empty() ? max_fix_rounds : 0;
    for (std::size_t round = 0; round < rounds; ++round) {
      const diagnostics::Report report = report_of_(result);
      const std::vector<FixCandidate> candidates = candidates_of(report, result);
      if (candidates.empty()) break;
      Round now{result, errors_of(report), current_, {}, std::nullopt};
      if (most_ == FixSafety::safe) {
        accept(candidates, now);
      } else {
        accept_helpful(candidates, now);
      }
      const std::size_t mended = apply(now.accepted, now);
      if (mended == 0) break;
      count_ += mended;
      CheckResult next = now.checked ? *std::move(now.checked) : check();
      result = std::move(next);
    }
    return finish(std::move(result));
  }

 private:
  struct Round {
    const CheckResult& result;  // of the texts that the fixes are for
    std::size_t errors;         // that there are in them
    Texts texts;                // those of them that were changed before
    std::vector<FixCandidate> accepted;
    std::optional<CheckResult> checked;  // of the accepted ones' texts
  };

  CheckResult check() {
    CommandEnv env{env_.out,
                   env_.err,
                   env_.in,
                   files_,
                   env_.environment,
                   env_.clock,
                   env_.out_is_terminal,
                   env_.err_is_terminal};
    return check_files(inputs_, options_, env);
  }

  void gather(const CheckResult& result) {
    for (source::FileId id = 0; id < result.sources.size(); ++id)
      originals_.push_back({result.read[id], std::string(result.sources.file(id).text()), ""});
  }

  [[nodiscard]] std::vector<FixCandidate> candidates_of(const diagnostics::Report& report,
                                                        const CheckResult& result) const {
    std::vector<FixCandidate> candidates;
    for (const diagnostics::Finding& one : report.findings) {
      const Diagnostic& finding = *one.diagnostic;
      if (!is_wanted(finding, most_, options_.target)) continue;
      std::string identity = identity_of(finding, result.sources, result.read[finding.range.file]);
      if (!left_out_.contains(identity)) candidates.push_back({&finding, std::move(identity)});
    }
    return candidates;
  }

  // Accepts those after which there are no more errors than before, halving what makes some until single
  // fixes are left.
  void accept(std::span<const FixCandidate> candidates, Round& round) {
    std::vector<FixCandidate> tried = round.accepted;
    tried.insert(tried.end(), candidates.begin(), candidates.end());
    if (trials_ < max_trials) {
      ++trials_;
      (void)apply(tried, round);
      CheckResult next = check();
      if (errors_of(report_of_(next)) <= round.errors) {
        round.accepted = std::move(tried);
        round.checked = std::move(next);
        return;
      }
    }
    if (candidates.size() == 1 || trials_ >= max_trials) return leave_out(candidates, round);
    accept(candidates.first(candidates.size() / 2), round);
    accept(candidates.subspan(candidates.size() / 2), round);
  }

  // Accepts all but those that are asked for again, at the same place, once they are done.
  void accept_helpful(const std::vector<FixCandidate>& candidates, Round& round) {
    round.accepted = candidates;
    (void)apply(round.accepted, round);
    CheckResult next = check();
    const diagnostics::Report report = report_of_(next);
    std::set<std::string> identities;
    std::set<std::string> asked_again;
    for (const FixCandidate& one : candidates_of(report, next)) {
      identities.insert(one.identity);
      asked_again.insert(key_of(one, 0));
    }
    const auto is_vain = [&](const FixCandidate& one) {
      return identities.contains(one.identity) &&
             std::ranges::any_of(places_of(one, candidates), [&](std::int64_t growth) {
               return asked_again.contains(key_of(one, growth));
             });
    };
    const auto vain = std::stable_partition(round.accepted.begin(), round.accepted.end(),
                                            [&](const FixCandidate& one) { return !is_vain(one); });
    if (vain == round.accepted.end()) {
      round.checked = std::move(next);
      return;
    }
    leave_out(std::span(vain, round.accepted.end()), round);
    round.accepted.erase(vain, round.accepted.end());
  }

  // A fix with its place, moved by so much.
  static std::string key_of(const FixCandidate& one, std::int64_t growth) {
    const std::int64_t begin = one.finding->fix->edits.front().range.begin;
    return one.identity + "\n" + std::to_string(begin + growth);
  }

  // By how much a fix moves: by the edits in front of it, and perhaps by what it puts in itself.
  static std::array<std::int64_t, 2> places_of(const FixCandidate& one,
                                               const std::vector<FixCandidate>& all) {
    const std::int64_t growth = growth_before(one, all);
    const source::Edit& edit = one.finding->fix->edits.front();
    return {growth,
            growth + static_cast<std::int64_t>(edit.text.size()) - (edit.range.end - edit.range.begin)};
  }

  // By how much the edits in front of a fix lengthen its file.
  static std::int64_t growth_before(const FixCandidate& one, const std::vector<FixCandidate>& all) {
    const source::SourceRange place = one.finding->fix->edits.front().range;
    std::int64_t growth = 0;
    for (const FixCandidate& other : all) {
      for (const source::Edit& edit : other.finding->fix->edits) {
        if (edit.range.file != place.file || edit.range.begin >= place.begin) continue;
        growth += static_cast<std::int64_t>(edit.text.size()) - (edit.range.end - edit.range.begin);
      }
    }
    return growth;
  }

  void leave_out(std::span<const FixCandidate> candidates, const Round& round) {
    for (const FixCandidate& one : candidates) {
      left_out_.insert(one.identity);
      places_left_out_.push_back(diagnostics::describe_place(one.finding->range, round.result.sources) +
                                 " (" + std::string(one.finding->rule->code) + ")");
    }
  }

  // Makes the round's texts with these fixes the current ones. Returns how many findings that mends.
  std::size_t apply(const std::vector<FixCandidate>& candidates, const Round& round) {
    std::map<source::FileId, std::vector<EditGroup>> edits;
    for (const FixCandidate& one : candidates)
      edits[one.finding->range.file].push_back(one.finding->fix->edits);
    current_ = round.texts;
    std::size_t mended = 0;
    for (const auto& [id, groups] : edits) {
      const source::SourceFile& file = round.result.sources.file(id);
      source::EditedText edited = source::apply_edits(file.text(), groups);
      if (edited.text == file.text()) continue;
      mended += groups.size() - edited.dropped.size();
      current_[round.result.read[id].path] = std::move(edited.text);
    }
    return mended;
  }

  FixedFiles finish(CheckResult result) {
    FixedFiles fixed;
    fixed.count = count_;
    fixed.left_out = std::move(places_left_out_);
    fixed.result = std::move(result);
    for (FixedFile& one : originals_) {
      const auto now = current_.find(one.input.path);
      if (now == current_.end() || now->second == one.before) continue;
      one.after = now->second;
      fixed.files.push_back(std::move(one));
    }
    return fixed;
  }

  const InputFiles& inputs_;
  const CheckOptions& options_;
  const ReportOf& report_of_;
  FixSafety most_;
  CommandEnv& env_;
  Texts current_;  // of the files that were changed
  EditedFiles files_;
  std::vector<FixedFile> originals_;  // by FileId
  std::size_t count_ = 0;
  std::size_t trials_ = 0;
  std::set<std::string> left_out_;  // identities
  std::vector<std::string> places_left_out_;
};

}  // namespace

Fixable count_fixable(const diagnostics::Report& report, config::Target target) {
  Fixable fixable;
  for (const diagnostics::Finding& one : report.findings) {
    if (!is_wanted(*one.diagnostic, FixSafety::unsafe, target)) continue;
    ++(one.diagnostic->fix->safety == FixSafety::safe ? fixable.safe : fixable.unsafe);
  }
  return fixable;
}

FixedFiles fix_files(const InputFiles& inputs, const CheckOptions& options, const ReportOf& report_of,
                     FixSafety most, CommandEnv& env) {
  return Fixer(inputs, options, report_of, most, env).run();
}

bool write_fixed(const std::vector<FixedFile>& files, CommandEnv& env) {
  bool all = true;
  for (const FixedFile& one : files) {
    const auto written = replace_text(one.input.path, one.before, one.after, env.files);
    if (written) continue;
    print_error(env, "cannot fix `" + one.input.name + "`: " + written.error().message);
    all = false;
  }
  return all;
}

}  // namespace honua::commands
