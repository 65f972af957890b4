// SPDX-License-Identifier: MIT
#include "connection/mysql_connection.h"

#include <doctest/doctest.h>

#include <array>
#include <ostream>
#include <string>

#include "text/words.h"

namespace honua::connection {

namespace {

// "user:password@host:port/database off", or the error.
std::string shown_mysql_connection(std::string_view text) {
  const auto connection = read_mysql_connection(text);
  if (!connection) return connection.error().message;
  constexpr std::array names = {"off", "preferred", "required", "verify_ca", "verify_full"};
  const MysqlTarget& target = connection->target;
  std::string shown = target.user + ":" + target.password + "@";
  shown += target.socket.empty() ? target.host + ":" + std::to_string(target.port) : target.socket;
  return shown + "/" + target.database + " " + names.at(static_cast<std::size_t>(target.tls));
}

std::string mysql_connection_warnings(std::string_view text) {
  const auto connection = read_mysql_connection(text);
  return connection ? text::join(connection->warnings, "\n") : connection.error().message;
}

}  // namespace

TEST_CASE("a URL of MySQL says all that it takes to log in, percent-encoded") {
  CHECK(shown_mysql_connection("mysql://me:s3cret@db.example:3307/city?ssl-mode=VERIFY_IDENTITY") ==
        "me:s3cret@db.example:3307/city verify_full");
  CHECK(shown_mysql_connection("mariadb://me@db/city") == "me:@db:3306/city preferred");
  CHECK(shown_mysql_connection("mysql://m%40e:p%40ss%3Bw%3Do%27rd%22@DB/ci%20ty") ==
        "m@e:p@ss;w=o'rd\"@DB:3306/ci ty preferred");
  CHECK(shown_mysql_connection("mysql://me:50%@[::1]:3307/city") == "me:50%@::1:3307/city preferred");
  CHECK(shown_mysql_connection("mysql://me@%2Frun%2Fmysqld.sock/city") ==
        "me:@/run/mysqld.sock/city preferred");
  CHECK(shown_mysql_connection("mysql:///city?socket=/run/mysqld.sock&ssl=false") ==
        ":@/run/mysqld.sock/city off");
  CHECK(shown_mysql_connection("mysql://me@db:/") == "me:@db:3306/ preferred");
}

TEST_CASE("a connection string of MySqlConnector is read with all its names for keys") {
  CHECK(shown_mysql_connection("Server=db;Port=3307;User ID=me;Password=\"p@ss;w=o'rd\"\"\";Database=city") ==
        "me:p@ss;w=o'rd\"@db:3307/city preferred");
  for (const char* host :
       {"Server", "Host", "Data Source", "DataSource", "Address", "Addr", "Network Address"})
    CHECK(shown_mysql_connection(std::string(host) + "=db;Database=c") == ":@db:3306/c preferred");
  for (const char* user : {"User ID", "UserID", "Username", "Uid", "User name", "User"})
    CHECK(shown_mysql_connection("Server=db;" + std::string(user) + "=me") == "me:@db:3306/ preferred");
  CHECK(shown_mysql_connection("Server=db;Initial Catalog=city;pwd=x;Server=db2") ==
        ":x@db2:3306/city preferred");
  CHECK(shown_mysql_connection("Server=/run/mysqld.sock;Database=c") == ":@/run/mysqld.sock/c preferred");
  CHECK(shown_mysql_connection("Database=c;Uid=me") == "me:@localhost:3306/c preferred");
  CHECK(shown_mysql_connection("Server=db;Ssl Mode=None;") == ":@db:3306/ off");
  CHECK(shown_mysql_connection("Server=db;SslMode=Required") == ":@db:3306/ required");
  CHECK(shown_mysql_connection("Server=db;SslMode=VerifyCA") == ":@db:3306/ verify_ca");
  CHECK(shown_mysql_connection("Server=db;ssl-mode=VerifyFull") == ":@db:3306/ verify_full");
}

TEST_CASE("a connection of MySQL names the files that TLS takes") {
  const auto connection =
      read_mysql_connection("Server=db;CACertificateFile=ca.pem;SslCert=c.pem;SslKey=k.pem");
  REQUIRE(connection.has_value());
  CHECK(connection->target.ca == "ca.pem");
  CHECK(connection->target.certificate == "c.pem");
  CHECK(connection->target.key == "k.pem");
  CHECK(connection->warnings.empty());
}

TEST_CASE("a connection of MySQL that cannot be read is refused without showing it") {
  CHECK(shown_mysql_connection("Server=db;Port=secret") ==
        "the connection's port is no number from 1 to 65535");
  CHECK(shown_mysql_connection("Server=db;Port=0") == "the connection's port is no number from 1 to 65535");
  CHECK(shown_mysql_connection("mysql://me@db:70000/c") ==
        "the connection's port is no number from 1 to 65535");
  CHECK(shown_mysql_connection("mysql://me:secret@db:y/c") ==
        "the connection is malformed: the URL's port is not a number");
  CHECK(shown_mysql_connection("Server=db;SslMode=secret") ==
        "the connection's `SslMode` is none of `None`, `Preferred`, `Required`, `VerifyCA` and `VerifyFull`");
  CHECK(shown_mysql_connection("Server=a,b;Uid=me") ==
        "the connection names several hosts: give the one to read");
  CHECK(shown_mysql_connection("postgres://me:secret@db/c") ==
        "the URL begins with `postgres://`, not with `mysql://`");
  CHECK(shown_mysql_connection("host=db user=me") ==
        "the connection is neither a URL (`mysql://user@host/database`) nor made of `Key=Value;`");
}

TEST_CASE("keys of a MySQL connection that are not known or not followed are warned of, without values") {
  CHECK(mysql_connection_warnings(
            "Server=db;Pooling=true;Max Pool Size=5;Allow User Variables=true;CharSet=utf8mb4;"
            "Default Command Timeout=5;Connection Timeout=3")
            .empty());
  CHECK(mysql_connection_warnings("Server=db;Passwort=secret") ==
        "the connection's part 2 has a key that is not known: did you mean `Password`?");
  CHECK(mysql_connection_warnings("Server=db;Password=half;otherhalf=x") ==
        "the connection's part 3 has a key that is not known");
  CHECK(mysql_connection_warnings("mysql://db/c?ssl-mod=secret") ==
        "a key after the URL's `?` is not known: did you mean `SslMode`?");
  CHECK(mysql_connection_warnings("Server=db;GUID Format=Binary16;TreatTinyAsBoolean=false") ==
        "`GuidFormat` in the connection is not followed\n"
        "`TreatTinyAsBoolean` is not followed: `tinyint(1)` is taken for `bool`");
}

}  // namespace honua::connection
