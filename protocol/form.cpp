// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/form.h"

#include <algorithm>

#include "crypto/core/utf8.h"
#include "protocol/contains.h"

namespace candour {
namespace {

bool is_chosen(const Answer& answer, const std::vector<std::string>& any_of) {
  if (const auto* one = std::get_if<std::string>(&answer)) return contains(any_of, *one);
  return std::ranges::any_of(std::get<std::vector<std::string>>(answer),
                             [&](const std::string& option) { return contains(any_of, option); });
}

// Nothing where it is not UTF-8 or holds control characters other than those asked for.
std::optional<std::size_t> characters_of(std::string_view text, std::string_view control_allowed) {
  std::size_t count = 0;
  while (!text.empty()) {
    const auto c = take_code_point(text);
    if (!c) return std::nullopt;
    if ((*c < 0x20 || *c == 0x7f) && !control_allowed.contains(static_cast<char>(*c))) return std::nullopt;
    ++count;
  }
  return count;
}

Result<> check_text(const Question& question, const Answer& answer) {
  const auto* text = std::get_if<std::string>(&answer);
  if (text == nullptr) return fail(Errc::malformed, "the answer to a text question must be a text");
  const auto characters = characters_of(*text, question.kind == QuestionKind::long_text ? "\n\r\t" : "");
  if (!characters)
    return fail(Errc::malformed, "an answer holds control characters, or lines where one is asked for");
  if (*characters == 0) return fail(Errc::malformed, "an answer is empty: leave it out");
  if (*characters > question.characters_max)
    return fail(Errc::too_large, "an answer is too long: shorten it");
  return {};
}

Result<> check_choice(const Question& question, const Answer& answer) {
  const auto is_option = [&](const std::string& id) { return contains(question.options, id, &Option::id); };
  constexpr Literal unknown = "an answer is not one of the options of its question";
  if (question.kind == QuestionKind::choice) {
    const auto* one = std::get_if<std::string>(&answer);
    if (one == nullptr) return fail(Errc::malformed, "a choice has one answer");
    if (!is_option(*one)) return fail(Errc::malformed, unknown);
    return {};
  }
  const auto* many = std::get_if<std::vector<std::string>>(&answer);
  if (many == nullptr) return fail(Errc::malformed, "a question with choices has a list of answers");
  if (many->empty()) return fail(Errc::malformed, "an answer is empty: leave it out");
  if (!std::ranges::all_of(*many, is_option)) return fail(Errc::malformed, unknown);
  auto sorted = *many;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) {
    return fail(Errc::malformed, "an option is chosen twice");
  }
  return {};
}

}  // namespace

const Question* Form::find(std::string_view question) const {
  for (const Step& step : steps) {
    const auto at = std::ranges::find(step.questions, question, &Question::id);
    if (at != step.questions.end()) return &*at;
  }
  return nullptr;
}

std::set<std::string, std::less<>> shown_questions(const Form& form, const Answers& answers) {
  std::set<std::string, std::less<>> shown;
  for (const Step& step : form.steps) {
    for (const Question& question : step.questions) {
      if (question.show_if) {
        const auto answer = answers.find(question.show_if->question);
        if (!shown.contains(question.show_if->question) || answer == answers.end() ||
            !is_chosen(answer->second, question.show_if->is)) {
          continue;
        }
      }
      shown.insert(question.id);
    }
  }
  return shown;
}

Result<> check_answers(const Form& form, const Answers& answers, std::size_t attachments) {
  const auto shown = shown_questions(form, answers);
  for (const auto& [id, answer] : answers) {
    const Question* question = form.find(id);
    if (question == nullptr)
      return fail(Errc::malformed, "there is an answer to a question that is not in the form");
    if (!shown.contains(id))
      return fail(Errc::malformed, "there is an answer to a question that is not shown");
    const bool is_text = question->kind == QuestionKind::text || question->kind == QuestionKind::long_text;
    if (auto fits = is_text ? check_text(*question, answer) : check_choice(*question, answer); !fits)
      return fits;
  }
  const bool told =
      std::ranges::any_of(form.account, [&](const std::string& id) { return answers.contains(id); });
  if (!told && attachments == 0) {
    return fail(Errc::refused, "nothing is told yet: write what happened, or attach a recording or a file");
  }
  return {};
}

std::map<std::string, std::string, std::less<>> accused_of(const Form& form, const Answers& answers) {
  std::map<std::string, std::string, std::less<>> accused;
  for (const Step& step : form.steps) {
    for (const Question& question : step.questions) {
      const auto answer = answers.find(question.id);
      if (question.accused.empty() || answer == answers.end()) continue;
      if (const auto* text = std::get_if<std::string>(&answer->second)) accused[question.accused] = *text;
    }
  }
  return accused;
}

}  // namespace candour
