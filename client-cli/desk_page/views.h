// SPDX-License-Identifier: AGPL-3.0-or-later
// Attachments that may be looked at, each once and soon (docs/spec/desk.md "Attachments"). Any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "server/http/response.h"

namespace candour::cli {

class Views {
 public:
  static constexpr std::chrono::seconds good_for{60};

  // The path that shows it.
  std::string put(Bytes content, std::string_view media_type);
  // Nothing for one that was looked at, or is over.
  std::optional<server::Response> take(const std::string& id);
  void clear();

 private:
  struct View {
    Bytes content;
    std::string_view media_type;
    std::chrono::steady_clock::time_point until;
  };
  void drop_old();
  std::mutex mutex_;
  std::map<std::string, View> views_;
};

}  // namespace candour::cli
