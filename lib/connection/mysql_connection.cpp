// SPDX-License-Identifier: MIT
#include "connection/mysql_connection.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "connection/connection_text.h"
#include "connection/percent_decoded.h"
#include "text/sanitize.h"
#include "text/suggest.h"
#include "text/unicode.h"

namespace honua::connection {

namespace {

using MysqlTls = MysqlTarget::Tls;

// What a setting is about.
enum class MysqlMeaning : std::uint8_t {
  host,
  port,
  socket,
  database,
  user,
  password,
  tls_mode,
  tls_switch,
  ca,
  certificate,
  key,
  tiny_as_boolean,
  unsupported,  // it would matter, but cannot be followed
  ignored,      // of programs that stay connected, or write
};

struct MysqlKey {
  std::string_view key;    // as ConnectionText has it
  std::string_view shown;  // as users write it
  MysqlMeaning meaning = MysqlMeaning::ignored;
};

constexpr auto mysql_keys = std::to_array<MysqlKey>({
    {"host", "Server", MysqlMeaning::host},
    {"data source", "Data Source", MysqlMeaning::host},
    {"port", "Port", MysqlMeaning::port},
    {"socket", "socket", MysqlMeaning::socket},
    {"unixsocket", "unix_socket", MysqlMeaning::socket},
    {"database", "Database", MysqlMeaning::database},
    {"user", "User ID", MysqlMeaning::user},
    {"password", "Password", MysqlMeaning::password},
    {"ssl mode", "SslMode", MysqlMeaning::tls_mode},
    {"ssl", "ssl", MysqlMeaning::tls_switch},
    {"cacertificatefile", "CACertificateFile", MysqlMeaning::ca},
    {"sslca", "SslCa", MysqlMeaning::ca},
    {"sslcert", "SslCert", MysqlMeaning::certificate},
    {"sslkey", "SslKey", MysqlMeaning::key},
    {"treattinyasboolean", "TreatTinyAsBoolean", MysqlMeaning::tiny_as_boolean},
    {"certificatefile", "CertificateFile", MysqlMeaning::unsupported},
    {"ssl password", "CertificatePassword", MysqlMeaning::unsupported},
    {"certificatestorelocation", "CertificateStoreLocation", MysqlMeaning::unsupported},
    {"certificatethumbprint", "CertificateThumbprint", MysqlMeaning::unsupported},
    {"serverrsapublickeyfile", "ServerRsaPublicKeyFile", MysqlMeaning::unsupported},
    {"guidformat", "GuidFormat", MysqlMeaning::unsupported},
    {"oldguids", "OldGuids", MysqlMeaning::unsupported},
    {"allowloadlocalinfile", "AllowLoadLocalInfile"},
    {"allowpublickeyretrieval", "AllowPublicKeyRetrieval"},
    {"allowuservariables", "AllowUserVariables"},
    {"allowzerodatetime", "AllowZeroDateTime"},
    {"applicationname", "ApplicationName"},
    {"autoenlist", "AutoEnlist"},
    {"cancellationtimeout", "CancellationTimeout"},
    {"characterset", "CharacterSet"},
    {"charset", "CharSet"},
    {"commandtimeout", "Command Timeout"},
    {"connecttimeout", "Connect Timeout"},
    {"connectionidlepingtime", "ConnectionIdlePingTime"},
    {"connectionidletimeout", "ConnectionIdleTimeout"},
    {"connectionlifetime", "ConnectionLifeTime"},
    {"connectionprotocol", "ConnectionProtocol"},
    {"connectionreset", "ConnectionReset"},
    {"connectiontimeout", "Connection Timeout"},
    {"convertzerodatetime", "ConvertZeroDateTime"},
    {"datetimekind", "DateTimeKind"},
    {"defaultcommandtimeout", "Default Command Timeout"},
    {"deferconnectionreset", "DeferConnectionReset"},
    {"dnscheckinterval", "DnsCheckInterval"},
    {"forcesynchronous", "ForceSynchronous"},
    {"ignorecommandtransaction", "IgnoreCommandTransaction"},
    {"ignoreprepare", "IgnorePrepare"},
    {"interactivesession", "InteractiveSession"},
    {"keepalive", "Keep Alive"},
    {"loadbalance", "LoadBalance"},
    {"maximum pool size", "Maximum Pool Size"},
    {"minimum pool size", "Minimum Pool Size"},
    {"nobackslashescapes", "NoBackslashEscapes"},
    {"persistsecurityinfo", "Persist Security Info"},
    {"pipelining", "Pipelining"},
    {"pooling", "Pooling"},
    {"protocol", "Protocol"},
    {"serverredirectionmode", "ServerRedirectionMode"},
    {"serverspn", "ServerSPN"},
    {"timezone", "timezone"},
    {"tlsciphersuites", "TlsCipherSuites"},
    {"tlsversion", "TlsVersion"},
    {"useaffectedrows", "UseAffectedRows"},
    {"usecompression", "UseCompression"},
    {"compress", "Compress"},
    {"usexatransactions", "UseXaTransactions"},
});

struct MysqlTlsName {
  std::string_view name;  // without `-` and `_`
  MysqlTls tls;
};
// Of MySqlConnector, of MySQL's own programs, and of PostgreSQL, which people know.
constexpr auto mysql_tls_names = std::to_array<MysqlTlsName>({{"none", MysqlTls::off},
                                                              {"disabled", MysqlTls::off},
                                                              {"disable", MysqlTls::off},
                                                              {"false", MysqlTls::off},
                                                              {"preferred", MysqlTls::preferred},
                                                              {"prefer", MysqlTls::preferred},
                                                              {"required", MysqlTls::required},
                                                              {"require", MysqlTls::required},
                                                              {"true", MysqlTls::required},
                                                              {"verifyca", MysqlTls::verify_ca},
                                                              {"verifyfull", MysqlTls::verify_full},
                                                              {"verifyidentity", MysqlTls::verify_full}});

std::optional<MysqlTls> mysql_tls_of(std::string_view value) {
  const std::string name = compact(value);
  const auto* found = std::ranges::find(mysql_tls_names, name, &MysqlTlsName::name);
  return found == mysql_tls_names.end() ? std::nullopt : std::optional(found->tls);
}

std::optional<std::uint16_t> mysql_port_of(std::string_view value) {
  std::uint16_t port = 0;
  const auto [stop, trouble] = std::from_chars(value.data(), value.data() + value.size(), port);
  const bool is_good = trouble == std::errc() && stop == value.data() + value.size() && port > 0;
  return is_good ? std::optional(port) : std::nullopt;
}

constexpr std::string_view mysql_bad_port = "the connection's port is no number from 1 to 65535";

class MysqlConnectionReader {
 public:
  MysqlConnectionReader(std::string_view text, const ConnectionText& connection)
      : text_(text), connection_(connection), is_url_(connection.form == ConnectionForm::url) {}

