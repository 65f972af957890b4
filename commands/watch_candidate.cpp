// SPDX-License-Identifier: MIT
#include "commands/watch_candidate.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/assert.h"
#include "commands/baseline_file.h"
#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/run_report.h"
#include "diagnostics/finding_json.h"
#include "diagnostics/render_concise.h"
#include "restoring/restore.h"
#include "snapshot/hash.h"
#include "snapshot/node.h"
#include "snapshot/write_snapshot.h"
#include "syntax/parser.h"
#include "text/digest.h"
#include "text/environment_list.h"
#include "text/json_writer.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

using diagnostics::Severity;
using Finding = watching::Settling::Finding;

// More variables than any server has; a larger file is something else.
constexpr std::size_t max_environment_file_size = std::size_t{1} << 20U;

// Variables of a file over those of another environment.
class LayeredEnvironment final : public Environment {
 public:
  LayeredEnvironment(const Environment& below, std::map<std::string, std::string> variables)
      : below_(below), above_(std::move(variables)) {}
  [[nodiscard]] std::optional<std::string> get(const std::string& name) const override {
    const auto value = above_.get(name);
    return value ? value : below_.get(name);
  }

 private:
  const Environment& below_;
  MapEnvironment above_;
};

class CandidateLoader {
 public:
  CandidateLoader(const WatchedInputs& inputs, const snapshot::SecretDigest& digest, CommandEnv& env)
      : inputs_(inputs),
        digest_(digest),
        env_(env),
        files_(env.files, inputs.directory),
        made_(std::make_unique<Candidate>()) {}

  std::unique_ptr<Candidate> run_stored(const std::string& name, const std::string& snapshot) {
    const LayeredEnvironment environment(env_.environment, read_environment_file());
    CommandEnv env = env_in(environment);
    auto document = snapshot::Document::from_canonical(name, snapshot);
    if (document) {
      made_->check = check_text(name, restoring::restore(*document).text, inputs_.check, env);
    } else {
      made_->failures.push_back(name + " is no snapshot");
    }
    const bool is_sound = judge(env);
    if (is_sound) {
      const std::string environment_hash = hash_of_environment(*document, environment);
      const std::string hash = snapshot::hash_of(snapshot);
      const std::string identity = text::sha256(text::sha256(snapshot) + environment_hash);
      made_->sound.emplace(
          SoundConfiguration{*std::move(document), snapshot, hash, identity, environment_hash, 0, 0});
    }
    made_->look.finding = is_sound ? Finding::sound : Finding::invalid;
    made_->look.hash = text::sha256(snapshot + hash_of_variables(environment));
    made_->look.list = files_.watch_list();
    return std::move(made_);
  }

  std::unique_ptr<Candidate> run() {
    const LayeredEnvironment environment(env_.environment, read_environment_file());
    CommandEnv env = env_in(environment);
    made_->found = find_input_files(inputs_.request, files_, environment);
    made_->check = check_files(made_->found, inputs_.check, env);
    const bool is_sound = !is_blank() && judge(env);
    if (is_sound) keep_sound(environment);
    made_->look.finding = finding(is_sound);
    made_->look.hash = text::sha256(files_.hash() + hash_of_variables(environment));
    made_->look.list = files_.watch_list();
    return std::move(made_);
  }

 private:
  CommandEnv env_in(const Environment& environment) {
    return {env_.out,
            env_.err,
            env_.in,
            files_,
            environment,
            env_.clock,
            env_.out_is_terminal,
            env_.err_is_terminal,
            env_.out_descriptor};
  }

