// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/bag_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "client-cli/evidence/bag_layout.h"
#include "client-cli/evidence/bag_text.h"
#include "client-cli/files/file_failure.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/visible.h"
#include "protocol/archive.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t files_max = 200'000;
constexpr std::size_t depth_max = 16;
constexpr std::size_t declaration_bytes_max = 1 << 10;
constexpr std::size_t read_bytes = 1 << 20;

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

class Reader {
 public:
  explicit Reader(std::string name) : name_(std::move(name)), buffer_(read_bytes) {}

  // `prefix`: of the paths in it, with a slash at its end, or nothing.
  Outcome<> read_folder(Descriptor folder, const std::string& prefix, std::size_t depth) {
    if (depth > depth_max) return too_much();
    auto names = names_in(folder, prefix);
    if (!names) return fail(names);
    for (const std::string& name : *names) {
      if (++seen_ > files_max) return too_much();
      const std::string path = prefix + name;
      struct stat status{};
      if (::fstatat(folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return unreadable(path);
      if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode)) {
        tree_.findings.push_back({path, S_ISLNK(status.st_mode)
                                            ? "is a link. A bag holds files alone; it was not followed."
                                            : "is a device, pipe or socket. A bag holds files alone."});
        continue;
      }
      const bool is_folder = S_ISDIR(status.st_mode);
      // It may have been changed since it was looked at: no link is followed, and nothing is waited for.
      Descriptor entry(::openat(
          folder.get(), name.c_str(),
          O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (is_folder ? O_DIRECTORY : 0)));
      if (!entry) return unreadable(path);
      auto done = is_folder ? read_folder(std::move(entry), path + "/", depth + 1) : read_file(entry, path);
      if (!done) return done;
    }
    return {};
  }

  BagTree take() { return std::move(tree_); }

 private:
  std::unexpected<Failure> too_much() const {
    return fail_with(
        Errc::too_large,
        fmt::format("{}: has more files or folders in each other than a bag that is checked here "
                    "({}, {}).",
                    visible_line(name_), files_max, depth_max));
  }
  std::unexpected<Failure> unreadable(const std::string& path) const {
    return fail_file(name_ + "/" + path, Access::read);
  }

  Outcome<std::vector<std::string>> names_in(const Descriptor& folder, const std::string& prefix) {
    // A descriptor of its own, which is closed with the stream.
    const int own = ::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (own < 0) return unreadable(prefix);
    const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(own));
    if (!stream) {
      ::close(own);
      return unreadable(prefix);
    }
    std::vector<std::string> names;
    for (errno = 0; const dirent* entry = ::readdir(stream.get()); errno = 0) {
      std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (names.size() == files_max) return too_much();
      names.push_back(std::move(name));
    }
    if (errno != 0) return unreadable(prefix);
    std::ranges::sort(names);
    return names;
  }

  Outcome<> read_file(const Descriptor& file, const std::string& path) {
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return unreadable(path);
    if (!S_ISREG(status.st_mode)) {
      tree_.findings.push_back({path, "was changed while it was read. Try again."});
      return {};
    }
    BagFile out;
    Sha256 hash;
    const std::size_t kept_max = bag_content_bytes_max(path);
    std::string content;
    while (true) {
      auto got = read_full(file.get(), buffer_, name_ + "/" + path);
      if (!got) return fail(got);
      if (*got == 0) break;
      const ByteView piece = ByteView(buffer_).first(*got);
      hash.update(piece);
      out.bytes += piece.size();
      if (out.bytes <= kept_max) content += as_text(piece);
    }
    out.sha256 = hash.finish();
    if (kept_max != 0 && out.bytes <= kept_max) out.content = std::move(content);
    tree_.files.emplace(path, std::move(out));
    return {};
  }

  std::string name_;
  Bytes buffer_;
  BagTree tree_;
  std::size_t seen_ = 0;
};

}  // namespace

std::size_t bag_content_bytes_max(std::string_view path) {
  if (path == bag_declaration_file) return declaration_bytes_max;
  if (path == bag_info_file) return bag_info_bytes_max;
  if (path == bag_manifest_file || path == bag_tag_manifest_file) return bag_manifest_bytes_max;
  if (path == bag_signature_file) return limits::small_note_bytes_max;
  if (path == bag_roster_file) return limits::roster_bytes_max;
  const auto place = place_in_report(path);
  if (!place) return 0;
  if (place->member == report_member) return limits::report_json_bytes_max;
  if (place->member == manifest_member) return limits::manifest_bytes_max;
  return place->member == receipt_member ? limits::small_note_bytes_max : 0;
}

Outcome<BagTree> read_bag(const std::string& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder && errno == ENOTDIR) {
    return fail_with(Errc::refused,
                     fmt::format("{}: is not a folder, which a bag is. Unpack it first, and name its folder.",
                                 visible_line(path)));
  }
  if (!folder) return fail_file(path, Access::read);
  Reader reader(path);
  if (auto read = reader.read_folder(std::move(folder), "", 0); !read) return fail(read);
  return reader.take();
}

}  // namespace candour::cli
