// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/loopback_for_test.h"
#include "catalog/mysql_reader.h"
#include "catalog/mysql_session.h"
#include "catalog/reader.h"
#include "text/words.h"

namespace honua::catalog {

namespace {

constexpr const char* guarded_password = "p@ss;w=o'rd\"";

// Where scripts/test-databases-mysql has started a server.
connection::MysqlTarget mysql_server_for_test() {
  const std::string path = std::string(HONUA_TEST_DATABASES) + "/mysql.env";
  std::ifstream file(path);
  REQUIRE_MESSAGE(file.is_open(),
                  "no MariaDB was started: run the tests with ctest, or "
                  "`scripts/test-databases-mysql start` with the directory of "
                      << path);
  connection::MysqlTarget target;
  for (std::string line; std::getline(file, line);) {
    const std::size_t equals = line.find('=');
    REQUIRE(equals != std::string::npos);
    const std::string value = line.substr(equals + 1);
    const std::string name = line.substr(0, equals);
    if (name == "host") target.host = value;
    if (name == "port") target.port = static_cast<std::uint16_t>(std::stoi(value));
    if (name == "user") target.user = value;
  }
  target.database = "mysql";
  return target;
}

std::string mysql_socket_for_test() {
  std::ifstream file(std::string(HONUA_TEST_DATABASES) + "/mysql.env");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("socket=")) return line.substr(7);
  }
  return "";
}

// A database of its own, with what the statements make; it is removed at the end.
class MysqlScratch {
 public:
  // Each statement ends with `;`, which must stand nowhere else.
  explicit MysqlScratch(std::string_view text) {
    std::vector<std::string> statements;
    for (std::size_t end = 0; (end = text.find(';')) != std::string_view::npos; text.remove_prefix(end + 1))
      statements.emplace_back(text.substr(0, end));
    run({"DROP DATABASE IF EXISTS scratch", "CREATE DATABASE scratch CHARACTER SET utf8mb4", "USE scratch"},
        statements);
    target_.database = "scratch";
  }
  MysqlScratch(const MysqlScratch&) = delete;
  MysqlScratch& operator=(const MysqlScratch&) = delete;
  ~MysqlScratch() {
    target_.database = "mysql";
    run({"DROP DATABASE scratch"}, {});
  }

  [[nodiscard]] Catalog read() const {
    auto catalog = read_mysql(target_, {});
    REQUIRE_MESSAGE(catalog.has_value(), catalog.error().message);
    return *std::move(catalog);
  }

 private:
  void run(std::vector<std::string> first, const std::vector<std::string>& then) const {
    first.insert(first.end(), then.begin(), then.end());
    const auto session = MysqlSession::connect(target_, std::chrono::seconds(30));
    REQUIRE_MESSAGE(session.has_value(), session.error().message);
    const auto results = (*session)->run(first);
    REQUIRE_MESSAGE(results.has_value(), results.error().message);
  }

  connection::MysqlTarget target_ = mysql_server_for_test();
};

std::string shown_mysql(const Geometry& geometry) {
  return "<" + std::string(to_string(geometry.type)) + " " +
         (geometry.srid ? std::to_string(*geometry.srid) : "?") +
         (geometry.index == SpatialIndex::present ? " indexed>" : ">");
}

// "id:long!": `!` is never null, `+` numbered, `=` computed.
std::string shown_mysql(const Column& column) {
  return column.name + ":" + std::string(to_string(column.type)) + (column.is_nullable ? "" : "!") +
         (column.is_identity ? "+" : "") + (column.is_generated ? "=" : "") +
         (column.geometry ? shown_mysql(*column.geometry) : "");
}

