// SPDX-License-Identifier: MIT
#include "migration/migration.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <ranges>
#include <set>

#include "config/schema.h"
#include "migration/account_walk.h"
#include "migration/context.h"
#include "migration/document.h"
#include "migration/mappers.h"
#include "migration/rules.h"
#include "migration/unsupported.h"
#include "rendering/hcl_writer.h"
#include "rendering/quoted_text.h"
#include "text/digest.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/suggest.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

using diagnostics::Diagnostics;

constexpr std::string_view default_environment = "production";

}  // namespace

class Migrator {
 public:
  Migrator(const Documents& documents, const MigrationOptions& options, Diagnostics& sink)
      : options_(options), sink_(sink), made_(std::make_unique<Migration>()) {
    if (documents.metadata != nullptr) files_.emplace_back(documents.metadata, Expected::any);
    for (const auto* one : documents.settings) files_.emplace_back(one, Expected::settings);
    for (const auto* one : documents.environments) files_.emplace_back(one, Expected::environment);
  }

  std::unique_ptr<Migration> run() {
    if (!read()) return nullptr;
    const bool is_made = migrate();
    for (const auto& one : made_->documents_) place_findings(*one, sink_);
    return is_made ? std::move(made_) : nullptr;
  }

 private:
  bool read() {
    for (const auto& [file, expected] : files_) {
      auto document = read_document(*file, expected, sink_);
      if (document == nullptr) continue;
      document->prefix = prefix_of(*file);
      made_->documents_.push_back(std::move(document));
    }
    if (made_->documents_.size() != files_.size()) return false;
    for (const auto& one : made_->documents_) {
      made_->sources_.push_back({one->file, one->kind, one->prefix, name_of(*one->file)});
      made_->account_.add_document(*one->tree);
    }
    return true;
  }

  // The file's name without its folder, since what is written is the same wherever it lies; unless another
  // file has that name.
  [[nodiscard]] std::string name_of(const source::SourceFile& file) const {
    const auto base = [](const source::SourceFile& one) {
      return std::string_view(one.name()).substr(one.name().rfind('/') + 1);
    };
    const auto count =
        std::ranges::count_if(files_, [&](const auto& one) { return base(*one.first) == base(file); });
    return std::string(count == 1 ? base(file) : std::string_view(file.name()));
  }
  [[nodiscard]] std::string prefix_of(const source::SourceFile& file) const {
    return &file == files_.front().first ? "" : name_of(file) + "#";
  }

  bool migrate() {
    Context context(options_, made_->documents_, made_->account_, sink_);
    for (const auto& one : made_->documents_) {
      // Variables are called by different names, whatever the case of their letters.
      if (one->kind != DocumentKind::environment)
        check_repeats(one->root(), one->kind == DocumentKind::settings);
      const LegacyObject members{one->root()};
      const auto sources = members.find("dataSources");
      if (one->kind != DocumentKind::metadata)
        context.note_variables_in(one->root());
      else if (sources)
        context.note_variables_in(*sources);
    }
    map(context);
    if (sink_.has_errors()) return false;
    index_blocks(context);
    walk(context);
    for (const std::string& one : options_.accepted_losses) {
      if (!accepted_.contains(one)) made_->needless_losses.push_back(one);
    }
    if (sink_.has_errors()) return false;
    write(context);
    made_->variables = std::move(context.variables);
    made_->renamed = std::move(context.renamed);
    return true;
  }

  // Old servers read the last of several members of one name, without regard to case. No pointer tells those
  // of one spelling apart, and of the others nobody would expect it.
  // `has_sections`: objects of names that differ by case are one, as .NET has it.
  void check_repeats(const LegacyValue& value, bool has_sections = false) {
    value.each_inner([&](std::string_view /*name*/, const LegacyValue& one) {
      if (one.is(ValueKind::object) || one.is(ValueKind::array)) check_repeats(one);
    });
    if (value.is(ValueKind::object)) check_names(value, has_sections);
  }

