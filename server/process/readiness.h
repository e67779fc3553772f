// SPDX-License-Identifier: AGPL-3.0-or-later
// Tells the service manager how far candourd is (sd_notify protocol: one datagram to $NOTIFY_SOCKET), without
// a library for ten lines. Does nothing when nobody asked.
#pragma once

namespace candour::server {

void notify_ready();
void notify_stopping();

}  // namespace candour::server