// "roads(id:long!,name:string) key=id unique=a,b", and the notes in lines of their own.
std::string shown_mysql(const Relation& relation) {
  std::string text = relation.name + "(";
  for (const Column& one : relation.columns) {
    if (text.back() != '(') text += ',';
    text += shown_mysql(one);
  }
  text += ")";
  if (relation.kind != RelationKind::table) text += " " + std::string(to_string(relation.kind));
  if (relation.primary_key) text += " key=" + text::join(relation.primary_key->columns, ",");
  for (const Key& one : relation.unique_keys) text += " unique=" + text::join(one.columns, ",");
  if (relation.view_key) text += " view=" + text::join(relation.view_key->columns, ",");
  for (const std::string& one : relation.notes) text += "\n  " + one;
  return text + "\n";
}

std::string shown_mysql(const Catalog& catalog) {
  std::string text;
  for (const Relation& one : catalog.relations) text += shown_mysql(one);
  for (const LeftOut& one : catalog.left_out) text += "- " + one.name + ": " + one.reason + "\n";
  return text;
}

std::string mysql_error_of(const connection::MysqlTarget& target, std::chrono::milliseconds timeout) {
  ReadOptions options;
  options.timeout = timeout;
  const auto catalog = read_mysql(target, options);
  return catalog ? "none" : catalog.error().message;
}

// What a server of MySQL 8 answered once, by a part of the statement.
class RecordedMysql final : public MysqlQueries {
 public:
  explicit RecordedMysql(std::vector<std::pair<std::string, MysqlRows>> answers)
      : answers_(std::move(answers)) {}

  [[nodiscard]] Result<std::vector<MysqlRows>> run(const std::vector<std::string>& statements) override {
    ++round_trips;
    std::vector<MysqlRows> results;
    results.reserve(statements.size());
    for (const std::string& statement : statements) {
      asked += statement + "\n";
      results.emplace_back();
      for (const auto& [part, rows] : answers_) {
        if (statement.find(part) != std::string::npos) results.back() = rows;
      }
    }
    return results;
  }

  int round_trips = 0;
  std::string asked;

 private:
  std::vector<std::pair<std::string, MysqlRows>> answers_;
};

Catalog read_recorded(RecordedMysql& recorded) {
  auto catalog = read_mysql_answers(recorded, {});
  REQUIRE_MESSAGE(catalog.has_value(), catalog.error().message);
  return *std::move(catalog);
}

constexpr std::nullopt_t null = std::nullopt;

}  // namespace

TEST_CASE("MariaDB's types are told apart, with what each loses") {
  const MysqlScratch scratch(
      "CREATE TABLE types (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, b BOOLEAN, t8 TINYINT UNSIGNED, s16 "
      "SMALLINT, m24 MEDIUMINT UNSIGNED, i INT, u INT UNSIGNED, l BIGINT, ul BIGINT UNSIGNED, one BIT(1), "
      "many "
      "BIT(9), f FLOAT, d DOUBLE, n NUMERIC(8, 2), y YEAR, da DATE, dt DATETIME(3), ts TIMESTAMP NULL, ti "
      "TIME, "
      "c CHAR(3), v VARCHAR(20), t TEXT, lt LONGTEXT, bi BINARY(16), vb VARBINARY(9), bl BLOB, j JSON, e "
      "ENUM('a', 'b''c', 'd\\\\e'), s SET('x', 'y'), g UUID, i6 INET6, i4 INET4) COMMENT 'all of them';"
      "ALTER TABLE types MODIFY v VARCHAR(20) COMMENT 'it''s \"quoted\"';");
  const Catalog catalog = scratch.read();
  CHECK(catalog.engine == Engine::mysql);
  CHECK(catalog.product.starts_with("MariaDB 1"));
  CHECK(catalog.product.find('-') == std::string::npos);
  CHECK(catalog.database == "scratch");
  CHECK(
      shown_mysql(catalog) ==
      "types(id:long!+,b:bool,t8:int,s16:int,m24:int,i:int,u:long,l:long,ul:decimal,one:bool,many:long,"
      "f:float,d:double,n:decimal,y:int,da:date,dt:datetime,ts:datetimeoffset,ti:time,c:string,v:string,"
      "t:string,lt:string,bi:binary,vb:binary,bl:binary,j:json,e:string,s:string,g:guid,i6:string,i4:string) "
      "key=id\n");
  const Relation& types = catalog.relations.front();
  CHECK(types.schema == "scratch");
  CHECK(types.comment == "all of them");
  CHECK(types.row_estimate == 0);
  CHECK(types.find_column("v")->comment == "it's \"quoted\"");
  CHECK(types.find_column("v")->native_type == "varchar(20)");
  CHECK(types.find_column("ti")->loss == "it may last longer than a day");
  CHECK(text::join(types.find_column("e")->values, "|") == "a|b'c|d\\e");
}

