// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker signed in at the desk listener (docs/spec/http.md "Desk listener"). Signs out when it goes. The
// token stays in this object. Used by one thread at a time; `server` outlives it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "crypto/core/key_file.h"
#include "protocol/day.h"
#include "protocol/drop.h"
#include "protocol/ids.h"
#include "protocol/joint_note.h"
#include "protocol/sealed_event.h"

namespace candour::cli {

// What the server says of a report. Untrusted, `audience` above all: the author's own list is in the manifest.
struct ListedReport {
  ReportId id;
  std::uint64_t bytes = 0;
  Day day;
  bool seen = false;
  std::vector<CaseworkerId> audience;  // for whom it came
  std::vector<CaseworkerId> admitted;  // since then, by one of these
  std::optional<Day> closed;           // its retention day (docs/spec/retention.md)
  std::vector<CaseworkerId> hold;
  HoldMark hold_mark{};  // of the one set last
  std::optional<Day> withdrawn;

  std::vector<CaseworkerId> readers() const;  // all of them, sorted
};

struct ListedEvent {
  Day day;  // on which it came
  EventId id;
};

class DeskSession {
 public:
  // `origin` as the caseworker typed it: a false desk cannot pass the signature on.
  static Outcome<DeskSession> sign_in(HttpClient& server, const std::string& origin, const KeyFile& key);
  // The same once more, in place of this session, whose token may have ended.
  Outcome<> renew(const KeyFile& key);
  DeskSession(DeskSession&& other) noexcept;
  DeskSession& operator=(DeskSession&&) = delete;
  ~DeskSession();

  // All that is for her, by id.
  Outcome<std::vector<ListedReport>> list();
  // The one report whose id begins with `prefix`, at least 8 hex digits.
  Outcome<ListedReport> find(std::string_view prefix);
  // Its sealed bytes, in order.
  Outcome<> download(const ReportId& id, const HttpClient::Sink& sink);
  // Her marks: "seen", which stays; "closed"; "hold", her own. Gives the report as it stands now, with the day that the server draws.
  Outcome<ListedReport> set_mark(const ReportId& id, std::string_view mark, bool set);
  // `who` reads it too from now on: the server lists it to her.
  Outcome<> admit(const ReportId& id, const CaseworkerId& who);
  // What two have signed: done, or refused in the server's words.
  Outcome<> send_note(const JointNote& what, std::string_view note);
  // Events (docs/spec/cases.md "At the server"). Those for her that came on `from` or later, by day and id.
  Outcome<std::vector<ListedEvent>> list_events(Day from);
  // At most limits::events_read_max; the sealed bytes of each, none where there is no such event.
  Outcome<std::vector<Bytes>> read_events(std::span<const ListedEvent> events);
  Outcome<> put_event(const EventId& id, const std::vector<CaseworkerId>& readers, ByteView sealed);
  // At most limits::events_kept_max.
  Outcome<> keep_events(std::span<const EventId> events);
  // A drop into its place (docs/spec/drops.md); false where another lies there.
  Outcome<bool> put_drop(const DropAddress& address, const DeletionToken& token, ByteView body);
  // False where there is none, or not with this token.
  Outcome<bool> erase_drop(const DropTag& tag, const DeletionToken& token);

 private:
  DeskSession(HttpClient& server, std::string origin, std::string authorization)
      : server_(&server), origin_(std::move(origin)), authorization_(std::move(authorization)) {}
  struct Page {
    std::vector<ListedReport> reports;
    bool more = false;
  };
  Outcome<Page> page(const std::string& after, unsigned limit);
  HttpClient* server_;
  std::string origin_;
  std::string authorization_;  // the header
};

}  // namespace candour::cli
