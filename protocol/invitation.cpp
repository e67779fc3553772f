// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/invitation.h"

#include <algorithm>
#include <utility>

#include "crypto/core/labels.h"
#include "protocol/fingerprint.h"
#include "protocol/lines.h"

namespace candour {
namespace {

constexpr Literal kNotOne = "this is not an invitation to a desk: ask the operator for another";
constexpr std::size_t kOriginBytesMax = 255;
constexpr std::size_t kAuthorisationCharacters = 52;  // 32 bytes
constexpr std::string_view kNoAuthorisation = "-";

bool is_authorisation(std::string_view text) {
  return text.size() == kAuthorisationCharacters &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); });
}

bool is_origin(std::string_view text) {
  return (text.starts_with("http://") || text.starts_with("https://")) && text.size() <= kOriginBytesMax &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

std::string encode_invitation(const Invitation& invitation) {
  std::string text(label::invitation);
  text += "\ncaseworker " + invitation.who.text();
  text += "\ndesk " + invitation.origin;
  text += "\nauthorisation ";
  text += invitation.authorisation.empty() ? kNoAuthorisation : std::string_view(invitation.authorisation);
  text += "\n\n";
  return text + invitation.pin.encode();
}

Result<Invitation> parse_invitation(std::string_view text) {
  Lines lines(text);
  if (!lines.take(label::invitation)) return fail(Errc::malformed, kNotOne);
  const auto who = lines.field("caseworker");
  const auto origin = who ? lines.field("desk") : std::nullopt;
  const auto authorisation = origin ? lines.field("authorisation") : std::nullopt;
  if (!authorisation || !lines.take("")) return fail(Errc::malformed, kNotOne);
  auto id = CaseworkerId::parse(*who);
  auto pin = Pin::parse(lines.rest());
  const bool asks_for_none = *authorisation == kNoAuthorisation;
  if (!id || !pin || !is_origin(*origin) || (!asks_for_none && !is_authorisation(*authorisation)))
    return fail(Errc::malformed, kNotOne);
  return Invitation{*std::move(id), std::string(*origin), std::string(asks_for_none ? "" : *authorisation),
                    *std::move(pin)};
}

std::string desk_fingerprint(std::string_view origin, const Pin& pin) {
  return fingerprint(std::string(origin) + '\n' + pin.encode());
}

}  // namespace candour
