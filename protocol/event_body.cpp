// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/event_body.h"

#include <algorithm>
#include <array>

#include "crypto/core/encoding.h"
#include "crypto/core/utf8.h"
#include "protocol/event_body_daily.h"
#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour {
namespace {

constexpr std::size_t kind_bytes_max = 32;

// In the order of EventBody.
constexpr std::array<std::string_view, 21> kinds{
    "opened",   "status",  "risk",    "assign",     "label",      "deadline",   "note",
    "recused",  "replied", "consent", "disclosure", "agreed",     "disclosed",  "quarantine",
    "admitted", "earlier", "grant",   "share",      "risk-sheet", "signed-off", "cover"};

json::Value text(std::string_view words) { return {std::string(words)}; }

struct ToJson {
  json::Object operator()(const event::Opened& body) const {
    return {{"report", text(body.report.encode())}};
  }
  json::Object operator()(const event::Status& body) const {
    return {{"status", text(name_of(body.status))}};
  }
  json::Object operator()(const event::Risk& body) const { return {{"risk", text(name_of(body.risk))}}; }
  json::Object operator()(const event::Assign& body) const {
    return {{"to", body.to ? text(body.to->text()) : json::Value{nullptr}}};
  }
  json::Object operator()(const event::Label& body) const {
    return {{"label", text(body.label)}, {"set", {body.set}}};
  }
  json::Object operator()(const event::Deadline& body) const {
    return {{"name", text(body.name)}, {"day", body.day ? text(body.day->encode()) : json::Value{nullptr}}};
  }
  json::Object operator()(const event::Note& body) const {
    json::Object object{{"text", text(body.text)}};
    if (body.privileged) object.push_back({"privileged", {true}});
    return object;
  }
  json::Object operator()(const event::Recused& /*body*/) const { return {}; }
  json::Object operator()(const event::Replied& body) const {
    return {{"report", text(body.report.encode())}, {"number", json::number(body.number)}};
  }
  json::Object operator()(const event::Consented& body) const {
    return {{"to", text(body.to)}, {"answer", text(name_of(body.answer))}};
  }
  json::Object operator()(const event::Disclosure& body) const {
    return {{"to", text(body.to)},
            {"what", text(body.what)},
            {"reason", text(body.reason)},
            {"route", text(body.route)}};
  }
  json::Object operator()(const event::Agreed& body) const {
    return {{"disclosure", text(hex_encode(body.disclosure))}};
  }
  json::Object operator()(const event::Disclosed& body) const {
    return {{"disclosure", text(hex_encode(body.disclosure))}, {"outcome", text(body.outcome)}};
  }
  json::Object operator()(const event::Quarantine& body) const {
    return {{"report", text(body.report.encode())},
            {"attachment", json::number(body.attachment)},
            {"set", {body.set}},
            {"reason", text(body.reason)}};
  }
  json::Object operator()(const event::Admitted& body) const {
    json::Array after;
    for (const Digest& hash : body.after) after.push_back(text(hex_encode(hash)));
    return {{"who", text(body.who.text())}, {"reason", text(body.reason)}, {"after", {std::move(after)}}};
  }
  json::Object operator()(const event::Earlier& body) const { return {{"note", text(body.note)}}; }
  json::Object operator()(const event::Grant& body) const {
    return {{"report", text(body.report.encode())},
            {"sha256", text(hex_encode(body.sealed_sha256))},
            {"file_key", text(base64_encode(body.file_key))}};
  }
  json::Object operator()(const event::Share& body) const {
    return {{"report", text(body.report.encode())},
            {"header", text(hex_encode(body.header_sha256))},
            {"x", json::number(body.x)},
            {"share", text(base64_encode(body.share))}};
  }
  json::Object operator()(const event::RiskSheet& body) const { return to_json(body); }
  json::Object operator()(const event::SignedOff& body) const { return to_json(body); }
  json::Object operator()(const event::Cover& body) const { return to_json(body); }
  json::Object operator()(const event::Other& /*body*/) const { return {}; }  // its text is kept as it is
};

constexpr Literal wrong_to = "\"to\" of an assignment is the id of a caseworker, or null";
constexpr Literal wrong_label = "a label has 1 to 80 bytes without control characters";
constexpr Literal wrong_admission =
    "an admission has \"who\", a \"reason\" of one line of 1 to 1000 bytes, and \"after\": at most 16 "
    "hashes, sorted";
constexpr Literal wrong_grant = "a grant has \"report\", \"sha256\" and a \"file_key\" of 16 bytes";
constexpr Literal wrong_share =
    "a share has \"report\", \"header\", \"x\" from 1 to 255 and a \"share\" of 16 bytes";
constexpr Literal wrong_deadline = "a deadline has a name of 1 to 80 bytes, and a day or null";

constexpr Literal wrong_consent =
    "a consent names somebody in 1 to 80 bytes without control characters, and is yes, no or ask";
constexpr Literal wrong_disclosure =
    "a disclosure says to whom, what, why and by which way: each in 1 to 1000 bytes without control "
    "characters";
constexpr Literal wrong_proposal = "this names no disclosure";
constexpr Literal wrong_outcome =
    "the outcome of a disclosure has 1 to 1000 bytes without control characters";
constexpr Literal wrong_quarantine =
    "a quarantine names a report, the number of an attachment from 1, and a reason of 1 to 1000 bytes "
    "without control "
    "characters";

Result<EventBody> read_opened(const json::Fields& fields) {
  const auto hex = fields.line("report", 64, "\"report\" of an opening is the id of a report");
  if (!hex) return fail(hex);
  const auto id = ReportId::parse(*hex);
  if (!id) return fail(id);
  return event::Opened{*id};
}

Result<EventBody> read_status(const json::Fields& fields) {
  const auto name = fields.line("status", 32, "an event of the kind status has a \"status\"");
  if (!name) return fail(name);
  const auto status = parse_case_status(*name);
  if (!status) return fail(status);
  return event::Status{*status};
}

Result<EventBody> read_risk(const json::Fields& fields) {
  const auto name = fields.line("risk", 32, "an event of the kind risk has a \"risk\"");
  if (!name) return fail(name);
  const auto risk = parse_case_risk(*name);
  if (!risk) return fail(risk);
  return event::Risk{*risk};
}

Result<EventBody> read_assign(const json::Fields& fields) {
  const json::Value* to = fields.find("to");
  if (to == nullptr) return fail(Errc::malformed, wrong_to);
  if (to->is_null()) return event::Assign{};
  const auto name = fields.line("to", limits::id_bytes_max, wrong_to);
  if (!name) return fail(name);
  auto id = CaseworkerId::parse(*name);
  if (!id) return fail(id);
  return event::Assign{*std::move(id)};
}

Result<EventBody> read_label(const json::Fields& fields) {
  auto label = fields.line("label", event_line_bytes_max, wrong_label);
  if (!label) return fail(label);
  const auto set = fields.boolean("set", "\"set\" of a label is true or false");
  if (!set) return fail(set);
  return event::Label{*std::move(label), *set};
}

Result<EventBody> read_deadline(const json::Fields& fields) {
  auto name = fields.line("name", event_line_bytes_max, wrong_deadline);
  if (!name) return fail(name);
  const json::Value* value = fields.find("day");
  if (value == nullptr || (!value->is_null() && value->text() == nullptr))
    return fail(Errc::malformed, wrong_deadline);
  if (value->is_null()) return event::Deadline{*std::move(name), std::nullopt};
  const auto day = Day::parse(*value->text());
  if (!day) return fail(day);
  return event::Deadline{*std::move(name), *day};
}

Result<EventBody> read_admitted(const json::Fields& fields) {
  const auto name = fields.line("who", limits::id_bytes_max, wrong_admission);
  auto reason = fields.line("reason", event_reason_bytes_max, wrong_admission);
  const auto list = fields.array("after", limits::event_seen_max, wrong_admission);
  if (!name || !reason || !list) return fail(Errc::malformed, wrong_admission);
  auto who = CaseworkerId::parse(*name);
  if (!who) return fail(who);
  event::Admitted body{*std::move(who), *std::move(reason), {}};
  for (const json::Value& one : **list) {
    Digest hash{};
    if (one.text() == nullptr || !hex_decode_into(*one.text(), hash) ||
        (!body.after.empty() && hash <= body.after.back()))
      return fail(Errc::malformed, wrong_admission);
    body.after.push_back(hash);
  }
  return body;
}

Result<EventBody> read_earlier(const json::Fields& fields) {
  const json::Value* note = fields.find("note");
  if (note == nullptr || note->text() == nullptr)
    return fail(Errc::malformed, "what was said earlier has a \"note\"");
  return event::Earlier{*note->text()};
}

Result<EventBody> read_grant(const json::Fields& fields) {
  const auto hex = fields.line("report", 64, wrong_grant);
  const auto sha256 = fields.line("sha256", 64, wrong_grant);
  const auto key = fields.line("file_key", 24, wrong_grant);
  if (!hex || !sha256 || !key) return fail(Errc::malformed, wrong_grant);
  const auto id = ReportId::parse(*hex);
  if (!id) return fail(id);
  event::Grant body{*id, {}, {}};
  if (!hex_decode_into(*sha256, body.sealed_sha256) || !base64_decode_into(*key, body.file_key))
    return fail(Errc::malformed, wrong_grant);
  return body;
}

Result<EventBody> read_share(const json::Fields& fields) {
  const auto hex = fields.line("report", 64, wrong_share);
  const auto header = fields.line("header", 64, wrong_share);
  const auto x = fields.whole("x", wrong_share);
  const auto share = fields.line("share", 24, wrong_share);
  const auto id = ReportId::parse(hex ? *hex : "");
  if (!id || !header || !x || *x < 1 || *x > 255 || !share) return fail(Errc::malformed, wrong_share);
  event::Share body{*id, {}, static_cast<std::uint8_t>(*x), {}};
  if (!hex_decode_into(*header, body.header_sha256) || !base64_decode_into(*share, body.share))
    return fail(Errc::malformed, wrong_share);
  return body;
}

Result<EventBody> read_note(const json::Fields& fields) {
  const json::Value* words = fields.find("text");
  if (words == nullptr || words->text() == nullptr) return fail(Errc::malformed, "a note has no text");
  event::Note note{*words->text(), false};
  if (const json::Value* privileged = fields.find("privileged")) {
    if (privileged->boolean() == nullptr)
      return fail(Errc::malformed, "\"privileged\" of a note is true or false");
    note.privileged = *privileged->boolean();
  }
  return note;
}

Result<EventBody> read_replied(const json::Fields& fields) {
  constexpr Literal wrong = "a reply names a report, and the number that the reply has";
  const auto hex = fields.line("report", 64, wrong);
  const auto report = ReportId::parse(hex ? *hex : "");
  const auto number = fields.whole("number", wrong);
  if (!report || !number) return fail(Errc::malformed, wrong);
  return event::Replied{*report, *number};
}

Result<EventBody> read_consent(const json::Fields& fields) {
  auto to = fields.line("to", event_line_bytes_max, wrong_consent);
  if (!to) return fail(to);
  const auto name = fields.line("answer", 8, wrong_consent);
  if (!name) return fail(name);
  const auto answer = parse_consent(*name);
  if (!answer) return fail(answer);
  return event::Consented{*std::move(to), *answer};
}

Result<EventBody> read_disclosure(const json::Fields& fields) {
  event::Disclosure body;
  for (const auto& [name, field] : {std::pair("to", &body.to), std::pair("what", &body.what),
                                    std::pair("reason", &body.reason), std::pair("route", &body.route)}) {
    auto line = fields.line(name, event_reason_bytes_max, wrong_disclosure);
    if (!line) return fail(line);
    *field = *std::move(line);
  }
  return body;
}

Result<EventHash> read_proposal(const json::Fields& fields) {
  EventHash hash{};
  const auto hex = fields.line("disclosure", 64, wrong_proposal);
  if (!hex || !hex_decode_into(*hex, hash)) return fail(Errc::malformed, wrong_proposal);
  return hash;
}

Result<EventBody> read_agreed(const json::Fields& fields) {
  const auto hash = read_proposal(fields);
  if (!hash) return fail(hash);
  return event::Agreed{*hash};
}

Result<EventBody> read_disclosed(const json::Fields& fields) {
  const auto hash = read_proposal(fields);
  if (!hash) return fail(hash);
  auto outcome = fields.line("outcome", event_reason_bytes_max, wrong_outcome);
  if (!outcome) return fail(outcome);
  return event::Disclosed{*hash, *std::move(outcome)};
}

Result<EventBody> read_quarantine(const json::Fields& fields) {
  const auto hex = fields.line("report", 64, wrong_quarantine);
  const auto report = ReportId::parse(hex ? *hex : "");
  const auto attachment = fields.whole("attachment", wrong_quarantine);
  const auto set = fields.boolean("set", wrong_quarantine);
  auto reason = fields.line("reason", event_reason_bytes_max, wrong_quarantine);
  if (!report || !attachment || !set || !reason) return fail(Errc::malformed, wrong_quarantine);
  return event::Quarantine{*report, *attachment, *set, *std::move(reason)};
}

// What a disclosure, its outcome, a consent or a quarantine says.
Result<> check_casework(const EventBody& body) {
  const auto is_reason = [](const std::string& line) { return json::is_line(line, event_reason_bytes_max); };
  if (const auto* consent = std::get_if<event::Consented>(&body);
      consent != nullptr && !json::is_line(consent->to, event_line_bytes_max))
    return fail(Errc::malformed, wrong_consent);
  if (const auto* one = std::get_if<event::Disclosure>(&body);
      one != nullptr &&
      !(is_reason(one->to) && is_reason(one->what) && is_reason(one->reason) && is_reason(one->route)))
    return fail(Errc::malformed, wrong_disclosure);
  if (const auto* done = std::get_if<event::Disclosed>(&body); done != nullptr && !is_reason(done->outcome))
    return fail(Errc::malformed, wrong_outcome);
  if (const auto* one = std::get_if<event::Quarantine>(&body);
      one != nullptr &&
      (one->attachment == 0 || one->attachment > limits::attachments_max || !is_reason(one->reason)))
    return fail(Errc::malformed, wrong_quarantine);
  return {};
}

}  // namespace

