// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <filesystem>

#include "client-cli/files/new_directory.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "file_state.h"

namespace candour::cli {
namespace {

using test::TemporaryFolder;

TEST_CASE("a new file has its name only when it is complete") {
  const TemporaryFolder folder;
  {
    auto file = NewFile::create(folder.path("a")).value();
    REQUIRE(file.write(as_bytes("half")));
    CHECK_FALSE(std::filesystem::exists(folder.path("a")));
  }
  CHECK(folder.entries() == 0);
  auto file = NewFile::create(folder.path("a")).value();
  REQUIRE(file.write(as_bytes("whole")));
  REQUIRE(file.commit());
  CHECK(test::read(folder.path("a")) == "whole");
  CHECK(test::mode_of(folder.path("a")) == 0600);
  CHECK(folder.entries() == 1);
}

TEST_CASE("no file is overwritten, not even one that appears meanwhile, nor through a link") {
  const TemporaryFolder folder;
  auto late = NewFile::create(folder.path("a")).value();
  REQUIRE(write_new_file(folder.path("a"), as_bytes("first")));
  REQUIRE(late.write(as_bytes("second")));
  CHECK(late.commit().error().code == Errc::conflict);
  CHECK(write_new_file(folder.path("a"), as_bytes("third")).error().code == Errc::conflict);
  CHECK(test::read(folder.path("a")) == "first");
  std::filesystem::create_symlink(folder.path("target"), folder.path("link"));
  CHECK(write_new_file(folder.path("link"), as_bytes("x")).error().code == Errc::conflict);
  CHECK_FALSE(std::filesystem::exists(folder.path("target")));
}

TEST_CASE("a draft is replaced in one step and keeps its mode") {
  const TemporaryFolder folder;
  REQUIRE(write_new_file(folder.path("draft"), as_bytes("old"), 0640));
  REQUIRE(replace_file(folder.path("draft"), as_bytes("new")));
  CHECK(test::read(folder.path("draft")) == "new");
  CHECK((test::mode_of(folder.path("draft")) & 0700U) == 0600);
  CHECK(folder.entries() == 1);
}

TEST_CASE("a new folder is called unverified until it is committed, and vanishes otherwise") {
  const TemporaryFolder folder;
  {
    auto directory = NewDirectory::create(folder.path("out")).value();
    REQUIRE(directory.begin_file("report.json"));
    REQUIRE(directory.write(as_bytes("{}")));
    REQUIRE(directory.end_file());
    REQUIRE(directory.begin_file("attachments/001.jpg"));
    CHECK_FALSE(std::filesystem::exists(folder.path("out")));
    CHECK(folder.entries() == 1);
    CHECK(std::filesystem::directory_iterator(folder.path(""))
              ->path()
              .filename()
              .string()
              .starts_with("out.unverified-"));
  }
  CHECK(folder.entries() == 0);
  auto directory = NewDirectory::create(folder.path("out")).value();
  REQUIRE(directory.begin_file("attachments/001.jpg"));
  REQUIRE(directory.write(as_bytes("photo")));
  REQUIRE(directory.end_file());
  REQUIRE(directory.commit());
  CHECK(test::read(folder.path("out/attachments/001.jpg")) == "photo");
  CHECK(test::mode_of(folder.path("out")) == 0700);
  CHECK(test::mode_of(folder.path("out/attachments")) == 0700);
  CHECK(test::mode_of(folder.path("out/attachments/001.jpg")) == 0600);
  CHECK(NewDirectory::create(folder.path("out")).error().code == Errc::conflict);
}

TEST_CASE("a new folder takes no name that could leave it") {
  const TemporaryFolder folder;
  auto directory = NewDirectory::create(folder.path("out")).value();
  for (const char* name : {"", ".", "..", "../x", "/etc/x", "a/../x", "a//b", "a/b/c/d/e", "a/", "/a",
                           ".hidden", "A", "a b", "a\\b", "a\nb", "attachments/.x", "a:b"}) {
    INFO(name);
    CHECK_FALSE(directory.begin_file(name));
  }
  REQUIRE(directory.begin_file("attachments/001"));
  CHECK_FALSE(directory.begin_file("attachments/001"));
}

TEST_CASE("a new folder holds folders in each other, and two files open at once; all of it goes or stays") {
  const TemporaryFolder folder;
  for (const bool keep : {false, true}) {
    auto directory = NewDirectory::create(folder.path("bag")).value();
    const Descriptor first = directory.make_file("data/report/attachments/001").value();
    const Descriptor second = directory.make_file("data/report-2/report.json").value();
    REQUIRE(write_full(first.get(), as_bytes("one"), "first"));
    REQUIRE(write_full(second.get(), as_bytes("two"), "second"));
    CHECK_FALSE(directory.make_file("data/report"));
    if (!keep) continue;
    REQUIRE(directory.commit());
    CHECK(test::read(folder.path("bag/data/report/attachments/001")) == "one");
    CHECK(test::read(folder.path("bag/data/report-2/report.json")) == "two");
    CHECK(test::mode_of(folder.path("bag/data/report/attachments")) == 0700);
  }
  CHECK(folder.entries() == 1);
}

TEST_CASE("a new folder does not write through a link that appears in it") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path("elsewhere"));
  auto directory = NewDirectory::create(folder.path("out")).value();
  REQUIRE(directory.begin_file("data/a"));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path(""))) {
    if (entry.path().filename() == "elsewhere") continue;
    std::filesystem::remove_all(entry.path() / "data");
    std::filesystem::create_directory_symlink(folder.path("elsewhere"), entry.path() / "data");
  }
  CHECK_FALSE(directory.begin_file("data/b"));
  CHECK(std::filesystem::is_empty(folder.path("elsewhere")));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path("")))
    std::filesystem::remove(entry.path() / "data");
}

