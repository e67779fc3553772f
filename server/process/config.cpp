// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace candour::server {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLimitMax = 1'000'000'000;
constexpr std::size_t kShownBytesMax = 64;
constexpr std::string_view kSecrets = "secrets";
constexpr std::string_view kCredentials = "$CREDENTIALS_DIRECTORY";

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

// A bare TOML key as it was written; a quoted one may hold anything, and is not shown.
std::string_view shown(std::string_view key) {
  constexpr std::string_view bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  const bool plain = key.size() <= kShownBytesMax && key.find_first_not_of(bare) == key.npos;
  return plain ? key : "(a quoted key)";
}

class Reader {
 public:
  Reader(const toml::table& root, const fs::path& file) : root_(root), file_(file) {}

  void find(const toml::node* node, std::string_view key, Literal message) {
    const std::string line =
        node == nullptr ? "" : fmt::format(":{}", static_cast<unsigned>(node->source().begin.line));
    findings_.push_back({fmt::format("{}{}: {}", file_.string(), line, key), {Errc::malformed, message}});
  }

  // Every key of the table `name` ("": the root) must be one of `known`.
  void only(std::string_view name, std::initializer_list<std::string_view> known) {
    const toml::table* table = name.empty() ? &root_ : root_[name].as_table();
    if (table == nullptr) return;
    for (const auto& [key, node] : *table) {
      if (std::ranges::find(known, key.str()) != known.end()) continue;
      find(&node, name.empty() ? fmt::format("{}", shown(key.str())) : place(name, shown(key.str())),
           "candourd does not know this. Compare it with the example, candourd.toml.");
    }
  }

  const toml::node* text(std::string_view table, std::string_view key, std::string& to) {
    const toml::node* node = root_[table][key].node();
    const auto value = root_[table][key].value_exact<std::string>();
    if (value && !value->empty()) {
      to = *value;
      return node;
    }
    find(node, place(table, key),
         node == nullptr ? Literal("missing. Add it, as in the example, candourd.toml.")
                         : Literal("not a text in quotes, or empty. Write one."));
    return nullptr;
  }

  void path(std::string_view key, fs::path& to) {
    std::string value;
    const toml::node* node = text("paths", key, value);
    if (node == nullptr) return;
    if (key == kSecrets && value == kCredentials) {
      const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
      if (folder == nullptr) {
        return find(node, place("paths", key),
                    "the service manager passes no credentials. Start it as a service with LoadCredential=, "
                    "or name a folder.");
      }
      value = folder;
    }
    if (!value.starts_with('/'))
      return find(node, place("paths", key), "not an absolute path. Begin it with /.");
    to = fs::path(value).lexically_normal();
  }

  void flag(std::string_view table, std::string_view key, bool& to) {
    const toml::node* node = root_[table][key].node();
    if (node == nullptr) return;
    const auto value = node->value_exact<bool>();
    if (!value) return find(node, place(table, key), "neither true nor false. Write one, without quotes.");
    to = *value;
  }

  void limits(Config& config) {
    const std::array<Number, 15> numbers{
        {{"connections", &config.connections},
         {"idle_seconds", &config.idle_seconds},
         {"head_seconds", &config.head_seconds},
         {"body_window_seconds", &config.body_window_seconds},
         {"bodies_mib", &config.bodies_mib},
         {"circuit_connections_per_minute", &config.circuit_connections_per_minute},
         {"circuit_reports_per_minute", &config.circuit_reports_per_minute},
         {"circuit_mib_per_minute", &config.circuit_mib_per_minute},
         {"circuit_drops_per_minute", &config.circuit_drops_per_minute},
         {"drops_per_minute", &config.drops_per_minute},
         {"caseworker_puts_per_minute", &config.caseworker_puts_per_minute},
         {"uploads_per_minute", &config.uploads_per_minute},
         {"open_uploads", &config.open_uploads},
         {"stored_gib", &config.stored_gib},
         {"disk_reserve_mib", &config.disk_reserve_mib}}};
    const auto* table = root_["limits"].as_table();
    if (table == nullptr) return;
    for (const auto& [key, node] : *table) {
      const auto found = std::ranges::find(numbers, key.str(), &Number::key);
      const auto value = node.value_exact<std::int64_t>();
      if (found == numbers.end()) {
        find(&node, place("limits", shown(key.str())),
             "candourd does not know this limit. Compare it with the example, candourd.toml.");
      } else if (!value || *value < 1 || *value > kLimitMax) {
        find(&node, place("limits", key.str()),
             "not a whole number from 1 to 1000000000. Correct it, or leave it out for the default.");
      } else {
        *found->to = static_cast<std::uint64_t>(*value);
      }
    }
  }

