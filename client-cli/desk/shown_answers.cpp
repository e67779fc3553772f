// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/shown_answers.h"

#include <algorithm>
#include <set>

namespace candour::cli {
namespace {

std::string option_label(const Question* question, const std::string& id) {
  if (question == nullptr) return id;
  const auto option = std::ranges::find(question->options, id, &Option::id);
  return option == question->options.end() ? id : option->label;
}

ShownAnswer shown(const std::string& id, const Answer& answer, const Question* question) {
  ShownAnswer out;
  out.id = id;
  out.question = question == nullptr ? id : question->label;
  if (const auto* text = std::get_if<std::string>(&answer)) {
    const bool is_choice = question != nullptr && question->kind == QuestionKind::choice;
    out.text = is_choice ? option_label(question, *text) : *text;
    return out;
  }
  out.is_list = true;
  for (const std::string& option : std::get<std::vector<std::string>>(answer))
    out.chosen.push_back(option_label(question, option));
  return out;
}

}  // namespace

std::vector<ShownAnswer> shown_answers(const Report& report, const Form* form) {
  std::vector<ShownAnswer> out;
  std::set<std::string, std::less<>> done;
  if (form != nullptr && form->id == report.form_id) {
    for (const Step& step : form->steps) {
      for (const Question& question : step.questions) {
        const auto answer = report.answers.find(question.id);
        if (answer == report.answers.end()) continue;
        out.push_back(shown(question.id, answer->second, &question));
        done.insert(question.id);
      }
    }
  }
  for (const auto& [id, answer] : report.answers)
    if (!done.contains(id)) out.push_back(shown(id, answer, nullptr));
  return out;
}

}  // namespace candour::cli
