// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/event_words.h"

#include <fmt/format.h>

#include "client-cli/terminal/visible.h"
#include "crypto/core/encoding.h"

namespace candour::cli {
namespace {

constexpr std::size_t short_digits = 12;

struct InWords {
  std::string operator()(const event::Opened& body) const {
    return "read the account " + body.report.encode().substr(0, short_digits);
  }
  std::string operator()(const event::Status& body) const {
    return fmt::format("status: {}", name_of(body.status));
  }
  std::string operator()(const event::Risk& body) const {
    return fmt::format("risk: {}", name_of(body.risk));
  }
  std::string operator()(const event::Assign& body) const {
    return body.to ? "led by " + body.to->text() : std::string("led by nobody");
  }
  std::string operator()(const event::Label& body) const {
    return fmt::format("{} label {}", body.set ? "put on the" : "took off the", visible_line(body.label));
  }
  std::string operator()(const event::Deadline& body) const {
    return body.day ? fmt::format("deadline: {} on {}", visible_line(body.name), body.day->encode())
                    : fmt::format("no more deadline: {}", visible_line(body.name));
  }
  std::string operator()(const event::Note& body) const {
    return body.privileged ? "privileged note" : "note";
  }
  std::string operator()(const event::Recused& /*body*/) const { return "has recused herself"; }
  std::string operator()(const event::Replied& body) const {
    return fmt::format("answered {} (reply {})", body.report.encode().substr(0, short_digits), body.number);
  }
  std::string operator()(const event::Consented& body) const {
    return fmt::format("may {} be told: {}", visible_line(body.to), name_of(body.answer));
  }
  std::string operator()(const event::Disclosure& body) const {
    return fmt::format("would tell {}: {}. Why: {}. By: {}", visible_line(body.to), visible_line(body.what),
                       visible_line(body.reason), visible_line(body.route));
  }
  std::string operator()(const event::Agreed& body) const {
    return "agrees to disclosure " + hex_encode(body.disclosure).substr(0, short_digits);
  }
  std::string operator()(const event::Disclosed& body) const {
    return fmt::format("disclosure {}: {}", hex_encode(body.disclosure).substr(0, short_digits),
                       visible_line(body.outcome));
  }
  std::string operator()(const event::Quarantine& body) const {
    return fmt::format("{} attachment {} of {}: {}", body.set ? "keeps under lock" : "hands out again",
                       body.attachment, body.report.encode().substr(0, short_digits),
                       visible_line(body.reason));
  }
  std::string operator()(const event::Admitted& body) const {
    return fmt::format("admitted {}: {}", body.who.text(), visible_line(body.reason));
  }
  std::string operator()(const event::Earlier& /*body*/) const {
    return "said again who was admitted before";
  }
  std::string operator()(const event::Grant& body) const {
    return "handed on the account " + body.report.encode().substr(0, short_digits);
  }
  std::string operator()(const event::Share& body) const {
    return "handed on her share of the account " + body.report.encode().substr(0, short_digits);
  }
  std::string operator()(const event::RiskSheet& body) const {
    std::string words = "risk sheet";
    for (const auto& [field, line] : body.lines)
      words += fmt::format("; {}: {}", field, line ? visible_line(*line) : "taken out");
    return words;
  }
  std::string operator()(const event::SignedOff& body) const {
    return fmt::format("signed off the {}: {}", name_of(body.what), visible_line(body.text));
  }
  std::string operator()(const event::Cover& body) const {
    return body.stand ? fmt::format("{} looks after what {} leads until {}", body.stand->by.text(),
                                    body.lead.text(), body.stand->until.encode())
                      : "nobody looks after it in the place of " + body.lead.text();
  }
  std::string operator()(const event::Other& body) const {
    return fmt::format("{}: {}", visible_line(body.kind), visible_line(body.json));
  }
};

}  // namespace

std::string words_of(const EventBody& body) { return std::visit(InWords{}, body); }

std::string history_words_of(const EventBody& body) {
  const auto* sheet = std::get_if<event::RiskSheet>(&body);
  if (sheet == nullptr) return words_of(body);
  std::string words = "wrote in the risk sheet, what is not in this bag:";
  for (const auto& [field, line] : sheet->lines) words += ' ' + field;
  return words;
}

}  // namespace candour::cli
