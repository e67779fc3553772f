// SPDX-License-Identifier: AGPL-3.0-or-later
// One answer of a server beside what it must be: status, bytes, type, and the headers that every answer carries
// (protocol/site.h), each once and no other. Pure; each difference in words, with its cause and remedy.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client-cli/net/http_client.h"
#include "client-cli/site/published.h"

namespace candour::cli {

// `asked`: the path of the request; "/" stands for index.html.
std::vector<std::string> compare_file(std::string_view asked, const PublishedFile& file,
                                      const Published& published, const HttpReply& reply);
// An address where nothing is: the headers hold there too, and nothing may be put in the place of the refusal.
std::vector<std::string> compare_nothing(const Published& published, const HttpReply& reply);

}  // namespace candour::cli
