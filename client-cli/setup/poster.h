// SPDX-License-Identifier: AGPL-3.0-or-later
// A poster with the reporters' address: one A4 page of SVG, with a QR code (ISO/IEC 18004) and the words by which the organisation is told from
// somebody who claims to be it. Pure functions.
#pragma once

#include <string>

#include "client-cli/outcome.h"

namespace candour::cli {

struct Poster {
  std::string service;      // as the roster names it
  std::string address;      // http://….onion
  std::string fingerprint;  // eight words
};

Outcome<std::string> poster_svg(const Poster& poster);

}  // namespace candour::cli
