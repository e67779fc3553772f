// SPDX-License-Identifier: AGPL-3.0-or-later
// What of an attachment may be shown, by its bytes alone, and what a download of it is called (docs/spec/desk.md "Attachments"). Name and
// type are somebody else's word. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "protocol/report_json.h"

namespace candour::cli {

struct ShownKind {
  std::string_view view;        // "image" or "text"
  std::string_view media_type;  // to serve it as
  std::string_view extension;   // with its dot
};
// Nothing where it may only be downloaded.
std::optional<ShownKind> shown_kind(ByteView content);

// Letters, digits and "._-" alone.
std::string download_name(const Attachment& attachment, ByteView content);

}  // namespace candour::cli
