// SPDX-License-Identifier: AGPL-3.0-or-later
// The server's listener for holders (docs/spec/http.md "Holders' listener"), one try at a time: who waits, and how long, is the caller's. Failures are literal
// sentences, so that they can be logged. One thread.
#pragma once

#include <string>

#include "client-cli/net/http_client.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "keyholder/answers.h"

namespace candour::keyholder {

class ServerDoor {
 public:
  ServerDoor(const cli::ServerAddress& server, const Secret<32>& token);

  // The note, believed by nobody yet.
  Result<std::string> roster();
  // At most 16 batches of 256 bytes, in one piece. Errc::refused: the server's roster does not know this holder.
  Result<Bytes> waiting();
  // Errc::not_found: it waits no longer. Errc::conflict: it has another answer of this holder.
  Result<> put(const HolderAnswer& answer);

 private:
  Result<cli::HttpReply> ask(const cli::HttpRequest& request, std::size_t reply_bytes_max);
  cli::HttpClient client_;
  std::string authorization_;
};

}  // namespace candour::keyholder
