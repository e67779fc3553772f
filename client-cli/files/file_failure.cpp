// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/file_failure.h"

#include <cerrno>
#include <cstring>
#include <string>

#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

std::string cause_and_remedy(int error, Access access) {
  const bool reads = access == Access::read;
  switch (error) {
    case ENOENT:
      return reads ? "there is no such file. Check its name, and the folder that you are in."
                   : "there is no such folder to write into. Make it first (mkdir), or name another.";
    case EACCES:
    case EPERM:
      return reads ? "you may not read this. Ask its owner, or check its rights with ls -l."
                   : "you may not write here. Choose a folder that is yours.";
    case EISDIR:
      return "is a folder. Name a file.";
    case ENOTDIR:
      return "a part of this name is a file and not a folder. Check the name.";
    case ENAMETOOLONG:
      return "the name is too long. Choose a shorter one.";
    case ELOOP:
      return "the name leads through too many links. Name the file itself.";
    case ENOSPC:
    case EDQUOT:
      return "the disk is full. Make room, or choose a folder on another disk.";
    case EFBIG:
      return "the file becomes larger than is allowed here. Choose a folder on another disk, or raise the "
             "limit "
             "(ulimit -f).";
    case EROFS:
      return "the disk can only be read. Choose a folder on another disk.";
    case EPIPE:
      return "whoever was to receive the output has closed it. Try again, into a file.";
    case EIO:
      return "the disk reports an error. Try another disk, and take care of what is on this one.";
    default:
      return fmt::format("it cannot be {} ({}). Check the file and its disk, and try again.",
                         reads ? "read" : "written", std::strerror(error));
  }
}

}  // namespace

std::unexpected<Failure> fail_file(std::string_view name, Access access) {
  const int error = errno;
  return fail_with(error == ENOENT ? Errc::not_found : Errc::io,
                   fmt::format("{}: {}", visible_line(name), cause_and_remedy(error, access)));
}

std::unexpected<Failure> fail_taken(std::string_view name) {
  return fail_with(Errc::conflict,
                   fmt::format("{}: is there already, and nothing is overwritten. Choose another "
                               "name, or move it away first.",
                               visible_line(name)));
}

}  // namespace candour::cli
