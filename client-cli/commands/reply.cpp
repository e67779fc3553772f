// SPDX-License-Identifier: AGPL-3.0-or-later
// candour reply: a caseworker answers the author of a report, or takes an answer back (docs/spec/drops.md).
#include <optional>

#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/known_roster.h"
#include "client-cli/desk/reply_post.h"
#include "client-cli/files/read_file.h"
#include "client-cli/net/roster_source.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/typed_words.h"

namespace candour::cli {
namespace {

struct Options {
  DeskOptions desk;
  PinOption pin;
  std::string id, text, attach;
  bool opened = false, json = false;
  std::optional<std::uint64_t> remove;
};

Outcome<std::optional<FileAlong>> file_of(const Options& options) {
  if (options.attach.empty()) return std::nullopt;
  const auto content = read_text_file(options.attach, reply_file_bytes_max);
  if (!content) return fail(content);
  const auto bytes = as_bytes(*content);
  return FileAlong{options.attach.substr(options.attach.find_last_of('/') + 1), {bytes.begin(), bytes.end()}};
}

Outcome<std::string> words_of(const Options& options, const FileAlong* file) {
  auto words = typed_words(options.text, "reply");
  if (!words) return words;
  if (const auto may = may_reply(*words, file); !may) return fail(may);
  return words;
}

void show_sent(const Options& options, const ReportId& report, ReplyKind kind, std::uint64_t number,
               Day day) {
  if (options.json) {
    say_json({{"report", {report.encode()}},
              {"number", json::number(number)},
              {"kind", {std::string(name_of(kind))}},
              {"day", {day.encode()}}});
    return;
  }
  say("Sent as your reply {} to report {}. Within the hour its author can read it with her codename.", number,
      report.encode());
  if (kind == ReplyKind::message)
    say("It is sealed to her alone: you cannot read it again, so keep what you need.");
  say("To take it back: candour reply {} --remove {}", report.encode().substr(0, 8), number);
}

Outcome<> run(const Options& options) {
  std::string words;
  const auto file = file_of(options);
  if (!file) return fail(file);
  const FileAlong* along = *file ? &**file : nullptr;
  if (!options.opened && !options.remove) {
    auto checked = words_of(options, along);
    if (!checked) return fail(checked);
    words = *std::move(checked);
  }
  auto signed_in = sign_in(options.desk);
  if (!signed_in) return fail(signed_in);
  const auto desk = std::make_shared<SignedIn>(*std::move(signed_in));
  auto listed = desk->session.find(options.id);
  if (!listed) return fail(listed);
  const auto me = owner_of(desk->key);
  if (!me) return fail(me);
  auto cases = CaseDesk::at_if_pinned(options.pin, desk);
  if (!cases) return fail(cases);
  const ReportAccess access =
      *cases ? (*cases)->access_to(listed->id) : own_access(desk->key, *me, listed->id);
  const auto report = read_report(desk->session, access, *listed);
  if (!report) return fail(report);
  const Addressee to = addressee_of(report->opened, report->sealed_sha256);
  if (options.remove) {
    if (auto done = remove_reply(*desk, to, *options.remove); !done) return done;
    if (options.json) {
      say_json({{"report", {to.report.encode()}}, {"removed", json::number(*options.remove)}});
    } else {
      say("Your reply {} is gone from the server. Its author may have read it before.", *options.remove);
    }
    return {};
  }
  const ReplyKind kind = options.opened ? ReplyKind::opened : ReplyKind::message;
  const Day day = today();
  auto number = post_reply(*desk, to, kind, std::move(words), day, along);
  if (!number) return fail(number);
  show_sent(options, to.report, kind, *number, day);
  if (!*cases || kind != ReplyKind::message) return {};
  // So that her colleagues see that she has answered. It is sent whether that succeeds or not.
  if (const auto said = (*cases)->log_reply(to.report, *number); !said)
    warn("your colleagues could not be told that you have answered: {}", said.error().text);
  return {};
}

}  // namespace

void add_reply(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("reply", "answer the author of a report");
  add_report_id(*command, options->id);
  CLI::Option* text =
      command->add_option("--text", options->text,
                          "what to say (others on this computer can see it while the command runs; standard "
                          "input is safer)");
  CLI::Option* opened =
      command->add_flag("--opened", options->opened, "say only that you have opened the report")
          ->excludes(text);
  CLI::Option* attach = command
                            ->add_option("--attach", options->attach,
                                         "a file to send along, at most 512 KiB; its author is asked before "
                                         "it is fetched")
                            ->excludes(opened);
  command->add_option("--remove", options->remove, "take this reply of yours back, by its number")
      ->excludes(text)
      ->excludes(opened)
      ->excludes(attach);
  options->desk.add_to(*command);
  options->pin.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
