// SPDX-License-Identifier: AGPL-3.0-or-later
// candour fetch: the sealed bytes of a report, as they are, to be opened on another machine.
#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/handed_on.h"
#include "client-cli/files/new_file.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  DeskOptions desk;
  PinOption pin;
  std::string id, out, handed_on;
};

Outcome<> save_handed_on(const Options& options, const std::shared_ptr<SignedIn>& desk,
                         const ReportId& report) {
  auto file = NewFile::create(options.handed_on);
  if (!file) return fail(file);
  auto cases = CaseDesk::at_if_pinned(options.pin, desk);
  if (!cases) return fail(cases);
  const auto sealed = seal_handed_on((*cases)->handed_on(report), (*cases)->match_seed_of(report), desk->key);
  if (!sealed) return fail(sealed);
  if (auto written = file->write(*sealed); !written) return written;
  return file->commit();
}

Outcome<> run(const Options& options) {
  if (!options.handed_on.empty() && options.pin.path.empty())
    return fail_with(Errc::refused, "what colleagues handed on is believed by the roster. Add --pin FILE.");
  auto file = NewFile::create(options.out);
  if (!file) return fail(file);
  auto signed_in = sign_in(options.desk);
  if (!signed_in) return fail(signed_in);
  const auto desk = std::make_shared<SignedIn>(*std::move(signed_in));
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
  if (!options.handed_on.empty())
    if (auto saved = save_handed_on(options, desk, listed->id); !saved) return saved;
  say("Open it with: candour open {} --file {}{} --out FOLDER", listed->id.encode(), options.out,
      options.handed_on.empty()
          ? ""
          : " --handed-on " + options.handed_on + " --pin root.pin --roster roster.note");
  return {};
}

}  // namespace

void add_fetch(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("fetch", "save a report, still sealed, for another machine");
  add_report_id(*command, options->id);
  command->add_option("--out", options->out, "the file to write")->required();
  command->add_option("--handed-on", options->handed_on,
                      "also write here, sealed to you, what colleagues handed on to you of it");
  options->desk.add_to(*command);
  options->pin.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
