// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/config.h"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

namespace candour::server {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLimitMax = 1'000'000'000;

struct Text {
  std::string_view table;
  std::string_view key;
  std::string* to;
};
struct Path {
  std::string_view key;
  fs::path* to;
};
struct Number {
  std::string_view key;
  std::uint64_t* to;
};

template <class Known>
bool has_unknown_key(const toml::table& table, const Known& known) {
  return std::ranges::any_of(table, [&known](const auto& entry) {
    return std::ranges::find(known, entry.first.str()) == std::end(known);
  });
}

Result<> read_texts(const toml::table& root, Config& config) {
  const std::array<Text, 3> texts{{{"reporter", "listen", &config.reporter_listen},
                                   {"desk", "listen", &config.desk_listen},
                                   {"desk", "origin", &config.desk_origin}}};
  for (const Text& text : texts) {
    const auto value = root[text.table][text.key].value_exact<std::string>();
    if (!value || value->empty()) {
      return fail(Errc::malformed,
                  "the configuration lacks [reporter] listen, [desk] listen or [desk] origin, or one is not "
                  "a string. Add it.");
    }
    *text.to = *value;
  }
  return {};
}

Result<> read_switches(const toml::table& root, Config& config) {
  const std::array<std::pair<std::string_view, bool*>, 2> switches{
      {{"reporter", &config.reporter_proxy_header}, {"desk", &config.desk_proxy_header}}};
  for (const auto& [table, to] : switches) {
    const auto node = root[table]["proxy_header"];
    const auto value = node.value_exact<bool>();
    if (node && !value)
      return fail(Errc::malformed, "proxy_header of [reporter] or [desk] is not true or false. Correct it.");
    *to = value.value_or(false);
  }
  return {};
}

Result<> read_paths(const toml::table& root, Config& config) {
  const std::array<Path, 5> paths{{{"data", &config.data},
                                   {"secrets", &config.secrets},
                                   {"pages", &config.pages},
                                   {"pin", &config.pin},
                                   {"roster", &config.roster}}};
  for (const Path& path : paths) {
    const auto value = root["paths"][path.key].value_exact<std::string>();
    if (!value || !value->starts_with('/')) {
      return fail(Errc::malformed,
                  "[paths] needs data, secrets, pages, pin and roster, each an absolute path. Add the one "
                  "that is missing.");
    }
    *path.to = fs::path(*value).lexically_normal();
  }
  const fs::path inside = config.secrets.lexically_relative(config.data);
  if (!inside.empty() && *inside.begin() != "..") {
    return fail(Errc::refused,
                "[paths] secrets lies under data, so every copy of the database would carry its key. Move it "
                "elsewhere.");
  }
  return {};
}

Result<> read_limits(const toml::table& root, Config& config) {
  const std::array<Number, 12> numbers{
      {{"connections", &config.connections},
       {"idle_seconds", &config.idle_seconds},
       {"head_seconds", &config.head_seconds},
       {"body_window_seconds", &config.body_window_seconds},
       {"bodies_mib", &config.bodies_mib},
       {"circuit_connections_per_minute", &config.circuit_connections_per_minute},
       {"circuit_reports_per_minute", &config.circuit_reports_per_minute},
       {"circuit_mib_per_minute", &config.circuit_mib_per_minute},
       {"uploads_per_minute", &config.uploads_per_minute},
       {"open_uploads", &config.open_uploads},
       {"stored_gib", &config.stored_gib},
       {"disk_reserve_mib", &config.disk_reserve_mib}}};
  const auto* limits = root["limits"].as_table();
  if (limits == nullptr) return {};
  for (const auto& [key, node] : *limits) {
    const auto found = std::ranges::find(numbers, key.str(), &Number::key);
    const auto value = node.value_exact<std::int64_t>();
    if (found == numbers.end() || !value || *value < 1 || *value > kLimitMax) {
      return fail(
          Errc::malformed,
          "[limits] holds an unknown key or a value that is not a whole number from 1 to 10^9. Correct it.");
    }
    *found->to = static_cast<std::uint64_t>(*value);
  }
  return {};
}

Result<Config> read(const toml::table& root) {
  constexpr std::array<std::string_view, 4> tables{"reporter", "desk", "paths", "limits"};
  constexpr std::array<std::string_view, 2> reporter{"listen", "proxy_header"};
  constexpr std::array<std::string_view, 3> desk{"listen", "origin", "proxy_header"};
  constexpr std::array<std::string_view, 5> paths{"data", "secrets", "pages", "pin", "roster"};
  const auto unknown_in = [&root](std::string_view name, const auto& known) {
    const auto* table = root[name].as_table();
    return table != nullptr && has_unknown_key(*table, known);
  };
  if (has_unknown_key(root, tables) || unknown_in("reporter", reporter) || unknown_in("desk", desk) ||
      unknown_in("paths", paths)) {
    return fail(
        Errc::malformed,
        "the configuration holds a key that candourd does not know. Compare it with deploy/candourd.toml.");
  }
  Config config;
  if (auto done = read_texts(root, config); !done) return fail(done);
  if (auto done = read_switches(root, config); !done) return fail(done);
  if (auto done = read_paths(root, config); !done) return fail(done);
  if (auto done = read_limits(root, config); !done) return fail(done);
  return config;
}

}  // namespace

Result<Config> parse_config(std::string_view text) {
  try {
    return read(toml::parse(text));
  } catch (const toml::parse_error&) {
    return fail(Errc::malformed, "the configuration is not TOML. Compare it with deploy/candourd.toml.");
  }
}

Result<Config> load_config(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in)
    return fail(Errc::io,
                "cannot read the configuration. Check the path after --config and its permissions.");
  return parse_config(text);
}

}  // namespace candour::server