TEST_CASE("MariaDB's geometries have types, reference systems and indexes") {
  const MysqlScratch scratch(
      "CREATE TABLE shapes (id BIGINT PRIMARY KEY, g GEOMETRY, pt POINT REF_SYSTEM_ID=4326 NOT NULL, ls "
      "LINESTRING REF_SYSTEM_ID=3857, po POLYGON REF_SYSTEM_ID=0, mp MULTIPOINT, ml MULTILINESTRING, mpo "
      "MULTIPOLYGON REF_SYSTEM_ID=25832, gc GEOMETRYCOLLECTION REF_SYSTEM_ID=900913, SPATIAL INDEX (pt));"
      "CREATE VIEW places AS SELECT pt AS place, id AS number, ST_Buffer(po, 1) AS around FROM shapes s "
      "WHERE id "
      "> 5;"
      "CREATE VIEW some_places AS SELECT number, place FROM places;"
      "CREATE VIEW pairs AS SELECT a.id, b.pt FROM shapes a JOIN shapes b;"
      "CREATE VIEW keyless AS SELECT pt FROM shapes;");
  CHECK(shown_mysql(scratch.read()) ==
        "keyless(pt:geometry!<Point 4326>) view\n"
        "pairs(id:long!,pt:geometry!<Point 4326>) view\n"
        "places(place:geometry!<Point 4326>,number:long!,around:geometry<Geometry ?>) view view=number\n"
        "shapes(id:long!,g:geometry<Geometry ?>,pt:geometry!<Point 4326 indexed>,ls:geometry<LineString "
        "3857>,po:geometry<Polygon ?>,mp:geometry<MultiPoint ?>,ml:geometry<MultiLineString ?>,"
        "mpo:geometry<MultiPolygon 25832>,gc:geometry<GeometryCollection ?>) key=id\n"
        "  the SRID of `gc` does not fit into MariaDB's catalog\n"
        "some_places(number:long!,place:geometry!<Point 4326>) view view=number\n");
  for (const Relation& one : scratch.read().relations) CHECK(one.comment.empty());
}

TEST_CASE("MariaDB's keys are what tells rows apart, in their order") {
  const MysqlScratch scratch(
      "CREATE TABLE none (a INT NOT NULL, b INT, KEY (a));"
      "CREATE TABLE pair (a INT, b INT, g POINT, PRIMARY KEY (b, a));"
      "CREATE TABLE only_unique (a INT NOT NULL, b VARCHAR(9), c INT NOT NULL, UNIQUE (a), UNIQUE (b), "
      "UNIQUE "
      "(c, a));"
      "CREATE TABLE beginnings (t VARCHAR(50) NOT NULL, UNIQUE (t(5)));"
      "CREATE VIEW v AS SELECT c, a FROM only_unique;");
  CHECK(shown_mysql(scratch.read()) ==
        "beginnings(t:string!)\n"
        "none(a:int!,b:int)\n"
        "only_unique(a:int!,b:string,c:int!) unique=a unique=c,a\n"
        "pair(a:int!,b:int!,g:geometry<Point ?>) key=b,a\n"
        "v(c:int!,a:int!) view view=a\n");
}

