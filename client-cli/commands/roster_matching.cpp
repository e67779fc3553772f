// SPDX-License-Identifier: AGPL-3.0-or-later
// candour roster matching: who matches reports, and who holds the key by which names are evaluated (docs/spec/roster.md "Matching").
#include <algorithm>

#include "client-cli/commands/commands.h"
#include "client-cli/commands/roster_draft_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "matching/key_holders.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

struct Options {
  std::string draft, holders;
  std::vector<std::string> group;
  bool none = false, new_key = false;
};

Outcome<> take_out(const Options& options, Roster& roster) {
  roster.matching.reset();
  if (auto written = write_draft(options.draft, roster); !written) return written;
  say("{}: reports are matched no more, once the roster is signed and the server has it.", options.draft);
  return {};
}

Outcome<std::vector<CaseworkerId>> group_of(const Options& options, const Roster& roster) {
  std::vector<CaseworkerId> group;
  for (const std::string& text : options.group) {
    auto id = CaseworkerId::parse(text);
    if (!id || roster.find_active(*id) == nullptr)
      return fail_with(Errc::not_found,
                       fmt::format("--group: there is no caseworker {} in {}, or she is revoked.",
                                   visible_line(text), options.draft));
    group.push_back(*std::move(id));
  }
  std::ranges::sort(group);
  const auto twice = std::ranges::unique(group);
  group.erase(twice.begin(), twice.end());
  return group;
}

Outcome<RosterMatching> read_holders(const std::string& path) {
  auto text = read_text_file(path, limits::holder_list_bytes_max);
  if (!text) return fail(text);
  auto matching = parse_holder_list(*text);
  if (!matching) return fail_about(path, matching);
  if (const auto checked = matching::check_key_holders(*matching); !checked) return fail_about(path, checked);
  return *std::move(matching);
}

Outcome<> run(const Options& options) {
  auto roster = read_draft(options.draft);
  if (!roster) return fail(roster);
  if (options.none) return take_out(options, *roster);
  const std::optional<RosterMatching> before = roster->matching;
  if (!before && (options.holders.empty() || options.group.empty()))
    return fail_with(Errc::refused,
                     "say who holds the key, and who matches: --holders holders.json --group ID,ID.");
  auto matching = options.holders.empty() ? Outcome<RosterMatching>(*before) : read_holders(options.holders);
  if (!matching) return fail(matching);
  const bool is_other_key = before && before->public_key != matching->public_key;
  if (is_other_key && !options.new_key) {
    return fail_with(
        Errc::conflict,
        fmt::format("{}: is of another key than the roster's. With it, nothing that was reported so far "
                    "matches anything that comes. If that is meant: --new-key.",
                    options.holders));
  }
  auto group =
      options.group.empty() ? Outcome<std::vector<CaseworkerId>>(before->group) : group_of(options, *roster);
  if (!group) return fail(group);
  matching->group = *std::move(group);
  roster->matching = *std::move(matching);
  if (auto written = write_draft(options.draft, *roster); !written) return written;
  say("{}: {} of {} key holders evaluate, and {} caseworkers match.", options.draft,
      roster->matching->threshold, roster->matching->holders.size(), roster->matching->group.size());
  if (is_other_key) say("The key is another one: reports that come match none from before.");
  warn_about_matching(*roster);
  return {};
}

}  // namespace

void add_roster_matching(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand(
      "matching", "say who matches reports that name the same person, and who holds the key for it");
  command->add_option("DRAFT", options->draft, "the draft, roster.json")->required();
  command->add_option("--holders", options->holders,
                      "the list of key holders, from candour-keyholder init or candour keyholder split");
  command->add_option("--group", options->group, "the caseworkers who can match, like ada,bo")
      ->delimiter(',');
  command->add_flag("--new-key", options->new_key,
                    "take another key than before: what was reported so far matches nothing that comes");
  command->add_flag("--none", options->none, "match no reports")->excludes("--holders")->excludes("--group");
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
