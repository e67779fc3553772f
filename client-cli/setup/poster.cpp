// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/setup/poster.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "server/http/html.h"

namespace candour::cli {
namespace {

// Millimetres of an A4 page.
constexpr double page_width = 210, page_height = 297, margin = 20, code_side = 90, code_top = 122;
constexpr int quiet_modules = 4;  // around the code, ISO/IEC 18004
constexpr std::size_t address_line = 31;

std::string line(double top, double size, std::string_view weight, std::string_view text) {
  return fmt::format(R"(<text x="{}" y="{}" font-size="{}" font-weight="{}">{}</text>)"
                     "\n",
                     margin, top, size, weight, server::escape_html(text));
}

std::string code(const QRcode& modules) {
  std::string squares;
  for (int y = 0; y < modules.width; ++y)
    for (int x = 0; x < modules.width; ++x)
      if ((modules.data[y * modules.width + x] & 1) != 0)
        squares += fmt::format("M{} {}h1v1h-1z", x + quiet_modules, y + quiet_modules);
  const double scale = code_side / (modules.width + 2 * quiet_modules);
  return fmt::format(
      R"svg(<path transform="translate({} {}) scale({:.5f})" shape-rendering="crispEdges" d="{}"/>)svg"
      "\n",
      (page_width - code_side) / 2, code_top, scale, squares);
}

}  // namespace

Outcome<std::string> poster_svg(const Poster& poster) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> modules(
      QRcode_encodeString(poster.address.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
  if (!modules) return fail_with(Errc::too_large, "the address is too long for a QR code.");
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}mm" height="{1}mm" viewBox="0 0 {0} {1}" font-family="sans-serif">)"
      "\n"
      R"(<rect width="{0}" height="{1}" fill="#fff"/>)"
      "\n",
      page_width, page_height);
  svg += line(34, 11, "bold", "Hurt by a police officer?");
  svg += line(47, 11, "bold", "You can tell us in secret.");
  svg += line(60, 5.5, "normal", "Also if you work for the police yourself.");
  svg += line(68, 5.5, "normal", "No name, no account, no e-mail.");
  svg += line(76, 5.5, "normal", "Only the people that you choose can read it:");
  svg += line(84, 5.5, "normal", "not the force, and not who runs the server.");
  svg += line(98, 5.5, "bold", "1. Not on a force phone, computer or network.");
  svg += line(106, 5.5, "bold", "2. Install Tor Browser on a device of your own.");
  svg += line(114, 5.5, "bold", "3. Open this address with it. Come back by it, too.");
  svg += code(*modules);
  double top = code_top + code_side + 10;
  for (std::string_view rest = poster.address; !rest.empty(); top += 7) {
    svg += fmt::format(
        R"(<text x="{}" y="{}" font-size="6" font-family="monospace" text-anchor="middle">{}</text>)"
        "\n",
        page_width / 2, top, server::escape_html(rest.substr(0, address_line)));
    rest.remove_prefix(std::min(address_line, rest.size()));
  }
  svg += line(258, 5, "normal", poster.service);
  svg += line(266, 4.2, "normal", "We are known by these words. Ask us for them where you meet us:");
  svg += line(273, 4.2, "bold", poster.fingerprint);
  svg += line(283, 4.2, "normal",
              "In danger now: 999. Say that he is police. On a mobile, press 55 if you cannot speak.");
  return svg + "</svg>\n";
}

}  // namespace candour::cli
