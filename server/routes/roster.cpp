// SPDX-License-Identifier: AGPL-3.0-or-later
// GET /v1/roster, on each listener: the note as it was accepted, also when it has expired, so that the page
// can say so and show the helplines.
#include "server/routes/context.h"

namespace candour::server {

void add_roster_routes(Router& router, Context& context) {
  router.add({.method = Method::get,
              .pattern = "/v1/roster",
              .body_bytes_max = 0,
              .handler = [&context](const Request&, Reply reply) {
                reply(shared_response("text/plain; charset=utf-8",
                                      {context.roster, as_bytes(context.roster->note())}));
              }});
}

}  // namespace candour::server
