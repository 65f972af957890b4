// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/assert.h"
#include "config/json_model.h"
#include "config/loader.h"
#include "syntax/parser.h"
#include "validation/environment.h"
#include "validation/examples.h"
#include "validation/validator.h"

// Any bytes as a few files, cut at lines `--- NAME`: a base, overlays, HCL's
// JSON form, the server's model in JSON. They are loaded as one configuration
// and held to every rule. Besides not crashing: all places lie in their files,
// findings come in order, and no value of the environment is in a message.

namespace {

using namespace honua;

// More are cut off: what goes wrong between files does so between these.
constexpr std::size_t max_files = 6;

// A text that depends on the whole input, so that no input contains its own.
std::string make_secret(std::string_view input) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a
  for (const char c : input) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  return "secret-" + std::to_string(hash);
}

bool is_overlay_name(std::string_view name) {
  return name.starts_with("honua.") && name.ends_with(".hcl") && name != "honua.hcl" &&
         name != "honua.config.hcl";
}

class Run {
 public:
  explicit Run(const std::vector<validation::ExampleFile>& files) {
    for (const bool overlays : {false, true}) {
      for (const validation::ExampleFile& file : files) {
        if (is_overlay_name(file.name) == overlays && sources_.size() < max_files) add(file, overlays);
      }
    }
  }

  void check(const std::string& secret) {
    const MapEnvironment environment(std::map<std::string, std::string>{
        {"TOKEN", secret}, {"DATABASE_URL", "Password=" + secret}, {"EMPTY", ""}});
    const config::Loaded loaded = config::load(inputs_, environment, syntax::Dialect::honua, sink_);
    validation::Options options;
    options.instances = 2;
    options.unused_variables = loaded.unused_variables;
    options.is_incomplete = loaded.may_lack_blocks;
    options.inputs = inputs_;
    const bool is_even = secret.back() % 2 == 0;
    options.target = is_even ? config::Target::upstream : config::Target::any;
    validation::validate(loaded.configuration, options, sink_);
    validation::check_environment(loaded.environment_uses, true, sink_);
    for (const auto& variable : validation::inventory(loaded.environment_uses)) {
      HONUA_ASSERT(!variable.places.empty());
      for (const source::SourceRange place : variable.places) check_place(place);
    }
    check_findings(secret);
  }

 private:
  void add(const validation::ExampleFile& part, bool is_overlay) {
    const source::SourceFile& file = sources_.add(part.name, part.text);
    const bool json = part.name.ends_with(".json");
    const bool model = json && !part.name.ends_with(".hcl.json");
    trees_.push_back(json ? syntax::parse_json(file, syntax::Dialect::honua, sink_)
                          : syntax::parse(file, syntax::Dialect::honua, sink_));
    if (model) config::report_no_model(config::look_at_json(trees_.back()), sink_);
    inputs_.push_back({&trees_.back(), json, is_overlay, model});
  }

  void check_place(source::SourceRange range) const {
    HONUA_ASSERT(range.file < sources_.size());
    HONUA_ASSERT(range.begin <= range.end && range.end <= sources_.file(range.file).text().size());
  }

  void check_findings(const std::string& secret) const {
    std::tuple<source::FileId, std::uint32_t, std::uint32_t> last{};
    for (const diagnostics::Diagnostic* one : sink_.sorted()) {
      check_place(one->range);
      for (const diagnostics::Label& label : one->labels) check_place(label.range);
      const std::tuple place(one->range.file, one->range.begin, one->range.end);
      HONUA_ASSERT(last <= place);
      last = place;
      HONUA_ASSERT(!one->message.empty());
      check_texts(*one, secret);
    }
  }

  static void check_texts(const diagnostics::Diagnostic& one, const std::string& secret) {
    HONUA_ASSERT(one.message.find(secret) == std::string::npos);
    HONUA_ASSERT(one.caption.find(secret) == std::string::npos);
    for (const auto& label : one.labels) HONUA_ASSERT(label.message.find(secret) == std::string::npos);
    for (const auto& line : one.help) HONUA_ASSERT(line.find(secret) == std::string::npos);
  }

  source::SourceSet sources_;
  std::deque<syntax::Tree> trees_;
  std::vector<config::LoadInput> inputs_;
  diagnostics::Diagnostics sink_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  const std::vector<validation::ExampleFile> files = validation::split_example(input);
  // What is said of the whole configuration needs a file to say it of.
  if (!files.empty()) Run(files).check(make_secret(input));
  return 0;
}