  Result<MysqlConnection> read() {
    if (std::string trouble = trouble_with_form(); !trouble.empty()) return fail(std::move(trouble));
    if (is_url_) take_place(text_);
    for (std::size_t at = 0; at < connection_.settings.size(); ++at) take(connection_.settings[at], at + 1);
    if (!trouble_.empty()) return fail(std::move(trouble_));
    MysqlTarget& target = made_.target;
    if (target.host.starts_with('/')) target.socket = std::exchange(target.host, "");
    if (target.host.empty() && target.socket.empty()) target.host = "localhost";
    if (target.host.find(',') != std::string::npos)
      return fail("the connection names several hosts: give the one to read");
    return std::move(made_);
  }

 private:
  [[nodiscard]] std::string trouble_with_form() const {
    if (!connection_.fault.empty()) return "the connection is malformed: " + std::string(connection_.fault);
    if (is_url_ && connection_.scheme != "mysql" && connection_.scheme != "mariadb")
      return "the URL begins with " + text::quoted(connection_.scheme + "://") + ", not with `mysql://`";
    if (!is_url_ && connection_.form != ConnectionForm::key_value)
      return "the connection is neither a URL (`mysql://user@host/database`) nor made of `Key=Value;`";
    return "";
  }

  // Host and port of a URL, which ConnectionText has not as they were written.
  void take_place(std::string_view text) {
    text.remove_prefix(text.find("://") + 3);
    text = text.substr(0, text.find('?'));
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
    text = text.substr(0, text.find('/'));
    const bool is_bracketed = text.starts_with('[') && text.find(']') != std::string_view::npos;
    const std::size_t end_of_host = is_bracketed ? text.find(']') + 1 : text.find(':');
    const std::string_view host = text.substr(0, end_of_host);
    made_.target.host = percent_decoded(is_bracketed ? host.substr(1, host.size() - 2) : host);
    text.remove_prefix(host.size());
    if (text.size() > 1) take_port(text.substr(1));
  }

