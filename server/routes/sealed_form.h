// SPDX-License-Identifier: AGPL-3.0-or-later
// A sealed file that comes by the form without JavaScript: read as it arrives, refused by its first bytes if it is not
// sealed, stored in parts like any other upload, in memory at most one part. Whoever sends it again sends another
// report: nothing here can tell somebody who finds the file on her device whether it was sent.
// Spec: docs/spec/http.md "Without JavaScript".
#pragma once

#include <memory>

#include "server/http/body_sink.h"
#include "server/http/request.h"
#include "server/routes/context.h"

namespace candour::server {

// `request` has passed the gate of its route: a form, for a desk.
std::unique_ptr<BodySink> take_sealed_form(const Context& context, const Request& request);

}  // namespace candour::server
