// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/shown_kind.h"

#include <algorithm>
#include <array>

#include "crypto/core/utf8.h"

namespace candour::cli {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t text_bytes_max = std::size_t{1} << 20;
constexpr std::size_t riff_kind_at = 8;

struct Signature {
  std::string_view begins;
  ShownKind kind;
};
constexpr std::array signatures{
    Signature{"\x89PNG\r\n\x1a\n"sv, {"image", "image/png", ".png"}},
    Signature{"\xff\xd8\xff"sv, {"image", "image/jpeg", ".jpg"}},
    Signature{"GIF87a"sv, {"image", "image/gif", ".gif"}},
    Signature{"GIF89a"sv, {"image", "image/gif", ".gif"}},
};
constexpr ShownKind webp{"image", "image/webp", ".webp"};
constexpr ShownKind text{"text", "text/plain; charset=utf-8", ".txt"};

bool is_text(std::string_view content) {
  const auto is_control = [](char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t') || c == '\x7f';
  };
  return content.size() <= text_bytes_max && is_valid_utf8(content) &&
         std::ranges::none_of(content, is_control);
}

}  // namespace

std::optional<ShownKind> shown_kind(ByteView content) {
  const std::string_view bytes = as_text(content);
  for (const Signature& signature : signatures)
    if (bytes.starts_with(signature.begins)) return signature.kind;
  if (bytes.starts_with("RIFF") && bytes.substr(std::min(riff_kind_at, bytes.size())).starts_with("WEBP"))
    return webp;
  if (is_text(bytes)) return text;
  return std::nullopt;
}

// The member is called 001.jpg: a number of ours, and an end that the author's browser took over where it was plain.
std::string download_name(const Attachment& attachment, ByteView content) {
  const std::string_view member =
      std::string_view(attachment.member).substr(attachment.member.rfind('/') + 1);
  const std::size_t dot = std::min(member.find('.'), member.size());
  std::string name = "attachment-" + std::string(member.substr(0, dot));
  const auto kind = shown_kind(content);
  const bool says_text = kind && kind->view == "text" && dot < member.size();
  name += kind && !says_text ? kind->extension : member.substr(dot);
  std::ranges::replace_if(
      name,
      [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                 c == '_' || c == '-');
      },
      '_');
  return name;
}

}  // namespace candour::cli
