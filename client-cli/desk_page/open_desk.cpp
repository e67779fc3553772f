// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/open_desk.h"

#include "client-cli/cases/case_search.h"
#include "client-cli/cases/case_words.h"
#include "client-cli/cases/matches.h"
#include "client-cli/cases/urgency.h"
#include "client-cli/desk/invited.h"
#include "client-cli/desk/people.h"
#include "client-cli/desk/reply_post.h"

namespace candour::cli {
namespace {

constexpr std::size_t rows_at_once = 500;
constexpr std::chrono::minutes sign_in_every{5};
constexpr std::size_t row_labels_max = 20;

json::Object row_json(const CaseDesk& desk, const CaseFile& one) {
  json::Array labels;
  for (const std::string& label : one.state.labels)
    if (labels.size() < row_labels_max) labels.push_back(json::Value{label});
  json::Value deadline{nullptr};
  if (const auto next = next_deadline(one))
    deadline = json::Value{json::Object{{"name", {next->name}}, {"day", {next->day.encode()}}}};
  json::Object row = case_head_json(one);
  row.push_back({"labels", json::Value{std::move(labels)}});
  row.push_back({"deadline", std::move(deadline)});
  row.push_back({"day", {one.reports.back()->arrived.encode()}});
  row.push_back({"unread", {is_unread(desk, one)}});
  row.push_back({"reports", json::number(one.reports.size())});
  row.push_back({"alarms", json::number(alarms_of(desk, one).size())});
  row.push_back({"mine", {one.is_reader(desk.me())}});
  return row;
}

}  // namespace

OpenDesk::OpenDesk(std::unique_ptr<OwnTor> tor, CaseDesk cases)
    : tor_(std::move(tor)),
      cases_(std::move(cases)),
      warnings_(std::make_shared<std::vector<std::string>>()),
      signed_in_at_(std::chrono::steady_clock::now()) {
  changed();
}

OpenDesk::~OpenDesk() {
  accounts_.clear();
  cases_.desk().key = KeyFile();
}

Outcome<std::unique_ptr<OpenDesk>> OpenDesk::unlock(const CaseDeskOptions& options, ByteView key_file,
                                                    const std::string& name, const SecretBytes& passphrase,
                                                    DeskWatch watch) {
  watch.progressed("key", 0, 0);
  auto key = unlock_caseworker_key(key_file, name, passphrase);
  if (!key) return fail(key);
  const auto warnings = std::make_shared<std::vector<std::string>>();
  watch.warned = [warnings](const std::string& words) { warnings->push_back(words); };
  auto invited = follow_invitation(options, *key, watch);
  if (!invited) return fail(invited);
  auto cases = CaseDesk::open(invited->to, *std::move(key), std::move(watch));
  if (!cases) return fail(cases);
  std::unique_ptr<OpenDesk> desk(new OpenDesk(std::move(invited->tor), *std::move(cases)));
  desk->warnings_ = warnings;
  return desk;
}

Outcome<> OpenDesk::sign_in_again() {
  auto done = cases_.desk().session.renew(cases_.desk().key);
  if (done) signed_in_at_ = std::chrono::steady_clock::now();
  return done;
}

Outcome<> OpenDesk::stay_signed_in() {
  if (std::chrono::steady_clock::now() - signed_in_at_ < sign_in_every) return {};
  return sign_in_again();
}

void OpenDesk::changed() {
  rows_ = by_urgency(cases_);
  ++version_;
}

json::Object OpenDesk::desk_json() const {
  const Roster& roster = cases_.roster().roster();
  json::Array people, desks, warnings;
  for (const Caseworker& who : roster.caseworkers)
    people.push_back(json::Value{json::Object{{"id", {who.id.text()}},
                                              {"name", {who.name}},
                                              {"active", {!who.revoked}},
                                              {"desks", names_json(who.desks)}}});
  for (const Desk& desk : roster.desks)
    desks.push_back(json::Value{json::Object{{"id", {desk.id.text()}}, {"name", {desk.name}}}});
  json::Array together;
  for (const Together& one : cases_.together()) together.push_back(json::Value{cli::to_json(one)});
  for (const std::string& words : *warnings_) warnings.push_back(json::Value{words});
  return {{"open", {true}},
          {"me", {cases_.me().text()}},
          {"service", {roster.service}},
          {"today", {today().encode()}},
          {"people", json::Value{std::move(people)}},
          {"desks", json::Value{std::move(desks)}},
          {"warnings", json::Value{std::move(warnings)}},
          {"together", json::Value{std::move(together)}},
          {"held", json::number(cases_.held().size())},
          {"matches", json::number(cases_.matched().matches.size())},
          {"version", json::number(version_)}};
}

Outcome<> OpenDesk::refresh() {
  warnings_->clear();
  auto done = cases_.refresh();
  changed();
  return done;
}

json::Object OpenDesk::matches_json(bool with_contacts) const {
  return cli::matches_json(cases_, with_contacts);
}

json::Object OpenDesk::rows_json(std::size_t from) {
  json::Array rows;
  for (std::size_t i = from; i < rows_.size() && rows.size() < rows_at_once; ++i)
    rows.push_back(json::Value{row_json(cases_, *rows_[i])});
  return {{"version", json::number(version_)},
          {"total", json::number(rows_.size())},
          {"cases", json::Value{std::move(rows)}}};
}

json::Object OpenDesk::search_json(std::string_view words) const {
  const std::vector<std::string> wanted = words_to_find(words);
  json::Array found;
  for (const CaseFile* one : rows_) {
    std::vector<std::string> left = wanted;
    strike_out(left, *one);
    for (const KnownReport* report : one->reports)
      if (const auto account = accounts_.find(report->id); account != accounts_.end())
        strike_out(left, account->second);
    if (left.empty()) found.push_back(json::Value{one->id.encode()});
  }
  return {{"cases", json::Value{std::move(found)}}};
}

Outcome<json::Object> OpenDesk::case_json(std::string_view id) const {
  const auto one = cases_.find(id);
  if (!one) return fail(one);
  return full_case_json(cases_, **one);
}

Outcome<json::Object> OpenDesk::say(std::string_view id, EventBody body, std::vector<CaseworkerId> readers) {
  const auto one = cases_.find(id);
  if (!one) return fail(one);
  if (auto said = cases_.say(**one, std::move(body), std::move(readers)); !said) return fail(said);
  changed();
  return case_json(id);
}

Outcome<const ListedReport*> OpenDesk::find(const ReportId& report) const {
  if (const ListedReport* listed = cases_.listed(report)) return listed;
  return fail_with(Errc::not_found,
                   "there is no such report for you. It may have been erased: update the list.");
}

std::size_t OpenDesk::kept_bytes() const {
  std::size_t all = 0;
  for (const auto& [id, account] : accounts_) all += account.files.bytes();
  return all;
}

Outcome<json::Object> OpenDesk::read(const ReportId& report) {
  const auto listed = find(report);
  if (!listed) return fail(listed);
  auto known = accounts_.find(report);
  if (known == accounts_.end()) {
    const std::size_t kept = kept_bytes();
    auto account =
        read_account(cases_, **listed, attachments_bytes_max - std::min(kept, attachments_bytes_max));
    if (!account) return fail(account);
    known = accounts_.emplace(report, *std::move(account)).first;
    first_reading(**listed, known->second);
  }
  return to_json(known->second, *cases_.listed(report), cases_.roster(), cases_.me());
}

// The account is read whether her author and colleagues can be told or not.
void OpenDesk::first_reading(const ListedReport& listed, const Account& account) {
  const ReportId id = listed.id;
  if (!listed.seen) {
    // Of what a match opened, a person decides whether its author hears.
    if (account.read && !cases_.was_opened_by_match(id)) {
      const Addressee author = addressee_of(account.read->opened, account.read->sealed_sha256);
      if (const auto told = post_reply(cases_.desk(), author, ReplyKind::opened, {}, today()); !told)
        warnings_->push_back("its author could not be told that you have opened it: " + told.error().text);
    }
    if (const auto marked = cases_.set_mark(id, "seen", true); !marked)
      warnings_->push_back("the report could not be marked as seen: " + marked.error().text);
  }
  if (const auto logged = cases_.log_reading(id); !logged)
    warnings_->push_back("your colleagues could not be told that you have read it: " + logged.error().text);
  changed();
}

Outcome<json::Object> OpenDesk::reply(const ReportId& report, std::string words, const FileAlong* file) {
  const auto account = accounts_.find(report);
  if (account == accounts_.end() || !account->second.read)
    return fail_with(Errc::refused, "read the account before you answer its author. Nothing was sent.");
  if (auto may = may_reply(words, file); !may) return fail(may);
  const Addressee to = addressee_of(account->second.read->opened, account->second.read->sealed_sha256);
  const Day day = today();
  const auto number = post_reply(cases_.desk(), to, ReplyKind::message, std::move(words), day, file);
  if (!number) return fail(number);
  if (const auto logged = cases_.log_reply(report, *number); !logged)
    warnings_->push_back("your colleagues could not be told that you have answered: " + logged.error().text);
  changed();
  return json::Object{{"number", json::number(*number)}, {"day", {day.encode()}}};
}

Outcome<json::Object> OpenDesk::mark(const ReportId& report, std::string_view mark, bool set) {
  if (const auto listed = find(report); !listed) return fail(listed);
  if (auto done = cases_.set_mark(report, mark, set); !done) return fail(done);
  changed();
  return case_json(report.encode());
}

Outcome<> OpenDesk::hand_share(const ReportId& report, const CaseworkerId& who) {
  auto done = cases_.hand_share_to(report, who);
  changed();
  return done;
}

Outcome<OpenDesk::Content> OpenDesk::attachment(const ReportId& report, std::size_t number) const {
  const auto account = accounts_.find(report);
  const auto* read = account == accounts_.end() || !account->second.read ? nullptr : &*account->second.read;
  if (read == nullptr || number >= read->opened.report.attachments.size())
    return fail_with(Errc::not_found,
                     "there is no such attachment in what was read since the desk was opened.");
  const auto one = cases_.find(report.encode());
  if (one && (*one)->state.quarantined.contains({report, number + 1}))
    return fail_with(Errc::refused,
                     "it is under lock until a lawyer has looked at it: it is neither shown nor handed out.");
  const Attachment& attachment = read->opened.report.attachments[number];
  const Bytes* bytes = account->second.files.find(attachment.member);
  if (bytes == nullptr)
    return fail_with(
        Errc::too_large,
        fmt::format("it was too large to be kept in memory. Open it into a folder: candour open {} "
                    "--out FOLDER",
                    report.encode().substr(0, 12)));
  return Content{attachment, *bytes};
}

}  // namespace candour::cli