  void index_minutes(std::uint64_t& to) {
    const toml::node* node = root_["drops"]["index_minutes"].node();
    if (node == nullptr) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > 60 || 60 % *value != 0)
      return find(node, place("drops", "index_minutes"),
                  "not a number that divides 60. Write 60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2 or 1.");
    to = static_cast<std::uint64_t>(*value);
  }

  static std::string place(std::string_view table, std::string_view key) {
    return fmt::format("[{}] {}", table, key);
  }
  Findings findings() { return std::move(findings_); }

 private:
  const toml::table& root_;
  const fs::path& file_;
  Findings findings_;
};

// What caseworkers sign when they sign in, so both sides must write it alike: scheme, host, perhaps a port.
bool is_origin(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!origin.starts_with(scheme)) continue;
    const std::string_view host = origin.substr(scheme.size());
    return !host.empty() && host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == host.npos;
  }
  return false;
}

Checked<Config> read(const toml::table& root, const fs::path& file) {
  Reader reader(root, file);
  Config config;
  config.file = file;
  reader.only("", {"reporter", "desk", "holders", "paths", "limits", "drops"});
  for (const std::string_view table : {"reporter", "desk", "holders", "paths", "limits", "drops"}) {
    if (const auto* node = root[table].node(); node != nullptr && !node->is_table())
      reader.find(node, table, "not a table. Write it in brackets on a line of its own, its keys below.");
  }
  reader.only("reporter", {"listen", "proxy_header"});
  reader.only("desk", {"listen", "origin", "proxy_header"});
  reader.only("holders", {"listen", "proxy_header"});
  reader.only("paths", {"data", "secrets", "pages", "pin", "roster"});
  for (const Text& text :
       {Text{"reporter", "listen", &config.reporter_listen}, Text{"desk", "listen", &config.desk_listen}})
    reader.text(text.table, text.key, *text.to);
  if (root.contains("holders")) reader.text("holders", "listen", config.holders_listen);
  if (const auto* node = reader.text("desk", "origin", config.desk_origin);
      node != nullptr && !is_origin(config.desk_origin)) {
    reader.find(
        node, "[desk] origin",
        "not http:// or https:// and a host in small letters, without / or a path at the end. Write it "
        "as in http://….onion.");
  }
  for (const Path& path :
       {Path{"data", &config.data}, Path{"secrets", &config.secrets}, Path{"pages", &config.pages},
        Path{"pin", &config.pin}, Path{"roster", &config.roster}})
    reader.path(path.key, *path.to);
  config.credentials = root["paths"][kSecrets].value<std::string_view>() == kCredentials;
  reader.flag("reporter", "proxy_header", config.reporter_proxy_header);
  reader.flag("desk", "proxy_header", config.desk_proxy_header);
  reader.flag("holders", "proxy_header", config.holders_proxy_header);
  reader.limits(config);
  reader.only("drops", {"index_minutes"});
  reader.index_minutes(config.index_minutes);
  if (auto findings = reader.findings(); !findings.empty()) return std::unexpected(std::move(findings));
  return config;
}

}  // namespace

std::string Config::place(std::string_view key) const { return fmt::format("{}: {}", file.string(), key); }

Checked<Config> parse_config(std::string_view text, const fs::path& file) {
  try {
    return read(toml::parse(text), file);
  } catch (const toml::parse_error& error) {
    return std::unexpected(
        Findings{{fmt::format("{}:{}", file.string(), static_cast<unsigned>(error.source().begin.line)),
                  {Errc::malformed, "not TOML from here on. Compare it with the example, candourd.toml."}}});
  }
}

Checked<Config> load_config(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in)
    return std::unexpected(Findings{
        {file.string(),
         {Errc::io, "cannot read the configuration. Check the path after --config and its permissions."}}});
  return parse_config(text, file);
}

}  // namespace candour::server
