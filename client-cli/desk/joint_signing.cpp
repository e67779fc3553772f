// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/joint_signing.h"

#include "client-cli/files/read_file.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/sign/note.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

const char* command_of(JointAct act) {
  switch (act) {
    case JointAct::erasure:
      return "erase";
    case JointAct::hold_lift:
      return "lift";
    case JointAct::event_erasure:
      return "erase-events";
  }
  return "";
}

}  // namespace

void JointFile::add_to(CLI::App& command) {
  command.add_option("--out", out, "sign first: the note to write, for a colleague");
  command.add_option("--note", note, "sign second, and do it: the note that a colleague has signed");
}

Outcome<> JointFile::check() const {
  if (out.empty() != note.empty()) return {};
  return fail_with(
      Errc::refused,
      "it takes two. Use --out FILE to sign first, or --note FILE to sign what a colleague has signed.");
}

Outcome<> JointFile::sign_first(NewFile& file, const JointNote& what, const KeyFile& key,
                                std::string_view id) const {
  const auto signed_once = sign::sign_note(encode_joint(what), key.name, signing_key_of(key));
  if (!signed_once) return fail(signed_once);
  if (auto done = file.write(as_bytes(*signed_once)); !done) return done;
  if (auto done = file.commit(); !done) return done;
  say("{}: signed by {}. Nothing has changed yet: it takes two.", visible_line(out), key.name);
  say("Next: a colleague who can read it, until {}: candour {} {} --note FILE",
      what.day.plus(limits::joint_note_days).encode(), command_of(what.act), id);
  return {};
}

std::unexpected<Failure> JointFile::fail_note(Errc code, std::string_view words) const {
  return fail_with(code, fmt::format("{}: {}", visible_line(note), words));
}

Outcome<JointFile::Colleagues> JointFile::read(JointAct act) const {
  auto text = read_text_file(note, limits::small_note_bytes_max);
  if (!text) return fail(text);
  const auto parsed = parse_note(*text);
  if (!parsed) return fail_about(visible_line(note), parsed);
  const auto what = parse_joint(parsed->text);
  if (!what) return fail_about(visible_line(note), what);
  if (what->act != act)
    return fail_note(
        Errc::refused,
        fmt::format("is for `candour {}`. Nothing was signed. Ask your colleague what she means.",
                    command_of(what->act)));
  if (!what->is_good_on(today()))
    return fail_note(Errc::expired,
                     fmt::format("was signed on {}, and is taken for a week. Begin again with --out.",
                                 what->day.encode()));
  return Colleagues{*what, *std::move(text)};
}

Outcome<std::string> JointFile::sign_second(const Colleagues& first, const KeyFile& key) const {
  auto both = sign::add_note_signature(first.text, key.name, signing_key_of(key));
  if (!both && both.error().code == Errc::conflict)
    return fail_note(Errc::conflict,
                     "you have signed it yourself, and it takes two. Give it to a colleague.");
  if (!both) return fail_about(visible_line(note), both);
  return *std::move(both);
}

}  // namespace candour::cli
