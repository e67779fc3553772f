// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk while it is open: what the page may ask for, as verbs that give JSON (docs/spec/desk.md "Requests"). Everything secret that
// the page's tool has is in here, and goes with it. One thread at a time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client-cli/cases/case_desk.h"
#include "client-cli/desk/reply_post.h"
#include "client-cli/desk_page/account.h"
#include "client-cli/tor/own_tor.h"
#include "crypto/core/bytes.h"

namespace candour::cli {

class OpenDesk {
 public:
  // Keys and plaintext go at once; signing out, which may take a while, comes after.
  ~OpenDesk();
  OpenDesk(const OpenDesk&) = delete;
  OpenDesk& operator=(const OpenDesk&) = delete;

  // Every account that is read takes of this for its attachments.
  static constexpr std::size_t attachments_bytes_max = std::size_t{128} << 20;

  // `key_file`: what is in it; `name`: for messages. Warnings of the work are kept for desk_json().
  static Outcome<std::unique_ptr<OpenDesk>> unlock(const CaseDeskOptions& options, ByteView key_file,
                                                   const std::string& name, const SecretBytes& passphrase,
                                                   DeskWatch watch);

  // Signs in anew where the last time was some minutes ago: a token ends after fifteen without use. Errc::refused: revoked.
  Outcome<> stay_signed_in();
  // Signs in anew, to know whether a refusal was about her.
  Outcome<> sign_in_again();

  json::Object desk_json() const;
  Outcome<> refresh();
  json::Object rows_json(std::size_t from);
  json::Object search_json(std::string_view words) const;
  Outcome<json::Object> case_json(std::string_view id) const;
  json::Object matches_json(bool with_contacts) const;
  Outcome<json::Object> say(std::string_view id, EventBody body, std::vector<CaseworkerId> readers);
  Outcome<json::Object> read(const ReportId& report);
  Outcome<json::Object> reply(const ReportId& report, std::string words, const FileAlong* file);
  Outcome<json::Object> mark(const ReportId& report, std::string_view mark, bool set);

  // Her share of a report that takes several to open.
  Outcome<> hand_share(const ReportId& report, const CaseworkerId& who);

  struct Content {
    const Attachment& attachment;
    const Bytes& bytes;
  };
  // Of an account that was read. Errc::not_found; Errc::too_large where it was not kept.
  Outcome<Content> attachment(const ReportId& report, std::size_t number) const;

 private:
  OpenDesk(std::unique_ptr<OwnTor> tor, CaseDesk cases);
  void changed();
  std::size_t kept_bytes() const;
  // Of a report in the list.
  Outcome<const ListedReport*> find(const ReportId& report) const;
  void first_reading(const ListedReport& listed, const Account& account);

  std::unique_ptr<OwnTor> tor_;  // through which cases_ speaks, where it was started for it
  CaseDesk cases_;
  std::map<ReportId, Account> accounts_;
  std::vector<const CaseFile*> rows_;  // in their order
  std::uint64_t version_ = 0;
  std::shared_ptr<std::vector<std::string>> warnings_;
  std::chrono::steady_clock::time_point signed_in_at_;
};

}  // namespace candour::cli
