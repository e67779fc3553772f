// SPDX-License-Identifier: AGPL-3.0-or-later
// The questions that an organisation asks, and the answers to them (docs/spec/roster.md "The form"). A Form that
// parse_form() gives is consistent: ids unique, conditions refer to earlier questions and their options.
// Values, no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/core/result.h"

namespace candour {

enum class QuestionKind : std::uint8_t { text, long_text, choice, choices };

struct Option {
  std::string id;
  std::string label;
  bool danger = false;  // whoever chooses it, or a child, may be in danger
  bool operator==(const Option&) const = default;
};

struct ShowIf {
  std::string question;         // an earlier choice or choices
  std::vector<std::string> is;  // shown when one of these is chosen
  bool operator==(const ShowIf&) const = default;
};

struct Question {
  std::string id;
  QuestionKind kind = QuestionKind::text;
  std::string label;
  std::string hint;
  std::vector<Option> options;     // of choice and choices
  std::size_t characters_max = 0;  // of text and long_text, in code points
  std::string accused;             // the identifier that the answer is also stored under, or empty
  std::optional<ShowIf> show_if;
  bool safety = false;  // of the part that may go alone while the rest is held back
  bool operator==(const Question&) const = default;
};

struct Step {
  std::string id;
  std::string title;
  std::vector<std::string> text;  // paragraphs
  std::vector<Question> questions;
  bool operator==(const Step&) const = default;
};

struct Form {
  std::string id;
  std::uint64_t version = 0;
  std::string language;
  std::vector<std::string> account;  // at least one of these is answered, or something is attached
  std::vector<Step> steps;

  const Question* find(std::string_view question) const;
  bool operator==(const Form&) const = default;
};

// text and choice: a string; choices: option ids in the form's order.
using Answer = std::variant<std::string, std::vector<std::string>>;
using Answers = std::map<std::string, Answer, std::less<>>;

Result<Form> parse_form(std::string_view json);

// The questions that are shown, given the answers so far. A question is hidden when its condition is not met or
// the question that it depends on is itself hidden.
std::set<std::string, std::less<>> shown_questions(const Form& form, const Answers& answers);

// May these answers be sent? Each must belong to a shown question and fit its kind; the account must be given.
Result<> check_answers(const Form& form, const Answers& answers, std::size_t attachments);

// The answers that identify the accused, under their identifiers.
std::map<std::string, std::string, std::less<>> accused_of(const Form& form, const Answers& answers);

}  // namespace candour
