// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker's replies (docs/spec/drops.md "A reply"): signed by her, sealed to the author of the report, put into the first place of hers
// that is free. Nobody can read them again but the author; the caseworker can take one back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/fetched_report.h"
#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"
#include "protocol/reply_note.h"

namespace candour::cli {

// To whom an answer goes. Today it is what the report that is answered says; a newer one of the same author may say otherwise.
struct Addressee {
  ReportId report;
  Digest sealed_sha256{};
  Secret<32> mailbox_root;
  std::string recipient;
};
Addressee addressee_of(const OpenedReport& opened, const Digest& sealed_sha256);

// A file to send along; `name` as she calls it.
struct FileAlong {
  std::string name;
  Bytes content;
};

// Could this be sent? What not, in words for who wrote it.
Outcome<> may_reply(std::string_view words, const FileAlong* file = nullptr);

// Gives its number. Where the file cannot be put, nothing of the reply stays.
Outcome<std::uint64_t> post_reply(SignedIn& desk, const Addressee& to, ReplyKind kind, std::string words,
                                  Day today, const FileAlong* file = nullptr);

// With its file. Errc::not_found where there is none of hers under this number.
Outcome<> remove_reply(SignedIn& desk, const Addressee& to, std::uint64_t number);

}  // namespace candour::cli
