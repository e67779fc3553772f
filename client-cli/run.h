// SPDX-License-Identifier: AGPL-3.0-or-later
// The tool from its command line to its exit status (docs/spec/cli.md): 0 done, 1 failed, 2 wrong usage.
#pragma once

namespace candour::cli {

int run(int argc, char** argv);

}  // namespace candour::cli
