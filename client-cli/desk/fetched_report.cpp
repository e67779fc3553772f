// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/fetched_report.h"

#include <algorithm>

#include "crypto/core/age_header.h"
#include "crypto/open/opener.h"

namespace candour::cli {

Outcome<CaseworkerId> owner_of(const KeyFile& key) {
  auto id = CaseworkerId::from_key_name(key.name);
  if (!id) return fail_about("the key file", id);
  return *std::move(id);
}

Outcome<Digest> fetch_report(DeskSession& session, const ListedReport& listed, const HttpClient::Sink& sink) {
  Sha256 hash;
  std::uint64_t bytes = 0;
  auto done = session.download(listed.id, [&](ByteView sealed) -> Outcome<> {
    bytes += sealed.size();
    if (bytes > listed.bytes)
      return fail_with(Errc::too_large, "the server sends more bytes than it had listed. Try again.");
    hash.update(sealed);
    return sink(sealed);
  });
  if (!done) return fail(done);
  return hash.finish();
}

namespace {

// A whole report as it comes, and its header besides.
struct Stream {
  ReportOpener opener;
  Bytes beginning;
  std::optional<Failure> no_key;

  Outcome<> update(ByteView sealed) {
    append(beginning, sealed.first(std::min(sealed.size(), age_header_bytes_max - beginning.size())));
    if (no_key) return {};
    auto done = opener.update(sealed);
    if (done || done.error().code != Errc::no_match) return done;
    no_key = done.error();
    return {};
  }
};

}  // namespace

// The whole report, although only its author is wanted: her signature over it comes last.
Outcome<ReadReport> read_report(DeskSession& session, const ReportAccess& access, const ListedReport& listed,
                                NewFiles* files, Unopened* why) {
  Stream report{
      .opener = ReportOpener(access.identities, access.who, files, 1), .beginning = {}, .no_key = {}};
  auto sealed_sha256 = fetch_report(session, listed, [&](ByteView sealed) { return report.update(sealed); });
  auto shared = read_shared_key(report.beginning, access.identities);
  if (!sealed_sha256) return fail(sealed_sha256);
  if (report.no_key && why != nullptr) {
    if (shared) why->waits = *std::move(shared);
    why->has_no_key = !why->waits;
  }
  if (report.no_key) return std::unexpected(*report.no_key);
  if (!shared) return fail(shared);
  auto opened = report.opener.finish();
  if (!opened) return fail(opened);
  if (auto same = access.check_sealed(*sealed_sha256, opened->manifest.manifest()); !same) return fail(same);
  return ReadReport{*std::move(opened), *sealed_sha256, *std::move(shared)};
}

Outcome<ReportKey> read_report_key(DeskSession& session, const ReportAccess& access,
                                   const ListedReport& listed) {
  Stream report{
      .opener = ReportOpener(access.identities, access.who, nullptr, 1), .beginning = {}, .no_key = {}};
  auto sealed_sha256 = fetch_report(session, listed, [&](ByteView sealed) { return report.update(sealed); });
  if (!sealed_sha256) return fail(sealed_sha256);
  if (report.no_key) return std::unexpected(*report.no_key);
  const auto opened = report.opener.finish();
  if (!opened) return fail(opened);
  if (auto same = access.check_sealed(*sealed_sha256, opened->manifest.manifest()); !same) return fail(same);
  auto file_key = open::file_key_of(access.identities, report.beginning);
  if (!file_key) return fail(file_key);
  return ReportKey{*std::move(file_key), *sealed_sha256};
}

}  // namespace candour::cli
