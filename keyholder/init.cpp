// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/init.h"

#include <cstdio>

#include "client-cli/files/new_file.h"
#include "keyholder/holder_key.h"
#include "matching/key_holders.h"

namespace candour::keyholder {

cli::Outcome<> init(const InitOptions& options) {
  constexpr unsigned public_file = 0644;
  auto list = cli::NewFile::create(options.out, public_file);  // before a key is made for nothing
  if (!list) return cli::fail(list);
  const auto key = create_holder_key(options.key);
  if (!key) return cli::fail(key);
  RosterMatching matching;
  matching.public_key = key->public_key().bytes();
  matching.threshold = 1;
  matching.holders.push_back(matching::key_holder(1, *key));
  if (auto written = list->write(as_bytes(encode_holder_list(matching))); !written) return written;
  if (auto named = list->commit(); !named) return named;
  fmt::print(
      "{}: a new key. Keep a copy of it where no caseworker gets to: without it, reports that come later "
      "match none "
      "that came before.\n"
      "{}: what the roster says of it. The steward: candour roster matching roster.json --holders {} --group "
      "ID,ID\n",
      options.key, options.out, options.out);
  return {};
}

}  // namespace candour::keyholder
