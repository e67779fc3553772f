// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/pages.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/temporary_folder.h"

using namespace candour::server;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  void put(const std::string& name, const std::string& content) const {
    fs::create_directories((path() / name).parent_path());
    std::ofstream(path() / name) << content;
  }
  const fs::path& path() const { return folder_.path(); }

 private:
  candour::test::TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("pages are the files of a folder, under their names") {
  const Folder folder;
  folder.put("index.html", "<p>");
  folder.put("assets/app.js", "1");
  folder.put(".well-known/webcat/bundle.json", "{}");
  const auto pages = load_pages(folder.path());
  REQUIRE(pages);
  CHECK(pages->size() == 3);
  Router router;
  add_page_routes(router, *pages);
  for (const std::string path : {"/", "/index.html", "/assets/app.js", "/.well-known/webcat/bundle.json"}) {
    Request request{.method = Method::get, .path = path};
    CHECK(router.find(request));
  }
  for (const std::string path : {"/assets", "/app.js", "/assets/../index.html"}) {
    Request request{.method = Method::get, .path = path};
    CHECK_FALSE(router.find(request));
  }
}

TEST_CASE("a folder that is not just the built page is refused") {
  const Folder folder;
  CHECK(load_pages(folder.path()).error().code == candour::Errc::not_found);
  folder.put("index.html", "");
  REQUIRE(load_pages(folder.path()));
  folder.put("notes.key", "");
  CHECK(load_pages(folder.path()).error().code == candour::Errc::unsupported);
  fs::remove(folder.path() / "notes.key");
  fs::create_symlink("/etc/passwd", folder.path() / "a.txt");
  CHECK(load_pages(folder.path()).error().code == candour::Errc::unsupported);
  fs::remove(folder.path() / "a.txt");
  folder.put("a b.txt", "");
  CHECK(load_pages(folder.path()).error().code == candour::Errc::malformed);
  CHECK(load_pages(folder.path() / "none").error().code == candour::Errc::io);
}
