// SPDX-License-Identifier: AGPL-3.0-or-later
// Every block that this program's C++ code gives back to the heap is wiped first, because what she wrote, and the
// mailbox root beside it, pass through strings and JSON trees that know nothing of secrets and leave a copy behind
// each time they grow. Keys and passphrases live in Secret (crypto/core/secret.h) all the same. Linking
// wiping_heap.cpp into a program is all that is needed; over-aligned blocks are left to the system.
#pragma once

namespace candour::cli {

// All that can be used of a block of malloc(), which goes back next.
void wipe_heap_block(void* block) noexcept;

}  // namespace candour::cli
