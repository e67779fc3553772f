// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/same_author.h"

#include <algorithm>

#include "protocol/json.h"
#include "protocol/limits.h"
#include "protocol/succession_note.h"

namespace candour::cli {
namespace {

// Both keys have signed it: the old one the note, the new one the report that it stands in.
bool succeeds(const Report& later, const Report& earlier) {
  const auto field = std::ranges::find(later.unknown, "succession", &UnknownField::name);
  if (field == later.unknown.end()) return false;
  const auto note = json::parse(field->json, limits::report_json_bytes_max, limits::json_depth_max);
  if (!note || note->text() == nullptr) return false;
  const auto succession = verify_succession(*note->text(), earlier.authorship_key);
  return succession && succession->authorship == later.authorship_key && succession->thread == later.thread;
}

}  // namespace

bool same_author(const Report& a, const Report& b) {
  return a.authorship_key == b.authorship_key || succeeds(a, b) || succeeds(b, a);
}

}  // namespace candour::cli