  std::map<std::string, std::string> read_environment_file() {
    std::map<std::string, std::string> variables;
    const std::string& path = inputs_.environment_file;
    if (path.empty()) return variables;
    const auto content = files_.read_file(path, max_environment_file_size);
    if (!content) {
      made_->failures.push_back("`--env-file`: " + text::quoted(text::mask_secrets(path)) + ": " +
                                content.error().message);
      return variables;
    }
    const auto list = text::read_environment_list(content->view());
    for (const text::EnvironmentListError& one : list.errors) {
      const auto line =
          1 + std::count(content->view().begin(),
                         content->view().begin() + static_cast<std::ptrdiff_t>(one.range.begin), '\n');
      fail(path + ":" + std::to_string(line), one.message);
    }
    for (const text::EnvironmentVariable& one : list.variables) variables[std::string(one.name)] = one.value;
    return variables;
  }

  void fail(const std::string& path, const std::string& message) {
    made_->failures.push_back(text::quoted(text::mask_secrets(path)) + ": " + message);
  }

  // Whether the configuration may be used.
  bool judge(CommandEnv& env) {
    diagnostics::Report report = make_report(made_->check, Identities::found, env);
    report.threshold = threshold_of(inputs_.fail_on);
    const auto none_is_gone = [](std::string_view) { return false; };
    if (inputs_.baseline)
      (void)diagnostics::apply(*inputs_.baseline, inputs_.check.levels, none_is_gone, report);
    for (const diagnostics::Failure& one : report.failures) {
      made_->failures.push_back((one.path.empty() ? "" : text::quoted(one.path) + ": ") + one.message);
    }
    made_->finding_counts = watching::FindingCounts{
        count(report, Severity::error), count(report, Severity::warning), count(report, Severity::info)};
    keep_findings(report);
    // What was evaluated in spite of errors that nobody minds may have no snapshot.
    return made_->failures.empty() && !reaches_threshold(report);
  }

  static std::size_t count(const diagnostics::Report& report, Severity severity) {
    return report.count(severity) + report.dropped(severity);
  }

  // Errors first: others may be many.
  void keep_findings(const diagnostics::Report& report) {
    for (const Severity severity : {Severity::error, Severity::warning}) {
      for (const diagnostics::Finding& one : report.findings) {
        if (one.diagnostic->severity != severity) continue;
        if (made_->findings.size() == watching::max_event_details) return;
        text::JsonWriter json;
        json.begin_object();
        diagnostics::write_finding(json, one, *report.sources);
        json.end_object();
        made_->findings.push_back(
            {std::move(json).take(), "  " + diagnostics::render_concise(*one.diagnostic, *report.sources)});
      }
    }
  }

