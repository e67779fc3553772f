// SPDX-License-Identifier: AGPL-3.0-or-later
// The values of the store's verbs about evaluations (docs/spec/matching.md "Asking"). Batches and what holders answer are bytes of a
// fixed length here: what is in them is none of the server's business.
#pragma once

#include <cstddef>
#include <cstdint>

#include "protocol/limits.h"

namespace candour::storage {

// What a report's holders have answered is one after the other, by number: the number (1 byte), and the evaluation.
inline constexpr std::size_t answer_bytes = 1 + limits::evaluation_bytes;

enum class CompanionPut : std::uint8_t { stored, already_there };

}  // namespace candour::storage