  void take_port(std::string_view value) {
    if (value.empty()) return;
    if (const auto port = mysql_port_of(value)) {
      made_.target.port = *port;
    } else {
      trouble_ = mysql_bad_port;
    }
  }

  void take(const ConnectionSetting& setting, std::size_t number) {
    const auto* known = std::ranges::find(mysql_keys, setting.key, &MysqlKey::key);
    if (known == mysql_keys.end()) {
      warn_of_unknown(setting.key, number);
    } else {
      use(*known, is_url_ ? percent_decoded(setting.value) : setting.value);
    }
  }

  void use(const MysqlKey& known, const std::string& value) {
    MysqlTarget& target = made_.target;
    switch (known.meaning) {
      case MysqlMeaning::host: target.host = value; break;
      case MysqlMeaning::port: take_port(value); break;
      case MysqlMeaning::socket: target.socket = value; break;
      case MysqlMeaning::database: target.database = value; break;
      case MysqlMeaning::user: target.user = value; break;
      case MysqlMeaning::password: target.password = value; break;
      case MysqlMeaning::tls_mode:
      case MysqlMeaning::tls_switch: take_tls(value); break;
      case MysqlMeaning::ca: target.ca = value; break;
      case MysqlMeaning::certificate: target.certificate = value; break;
      case MysqlMeaning::key: target.key = value; break;
      case MysqlMeaning::tiny_as_boolean:
        if (text::ascii_lower(value) == "false")
          made_.warnings.emplace_back(
              "`TreatTinyAsBoolean` is not followed: `tinyint(1)` is taken for `bool`");
        break;
      case MysqlMeaning::unsupported:
        made_.warnings.push_back(text::quoted(known.shown) + " in the connection is not followed");
        break;
      case MysqlMeaning::ignored: break;
    }
  }

  void take_tls(const std::string& value) {
    if (value.empty()) return;
    if (const auto tls = mysql_tls_of(value)) {
      made_.target.tls = *tls;
    } else {
      trouble_ =
          "the connection's `SslMode` is none of `None`, `Preferred`, `Required`, `VerifyCA` and "
          "`VerifyFull`";
    }
  }

  // What is not known may be the second half of a password that nobody put into quotes: it is not shown.
  void warn_of_unknown(const std::string& key, std::size_t number) {
    std::vector<std::string_view> names;
    names.reserve(mysql_keys.size());
    for (const MysqlKey& one : mysql_keys) names.push_back(one.shown);
    const auto nearest = text::suggest(key, names);
    made_.warnings.push_back(
        (is_url_ ? "a key after the URL's `?` is not known"
                 : "the connection's part " + std::to_string(number) + " has a key that is not known") +
        (nearest ? ": did you mean " + text::quoted(*nearest) + "?" : ""));
  }

  std::string_view text_;
  const ConnectionText& connection_;
  bool is_url_;
  MysqlConnection made_;
  std::string trouble_;
};

}  // namespace

Result<MysqlConnection> read_mysql_connection(std::string_view text) {
  const ConnectionText connection = parse_connection(text);
  return MysqlConnectionReader(text, connection).read();
}

}  // namespace honua::connection
