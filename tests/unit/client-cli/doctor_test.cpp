// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "client-cli/doctor/machine.h"
#include "client-cli/doctor/onion_services.h"
#include "file_state.h"

using namespace candour::cli;
using candour::cli::test::TemporaryFolder;

namespace {

constexpr std::string_view kTorrc = R"(SocksPort 0
# HiddenServicePoWDefensesEnabled 1
hiddenservicedir /var/lib/tor/reporter
HiddenServicePort 80 127.0.0.1:8080
HiddenServicePoWDefensesEnabled 1   # floods
HiddenServiceExportCircuitID haproxy
HiddenServiceDir /var/lib/tor/desk
HiddenServicePort 80 unix:/run/candour/desk.sock
)";

candour::server::Config config() {
  candour::server::Config made;
  made.reporter_listen = "127.0.0.1:8080";
  made.reporter_proxy_header = true;
  made.desk_listen = "unix:/run/candour/desk.sock";
  return made;
}

std::string advice(const Checks& checks, std::string_view what) {
  const auto found =
      std::ranges::find_if(checks, [&](const Check& check) { return check.what.contains(what); });
  REQUIRE(found != checks.end());
  return found->advice;
}

}  // namespace

TEST_CASE("a torrc is read as Tor reads it") {
  const auto services = read_torrc(kTorrc);
  REQUIRE(services.size() == 2);
  CHECK(services[0].folder == "/var/lib/tor/reporter");
  CHECK(services[0].targets == std::vector<std::string>{"127.0.0.1:8080"});
  CHECK((services[0].proof_of_work && services[0].circuit_ids));
  CHECK_FALSE((services[1].proof_of_work || services[1].circuit_ids));
  CHECK(read_torrc("HiddenServiceDir /tor/desk/\n").at(0).folder == "/tor/desk");
  CHECK(read_torrc("HiddenServicePort 80 x\nHiddenServiceDir\n\n\t#\n").empty());
}

TEST_CASE("the onion services are compared with the configuration") {
  auto wanted = config();
  auto checks = check_onion_services(wanted, read_torrc(kTorrc), "Tor version 0.4.8.12.\n");
  CHECK(advice(checks, "Tor").empty());
  CHECK(advice(checks, "[reporter]: is there").empty());
  CHECK(advice(checks, "[reporter]: circuits").empty());
  CHECK(advice(checks, "[reporter]: proof of work").empty());
  CHECK(advice(checks, "[desk]: circuits").contains("cannot be told apart"));
  CHECK(advice(checks, "[desk]: client authorisation").contains("authorized_clients"));
  wanted.reporter_proxy_header = false;
  CHECK(advice(check_onion_services(wanted, read_torrc(kTorrc), ""), "[reporter]: circuits")
            .contains("different things"));
  wanted.reporter_listen = "127.0.0.1:9";
  CHECK(advice(check_onion_services(wanted, read_torrc(kTorrc), ""), "[reporter]: is there")
            .contains("127.0.0.1:9"));
  CHECK(advice(check_onion_services(wanted, read_torrc(""), ""), "Tor").contains("none on this machine"));
  for (const auto* old : {"Tor version 0.4.7.16.", "Tor version 0.3.9", "Tor", "Tor version 0."})
    CHECK(advice(check_onion_services(wanted, read_torrc(""), old), "Tor").contains("older than 0.4.8"));
  for (const auto* good : {"Tor version 0.4.8.12.", "Tor version 0.4.10.1", "Tor version 1.0.0"})
    CHECK(advice(check_onion_services(wanted, read_torrc(""), good), "Tor").empty());
}

TEST_CASE("a desk with client authorisation is fine") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path("authorized_clients"));
  OnionService desk{.folder = folder.path(""), .targets = {config().desk_listen}};
  CHECK_FALSE(advice(check_onion_services(config(), {desk}, ""), "client authorisation").empty());
  std::ofstream(folder.path("authorized_clients/ada.auth")) << "descriptor:x25519:…";
  CHECK(advice(check_onion_services(config(), {desk}, ""), "client authorisation").empty());
}

TEST_CASE("swap and crash dumps are named") {
  const TemporaryFolder root;
  std::filesystem::create_directories(root.path("proc"));
  std::filesystem::create_directories(root.path("sys/kernel"));
  CHECK(advice(check_machine(root.path("")), "swap").contains("cannot be looked at"));
  std::ofstream(root.path("proc/swaps")) << "Filename Type Size Used Priority\n";
  CHECK(advice(check_machine(root.path("")), "swap").empty());
  CHECK(advice(check_machine(root.path("")), "crash").empty());
  std::ofstream(root.path("proc/swaps"), std::ios::app) << "/dev/sda2 partition 1 0 -2\n";
  std::ofstream(root.path("sys/kernel/kexec_crash_loaded")) << "1\n";
  CHECK(advice(check_machine(root.path("")), "swap").contains("swapoff"));
  CHECK(advice(check_machine(root.path("")), "crash").contains("kdump"));
}
