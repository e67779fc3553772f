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
                                           .danger = says_danger(report, form)},
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
  if (!report.by_author) return object;
  const KnownReport::Signed& its = *report.by_author;
  json::Object accused;
  for (const auto& [identifier, value] : its.accused) accused.push_back({identifier, {value}});
  object.push_back({"signed",
                    {json::Object{{"author", {hex_encode(its.author.bytes)}},
                                  {"sha256", {hex_encode(its.sealed_sha256)}},
                                  {"written", {its.written.encode()}},
                                  {"thread", {its.thread ? its.thread->encode() : std::string()}},
                                  {"succession", {its.succession}},
                                  {"desk", {its.desk.text()}},
                                  {"audience", names_json(its.audience)},
                                  {"excluded", names_json(its.excluded)},
                                  {"accused", {std::move(accused)}},
                                  {"danger", {its.danger}}}}});
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