  void check_names(const LegacyValue& object, bool has_sections) {
    std::vector<std::pair<LegacyName, LegacyValue>>& members = named_;
    members.clear();
    object.each_named(
        [&](LegacyName name, const LegacyValue& one) { members.emplace_back(std::move(name), one); });
    // Most objects are small, and comparing all names is quicker than sorting them.
    constexpr std::size_t small = 24;
    if (members.size() > small) return check_many(members, has_sections);
    for (std::size_t at = 1; at < members.size(); ++at) {
      const auto first = std::ranges::find_if(
          members.begin(), members.begin() + static_cast<std::ptrdiff_t>(at),
          [&](const auto& one) { return is_same_name(one.first.view(), members[at].first.view()); });
      if (first - members.begin() < static_cast<std::ptrdiff_t>(at))
        report_repeat(*first, members[at], has_sections);
    }
  }

  using Named = std::pair<LegacyName, LegacyValue>;
  void check_many(const std::vector<Named>& members, bool has_sections) {
    std::map<std::string, const Named*> first;
    for (const Named& one : members) {
      const auto [known, is_new] = first.emplace(text::ascii_lower(one.first.view()), &one);
      if (!is_new) report_repeat(*known->second, one, has_sections);
    }
  }

  void report_repeat(const Named& first, const Named& other, bool has_sections) {
    const bool are_sections = first.second.is(ValueKind::object) && other.second.is(ValueKind::object);
    if (has_sections && are_sections && first.first.view() != other.first.view()) return;
    sink_
        .report(rules::id_repeated, other.second.range(),
                "there is another member " + text::quoted(first.first.view()) + " in this object")
        .label(first.second.range(), "the first one");
  }

  void map(Context& context) {
    const BlockNumber honua = context.add_block("honua", "");
    TargetBlock& block = context.block(honua);
    block.assume({"version"}, "\"1.0\"");
    block.assume(
        {"environment"},
        rendering::quoted_text(options_.environment.empty() ? default_environment : options_.environment));
    block.assume({"log_level"}, "\"information\"");
    DataSources sources(context);
    Services services(context);
    SettingsMapper settings(honua, sources, services, context);
    const Document& first = *made_->documents_.front();
    const bool has_metadata = first.kind == DocumentKind::metadata;
    for (const LegacyValue& one : settings_roots()) settings.add_document(one);
    if (has_metadata)
      map_metadata(LegacyObject{first.root()}, honua, sources, services, settings, context);
    else
      settings.map_connections();
    services.finish();
    settings.map();
    if (context.allows_editing())
      std::ranges::copy(context.edit_denials, std::back_inserter(context.lost_protections));
  }

  // Those that count more come first.
  [[nodiscard]] std::vector<LegacyValue> settings_roots() const {
    std::vector<LegacyValue> roots;
    for (const auto& one : std::views::reverse(made_->documents_)) {
      if (one->kind != DocumentKind::metadata) roots.push_back(one->root());
    }
    return roots;
  }

  void map_metadata(const LegacyObject& members, BlockNumber honua, DataSources& sources, Services& services,
                    SettingsMapper& settings, Context& context) {
    if (const auto server = context.find(members, "server", ValueKind::object)) {
      context.keep_above(honua, *server);
      map_server(*server, honua, context);
    }
    map_collection(members, honua, context);
    each_of(members, "dataSources", context, [&](const LegacyValue& one) { sources.add(one); });
    settings.map_connections();
    services.take_switches(settings.switches());
    Layers layers(sources, services, context);
    std::vector<std::pair<LegacyValue, ServiceGroup*>> nested;
    each_of(members, "services", context, [&](const LegacyValue& one) {
      ServiceGroup* group = services.add(one);
      if (group == nullptr) return;
      each_of(LegacyObject{one}, "layers", context,
              [&](const LegacyValue& layer) { nested.emplace_back(layer, group); });
    });
    for (const auto& [layer, group] : nested) layers.add(layer, group);
    const auto flat = context.find(members, "layers", ValueKind::array);
    if (flat && !flat->is_empty() && services.groups().empty()) {
      if (!sink_.has_errors())
        context.report(rules::member_missing, *flat, "the document has layers and no `services` for them");
    } else {
      each_of(members, "layers", context, [&](const LegacyValue& one) { layers.add(one, nullptr); });
    }
    if (const auto geometry = context.find(members, "geometryService", ValueKind::object))
      services.add_geometry_service(*geometry);
  }

