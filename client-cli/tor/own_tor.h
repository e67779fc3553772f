// SPDX-License-Identifier: AGPL-3.0-or-later
// A Tor of the tool's own, for as long as this object lives: whoever is invited needs no other set-up than Debian's tor package, and her
// client authorisation is never on a disk. What Tor remembers (its entry guards, above all) it keeps in a folder from one time to the next.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "client-cli/outcome.h"

namespace candour::cli {

struct OwnTorOptions {
  std::string folder;         // where it remembers; made where it is missing
  std::string authorisation;  // a line of client_authorisation.h; empty where none is needed
  std::string torrc;          // of the user, for bridges or a proxy; may be empty
};

class OwnTor {
 public:
  // Connected. `progressed` hears percent, on this thread. Errc::not_found without a tor program, Errc::io where it ends or does not get
  // further for three minutes, with its last words.
  static Outcome<OwnTor> start(const OwnTorOptions& options,
                               const std::function<void(std::size_t)>& progressed);
  OwnTor(OwnTor&& other) noexcept;
  OwnTor& operator=(OwnTor&&) = delete;
  ~OwnTor();

  const std::string& proxy() const { return proxy_; }  // HOST:PORT of its SOCKS5 listener

 private:
  OwnTor() = default;
  Outcome<> make_volatile(const OwnTorOptions& options);
  Outcome<> wait_until_connected(const std::function<void(std::size_t)>& progressed);
  void forget_volatile();

  pid_t pid_ = 0;
  std::string
      volatile_folder_;  // in memory: its configuration, her authorisation, its log; gone once it is connected
  std::string proxy_;
};

}  // namespace candour::cli
