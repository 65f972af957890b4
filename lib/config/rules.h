// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "diagnostics/diagnostic.h"
#include "diagnostics/rule_info.h"

// The findings that decoding a configuration can yield: names, types and
// references, before any rule about what the values mean.
namespace honua::config::rules {

using diagnostics::Rule;
using diagnostics::Severity;

#define HONUA_CONFIG_RULE(name, code, slug, severity, summary) \
  inline constexpr Rule name { code, slug, Severity::severity, "structure", summary }

HONUA_CONFIG_RULE(unknown_block, "H0010", "unknown-block", error, "there is no block of this type");
HONUA_CONFIG_RULE(unknown_attribute, "H0011", "unknown-attribute", error,
                  "a block has no attribute of this name");
HONUA_CONFIG_RULE(block_label, "H0018", "block-label", error,
                  "a block has as many labels as its type asks for: one or none");
HONUA_CONFIG_RULE(undefined_configuration_variable, "H0021", "undefined-configuration-variable", error,
                  "`var.NAME` needs a variable of this name");
HONUA_CONFIG_RULE(duplicate_block, "H0101", "duplicate-block", error, "a block is defined twice");
HONUA_CONFIG_RULE(duplicate_singleton, "H0103", "duplicate-singleton", error,
                  "a block that stands for itself is defined twice");
HONUA_CONFIG_RULE(undefined_reference, "H0110", "undefined-reference", error,
                  "an expression refers to a block or an attribute that does not exist");
HONUA_CONFIG_RULE(no_configuration, "H0005", "no-configuration", error,
                  "a JSON file holds the server's configuration model");
HONUA_CONFIG_RULE(legacy_metadata, "H0150", "legacy-metadata", error,
                  "metadata of an older server is no configuration");
HONUA_CONFIG_RULE(model_id, "H0151", "model-id", error, "in JSON, what is kept by an id repeats this id");
HONUA_CONFIG_RULE(import_unread, "H0154", "import-unread", error, "`import` is planned, but read by nothing");
HONUA_CONFIG_RULE(doubtful_overlay, "H0120", "doubtful-overlay", warning,
                  "an overlay changes something that its base has");
HONUA_CONFIG_RULE(reference_cycle, "H0125", "reference-cycle", error, "a value refers to itself");
HONUA_CONFIG_RULE(wrong_reference_kind, "H0119", "wrong-reference-kind", error,
                  "a reference names a block of the wrong type");
HONUA_CONFIG_RULE(setting_given_twice, "H0126", "setting-given-twice", error,
                  "a setting is given flat and inside of `settings`");
HONUA_CONFIG_RULE(wrong_type, "H1105", "wrong-type", error, "a value is not of the type its attribute has");
HONUA_CONFIG_RULE(not_an_integer, "H0116", "not-an-integer", error,
                  "a value must be a whole number that the server can hold");
HONUA_CONFIG_RULE(overlay_repeats_block, "H9108", "overlay-repeats-block", info,
                  "an overlay holds only what differs from its base");

#undef HONUA_CONFIG_RULE

// All of them, by code.
[[nodiscard]] std::span<const Rule* const> all();

// The same with what `honua explain` tells about each.
[[nodiscard]] std::span<const diagnostics::RuleInfo> explained();

}  // namespace honua::config::rules
