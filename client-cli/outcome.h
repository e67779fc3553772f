// SPDX-License-Identifier: AGPL-3.0-or-later
// What a command answers: a value, or a failure in words for the person at the terminal. The libraries
// below speak in literals (`Result`); here, at the edge, a file name or a server's answer may be added,
// because it goes to the user's own stderr and nowhere else. An `Error` turns into a `Failure` by itself.
#pragma once

#include <fmt/format.h>

#include <expected>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/core/result.h"

namespace candour::cli {

// The libraries' words, ended as a sentence, so that more can follow.
inline std::string as_sentence(std::string_view words) {
  return words.empty() || words.ends_with('.') || words.ends_with('?') ? std::string(words)
                                                                       : std::string(words) + ".";
}

struct Failure {
  Failure(Error error)
      : code(error.code), text(as_sentence(error.message.view())) {}  // NOLINT(google-explicit-constructor)
  Failure(Errc why, std::string words) : code(why), text(std::move(words)) {}

  Errc code;
  std::string text;  // cause, then remedy; safe to print
};

template <class T = void>
using Outcome = std::expected<T, Failure>;

// Hands a failure of one Outcome on as that of another.
template <class T>
std::unexpected<Failure> fail(const Outcome<T>& failed) {
  return std::unexpected<Failure>(failed.error());
}

// A failure in run-time words.
inline std::unexpected<Failure> fail_with(Errc code, std::string words) {
  return std::unexpected<Failure>(Failure(code, std::move(words)));
}

// A failure with what it is about in front: "robin.key: the passphrase is wrong. …".
template <class T, class E>
std::unexpected<Failure> fail_about(std::string_view what, const std::expected<T, E>& failed) {
  const Failure cause(failed.error());
  return fail_with(cause.code, fmt::format("{}: {}", what, cause.text));
}

}  // namespace candour::cli
