// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/desk_copy.h"

#include <filesystem>

#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "crypto/core/encoding.h"
#include "crypto/core/hkdf.h"
#include "crypto/core/labels.h"
#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"
#include "protocol/limits.h"
#include "protocol/lines.h"

namespace candour::cli {
namespace {

constexpr std::size_t file_bytes_max = std::size_t{1} << 30;
constexpr std::size_t line_bytes_max = std::size_t{128} << 10;
constexpr unsigned work_factor_log2 = 1;  // the passphrase is a random key: there is nothing to guess
constexpr Literal damaged = "a record is not of its form";

std::string file_of(const std::string& directory) { return directory + "/cases.age"; }

SecretBytes passphrase_of(const KeyFile& key) {
  return SecretBytes::copy_of(
      as_bytes(hex_encode(derive(key.signing_seed.reveal(), label::desk_copy).reveal())));
}

json::Object to_json(const EventId& id, const KeptEvent& event) {
  json::Object object{{"event", {id.encode()}}, {"day", {event.day.encode()}}, {"note", {event.note}}};
  if (event.is_over) object.push_back({"over", {true}});
  return object;
}

void add_line(std::string& out, json::Object object) {
  out += json::encode({std::move(object)}, json::Layout::compact) + '\n';
}

}  // namespace

Outcome<DeskCopy> DeskCopy::load(const std::string& directory, const KeyFile& key) {
  DeskCopy copy(directory, passphrase_of(key));
  const std::string path = file_of(directory);
  auto sealed = read_text_file(path, file_bytes_max);
  if (!sealed && sealed.error().code == Errc::not_found) return copy;
  if (!sealed) return fail(sealed);
  std::vector<open::Identity> identity;
  identity.emplace_back(open::Passphrase{SecretBytes::copy_of(copy.passphrase_.reveal())});
  const auto plain = open::open_bytes(identity, as_bytes(*sealed));
  const Result<> read = plain ? copy.read(as_text(plain->reveal())) : Result<>(candour::fail(plain));
  if (!read)
    return fail_with(read.error().code, fmt::format("{}: what was kept of your cases is damaged, or is "
                                                    "another key's ({}). Delete it: everything in it is "
                                                    "fetched and opened again.",
                                                    path, read.error().message.view()));
  return copy;
}

Result<> DeskCopy::read(std::string_view text) {
  Lines lines(text);
  while (const auto line = lines.next()) {
    const auto value = json::parse(*line, line_bytes_max, limits::json_depth_max);
    if (!value) return candour::fail(value);
    const auto fields = json::Fields::of(*value, damaged);
    if (!fields) return candour::fail(fields);
    if (fields->find("report") != nullptr) {
      auto report = parse_known_report(*fields);
      if (!report) return candour::fail(report);
      reports_.insert_or_assign(report->id, *std::move(report));
      continue;
    }
    const auto on = fields->line("day", 10, damaged);
    const auto day = Day::parse(on ? *on : "");
    if (!day) return candour::fail(day);
    if (fields->find("event") == nullptr) {
      kept_on_ = *day;
      has_companions_ = fields->find("companions") != nullptr;
      continue;
    }
    const auto hex = fields->line("event", 64, damaged);
    const auto id = EventId::parse(hex ? *hex : "");
    const json::Value* note = fields->find("note");
    if (!id || note == nullptr || note->text() == nullptr) return candour::fail(Errc::malformed, damaged);
    events_.insert_or_assign(
        *id, KeptEvent{.day = *day, .note = *note->text(), .is_over = fields->find("over") != nullptr});
  }
  return lines.at_end() ? Result<>() : candour::fail(Errc::truncated, damaged);
}

void DeskCopy::put(KnownReport report) {
  const ReportId id = report.id;
  reports_.insert_or_assign(id, std::move(report));
  changed_ = true;
}

void DeskCopy::put(const EventId& id, KeptEvent event) {
  events_.insert_or_assign(id, std::move(event));
  changed_ = true;
}

void DeskCopy::forget(const ReportId& id) { changed_ = reports_.erase(id) > 0 || changed_; }

void DeskCopy::forget(const EventId& id) { changed_ = events_.erase(id) > 0 || changed_; }

void DeskCopy::set_kept_on(Day day) {
  kept_on_ = day;
  changed_ = true;
}

void DeskCopy::set_has_companions(bool has) {
  changed_ = changed_ || has != has_companions_;
  has_companions_ = has;
}

Outcome<> DeskCopy::save() {
  if (!changed_) return {};
  std::string lines;
  json::Object head{{"day", {kept_on_.encode()}}};
  if (has_companions_) head.push_back({"companions", {true}});
  add_line(lines, std::move(head));
  for (const auto& [id, report] : reports_) add_line(lines, cli::to_json(report));
  for (const auto& [id, event] : events_) add_line(lines, to_json(id, event));
  const auto sealed = seal::seal_bytes(passphrase_, as_bytes(lines), work_factor_log2);
  if (!sealed) return fail_about("what is kept of your cases", sealed);
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  if (error)
    return fail_with(
        Errc::io,
        fmt::format(
            "{}: the folder that keeps your cases cannot be made ({}). Make it, or set XDG_STATE_HOME to "
            "another.",
            directory_, error.message()));
  std::filesystem::permissions(directory_, std::filesystem::perms::owner_all, error);
  auto done = replace_file(file_of(directory_), *sealed);
  if (done) changed_ = false;
  return done;
}

}  // namespace candour::cli
