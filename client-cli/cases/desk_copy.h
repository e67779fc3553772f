// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker's tool has opened before, kept on her machine so that it need not fetch and open it again: one file, sealed with a
// key that only her key file gives (docs/spec/cases.md "On a caseworker's machine"). Nothing is lost with it. One thread at a time.
#pragma once

#include <map>
#include <string>

#include "client-cli/cases/known_report.h"
#include "client-cli/outcome.h"
#include "crypto/core/key_file.h"
#include "protocol/sealed_event.h"

namespace candour::cli {

struct KeptEvent {
  Day day;               // on which it came
  std::string note;      // or a companion; empty: it could not be opened, and is not asked for again
  bool is_over = false;  // its case has ended: it is known that it was there, and not what it said
};

class DeskCopy {
 public:
  // Of `directory`, which need not exist yet. A damaged file is a failure that says what to do.
  static Outcome<DeskCopy> load(const std::string& directory, const KeyFile& key);

  const std::map<ReportId, KnownReport>& reports() const { return reports_; }
  const std::map<EventId, KeptEvent>& events() const { return events_; }
  Day kept_on() const { return kept_on_; }  // when the server was last asked to keep the events of open cases

  void put(KnownReport report);
  void put(const EventId& id, KeptEvent event);
  void forget(const ReportId& id);
  void forget(const EventId& id);
  void set_kept_on(Day day);
  // Companions are fetched from the beginning once, by who matches.
  bool has_companions() const { return has_companions_; }
  void set_has_companions(bool has);
  // Where anything has changed.
  Outcome<> save();

 private:
  DeskCopy(std::string directory, SecretBytes passphrase)
      : directory_(std::move(directory)), passphrase_(std::move(passphrase)) {}
  Result<> read(std::string_view lines);

  std::string directory_;
  SecretBytes passphrase_;
  std::map<ReportId, KnownReport> reports_;
  std::map<EventId, KeptEvent> events_;
  Day kept_on_;
  bool has_companions_ = false;
  bool changed_ = false;
};

}  // namespace candour::cli
