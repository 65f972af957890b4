// SPDX-License-Identifier: MIT
#include "commands/apply_fixes.h"

#include <map>
#include <utility>

#include "commands/canonical_text.h"
#include "commands/messages.h"
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
    if (text->second.size() > max_size) return fail("is larger than " + describe_size(max_size));
    return FileContent(text->second);
  }
  [[nodiscard]] Result<std::vector<std::string>> list_directory(const std::string& path) const override {
    return files_.list_directory(path);
  }
  [[nodiscard]] Result<void> write_file_atomically(const std::string& path,
                                                   std::string_view content) override {
    return files_.write_file_atomically(path, content);
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

// The fixes of a report, by file.
std::map<source::FileId, std::vector<EditGroup>> edits_of(const diagnostics::Report& report, FixSafety most,
                                                          config::Target target) {
  std::map<source::FileId, std::vector<EditGroup>> edits;
  for (const diagnostics::Finding& one : report.findings) {
    if (is_wanted(*one.diagnostic, most, target))
      edits[one.diagnostic->range.file].push_back(one.diagnostic->fix->edits);
  }
  return edits;
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
    for (std::size_t round = 0; round < max_fix_rounds; ++round) {
      const diagnostics::Report report = report_of_(result);
      Texts before = current_;
      const std::size_t mended = apply(result, report);
      if (mended == 0) break;
      CheckResult next = check();
      if (most_ == FixSafety::safe && errors_of(report_of_(next)) > errors_of(report)) {
        current_ = std::move(before);
        result = check();
        break;
      }
      count_ += mended;
      result = std::move(next);
    }
    return finish(std::move(result));
  }

 private:
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

  // Sources are in the order of the inputs, without those that can't be read: each has its number here.
  void gather(const CheckResult& result) {
    auto input = inputs_.files.begin();
    for (source::FileId id = 0; id < result.sources.size(); ++id, ++input) {
      const source::SourceFile& file = result.sources.file(id);
      while (input->name != file.name()) ++input;
      originals_.push_back({*input, std::string(file.text()), ""});
    }
  }

  // Returns how many findings were mended.
  std::size_t apply(const CheckResult& result, const diagnostics::Report& report) {
    std::size_t mended = 0;
    for (const auto& [id, groups] : edits_of(report, most_, options_.target)) {
      const source::SourceFile& file = result.sources.file(id);
      source::EditedText edited = source::apply_edits(file.text(), groups);
      if (edited.text == file.text()) continue;
      mended += groups.size() - edited.dropped.size();
      current_[originals_[id].input.path] = std::move(edited.text);
    }
    return mended;
  }

  FixedFiles finish(CheckResult result) {
    FixedFiles fixed;
    fixed.count = count_;
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
};

}  // namespace

Fixable count_fixable(const diagnostics::Report& report) {
  Fixable fixable;
  for (const diagnostics::Finding& one : report.findings) {
    if (!one.diagnostic->fix) continue;
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
  const auto refuse = [&](const FixedFile& one, const std::string& why) {
    print_error(env, "cannot fix `" + one.input.name + "`: " + why);
    all = false;
  };
  for (const FixedFile& one : files) {
    const auto now = env.files.read_file(one.input.path, source::max_file_size);
    if (!now) {
      refuse(one, now.error().message);
    } else if (now->view() != one.before) {
      refuse(one, "it was changed by somebody else meanwhile");
    } else if (const auto written = env.files.write_file_atomically(one.input.path, one.after); !written) {
      refuse(one, written.error().message);
    }
  }
  return all;
}

}  // namespace honua::commands
