// SPDX-License-Identifier: AGPL-3.0-or-later
// candour verify: is a bag whole, unchanged, and whose (docs/spec/evidence.md "Checking")? For whoever receives one: offline, without a key.
#include "client-cli/commands/commands.h"
#include "client-cli/evidence/bag_check.h"
#include "client-cli/evidence/bag_layout.h"
#include "client-cli/evidence/evidence_check.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t findings_shown_max = 200;

struct Options {
  PinOption pin;
  std::string bag, roster;
  bool json = false;
};

struct Judgement {
  BagReport report;
  bool whole = false;                    // as RFC 8493 says, whoever made it
  bool is_evidence = false;              // made by Candour, or says so
  std::optional<EvidenceRoster> roster;  // by which it was judged
  CheckedEvidence evidence;
};

Outcome<EvidenceRoster> given_roster(const std::string& path, const Pin& pin) {
  auto note = read_text_file(path, limits::roster_bytes_max);
  if (!note) return fail(note);
  auto roster = verify_roster_signatures(*note, pin);
  if (!roster) return fail_as(path, *note, FileKind::roster, roster);
  return EvidenceRoster{.roster = roster->roster(), .is_given = true, .is_pinned = true};
}

Judgement judge(const BagTree& tree, const Pin* pin, std::optional<EvidenceRoster> given) {
  Judgement out;
  const BagInfo info = check_whole(tree, out.report);
  out.whole = out.report.findings.empty();
  out.is_evidence = claims_evidence(tree, info);
  if (!out.is_evidence) {
    if (pin != nullptr) {
      out.report.add(bag_signature_file, "is missing: nothing shows who made the bag, which --pin asks for.");
    }
    return out;
  }
  out.roster = given ? std::move(given) : roster_in_bag(tree, pin, out.report);
  if (out.roster) out.evidence = check_evidence(tree, *out.roster, out.report);
  return out;
}

json::Value text_or_null(const std::string& text) {
  if (text.empty()) return {nullptr};
  return {text};
}

std::string roster_word(const std::optional<EvidenceRoster>& roster) {
  if (!roster) return "";
  return roster->is_given ? "given" : "bag";
}

json::Value reports_of(const CheckedEvidence& evidence) {
  if (!evidence.note) return {nullptr};
  json::Array reports;
  for (const CheckedReport& report : evidence.reports) reports.push_back({report.id.encode()});
  return {std::move(reports)};
}

void show_json(const Options& options, const Judgement& all) {
  json::Array findings, remarks;
  for (const BagFinding& one : all.report.findings)
    findings.push_back({json::Object{{"file", {visible_line(one.file)}}, {"finding", {one.what}}}});
  for (const std::string& remark : all.report.remarks) remarks.push_back({remark});
  const CheckedEvidence& evidence = all.evidence;
  const bool is_pinned = all.roster && all.roster->is_pinned;
  say_json({{"bag", {options.bag}},
            {"whole", {all.whole}},
            {"signed", {evidence.note.has_value()}},
            {"signed_by", text_or_null(evidence.signer)},
            {"day", text_or_null(evidence.note ? evidence.note->day.encode() : "")},
            {"reports", reports_of(evidence)},
            {"fingerprint", text_or_null(evidence.fingerprint)},
            {"roster", text_or_null(roster_word(all.roster))},
            {"pinned", {is_pinned}},
            {"remarks", {std::move(remarks)}},
            {"findings", {std::move(findings)}}});
}

void show_roster(const EvidenceRoster& roster) {
  const std::uint64_t version = roster.roster.version;
  if (roster.is_pinned) {
    say("Judged by the roster {} (version {}), which the root keys of the pin have signed.",
        roster.is_given ? "that was given" : "in the bag", version);
    return;
  }
  say("Judged by the roster in the bag (version {}), and by nothing else. THAT PROVES NOTHING BY ITSELF: "
      "whoever makes a "
      "bag can\nmake a roster, and keys to go with it. Give --pin FILE, with the root keys of {} as you have "
      "them from "
      "elsewhere.",
      version, visible_line(roster.roster.public_name));
}

void show(const Options& options, const Judgement& all) {
  std::size_t shown = 0;
  for (const BagFinding& one : all.report.findings) {
    if (++shown > findings_shown_max) break;
    say("{}: {}", visible_line(one.file), one.what);
  }
  if (shown > findings_shown_max) say("and {} more.", all.report.findings.size() - findings_shown_max);
  if (!all.report.findings.empty()) return;
  if (!all.is_evidence) {
    say("{}: a whole bag, not one that Candour made. Every file is there and as its manifest says; nothing "
        "shows who "
        "made it.",
        visible_line(options.bag));
  } else {
    say("{}: good. Every file is there, as {} exported it on {}.", visible_line(options.bag),
        all.evidence.signer, all.evidence.note->day.encode());
    for (std::size_t index = 0; index < all.evidence.reports.size(); ++index) {
      const CheckedReport& report = all.evidence.reports[index];
      say("{}  report {}: {}{}", report_folder(index), report.id.encode(),
          report.has_author ? "its author signed every original"
                            : "sealed as a single file, signed by no author",
          report.receipt ? fmt::format("; the server received sealed.age on {}", report.receipt->day.encode())
                         : "");
    }
    say("\nFingerprint of what was signed:\n\n    {}\n", all.evidence.fingerprint);
    show_roster(*all.roster);
    say("That sealed.age opens to these originals can be checked only with the key of one of its readers.");
  }
  for (const std::string& remark : all.report.remarks) say("{}", remark);
}

Outcome<> run(const Options& options) {
  if (!options.roster.empty() && options.pin.path.empty()) {
    return fail_with(Errc::refused,
                     "--roster is believed only if --pin FILE says who must have signed it. Add --pin.");
  }
  std::optional<Pin> pin;
  if (!options.pin.path.empty()) {
    auto read = options.pin.read();
    if (!read) return fail(read);
    pin = *std::move(read);
  }
  std::optional<EvidenceRoster> given;
  if (!options.roster.empty()) {
    auto roster = given_roster(options.roster, *pin);
    if (!roster) return fail(roster);
    given = *std::move(roster);
  }
  auto tree = read_bag(options.bag);
  if (!tree) return fail(tree);
  const Judgement all = judge(*tree, pin ? &*pin : nullptr, std::move(given));
  options.json ? show_json(options, all) : show(options, all);
  const std::size_t wrong = all.report.findings.size();
  if (wrong == 0) return {};
  return fail_with(
      Errc::not_authentic,
      fmt::format("{}: does not pass: {} finding{}, named above. Keep it as it is, and ask whoever gave "
                  "it to you for another copy.",
                  visible_line(options.bag), wrong, wrong == 1 ? "" : "s"));
}

}  // namespace

void add_verify(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("verify", "check a bag of evidence: offline, without a key");
  command->add_option("BAG", options->bag, "the folder of the bag")->required();
  command->add_option("--roster", options->roster,
                      "with --pin: the roster to judge by, instead of the one in the bag");
  options->pin.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
