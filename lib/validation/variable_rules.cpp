// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "validation/areas.h"

// `variable` blocks and labels.
namespace honua::validation {

namespace {

constexpr Rule variable_unused{"H0109", "variable-unused", Severity::warning, "reference",
                               "something asks for each variable"};
constexpr Rule label_malformed{"H0114", "label-malformed", Severity::error, "reference",
                               "a label is a letter or digit, followed by letters, digits, `_` and `-`"};
constexpr Rule label_not_bare{"H0115", "label-not-bare", Severity::info, "reference",
                              "a label is a name that can be written anywhere without quotes"};

constexpr std::size_t longest_label = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_well_formed(std::string_view label) {
  if (label.size() > longest_label || !(is_letter(label.front()) || is_digit(label.front()))) return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; });
}

void check_unused(Check& check) {
  if (!check.has_all_blocks()) return;
  for (const std::string& label : check.options().unused_variables) {
    const Block* variable = check.configuration().find(BlockType::variable, label);
    if (variable == nullptr || is_blank_text(label)) continue;
    check.report(variable_unused, variable->label_range, "nothing asks for the variable " + quoted(label))
        .suggest("remove it, or write `var.NAME` where its value belongs");
  }
}

// Says what is the matter with a malformed label.
std::string describe_fault(std::string_view label) {
  if (label.find('.') != std::string_view::npos) return "contains a dot";
  if (label.find_first_of(" \t\r\n") != std::string_view::npos) return "contains white space";
  if (label.size() > longest_label) return "is longer than " + std::to_string(longest_label) + " characters";
  if (label.front() == '_' || label.front() == '-') return "starts with " + quoted(label.substr(0, 1));
  return "contains characters other than letters, digits, `_` and `-`";
}

void check_label(const Block& block, Check& check) {
  if (is_blank_text(block.label)) {
    // Of others it is a finding of the block's own rules.
    if (block.type() != BlockType::variable) return;
    check.report(label_malformed, block.label_range, "the label of this variable is blank")
        .suggest("name it: `variable \"NAME\" { ... }`");
    return;
  }
  // A sequence in a label the parser has refused.
  if (block.label.find("${") != std::string_view::npos || block.label.find("%{") != std::string_view::npos)
    return;
  if (!is_well_formed(block.label)) {
    check.report(label_malformed, block.label_range, "this label " + describe_fault(block.label))
        .suggest("take letters, digits and `_`, for instance `main_roads`");
    return;
  }
  if (block.type() == BlockType::attachment_storage) return;
  if (is_digit(block.label.front())) {
    check
        .report_as(Severity::warning, label_not_bare, block.label_range,
                   "the label " + quoted(block.label) + " starts with a digit")
        .suggest("start it with a letter, or put every reference to it in quotes");
  } else if (block.label.find('-') != std::string_view::npos) {
    check.report(label_not_bare, block.label_range, "the label " + quoted(block.label) + " contains a hyphen")
        .suggest("write `_` instead");
  }
}

constexpr std::array units = {
    once(&check_unused),
    each(BlockType::data_source, &check_label),
    each(BlockType::service, &check_label),
    each(BlockType::layer, &check_label),
    each(BlockType::cache, &check_label),
    each(BlockType::variable, &check_label),
    each(BlockType::attachment_storage, &check_label),
};

constexpr std::array rules = {
    RuleInfo{&variable_unused,
             "A variable without a use is a leftover, or its name is misspelt where it should be used.",
             "variable \"place\" {\n  default = \"development\"\n}\n",
             "variable \"place\" {\n  default = \"development\"\n}\n"
             "honua {\n  version     = \"1.0\"\n  environment = var.place\n}\n"},
    RuleInfo{
        &label_malformed,
        "References are cut at dots, and labels become parts of URLs: others than plain words cannot be "
        "referred to or have to be escaped.",
        "layer \"city.roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n"
        "  table       = \"city.roads\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n}\n",
        "layer \"city_roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n"
        "  table       = \"city.roads\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n}\n"},
    RuleInfo{
        &label_not_bare,
        "Such a label is fine in references, but no attribute or variable may be called so, and a leading "
        "digit needs quotes everywhere.",
        "layer \"city-roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n"
        "  table       = \"city.roads\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n}\n",
        "layer \"city_roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n"
        "  table       = \"city.roads\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n}\n"},
};

}  // namespace

const Area variable_area{units, rules};

}  // namespace honua::validation
