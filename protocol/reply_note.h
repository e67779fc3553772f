// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker answers (docs/spec/drops.md "A reply"): a note signed by her, for one recipient, under one number. A Reply is only
// well-formed, and whoever knows a mailbox root could have put it there; a VerifiedReply was signed by the caseworker whose place it lay in, and
// alone may be shown. encode_reply() gives the text; sign_note() of crypto/sign makes the note of it. Holds plaintext: keep it no
// longer than needed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/drop.h"
#include "protocol/ids.h"
#include "protocol/roster.h"

namespace candour {

// Fit into a drop with everything around them.
inline constexpr std::size_t reply_words_bytes_max = 14'000;
inline constexpr std::size_t reply_words_beside_file_bytes_max = 13'500;

// A file that comes with a message, in drops of its own (docs/spec/drops.md "A file with a message").
inline constexpr std::uint64_t reply_file_parts_max = 32;
inline constexpr std::uint64_t reply_file_bytes_max = reply_file_parts_max * drop_plain_bytes;
struct ReplyFile {
  std::uint64_t bytes = 0;  // 1 to reply_file_bytes_max
  Digest sha256{};
  std::string name;  // as its sender calls it: one line of 1 to 200 bytes
  bool operator==(const ReplyFile&) const = default;
  std::uint64_t parts() const { return (bytes + drop_plain_bytes - 1) / drop_plain_bytes; }
};

enum class ReplyKind : std::uint8_t {
  message,
  opened,  // said by her client: a person has opened the report
};
std::string_view name_of(ReplyKind kind);

struct Reply {
  ReportId report;  // that it answers
  Digest sha256{};  // of the sealed report
  std::string to;   // the reporter's recipient, age1pq1…
  std::uint64_t number = 0;
  Day day;
  ReplyKind kind = ReplyKind::message;
  std::optional<ReplyFile> file = {};  // with a message
  std::string words;                   // of a message: 1 to reply_words_bytes_max bytes
  bool operator==(const Reply&) const = default;
};

// May this be said? Errc::malformed for none, Errc::too_large for too many; Errc::unsupported for what no signed note holds (not UTF-8,
// control characters).
Result<> check_reply_words(std::string_view words, bool beside_file = false);

// `reply` has words that may be said, or is `opened` and has none.
std::string encode_reply(const Reply& reply);
// Accepts exactly what encode_reply() writes.
Result<Reply> parse_reply(std::string_view text);

// Where it was found, and for whom: what a signed reply must agree with.
struct ReplyPlace {
  const Caseworker& caseworker;  // of a verified roster
  std::uint64_t number = 0;
  std::string_view recipient;  // the reader's own
};

class VerifiedReply {
 public:
  const CaseworkerId& caseworker() const { return caseworker_; }
  const Reply& reply() const { return reply_; }
  const Reply* operator->() const { return &reply_; }

 private:
  friend Result<VerifiedReply> verify_reply(std::string_view, const ReplyPlace&);
  VerifiedReply(CaseworkerId caseworker, Reply reply)
      : caseworker_(std::move(caseworker)), reply_(std::move(reply)) {}
  CaseworkerId caseworker_;
  Reply reply_;
};

// Errc::refused where she is revoked: who holds her key can write any day into a note. Errc::no_match where she has not signed it, or it
// is for another recipient or place; Errc::not_authentic; others as parse_reply().
Result<VerifiedReply> verify_reply(std::string_view note, const ReplyPlace& place);

}  // namespace candour
