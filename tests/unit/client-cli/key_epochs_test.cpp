// SPDX-License-Identifier: AGPL-3.0-or-later
// The epochs of a key file: what is added, what may be forgotten, and what is refused without a change.
#include "client-cli/key_epochs.h"

#include <catch2/catch_test_macros.hpp>

#include "protocol/card.h"

namespace candour::cli {
namespace {

const Day first = Day::parse("2026-01-01").value();

KeyFile someone() { return {"candour/caseworker/ada", Secret<32>::make_random(), {}}; }

KeyFile with_epochs(int count) {
  KeyFile file = someone();
  for (int i = 0; i < count; ++i) REQUIRE(begin_epoch(file, first.plus(90 * i), first.plus(90 * i + 90)));
  return file;
}

}  // namespace

TEST_CASE("epochs: the newest comes first, and its card is hers") {
  const KeyFile file = with_epochs(3);
  REQUIRE(file.epochs.size() == 3);
  CHECK(file.epochs.front().from == first.plus(180).encode());
  CHECK(file.epochs.back().from == first.encode());
  const auto card = card_of(file, "Ada");
  REQUIRE(card);
  const auto checked = parse_card(*card);
  REQUIRE(checked);
  CHECK(checked->sealing_key.recipient == encode_recipient(file.epochs.front().recipient));
  CHECK(checked->card.id.text() == "ada");
  CHECK(!card_of(file, " "));
  CHECK(!card_of(someone(), "Ada"));
}

TEST_CASE(
    "epochs: a new one neither begins before the newest nor ends before it, and there is an end to them") {
  KeyFile file = with_epochs(2);
  CHECK(begin_epoch(file, first, first.plus(400)).error().code == Errc::refused);
  CHECK(begin_epoch(file, first.plus(91), first.plus(100)).error().code == Errc::refused);
  CHECK(file.epochs.size() == 2);
  CHECK(begin_epoch(file, first.plus(91), first.plus(180)));
  KeyFile full = with_epochs(static_cast<int>(epochs_max));
  CHECK(begin_epoch(full, first.plus(9000), first.plus(9090)).error().code == Errc::refused);
}

TEST_CASE("epochs: only what has ended is forgotten, and never the newest") {
  KeyFile file = with_epochs(3);  // until day 90, 180, 270
  const std::string newest = file.epochs.front().from;
  CHECK(forget_epochs(file, first.plus(90), first.plus(1000)).error().code == Errc::not_found);
  CHECK(forget_epochs(file, first.plus(91), first.plus(90)).error().code == Errc::refused);
  CHECK(file.epochs.size() == 3);
  const auto one = forget_epochs(file, first.plus(91), first.plus(91));
  REQUIRE(one);
  CHECK(one->size() == 1);
  CHECK(one->front().from == first.encode());
  CHECK(file.epochs.size() == 2);
  const auto rest = forget_epochs(file, first.plus(1000), first.plus(1000));
  REQUIRE(rest);
  CHECK(rest->size() == 1);
  REQUIRE(file.epochs.size() == 1);
  CHECK(file.epochs.front().from == newest);
}

}  // namespace candour::cli
