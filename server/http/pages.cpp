// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/pages.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "protocol/site.h"
#include "server/http/fields.h"

namespace candour::server {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kPagesBytesMax = std::uintmax_t{16} << 20;

constexpr Literal kUnreadable = "cannot read the pages folder. Check its name and its permissions.";

Result<Page> load_page(const fs::path& file, const fs::path& folder) {
  const auto type = page_type(file.extension().native());
  if (!type) {
    return fail(Errc::unsupported,
                "the pages folder holds a file of an unknown kind. Put only the built page there.");
  }
  const std::string path = "/" + file.lexically_relative(folder).generic_string();
  if (!parse_target(path)) {
    return fail(Errc::malformed, "the pages folder holds a file whose name no request can spell. Rename it.");
  }
  std::ifstream in(file, std::ios::binary);
  Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return fail(Errc::io, kUnreadable);
  return Page{path, *type, std::make_shared<const Bytes>(std::move(bytes))};
}

void add_page(Router& router, std::string pattern, const Page& page, const Gate& gate) {
  router.add({.method = Method::get,
              .pattern = std::move(pattern),
              .body_bytes_max = 0,
              .handler =
                  [type = page.type, bytes = page.bytes, header = page_header(page.path)](const Request&,
                                                                                          Reply reply) {
                    Response response = shared_response(type, {bytes, *bytes});
                    if (header) response.headers.push_back({header->name, std::string(header->value)});
                    reply(std::move(response));
                  },
              .gate = gate});
}

}  // namespace

Result<std::vector<Page>> load_pages(const fs::path& folder) {
  std::vector<Page> pages;
  std::uintmax_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const fs::file_status status = at->symlink_status(error);
    if (error || fs::is_directory(status)) continue;
    if (!fs::is_regular_file(status)) {
      return fail(Errc::unsupported,
                  "the pages folder holds something that is not a file. Put only the built page there.");
    }
    auto page = load_page(at->path(), folder);
    if (!page) return fail(page);
    bytes += page->bytes->size();
    if (bytes > kPagesBytesMax)
      return fail(Errc::too_large, "the pages folder is over 16 MiB. Put only the built page there.");
    pages.push_back(std::move(*page));
  }
  if (error) return fail(Errc::io, kUnreadable);
  if (std::ranges::find(pages, "/index.html", &Page::path) == pages.end()) {
    return fail(Errc::not_found, "the pages folder has no index.html. Is it the folder of the built page?");
  }
  return pages;
}

void add_page_routes(Router& router, const std::vector<Page>& pages, const Gate& gate) {
  for (const Page& page : pages) {
    if (page.path == "/index.html") add_page(router, "/", page, gate);
    add_page(router, page.path, page, gate);
  }
}

void add_pin_route(Router& router, std::string pin_file) {
  router.add({.method = Method::get,
              .pattern = "/pin",
              .body_bytes_max = 0,
              .handler = [pin = std::make_shared<const std::string>(std::move(pin_file))](const Request&,
                                                                                          Reply reply) {
                reply(shared_response("text/plain; charset=utf-8", {pin, as_bytes(*pin)}));
              }});
}

}  // namespace candour::server
