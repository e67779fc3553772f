// SPDX-License-Identifier: AGPL-3.0-or-later
// What the drop routes read: a tag, then a Candour-Work value, each ended by a line feed, then a body, which is also tried cut or filled
// up to the one size. What is taken has just that size and one stanza, and tags have one spelling.
#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "crypto/core/init.h"
#include "protocol/drop.h"
#include "server/routes/puzzles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool ready = candour::init_crypto().has_value();
  if (!ready) std::abort();
  std::string_view rest = candour::as_text({data, size});
  const auto line = [&rest] {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto taken = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return taken;
  };
  const auto text = line();
  const auto tag = candour::DropTag::parse(text);
  if (tag && tag->encode() != text) std::abort();
  static const candour::server::Puzzles puzzles;
  const auto work = candour::server::Puzzles::parse(line());
  if (puzzles.is_live(work.puzzle, candour::server::Puzzles::Steady{})) std::abort();
  const auto view = candour::as_bytes(rest);
  candour::Bytes body(view.begin(), view.end());
  if (candour::check_sealed_drop(body) == candour::SealedProblem::none && body.size() != candour::drop_bytes)
    std::abort();
  body.resize(candour::drop_bytes);
  static_cast<void>(candour::check_sealed_drop(body));
  static_cast<void>(candour::server::Puzzles::is_solved(work, tag.value_or(candour::DropTag{}), body));
  return 0;
}
