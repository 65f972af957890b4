// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace honua::connection {

// A database of MariaDB or MySQL, and how to log in to it.
struct MysqlTarget {
  enum class Tls : std::uint8_t {
    off,
    preferred,  // whatever the server has
    required,   // whoever the server is
    verify_ca,  // as verify_full: the client library knows nothing between the two
    verify_full,
  };

  std::string host;  // a name or an address
  std::uint16_t port = 3306;
  std::string socket;    // a path; instead of the host
  std::string database;  // which must be given: others are not read
  std::string user;
  std::string password;
  Tls tls = Tls::preferred;
  std::string ca;           // a file of certificates that are trusted; "" for the system's
  std::string certificate;  // a file that shows who the user is; or ""
  std::string key;          // a file with the certificate's key; or ""
};

}  // namespace honua::connection
