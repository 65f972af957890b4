// SPDX-License-Identifier: MIT
#include "endpoint/post_listener.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <poll.h>

#include <optional>
#include <utility>

#include "base/late_library.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::endpoint {

namespace {

constexpr long connect_timeout = 5'000;  // milliseconds: a server that is there answers at once

// The functions of libcurl that are used here.
struct Libcurl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) init = nullptr;
  // These are macros as well.
  CURLcode (*set_option)(CURL*, CURLoption, ...) = nullptr;
  CURLcode (*get_info)(CURL*, CURLINFO, ...) = nullptr;
  decltype(&curl_easy_perform) perform = nullptr;
  decltype(&curl_easy_cleanup) cleanup = nullptr;
  decltype(&curl_easy_strerror) describe = nullptr;
  decltype(&curl_slist_append) append = nullptr;
  decltype(&curl_slist_free_all) free_list = nullptr;
};

std::optional<Libcurl> load_libcurl() {
  // Never closed: its libraries leave things behind that do not stand it.
  void* library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) library = ::dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  Libcurl made;
  const bool is_complete = find_function(library, "curl_global_init", made.global_init) &&
                           find_function(library, "curl_easy_init", made.init) &&
                           find_function(library, "curl_easy_setopt", made.set_option) &&
                           find_function(library, "curl_easy_getinfo", made.get_info) &&
                           find_function(library, "curl_easy_perform", made.perform) &&
                           find_function(library, "curl_easy_cleanup", made.cleanup) &&
                           find_function(library, "curl_easy_strerror", made.describe) &&
                           find_function(library, "curl_slist_append", made.append) &&
                           find_function(library, "curl_slist_free_all", made.free_list);
  if (!is_complete || made.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return std::nullopt;
  return made;
}

const std::optional<Libcurl>& libcurl() {
  static const std::optional<Libcurl> loaded = load_libcurl();
  return loaded;
}

bool is_readable(int descriptor, std::chrono::milliseconds patience) {
  pollfd waiting{descriptor, POLLIN, 0};
  return ::poll(&waiting, 1, static_cast<int>(patience.count())) > 0;
}

// What one attempt came to.
struct Attempt {
  std::string failure;  // "" if the event was taken
  bool may_pass = false;
};

// One request, with what libcurl keeps for it.
class PostRequest {
 public:
  PostRequest(const Libcurl& curl, const PostListener::Options& options, const std::string& body, int stop)
      : curl_(curl), handle_(curl.init()), stop_(stop) {
    add_header("Content-Type: application/json");
    add_header("Accept: */*");
    // No answer is waited for before the body is sent.
    add_header("Expect:");
    if (!options.token.empty()) add_header("Authorization: Bearer " + options.token);
    set(CURLOPT_URL, options.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_POSTFIELDS, body.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(CURLOPT_HTTPHEADER, headers_);
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_timeout);
    set(CURLOPT_TIMEOUT_MS, long{options.timeout.count()});
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &PostRequest::on_progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_WRITEFUNCTION, &PostRequest::on_data);
  }
  PostRequest(const PostRequest&) = delete;
  PostRequest& operator=(const PostRequest&) = delete;
  ~PostRequest() {
    curl_.free_list(headers_);
    curl_.cleanup(handle_);
  }

  Attempt run() {
    const CURLcode code = curl_.perform(handle_);
    if (code == CURLE_ABORTED_BY_CALLBACK) return {"it was ended with the watch", false};
    if (code != CURLE_OK)
      return {"it cannot be reached: " + text::printable(curl_.describe(code)), may_pass(code)};
    long status = 0;
    (void)curl_.get_info(handle_, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 200 && status < 300) return {};
    const bool may_pass = status == 408 || status == 429 || status >= 500;
    return {"it answered with status " + std::to_string(status), may_pass};
  }

 private:
  // Certificates, names and URLs are as wrong the next time.
  static bool may_pass(CURLcode code) {
    return code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST ||
           code == CURLE_OPERATION_TIMEDOUT || code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
           code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE || code == CURLE_COULDNT_RESOLVE_PROXY;
  }

  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return is_readable(static_cast<PostRequest*>(self)->stop_, std::chrono::milliseconds(0)) ? 1 : 0;
  }
  // Nobody reads the answer's body.
  static std::size_t on_data(char*, std::size_t size, std::size_t count, void*) { return size * count; }

  void add_header(const std::string& line) { headers_ = curl_.append(headers_, line.c_str()); }
  template <class Value>
  void set(CURLoption option, Value value) {
    (void)curl_.set_option(handle_, option, value);
  }

  const Libcurl& curl_;
  CURL* handle_;
  curl_slist* headers_ = nullptr;
  int stop_;
};

}  // namespace

Result<std::unique_ptr<PostListener>> PostListener::create(Options options) {
  const std::string lower = text::ascii_lower(options.url);
  if (!lower.starts_with("http://") && !lower.starts_with("https://"))
    return fail("`" + text::printable(text::mask_secrets(options.url)) +
                "` is no URL that starts with `http://` or `https://`");
  // Of a header's value a line feed is its end.
  if (options.token.find_first_of("\r\n") != std::string::npos)
    return fail("the token has a line feed in it");
  if (!libcurl()) return fail("the library that posts is missing: install `libcurl4`");
  return std::unique_ptr<PostListener>(new PostListener(std::move(options)));
}

std::string PostListener::name() const { return "post " + text::printable(text::mask_secrets(options_.url)); }

watching::ListenerResult PostListener::tell(const watching::LoggedEvent& event, int stop) {
  std::chrono::milliseconds pause = options_.pause;
  for (int tries = 1;; ++tries) {
    const Attempt made = PostRequest(*libcurl(), options_, event.json, stop).run();
    if (made.failure.empty()) return {};
    if (!made.may_pass || tries == most_posts || is_readable(stop, pause))
      return {std::nullopt, made.failure + (tries > 1 ? ", after " + std::to_string(tries) + " times" : "")};
    pause *= 2;
  }
}

}  // namespace honua::endpoint