TEST_CASE("reading has a bound, and takes regular files for attachments only") {
  const TemporaryFolder folder;
  REQUIRE(write_new_file(folder.path("ten"), as_bytes("0123456789")));
  CHECK(read_text_file(folder.path("ten"), 10).value() == "0123456789");
  CHECK(read_text_file(folder.path("ten"), 9).error().code == Errc::too_large);
  CHECK(read_text_file(folder.path("none"), 9).error().code == Errc::not_found);
  CHECK(open_input(folder.path("ten")).value().bytes == 10);
  CHECK_FALSE(open_input("/dev/zero"));
  CHECK_FALSE(open_input(folder.path("")));
}

// Runs out of room as a full disk does; the signal that the kernel sends with it is ignored, as run() does.
class NoMoreThan {
 public:
  explicit NoMoreThan(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~NoMoreThan() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, before_action_);
  }
  NoMoreThan(const NoMoreThan&) = delete;
  NoMoreThan& operator=(const NoMoreThan&) = delete;

 private:
  rlimit before_{};
  void (*before_action_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

TEST_CASE("a file that cannot grow leaves nothing behind, and says what to do") {
  const TemporaryFolder folder;
  const Bytes much(200'000);
  {
    const NoMoreThan limit(100'000);
    const auto failed = write_new_file(folder.path("a"), much);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().text.find("another disk") != std::string::npos);
    auto directory = NewDirectory::create(folder.path("out")).value();
    REQUIRE(directory.begin_file("report.json"));
    CHECK_FALSE(directory.write(much));
  }
  CHECK(folder.entries() == 0);
}

TEST_CASE("what is wrong with a file is said with its name and a remedy") {
  const TemporaryFolder folder;
  const auto text_of = [](const Failure& failure) { return failure.text; };
  const std::string none = text_of(read_text_file(folder.path("none"), 9).error());
  CHECK(none ==
        folder.path("none") + ": there is no such file. Check its name, and the folder that you are in.");
  CHECK(text_of(read_text_file(folder.path(""), 9).error()).find("is a folder. Name a file.") !=
        std::string::npos);
  CHECK(text_of(NewFile::create(folder.path("no/a")).error()).find("Make it first (mkdir)") !=
        std::string::npos);
  REQUIRE(write_new_file(folder.path("a"), as_bytes("x")));
  CHECK(text_of(NewFile::create(folder.path("a/b")).error()).find("is a file and not a folder") !=
        std::string::npos);
  CHECK(text_of(open_input("/dev/full").error()).find("not a regular file") != std::string::npos);
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  CHECK(text_of(write_full(full, as_bytes("x"), "disk").error()).starts_with("disk: the disk is full."));
  ::close(full);
}

}  // namespace
}  // namespace candour::cli
