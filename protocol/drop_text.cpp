// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/drop_text.h"

#include <algorithm>

#include "protocol/drop.h"

namespace candour {

Result<SecretBytes> fill_drop(std::string_view text) {
  if (text.size() > drop_plain_bytes) return fail(Errc::too_large, "the text is larger than a drop");
  if (text.contains('\0')) return fail(Errc::malformed, "the text of a drop holds no zero bytes");
  SecretBytes plain(drop_plain_bytes);
  std::ranges::copy(as_bytes(text), plain.writable().begin());
  return plain;
}

Result<std::string_view> text_of_drop(ByteView plain) {
  if (plain.size() != drop_plain_bytes) return fail(Errc::malformed, "a drop has another size");
  const std::string_view whole = as_text(plain);
  const std::string_view text = whole.substr(0, whole.find('\0'));
  if (whole.find_first_not_of('\0', text.size()) != std::string_view::npos)
    return fail(Errc::malformed, "a drop has something after its zeros");
  return text;
}

}  // namespace candour
