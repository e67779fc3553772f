// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/codename.h"

#include "client-cli/terminal/passphrase.h"
#include "crypto/core/bytes.h"

namespace candour::cli {

CLI::Option* CodenameOption::add_to(CLI::App& command) {
  return command.add_option("--codename-file", path, "read the codename from the first line of this file");
}

Outcome<Codename> CodenameOption::ask() const {
  auto typed = ask_codename(path);
  if (!typed) return fail(typed);
  auto codename = Codename::parse(as_text(typed->reveal()));
  if (!codename)
    return fail_with(codename.error().code,
                     fmt::format("{}. Nothing was sent.", codename.error().message.view()));
  return *std::move(codename);
}

}  // namespace candour::cli
