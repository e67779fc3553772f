// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/net/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <thread>

#include "client-cli/net/problem.h"
#include "crypto/core/encoding.h"
#include "crypto/core/random.h"

namespace candour::cli {
namespace {

constexpr long connect_seconds_max = 120;  // an onion service's first circuit may take a minute
constexpr long slow_seconds_max = 90;      // without a byte either way
constexpr int pause_seconds_max = 60;
constexpr std::size_t headers_max = 100;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

void append(HeaderList& list, const std::string& header) {
  curl_slist* longer = curl_slist_append(list.get(), header.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  (void)list.release();
  list.reset(longer);
}

// One request and its answer, while libcurl calls back.
struct Exchange {
  const HttpRequest& request;
  const HttpClient::Sink* sink = nullptr;  // takes a 2xx body; any other goes into reply.body
  std::size_t reply_bytes_max = 0;
  std::uint64_t handed_on = 0;  // bytes given to the sink, over all attempts
  bool continues = false;       // this attempt asks for the rest of what broke off
  std::size_t sent = 0;
  int retry_after_seconds = 0;
  HttpReply reply = {};
  std::optional<Failure> failure = {};
  CURL* handle = nullptr;

  bool take(ByteView bytes) {
    if (reply.status == 0) curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply.status);
    if (sink != nullptr && reply.ok()) return hand_on(bytes);
    if (bytes.size() > reply_bytes_max - reply.body.size()) {
      failure =
          Failure(Errc::too_large, "the server's answer is larger than it may be. Is this a Candour server?");
      return false;
    }
    candour::append(reply.body, bytes);
    return true;
  }

  bool hand_on(ByteView bytes) {
    if (continues && reply.status != 206) {
      failure = Failure(Errc::io, "the connection broke, and the server does not continue. Try again.");
      return false;
    }
    if (auto taken = (*sink)(bytes); !taken) {
      failure = taken.error();
      return false;
    }
    handed_on += bytes.size();
    return true;
  }
};

// libcurl is C: an exception must not pass through it.
template <class F>
std::size_t guarded(Exchange& exchange, std::size_t on_failure, F&& body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    exchange.failure = Failure(Errc::internal, "not enough memory. Close other programs and try again.");
    return on_failure;
  }
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  return guarded(exchange, 0, [&] {
    return exchange.take({reinterpret_cast<const std::uint8_t*>(data), size}) ? size : 0;
  });
}

std::size_t on_upload(char* out, std::size_t, std::size_t room, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  const ByteView rest = exchange.request.body.subspan(exchange.sent);
  const std::size_t size = std::min(room, rest.size());
  std::memcpy(out, rest.data(), size);
  exchange.sent += size;
  return size;
}

int on_rewind(void* context, curl_off_t offset, int origin) {
  auto& exchange = *static_cast<Exchange*>(context);
  if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
  exchange.sent = std::min(static_cast<std::size_t>(offset), exchange.request.body.size());
  return CURL_SEEKFUNC_OK;
}

void keep_header(Exchange& exchange, std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' '))
    line.remove_suffix(1);
  const std::size_t colon = line.find(':');
  auto& headers = exchange.reply.headers;
  if (line.starts_with("HTTP/"))
    headers.clear();  // a further head: what came before was a proxy's, or 100 Continue
  if (line.starts_with("HTTP/") || colon == std::string_view::npos || headers.size() == headers_max) return;
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::string_view value = line.substr(colon + 1);
  value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
  headers.emplace_back(std::move(name), value);
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  return guarded(exchange, 0, [&] {
    keep_header(exchange, {data, size});
    std::string line(data, size);
    std::transform(line.begin(), line.end(), line.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    constexpr std::string_view name = "retry-after:";
    if (line.starts_with(name)) {
      const std::size_t digits = line.find_first_not_of(' ', name.size());
      if (digits != std::string::npos) {
        std::from_chars(line.data() + digits, line.data() + line.size(), exchange.retry_after_seconds);
      }
    }
    return size;
  });
}

int on_progress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return (*static_cast<const std::function<bool()>*>(context))() ? 1 : 0;
}

// May the same request do better in a moment?
bool is_transient(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return true;
    default:
      return false;
  }
}

// 503 roster-expired will not pass by waiting.
bool is_transient(const HttpReply& reply) {
  return (reply.status == 429 || reply.status == 502 || reply.status == 503 || reply.status == 504) &&
         problem_name(reply) != "roster-expired";
}

Failure no_answer(CURLcode code, const ServerAddress& server) {
  if (code == CURLE_PROXY || (code == CURLE_COULDNT_CONNECT && !server.proxy.empty())) {
    return {Errc::io,
            "the way through Tor does not work. Is Tor running, is the address right, and for a desk: does "
            "this Tor have "
            "your key to it? The invitation has it: candour desk --invitation. "
            "--proxy HOST:PORT names another SOCKS port."};
  }
  if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST) {
    return {Errc::io, fmt::format("{}: the server cannot be reached. Check the address and the connection.",
                                  server.origin)};
  }
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR) {
    return {Errc::io, fmt::format("{}: the server's certificate does not verify. Somebody may be in "
                                  "between: do not go on from this network.",
                                  server.origin)};
  }
  return {Errc::io,
          fmt::format("{}: no answer ({}). Try again later.", server.origin, curl_easy_strerror(code))};
}

}  // namespace

