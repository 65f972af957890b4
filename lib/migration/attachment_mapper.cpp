// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/schema.h"
#include "connection/connection_text.h"
#include "migration/mappers.h"
#include "migration/setting_value.h"
#include "rendering/quoted_text.h"
#include "text/mask.h"
#include "text/unicode.h"

namespace honua::migration {

namespace {

// Stores that the configuration has, too.
struct Store {
  std::string_view old_name;  // in lower case
  std::string_view provider;
  std::string_view section;  // of both
};
constexpr auto stores = std::to_array<Store>({{"s3", "s3", "s3"},
                                              {"azure", "azureblob", "azure"},
                                              {"azureblob", "azureblob", "azure"},
                                              {"gcs", "gcs", "gcs"}});

// Parts of one profile in several documents; those that count more come first.
struct Profile {
  std::string name;
  std::vector<LegacyValue> parts;
};

class AttachmentMapper {
 public:
  explicit AttachmentMapper(Context& context) : context_(context) {}

  void map(const std::vector<LegacyObject>& roots) {
    for (const LegacyObject& root : roots) {
      const LegacyObject honua{context_.find(root, "honua", ValueKind::object)};
      const LegacyObject attachments{context_.find(honua, "attachments", ValueKind::object)};
      if (const auto profiles = attachments.find("profiles")) read(*profiles);
    }
    for (const auto& [name, profile] : profiles_) map_profile(profile);
  }

 private:
  // A map of profiles, or a list of such with names.
  void read(const LegacyValue& profiles) {
    if (profiles.is(ValueKind::object))
      profiles.each_member([&](const std::string& name, const LegacyValue& one) { add(name, one); });
    if (!profiles.is(ValueKind::array)) return;
    profiles.each_element([&](const LegacyValue& one) {
      if (const auto name = context_.find_text(LegacyObject{one}, "name")) add(name->text(), one);
    });
  }

  void add(const std::string& name, const LegacyValue& part) {
    Profile& profile = profiles_[text::to_lower(name)];
    if (profile.name.empty()) profile.name = name;
    profile.parts.push_back(part);
  }

  void map_profile(const Profile& profile) {
    std::optional<LegacyValue> provider;
    for (const LegacyValue& one : profile.parts) {
      if (!provider) provider = context_.find_text(LegacyObject{one}, "provider");
    }
    if (!provider) return;
    const auto* store = std::ranges::find(stores, connection::compact(provider->text()), &Store::old_name);
    if (store == stores.end())
      return context_.keep(*provider, "attachments are kept in S3, Azure or Google Cloud Storage only");
    const bool has_section = std::ranges::any_of(profile.parts, [&](const LegacyValue& one) {
      return context_.find(LegacyObject{one}, store->section, ValueKind::object).has_value();
    });
    if (!has_section) return;
    const BlockNumber block = context_.add_block(
        "attachment_storage", context_.take_label(context_.fit_label(profile.name, "storage"), "storage"));
    for (const LegacyValue& one : profile.parts) map_part(profile, one, *store, block);
  }

  void map_part(const Profile& profile, const LegacyValue& part, const Store& store, BlockNumber block) {
    const LegacyObject members{part};
    context_.keep_above(block, part);
    if (const auto name = context_.find_text(members, "name"))
      context_.claim_block(
          *name, context_.block(block).label == name->text() ? Outcome::mapped : Outcome::converted, block);
    if (const auto provider = context_.find_text(members, "provider"))
      context_.offer(*provider, block, {"provider"}, rendering::quoted_text(store.provider),
                     provider->text() == store.provider ? Outcome::mapped : Outcome::converted);
    const auto section = context_.find(members, store.section, ValueKind::object);
    if (!section) return;
    const config::ObjectSchema* schema =
        config::schema_of(config::BlockType::attachment_storage).body.find(store.section)->nested;
    section->each_member([&](const std::string& member, const LegacyValue& value) {
      map_member(*schema, connection::compact(member) == "bucket" ? "bucketName" : member, value,
                 profile.name, block);
    });
  }

  void map_member(const config::ObjectSchema& schema, std::string_view name, const LegacyValue& value,
                  const std::string& profile, BlockNumber block) {
    const config::AttributeSchema* setting = find_setting(schema, name);
    if (setting == nullptr) return;
    const Path path = {schema.name, setting->name};
    const bool is_secret = setting->name == "connection_string" || text::is_name_of_secret(setting->name);
    if (is_secret && value.is(ValueKind::string) && !value.is_blank())
      context_.map_secret(value, profile + "_" + std::string(setting->name), block, path);
    else
      offer_setting(value, *setting, block, path, context_);
  }

  Context& context_;
  std::map<std::string, Profile> profiles_;  // by names in lower case
};

}  // namespace

void map_attachments(const std::vector<LegacyObject>& roots, Context& context) {
  AttachmentMapper(context).map(roots);
}

}  // namespace honua::migration
