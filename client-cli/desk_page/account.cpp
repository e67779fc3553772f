// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/account.h"

#include "client-cli/cases/case_search.h"
#include "client-cli/desk/people.h"
#include "client-cli/desk/roster_alarms.h"
#include "client-cli/desk/shown_answers.h"
#include "client-cli/desk_page/shown_kind.h"

namespace candour::cli {
namespace {

json::Value texts_json(const std::vector<std::string>& texts) {
  json::Array all;
  for (const std::string& text : texts) all.push_back(json::Value{text});
  return json::Value{std::move(all)};
}

json::Value answers_json(const Report& report, const Form& form) {
  json::Array answers;
  for (const ShownAnswer& answer : shown_answers(report, &form)) {
    json::Object object{{"id", {answer.id}}, {"question", {answer.question}}};
    if (answer.is_list)
      object.push_back({"chosen", texts_json(answer.chosen)});
    else
      object.push_back({"text", {answer.text}});
    answers.push_back(json::Value{std::move(object)});
  }
  return json::Value{std::move(answers)};
}

json::Value attachments_json(const Report& report, const KeptFiles& files) {
  json::Array attachments;
  for (const Attachment& one : report.attachments) {
    const Bytes* content = files.find(one.member);
    const auto kind = content == nullptr ? std::nullopt : shown_kind(*content);
    attachments.push_back(
        json::Value{json::Object{{"name", {one.name}},
                                 {"type", {one.type}},
                                 {"bytes", json::number(one.bytes)},
                                 {"view", kind ? json::Value{std::string(kind->view)} : json::Value{nullptr}},
                                 {"kept", {content != nullptr}}}});
  }
  return json::Value{std::move(attachments)};
}

json::Value unknown_json(const Report& report) {
  json::Array unknown;
  for (const UnknownField& field : report.unknown)
    unknown.push_back(json::Value{json::Object{{"name", {field.name}}, {"json", {field.json}}}});
  return json::Value{std::move(unknown)};
}

json::Value accused_json(const Report& report) {
  json::Array accused;
  for (const auto& [identifier, value] : report.accused)
    accused.push_back(json::Value{json::Object{{"identifier", {identifier}}, {"value", {value}}}});
  return json::Value{std::move(accused)};
}

std::vector<std::string> warnings_of(const Account& account, const VerifiedRoster& roster,
                                     const CaseworkerId& reader) {
  std::vector<std::string> warnings;
  for (const CaseworkerId& who : account.added)
    warnings.push_back(fmt::format(
        "a reader has been added by the server: {0} is listed for this report, but its author did "
        "not seal it to {0}. Do not share it with {0}, and tell the steward.",
        who.text()));
  for (std::string& words : roster_alarms(account.read->opened, roster, reader).words)
    warnings.push_back(std::move(words));
  return warnings;
}

}  // namespace

Outcome<Account> read_account(CaseDesk& cases, const ListedReport& listed, std::size_t room_bytes) {
  Account account{.arrived = listed.day, .read = {}, .added = {}, .files = KeptFiles(room_bytes)};
  auto read = read_report(cases.desk().session, cases.access_to(listed.id), listed, &account.files);
  if (!read && read.error().code == Errc::unsupported) return account;
  if (!read) return fail(read);
  account.added = cases.unexplained_readers(read->opened.manifest.manifest(), listed);
  account.read = *std::move(read);
  return account;
}

json::Object to_json(const Account& account, const ListedReport& listed, const VerifiedRoster& roster,
                     const CaseworkerId& reader) {
  json::Object object{{"report", {listed.id.encode()}},
                      {"signed", {account.read.has_value()}},
                      {"arrived", {account.arrived.encode()}}};
  if (!account.read) return object;
  const Report& report = account.read->opened.report;
  const Manifest& manifest = account.read->opened.manifest.manifest();
  object.push_back({"written", {report.day.encode()}});
  object.push_back({"desk", {manifest.desk.text()}});
  object.push_back({"language", {report.language}});
  object.push_back({"audience", names_json(manifest.audience)});
  object.push_back({"excluded", names_json(manifest.excluded)});
  object.push_back({"warnings", texts_json(warnings_of(account, roster, reader))});
  object.push_back({"answers", answers_json(report, roster->form)});
  object.push_back({"accused", accused_json(report)});
  object.push_back({"attachments", attachments_json(report, account.files)});
  object.push_back({"unknown", unknown_json(report)});
  return object;
}

void strike_out(std::vector<std::string>& words, const Account& account) {
  if (!account.read) return;
  for (const auto& [id, answer] : account.read->opened.report.answers)
    if (const auto* text = std::get_if<std::string>(&answer)) strike_out(words, *text);
}

}  // namespace candour::cli
