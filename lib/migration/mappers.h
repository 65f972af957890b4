// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migration/context.h"

// Internal to the module: what becomes of each part of a metadata document.
namespace honua::migration {

class LayerMembers;

// `server`: hosts and cross-origin requests.
void map_server(const LegacyValue& server, BlockNumber honua, Context& context);
// Parts of it that application settings have, too. Origins are one setting, whatever they are said by.
void map_allowed_hosts(const LegacyValue& hosts, BlockNumber honua, Context& context);
// `is_switched`: what counts more says whether they are allowed.
void map_cors(const LegacyValue& value, bool is_switched, BlockNumber honua, Context& context);
// Texts of lists, each once and without the blanks around it.
class TextList {
 public:
  // Adds those of a list, behind the first `skipped` ones, and claims them. How many count.
  std::size_t add(const LegacyValue& list, BlockNumber block, const Path& path, Context& context,
                  std::size_t skipped = 0);
  // In quotes.
  [[nodiscard]] const std::vector<std::string>& expressions() const { return expressions_; }

 private:
  std::vector<std::string> expressions_;
  std::set<std::string, std::less<>> seen_;
};
// A list of texts: those that count, each once. Lists of settings are put together as .NET does it: an
// element of a document that counts more stands for the one of the same number.
void map_texts(const LegacyValue& list, BlockNumber block, const Path& path, Context& context);

// A legacy service: a group of layers with one data source and several protocols.
struct ServiceGroup {
  std::string id;
  std::string obstacle;                 // why its layers are comments; ""
  std::vector<std::string_view> types;  // the services that publish its layers
  std::string listed;                   // the same as its layers say it, once one has
  std::optional<LegacyValue> data_source_id;
  std::optional<LegacyValue> provider;  // of the layers that bring a connection
  bool is_source_claimed = false;       // `data_source_id` went into a layer
  bool is_provider_claimed = false;     // `provider` went into a data source
};

// `dataSources`, and connections that layers bring themselves.
class DataSources {
 public:
  explicit DataSources(Context& context) : context_(context) {}

  void add(const LegacyValue& source);
  // One of which the settings have a connection string only; or the connection of one that is there.
  // `wanted`: its label, unless that is taken.
  void add_connection(const std::string& name, const std::string& wanted, const std::string& provider,
                      const LegacyValue& connection, bool is_replica);
  // The one that the settings call their default is `primary`, where no other is called so.
  void call_default();
  // One that the document refers to and does not have, where it has none at all: its name must say what kind
  // of database it is. "" if it does not.
  [[nodiscard]] std::string assume(const LegacyValue& id);
  // The label of the one that is called so, without regard to case; "" if there is none.
  [[nodiscard]] std::string label_of(std::string_view id) const;
  // The label of a source that a layer describes by `provider` and `connectionSecret`. Claims both.
  [[nodiscard]] std::string label_of_own(const LegacyObject& described, ServiceGroup& group);
  // The label, if there is exactly one.
  [[nodiscard]] std::string only_label() const;

 private:
  void map_provider(const LegacyObject& source, const LegacyValue& id, BlockNumber block);

  Context& context_;
  std::map<std::string, LegacyValue, std::less<>> ids_;     // of declared ones, in lower case
  std::map<std::string, std::string, std::less<>> labels_;  // by ids in lower case
  std::map<std::string, std::string> own_;                  // labels by provider and secret
  bool has_declared_ = false;                               // the document has data sources
};

// `services`: groups, which become a service for each protocol.
class Services {
 public:
  explicit Services(Context& context) : context_(context) {}

  // Whether the settings switch services on or off for all groups, by their types.
  using Switches = std::map<std::string_view, bool>;
  void take_switches(Switches switches) { switches_ = std::move(switches); }
  // nullptr if it cannot be one.
  ServiceGroup* add(const LegacyValue& service);
  void add_geometry_service(const LegacyValue& service);
  // nullptr if no group is called so, without regard to case.
  [[nodiscard]] ServiceGroup* find(std::string_view id);
  [[nodiscard]] std::deque<ServiceGroup>& groups() { return groups_; }
  // What its layers' `services` are. The services are made if there are none yet.
  [[nodiscard]] const std::string& listing_of(ServiceGroup& group);
  // What groups that share a service say of it comes together. After the last one.
  void finish();
  // The block of a service; made if there is none yet.
  BlockNumber block_of(std::string_view type);