  // Whether there is nothing in any file: no server is meant to serve nothing.
  bool is_blank() {
    const source::SourceSet& sources = made_->check.sources;
    if (sources.size() == 0 || !made_->check.failures.empty()) return false;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (!text::trimmed(sources.file(static_cast<source::FileId>(i)).text()).empty()) return false;
    }
    made_->failures.emplace_back("the configuration is empty");
    return true;
  }

  // Of the variables that a snapshot names: the same wherever it was made.
  static std::string hash_of_environment(const snapshot::Document& document, const Environment& environment) {
    const source::SourceRange range = document.environment();
    diagnostics::Diagnostics unheard;
    const syntax::Tree names = syntax::parse_json_value(document.file(), range.begin, range.end, unheard);
    std::string all;
    for (const snapshot::Node& one : snapshot::Node(names.expression()).elements())
      all += variable_text(one.text().value_or(""), environment);
    return text::sha256(all);
  }

  static std::string variable_text(const std::string& name, const Environment& environment) {
    const auto value = environment.get(name);
    return name + "=" + (value ? text::sha256(*value) : "") + "\n";
  }

  // Of all that the files ask for.
  [[nodiscard]] std::string hash_of_variables(const Environment& environment) const {
    std::string all;
    for (const diagnostics::EnvironmentVariable& one : made_->check.variables)
      all += variable_text(one.name, environment);
    return text::sha256(all);
  }

  void keep_sound(const Environment& environment) {
    const snapshot::LoadedConfiguration loaded{made_->check.configuration, made_->check.environment_uses,
                                               made_->check.inputs, made_->check.sources};
    auto written = snapshot::write_snapshot(loaded, &digest_);
    // Without secrets the two forms are the same.
    std::string text = written.masked == 0 ? written.text : snapshot::write_snapshot(loaded).text;
    const std::string digest_of_text = text::sha256(written.text);
    auto document = snapshot::Document::from_canonical("configuration", std::move(written.text));
    HONUA_ASSERT(document.has_value());
    const std::string environment_hash = hash_of_environment(*document, environment);
    const std::string identity = text::sha256(digest_of_text + environment_hash);
    const std::string hash = snapshot::hash_of(text);
    made_->sound.emplace(SoundConfiguration{*std::move(document), std::move(text), hash, identity,
                                            environment_hash, written.masked, written.unknown});
  }

  [[nodiscard]] bool is_missing() const {
    if (made_->failures.empty()) return false;
    if (files_.has_missing()) return true;
    std::vector<std::string> paths = inputs_.request.paths;
    if (const auto configured = configured_path(env_.environment); paths.empty() && configured)
      paths.push_back(configured->path);
    const auto is_gone = [this](const std::string& path) { return !files_.exists(path); };
    const auto is_place = [this](const std::string& path) {
      const FileKind kind = files_.kind(path);
      return kind == FileKind::missing || kind == FileKind::directory;
    };
    return std::ranges::any_of(paths, is_gone) ||
           (made_->found.files.empty() && std::ranges::all_of(paths, is_place));
  }

  [[nodiscard]] Finding finding(bool is_sound) const {
    if (is_missing()) return Finding::missing;
    if (files_.has_empty()) return Finding::empty;
    return is_sound ? Finding::sound : Finding::invalid;
  }

  const WatchedInputs& inputs_;
  const snapshot::SecretDigest& digest_;
  CommandEnv& env_;
  watching::RecordingFileSystem files_;
  std::unique_ptr<Candidate> made_;
};

}  // namespace

bool read_watched_inputs(const ControlOptions& options, const CountOptions& counts, WatchedInputs& inputs,
                         CommandEnv& env) {
  if (!check_environment_name(inputs.request.environment, env)) return false;
  const auto control = settle(options, env);
  if (!control || !read_counts(counts, control->project, inputs.check, env)) return false;
  if (inputs.request.paths.empty()) inputs.request.paths = control->project.paths;
  if (inputs.request.environment.empty())
    inputs.request.environment = control->project.environment.value_or("");
  inputs.check.environment = control->environment;
  inputs.check.target = control->target;
  inputs.check.levels = control->levels;
  inputs.fail_on = control->fail_on;
  const std::vector<std::string>& paths = inputs.request.paths;
  if (std::ranges::find(paths, "-") != paths.end()) {
    print_error(env, "standard input is read once, and not for this", {"name files or directories"});
    return false;
  }
  if (control->baseline.empty()) return true;
  inputs.baseline = baseline_of(*control, env.files);
  if (!inputs.baseline)
    print_error(env, "the baseline " + text::quoted(control->baseline) + " cannot be read");
  return inputs.baseline.has_value();
}

std::unique_ptr<Candidate> load_candidate(const WatchedInputs& inputs, const snapshot::SecretDigest& digest,
                                          CommandEnv& env) {
  return CandidateLoader(inputs, digest, env).run();
}

void print_findings_of(const Candidate& candidate, CommandEnv& env) {
  for (const watching::EventDetail& one : candidate.findings) env.err << one.text;
  for (const std::string& one : candidate.failures) print_error(env, one);
}

std::unique_ptr<Candidate> load_stored_candidate(const WatchedInputs& inputs, const std::string& name,
                                                 const std::string& snapshot,
                                                 const snapshot::SecretDigest& digest, CommandEnv& env) {
  return CandidateLoader(inputs, digest, env).run_stored(name, snapshot);
}

}  // namespace honua::commands
