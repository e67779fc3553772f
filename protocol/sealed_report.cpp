// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/sealed_report.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "crypto/core/age_stream.h"
#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "crypto/core/padme.h"
#include "crypto/core/threshold_header.h"
#include "protocol/archive.h"
#include "protocol/contains.h"
#include "protocol/limits.h"

namespace candour {
namespace {

constexpr std::size_t encapsulation_bytes = 1120;
constexpr std::size_t wrapped_file_key_bytes = 32;

std::uint64_t base64_raw_characters(std::size_t bytes) { return (bytes * 8 + 5) / 6; }

bool is_stanza_of_ours(const AgeStanza& stanza) {
  if (stanza.type() != sealed_stanza_type || stanza.arguments.size() != 2) return false;
  std::array<std::uint8_t, encapsulation_bytes> encapsulation{};
  return stanza.body.size() == wrapped_file_key_bytes &&
         base64_raw_decode_into(stanza.arguments[1], encapsulation).has_value();
}

// What anybody can see of a sealed file.
struct Outside {
  unsigned threshold;
  std::size_t stanzas;                       // for readers
  std::optional<std::uint64_t> plain_bytes;  // nothing where no plaintext has this size sealed
};

std::expected<Outside, SealedProblem> outside_of(ByteView first, std::uint64_t total_bytes) {
  const auto header = parse_age_header(first);
  if (!header || !*header) return std::unexpected(SealedProblem::not_sealed);
  const auto& stanzas = (*header)->stanzas;
  const std::uint64_t header_bytes = (*header)->size_bytes;
  Outside outside{1, stanzas.size(),
                  total_bytes < header_bytes ? std::nullopt : age_plain_size(total_bytes - header_bytes)};
  if (is_threshold_header(stanzas)) {
    const auto together = parse_threshold_header(stanzas);
    if (!together) return std::unexpected(SealedProblem::wrong_recipients);
    outside.threshold = together->threshold;
    outside.stanzas = together->shares.size();
  } else if (!std::ranges::all_of(stanzas, is_stanza_of_ours)) {
    return std::unexpected(SealedProblem::wrong_recipients);
  }
  return outside;
}

}  // namespace

bool has_places(std::span<const AgeStanza> stanzas, std::size_t places) {
  return stanzas.size() == places && std::ranges::all_of(stanzas, is_stanza_of_ours);
}

namespace {

// Of a body in lines of 64 columns; the last one is shorter, if empty.
std::uint64_t body_line_bytes(std::size_t bytes) {
  constexpr std::size_t columns = 64;
  const std::uint64_t characters = base64_raw_characters(bytes);
  return characters + characters / columns + 1;
}

// "-> candour/v1/threshold K", the commitments, and the shares.
std::uint64_t together_bytes(std::size_t places, unsigned threshold) {
  const std::uint64_t first_line =
      std::string_view("-> ").size() + label::threshold_stanza.size() + (threshold < 10 ? 2 : 3) + 1;
  const std::uint64_t share_line = std::string_view("-> ").size() + label::share_stanza.size() +
                                   std::string_view(" 01 ").size() +
                                   base64_raw_characters(encapsulation_bytes) + 1;
  return first_line + body_line_bytes(places * sizeof(Digest)) +
         places * (share_line + body_line_bytes(wrapped_share_bytes));
}

}  // namespace

std::uint64_t sealed_header_bytes(std::size_t places, unsigned threshold) {
  constexpr std::string_view stanza_start = "-> mlkem768x25519 \n\n";  // without the two base64 values
  constexpr std::string_view mac_line = "--- \n";
  constexpr std::size_t mac_bytes = 32;
  const std::uint64_t stanza_bytes = stanza_start.size() + base64_raw_characters(encapsulation_bytes) +
                                     base64_raw_characters(wrapped_file_key_bytes);
  return age_version_line.size() +
         (threshold == 1 ? places * stanza_bytes : together_bytes(places, threshold)) + mac_line.size() +
         base64_raw_characters(mac_bytes);
}

std::uint64_t sealed_report_bytes(std::uint64_t archive_size_bytes, std::size_t places, unsigned threshold) {
  return sealed_header_bytes(places, threshold) +
         age_payload_size(padded_size(archive_size_bytes, report_floor_bytes));
}

std::uint64_t sealed_report_bytes_max(std::uint64_t attachments_bytes_max, std::size_t attachments_max,
                                      std::size_t places) {
  // Every member is filled up to a block, and has one of its own.
  const std::uint64_t attachments = attachments_bytes_max + attachments_max * 2 * archive_block_bytes;
  // The longest header is that of a threshold desk.
  return sealed_report_bytes(
      attachments + archive_bytes({limits::report_json_bytes_max, limits::manifest_bytes_max}), places,
      key_shares_max);
}

std::expected<std::size_t, SealedProblem> check_sealed_file(ByteView first, std::uint64_t total_bytes,
                                                            std::size_t places) {
  const auto outside = outside_of(first, total_bytes);
  if (!outside) return std::unexpected(outside.error());
  if (outside->stanzas > places || outside->threshold != 1)
    return std::unexpected(SealedProblem::wrong_recipients);
  if (!outside->plain_bytes) return std::unexpected(SealedProblem::wrong_size);
  return outside->stanzas;
}

SealedProblem check_sealed_report(ByteView first, std::uint64_t total_bytes, std::size_t places,
                                  std::span<const unsigned> thresholds) {
  const auto outside = outside_of(first, total_bytes);
  if (!outside) return outside.error();
  if (outside->stanzas != places || !contains(thresholds, outside->threshold))
    return SealedProblem::wrong_recipients;
  if (!outside->plain_bytes || !is_padded_size(*outside->plain_bytes, report_floor_bytes))
    return SealedProblem::wrong_size;
  return SealedProblem::none;
}

}  // namespace candour
