// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends one sealed report while it is being made (docs/spec/http.md): up to 1 MiB in one request, more in parts
// of 1 MiB, each sent again where a circuit broke. Holds one part in memory. Used by one thread at a time;
// `server` outlives it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "crypto/core/hash.h"
#include "protocol/ids.h"

namespace candour::cli {

// The headers of sealed bytes for an audience: Candour-Padding makes up what Candour-Audience is short of, so that the length of a request does not tell who was left out (docs/spec/http.md).
std::vector<std::string> audience_headers(const std::vector<CaseworkerId>& audience, std::size_t places);

class Upload {
 public:
  // `progress` hears how many bytes are durable at the server.
  using Progress = std::function<void(std::uint64_t)>;
  Upload(HttpClient& server, const ReportId& report, std::vector<CaseworkerId> audience, std::size_t places,
         std::uint64_t total_bytes, Progress progress);

  Outcome<> begin();
  // The next sealed bytes, `total_bytes` in all.
  Outcome<> put(ByteView sealed);
  struct Done {
    std::string receipt_note;  // not verified yet
    Digest sha256{};           // of what was sent
  };
  Outcome<Done> finish();

 private:
  Outcome<> send_part();
  HttpClient& server_;
  std::string id_;
  std::vector<CaseworkerId> audience_;
  std::size_t places_;
  std::uint64_t total_bytes_;
  std::uint64_t taken_bytes_ = 0;
  std::uint64_t part_ = 0;
  Progress progress_;
  Sha256 hash_;
  Bytes buffer_;
};

}  // namespace candour::cli
