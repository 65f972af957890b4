// SPDX-License-Identifier: MIT
#include "config/schema.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

namespace honua::config {

namespace {

void check_object(const ObjectSchema& object) {
  std::set<std::string_view> names;
  for (const AttributeSchema& attribute : object.attributes) {
    CAPTURE(object.name);
    CAPTURE(attribute.name);
    CHECK(names.insert(attribute.name).second);
    CHECK_FALSE(attribute.description.empty());
    CHECK_FALSE(attribute.description.ends_with('.'));
    const bool nests = attribute.type == ValueType::object || attribute.type == ValueType::object_map;
    CHECK(nests == (attribute.nested != nullptr));
    CHECK(attribute.bounds.least <= attribute.bounds.most);
    if (attribute.nested != nullptr) check_object(*attribute.nested);
  }
}

}  // namespace

TEST_CASE("block schemas stand in the order of their types and say what they are") {
  std::size_t position = 0;
  for (const BlockSchema& block : block_schemas()) {
    CHECK(static_cast<std::size_t>(block.type) == position++);
    CHECK(find_block_schema(block.keyword) == &block);
    CHECK_FALSE(block.body.description.empty());
    check_object(block.body);
  }
  CHECK(position == block_type_count);
  CHECK(find_block_schema("var") == &schema_of(BlockType::variable));
  CHECK(find_block_schema("Layer") == nullptr);
}

TEST_CASE("service types are found by their names in any spelling that is met") {
  for (const ServiceType& type : service_types()) {
    CHECK(find_service_type(type.id) == &type);
    CHECK(type.base_path.starts_with('/'));
    check_object(type.settings);
  }
  REQUIRE(find_service_type("OGC-API") != nullptr);
  CHECK(find_service_type("OGC-API")->id == "ogc_api");
  CHECK(find_service_type("geoservicesREST")->id == "geoservices_rest");
  CHECK(find_service_type("zarr_api")->id == "zarr");
  CHECK(find_service_type("tiles") == nullptr);
  CHECK(find_service_type("") == nullptr);
}

TEST_CASE("attributes are found by name and by their other spelling") {
  const AttributeSchema* gcs = schema_of(BlockType::attachment_storage).body.find("gcs");
  REQUIRE(gcs != nullptr);
  CHECK(gcs->nested->find("bucketName") == gcs->nested->find("bucket_name"));
  CHECK(gcs->nested->find("bucketname") == nullptr);
}

}  // namespace honua::config
