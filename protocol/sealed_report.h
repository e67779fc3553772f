// SPDX-License-Identifier: AGPL-3.0-or-later
// What a sealed report looks like from outside: its sizes, and the server's check of what it is given
// (docs/spec/report.md "Sealing", http.md). No keys: nothing here can tell more than the server may know.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <vector>

#include "crypto/core/age_header.h"
#include "crypto/core/bytes.h"

namespace candour {

inline constexpr std::string_view sealed_stanza_type = "mlkem768x25519";

// Exactly so many stanzas, each of the one type and length that tells nothing.
bool has_places(std::span<const AgeStanza> stanzas, std::size_t places);
// Header with `places` stanzas: of what anybody opens alone, or as many together as `threshold` says (docs/spec/threshold.md).
std::uint64_t sealed_header_bytes(std::size_t places, unsigned threshold = 1);
// Sealed size of a report whose tar (archive_bytes()) is this long.
std::uint64_t sealed_report_bytes(std::uint64_t archive_bytes, std::size_t places, unsigned threshold = 1);
// The largest one under a policy: attachments, with room for report.json and manifest.
std::uint64_t sealed_report_bytes_max(std::uint64_t attachments_bytes_max, std::size_t attachments_max,
                                      std::size_t places);

// In the words of the problem documents.
enum class SealedProblem : std::uint8_t { none, not_sealed, wrong_recipients, wrong_size };

// `first`: the beginning of the blob, at least the header or all of it; `total_bytes`: of the whole blob; `thresholds`: those of the desks
// at which its readers are.
SealedProblem check_sealed_report(ByteView first, std::uint64_t total_bytes, std::size_t places,
                                  std::span<const unsigned> thresholds);

// The same for a file that somebody sealed with stock age, which neither pads nor makes dummies: any size that age
// can make, 1 to `places` stanzas. How many, where nothing is wrong.
std::expected<std::size_t, SealedProblem> check_sealed_file(ByteView first, std::uint64_t total_bytes,
                                                            std::size_t places);

}  // namespace candour
