// SPDX-License-Identifier: AGPL-3.0-or-later
// A page: a folder of static files, read whole at start and served from memory under exactly the
// names found then. No request is ever turned into a path of the file system, so none can climb out of it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "server/http/router.h"

namespace candour::server {

struct Page {
  std::string path;  // "/app.js"
  std::string_view type;
  std::shared_ptr<const Bytes> bytes;
};

// Refuses symbolic links, names that no request can spell, unknown kinds of file, and a folder without
// index.html.
Result<std::vector<Page>> load_pages(const std::filesystem::path& folder);

// index.html also answers "/". `gate`: of each of them.
void add_page_routes(Router& router, const std::vector<Page>& pages, const Gate& gate = nullptr);
// GET /pin
void add_pin_route(Router& router, std::string pin_file);

}  // namespace candour::server