  // A collection of services names its environment.
  static void map_collection(const LegacyObject& members, BlockNumber honua, Context& context) {
    const auto metadata = members.find("metadata");
    const auto name = LegacyObject{metadata}.find("environment");
    if (!members.find("apiVersion") || !name || !name->is(ValueKind::string)) return;
    context.map_environment(*name, honua, name->text());
  }

  template <class OnElement>
  static void each_of(const LegacyObject& members, std::string_view name, Context& context,
                      const OnElement& on_element) {
    const auto list = context.find(members, name, ValueKind::array);
    if (!list) return;
    list->each_element([&](const LegacyValue& one) {
      if (one.is(ValueKind::object))
        on_element(one);
      else
        context.refuse_kind(one, "the element of " + text::quoted(name), ValueKind::object);
    });
  }

  void index_blocks(Context& context) {
    for (const TargetBlock& one : context.blocks()) {
      by_type_[one.type].push_back(made_->blocks_.size());
      made_->blocks_.push_back({one.address(), one.obstacle});
    }
    for (const auto& one : made_->documents_) std::ranges::sort(one->homes, {}, &Home::node);
    made_->account_.sort();
  }

  // --- What became of all members

  void walk(Context& context) {
    kept_.resize(context.blocks().size() + 1);
    residue_.resize(made_->documents_.size());
    for (const auto& one : context.lost_protections)
      protections_.emplace(std::pair(one.value.range().file, one.value.id()), &one.what);
    for (std::size_t number = 0; number < made_->documents_.size(); ++number) {
      const Document& document = *made_->documents_[number];
      AccountVisitor visitor;
      visitor.on_outcome = [&](Outcome outcome) { ++made_->counts[static_cast<std::size_t>(outcome)]; };
      if (!context.lost_protections.empty())
        visitor.on_entry = [&](const AccountEntry& entry, const LegacyValue& value) {
          check_protection(entry, value, context);
        };
      visitor.on_kept = [&](std::uint32_t block, std::string_view pointer, const std::string& json) {
        if (options_.with_residue) residue_[number].emplace_back(pointer, json);
        const std::size_t place = block == no_block ? kept_.size() - 1 : block;
        if (!options_.with_residue)
          kept_[place].push_back(kept_line(document.prefix + std::string(pointer), json));
      };
      visitor.on_unknown = [&](const LegacyValue& value, std::string_view name, std::string_view path) {
        auto& found = context.report(rules::member_unknown, value,
                                     "old servers knew no member " + text::quoted(name) + " here");
        const auto meant = text::suggest(name, known_beside(path));
        if (meant) found.suggest("is " + text::quoted(*meant) + " meant? As it is it never had any effect");
      };
      AccountWalk(document, made_->account_, number, made_->blocks_, visitor).run();
    }
  }

  void check_protection(const AccountEntry& entry, const LegacyValue& value, Context& context) {
    const auto lost = protections_.find({value.range().file, value.id()});
    if (lost == protections_.end()) return;
    const std::string pointer(entry.pointer);
    if (std::ranges::find(options_.accepted_losses, pointer) != options_.accepted_losses.end()) {
      accepted_.insert(pointer);
      return;
    }
    context.report(rules::protection_lost, value, "the configuration has no place for this: " + *lost->second)
        .suggest("protect the data in the database, then accept with `--accept-loss " + pointer + "`");
  }

  // --- Writing

  void write(const Context& context) {
    std::vector<std::string> names;
    names.reserve(files_.size());
    for (const auto& [file, expected] : files_) names.push_back(name_of(*file));
    rendering::HclWriter head;
    head.comment("From " + text::join(names, ", "));
    add_section("honua", "honua", context, std::move(head));
    add_section("data_sources", "data_source", context);
    add_section("caches", "cache", context);
    add_section("services", "service", context);
    add_section("layers", "layer", context);
    add_section("limits", "rate_limit", context);
    add_section("attachments", "attachment_storage", context);
    if (options_.with_residue) write_residue();
    if (kept_.back().empty()) return;
    rendering::HclWriter rest;
    rest.comment("What has no place in the configuration:");
    for (const std::string& one : kept_.back()) rest.line(one);
    made_->sections.push_back({"legacy", std::move(rest).take()});
  }

