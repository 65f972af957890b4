// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "connection/connection_text.h"
#include "validation/areas.h"

// `attachment_storage`
namespace honua::validation {

namespace {

using connection::ConnectionText;
using connection::is_placeholder;
using connection::parse_connection;

constexpr Rule body_unfit{"H1180", "storage-body-unfit", Severity::error, "storage",
                          "a storage has the block of its provider and no other"};
constexpr Rule presign_out_of_range{"H1181", "storage-presign-out-of-range", Severity::error, "storage",
                                    "`presign_expiry_seconds` is between 1 second and a week"};
constexpr Rule half_key{"H1182", "storage-half-key", Severity::error, "storage",
                        "an access key's id and its secret are given together"};
constexpr Rule provider_unknown{"H1183", "storage-provider-unknown", Severity::error, "storage",
                                "a storage's provider is one that the server knows"};
constexpr Rule label_blank{"H1184", "storage-label-blank", Severity::error, "storage",
                           "a storage's label is not blank"};
constexpr Rule s3_bucket{"H5021", "s3-bucket-name", Severity::error, "storage",
                         "an S3 bucket has a name, and it is a legal one"};
constexpr Rule s3_access{"H5022", "s3-access-unclear", Severity::warning, "storage",
                         "an S3 bucket can be found and opened"};
constexpr Rule azure_container{"H5023", "azure-container-name", Severity::error, "storage",
                               "an Azure container has a name, and it is a legal one"};
constexpr Rule azure_connection{"H5024", "azure-connection-unfit", Severity::warning, "storage",
                                "the connection string of an Azure container names its account"};
constexpr Rule gcs_bucket{"H5025", "gcs-bucket-name", Severity::error, "storage",
                          "a Google Cloud Storage bucket has a name, and it is a legal one"};
constexpr Rule gcs_access{"H5026", "gcs-access-unclear", Severity::warning, "storage",
                          "a Google Cloud Storage bucket can be found and opened"};

constexpr std::size_t least_bucket_length = 3;
constexpr std::size_t most_bucket_length = 63;

struct Kind {
  std::string_view provider;
  std::string_view body;
};
constexpr std::array kinds = {Kind{"s3", "s3"}, Kind{"azureblob", "azure"}, Kind{"gcs", "gcs"}};

bool is_low_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Low letters and digits at both ends, within also the characters of `more`.
bool is_legal_name(std::string_view name, std::string_view more) {
  if (name.size() < least_bucket_length || name.size() > most_bucket_length) return false;
  if (!is_low_or_digit(name.front()) || !is_low_or_digit(name.back())) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_low_or_digit(c) || more.find(c) != std::string_view::npos; });
}

// The object of this name, if it is given and known.
const Setting* object_of(const Block& storage, std::string_view name) {
  const Setting* object = storage.find(name);
  return object != nullptr && object->is(SettingKind::object) ? object : nullptr;
}

std::string shown_name(const Setting& setting) {
  return setting.sensitive ? "what the environment says" : quoted(*setting.text());
}

// Reports a name that is missing, and gives back one that is known.
std::optional<std::string_view> needed_name(const Setting& object, std::string_view name, const Rule& rule,
                                            Check& check) {
  const Setting* setting = object.find(name);
  if (is_absent(setting) || is_blank(setting)) {
    check
        .report(rule, setting == nullptr ? object.name_range() : setting->range,
                quoted(object.name()) + " has no " + quoted(name))
        .suggest("name it: `" + std::string(name) + " = \"city-attachments\"`");
    return std::nullopt;
  }
  return text_of(setting);
}

void check_label(const Block& storage, Check& check) {
  if (storage.label.find_first_not_of(" \t\r\n") != std::string_view::npos) return;
  check.report(label_blank, storage.label_range, "this storage's label is blank")
      .suggest("name it, for instance `photos`");
}

void check_provider(const Block& storage, Check& check) {
  const Setting* provider = storage.find("provider");
  if (is_absent(provider) || is_blank(provider)) {
    check
        .report(provider_unknown, provider == nullptr ? storage.label_range : provider->range,
                address(storage) + " has no `provider`")
        .suggest("there are: `s3`, `azureblob`, `gcs`");
    return;
  }
  const auto text = text_of(provider);
  if (!text) return;
  const auto* kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const Kind& one) { return one.provider == *text; });
  if (kind == kinds.end()) {
    auto& made = check.report(provider_unknown, provider->range,
                              "the server knows no storage provider " + shown_name(*provider));
    if (same_word(*text, "azure")) {
      made.suggest("write `azureblob`");
      return;
    }
    return suggest_from(made, provider->sensitive ? "" : *text, {"s3", "azureblob", "gcs"});
  }
  if (is_absent(storage.find(kind->body))) {
    check.report(body_unfit, storage.label_range, address(storage) + " has no block " + quoted(kind->body))
        .label(provider->range, "the provider needs it")
        .suggest("add `" + std::string(kind->body) + " { ... }`");
  }
  for (const Kind& other : kinds) {
    const Setting* body = storage.find(other.body);
    if (other.body == kind->body || is_absent(body)) continue;
    check
        .report(body_unfit, body->name_range(),
                quoted(other.body) + " is not read by the provider " + quoted(*text))
        .label(provider->range, "the provider")
        .suggest("remove it, or write `provider = \"" + std::string(other.provider) + "\"`");
  }
}