std::string_view kind_of(const EventBody& body) {
  if (const auto* other = std::get_if<event::Other>(&body)) return other->kind;
  return kinds[body.index()];
}

Result<> check_event_body(const EventBody& body) {
  if (const auto* label = std::get_if<event::Label>(&body);
      label != nullptr && !json::is_line(label->label, event_line_bytes_max))
    return fail(Errc::malformed, wrong_label);
  if (const auto* deadline = std::get_if<event::Deadline>(&body);
      deadline != nullptr && !json::is_line(deadline->name, event_line_bytes_max))
    return fail(Errc::malformed, wrong_deadline);
  if (const auto* admitted = std::get_if<event::Admitted>(&body);
      admitted != nullptr && !json::is_line(admitted->reason, event_reason_bytes_max))
    return fail(Errc::malformed, wrong_admission);
  if (const auto* note = std::get_if<event::Note>(&body)) {
    if (note->text.empty()) return fail(Errc::malformed, "a note has no words");
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
    if (!is_valid_utf8(note->text) || std::ranges::any_of(note->text, is_control))
      return fail(Errc::unsupported, "a note holds control characters, or is not UTF-8");
  }
  if (const auto may = check_casework(body); !may) return may;
  if (const auto may = check_daily_body(body); !may) return may;
  if (encode_event_body(body).size() > event_body_bytes_max)
    return fail(Errc::too_large, "this is longer than an event may be: say it in two");
  return {};
}

