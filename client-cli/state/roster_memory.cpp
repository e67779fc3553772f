// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/state/roster_memory.h"

#include <cstdlib>
#include <filesystem>

#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Outcome<RosterMemory> RosterMemory::of_user(Pin pin) {
  std::string state = environment("XDG_STATE_HOME");
  if (state.empty()) {
    const std::string home = environment("HOME");
    if (home.empty()) {
      return fail_with(Errc::io,
                       "there is no place to remember the newest roster. Set HOME or XDG_STATE_HOME.");
    }
    state = home + "/.local/state";
  }
  const Digest hash = sha256(as_bytes(pin.encode()));
  const std::string name = hex_encode(ByteView(hash).first(8));
  return RosterMemory(std::move(pin), fmt::format("{}/candour/{}", state, name));
}

Outcome<std::optional<VerifiedRoster>> RosterMemory::last() const {
  if (directory_.empty()) return std::nullopt;
  const std::string path = directory_ + "/roster.note";
  auto note = read_text_file(path, limits::roster_bytes_max);
  if (!note && note.error().code == Errc::not_found) return std::nullopt;
  if (!note) return fail(note);
  auto roster = verify_roster_signatures(*note, pin_);
  if (!roster) {
    return fail_with(roster.error().code,
                     fmt::format("{}: is damaged ({}). If you did not change it, somebody else "
                                 "did. Delete it to go on.",
                                 path, roster.error().message.view()));
  }
  return *std::move(roster);
}

Outcome<VerifiedRoster> RosterMemory::accept(std::string_view note, Day today) const {
  auto before = last();
  if (!before) return fail(before);
  std::optional<RosterSeen> seen;
  if (*before) seen = (*before)->seen();
  auto roster = verify_roster(note, pin_, today, seen);
  if (!roster) return fail(roster);
  if (!seen || *seen != roster->seen()) {
    if (auto kept = remember(*roster); !kept) return fail(kept);
  }
  return *std::move(roster);
}

Outcome<> RosterMemory::make_directory() const {
  std::error_code error;
  fs::create_directories(directory_, error);
  if (!error) fs::permissions(directory_, fs::perms::owner_all, error);
  if (error)
    return fail_with(Errc::io, fmt::format("{}: the folder that remembers the newest roster cannot be made "
                                           "({}). Make it, or set XDG_STATE_HOME to "
                                           "another.",
                                           directory_, error.message()));
  return {};
}

Outcome<> RosterMemory::remember(const VerifiedRoster& roster) const {
  if (directory_.empty()) return {};
  if (auto made = make_directory(); !made) return made;
  return replace_file(directory_ + "/roster.note", as_bytes(roster.note()));
}

}  // namespace candour::cli
