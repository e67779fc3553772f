// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/config.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

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
  CHECK_FALSE(config->reporter_proxy_header);
  CHECK_FALSE(config->desk_proxy_header);
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

TEST_CASE("each listener has its own switch for Tor's PROXY line") {
  const auto config = parse_config(with("[desk]", "proxy_header = true\n[desk]"));
  REQUIRE(config);
  CHECK(config->reporter_proxy_header);
  CHECK_FALSE(config->desk_proxy_header);
  CHECK_FALSE(parse_config(with("[desk]", "proxy_header = 1\n[desk]")));
}

TEST_CASE("what is missing, mistyped or of the wrong kind is refused") {
  for (const std::string& wrong :
       {std::string(), std::string("x"), with("listen", "lisen"), with("[desk]", "[desc]"),
        with("\"/d\"", "7"), with("\"/d\"", "\"d\""), with("data", "dada"), with("\"/s\"", "\"/d/s\""),
        with("\"/s\"", "\"/d\""), with("\"/s\"", "\"/x/../d/s\""), kGood + "more = 1\n",
        kGood + "[limits]\nconnections = 0\n", kGood + "[limits]\nconnections = \"7\"\n",
        kGood + "[limits]\nconnections = 1.5\n", kGood + "[limits]\nfriends = 1\n", kGood + "[extra]\n",
        kGood + kGood}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_config(wrong));
  }
}
