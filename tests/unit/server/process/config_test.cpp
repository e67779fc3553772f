// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/config.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

using namespace candour::server;

namespace {

const std::string kGood = R"([reporter]
listen = "127.0.0.1:8080"
[desk]
listen = "127.0.0.1:8081"
origin = "http://desk.test"
[paths]
data = "/d"
secrets = "/s"
pages = "/p"
pin = "/pin"
roster = "/roster"
)";

std::string with(std::string_view old, std::string_view changed) {
  std::string text = kGood;
  return text.replace(text.find(old), old.size(), changed);
}

}  // namespace

TEST_CASE("the example that is installed is a configuration, with the defaults") {
  const auto config = load_config(std::filesystem::path(CANDOUR_EXAMPLE_CONFIG));
  REQUIRE(config);
  const Config defaults;
  CHECK(config->connections == defaults.connections);
  CHECK(config->idle_seconds == defaults.idle_seconds);
  CHECK(config->head_seconds == defaults.head_seconds);
  CHECK(config->body_window_seconds == defaults.body_window_seconds);
  CHECK(config->bodies_mib == defaults.bodies_mib);
  CHECK(config->circuit_connections_per_minute == defaults.circuit_connections_per_minute);
  CHECK(config->circuit_reports_per_minute == defaults.circuit_reports_per_minute);
  CHECK(config->circuit_mib_per_minute == defaults.circuit_mib_per_minute);
  CHECK(config->uploads_per_minute == defaults.uploads_per_minute);
  CHECK(config->reporter_proxy_header);  // as the torrc beside it
  CHECK(config->desk_proxy_header);
  CHECK(config->holders_listen == "unix:/run/candour-holders/holders.sock");
  CHECK(config->circuit_drops_per_minute == defaults.circuit_drops_per_minute);
  CHECK(config->drops_per_minute == defaults.drops_per_minute);
  CHECK(config->caseworker_puts_per_minute == defaults.caseworker_puts_per_minute);
  CHECK(config->index_minutes == defaults.index_minutes);
  CHECK(config->open_uploads == defaults.open_uploads);
  CHECK(config->stored_gib == defaults.stored_gib);
  CHECK(config->disk_reserve_mib == defaults.disk_reserve_mib);
}

TEST_CASE("values arrive where they belong") {
  const auto config = parse_config(kGood + "[limits]\nconnections = 7\n");
  REQUIRE(config);
  CHECK(config->reporter_listen == "127.0.0.1:8080");
  CHECK(config->desk_origin == "http://desk.test");
  CHECK(config->database_key() == "/s/database.key");
  CHECK(config->connections == 7);
}

TEST_CASE("the index of drops is made so often that each hour begins with one") {
  for (const auto* good : {"1", "5", "20", "60"})
    CHECK(parse_config(kGood + "[drops]\nindex_minutes = " + good + "\n")->index_minutes ==
          static_cast<std::uint64_t>(std::stoi(good)));
  for (const auto* wrong : {"0", "-5", "7", "40", "61", "120", "\"5\"", "5.0", "true"})
    CHECK_FALSE(parse_config(kGood + "[drops]\nindex_minutes = " + wrong + "\n"));
  CHECK_FALSE(parse_config(kGood + "[drops]\nminutes = 5\n"));
}

TEST_CASE("each listener has its own switch for Tor's PROXY line") {
  const auto config = parse_config(with("[desk]", "proxy_header = true\n[desk]"));
  REQUIRE(config);
  CHECK(config->reporter_proxy_header);
  CHECK_FALSE(config->desk_proxy_header);
  CHECK_FALSE(parse_config(with("[desk]", "proxy_header = 1\n[desk]")));
}

TEST_CASE("the holders' listener is there where it is named") {
  const auto without = parse_config(kGood);
  REQUIRE(without);
  CHECK(without->holders_listen.empty());
  const auto config =
      parse_config(kGood + "[holders]\nlisten = \"unix:/run/holders.sock\"\nproxy_header = true\n");
  REQUIRE(config);
  CHECK(config->holders_listen == "unix:/run/holders.sock");
  CHECK(config->holders_proxy_header);
  CHECK_FALSE(config->desk_proxy_header);
  for (const auto* wrong :
       {"", "listen = \"\"", "listen = 8082", "proxy_header = true",
        "listen = \"127.0.0.1:1\"\nproxy_header = 1", "listen = \"127.0.0.1:1\"\norigin = \"http://x\""}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_config(kGood + "[holders]\n" + wrong + "\n"));
  }
  CHECK_FALSE(parse_config("holders = \"127.0.0.1:1\"\n" + kGood));
}

TEST_CASE("what is missing, mistyped or of the wrong kind is refused") {
  for (const std::string& wrong :
       {std::string(), std::string("x"), with("listen", "lisen"), with("[desk]", "[desc]"),
        with("\"/d\"", "7"), with("\"/d\"", "\"d\""), with("data", "dada"), kGood + "more = 1\n",
        kGood + "[limits]\nconnections = 0\n", kGood + "[limits]\nconnections = \"7\"\n",
        kGood + "[limits]\nconnections = 1.5\n", kGood + "[limits]\nfriends = 1\n", kGood + "[extra]\n",
        with("[desk]", "proxy_header = 1\n[desk]"), kGood + kGood}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_config(wrong));
  }
}

TEST_CASE("every finding says its line and key, and no value; all are found at once") {
  const auto config =
      parse_config(with("\"/d\"", "\"relative\"") + "[limits]\nconnections = 0\n\"a\\nb\" = 1\n", "/c.toml");
  REQUIRE_FALSE(config);
  std::vector<std::string> places;
  for (const Finding& finding : config.error()) places.push_back(finding.place);
  std::ranges::sort(places);
  CHECK(places == std::vector<std::string>{"/c.toml:13: [limits] connections",
                                           "/c.toml:14: [limits] (a quoted key)", "/c.toml:7: [paths] data"});
  const auto missing = parse_config(with("origin", "orrigin"), "/c.toml");
  REQUIRE_FALSE(missing);
  REQUIRE(missing.error().size() == 2);
  CHECK(missing.error()[0].place == "/c.toml:5: [desk] orrigin");
  CHECK(missing.error()[1].place == "/c.toml: [desk] origin");
  const auto torn = parse_config(kGood + "x\n", "/c.toml");
  REQUIRE_FALSE(torn);
  CHECK(torn.error()[0].place == "/c.toml:12");
}

TEST_CASE("an origin is scheme and host, as it is signed") {
  for (const std::string_view good : {"http://abc.onion", "https://desk.example:8443", "http://[::1]:8081"})
    CHECK(parse_config(with("http://desk.test", good)));
  for (const std::string_view wrong :
       {"http://desk.test/", "http://desk.test/desk", "desk.test", "http://", "ftp://x", "http://Desk.test",
        "http://desk.test?x", "http://me@desk.test"})
    CHECK_FALSE(parse_config(with("http://desk.test", wrong)));
}
