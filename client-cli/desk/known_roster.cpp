// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/known_roster.h"

#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/net/roster_source.h"
#include "client-cli/terminal/say.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

KnownRoster newer(KnownRoster a, KnownRoster b) {
  if (!a || (b && (*a)->version < (*b)->version)) return b;
  return a;
}

}  // namespace

Outcome<RosterMemory> memory_of(const PinOption& pin) {
  auto read = pin.read();
  if (!read) return fail(read);
  return RosterMemory::of_user(*std::move(read));
}

KnownRoster known_from_server(const RosterMemory& memory, HttpClient& server, std::string_view what_goes_on) {
  auto fetched = fetch_roster(server, memory, today());
  if (fetched) return *std::move(fetched);
  warn("{} {}", fetched.error().text, what_goes_on);
  auto kept = memory.last();
  return kept ? *std::move(kept) : std::nullopt;
}

Outcome<KnownRoster> known_from_file(const std::string& path, const RosterMemory& memory) {
  auto kept = memory.last();
  if (!kept) return fail(kept);
  if (path.empty()) return *std::move(kept);
  auto note = read_text_file(path, limits::roster_bytes_max);
  if (!note) return fail(note);
  auto roster = verify_roster_signatures(*note, memory.pin());
  if (!roster) return fail_as(path, *note, FileKind::roster, roster);
  return newer(*std::move(roster), *std::move(kept));
}

}  // namespace candour::cli
