// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/known_report.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "client-cli/desk/people.h"
#include "client-cli/desk/same_author.h"
#include "crypto/core/encoding.h"
#include "protocol/contains.h"

namespace candour::cli {
namespace {

constexpr Literal damaged = "a record of a report is not of its form";
constexpr std::size_t words_bytes_max = 4096;

bool says_danger(const Question& question, const Answer& answer) {
  const auto is_chosen = [&](const Option& option) {
    const auto* one = std::get_if<std::string>(&answer);
    const auto* several = std::get_if<std::vector<std::string>>(&answer);
    return option.danger && (one != nullptr ? *one == option.id : contains(*several, option.id));
  };
  return std::ranges::any_of(question.options, is_chosen);
}

bool says_danger(const Report& report, const Form& form) {
  if (report.form_id != form.id) return false;
  return std::ranges::any_of(report.answers, [&](const auto& entry) {
    const Question* question = form.find(entry.first);
    return question != nullptr && says_danger(*question, entry.second);
  });
}

std::multimap<ReportId, matching::HandedOver> releases_of(const Report& report) {
  std::multimap<ReportId, matching::HandedOver> releases;
  for (const HandedRelease& one : report.releases) {
    matching::HandedOver bytes{};
    std::ranges::copy(one.release.reveal(), bytes.begin());
    releases.emplace(one.report, bytes);
  }
  return releases;
}

// What matching adds to a record, where it has any of it.
void add_matching(json::Object& object, const KnownReport& report) {
  if (report.has_no_key) object.push_back({"no_key", {true}});
  if (report.match_seed) object.push_back({"match_seed", {base64_encode(*report.match_seed)}});
  if (report.disproved.empty()) return;
  json::Object disproved;
  for (const auto& [companion, day] : report.disproved)
    disproved.push_back({hex_encode(companion), {day.encode()}});
  object.push_back({"disproved", {std::move(disproved)}});
}

Result<> read_matching(const json::Fields& fields, KnownReport& report) {
  report.has_no_key = fields.find("no_key") != nullptr;
  if (fields.find("match_seed") != nullptr) {
    const auto seed = fields.line("match_seed", 44, damaged);
    if (!seed || !base64_decode_into(*seed, report.match_seed.emplace()))
      return candour::fail(Errc::malformed, damaged);
  }
  if (fields.find("disproved") == nullptr) return {};
  const auto disproved = json::Fields::of(fields.find("disproved"), damaged);
  if (!disproved) return candour::fail(disproved);
  for (const json::Member& member : disproved->members()) {
    const auto day = Day::parse(member.value.text() == nullptr ? "" : *member.value.text());
    Digest companion{};
    if (!day || !hex_decode_into(member.name, companion)) return candour::fail(Errc::malformed, damaged);
    report.disproved.emplace(companion, *day);
  }
  return {};
}

Result<KnownReport::Signed> parse_signed(const json::Value& value) {
  const auto fields = json::Fields::of(value, damaged);
  if (!fields) return candour::fail(fields);
  const auto desk_name = fields->line("desk", limits::id_bytes_max, damaged);
  auto desk = DeskId::parse(desk_name ? *desk_name : "");
  if (!desk) return candour::fail(Errc::malformed, damaged);
  KnownReport::Signed out{.author = {},
                          .sealed_sha256 = {},
                          .written = {},
                          .thread = std::nullopt,
                          .succession = {},
                          .desk = *std::move(desk),
                          .audience = {},
                          .excluded = {},
                          .accused = {}};
  const auto author = fields->line("author", 64, damaged);
  const auto sha256 = fields->line("sha256", 64, damaged);
  const auto written = fields->line("written", 10, damaged);
  const auto thread = fields->line_or_empty("thread", 64, damaged);
  auto audience = parse_names(*fields, "audience", damaged);
  auto excluded = parse_names(*fields, "excluded", damaged);
  const auto accused = json::Fields::of(fields->find("accused"), damaged);
  const auto danger = fields->boolean("danger", damaged);
  const json::Value* succession = fields->find("succession");
  if (!author || !sha256 || !written || !thread || !audience || !excluded || !accused || !danger ||
      succession == nullptr || succession->text() == nullptr || !hex_decode_into(*author, out.author.bytes) ||
      !hex_decode_into(*sha256, out.sealed_sha256))
    return candour::fail(Errc::malformed, damaged);
  const auto day = Day::parse(*written);
  if (!day) return candour::fail(day);
  out.written = *day;
  if (!thread->empty()) {
    const auto id = ReportId::parse(*thread);
    if (!id) return candour::fail(id);
    out.thread = *id;
  }
  out.succession = *succession->text();
  out.audience = *std::move(audience);
  out.excluded = *std::move(excluded);
  for (const json::Member& member : accused->members())
    if (member.value.text() != nullptr) out.accused[member.name] = *member.value.text();
  out.danger = *danger;
  if (fields->find("releases") == nullptr) return out;
  const auto releases = fields->array("releases", limits::releases_max, damaged);
  if (!releases) return candour::fail(releases);
  for (const json::Value& one : **releases) {
    const auto entry = json::Fields::of(one, damaged);
    if (!entry) return candour::fail(entry);
    const auto id = entry->line("report", 64, damaged);
    const auto report = ReportId::parse(id ? *id : "");
    const auto release = entry->line("release", 44, damaged);
    matching::HandedOver bytes{};
    if (!report || !release || !base64_decode_into(*release, bytes))
      return candour::fail(Errc::malformed, damaged);
    out.releases.emplace(*report, bytes);
  }
  return out;
}

}  // namespace

KnownReport known_report(const ListedReport& listed, const ReadReport& read, const Form& form) {
  const Report& report = read.opened.report;
  const Manifest& manifest = read.opened.manifest.manifest();
  return {.id = listed.id,
          .arrived = listed.day,
          .trouble = {},
          .by_author = KnownReport::Signed{.author = report.authorship_key,
                                           .sealed_sha256 = read.sealed_sha256,
                                           .written = report.day,
                                           .thread = report.thread,
                                           .succession = succession_in(report),
                                           .desk = manifest.desk,
                                           .audience = manifest.audience,
                                           .excluded = manifest.excluded,
                                           .accused = report.accused,
                                           .danger = says_danger(report, form),
                                           .releases = releases_of(report)},
          .shared = read.shared,
          .tried_on = {},
          .tried_with = 0};
}

json::Object to_json(const KnownReport& report) {
  json::Object object{{"report", {report.id.encode()}},
                      {"arrived", {report.arrived.encode()}},
                      {"trouble", {report.trouble}},
                      {"tried_on", {report.tried_on.encode()}},
                      {"tried_with", json::number(report.tried_with)}};
  if (report.gone) object.push_back({"gone", {report.gone->encode()}});
  if (report.shared) object.push_back({"shared", json::Value{to_json(*report.shared)}});
  add_matching(object, report);
  if (!report.by_author) return object;
  const KnownReport::Signed& its = *report.by_author;
  json::Object accused;
  for (const auto& [identifier, value] : its.accused) accused.push_back({identifier, {value}});
  json::Object record{{"author", {hex_encode(its.author.bytes)}},
                      {"sha256", {hex_encode(its.sealed_sha256)}},
                      {"written", {its.written.encode()}},
                      {"thread", {its.thread ? its.thread->encode() : std::string()}},
                      {"succession", {its.succession}},
                      {"desk", {its.desk.text()}},
                      {"audience", names_json(its.audience)},
                      {"excluded", names_json(its.excluded)},
                      {"accused", {std::move(accused)}},
                      {"danger", {its.danger}}};
  if (!its.releases.empty()) {
    json::Array releases;
    for (const auto& [id, release] : its.releases)
      releases.push_back({json::Object{{"report", {id.encode()}}, {"release", {base64_encode(release)}}}});
    record.push_back({"releases", {std::move(releases)}});
  }
  object.push_back({"signed", {std::move(record)}});
  return object;
}

Result<KnownReport> parse_known_report(const json::Fields& fields) {
  const auto hex = fields.line("report", 64, damaged);
  const auto arrived = fields.line("arrived", 10, damaged);
  const auto trouble = fields.line_or_empty("trouble", words_bytes_max, damaged);
  const auto tried_on = fields.line("tried_on", 10, damaged);
  const auto tried_with = fields.whole("tried_with", damaged);
  const auto last = Day::parse(tried_on ? *tried_on : "");
  if (!hex || !arrived || !trouble || !last || !tried_with) return candour::fail(Errc::malformed, damaged);
  const auto id = ReportId::parse(*hex);
  if (!id) return candour::fail(id);
  const auto day = Day::parse(*arrived);
  if (!day) return candour::fail(day);
  KnownReport report{.id = *id,
                     .arrived = *day,
                     .trouble = *trouble,
                     .by_author = {},
                     .shared = {},
                     .tried_on = *last,
                     .tried_with = *tried_with};
  if (fields.find("gone") != nullptr) {
    const auto gone = fields.line("gone", 10, damaged);
    const auto since = Day::parse(gone ? *gone : "");
    if (!since) return candour::fail(since);
    report.gone = *since;
  }
  if (auto read = read_matching(fields, report); !read) return candour::fail(read);
  if (const json::Value* value = fields.find("shared")) {
    auto shared = parse_shared_key(*value);
    if (!shared) return candour::fail(shared);
    report.shared = *std::move(shared);
  }
  if (const json::Value* value = fields.find("signed")) {
    auto its = parse_signed(*value);
    if (!its) return candour::fail(its);
    report.by_author = *std::move(its);
  }
  return report;
}

}  // namespace candour::cli
