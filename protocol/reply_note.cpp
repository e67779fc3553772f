// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/reply_note.h"

#include <algorithm>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "crypto/core/utf8.h"
#include "protocol/json.h"
#include "protocol/limits.h"
#include "protocol/lines.h"
#include "protocol/sealing_key_note.h"

namespace candour {
namespace {

constexpr Literal not_a_reply = "a reply has the lines report, sha256, to, number, day, kind, text";

Result<ReplyKind> parse_kind(std::string_view text) {
  for (const auto kind : {ReplyKind::message, ReplyKind::opened}) {
    if (text == name_of(kind)) return kind;
  }
  return fail(Errc::unsupported, "a reply of this kind is not known here");
}

// All but its kind and words.
Result<Reply> parse_fields(Lines& lines) {
  const auto report = lines.field("report");
  const auto sha256 = lines.field("sha256");
  const auto to = lines.field("to");
  const auto number = lines.field("number");
  const auto day = lines.field("day");
  if (!report || !sha256 || !to || !number || !day) return fail(Errc::malformed, not_a_reply);
  const auto id = ReportId::parse(*report);
  if (!id) return fail(id);
  const auto written = Day::parse(*day);
  if (!written) return fail(written);
  const auto n = parse_decimal(*number);
  if (!n) return fail(Errc::malformed, "the number of a reply is in decimal");
  if (!is_post_quantum_recipient(*to))
    return fail(Errc::malformed, "the recipient of a reply is not an age1pq1 recipient");
  Reply reply{.report = *id, .to = std::string(*to), .number = *n, .day = *written, .words = {}};
  if (!hex_decode_into(*sha256, reply.sha256))
    return fail(Errc::malformed, "the hash of a reply is 64 hex digits in lower case");
  return reply;
}

// "BYTES SHA256 NAME"
Result<ReplyFile> parse_file(std::string_view line) {
  constexpr Literal message = "the file of a reply has 1 to 524288 bytes, a hash, and a name of one line";
  const auto after_bytes = line.find(' ');
  const auto after_hash =
      after_bytes == std::string_view::npos ? after_bytes : line.find(' ', after_bytes + 1);
  if (after_hash == std::string_view::npos) return fail(Errc::malformed, message);
  ReplyFile file;
  const auto bytes = parse_decimal(line.substr(0, after_bytes));
  if (!bytes || *bytes < 1 || *bytes > reply_file_bytes_max ||
      !hex_decode_into(line.substr(after_bytes + 1, after_hash - after_bytes - 1), file.sha256))
    return fail(Errc::malformed, message);
  file.bytes = *bytes;
  file.name = line.substr(after_hash + 1);
  if (!json::is_line(file.name, limits::name_bytes_max)) return fail(Errc::malformed, message);
  return file;
}

}  // namespace

std::string_view name_of(ReplyKind kind) { return kind == ReplyKind::opened ? "opened" : "message"; }

Result<> check_reply_words(std::string_view words, bool beside_file) {
  if (words.empty()) return fail(Errc::malformed, "a message has no words");
  if (words.size() > (beside_file ? reply_words_beside_file_bytes_max : reply_words_bytes_max))
    return fail(Errc::too_large, "a message has more words than fit into a drop");
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (!is_valid_utf8(words) || std::ranges::any_of(words, is_control))
    return fail(Errc::unsupported, "a message holds control characters, or is not UTF-8");
  return {};
}

std::string encode_reply(const Reply& reply) {
  std::string text(label::reply);
  text += "\nreport " + reply.report.encode() + "\nsha256 " + hex_encode(reply.sha256) + "\nto " + reply.to +
          "\nnumber " + std::to_string(reply.number) + "\nday " + reply.day.encode() + "\nkind ";
  text += name_of(reply.kind);
  if (reply.file)
    text += "\nfile " + std::to_string(reply.file->bytes) + ' ' + hex_encode(reply.file->sha256) + ' ' +
            reply.file->name;
  text += "\ntext\n";
  if (reply.kind == ReplyKind::message) text += reply.words + '\n';
  return text;
}

Result<Reply> parse_reply(std::string_view text) {
  Lines lines(text);
  if (!lines.take(label::reply)) return fail(Errc::malformed, "this note is not a reply");
  auto reply = parse_fields(lines);
  if (!reply) return reply;
  const auto named = lines.field("kind");
  const auto with_file = lines.field("file");
  if (!named || !lines.take("text")) return fail(Errc::malformed, not_a_reply);
  const auto kind = parse_kind(*named);
  if (!kind) return fail(kind);
  reply->kind = *kind;
  if (*kind == ReplyKind::opened) {
    if (!lines.at_end() || with_file) return fail(Errc::malformed, "a reply of the kind opened has no words");
    return reply;
  }
  const std::string_view rest = lines.rest();
  if (!rest.ends_with('\n')) return fail(Errc::malformed, "a message has no words");
  reply->words = rest.substr(0, rest.size() - 1);
  if (with_file) {
    auto file = parse_file(*with_file);
    if (!file) return fail(file);
    reply->file = *std::move(file);
  }
  if (const auto fits = check_reply_words(reply->words, reply->file.has_value()); !fits) return fail(fits);
  return reply;
}

Result<VerifiedReply> verify_reply(std::string_view note, const ReplyPlace& place) {
  if (place.caseworker.revoked) return fail(Errc::refused, "the reply is by somebody who has been revoked");
  const auto verified = verify_note(note, {&place.caseworker.signing_key, 1});
  if (!verified) return fail(verified);
  auto reply = parse_reply(verified->text());
  if (!reply) return fail(reply);
  if (reply->number != place.number || reply->to != place.recipient)
    return fail(Errc::no_match, "the reply is genuine, but for another place or for somebody else");
  return VerifiedReply(place.caseworker.id, *std::move(reply));
}

}  // namespace candour