TEST_CASE("MariaDB's other relations and columns are named for what they are") {
  const MysqlScratch scratch(
      "CREATE TABLE `a ``b`` \"c.d` (`I d` INT PRIMARY KEY, `g``é` POINT, `j``n` JSON);"
      "CREATE TABLE computed (id INT PRIMARY KEY, hidden INT INVISIBLE, twice INT AS (id * 2) VIRTUAL, kept "
      "INT "
      "AS (id * 3) STORED, at DATETIME DEFAULT (now()));"
      "CREATE TABLE parts (id INT PRIMARY KEY, x INT) PARTITION BY HASH (id) PARTITIONS 4;"
      "CREATE TABLE versioned (id INT PRIMARY KEY) WITH SYSTEM VERSIONING;"
      "CREATE SEQUENCE numbers;"
      "CREATE TABLE gone (id INT PRIMARY KEY);"
      "CREATE VIEW broken AS SELECT id FROM gone;"
      "DROP TABLE gone;"
      "CREATE TABLE checked (t LONGTEXT CHECK (t <> ''), u TEXT CHECK (json_valid(u)));");
  const std::string shown = shown_mysql(scratch.read());
  const std::string head =
      "a `b` \"c.d(I d:int!,g`é:geometry<Point ?>,j`n:json) key=I d\n"
      "checked(t:string,u:string)\n"
      "computed(id:int!,hidden:int,twice:int=,kept:int=,at:datetime) key=id\n"
      "  the column `hidden` is invisible: `SELECT *` leaves it out\n"
      "parts(id:int!,x:int) partitioned table key=id\n"
      "versioned(id:int!) key=id\n"
      "  it is system-versioned: only the rows of now are read\n"
      "- broken: it cannot be read: View 'scratch.broken' references invalid table(s)";
  CHECK(shown.substr(0, head.size()) == head);
  CHECK(shown.ends_with("- numbers: it is a sequence\n"));
}

TEST_CASE("what a user of MariaDB may not read is left out") {
  const MysqlScratch scratch(
      "CREATE TABLE open (id INT PRIMARY KEY, secret INT);"
      "CREATE TABLE written (id INT PRIMARY KEY);"
      "CREATE TABLE closed (id INT PRIMARY KEY);"
      "CREATE OR REPLACE USER limited@127.0.0.1;"
      "GRANT SELECT (id), INSERT ON open TO limited@127.0.0.1;"
      "GRANT INSERT ON written TO limited@127.0.0.1;");
  connection::MysqlTarget target = mysql_server_for_test();
  target.user = "limited";
  target.database = "scratch";
  const auto catalog = read_mysql(target, {});
  REQUIRE_MESSAGE(catalog.has_value(), catalog.error().message);
  CHECK(shown_mysql(*catalog) ==
        "open(id:int!) key=id\n  the user may not read the column `secret`\n- written: the user may not read "
        "it\n");
}

TEST_CASE("users log in to MariaDB over a socket and with any password") {
  const MysqlScratch scratch("CREATE TABLE t (id INT PRIMARY KEY);");
  connection::MysqlTarget target = mysql_server_for_test();
  target.database = "scratch";
  target.user = "guarded";
  target.password = guarded_password;
  CHECK(mysql_error_of(target, std::chrono::seconds(30)) == "none");
  connection::MysqlTarget local;
  local.socket = mysql_socket_for_test();
  local.database = "scratch";
  local.user = "nobody-known";
  const std::string error = mysql_error_of(local, std::chrono::seconds(30));
  CHECK(error.starts_with("the server refuses to log in: Access denied for user ..."));
}

