// SPDX-License-Identifier: AGPL-3.0-or-later
// The tar inside a report: whatever the bytes, only our three kinds of name come out, and an accepted archive is the
// one that our writer makes of the same members.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <algorithm>

#include "crypto/core/init.h"
#include "protocol/archive.h"

using namespace candour;

namespace {

struct Collector : ArchiveVisitor {
  Result<> begin_member(std::string_view name, std::uint64_t bytes) override {
    if (name != report_member && name != manifest_member && attachment_number(name) != names.size())
      std::abort();
    names.emplace_back(name);
    sizes.push_back(bytes);
    contents.emplace_back();
    return {};
  }
  Result<> member_bytes(ByteView bytes) override {
    append(contents.back(), bytes);
    return {};
  }
  Result<> end_member(const ManifestFile& file) override {
    if (file.bytes != contents.back().size() || file.bytes != sizes.back()) std::abort();
    return {};
  }
  std::vector<std::string> names;
  std::vector<std::uint64_t> sizes;
  std::vector<Bytes> contents;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const ByteView archive(data, size);
  Collector whole;
  ArchiveReader reader(whole);
  const bool accepted = reader.push(archive) && reader.finish();

  Collector pieces;
  ArchiveReader slow(pieces);
  bool same = true;
  for (std::size_t i = 0; same && i < size; i += 100)
    same = slow.push(archive.subspan(i, std::min<std::size_t>(100, size - i))).has_value();
  if ((same && slow.finish()) != accepted) std::abort();
  if (!accepted) return 0;

  Bytes written;
  ArchiveWriter writer([&](ByteView bytes) -> Result<> {
    append(written, bytes);
    return {};
  });
  for (std::size_t i = 0; i < whole.names.size(); ++i) {
    if (!writer.begin(whole.names[i], whole.sizes[i]) || !writer.write(whole.contents[i])) std::abort();
  }
  if (!writer.finish()) std::abort();
  const std::size_t common = std::min(size, written.size());
  if (!std::ranges::equal(archive.first(common), ByteView(written).first(common))) std::abort();
  return 0;
}
