// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/opened_report.h"

#include <algorithm>
#include <utility>

#include "protocol/limits.h"

namespace candour::cli {

ReportOpener::ReportOpener(const std::vector<open::Identity>& identities, const Opener& opener,
                           NewFiles* files, unsigned threads)
    : opener_(opener),
      files_(files),
      unsigned_(files, stash_),
      archive_(*this),
      age_(identities, {.threads = threads}, [this](open::Provisional piece) { return take(piece.bytes); }) {}

Result<> ReportOpener::take(ByteView plain) {
  if (!is_report_) {
    append(beginning_, plain);
    return beginning_.size() < archive_block_bytes ? Result<>() : decide();
  }
  if (!*is_report_) return unsigned_.write(plain);
  auto pushed = archive_.push(plain);
  archive_failed_ = !pushed;
  return pushed;
}

Result<> ReportOpener::decide() {
  is_report_ = UnsignedContents::is_report(beginning_);
  const Bytes beginning = std::exchange(beginning_, {});
  return take(beginning);
}

// The whole sealed file is there; nothing about what is in it.
Outcome<> ReportOpener::end_sealed() {
  if (std::exchange(ended_, true)) return {};
  if (auto done = age_.finish(); !done) return failure(done);
  if (is_report_) return {};
  if (auto decided = decide(); !decided) return failure(decided);
  return {};
}

Outcome<std::optional<std::string>> ReportOpener::finish_unsigned() {
  if (auto ended = end_sealed(); !ended) return fail(ended);
  if (*is_report_) return std::nullopt;
  if (auto done = unsigned_.finish(); !done) return failure(done);
  return unsigned_.file();
}

template <class T>
std::unexpected<Failure> ReportOpener::failure(const Result<T>& failed) const {
  // The disk's words say all: the report may be good.
  if (stash_.kept()) return fail_with(stash_.kept()->code, stash_.kept()->text + " Nothing of it was kept.");
  const Failure cause(failed.error());
  const char* what = archive_failed_ ? "what was sealed is not a report" : "the sealed report does not open";
  return fail_with(cause.code, fmt::format("{}: {} Nothing of it was kept.", what, cause.text));
}

Outcome<> ReportOpener::update(ByteView sealed) {
  if (auto done = age_.update(sealed); !done) return failure(done);
  return {};
}

Result<> ReportOpener::begin_member(std::string_view member, std::uint64_t bytes) {
  const bool is_report = member == report_member;
  const bool is_manifest = member == manifest_member;
  keep_ = is_report ? &report_json_ : is_manifest ? &manifest_note_ : nullptr;
  if ((is_report && bytes > limits::report_json_bytes_max) ||
      (is_manifest && bytes > limits::manifest_bytes_max)) {
    return candour::fail(Errc::too_large, "report.json or the manifest is larger than it may be.");
  }
  if (keep_ != nullptr) *keep_ = SecretBytes(bytes);
  kept_bytes_ = 0;
  return files_ == nullptr ? Result<>() : stash_.stop_on(files_->begin_file(member));
}

Result<> ReportOpener::member_bytes(ByteView bytes) {
  if (keep_ != nullptr) {
    std::ranges::copy(bytes, keep_->writable().subspan(kept_bytes_).begin());
    kept_bytes_ += bytes.size();
  }
  return files_ == nullptr ? Result<>() : stash_.stop_on(files_->write(bytes));
}

Result<> ReportOpener::end_member(const ManifestFile&) {
  return files_ == nullptr ? Result<>() : stash_.stop_on(files_->end_file());
}

Outcome<OpenedReport> ReportOpener::finish() {
  if (auto ended = end_sealed(); !ended) return fail(ended);
  if (!*is_report_) {
    return fail_with(
        Errc::unsupported,
        "what was sealed is not a report: it has no manifest and no author. Nothing of it was kept.");
  }
  auto files = archive_.finish();
  archive_failed_ = !files;
  if (!files) return failure(files);
  archive_failed_ = true;  // from here on it is the contents that are wrong
  auto report = parse_report(as_text(report_json_.reveal()));
  if (!report) return failure(report);
  auto manifest = open_manifest(as_text(manifest_note_.reveal()), *report, *files, opener_);
  if (!manifest) {
    return fail_with(manifest.error().code, Failure(manifest.error()).text + " Nothing of it was kept.");
  }
  return OpenedReport{*std::move(report), *std::move(manifest)};
}

}  // namespace candour::cli
