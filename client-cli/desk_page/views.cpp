// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/views.h"

#include "client-cli/desk_page/token.h"

namespace candour::cli {

void Views::drop_old() {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(views_, [&](const auto& entry) { return entry.second.until <= now; });
}

std::string Views::put(Bytes content, std::string_view media_type) {
  std::string id = make_token();
  const std::scoped_lock lock(mutex_);
  drop_old();
  views_[id] = View{std::move(content), media_type, std::chrono::steady_clock::now() + good_for};
  return "/view/" + id;
}

std::optional<server::Response> Views::take(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  drop_old();
  const auto found = views_.find(id);
  if (found == views_.end()) return std::nullopt;
  server::Response response{.status = 200,
                            .headers = {{"Content-Type", std::string(found->second.media_type)},
                                        {"Content-Security-Policy",
                                         "sandbox; default-src 'none'; img-src 'self'; style-src 'self'"}},
                            .body = std::move(found->second.content)};
  views_.erase(found);
  return response;
}

void Views::clear() {
  const std::scoped_lock lock(mutex_);
  views_.clear();
}

}  // namespace candour::cli
