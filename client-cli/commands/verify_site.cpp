// SPDX-License-Identifier: AGPL-3.0-or-later
// candour verify-site: does a running server serve the page that was published? For auditors, from outside.
#include <array>

#include "client-cli/commands/commands.h"
#include "client-cli/files/read_file.h"
#include "client-cli/net/http_client.h"
#include "client-cli/options.h"
#include "client-cli/site/compare.h"
#include "client-cli/terminal/say.h"
#include "crypto/core/encoding.h"
#include "crypto/core/random.h"

namespace candour::cli {
namespace {

constexpr std::size_t file_bytes_max = std::size_t{16}
                                       << 20;  // as large as all pages of a server together may be

struct Options {
  std::string url, proxy, manifest;
  bool json = false;
};

struct Difference {
  std::string path;
  std::string what;
};

Outcome<HttpReply> get(HttpClient& server, const std::string& path) {
  return server.send({.method = "GET", .path = path}, file_bytes_max);
}

// As a visitor asks: "/" first, then each file; then for something that is not there.
Outcome<std::vector<Difference>> compare_all(HttpClient& server, const Published& published) {
  std::vector<Difference> differences;
  const auto add = [&](const std::string& path, std::vector<std::string> words) {
    for (std::string& what : words) differences.push_back({path, std::move(what)});
  };
  const auto index = std::ranges::find(published.files, "/index.html", &PublishedFile::path);
  auto start = get(server, "/");
  if (!start) return fail(start);
  add("/", compare_file("/", *index, published, *start));
  for (const PublishedFile& file : published.files) {
    auto reply = get(server, file.path);
    if (!reply) return fail_about(file.path, reply);
    add(file.path, compare_file(file.path, file, published, *reply));
  }
  std::array<std::uint8_t, 8> random{};
  fill_random(random);
  const std::string nowhere = "/" + hex_encode(random) + ".js";
  auto reply = get(server, nowhere);
  if (!reply) return fail(reply);
  add(nowhere, compare_nothing(published, *reply));
  return differences;
}

Outcome<> run(const Options& options) {
  auto text = read_text_file(options.manifest, published_bytes_max);
  if (!text) return fail(text);
  const auto published = parse_published(*text);
  if (!published) return fail_about(options.manifest, published);
  auto address = parse_server_address(options.url, options.proxy);
  if (!address) return fail(address);
  HttpClient server(*address);
  auto differences = compare_all(server, *published);
  if (!differences) return fail(differences);
  if (options.json) {
    json::Array listed;
    for (const Difference& one : *differences)
      listed.push_back({json::Object{{"path", {one.path}}, {"difference", {one.what}}}});
    say_json({{"server", {address->origin}},
              {"files", json::number(published->files.size())},
              {"differences", {std::move(listed)}}});
  } else {
    for (const Difference& one : *differences) say("{}: {}", one.path, one.what);
    if (differences->empty())
      say("The same: {} files, their types and their headers.", published->files.size());
    say("This is what the server gave to this computer, now. It can give others something else. Ask from "
        "several "
        "places, through Tor, and again later.");
  }
  if (differences->empty()) return {};
  return fail_with(Errc::not_authentic,
                   fmt::format("{}: {} difference{} from what was published. Each is named above.",
                               address->origin, differences->size(), differences->size() == 1 ? "" : "s"));
}

}  // namespace

void add_verify_site(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("verify-site", "compare the page that a server serves with a published one");
  command->add_option("URL", options->url, "the server, as reporters reach it")->required();
  command->add_option("--manifest", options->manifest, "sha256sums.txt or WEBCAT manifest of the release")
      ->required();
  command->add_option("--proxy", options->proxy, "SOCKS5 proxy HOST:PORT; 127.0.0.1:9050 (Tor) for .onion");
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
