// SPDX-License-Identifier: AGPL-3.0-or-later
// candour messages: what caseworkers answered, for a reporter without a browser (docs/spec/drops.md). An invented codename opens a box too, an
// empty one: requests and words are the same for it. Nothing is kept on this computer.
#include <algorithm>

#include "client-cli/codename.h"
#include "client-cli/commands/commands.h"
#include "client-cli/drops/check_in.h"
#include "client-cli/drops/received.h"
#include "client-cli/files/new_directory.h"
#include "client-cli/net/roster_source.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/encoding.h"
#include "protocol/archive.h"

namespace candour::cli {
namespace {

constexpr unsigned slots_default = 3;
constexpr unsigned slots_max = 100;

struct Options {
  ServerOptions server;
  PinOption pin;
  CodenameOption codename;
  unsigned slots = slots_default;
  std::string files;
  bool json = false;
};

void show_json(const std::vector<VerifiedReply>& replies, const Roster& roster, std::size_t more) {
  json::Array messages;
  for (const VerifiedReply& reply : replies) {
    messages.push_back({json::Object{{"caseworker", {reply.caseworker().text()}},
                                     {"name", {roster.find(reply.caseworker())->name}},
                                     {"day", {reply->day.encode()}},
                                     {"number", json::number(reply->number)},
                                     {"kind", {std::string(name_of(reply->kind))}},
                                     {"report", {reply->report.encode()}},
                                     {"text", {reply->words}}}});
    if (reply->file) {
      json::Object& message = std::get<json::Object>(messages.back().is);
      message.push_back({"file", json::Value{json::Object{{"name", {reply->file->name}},
                                                          {"bytes", json::number(reply->file->bytes)},
                                                          {"sha256", {hex_encode(reply->file->sha256)}}}}});
    }
  }
  say_json({{"messages", {std::move(messages)}}, {"more", json::number(more)}});
}

void show(const std::vector<VerifiedReply>& replies, const Roster& roster) {
  for (const VerifiedReply& reply : replies) {
    const std::string who = fmt::format("{} ({})", visible_line(roster.find(reply.caseworker())->name),
                                        reply.caseworker().text());
    if (reply->kind == ReplyKind::opened) {
      say("{}: {} has opened your report.\n", reply->day.encode(), who);
    } else {
      say("{}, from {}:\n\n{}\n", reply->day.encode(), who, visible_text(reply->words, "    "));
      if (reply->file)
        say("    With a file: {} ({} bytes). To have it: candour messages --files FOLDER\n",
            visible_line(reply->file->name), reply->file->bytes);
    }
  }
  if (replies.empty())
    say("No messages. If you expected some, check each word of the codename: any eight words open a box.");
  say("A new message can take an hour to show.");
}

// The later ones of each caseworker are fetched first, so that what does not fit into this visit is old.
std::vector<DropTag> latest_last(std::vector<FoundReply> found) {
  std::ranges::stable_sort(found, {}, &FoundReply::number);
  std::vector<DropTag> tags;
  for (const FoundReply& reply : found) tags.push_back(reply.tag);
  return tags;
}

// Under names that no caseworker chose: ada-3.pdf. What cannot be had keeps nobody from the others.
Outcome<> save_files(const Options& options, HttpClient& server, const std::vector<VerifiedReply>& replies,
                     const ReporterKeys& keys) {
  auto folder = NewDirectory::create(options.files);
  if (!folder) return fail(folder);
  std::size_t saved = 0;
  for (const VerifiedReply& reply : replies) {
    if (!reply->file) continue;
    const std::string member = attachment_member(1, reply->file->name);
    const std::string name = fmt::format("{}-{}{}", reply.caseworker().text(), reply->number,
                                         member.substr(std::min(member.find('.'), member.size())));
    const auto content = fetch_file(server, reply, keys);
    if (!content) {
      warn("{}: {}", visible_line(reply->file->name), content.error().text);
      continue;
    }
    if (auto begun = folder->begin_file(name); !begun) return begun;
    if (auto written = folder->write(*content); !written) return written;
    if (auto ended = folder->end_file(); !ended) return ended;
    if (!options.json) say("{}/{}: {}", options.files, name, visible_line(reply->file->name));
    ++saved;
  }
  if (saved == 0) return fail_with(Errc::not_found, "no file came with these messages that could be had.");
  return folder->commit();
}

Outcome<> run(const Options& options) {
  auto pin = options.pin.read();
  if (!pin) return fail(pin);
  auto address = options.server.address();
  if (!address) return fail(address);
  auto codename = options.codename.ask();
  if (!codename) return fail(codename);
  const ReporterKeys keys = ReporterKeys::derive(*codename);
  HttpClient server(*address);
  auto roster = fetch_signed_roster(server, *pin);
  if (!roster) return fail(roster);
  auto index = fetch_index(server);
  if (!index) return fail(index);
  const auto found = find_replies(keys.mailbox_root(), roster->roster(),
                                  [&](const DropTag& tag) { return index->has(tag); });
  auto bodies = fetch_slots(server, *index, latest_last(found), options.slots);
  if (!bodies) return fail(bodies);
  const auto replies = read_replies(found, *bodies, keys);
  const std::size_t room = options.slots * slot_bodies;
  const std::size_t more = found.size() > room ? found.size() - room : 0;
  if (options.json) {
    show_json(replies, roster->roster(), more);
  } else {
    show(replies, roster->roster());
    if (more > 0) {
      say("{} more are there, older ones. To have them too: candour messages --slots {}", more,
          (found.size() + slot_bodies - 1) / slot_bodies);
    }
  }
  if (!options.files.empty())
    if (auto saved = save_files(options, server, replies, keys); !saved) return saved;
  if (!(*roster)->is_valid_on(today())) {
    warn(
        "the service's list of caseworkers is not of today (valid {} to {}), so somebody in it may have left "
        "since. Do not go to a meeting because of a message alone; check this computer's date.",
        (*roster)->valid_from.encode(), (*roster)->valid_until.encode());
  }
  return {};
}

}  // namespace

void add_messages(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("messages", "read what the caseworkers answered");
  options->server.add_to(*command);
  options->pin.add_to(*command);
  options->codename.add_to(*command);
  command
      ->add_option("--slots", options->slots,
                   "how many times four drops are fetched, yours or not, whatever the codename")
      ->check(CLI::Range(1U, slots_max));
  command->add_option("--files", options->files,
                      "a new folder for the files that came with them: the server sees that somebody fetches "
                      "them, and so has mail");
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
