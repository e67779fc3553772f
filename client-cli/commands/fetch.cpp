// SPDX-License-Identifier: AGPL-3.0-or-later
// candour fetch: the sealed bytes of a report, as they are, to be opened on another machine.
#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/files/new_file.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  DeskOptions desk;
  std::string id, out;
};

Outcome<> run(const Options& options) {
  auto file = NewFile::create(options.out);
  if (!file) return fail(file);
  auto desk = sign_in(options.desk);
  if (!desk) return fail(desk);
  auto listed = desk->session.find(options.id);
  if (!listed) return fail(listed);
  std::uint64_t bytes = 0;
  const auto other_size = [] {
    return fail_with(Errc::truncated,
                     "the server sent another number of bytes than it had listed. Try again.");
  };
  auto done = desk->session.download(listed->id, [&](ByteView sealed) -> Outcome<> {
    bytes += sealed.size();
    if (bytes > listed->bytes) return other_size();
    return file->write(sealed);
  });
  if (!done) return done;
  if (bytes != listed->bytes) return other_size();
  if (auto kept = file->commit(); !kept) return kept;
  say("{}: {} bytes, sealed.", options.out, bytes);
  say("Open it with: candour open {} --file {} --out FOLDER", listed->id.encode(), options.out);
  return {};
}

}  // namespace

void add_fetch(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("fetch", "save a report, still sealed, for another machine");
  add_report_id(*command, options->id);
  command->add_option("--out", options->out, "the file to write")->required();
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