std::string encode_event_body(const EventBody& body) {
  if (const auto* other = std::get_if<event::Other>(&body)) return other->json;
  return json::encode({std::visit(ToJson{}, body)}, json::Layout::compact);
}

Result<EventBody> parse_event_body(std::string_view kind, std::string_view text) {
  const auto value = json::parse(text, event_body_bytes_max, limits::json_depth_max);
  if (!value) return fail(value);
  const auto fields = json::Fields::of(*value, "the body of an event is a JSON object");
  if (!fields) return fail(fields);
  using Read = Result<EventBody> (*)(const json::Fields&);
  constexpr std::array<Read, kinds.size()> readers{
      read_opened,     read_status,
      read_risk,       read_assign,
      read_label,      read_deadline,
      read_note,       [](const json::Fields& /*none*/) -> Result<EventBody> { return event::Recused{}; },
      read_replied,    read_consent,
      read_disclosure, read_agreed,
      read_disclosed,  read_quarantine,
      read_admitted,   read_earlier,
      read_grant,      read_share,
      read_risk_sheet, read_signed_off,
      read_cover};
  const auto known = std::ranges::find(kinds, kind);
  if (known == kinds.end()) {
    if (!json::is_line(kind, kind_bytes_max))
      return fail(Errc::malformed, "the kind of an event is one short word");
    return event::Other{std::string(kind), std::string(text)};
  }
  auto body = readers[static_cast<std::size_t>(known - kinds.begin())](*fields);
  if (!body) return body;
  if (const auto may = check_event_body(*body); !may) return fail(may);
  return body;
}

}  // namespace candour
