// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/send.h"

#include "client-cli/stash.h"
#include "crypto/seal/sealer.h"
#include "crypto/sign/note.h"
#include "protocol/archive.h"
#include "protocol/sealed_report.h"

namespace candour::cli {
namespace {

constexpr std::size_t read_bytes = 256 << 10;

Outcome<> add_attachment(ArchiveWriter& archive, const Stash& stash, const InputFile& file,
                         const std::string& member) {
  if (auto begun = archive.begin(member, file.bytes); !begun) return stash.failure(begun);
  Bytes buffer(read_bytes);
  std::uint64_t left = file.bytes;
  while (left > 0) {
    auto got = read_full(file.fd.get(), std::span(buffer).first(std::min<std::uint64_t>(left, buffer.size())),
                         file.path);
    if (!got) return fail(got);
    if (*got == 0) {
      return fail_with(Errc::conflict,
                       fmt::format("{}: became shorter while it was sent. Nothing was kept; close what "
                                   "writes to it and try again.",
                                   file.path));
    }
    if (auto put = archive.write(ByteView(buffer).first(*got)); !put) return stash.failure(put);
    left -= *got;
  }
  return {};
}

Outcome<> fill(ArchiveWriter& archive, const Stash& stash, Composed& report, const ReporterKeys& keys) {
  if (auto begun = archive.begin(report_member, report.report_json.size()); !begun)
    return stash.failure(begun);
  if (auto put = archive.write(report.report_json.reveal()); !put) return stash.failure(put);
  for (std::size_t i = 0; i < report.attachments.size(); ++i) {
    auto added = add_attachment(archive, stash, report.attachments[i], report.manifest.files[i + 1].member);
    if (!added) return added;
  }
  const std::size_t announced = manifest_note_bytes(report.manifest);
  auto files = archive.files();
  if (!files) return fail(files);
  report.manifest.files = *std::move(files);
  auto note = sign::sign_note(encode_manifest(report.manifest), author_key_name, keys.authorship());
  if (!note) return fail(note);
  if (auto begun = archive.begin(manifest_member, announced); !begun) return stash.failure(begun);
  if (auto put = archive.write(as_bytes(*note)); !put) return stash.failure(put);
  if (auto done = archive.finish(); !done) return stash.failure(done);
  return {};
}

Outcome<std::vector<seal::Recipient>> recipients_of(const Composed& report, const Audience& audience) {
  std::vector<seal::Recipient> recipients;
  if (report.held_for) {
    recipients.emplace_back(*report.held_for);
    return recipients;
  }
  for (const Audience::Member& member : audience.members) {
    auto recipient = seal::parse_recipient(member.recipient);
    if (!recipient) return fail_about(member.id.text(), recipient);
    recipients.push_back(*std::move(recipient));
  }
  return recipients;
}

}  // namespace

Outcome<> seal_report(Composed report, const Audience& audience, std::size_t places, const ReporterKeys& keys,
                      unsigned threads, const SealedSink& sink) {
  const auto recipients = recipients_of(report, audience);
  if (!recipients) return fail(recipients);
  Stash stash;
  seal::SealOptions how{.places = places, .threads = threads};
  if (audience.threshold > 1) how.sharing = {audience.threshold, audience_sha256(audience.ids())};
  auto sealer = seal::Sealer::to_recipients(*recipients, how,
                                            [&](ByteView sealed) { return stash.stop_on(sink(sealed)); });
  if (!sealer) return stash.failure(sealer);
  ArchiveWriter archive([&](ByteView bytes) { return sealer->update(bytes); });
  if (auto filled = fill(archive, stash, report, keys); !filled) return fail(filled);
  if (auto sealed = sealer->finish(); !sealed) return stash.failure(sealed);
  return {};
}

Outcome<Upload::Done> seal_and_send(HttpClient& server, Composed report, const Audience& audience,
                                    std::size_t places, const ReporterKeys& keys, unsigned threads,
                                    Upload::Progress progress) {
  Upload upload(server, report.manifest.report, audience.ids(), places,
                sealed_report_bytes(archive_bytes_of(report), places, audience.threshold),
                std::move(progress));
  if (auto begun = upload.begin(); !begun) return fail(begun);
  auto sealed = seal_report(std::move(report), audience, places, keys, threads,
                            [&](ByteView bytes) { return upload.put(bytes); });
  if (!sealed) return fail(sealed);
  return upload.finish();
}

}  // namespace candour::cli
