// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/day_watch.h"

namespace candour::server {

void DayWatch::look(Day today, Steady now) {
  const bool first = !today_;
  today_ = today;
  if (agreed_ > today) agreed_ = today;  // it was wrong for longer than that: at least no further
  const bool agrees = !first && today >= candidate_;
  if (agrees && now - since_ < kAgree) return;
  if (agrees) agreed_ = candidate_;
  candidate_ = today;
  since_ = now;
}

}  // namespace candour::server