class HttpClient::Impl {
 public:
  explicit Impl(const ServerAddress& server) : server_(server) {
    handle_ = curl_easy_init();
    if (handle_ == nullptr) throw std::bad_alloc();
    // Tor gives every pair of SOCKS credentials circuits of its own.
    std::array<std::uint8_t, 16> random{};
    fill_random(random);
    isolation_ = "candour:" + hex_encode(random);
  }
  ~Impl() { curl_easy_cleanup(handle_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Outcome<HttpReply> run(Exchange& exchange) {
    std::chrono::milliseconds pause = first_pause;
    for (int attempt = 1;; ++attempt) {
      const std::uint64_t before = exchange.handed_on;
      const CURLcode code = once(exchange);
      if (exchange.handed_on > before) {  // it gets on, however often circuits break
        attempt = 1;
        pause = first_pause;
      }
      if (exchange.failure) return std::unexpected(*exchange.failure);
      const bool again = code == CURLE_OK ? is_transient(exchange.reply) : is_transient(code);
      if (!again || attempt == attempts_max) {
        if (code == CURLE_OK) return std::move(exchange.reply);
        return std::unexpected(no_answer(code, server_));
      }
      const std::chrono::seconds asked(std::clamp(exchange.retry_after_seconds, 0, pause_seconds_max));
      std::this_thread::sleep_for(std::max<std::chrono::milliseconds>(pause, asked));
      pause *= 2;
    }
  }

  int attempts_max = 6;
  std::chrono::milliseconds first_pause{1000};
  std::function<bool()> is_over;

 private:
  template <class T>
  void set(CURLoption option, T value) {
    curl_easy_setopt(handle_, option, value);
  }

  void set_body(Exchange& exchange) {
    const std::string& method = exchange.request.method;
    if (method == "GET") return;
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(exchange.request.body.size()));
    set(CURLOPT_CUSTOMREQUEST, method.c_str());
    set(CURLOPT_READFUNCTION, &on_upload);
    set(CURLOPT_READDATA, &exchange);
    set(CURLOPT_SEEKFUNCTION, &on_rewind);
    set(CURLOPT_SEEKDATA, &exchange);
  }

  CURLcode once(Exchange& exchange) {
    exchange.handle = handle_;
    exchange.reply = {};
    exchange.sent = 0;
    exchange.retry_after_seconds = 0;
    exchange.continues = exchange.handed_on > 0;
    HeaderList headers;
    append(headers, "Accept:");
    append(headers, "Expect:");
    for (const std::string& header : exchange.request.headers) append(headers, header);
    if (exchange.continues) append(headers, fmt::format("Range: bytes={}-", exchange.handed_on));
    const std::string url = server_.base_url + exchange.request.path;

    curl_easy_reset(handle_);  // keeps the connection
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, server_.proxy.c_str());  // empty: none, whatever the environment says
    if (!server_.proxy.empty()) set(CURLOPT_PROXYUSERPWD, isolation_.c_str());
    if (!server_.unix_socket.empty()) set(CURLOPT_UNIX_SOCKET_PATH, server_.unix_socket.c_str());
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, connect_seconds_max);
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, slow_seconds_max);
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, &exchange);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, &exchange);
    if (is_over) {
      set(CURLOPT_NOPROGRESS, 0L);
      set(CURLOPT_XFERINFOFUNCTION, &on_progress);
      set(CURLOPT_XFERINFODATA, &is_over);
    }
    set_body(exchange);

    const CURLcode code = curl_easy_perform(handle_);
    set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &exchange.reply.status);
    const char* type = nullptr;
    curl_easy_getinfo(handle_, CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) exchange.reply.content_type = type;
    return code;
  }

  ServerAddress server_;
  std::string isolation_;
  CURL* handle_ = nullptr;
};

HttpClient::HttpClient(const ServerAddress& server) : impl_(std::make_unique<Impl>(server)) {}
HttpClient::~HttpClient() = default;

void HttpClient::set_retries(int attempts_max, std::chrono::milliseconds first_pause) {
  impl_->attempts_max = attempts_max;
  impl_->first_pause = first_pause;
}

void HttpClient::stop_when(std::function<bool()> is_over) { impl_->is_over = std::move(is_over); }

Outcome<HttpReply> HttpClient::send(const HttpRequest& request, std::size_t reply_bytes_max) {
  Exchange exchange{.request = request, .reply_bytes_max = reply_bytes_max};
  return impl_->run(exchange);
}

Outcome<HttpReply> HttpClient::download(const HttpRequest& request, const Sink& sink) {
  Exchange exchange{.request = request, .sink = &sink, .reply_bytes_max = 65'536};
  return impl_->run(exchange);
}

}  // namespace candour::cli
