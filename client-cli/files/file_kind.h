// SPDX-License-Identifier: AGPL-3.0-or-later
// What a file seems to be, from its first bytes, so that a pin given as a card is called by its name. For messages
// alone: nothing is believed because of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "client-cli/outcome.h"

namespace candour::cli {

enum class FileKind : std::uint8_t {
  unknown,
  pin,
  root_public_key,
  card,
  draft,
  roster,
  receipt,
  manifest,
  key_file,
  identity,
  sealed
};

FileKind kind_of(std::string_view content);

// fail_about(); where `content` is of another known kind than `expected`, it says so and what was expected instead.
std::unexpected<Failure> fail_as(std::string_view path, std::string_view content, FileKind expected,
                                 const Failure& cause);

template <class T, class E>
std::unexpected<Failure> fail_as(std::string_view path, std::string_view content, FileKind expected,
                                 const std::expected<T, E>& failed) {
  return fail_as(path, content, expected, Failure(failed.error()));
}

}  // namespace candour::cli