void check_s3_name(const Block& storage, Check& check) {
  const Setting* s3 = object_of(storage, "s3");
  if (s3 == nullptr) return;
  const auto name = needed_name(*s3, "bucket_name", s3_bucket, check);
  if (!name || is_legal_name(*name, ".-")) return;
  check
      .report_as(Severity::warning, s3_bucket, s3->find("bucket_name")->range,
                 "no S3 bucket can be called so")
      .suggest("3 to 63 low letters, digits, `.` and `-`, with a letter or a digit at both ends");
}

void check_s3(const Block& storage, Check& check) {
  const Setting* s3 = object_of(storage, "s3");
  if (s3 == nullptr) return;
  const Setting* expiry = s3->find("presign_expiry_seconds");
  if (const auto seconds = number_of(expiry)) {
    const auto bounds = expiry->schema()->bounds;
    if (*seconds < bounds.least || *seconds > bounds.most) {
      check.report(presign_out_of_range, expiry->range, "links cannot be valid for this time")
          .suggest("between 1 and 604800 seconds");
    }
  }
  const Setting* id = s3->find("access_key_id");
  const Setting* secret = s3->find("secret_access_key");
  const bool has_id = !is_absent(id) && !is_blank(id);
  const bool has_secret = !is_absent(secret) && !is_blank(secret);
  if (has_id != has_secret) {
    const Setting& given = has_id ? *id : *secret;
    check
        .report(half_key, given.name_range(),
                quoted(given.name()) + " is given without " +
                    quoted(has_id ? "secret_access_key" : "access_key_id"))
        .suggest("give both or none");
  }
  if (!has_id && !has_secret && flag_of(s3->find("use_instance_profile")) == false) {
    check
        .report(s3_access, s3->find("use_instance_profile")->range,
                "there is no access key, and the machine's own rights are not taken")
        .suggest("give `access_key_id` and `secret_access_key` or remove this line");
  }
  const auto is_missing = [&](std::string_view name) {
    return is_absent(s3->find(name)) || is_blank(s3->find(name));
  };
  if (is_missing("region") && is_missing("service_url")) {
    check.report(s3_access, s3->name_range(), "`s3` has neither `region` nor `service_url`")
        .suggest("name the region, for instance `region = \"eu-central-1\"`");
  }
}

void check_azure(const Block& storage, Check& check) {
  const Setting* azure = object_of(storage, "azure");
  if (azure == nullptr) return;
  const auto name = needed_name(*azure, "container_name", azure_container, check);
  if (name && (!is_legal_name(*name, "-") || name->find("--") != std::string_view::npos)) {
    check.report(azure_container, azure->find("container_name")->range, "no Azure container can be called so")
        .suggest("3 to 63 low letters, digits and single `-`, with a letter or a digit at both ends");
  }
  const Setting* connection = azure->find("connection_string");
  if (is_absent(connection) || is_blank(connection)) {
    check
        .report(azure_connection, connection == nullptr ? azure->name_range() : connection->range,
                "`azure` has no `connection_string`: nothing names the account")
        .suggest("take it from the environment: `connection_string = env(\"STORAGE_CONNECTION\")`");
    return;
  }
  const auto text = text_of(connection);
  if (!text || is_placeholder(*text)) return;
  const ConnectionText parsed = parse_connection(*text);
  const bool names_account = parsed.find("account name") != nullptr ||
                             parsed.find("blobendpoint") != nullptr ||
                             parsed.says("use development storage", "true");
  if (names_account) return;
  check.report(azure_connection, connection->range, "the connection string has no `AccountName`")
      .suggest("copy it from the storage account's access keys");
}

// A letter, then 4 to 28 letters, digits and `-`, and no `-` at the end.
bool is_project(std::string_view id) {
  return id.size() >= 6 && id.size() <= 30 && id.front() >= 'a' && id.front() <= 'z' &&
         is_low_or_digit(id.back()) &&
         std::all_of(id.begin(), id.end(), [](char c) { return is_low_or_digit(c) || c == '-'; });
}

void check_gcs(const Block& storage, Check& check) {
  const Setting* gcs = object_of(storage, "gcs");
  if (gcs == nullptr) return;
  const auto name = needed_name(*gcs, "bucket_name", gcs_bucket, check);
  if (name && !is_legal_name(*name, "._-")) {
    check
        .report_as(Severity::warning, gcs_bucket, gcs->find("bucket_name")->range,
                   "no Google Cloud Storage bucket can be called so")
        .suggest("3 to 63 low letters, digits, `.`, `_` and `-`, with a letter or a digit at both ends");
  }
  const Setting* project = gcs->find("project_id");
  const auto id = text_of(project);
  if (id && !is_blank(project) && !is_project(*id)) {
    check.report(gcs_access, project->range, "no project can have this id")
        .suggest("6 to 30 low letters, digits and `-`: the project's id, not its name");
  }
  const Setting* own_rights = gcs->find("use_application_default_credentials");
  const Setting* path = gcs->find("credentials_path");
  if (flag_of(own_rights) == false && (is_absent(path) || is_blank(path))) {
    check
        .report(gcs_access, own_rights->range,
                "there are no credentials, and the machine's own rights are not taken")
        .suggest("give `credentials_path` or remove this line");
  }
}

