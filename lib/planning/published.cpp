// SPDX-License-Identifier: MIT
#include "planning/published.h"

#include <algorithm>
#include <array>

namespace honua::planning {

namespace {

using config::BlockType;
using snapshot::BlockEntry;

constexpr std::array<std::string_view, 4> write_switches = {"allow_writes", "enable_editing",
                                                            "allow_transactions", "enable_transactions"};

bool takes_writes(const Node& service) {
  for (const std::string_view name : write_switches) {
    if (service.member(name).boolean().value_or(false)) return true;
  }
  return service.member("transactions").member("enabled").boolean().value_or(false);
}

std::string base_path_of(const Node& service, const config::ServiceType* type) {
  const Node path = service.member("base_path");
  if (path.is_given()) return path.text().value_or("");
  return type == nullptr ? "" : std::string(type->base_path);
}

}  // namespace

bool is_enabled(const Node& block) { return block.member("enabled").boolean().value_or(true); }

PublishedModel::PublishedModel(const snapshot::Document& document, bool is_part)
    : document_(&document), is_part_(is_part) {
  for (const BlockEntry& block : document.blocks()) {
    if (block.type != BlockType::service) continue;
    const syntax::Tree tree = document.parse(block);
    const Node service(tree.expression());
    const config::ServiceType* type = service_type_of(block.label, service);
    services_[block.label] = {type, is_enabled(service), takes_writes(service), base_path_of(service, type)};
  }
}

const PublishedService* PublishedModel::service(std::string_view label) const {
  const auto found = services_.find(label);
  return found == services_.end() ? nullptr : &found->second;
}

bool PublishedModel::is_offered(std::string_view label) const {
  const PublishedService* found = service(label);
  return found == nullptr ? is_part_ : found->is_enabled;
}

std::set<std::string> PublishedModel::services_of(const Node& layer) {
  std::set<std::string> labels;
  for (const Node& one : layer.member("services").elements()) {
    if (auto label = one.text()) labels.insert(*std::move(label));
  }
  return labels;
}

bool PublishedModel::has_undecided_services(const Node& layer) {
  const Node services = layer.member("services");
  const auto is_undecided = [](const Node& one) { return one.is_undecided(); };
  return services.is_undecided() || std::ranges::any_of(services.elements(), is_undecided);
}

std::map<std::string, std::string> PublishedModel::ids_of(std::string_view label, const Node& layer) const {
  const std::set<std::string> labels = services_of(layer);
  std::map<std::string, std::string> ids;
  for (const std::string& one : labels) {
    if (!is_offered(one)) continue;
    ids[one] = labels.size() == 1 ? std::string(label) : std::string(label) + "_" + one;
  }
  return ids;
}

bool PublishedModel::is_published(const Node& layer) const {
  return has_undecided_services(layer) || !ids_of("", layer).empty();
}

bool PublishedModel::is_editable(const Node& layer) const {
  return std::ranges::any_of(services_of(layer), [this](const std::string& one) {
    const PublishedService* found = service(one);
    return found != nullptr && found->is_enabled && found->takes_writes;
  });
}

bool PublishedModel::is_in_type(const Node& layer, std::string_view type) const {
  return std::ranges::any_of(services_of(layer), [&](const std::string& one) {
    const PublishedService* found = service(one);
    return found != nullptr && found->is_enabled && found->type != nullptr && found->type->id == type;
  });
}

bool PublishedModel::has_id(std::string_view layer, std::string_view id, std::string_view service) const {
  const BlockEntry* block = document_->find(BlockType::layer, layer);
  if (block == nullptr) return false;
  const syntax::Tree tree = document_->parse(*block);
  return std::ranges::any_of(ids_of(layer, Node(tree.expression())), [&](const auto& one) {
    return one.second == id && (service.empty() || one.first == service);
  });
}

// An identifier is a label, or a label, a dash and a service's label: each way to take it apart is looked up.
std::string PublishedModel::other_with_id(std::string_view id, std::string_view label) const {
  if (id != label && has_id(id, id, "")) return std::string(id);
  for (std::size_t dash = id.find('_'); dash != std::string_view::npos; dash = id.find('_', dash + 1)) {
    const std::string_view layer = id.substr(0, dash);
    const std::string_view service_label = id.substr(dash + 1);
    if (layer == label || service(service_label) == nullptr) continue;
    if (has_id(layer, id, service_label)) return std::string(layer);
  }
  return "";
}

std::vector<const BlockEntry*> PublishedModel::users_of(BlockType type, std::string_view label) const {
  if (!knows_users_) find_users();
  const auto found = users_.find({type, std::string(label)});
  return found == users_.end() ? std::vector<const BlockEntry*>() : found->second;
}

void PublishedModel::find_users() const {
  knows_users_ = true;
  for (const BlockEntry& block : document_->blocks()) {
    if (block.type != BlockType::layer && block.type != BlockType::service) continue;
    const syntax::Tree tree = document_->parse(block);
    const Node node(tree.expression());
    const auto add = [&](BlockType to, const Node& value) {
      if (const auto label = value.text()) users_[{to, *label}].push_back(&block);
    };
    add(BlockType::data_source, node.member("data_source"));
    add(BlockType::cache, node.member("cache").member("cache_ref"));
    for (const Node& one : node.member("services").elements()) add(BlockType::service, one);
  }
}

}  // namespace honua::planning
