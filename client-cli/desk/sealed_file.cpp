// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/sealed_file.h"

#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"

namespace candour::cli {
namespace {

constexpr std::size_t read_bytes = 256 << 10;

}  // namespace

Outcome<> read_sealed_file(const std::string& path, const std::function<Outcome<>(ByteView)>& sink) {
  auto file = open_input(path);
  if (!file) return fail(file);
  Bytes buffer(read_bytes);
  for (bool first = true;; first = false) {
    auto got = read_full(file->fd.get(), buffer, path);
    if (!got) return fail(got);
    if (*got == 0) return {};
    const ByteView piece = ByteView(buffer).first(*got);
    auto done = sink(piece);
    const FileKind kind = first ? kind_of(as_text(piece)) : FileKind::sealed;
    if (!done && kind != FileKind::sealed && kind != FileKind::unknown) {
      return fail_as(path, as_text(piece), FileKind::sealed, done.error());
    }
    if (!done) return done;
  }
}

}  // namespace candour::cli
