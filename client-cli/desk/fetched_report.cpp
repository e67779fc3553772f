// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/fetched_report.h"

namespace candour::cli {

Outcome<CaseworkerId> owner_of(const KeyFile& key) {
  auto id = CaseworkerId::from_key_name(key.name);
  if (!id) return fail_about("the key file", id);
  return *std::move(id);
}

Outcome<Digest> fetch_report(DeskSession& session, const ListedReport& listed, ReportOpener& opener) {
  Sha256 hash;
  std::uint64_t bytes = 0;
  auto done = session.download(listed.id, [&](ByteView sealed) -> Outcome<> {
    bytes += sealed.size();
    if (bytes > listed.bytes)
      return fail_with(Errc::too_large, "the server sends more bytes than it had listed. Try again.");
    hash.update(sealed);
    return opener.update(sealed);
  });
  if (!done) return fail(done);
  return hash.finish();
}

}  // namespace candour::cli
