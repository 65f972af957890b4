// SPDX-License-Identifier: MIT
#include "planning/endpoints.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "planning/grader.h"
#include "planning/published.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::planning {

namespace {

// What stands between a service's path and a layer's identifier.
struct LayerPath {
  std::string_view type;
  std::string_view between;
};
constexpr std::array layer_paths = {LayerPath{"ogc_api", "/collections/"}, LayerPath{"wfs", "?typeNames="},
                                    LayerPath{"wms", "?layers="},          LayerPath{"wmts", "?layer="},
                                    LayerPath{"wcs", "?coverageId="},      LayerPath{"odata", "/"},
                                    LayerPath{"stac", "/collections/"}};

std::set<std::string> endpoints_of(const snapshot::Document& document) {
  const PublishedModel model(document);
  std::set<std::string> all;
  for (const snapshot::BlockEntry& block : document.blocks()) {
    if (block.type == config::BlockType::service) {
      const PublishedService& service = *model.service(block.label);
      if (service.is_enabled && !service.base_path.empty()) all.insert(service.base_path);
    } else if (block.type == config::BlockType::layer) {
      const syntax::Tree tree = document.parse(block);
      for (const auto& [label, id] : model.ids_of(block.label, Node(tree.expression()))) {
        const PublishedService& service = *model.service(label);
        const auto* const found =
            std::ranges::find(layer_paths, service.type == nullptr ? "" : service.type->id, &LayerPath::type);
        if (found != layer_paths.end()) all.insert(service.base_path + std::string(found->between) + id);
      }
    }
  }
  return all;
}

}  // namespace

EndpointChanges compare_endpoints(const snapshot::Document& before, const snapshot::Document& after) {
  const std::set<std::string> old = endpoints_of(before);
  const std::set<std::string> now = endpoints_of(after);
  return {missing_in(old, now), missing_in(now, old)};
}

std::string render_endpoints(const EndpointChanges& changes) {
  if (changes.gone.empty() && changes.come.empty()) return "";
  std::string text = "endpoints:\n";
  for (const std::string& one : changes.gone)
    text += "  - " + text::printable(text::mask_secrets(one)) + "\n";
  for (const std::string& one : changes.come)
    text += "  + " + text::printable(text::mask_secrets(one)) + "\n";
  return text;
}

}  // namespace honua::planning
