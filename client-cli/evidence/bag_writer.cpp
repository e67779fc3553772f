// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/bag_writer.h"

#include <unistd.h>

#include "client-cli/evidence/bag_layout.h"
#include "client-cli/files/file_failure.h"
#include "client-cli/files/read_file.h"
#include "client-cli/keys.h"
#include "crypto/sign/note.h"

namespace candour::cli {

Outcome<BagWriter> BagWriter::create(const std::string& path) {
  auto directory = NewDirectory::create(path);
  if (!directory) return fail(directory);
  return BagWriter(*std::move(directory));
}

Outcome<BagWriter::File> BagWriter::begin(std::string_view path) {
  auto fd = directory_.make_file(path);
  if (!fd) return fail(fd);
  return File(*this, *std::move(fd), std::string(path));
}

Outcome<> BagWriter::File::write(ByteView bytes) {
  hash_.update(bytes);
  bytes_ += bytes.size();
  return write_full(fd_.get(), bytes, bag_->directory_.path());
}

Outcome<Digest> BagWriter::File::end() {
  if (::fsync(fd_.get()) != 0) return fail_file(bag_->directory_.path(), Access::write);
  fd_.close();
  const Digest digest = hash_.finish();
  const bool is_payload = path_.starts_with("data/");
  if (is_payload) bag_->payload_bytes_ += bytes_;
  (is_payload ? bag_->payload_ : bag_->tags_).emplace(path_, digest);
  return digest;
}

Outcome<> BagWriter::add(std::string_view path, std::string_view content) {
  auto file = begin(path);
  if (!file) return fail(file);
  if (auto done = file->write(as_bytes(content)); !done) return done;
  if (auto ended = file->end(); !ended) return fail(ended);
  return {};
}

Outcome<BagWriter::Sealed> BagWriter::finish(std::vector<ReportId> reports, Day today, const KeyFile& key,
                                             std::string_view agent) {
  const BagOxum payload{payload_bytes_, payload_.size()};
  BagInfo info{{"Bagging-Date", today.encode()}, {std::string(bag_oxum_label), payload.encode()}};
  for (const ReportId& report : reports) info.emplace_back("External-Identifier", report.encode());
  info.emplace_back("Bag-Software-Agent", agent);
  const std::string manifest = encode_bag_manifest(payload_);
  const std::pair<std::string_view, std::string> covered[] = {
      {bag_declaration_file, std::string(bag_declaration())},
      {bag_info_file, encode_bag_info(info)},
      {bag_manifest_file, manifest}};
  for (const auto& [path, content] : covered)
    if (auto added = add(path, content); !added) return fail(added);
  const EvidenceNote what{.reports = std::move(reports),
                          .day = today,
                          .bagit = tags_.find(bag_declaration_file)->second,
                          .info = tags_.find(bag_info_file)->second,
                          .manifest = tags_.find(bag_manifest_file)->second};
  Sealed sealed{.text = encode_evidence(what), .manifest_sha256 = what.manifest, .payload = payload};
  const auto note = sign::sign_note(sealed.text, key.name, signing_key_of(key));
  if (!note) return fail(note);
  if (auto added = add(bag_signature_file, *note); !added) return fail(added);
  if (auto added = add(bag_tag_manifest_file, encode_bag_manifest(tags_)); !added) return fail(added);
  if (auto named = directory_.commit(); !named) return fail(named);
  return sealed;
}

Outcome<> BagFolder::begin_file(std::string_view name) {
  auto file = bag_.begin(folder_ + std::string(name));
  if (!file) return fail(file);
  file_.emplace(*std::move(file));
  return {};
}

Outcome<> BagFolder::end_file() {
  auto ended = file_->end();
  file_.reset();
  if (!ended) return fail(ended);
  return {};
}

}  // namespace candour::cli
