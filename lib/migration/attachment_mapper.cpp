// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "config/schema.h"
#include "connection/connection_text.h"
#include "migration/mappers.h"
#include "migration/setting_value.h"
#include "rendering/quoted_text.h"
#include "text/mask.h"
#include "text/words.h"

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

class AttachmentMapper {
 public:
  explicit AttachmentMapper(Context& context) : context_(context) {}

  // A map of profiles, or a list of such with names.
  void map(const LegacyObject& honua) {
    const LegacyObject attachments{context_.find(honua, "attachments", ValueKind::object)};
    const auto profiles = attachments.find("profiles");
    if (!profiles) return;
    if (profiles->is(ValueKind::object))
      profiles->each_member([&](const std::string& name, const LegacyValue& one) { map_profile(name, one); });
    if (!profiles->is(ValueKind::array)) return;
    profiles->each_element([&](const LegacyValue& one) {
      const auto name = context_.find_text(LegacyObject{one}, "name");
      if (!name) return;
      if (const auto block = map_profile(name->text(), one))
        context_.claim_block(
            *name, context_.block(*block).label == name->text() ? Outcome::mapped : Outcome::converted,
            *block);
    });
  }

 private:
  std::optional<BlockNumber> map_profile(const std::string& name, const LegacyValue& profile) {
    const LegacyObject members{profile};
    const auto provider = context_.find_text(members, "provider");
    if (!provider) return std::nullopt;
    const std::string compact = connection::compact(provider->text());
    const auto* store = std::ranges::find(stores, compact, &Store::old_name);
    if (store == stores.end()) {
      context_.keep(*provider, "attachments are kept in S3, Azure or Google Cloud Storage only");
      return std::nullopt;
    }
    const auto section = context_.find(members, store->section, ValueKind::object);
    if (!section) return std::nullopt;
    const BlockNumber block = block_of(name);
    context_.keep_above(block, profile);
    context_.offer(*provider, block, {"provider"}, rendering::quoted_text(store->provider),
                   provider->text() == store->provider ? Outcome::mapped : Outcome::converted);
    const config::ObjectSchema* schema =
        config::schema_of(config::BlockType::attachment_storage).body.find(store->section)->nested;
    section->each_member([&](const std::string& member, const LegacyValue& value) {
      map_member(*schema, member == "bucket" ? "bucketName" : member, value, name, block);
    });
    return block;
  }

  // Several documents may have parts of one profile.
  BlockNumber block_of(const std::string& name) {
    const std::string wanted = context_.fit_label(name, "storage");
    if (const auto there = context_.find_block("attachment_storage", wanted)) return *there;
    return context_.add_block("attachment_storage", context_.take_label(wanted, "storage"));
  }

  void map_member(const config::ObjectSchema& schema, std::string_view name, const LegacyValue& value,
                  const std::string& profile, BlockNumber block) {
    const config::AttributeSchema* setting = find_setting(schema, name);
    if (setting == nullptr) return;
    const Path path = {schema.name, setting->name};
    const bool is_text = value.is(ValueKind::string) && !text::trimmed(value.text()).empty();
    if (is_text && (setting->name == "connection_string" || text::is_name_of_secret(setting->name)))
      context_.map_secret(value, profile + "_" + std::string(setting->name), block, path);
    else
      offer_setting(value, *setting, block, path, context_);
  }

  Context& context_;
};

}  // namespace

void map_attachments(const LegacyObject& honua, Context& context) { AttachmentMapper(context).map(honua); }

}  // namespace honua::migration
