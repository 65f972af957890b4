// SPDX-License-Identifier: MIT
#include "migration/rules.h"

#include <array>

namespace honua::migration {

namespace rules {

using diagnostics::Severity;

namespace {
constexpr std::string_view category = "migration";
}  // namespace

constexpr Rule reference_system_unknown{"H8003", "legacy-crs-unknown", Severity::warning, category,
                                        "a legacy reference system has a code of EPSG"};
constexpr Rule label_changed{"H8004", "legacy-id-changed", Severity::warning, category,
                             "a legacy id can be a label"};
constexpr Rule id_repeated{"H8005", "legacy-id-repeated", Severity::error, category,
                           "legacy ids differ by more than case, and members by their names"};
constexpr Rule secret_moved{"H8007", "legacy-secret", Severity::warning, category,
                            "secrets come from the environment"};
constexpr Rule service_type_unknown{"H8008", "legacy-service-type-unknown", Severity::warning, category,
                                    "a legacy service's type stands for a service"};
constexpr Rule setting_overridden{"H8009", "legacy-setting-overridden", Severity::warning, category,
                                  "settings do not say what the metadata says"};
constexpr Rule member_unknown{"H8010", "legacy-member-unknown", Severity::warning, category,
                              "legacy documents have members that old servers knew"};
constexpr Rule not_legacy{"H8011", "legacy-form", Severity::error, category,
                          "a legacy document has the form of one"};
constexpr Rule value_left_out{"H8012", "legacy-value-left-out", Severity::warning, category,
                              "legacy values are ones that the configuration can have"};
constexpr Rule settings_conflict{"H8013", "legacy-settings-conflict", Severity::warning, category,
                                 "members that become one setting agree about it"};
constexpr Rule protection_lost{"H8014", "legacy-protection-lost", Severity::error, category,
                               "what protected data in a legacy document protects it in the configuration"};
constexpr Rule reference_dangling{"H8015", "legacy-reference-dangling", Severity::error, category,
                                  "what a legacy document refers to is in it"};
constexpr Rule layer_not_served{"H8016", "legacy-layer-not-served", Severity::warning, category,
                                "legacy layers become layers that are served"};
constexpr Rule value_assumed{"H8017", "legacy-value-assumed", Severity::warning, category,
                             "a legacy document says what the configuration must"};
constexpr Rule member_missing{"H8018", "legacy-member-missing", Severity::error, category,
                              "a legacy document says what cannot be guessed"};

namespace {

constexpr std::string_view another_language =
    "it is about documents of older servers, which only `honua migrate` reads";

constexpr diagnostics::RuleInfo info(const Rule& rule, std::string_view why) {
  return {.rule = &rule, .why = why, .bad = "", .good = "", .not_shown = another_language};
}

constexpr std::array all = {
    info(reference_system_unknown,
         "Old servers took a reference system that they could not read for WGS 84 without a word: geometries "
         "ended up "
         "where they are not. The configuration needs the SRID of the column: say it in the document as "
         "`storage.srid`, "
         "or set it in what was written."),
    info(label_changed,
         "Labels consist of ASCII letters, digits, `_` and `-`, and start with a letter. What "
         "referred to the old "
         "id in the document refers to the new label; links of clients to it have to be changed."),
    info(id_repeated,
         "Old servers compared ids without regard to case, and refused a document with two that are alike. "
         "Rename one of "
         "them before migrating."),
    info(secret_moved,
         "A password in a configuration is one in every copy of it. It was replaced by a variable of the "
         "environment, "
         "which the server must have: `--write-env FILE` writes the values into a file that only you can "
         "read."),
    info(service_type_unknown,
         "A legacy service is a group of layers with a type; the configuration has a service for each "
         "protocol. A group "
         "whose type means no protocol, and which switches none on, leaves its layers unpublished."),
    info(setting_overridden,
         "Old servers did not let settings or variables of the environment override their metadata: what the "
         "metadata says counts, and what the settings say beside it has had no effect."),
    info(member_unknown,
         "Old servers ignored members that they did not know, such as misspelt ones. It is kept, and it "
         "never had any "
         "effect."),
    info(not_legacy,
         "Legacy documents are metadata (`dataSources`, `services`, `layers`) or application settings, in "
         "JSON or YAML, and lists of variables. Nothing was written."),
    info(value_left_out,
         "The configuration cannot have the value, so it is kept as a comment or in the residue, and what "
         "counts without "
         "it counts."),
    info(
        settings_conflict,
        "Several members become one setting, such as those of services that publish by one protocol, and say "
        "different things. Of limits and permissions the strictest counts, of other services' values the "
        "first, "
        "of a layer's members the one that is closest to its table."),
    info(protection_lost,
         "The member keeps data from people, and the configuration has no place for it: served without it, "
         "they would see "
         "or change what they could not. Protect the data in the database, such as by a view, or say with "
         "`--accept-loss` "
         "that it may be lost."),
    info(reference_dangling,
         "The document refers to something that it does not have, so that the old server refused it. Nothing "
         "was written."),
    info(layer_not_served,
         "The layer is written as a comment: the configuration cannot serve it as it is. The reason stands "
         "with it."),
    info(value_assumed,
         "The configuration must say it, the document does not, and what old servers took for it was "
         "written."),
    info(member_missing, "Without it there is nothing to write that would be true. Nothing was written."),
};

}  // namespace

}  // namespace rules

std::span<const diagnostics::RuleInfo> explained() { return rules::all; }

}  // namespace honua::migration
