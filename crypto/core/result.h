// SPDX-License-Identifier: AGPL-3.0-or-later
// Expected failures as values. A message can only be a string literal, checked by the compiler, so
// that run-time text (and with it a secret, a name or a path) cannot enter an error or a log.
// Write the message for the person who reads it: the cause, then the remedy.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace candour {

// What the caller can do about it; the message says the rest.
enum class Errc : std::uint8_t {
  malformed,      // input is not of the form that the specification asks for
  truncated,      // input ends too early
  too_large,      // over a bound in protocol/limits.h or a documented one
  not_authentic,  // a signature, MAC or authentication tag does not verify
  no_match,       // well-formed, but for none of the keys at hand
  unsupported,    // well-formed, but a kind or version that this program does not know
  expired,        // was valid once
  outdated,       // older than what has been accepted before
  not_found,      // no such thing, or not yours: the two are never told apart
  conflict,       // the name is taken by something else
  refused,        // valid, but not allowed by policy
  busy,           // a bound on waiting work is reached; the same request may succeed later
  io,             // the operating system or a device failed
  internal,       // a promise inside the program was broken
};

class Literal {
 public:
  // Only string literals: consteval refuses anything that is not a constant expression.
  consteval Literal(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor)
  constexpr std::string_view view() const { return text_; }

 private:
  std::string_view text_;
};

struct Error {
  Errc code;
  Literal message;
};

template <class T = void>
using Result = std::expected<T, Error>;

constexpr std::unexpected<Error> fail(Errc code, Literal message) {
  return std::unexpected<Error>(Error{code, message});
}

// Hands an error of one Result on as that of another.
template <class T>
std::unexpected<Error> fail(const Result<T>& failed) {
  return std::unexpected<Error>(failed.error());
}

}  // namespace candour