constexpr std::array units = {
    each(BlockType::attachment_storage, &check_label),   each(BlockType::attachment_storage, &check_provider),
    each(BlockType::attachment_storage, &check_s3_name), each(BlockType::attachment_storage, &check_s3),
    each(BlockType::attachment_storage, &check_azure),   each(BlockType::attachment_storage, &check_gcs),
};

constexpr std::array rules = {
    RuleInfo{&body_unfit, "The server finds no bucket or container: it reads the block of the provider only.",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n    region   "
             "   = \"eu-central-1\"\n  }\n}\n"},
    RuleInfo{&presign_out_of_range, "Amazon refuses to make such links.",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n    region   "
             "   = \"eu-central-1\"\n    presign_expiry_seconds = 1000000\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n    region   "
             "   = \"eu-central-1\"\n    presign_expiry_seconds = 900\n  }\n}\n"},
    RuleInfo{&half_key, "One half of a key opens nothing.",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name   = "
             "\"city-photos\"\n    region "
             "       = \"eu-central-1\"\n    access_key_id = env(\"PHOTOS_KEY\")\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name       = "
             "\"city-photos\"\n    "
             "region            = \"eu-central-1\"\n    access_key_id     = env(\"PHOTOS_KEY\")\n    "
             "secret_access_key = "
             "env(\"PHOTOS_SECRET\")\n  }\n}\n"},
    RuleInfo{&provider_unknown,
             "The server cannot store attachments in a storage of a kind that it does not know.",
             "attachment_storage \"photos\" {\n  provider = \"azure\"\n  azure {\n    container_name    = "
             "\"photos\"\n    "
             "connection_string = env(\"PHOTOS_CONNECTION\")\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"azureblob\"\n  azure {\n    container_name    "
             "= \"photos\"\n "
             "   connection_string = env(\"PHOTOS_CONNECTION\")\n  }\n}\n"},
    RuleInfo{&label_blank, "Attachments are stored under the label of their storage.",
             "attachment_storage \"\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = \"city-photos\"\n    "
             "region      = \"eu-central-1\"\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n    region      = \"eu-central-1\"\n  }\n}\n"},
    RuleInfo{&s3_bucket, "Without a bucket of a legal name nothing can be stored.",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"City_Photos\"\n    region   "
             "   = \"eu-central-1\"\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n    region   "
             "   = \"eu-central-1\"\n  }\n}\n"},
    RuleInfo{&s3_access,
             "The server will depend on what it finds on its machine, or fail at the first attachment.",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n    region   "
             "   = \"eu-central-1\"\n  }\n}\n"},
    RuleInfo{
        &azure_container, "Without a container of a legal name nothing can be stored.",
        "attachment_storage \"photos\" {\n  provider = \"azureblob\"\n  azure {\n    container_name    = "
        "\"City Photos\"\n    connection_string = env(\"PHOTOS_CONNECTION\")\n  }\n}\n",
        "attachment_storage \"photos\" {\n  provider = \"azureblob\"\n  azure {\n    container_name    = "
        "\"city-photos\"\n    connection_string = env(\"PHOTOS_CONNECTION\")\n  }\n}\n"},
    RuleInfo{
        &azure_connection, "Nothing else in the file says which storage account the container is in.",
        "attachment_storage \"photos\" {\n  provider = \"azureblob\"\n  azure {\n    container_name    = "
        "\"photos\"\n    connection_string = \"\"\n  }\n}\n",
        "attachment_storage \"photos\" {\n  provider = \"azureblob\"\n  azure {\n    container_name    = "
        "\"photos\"\n    connection_string = env(\"PHOTOS_CONNECTION\")\n  }\n}\n"},
    RuleInfo{&gcs_bucket, "Without a bucket of a legal name nothing can be stored.",
             "attachment_storage \"photos\" {\n  provider = \"gcs\"\n  gcs {\n    project_id = "
             "\"city-maps\"\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"gcs\"\n  gcs {\n    bucket_name = "
             "\"city-photos\"\n  }\n}\n"},
    RuleInfo{&gcs_access, "The server will fail at the first attachment.",
             "attachment_storage \"photos\" {\n  provider = \"gcs\"\n  gcs {\n    bucket_name = "
             "\"city-photos\"\n    "
             "project_id  = \"City Maps\"\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"gcs\"\n  gcs {\n    bucket_name = "
             "\"city-photos\"\n    "
             "project_id  = \"city-maps\"\n  }\n}\n"},
};

}  // namespace

const Area storage_area{units, rules};

}  // namespace honua::validation
