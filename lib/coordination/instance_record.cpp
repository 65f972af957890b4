// SPDX-License-Identifier: MIT
#include "coordination/instance_record.h"

#include <utility>

#include "coordination/json_fields.h"
#include "snapshot/hash.h"

namespace honua::coordination {

namespace {

constexpr std::string_view vote_for = "accepts";
constexpr std::string_view vote_against = "refuses";
constexpr std::string_view leader = "leader";

}  // namespace

std::string write_instance(const Instance& instance) {
  text::JsonWriter json;
  json.begin_object();
  json.key("format_version").string(record_format_version);
  json.key("id").string(instance.id);
  json.key("host").string(instance.host);
  json.key("pid").integer(instance.pid);
  json.key("version").integer(instance.version);
  json.key("hash").string(instance.hash);
  json.key("chain").string(instance.chain);
  json.key("fingerprint").string(instance.fingerprint);
  json.key("state").string(instance.state);
  json.key("reason").string(instance.reason);
  json.key("rejected_version").integer(instance.rejected_version);
  if (!instance.proposal.empty()) {
    json.key("proposal").string(instance.proposal);
    json.key("vote").string(instance.accepts ? vote_for : vote_against);
    json.key("objection").string(instance.objection);
  }
  if (instance.leads) json.key("role").string(leader);
  json.key("beat").integer(instance.beat);
  json.key("interval").integer(instance.interval);
  json.end_object();
  return std::move(json).take() + "\n";
}

Result<Instance> read_instance(std::string_view text) {
  const auto fields = JsonFields::read(text, max_instance_size);
  if (!fields) return tl::unexpected(fields.error());
  Instance instance;
  instance.id = fields->text("id");
  if (instance.id.empty()) return fail("it is no instance");
  instance.host = fields->text("host");
  instance.pid = fields->number("pid");
  instance.version = fields->number("version");
  instance.hash = fields->text("hash");
  instance.chain = fields->text("chain");
  instance.fingerprint = fields->text("fingerprint");
  instance.state = fields->text("state");
  instance.reason = fields->text("reason");
  instance.rejected_version = fields->number("rejected_version");
  instance.proposal = fields->text("proposal");
  instance.accepts = fields->text("vote") == vote_for;
  instance.objection = fields->text("objection");
  instance.leads = fields->text("role") == leader;
  instance.beat = fields->number("beat");
  instance.interval = fields->number("interval");
  return instance;
}

std::string write_proposal(const Proposal& proposal) {
  text::JsonWriter json;
  json.begin_object();
  json.key("format_version").string(record_format_version);
  json.key("id").string(proposal.id);
  json.key("hash").string(proposal.hash);
  json.key("author").string(proposal.author);
  json.end_object();
  return std::move(json).take() + "\n";
}

std::optional<Proposal> read_proposal(std::string_view text) {
  const auto fields = JsonFields::read(text, max_record_size);
  if (!fields) return std::nullopt;
  Proposal proposal{fields->text("id"), fields->text("hash"), fields->text("author")};
  if (proposal.id.empty() || !snapshot::is_hash(proposal.hash)) return std::nullopt;
  return proposal;
}

}  // namespace honua::coordination
