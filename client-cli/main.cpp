// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/run.h"

int main(int argc, char** argv) { return candour::cli::run(argc, argv); }
