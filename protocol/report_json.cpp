// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/report_json.h"

#include <array>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "protocol/archive.h"
#include "protocol/contains.h"
#include "protocol/json.h"
#include "protocol/limits.h"
#include "protocol/sealing_key_note.h"

namespace candour {
namespace {

using json::Fields;

constexpr std::array<std::string_view, 12> known_fields = {
    "format",         "form",         "language",        "day",    "answers", "accused", "attachments",
    "authorship_key", "mailbox_root", "reply_recipient", "thread", "releases"};

Result<Answers> read_answers(const json::Value* value) {
  const auto fields = Fields::of(value, "report.json: \"answers\" is missing or wrong");
  if (!fields) return fail(fields);
  Answers answers;
  for (const auto& [name, answer] : fields->members()) {
    constexpr Literal message = "report.json: an answer is a text or a list of texts";
    if (const auto* text = answer.text()) {
      answers.emplace(name, *text);
      continue;
    }
    if (answer.array() == nullptr) return fail(Errc::malformed, message);
    std::vector<std::string> chosen;
    for (const auto& item : *answer.array()) {
      if (item.text() == nullptr) return fail(Errc::malformed, message);
      chosen.push_back(*item.text());
    }
    answers.emplace(name, std::move(chosen));
  }
  return answers;
}

Result<std::vector<Attachment>> read_attachments(const Fields& report) {
  const auto array = report.array("attachments", limits::attachments_max,
                                  "report.json: \"attachments\" is a list of up to 999");
  if (!array) return fail(array);
  std::vector<Attachment> attachments;
  for (const auto& item : **array) {
    const auto fields = Fields::of(item, "report.json: an attachment is an object");
    if (!fields) return fail(fields);
    constexpr Literal member_message = "report.json: attachments are attachments/001… in order";
    auto member = fields->line("member", 32, member_message);
    if (!member) return fail(member);
    if (attachment_number(*member) != attachments.size() + 1) return fail(Errc::malformed, member_message);
    const auto* name = fields->find("name");
    const auto* type = fields->find("type");
    if (name == nullptr || type == nullptr || name->text() == nullptr || type->text() == nullptr) {
      return fail(Errc::malformed, "report.json: an attachment has \"name\" and \"type\"");
    }
    const auto bytes = fields->whole("bytes", "report.json: an attachment's \"bytes\" is missing or wrong");
    if (!bytes) return fail(bytes);
    attachments.push_back({std::move(*member), *name->text(), *type->text(), *bytes});
  }
  return attachments;
}

Result<> read_keys(const Fields& fields, Report& report) {
  const auto author =
      fields.line("authorship_key", 44, "report.json: \"authorship_key\" is missing or wrong");
  if (!author) return fail(author);
  if (!base64_decode_into(*author, report.authorship_key.bytes)) {
    return fail(Errc::malformed, "report.json: \"authorship_key\" is not 32 bytes in base64");
  }
  const auto root = fields.line("mailbox_root", 44, "report.json: \"mailbox_root\" is missing or wrong");
  if (!root) return fail(root);
  if (!base64_decode_into(*root, report.mailbox_root.writable())) {
    return fail(Errc::malformed, "report.json: \"mailbox_root\" is not 32 bytes in base64");
  }
  constexpr Literal recipient_message = "report.json: \"reply_recipient\" is not an age1pq1 recipient";
  auto recipient = fields.line("reply_recipient", 4096, recipient_message);
  if (!recipient) return fail(recipient);
  if (!is_post_quantum_recipient(*recipient)) return fail(Errc::malformed, recipient_message);
  report.reply_recipient = std::move(*recipient);

  const auto* thread = fields.find("thread");
  constexpr Literal thread_message = "report.json: \"thread\" is null or a report id";
  if (thread == nullptr) return fail(Errc::malformed, thread_message);
  if (thread->is_null()) return {};
  if (thread->text() == nullptr) return fail(Errc::malformed, thread_message);
  const auto id = ReportId::parse(*thread->text());
  if (!id) return fail(Errc::malformed, thread_message);
  report.thread = *id;
  return {};
}

Result<std::vector<HandedRelease>> read_releases(const Fields& report) {
  std::vector<HandedRelease> releases;
  if (report.find("releases") == nullptr) return releases;
  constexpr Literal message = "report.json: \"releases\" are 1 to 8, each of another report";
  const auto array = report.array("releases", limits::releases_max, message);
  if (!array) return fail(array);
  if ((*array)->empty()) return fail(Errc::malformed, message);
  for (const auto& item : **array) {
    constexpr Literal item_message = "report.json: a release has a \"report\" and 32 bytes in base64";
    const auto fields = Fields::of(item, item_message);
    if (!fields) return fail(fields);
    const auto report_id = fields->line("report", 64, item_message);
    const auto bytes = fields->line("release", 44, item_message);
    const auto id = ReportId::parse(report_id ? *report_id : "");
    HandedRelease release;
    if (!id || !bytes || !base64_decode_into(*bytes, release.release.writable())) {
      return fail(Errc::malformed, item_message);
    }
    if (contains(releases, *id, &HandedRelease::report)) return fail(Errc::malformed, message);
    release.report = *id;
    releases.push_back(std::move(release));
  }
  return releases;
}

Result<> read_form_and_day(const Fields& fields, Report& report) {
  const auto form = Fields::of(fields.find("form"), "report.json: \"form\" is missing or wrong");
  if (!form) return fail(form);
  auto id = form->line("id", limits::form_id_bytes_max, "report.json: the form's \"id\" is missing or wrong");
  if (!id) return fail(id);
  report.form_id = std::move(*id);
  const auto version = form->whole("version", "report.json: the form's \"version\" is missing or wrong");
  if (!version) return fail(version);
  report.form_version = *version;
  auto language = fields.line("language", 35, "report.json: \"language\" is missing or wrong");
  if (!language) return fail(language);
  report.language = std::move(*language);
  const auto day_text = fields.line("day", 10, "report.json: \"day\" is missing or wrong");
  if (!day_text) return fail(day_text);
  const auto day = Day::parse(*day_text);
  if (!day) return fail(day);
  report.day = *day;
  return {};
}

Result<std::string> write_report(const Report& report) {
  json::Object answers;
  for (const auto& [id, answer] : report.answers) {
    if (const auto* text = std::get_if<std::string>(&answer)) {
      answers.push_back({id, {*text}});
      continue;
    }
    json::Array chosen;
    for (const auto& option : std::get<std::vector<std::string>>(answer)) chosen.push_back({option});
    answers.push_back({id, {std::move(chosen)}});
  }
  json::Object accused;
  for (const auto& [name, identifier] : report.accused) accused.push_back({name, {identifier}});
  json::Array attachments;
  for (const auto& attachment : report.attachments) {
    attachments.push_back({json::Object{{"member", {attachment.member}},
                                        {"name", {attachment.name}},
                                        {"type", {attachment.type}},
                                        {"bytes", json::number(attachment.bytes)}}});
  }
  json::Object object{
      {"format", {std::string(label::report)}},
      {"form", {json::Object{{"id", {report.form_id}}, {"version", json::number(report.form_version)}}}},
      {"language", {report.language}},
      {"day", {report.day.encode()}},
      {"answers", {std::move(answers)}},
      {"accused", {std::move(accused)}},
      {"attachments", {std::move(attachments)}},
      {"authorship_key", {base64_encode(report.authorship_key.bytes)}},
      {"mailbox_root", {base64_encode(report.mailbox_root.reveal())}},
      {"reply_recipient", {report.reply_recipient}},
      {"thread", report.thread ? json::Value{report.thread->encode()} : json::Value{nullptr}}};
  if (report.releases.size() > limits::releases_max) {
    return fail(Errc::too_large, "a report hands over at most 8 releases");
  }
  if (!report.releases.empty()) {
    json::Array releases;
    for (const auto& one : report.releases) {
      releases.push_back({json::Object{{"report", {one.report.encode()}},
                                       {"release", {base64_encode(one.release.reveal())}}}});
    }
    object.push_back({"releases", {std::move(releases)}});
  }
  for (const auto& [name, unknown] : report.unknown) {
    auto value = json::parse(unknown, limits::report_json_bytes_max, limits::json_depth_max);
    if (!value) return fail(value);
    object.push_back({name, std::move(*value)});
  }
  return json::encode({std::move(object)}, json::Layout::compact);
}

}  // namespace

Result<Report> parse_report(std::string_view text) {
  const auto value = json::parse(text, limits::report_json_bytes_max, limits::json_depth_max);
  if (!value) return fail(value);
  const auto fields = Fields::of(*value, "report.json: not a JSON object");
  if (!fields) return fail(fields);
  const auto format = fields->line("format", 100, "report.json: \"format\" is missing");
  if (!format) return fail(format);
  if (*format != label::report)
    return fail(Errc::unsupported, "report.json: \"format\" is not one that is known here");

  Report report;
  if (auto read = read_form_and_day(*fields, report); !read) return fail(read);
  auto answers = read_answers(fields->find("answers"));
  if (!answers) return fail(answers);
  report.answers = std::move(*answers);
  const auto accused = Fields::of(fields->find("accused"), "report.json: \"accused\" is missing or wrong");
  if (!accused) return fail(accused);
  for (const auto& [name, identifier] : accused->members()) {
    if (identifier.text() == nullptr) return fail(Errc::malformed, "report.json: \"accused\" holds texts");
    report.accused.emplace(name, *identifier.text());
  }
  auto attachments = read_attachments(*fields);
  if (!attachments) return fail(attachments);
  report.attachments = std::move(*attachments);
  if (auto read = read_keys(*fields, report); !read) return fail(read);
  auto releases = read_releases(*fields);
  if (!releases) return fail(releases);
  report.releases = std::move(*releases);
  for (const auto& [name, unknown] : fields->members()) {
    if (contains(known_fields, name)) continue;
    report.unknown.push_back({name, json::encode(unknown, json::Layout::compact)});
  }
  return report;
}

std::size_t report_json_bytes(const Report& report) {
  const auto text = write_report(report);
  return text ? text->size() : 0;
}

Result<std::string> encode_report(const Report& report) {
  auto text = write_report(report);
  if (text && text->size() > limits::report_json_bytes_max) {
    return fail(Errc::too_large,
                "the answers are longer than 48 KiB together: shorten them, or attach them as a file");
  }
  return text;
}

}  // namespace candour
