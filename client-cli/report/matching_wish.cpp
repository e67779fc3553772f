// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/matching_wish.h"

#include <unistd.h>

#include "client-cli/files/read_file.h"
#include "client-cli/report/named.h"
#include "client-cli/terminal/typed_words.h"
#include "matching/match_secret.h"
#include "protocol/contains.h"

namespace candour::cli {
namespace {

constexpr std::string_view from_standard_input = "-";
constexpr unsigned hold_default = 2;
constexpr unsigned wait_minutes_max = 2 * 24 * 60;         // for so long an evaluation can be had
constexpr std::size_t contact_typed_bytes_max = 64 << 10;  // more than fits, so that it can be measured

Outcome<std::string> read_typed(const std::string& path, std::size_t bytes_max) {
  auto text = path == from_standard_input ? read_secret(STDIN_FILENO, bytes_max, standard_input)
                                          : read_secret_file(path, bytes_max);
  if (!text) return fail(text);
  return std::string(as_text(text->reveal()));
}

Outcome<std::string> read_contact(const std::string& path) {
  auto typed = read_typed(path, contact_typed_bytes_max);
  if (!typed) return fail(typed);
  std::string words = tidy_words(*typed);
  if (words.size() > matching::contact_text_bytes_max)
    return fail_with(
        Errc::too_large,
        fmt::format("the words by which you can be reached are {} bytes long, {} more than the {} that "
                    "fit. Say only how to reach you. Nothing was sent.",
                    words.size(), words.size() - matching::contact_text_bytes_max,
                    matching::contact_text_bytes_max));
  if (!matching::check_contact(words))
    return fail_with(
        Errc::malformed,
        "the words by which you can be reached are empty, or hold characters that are none. Write plain "
        "text, in UTF-8. Nothing was sent.");
  return words;
}

Outcome<> check_standard_input(const MatchingOptions& options, bool text_is_typed) {
  const int wanted = static_cast<int>(text_is_typed) +
                     static_cast<int>(options.names_file == from_standard_input) +
                     static_cast<int>(options.contact_first == from_standard_input);
  if (wanted < 2) return {};
  return fail_with(
      Errc::refused,
      "only one thing can be read from standard input. Give the others as files: what happened with "
      "--answers, names with --names-file, how to reach you with --contact-first. Nothing was sent.");
}

Outcome<std::vector<Identifier>> read_names(const MatchingOptions& options) {
  std::vector<std::string> typed = options.names;
  if (!options.names_file.empty()) {
    const auto text = read_typed(options.names_file, names_bytes_max);
    if (!text) return fail(text);
    for (std::string& line : lines_of_names(*text)) typed.push_back(std::move(line));
  }
  auto names = parse_names(typed);
  if (!names) return fail_with(names.error().code, names.error().text + " Nothing was sent.");
  return names;
}

}  // namespace

void MatchingOptions::add_to(CLI::App& command, CLI::Option& follow_up) {
  command
      .add_option(
          "--names", names,
          "somebody whom it accuses, to be compared with other reports; may be repeated, up to 8. One of: " +
              ways_of_naming() +
              " Others on this computer can see it while the command runs: see --names-file")
      ->type_name("KIND: FIELD; FIELD")
      ->allow_extra_args(false);
  command.add_option("--names-file", names_file, "the same, one a line, from a file or (-) standard input");
  command
      .add_option(
          "--hold", hold,
          "nobody can read it before as many reports name the same person, this one among them: 2 or 3")
      ->check(CLI::IsMember({2U, 3U}));
  command.add_option(
      "--contact-first", contact_first,
      "hold it (--hold, 2 unless told), and then let only these words be read: how to reach you, "
      "from a file or (-) standard input. The rest opens when you release it");
  command.add_flag("--release", release, "with --follow-up: let open what you held with --contact-first")
      ->needs(&follow_up);
  command
      .add_option(
          "--wait", wait_minutes,
          "for how many minutes at most the key holders are waited for, after it is stored; 60 unless told")
      ->check(CLI::Range(0U, wait_minutes_max));
}

Outcome<MatchingWish> read_wish(const MatchingOptions& options, bool follow_up, bool text_is_typed) {
  if (auto good = check_standard_input(options, text_is_typed); !good) return fail(good);
  const bool holds = options.hold != 0 || !options.contact_first.empty();
  if (holds && follow_up)
    return fail_with(
        Errc::refused,
        "what follows a report up cannot be held back. Send it without --hold and --contact-first, or "
        "as a report of its own, without --follow-up. Nothing was sent.");
  auto names = read_names(options);
  if (!names) return fail(names);
  MatchingWish wish{*std::move(names), {}};
  if (!holds) return wish;
  if (wish.names.empty())
    return fail_with(
        Errc::refused,
        "nothing is held back without a name: no other report could ever open it. Say whom it accuses, "
        "with --names or --names-file, or leave --hold and --contact-first out. Nothing was sent.");
  const unsigned k = options.hold == 0 ? hold_default : options.hold;
  wish.held.emplace(MatchingWish::Held{.threshold = static_cast<matching::Threshold>(k)});
  if (options.contact_first.empty()) return wish;
  auto contact = read_contact(options.contact_first);
  if (!contact) return fail(contact);
  wish.held->contact = *std::move(contact);
  return wish;
}

std::vector<CaseworkerId> readers_after_match(const Audience& audience, const MatchingGroup* group) {
  std::vector<CaseworkerId> readers;
  if (group == nullptr) return readers;
  for (const Audience::Member& member : audience.members)
    if (contains(group->members, member.id, &Audience::Member::id)) readers.push_back(member.id);
  return readers;
}

Outcome<> check_wish(const MatchingWish& wish, const Roster& roster, const Audience& audience,
                     const MatchingGroup* group) {
  if (wish.names.empty()) return {};
  if (!roster.matching)
    return fail_with(
        Errc::refused,
        "this service does not compare reports. Leave out whatever names somebody (--names, --names-file) or "
        "holds the report back (--hold, --contact-first), and write into it whom you mean. Nothing was "
        "sent.");
  if (group == nullptr)
    return fail_with(
        Errc::refused,
        "of those who compare reports here nobody is left who can receive. Leave out fewer people, or "
        "send it without --names and --hold. Nothing was sent.");
  if (!wish.held) return {};
  if (audience.threshold > 1)
    return fail_with(
        Errc::refused,
        "at this desk several open a report together, and nothing can be held back: after a match one "
        "of them could open it alone. Choose another desk, or leave --hold and --contact-first out. "
        "Nothing was sent.");
  if (readers_after_match(audience, group).empty())
    return fail_with(
        Errc::refused,
        "of those who read this desk nobody compares reports, so nobody could ever open what you hold "
        "back. Leave out fewer people, choose another desk, or leave --hold and --contact-first out. "
        "Nothing was sent.");
  return {};
}

}  // namespace candour::cli