 private:
  struct Vote {
    std::string name;  // of the setting
    LegacyValue value;
  };
  // A value that makes the group use a service.
  struct Said {
    LegacyValue value;
    std::string_view type;
    Outcome outcome;
    std::string_view note;
  };
  void read_types(const LegacyObject& service, const LegacyValue& id, ServiceGroup& group);
  void switch_types(ServiceGroup& group);
  void add_type(const LegacyValue& named, ServiceGroup& group, bool counts_alone);
  [[nodiscard]] std::optional<LegacyValue> find_geoservices(const LegacyObject& service);
  void read_ogc(const LegacyObject& ogc, ServiceGroup& group);
  void read_geoservices(const LegacyObject& geoservices, ServiceGroup& group);
  void claim_types(const ServiceGroup& group);
  void read_settings(const LegacyObject& ogc, const LegacyObject& geoservices, const ServiceGroup& group);
  void read_formats(const LegacyValue& formats);
  void take_smallest(const std::vector<LegacyValue>& limits);
  void take_first(const std::vector<LegacyValue>& texts, const std::string& name);
  void take_all(const std::vector<LegacyValue>& lists, const std::string& name);
  void take_unanimous(std::string_view type, const std::vector<Vote>& votes);

  Context& context_;
  Switches switches_;
  std::map<std::string, LegacyValue, std::less<>> ids_;  // of groups, in lower case
  std::deque<ServiceGroup> groups_;
  std::map<std::string, ServiceGroup*, std::less<>> by_id_;  // in lower case
  std::map<std::string_view, BlockNumber> blocks_;
  std::map<std::string_view, std::size_t> users_;  // groups by type
  std::vector<Said> said_;                         // of the group that is read
  std::vector<LegacyValue> limits_;
  std::vector<LegacyValue> default_systems_;
  std::vector<LegacyValue> additional_systems_;
  std::vector<LegacyValue> conformance_;
  std::vector<Vote> format_votes_;
  std::vector<Vote> editing_votes_;
};

// `layers`, and those inside of services.
class Layers {
 public:
  Layers(DataSources& sources, Services& services, Context& context)
      : sources_(sources), services_(services), context_(context) {}

  // `group`: the service that it stands in; nullptr for one that names its service.
  void add(const LegacyValue& layer, ServiceGroup* group);

 private:
  [[nodiscard]] ServiceGroup* group_of(const LegacyObject& layer, const LegacyValue& whole);
  // Its data source, and the services that list it.
  void publish(LayerMembers& layer, ServiceGroup& group);
  [[nodiscard]] std::string source_of(LayerMembers& layer, const std::optional<LegacyValue>& named,
                                      ServiceGroup& group);
  void claim_service(LayerMembers& layer, const LegacyValue& service, const ServiceGroup& group);
  // What clients of its collection have to ask for now.
  void rename_collection(LayerMembers& layer, const ServiceGroup& group);

  DataSources& sources_;
  Services& services_;
  Context& context_;
  std::map<std::string, LegacyValue, std::less<>> ids_;  // in lower case
  rendering::HclWriter writer_{1};                       // for their bodies, one after the other
};

// Application settings, and variables of the environment: what of them a configuration has.
class SettingsMapper {
 public:
  SettingsMapper(BlockNumber honua, DataSources& sources, Services& services, Context& context)
      : honua_(honua), sources_(sources), services_(services), context_(context) {}

  // Documents that count more come first. Sections that differ by case are one, as .NET has it.
  void add_document(const LegacyValue& root);
  // The services that they switch on or off.
  [[nodiscard]] Services::Switches switches() const;
  // Before layers look for data sources.
  void map_connections();
  // All the rest.
  void map();

 private:
  // --- A connection string of a name, and Redis
  void map_connection(std::string_view name, const LegacyValue& connection);
  void map_connections_in(const LegacyObject& parent);
  BlockNumber redis_block();
  void map_redis(const LegacyObject& root);
  void map_cache(const LegacyObject& honua);
  void map_replicas(const LegacyObject& root);

  // --- The server
  void map_document(const LegacyObject& root);
  void leave_out_others(const LegacyObject& root);
  void leave_out_paths(const LegacyObject& root);
  void map_logging(const LegacyObject& root);
  void map_hosts(const LegacyObject& root);
  void map_host_text(const LegacyValue& hosts);
  void map_environment(const LegacyObject& root);
  void map_cross_origin();
  void map_availability(const LegacyObject& root);
  void map_plugins(const LegacyObject& parent);

  // --- Services
  void map_services(const LegacyObject& root);
  void map_services_in(const std::optional<LegacyValue>& section);
  void map_service(std::string_view type, const LegacyValue& section, bool is_made);
  void map_service_setting(std::string_view type, std::string_view name, const LegacyValue& value);

  BlockNumber honua_;
  DataSources& sources_;
  Services& services_;
  Context& context_;
  std::vector<LegacyObject> roots_;
  std::optional<BlockNumber> redis_;
};

// `attachments.profiles`, of all documents: stores of files that people attach to features.
void map_attachments(const std::vector<LegacyObject>& roots, Context& context);
// `RateLimiting`, of all documents.
void map_rate_limits(const std::vector<LegacyObject>& roots, Context& context);

// The id of a thing: its text if it has one that no other of `ids` has; an error otherwise.
[[nodiscard]] std::optional<LegacyValue> read_id(const LegacyValue& whole, const LegacyObject& members,
                                                 std::string_view what,
                                                 std::map<std::string, LegacyValue, std::less<>>& ids,
                                                 Context& context);

}  // namespace honua::migration
