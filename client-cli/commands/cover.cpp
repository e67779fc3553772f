// SPDX-License-Identifier: AGPL-3.0-or-later
// candour cover: while I am away, a colleague looks after the open cases that I lead (docs/spec/cases.md "Kinds").
#include <algorithm>

#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/people.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

constexpr std::size_t short_digits = 12;

struct Options {
  CaseDeskOptions desk;
  std::string by, until;
  bool end = false, json = false;
};

using Stand = std::optional<event::Cover::Stand>;

// Checked before a passphrase is asked.
Outcome<Stand> stand_of(const Options& options) {
  if (options.end != options.by.empty() || options.end != options.until.empty())
    return fail_with(Errc::refused,
                     "say who looks after your cases and until which day (candour cover WHO --until DAY), or "
                     "--end alone.");
  if (options.end) return Stand();
  auto by = CaseworkerId::parse(options.by);
  if (!by) return fail_about("WHO", by);
  const auto until = Day::parse(options.until);
  if (!until) return fail_about("--until", until);
  if (*until < today())
    return fail_with(Errc::refused,
                     fmt::format("--until {}: that day is over. Give today or a later one.", options.until));
  return Stand(event::Cover::Stand{*std::move(by), *until});
}

struct Said {
  std::vector<CaseId> in, not_in;
};

Outcome<Said> say_in_all(CaseDesk& desk, const Stand& stand) {
  Said said;
  for (const CaseFile& one : desk.cases()) {
    const CaseState& state = one.state;
    if (state.lead != desk.me() || state.status == CaseStatus::closed || !one.is_reader(desk.me())) continue;
    if (!stand && !state.covers.contains(desk.me())) continue;
    if (stand && !one.is_reader(stand->by)) {
      said.not_in.push_back(one.id);
      continue;
    }
    if (auto done = desk.say(one, event::Cover{desk.me(), stand}); !done) return fail(done);
    said.in.push_back(one.id);
  }
  return said;
}

json::Value ids_json(const std::vector<CaseId>& ids) {
  json::Array all(ids.size());
  std::ranges::transform(ids, all.begin(), [](const CaseId& id) { return json::Value{id.encode()}; });
  return json::Value{std::move(all)};
}

Outcome<> run(const Options& options) {
  const auto stand = stand_of(options);
  if (!stand) return fail(stand);
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  if (*stand && (*stand)->by == desk->me())
    return fail_with(Errc::refused,
                     "you cannot look after your own cases while you are away. Name a colleague.");
  if (*stand && desk->roster()->find_active((*stand)->by) == nullptr)
    return fail_with(Errc::not_found,
                     fmt::format("{} is not in the roster, or is revoked. Check the id.", options.by));
  const auto said = say_in_all(*desk, *stand);
  if (!said) return fail(said);
  if (options.json) {
    say_json({{"by", *stand ? json::Value{(*stand)->by.text()} : json::Value{nullptr}},
              {"until", *stand ? json::Value{(*stand)->until.encode()} : json::Value{nullptr}},
              {"cases", ids_json(said->in)},
              {"not_in", ids_json(said->not_in)}});
  } else if (*stand) {
    say("{} looks after {} of the open cases that you lead until {}.", options.by, said->in.size(),
        options.until);
  } else {
    say("You look after your own cases again: {} of them said otherwise.", said->in.size());
  }
  for (const CaseId& id : said->not_in)
    warn(
        "case {0}: {1} takes no part in it, so nobody looks after it. Let somebody else lead it: candour "
        "case "
        "{0} --lead WHO",
        id.encode().substr(0, short_digits), options.by);
  return {};
}

}  // namespace

void add_cover(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("cover", "say who looks after the open cases that you lead while you are away");
  command->add_option("WHO", options->by, "the colleague's id");
  command->add_option("--until", options->until, "the last day of it, as in 2026-12-12");
  command->add_flag("--end", options->end, "you are back");
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
