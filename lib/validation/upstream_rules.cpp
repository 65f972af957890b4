// SPDX-License-Identifier: MIT
#include <array>

#include "validation/areas.h"
#include "validation/upstream_form.h"

// What the server at hand cannot read or does not use: for `--target upstream` only.
namespace honua::validation {

namespace {

namespace upstream = config::upstream;

SourceRange start_of(const config::LoadInput& input) {
  const source::SourceFile& file = input.tree->file();
  return {file.id(), file.content_begin(), file.content_begin()};
}

// The server reads the first file that it finds, and nothing besides.
void check_files(Check& check) {
  bool first = true;
  for (const config::LoadInput& input : check.options().inputs) {
    if (input.is_overlay) {
      check.report(upstream::without_effect, start_of(input), "the server lays no file over another")
          .suggest("`honua render --target upstream` writes both as one");
    } else if (!first) {
      check.report(upstream::without_effect, start_of(input), "the server reads one file, this is another")
          .suggest("`honua render --target upstream` writes all files as one");
    }
    first = false;
    if (input.is_json) {
      check
          .report(upstream::unread_construct, start_of(input), "the server knows HCL in its native form only")
          .suggest("`honua render --target upstream` writes that form");
    } else {
      check_upstream_form(*input.tree, check);
    }
  }
}

void check_upstream(Check& check) {
  if (check.options().target == Target::upstream) check_files(check);
}

// --- what has no effect

void check_block(const Block& block, Check& check) {
  if (check.options().target != Target::upstream || upstream::has_effect(block.type())) return;
  check
      .report(upstream::without_effect, block.header_range,
              "the server reads " + address(block) + ", but does nothing with it")
      .suggest("set it in the server's application settings");
}

// Read, and then not used.
bool is_ignored(const Setting& setting, BlockType block) {
  const bool is_read = setting.schema() == nullptr || setting.schema()->read_upstream;
  return is_read && !is_absent(&setting) && !upstream::has_effect(block, setting.name());
}

void check_settings(const Block& block, Check& check) {
  if (check.options().target != Target::upstream) return;
  for (const Setting& one : block.settings) {
    if (!is_ignored(one, block.type())) continue;
    check.report(upstream::without_effect, one.name_range(),
                 "the server reads " + quoted(one.name()) + ", but does nothing with it");
  }
}

// A service's settings are many: one finding tells of all.
void check_service(const Block& service, Check& check) {
  if (check.options().target != Target::upstream) return;
  std::vector<std::string_view> names;
  const Setting* first = nullptr;
  for (const Setting& one : service.settings) {
    if (!is_ignored(one, BlockType::service)) continue;
    names.push_back(one.name());
    if (first == nullptr) first = &one;
  }
  if (first == nullptr) return;
  check
      .report(upstream::without_effect, first->name_range(),
              "the server keeps these settings of " + address(service) +
                  ", but does nothing with them: " + list_of(names))
      .suggest("its plugins look in the server's application settings, under `honua:services`");
}

void check_layer(const Block& layer, Check& check) {
  if (check.options().target != Target::upstream) return;
  const Setting* fields = layer.find("fields");
  const Setting* introspect = layer.find("introspect_fields");
  if (is_absent(fields) || flag_of(introspect) != false) return;
  check
      .report(upstream::without_effect, fields->name_range(),
              "the server takes `fields` only where it introspects them as well")
      .label(introspect->range, "switched off here")
      .suggest("that server publishes all columns of the table: take those from it that nobody may see");
}

constexpr std::array units = {
    once(&check_upstream),
    each(BlockType::layer, &check_layer),
    each(BlockType::cache, &check_block),
    each(BlockType::rate_limit, &check_block),
    each(BlockType::honua, &check_settings),
    each(BlockType::data_source, &check_settings),
    each(BlockType::service, &check_service),
};

constexpr std::string_view option = "--target upstream";

constexpr std::array rules = {
    RuleInfo{
        &upstream::unread_construct,
        "The server reads files with a parser of its own, which knows a part of HCL: no blocks in blocks, "
        "no expressions, no fractions, no heredocs. It refuses the whole file at the first thing it does "
        "not know, and an odd element of a list keeps it busy until memory runs out.",
        "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n  cors {\n"
        "    allowed_origins = [\"https://maps.example.org\"]\n  }\n}\n",
        "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n  cors = {\n"
        "    allowed_origins = [\"https://maps.example.org\"]\n  }\n}\n",
        {},
        option},
    RuleInfo{&upstream::unread_setting,
             "The server refuses the whole file at a block or a setting whose name it does not know, also at "
             "those that its documentation describes.",
             "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n  security {\n"
             "    require_https = true\n    hsts_enabled  = true\n  }\n}\n",
             "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n}\n",
             {},
             option},
    RuleInfo{
        &upstream::misread_text,
        "The server calls no functions and evaluates no templates. It takes `env(\"DATABASE_URL\")` for "
        "the connection string itself; in a few settings it replaces `${env:DATABASE_URL}`.",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = \"${env:DATABASE_URL}\"\n}\n",
        {},
        option},
    RuleInfo{
        &upstream::without_effect,
        "Whoever reads the file believes that this is in force, and it is not: several blocks and settings "
        "are read and then used by nothing, and of several files the server reads one.",
        "cache \"memory\" {\n  type = \"memory\"\n}\n",
        "# no cache: the server would not use it\n",
        {},
        option},
};

}  // namespace

const Area upstream_area{units, rules};

}  // namespace honua::validation