TEST_CASE("what keeps users from MariaDB is said, and never a password") {
  constexpr std::chrono::seconds long_enough{30};
  const connection::MysqlTarget good = mysql_server_for_test();
  connection::MysqlTarget target = good;
  target.user = "guarded";
  target.password = "wrong-and-secret";
  const std::string error = mysql_error_of(target, long_enough);
  CHECK(error == "the server refuses to log in: Access denied for user ... (using password: YES)");
  CHECK(error.find("secret") == std::string::npos);

  target = good;
  target.database = "no`such";
  CHECK(mysql_error_of(target, long_enough) == "there is no database of this name");
  target.database = "";
  CHECK(mysql_error_of(target, long_enough) == "the connection names no database");
  target.database = "MYSQL";
  CHECK(mysql_error_of(target, long_enough) == "there is no database of this name");
  target.database = "mysql";
  CHECK(mysql_error_of(target, long_enough) == "the database `mysql` is the server's own");

  target = good;
  target.host = "no-such-host.invalid";
  CHECK(mysql_error_of(target, long_enough) == "there is no host of this name");
  for (const char* host : {"host=a;user=b", "replication://a", "a,b", "a b"}) {
    target.host = host;
    CHECK(mysql_error_of(target, long_enough) == "what the connection names as its host is no name of one");
  }
  target.host = "";
  CHECK(mysql_error_of(target, long_enough) == "the connection names no host");

  target = good;
  target.tls = connection::MysqlTarget::Tls::required;
  CHECK(mysql_error_of(target, long_enough).find("it does not offer TLS") != std::string::npos);
  target.tls = connection::MysqlTarget::Tls::verify_full;
  CHECK(mysql_error_of(target, long_enough).starts_with("no safe connection to the server: "));
}

TEST_CASE("a server of MySQL that is not there or does not answer is given up") {
  connection::MysqlTarget target = mysql_server_for_test();
  const LoopbackSocket closed(false);
  target.port = closed.port();
  const std::string refused = mysql_error_of(target, std::chrono::seconds(30));
  CHECK(refused.starts_with("no server answers: Can't connect to server on ..."));

  const LoopbackSocket silent(true);
  target.port = silent.port();
  const auto begin = std::chrono::steady_clock::now();
  CHECK(mysql_error_of(target, std::chrono::seconds(1)) == "there was no answer within 1 s");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

TEST_CASE("a statement of MariaDB that takes too long is given up") {
  const auto session = MysqlSession::connect(mysql_server_for_test(), std::chrono::milliseconds(1000));
  REQUIRE_MESSAGE(session.has_value(), session.error().message);
  const auto late = (*session)->run({"SET SESSION max_statement_time = 0.1", "SELECT SLEEP(20)"});
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().message == "there was no answer within 1 s");
}

TEST_CASE("without MariaDB's client library its package is named") {
  const auto client = load_mysql_client("libhonua-is-not-here.so.3");
  REQUIRE_FALSE(client.has_value());
  CHECK(client.error().message ==
        "the client library `libhonua-is-not-here.so.3` is not here: install it (Debian's package is "
        "`libmariadb3`)");
  const auto other = load_mysql_client("libc.so.6");
  REQUIRE_FALSE(other.has_value());
  CHECK(other.error().message.find("lacks functions") != std::string::npos);
}