  void add_section(std::string_view name, std::string_view type, const Context& context,
                   rendering::HclWriter out = rendering::HclWriter()) {
    const auto blocks = by_type_.find(type);
    if (blocks == by_type_.end()) return;
    std::vector<std::size_t>& numbers = blocks->second;
    // Services in the order in which they are documented, all others in the document's.
    if (type == "service")
      std::ranges::stable_sort(numbers, {}, [&](std::size_t one) {
        return config::find_service_type(context.blocks()[one].label);
      });
    reserve(numbers, context, out);
    bool is_first = type != "honua";
    for (const std::size_t number : numbers) {
      if (!std::exchange(is_first, false)) out.gap();
      write_block(context.blocks()[number], kept_[number], out);
    }
    made_->sections.push_back({name, std::move(out).take()});
  }

  // Many layers are many bytes, which would be copied again and again.
  void reserve(const std::vector<std::size_t>& numbers, const Context& context,
               rendering::HclWriter& out) const {
    constexpr std::size_t around = 64;  // a header and what else is written around a body
    std::size_t bytes = 0;
    for (const std::size_t number : numbers) {
      bytes += context.blocks()[number].body.size() + around;
      for (const std::string& one : kept_[number]) bytes += one.size() + 1;
    }
    out.reserve(bytes);
  }

  void write_residue() {
    text::JsonWriter json(2);
    json.begin_object();
    json.key("format_version").string("1.0");
    json.key("documents");
    json.begin_array();
    for (std::size_t number = 0; number < files_.size(); ++number) {
      const source::SourceFile& file = *files_[number].first;
      json.begin_object();
      json.key("name").string(name_of(file));
      json.key("sha256").string(text::sha256(file.text()));
      json.key("members");
      json.begin_object();
      for (const auto& [pointer, value] : residue_[number]) json.key(pointer).verbatim(value);
      json.end_object();
      json.end_object();
    }
    json.end_array();
    json.end_object();
    made_->residue = std::move(json).take() + "\n";
  }

  const MigrationOptions& options_;
  Diagnostics& sink_;
  std::unique_ptr<Migration> made_;
  std::vector<std::pair<const source::SourceFile*, Expected>> files_;  // in the order of their documents
  std::vector<std::pair<LegacyName, LegacyValue>> named_;  // the members of the object that is looked at
  // What protects data and has no place: clauses by files and nodes.
  std::map<std::pair<source::FileId, syntax::NodeId>, const std::string*> protections_;
  std::set<std::string> accepted_;                                // pointers of such, which may be lost
  std::map<std::string_view, std::vector<std::size_t>> by_type_;  // blocks
  std::vector<std::vector<std::string>> kept_;  // lines by blocks; those of the documents themselves last
  // Pointers and JSON, by documents.
  std::vector<std::vector<std::pair<std::string, std::string>>> residue_;
};

std::string_view to_string(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::metadata: return "metadata";
    case DocumentKind::settings: return "settings";
    case DocumentKind::environment: break;
  }
  return "environment";
}

std::string Migration::text() const {
  std::string all;
  std::size_t bytes = 0;
  for (const Section& one : sections) bytes += one.text.size() + 1;
  all.reserve(bytes);
  for (const Section& one : sections) {
    if (!all.empty()) all += '\n';
    all += one.text;
  }
  return all;
}

Migration::Migration() = default;
Migration::~Migration() = default;

void Migration::each_entry(std::size_t source, const OnEntry& on_entry) const {
  const Document& document = *documents_[source];
  AccountVisitor visitor;
  visitor.on_entry = [&](const AccountEntry& entry, const LegacyValue& value) {
    AccountEntry placed = entry;
    placed.range = document.place_of(entry.range);
    on_entry(placed, value);
  };
  AccountWalk(document, account_, source, blocks_, visitor).run();
}

std::unique_ptr<Migration> migrate(const Documents& documents, const MigrationOptions& options,
                                   Diagnostics& sink) {
  return Migrator(documents, options, sink).run();
}

}  // namespace honua::migration
