// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/redacted_page.h"

#include <fmt/format.h>

#include "client-cli/evidence/account_page.h"

namespace candour::cli {
namespace {

constexpr std::pair<std::string_view, std::string_view> kinds[] = {{"image/", "a picture"},
                                                                   {"audio/", "a recording"},
                                                                   {"video/", "a video"},
                                                                   {"text/", "a text"},
                                                                   {"application/pdf", "a PDF"}};

// A type is her browser's word, and may hold anything: only what it begins with is looked at.
std::string kind_of(const Attachment& attachment) {
  for (const auto& [beginning, kind] : kinds)
    if (attachment.type.starts_with(beginning)) return std::string(kind);
  return "another file";
}

void show(Page& page, const RedactedAccount& account) {
  page.say(
      fmt::format("Arrived on {}; written on {}, by its author's device.", account.arrived, account.written));
  show_answers(page, 3, account.answers);
  show_accused(page, account.accused);
  if (account.attachments.empty()) return;
  page.heading(3, "Attachments: not on this page");
  page.begin_table({"Number", "Kind"});
  for (std::size_t at = 0; at < account.attachments.size(); ++at)
    page.row({std::to_string(at + 1), account.attachments[at]});
  page.end_table();
}

}  // namespace

RedactedAccount account_to_redact(const Report& report, Day arrived, const Form& form) {
  RedactedAccount account{.arrived = arrived.encode(),
                          .written = report.day.encode(),
                          .answers = shown_answers(report, &form),
                          .accused = {report.accused.begin(), report.accused.end()},
                          .attachments = {}};
  for (const Attachment& attachment : report.attachments) account.attachments.push_back(kind_of(attachment));
  return account;
}

void strike_out(RedactedCase& all, Phrases& phrases) {
  const auto strike = [&](std::string& text) { text = phrases.strike(text); };
  strike(all.by);
  for (RedactedAccount& account : all.accounts) {
    strike(account.arrived);
    strike(account.written);
    for (ShownAnswer& answer : account.answers) {
      answer.id.clear();  // is not shown
      strike(answer.question);
      strike(answer.text);
      for (std::string& chosen : answer.chosen) strike(chosen);
    }
    for (auto& [identifier, value] : account.accused) {
      strike(identifier);
      strike(value);
    }
  }
  for (RedactedNote& note : all.notes) {
    strike(note.day);
    strike(note.author);
    strike(note.text);
  }
}

std::string redacted_page(const RedactedCase& all, Day today, std::size_t passages) {
  Page page("Redacted: not evidence");
  page.say(
      fmt::format("Made by {} on {}. {} passages were struck out; each shows as {}, however long it was.",
                  all.by, today.encode(), passages, struck_out));
  page.say(
      "This page is for reading, and proves nothing: nothing on it is signed, and words are missing. What "
      "was sent "
      "whole, and can be checked, is in a bag of evidence alone.");
  for (std::size_t at = 0; at < all.accounts.size(); ++at) {
    page.heading(2, fmt::format("Account {}", at + 1));
    show(page, all.accounts[at]);
  }
  if (all.with_notes) page.heading(2, "Notes of caseworkers, without privileged ones");
  for (const RedactedNote& note : all.notes) {
    page.heading(3, fmt::format("{}, {}", note.day, note.author));
    page.quote(note.text);
  }
  if (all.with_notes && all.notes.empty()) page.say("None.");
  return page.finish();
}

}  // namespace candour::cli
