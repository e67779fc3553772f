// SPDX-License-Identifier: AGPL-3.0-or-later
// Padmé padding (PURBs, 2019, algorithm 1): sizes with few significant bits, at most 12 % larger, so that a
// size tells attachments in coarse steps and nothing else. A floor makes all small content the same size.
// docs/spec/report.md "Sealing". Pure functions on sizes in bytes.
#pragma once

#include <cstdint>

namespace candour {

inline constexpr std::uint64_t report_floor_bytes = 65'536;
inline constexpr std::uint64_t drop_floor_bytes = 16'384;

// The smallest allowed size that holds `bytes`: max(floor, Padmé(bytes)). Saturates at 2^64 - 1.
std::uint64_t padded_size(std::uint64_t bytes, std::uint64_t floor_bytes);

// Is this a size that padded_size() can give?
bool is_padded_size(std::uint64_t bytes, std::uint64_t floor_bytes);

}  // namespace candour
