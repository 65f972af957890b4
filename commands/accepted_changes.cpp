// SPDX-License-Identifier: MIT
#include "commands/accepted_changes.h"

#include <utility>

#include "commands/messages.h"
#include "config/address.h"
#include "planning/plan_rules.h"
#include "source/source_file.h"
#include "syntax/literals.h"
#include "syntax/parser.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

class AcceptanceReader {
 public:
  AcceptanceReader(const std::string& path, CommandEnv& env) : path_(path), env_(env) {}

  std::optional<std::vector<Acceptance>> run() {
    auto content = env_.files.read_file(path_, max_acceptance_file_size);
    if (!content) {
      print_error(env_, "cannot read " + text::quoted(path_) + ": " + content.error().message);
      return std::nullopt;
    }
    source::SourceSet sources;
    file_ = &sources.add(text::printable(path_), *std::move(content));
    diagnostics::Diagnostics findings;
    const syntax::Tree tree = syntax::parse(*file_, syntax::Dialect::hcl, findings);
    for (const diagnostics::Diagnostic* one : findings.sorted()) fail(one->range, one->message);
    if (is_good_) read(tree.body());
    return is_good_ ? std::optional(std::move(found_)) : std::nullopt;
  }

 private:
  void read(syntax::Body body) {
    body.visit([this](syntax::Attribute one) { fail(one.range(), "only blocks `accept` may stand here"); },
               [this](syntax::Block one) { read(one); });
  }

  void read(syntax::Block block) {
    if (block.type() != "accept") return fail(block.type_range(), "only blocks `accept` may stand here");
    Acceptance made;
    made.place = place(block.type_range());
    const auto labels = block.labels();
    if (labels.size() > 1) return fail(labels[1].range(), "`accept` has one label: a rule's code or name");
    if (!labels.empty()) made.rule = labels.front().value();
    if (!made.rule.empty() && planning::find_change_rule(made.rule) == nullptr)
      return fail(labels.front().range(), "there is no rule of changes " + text::quoted(made.rule));
    block.body().visit([&](syntax::Attribute one) { read(one, made); },
                       [this](syntax::Block one) { fail(one.type_range(), "`accept` holds no blocks"); });
    if (made.rule.empty() && made.fingerprint.empty())
      fail(block.header_range(), "`accept` names neither a rule nor a fingerprint");
    if (made.reason.empty()) fail(block.header_range(), "`accept` does not say why: write a `reason`");
    found_.push_back(std::move(made));
  }

  void read(syntax::Attribute attribute, Acceptance& made) {
    const std::string name = attribute.name();
    const syntax::Expression value = attribute.expression();
    if (!value.is_plain_string()) return fail(value.range(), text::quoted(name) + " must be a text");
    std::string content = syntax::plain_string_value(value);
    if (name == "address") {
      const auto address = config::canonical_address(content);
      if (!address) return fail(value.range(), "this is no address");
      made.address = *address;
    } else if (name == "fingerprint") {
      made.fingerprint = std::move(content);
    } else if (name == "reason") {
      made.reason = std::move(content);
    } else if (name == "until") {
      made.until = text::read_date(content);
      if (!made.until) fail(value.range(), "this is no date: write YYYY-MM-DD");
    } else {
      fail(attribute.name_range(), "there is no setting " + text::quoted(name) +
                                       ": there are `address`, `fingerprint`, `reason` and `until`");
    }
  }

  [[nodiscard]] std::string place(source::SourceRange range) const {
    const source::SourcePosition position = file_->position(range.begin);
    return file_->name() + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
  }

  void fail(source::SourceRange range, const std::string& message) {
    is_good_ = false;
    print_error(env_, place(range) + ": " + message);
  }

  const std::string& path_;
  CommandEnv& env_;
  const source::SourceFile* file_ = nullptr;
  std::vector<Acceptance> found_;
  bool is_good_ = true;
};

bool is_about(const Acceptance& one, const planning::Change& change) {
  if (!one.fingerprint.empty() && one.fingerprint != change.fingerprint) return false;
  if (!one.rule.empty() && one.rule != change.rule->rule.code && one.rule != change.rule->rule.slug)
    return false;
  return one.address.empty() || config::is_at_or_below(change.address, one.address);
}

}  // namespace

std::optional<std::vector<Acceptance>> read_acceptances(const std::string& path, CommandEnv& env) {
  return AcceptanceReader(path, env).run();
}

void accept_changes(const std::vector<Acceptance>& acceptances, planning::ChangeSet& plan, CommandEnv& env) {
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(env.clock.now()));
  for (const Acceptance& one : acceptances) {
    if (one.until && *one.until < today) {
      print_note(env, one.place + ": this acceptance is over since " + text::date_text(*one.until));
      continue;
    }
    bool is_used = false;
    for (planning::Change& change : plan.changes) {
      if (!is_about(one, change)) continue;
      change.is_accepted = true;
      is_used = true;
    }
    if (!is_used) print_note(env, one.place + ": this acceptance is about no change of this plan");
  }
}

}  // namespace honua::commands
