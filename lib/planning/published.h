// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/schema.h"
#include "planning/difference.h"
#include "snapshot/document.h"

namespace honua::planning {

// Whether a block is on: it is unless it says otherwise, also where that is not decided.
[[nodiscard]] bool is_enabled(const Node& block);

// A service as far as its layers' clients are concerned.
struct PublishedService {
  const config::ServiceType* type = nullptr;  // nullptr if not known
  bool is_enabled = true;                     // also where that is not decided
  bool takes_writes = false;
  std::string base_path;  // "" if not known
};

// What one side offers to clients: not what is written, but what comes of it.
//
// Source: how the server makes its catalogue. A layer in one service is published under its label, one in
// several as LABEL_SERVICE in each; a service that is not enabled is not in the catalogue.
class PublishedModel {
 public:
  // The document must outlive it. `is_part`: whether it is of one of several files, so that a service which
  // it does not hold may be offered all the same.
  explicit PublishedModel(const snapshot::Document& document, bool is_part = false);

  [[nodiscard]] const snapshot::Document& document() const { return *document_; }

  // nullptr if there is no such service.
  [[nodiscard]] const PublishedService* service(std::string_view label) const;
  // The services that a layer names, without repetition, in order.
  [[nodiscard]] static std::set<std::string> services_of(const Node& layer);
  // Whether a service is offered.
  [[nodiscard]] bool is_offered(std::string_view label) const;
  // Whether a part of that list is known only where the server runs.
  [[nodiscard]] static bool has_undecided_services(const Node& layer);
  // The identifiers that a layer is published under, by service, only those of enabled services.
  [[nodiscard]] std::map<std::string, std::string> ids_of(std::string_view label, const Node& layer) const;
  // Whether an enabled service publishes it, or may do so.
  [[nodiscard]] bool is_published(const Node& layer) const;
  // Whether clients may change it through a service.
  [[nodiscard]] bool is_editable(const Node& layer) const;
  // Whether one of its services has this type.
  [[nodiscard]] bool is_in_type(const Node& layer, std::string_view type) const;
  // Another layer that is published under an identifier; "" if there is none.
  [[nodiscard]] std::string other_with_id(std::string_view id, std::string_view label) const;
  // The layers and services that refer to a block: whose data they take, which publishes them, which caches
  // them.
  [[nodiscard]] std::vector<const snapshot::BlockEntry*> users_of(config::BlockType type,
                                                                  std::string_view label) const;

 private:
  [[nodiscard]] bool has_id(std::string_view layer, std::string_view id, std::string_view service) const;
  void find_users() const;

  const snapshot::Document* document_;
  bool is_part_;
  std::map<std::string, PublishedService, std::less<>> services_;
  // By what they refer to; found when somebody asks: it takes reading every layer.
  mutable std::map<std::pair<config::BlockType, std::string>, std::vector<const snapshot::BlockEntry*>>
      users_;
  mutable bool knows_users_ = false;
};

}  // namespace honua::planning
