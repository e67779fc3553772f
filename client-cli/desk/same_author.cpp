// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/same_author.h"

#include <algorithm>

#include "protocol/json.h"
#include "protocol/limits.h"
#include "protocol/succession_note.h"

namespace candour::cli {
namespace {

bool follows(const Report& later, const Report& earlier) {
  return succeeds(succession_in(later), later.authorship_key, later.thread, earlier.authorship_key);
}

}  // namespace

std::string succession_in(const Report& report) {
  const auto field = std::ranges::find(report.unknown, "succession", &UnknownField::name);
  if (field == report.unknown.end()) return {};
  const auto note = json::parse(field->json, limits::report_json_bytes_max, limits::json_depth_max);
  return note && note->text() != nullptr ? *note->text() : std::string();
}

bool succeeds(std::string_view note, const VerifyKey& later, const std::optional<ReportId>& thread,
              const VerifyKey& earlier) {
  const auto succession = verify_succession(note, earlier);
  return succession && succession->authorship == later && succession->thread == thread;
}

bool same_author(const Report& a, const Report& b) {
  return a.authorship_key == b.authorship_key || follows(a, b) || follows(b, a);
}

}  // namespace candour::cli
