// SPDX-License-Identifier: MIT
#include "generation/target_source.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "connection/connection_text.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::generation {

namespace {

using LabelList = std::vector<std::string>;

std::string listed_labels(const std::vector<const WrittenSource*>& sources) {
  LabelList labels;
  labels.reserve(sources.size());
  for (const WrittenSource* one : sources) labels.push_back(text::quoted(one->label));
  return text::join(labels, ", ");
}

TargetSource source_called(const std::string& label, bool is_there) {
  TargetSource target;
  target.label = label;
  target.is_there = is_there;
  return target;
}

// What cannot be told may fit.
bool fits(const WrittenSource& source, catalog::Engine engine) {
  if (!source.provider) return true;
  const connection::Provider* provider = connection::find_provider(*source.provider);
  return provider != nullptr && provider->canonical == catalog::to_string(engine);
}

Result<TargetSource> named_source(const WrittenConfiguration& written, const catalog::Catalog& catalog,
                                  const UpdateOptions& options) {
  TargetSource target = source_called(options.data_source, false);
  const auto found = std::ranges::find(written.sources, target.label, &WrittenSource::label);
  target.is_there = found != written.sources.end();
  if (!target.is_there && !written.sources.empty() && !options.generation.layers_only) {
    std::vector<const WrittenSource*> all;
    all.reserve(written.sources.size());
    for (const WrittenSource& one : written.sources) all.push_back(&one);
    return fail("the file has no data source " + text::quoted(target.label) + "; it has " +
                listed_labels(all));
  }
  if (target.is_there && !fits(*found, catalog.engine))
    target.warning = "data_source." + target.label + " has the provider " + text::quoted(*found->provider) +
                     ", while the database is " + catalog.product;
  return target;
}

// The only one that layers name, though the file does not declare any.
std::string source_of_layers(const WrittenConfiguration& written) {
  std::set<std::string> labels;
  for (const WrittenLayer& one : written.layers) {
    if (one.key.data_source.text) labels.insert(*one.key.data_source.text);
  }
  return labels.size() == 1 ? *labels.begin() : "";
}

Result<TargetSource> only_source(const WrittenConfiguration& written, const catalog::Catalog& catalog,
                                 const UpdateOptions& options) {
  if (written.sources.empty()) {
    const std::string label = source_of_layers(written);
    if (!label.empty()) return source_called(label, true);
    return source_called(options.generation.data_source, false);
  }
  std::vector<const WrittenSource*> fitting;
  for (const WrittenSource& one : written.sources) {
    if (fits(one, catalog.engine)) fitting.push_back(&one);
  }
  if (fitting.size() == 1) return source_called(fitting.front()->label, true);
  if (fitting.empty())
    return fail("no data source of the file has a provider that fits " + catalog.product +
                "; name the one that is meant with `--data-source-id`, or write its block first");
  return fail("several data sources of the file may be the database: " + listed_labels(fitting) +
              "; name one with `--data-source-id`");
}

// What the source's layers list most commonly, the first of several; nothing if none lists any.
LabelList usual_services(const WrittenConfiguration& written, const std::string& source) {
  std::map<LabelList, std::size_t> counts;
  LabelList usual;
  for (const WrittenLayer& one : written.layers) {
    if (one.key.data_source.text != source) continue;
    const auto services = services_of(one);
    if (services && !services->empty()) ++counts[*services];
  }
  std::size_t most = 0;
  for (const WrittenLayer& one : written.layers) {
    if (one.key.data_source.text != source) continue;
    const auto services = services_of(one);
    const auto found = services ? counts.find(*services) : counts.end();
    if (found == counts.end() || found->second <= most) continue;
    most = found->second;
    usual = found->first;
  }
  return usual;
}

void choose_services(const WrittenConfiguration& written, const UpdateOptions& options,
                     TargetSource& target) {
  target.services = options.services;
  if (target.services.empty()) target.services = usual_services(written, target.label);
  const bool is_known = options.services.empty() && !target.services.empty();
  if (target.services.empty()) target.services = written.services;
  if (target.services.empty()) target.services = options.generation.services;
  // Layers name them: they are declared here or in another file.
  if (is_known || options.generation.layers_only) return;
  for (const std::string& one : target.services) {
    if (std::ranges::find(written.services, one) == written.services.end())
      target.missing_services.push_back(one);
  }
}

}  // namespace

Result<TargetSource> find_target(const WrittenConfiguration& written, const catalog::Catalog& catalog,
                                 const UpdateOptions& options) {
  auto target = options.data_source.empty() ? only_source(written, catalog, options)
                                            : named_source(written, catalog, options);
  if (target) choose_services(written, options, *target);
  return target;
}

}  // namespace honua::generation
