// SPDX-License-Identifier: MIT
#include "catalog/mysql_types.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

#include "text/words.h"

namespace honua::catalog {

namespace {

// "point:geometry<Point>", by the full type.
std::string shown_mysql_type(std::string_view full) {
  const MysqlType type = mysql_type(full.substr(0, full.find_first_of("( ")), full);
  return std::string(to_string(type.type)) +
         (type.geometry ? "<" + std::string(to_string(*type.geometry)) + ">" : "");
}

}  // namespace

TEST_CASE("numbers of MySQL are what holds all that they may be") {
  CHECK(shown_mysql_type("tinyint(1)") == "bool");
  CHECK(shown_mysql_type("tinyint(1) unsigned") == "int");
  CHECK(shown_mysql_type("tinyint") == "int");
  CHECK(shown_mysql_type("tinyint(4)") == "int");
  CHECK(shown_mysql_type("smallint(5) unsigned") == "int");
  CHECK(shown_mysql_type("mediumint unsigned") == "int");
  CHECK(shown_mysql_type("int") == "int");
  CHECK(shown_mysql_type("int(10) unsigned zerofill") == "long");
  CHECK(shown_mysql_type("bigint") == "long");
  CHECK(shown_mysql_type("bigint(20) unsigned") == "decimal");
  CHECK(shown_mysql_type("bit(1)") == "bool");
  CHECK(shown_mysql_type("bit(8)") == "long");
  CHECK(mysql_type("bit", "bit(8)").loss.empty());
  CHECK(mysql_type("bit", "bit(64)").loss == "the highest bit makes it negative");
  CHECK(shown_mysql_type("year(4)") == "int");
  CHECK(shown_mysql_type("float unsigned") == "float");
  CHECK(shown_mysql_type("double(10,2)") == "double");
  CHECK(shown_mysql_type("decimal(65,30)") == "decimal");
}

TEST_CASE("texts, times and others of MySQL are what the server calls them") {
  for (const char* one : {"char(3)", "varchar(50)", "tinytext", "text", "mediumtext", "longtext", "enum('a')",
                          "set('a','b')", "inet4", "inet6"})
    CHECK_MESSAGE(shown_mysql_type(one) == "string", std::string(one));
  for (const char* one : {"binary(16)", "varbinary(20)", "tinyblob", "blob", "mediumblob", "longblob"})
    CHECK_MESSAGE(shown_mysql_type(one) == "binary", std::string(one));
  CHECK(shown_mysql_type("date") == "date");
  CHECK(shown_mysql_type("datetime(6)") == "datetime");
  CHECK(shown_mysql_type("timestamp") == "datetimeoffset");
  CHECK(shown_mysql_type("time(3)") == "time");
  CHECK(mysql_type("time", "time(3)").loss == "it may last longer than a day");
  CHECK(shown_mysql_type("json") == "json");
  CHECK(shown_mysql_type("uuid") == "guid");
}

TEST_CASE("geometries of MySQL have the types of their names") {
  CHECK(shown_mysql_type("geometry") == "geometry<Geometry>");
  CHECK(shown_mysql_type("point") == "geometry<Point>");
  CHECK(shown_mysql_type("multilinestring") == "geometry<MultiLineString>");
  CHECK(shown_mysql_type("geometrycollection") == "geometry<GeometryCollection>");
  CHECK(shown_mysql_type("geomcollection") == "geometry<GeometryCollection>");
}

TEST_CASE("a type that nobody knows is mapped to nothing, and this is said") {
  const MysqlType type = mysql_type("vector", "vector(3)");
  CHECK(type.type == FieldType::unmapped);
  CHECK(type.loss == "the server knows no such type");
}

TEST_CASE("an enumeration of MySQL has its values as they were given") {
  CHECK(text::join(mysql_enum_values("enum('a','b''c','',',')"), "|") == "a|b'c||,");
  CHECK(text::join(mysql_enum_values(R"(enum('back\\slash','feed\nline'))"), "|") ==
        "back\\slash|feed\nline");
  CHECK(mysql_enum_values("set('x','y')").empty());
  CHECK(mysql_enum_values("varchar(4)").empty());
  CHECK(mysql_enum_values("enum('unclosed").empty());
}

}  // namespace honua::catalog