TEST_CASE("rows as MySQL 8 is documented to answer them make a catalog (recorded, not run against MySQL 8)") {
  RecordedMysql recorded({
      {"VERSION()", {{"8.0.36", "MySQL Community Server - GPL", "city"}}},
      {"ST_GEOMETRY_COLUMNS",
       {{"roads", "way", "4326", "EPSG", "4326"},
        {"roads", "flat", "0", null, null},
        {"roads", "any", null, null, null},
        {"roads", "own", "900001", "honua", "7"}}},
      {"information_schema.TABLES",
       {{"roads", "BASE TABLE", "InnoDB", "12", "", "our roads"},
        {"parts", "BASE TABLE", "InnoDB", null, "row_format=DYNAMIC partitioned", ""},
        {"big", "VIEW", null, null, null, "VIEW"}}},
      {"information_schema.COLUMNS",
       {{"big", "number", "bigint", "bigint unsigned", "NO", "", "", "select"},
        {"parts", "id", "int", "int", "NO", "", "", "select,insert"},
        {"roads", "id", "bigint", "bigint unsigned", "NO", "auto_increment", "", "select,insert"},
        {"roads", "way", "geomcollection", "geomcollection", "NO", "", "", "select,insert"},
        {"roads", "flat", "point", "point", "NO", "", "", "select,insert"},
        {"roads", "any", "point", "point", "NO", "", "", "select,insert"},
        {"roads", "own", "point", "point", "YES", "", "", "select,insert"},
        {"roads", "doc", "json", "json", "YES", "", "", "select,insert"},
        {"roads", "open", "tinyint", "tinyint(1)", "NO", "DEFAULT_GENERATED", "", "select,insert"},
        {"roads", "kept", "int", "int", "YES", "STORED GENERATED INVISIBLE", "", "select,insert"}}},
      {"information_schema.STATISTICS",
       {{"roads", "PRIMARY", "0", "id", null, "BTREE"},
        {"roads", "way", "1", "way", "32", "SPATIAL"},
        {"roads", "flat", "1", "flat", "32", "SPATIAL"},
        {"roads", "any", "1", "any", "32", "SPATIAL"},
        {"roads", "computed", "0", null, null, "BTREE"},
        {"roads", "mixed", "0", "open", null, "BTREE"},
        {"roads", "mixed", "0", null, null, "BTREE"}}},
      {"information_schema.VIEWS",
       {{"big",
         "select `city`.`roads`.`id` AS `number` from `city`.`roads` where (`city`.`roads`.`id` > 5)"}}},
  });
  const Catalog catalog = read_recorded(recorded);
  CHECK(catalog.product == "MySQL 8.0.36");
  CHECK(catalog.database == "city");
  CHECK(shown_mysql(catalog) ==
        "big(number:decimal!) view view=number\n"
        "parts(id:int!) partitioned table\n"
        "roads(id:decimal!+,way:geometry!<GeometryCollection 4326 indexed>,flat:geometry!<Point ? indexed>,"
        "any:geometry!<Point ?>,own:geometry<Point ?>,doc:json,open:bool!,kept:int=) key=id\n"
        "  the SRID of `own` is none of EPSG's\n"
        "  the column `kept` is invisible: `SELECT *` leaves it out\n"
        "  the spatial index of `any` is not used: the column has no SRID\n");
  CHECK(catalog.relations.back().row_estimate == 12);
  CHECK(catalog.relations.back().comment == "our roads");
  CHECK(recorded.round_trips == 2);
  CHECK(recorded.asked.find("max_execution_time = 30000") != std::string::npos);
  CHECK(recorded.asked.find("CHECK_CONSTRAINTS") == std::string::npos);
}

TEST_CASE("a server of MySQL is given a day at most") {
  for (const auto timeout : {longest_timeout, std::chrono::milliseconds::max()}) {
    CHECK(mysql_error_of(mysql_server_for_test(), timeout) == "the database `mysql` is the server's own");
    RecordedMysql recorded({{"VERSION()", {{"8.0.36", "MySQL Community Server - GPL", "city"}}}});
    ReadOptions options;
    options.timeout = timeout;
    CHECK(read_mysql_answers(recorded, options).has_value());
    CHECK(recorded.asked.find("max_execution_time = 86400000\n") != std::string::npos);
  }
}

TEST_CASE("old servers of MySQL are asked for what they have (recorded, not run against them)") {
  RecordedMysql old_mysql({{"VERSION()", {{"5.7.44-log", "MySQL Community Server (GPL)", "city"}}}});
  CHECK(read_recorded(old_mysql).product == "MySQL 5.7.44");
  CHECK(old_mysql.asked.find("GEOMETRY_COLUMNS") == std::string::npos);
  RecordedMysql old_mariadb({{"VERSION()", {{"5.5.5-10.2.44-MariaDB", "mariadb.org binary", "city"}}}});
  CHECK(read_recorded(old_mariadb).product == "MariaDB 10.2.44");
  CHECK(old_mariadb.asked.find("CHECK_CONSTRAINTS") == std::string::npos);
  CHECK(old_mariadb.asked.find("max_statement_time = 30.000") != std::string::npos);
}

}  // namespace honua::catalog
