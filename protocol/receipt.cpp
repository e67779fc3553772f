// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/receipt.h"

#include <algorithm>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "protocol/limits.h"
#include "protocol/lines.h"

namespace candour {
namespace {

constexpr std::size_t short_code_bytes = 10;

}  // namespace

std::string encode_receipt(const Receipt& receipt) {
  return std::string(label::receipt) + "\nreport " + receipt.report.encode() + "\nsha256 " +
         hex_encode(receipt.sha256) + "\nday " + receipt.day.encode() + '\n';
}

Result<Receipt> parse_receipt(std::string_view text) {
  Lines lines(text);
  if (!lines.take(label::receipt)) return fail(Errc::malformed, "this note is not a receipt");
  const auto report = lines.field("report");
  const auto sha256 = lines.field("sha256");
  const auto day = lines.field("day");
  if (!report || !sha256 || !day || !lines.at_end()) {
    return fail(Errc::malformed, "a receipt has the lines report, sha256, day");
  }
  Receipt receipt;
  const auto id = ReportId::parse(*report);
  if (!id) return fail(id);
  const auto arrival = Day::parse(*day);
  if (!arrival) return fail(arrival);
  receipt.report = *id;
  receipt.day = *arrival;
  if (!hex_decode_into(*sha256, receipt.sha256)) {
    return fail(Errc::malformed, "the hash of a receipt is 64 hex digits in lower case");
  }
  return receipt;
}

Result<Receipt> verify_receipt(std::string_view note, const NoteVerifierKey& receipt_key) {
  if (note.size() > limits::small_note_bytes_max) return fail(Errc::too_large, "the receipt is too long");
  const auto verified = verify_note(note, {&receipt_key, 1});
  if (!verified) return fail(verified);
  return parse_receipt(verified->text());
}

std::string short_code(const Digest& sha256) {
  std::string code = crockford_encode(ByteView(sha256).first(short_code_bytes));
  for (const std::size_t at : {12U, 8U, 4U}) code.insert(at, 1, '-');
  return code;
}

Result<bool> matches_short_code(std::string_view typed, const Digest& sha256) {
  const auto bytes = crockford_decode(typed, short_code_bytes);
  if (!bytes)
    return fail(Errc::malformed, "a receipt code has 16 letters and digits: check it against the paper");
  return std::ranges::equal(*bytes, ByteView(sha256).first(short_code_bytes));
}

}  // namespace candour
