// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/form_read.h"

#include <algorithm>

#include "protocol/contains.h"
#include "protocol/limits.h"

namespace candour {
namespace {

using json::Fields;

bool is_form_id(std::string_view text) {
  return !text.empty() && text.size() <= limits::form_id_bytes_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

Result<std::string> read_id(const Fields& fields, Literal otherwise) {
  auto id = fields.line("id", limits::form_id_bytes_max, otherwise);
  if (id && !is_form_id(*id)) return fail(Errc::malformed, otherwise);
  return id;
}

Result<std::vector<std::string>> read_ids(const json::Array& array, Literal otherwise) {
  std::vector<std::string> ids;
  for (const auto& item : array) {
    if (item.text() == nullptr || !is_form_id(*item.text()) || contains(ids, *item.text())) {
      return fail(Errc::malformed, otherwise);
    }
    ids.push_back(*item.text());
  }
  return ids;
}

// A mark that is not there is not set.
Result<bool> read_mark(const Fields& fields, std::string_view name, Literal otherwise) {
  if (fields.find(name) == nullptr) return false;
  return fields.boolean(name, otherwise);
}

Result<std::vector<Option>> read_options(const Fields& question) {
  const auto array = question.array("options", limits::options_max, "a choice has up to 60 \"options\"");
  if (!array) return fail(array);
  std::vector<Option> options;
  for (const auto& item : **array) {
    const auto fields = Fields::of(item, "an option is an object with \"id\" and \"label\"");
    if (!fields) return fail(fields);
    auto id = read_id(*fields, "an option's \"id\" is missing or wrong");
    if (!id) return fail(id);
    auto label = fields->line("label", limits::text_bytes_max, "an option's \"label\" is missing or wrong");
    if (!label) return fail(label);
    const auto danger = read_mark(*fields, "danger", "an option's \"danger\" is true or false");
    if (!danger) return fail(danger);
    if (contains(options, *id, &Option::id)) {
      return fail(Errc::malformed, "two options of a question have the same \"id\"");
    }
    options.push_back({std::move(*id), std::move(*label), *danger});
  }
  if (options.size() < 2) return fail(Errc::malformed, "a choice needs at least two \"options\"");
  return options;
}

Result<QuestionKind> read_kind(const Fields& question) {
  constexpr Literal message = "a question's \"kind\" is text, long_text, choice or choices";
  const auto kind = question.line("kind", 20, message);
  if (!kind) return fail(kind);
  if (*kind == "text") return QuestionKind::text;
  if (*kind == "long_text") return QuestionKind::long_text;
  if (*kind == "choice") return QuestionKind::choice;
  if (*kind == "choices") return QuestionKind::choices;
  return fail(Errc::unsupported, message);
}

Result<ShowIf> read_show_if(const json::Value& value, const Form& so_far) {
  const auto fields = Fields::of(value, "\"show_if\" is an object with \"question\" and \"is\"");
  if (!fields) return fail(fields);
  auto question = fields->line("question", limits::form_id_bytes_max, "\"show_if\" names no question");
  if (!question) return fail(question);
  const Question* earlier = so_far.find(*question);
  if (earlier == nullptr) return fail(Errc::malformed, "\"show_if\" must name an earlier question");
  const auto array = fields->array("is", limits::options_max, "\"show_if\" needs a list \"is\" of options");
  if (!array) return fail(array);
  auto is = read_ids(**array, "\"is\" of a \"show_if\" holds option ids, none twice");
  if (!is) return fail(is);
  const bool known = std::ranges::all_of(
      *is, [&](const std::string& id) { return contains(earlier->options, id, &Option::id); });
  if (is->empty() || !known) {
    return fail(Errc::malformed, "\"show_if\" must name options of the question that it refers to");
  }
  return ShowIf{std::move(*question), std::move(*is)};
}

// `so_far`: the form up to this question, where its step is already the last one.
Result<Question> read_question(const json::Value& value, const Form& so_far) {
  const auto fields = Fields::of(value, "a question is an object");
  if (!fields) return fail(fields);
  Question question;
  auto id = read_id(*fields, "a question's \"id\" is missing or wrong: up to 40 of a-z, 0-9, _ and -");
  if (!id) return fail(id);
  question.id = std::move(*id);
  if (so_far.find(question.id) != nullptr) return fail(Errc::malformed, "two questions have the same \"id\"");
  const auto kind = read_kind(*fields);
  if (!kind) return fail(kind);
  question.kind = *kind;
  auto label = fields->line("label", limits::text_bytes_max, "a question's \"label\" is missing or wrong");
  if (!label) return fail(label);
  question.label = std::move(*label);
  auto hint = fields->line_or_empty("hint", limits::text_bytes_max, "a question's \"hint\" is wrong");
  if (!hint) return fail(hint);
  question.hint = std::move(*hint);

  const bool is_choice = *kind == QuestionKind::choice || *kind == QuestionKind::choices;
  if (is_choice) {
    auto options = read_options(*fields);
    if (!options) return fail(options);
    question.options = std::move(*options);
  } else {
    constexpr Literal message = "a text question's \"characters_max\" is from 1 to 20000";
    const auto characters = fields->whole("characters_max", message);
    if (!characters) return fail(characters);
    if (*characters < 1 || *characters > limits::characters_max) return fail(Errc::malformed, message);
    question.characters_max = *characters;
  }
  auto accused =
      fields->line_or_empty("accused", limits::form_id_bytes_max, "a question's \"accused\" is wrong");
  if (!accused) return fail(accused);
  if (!accused->empty() && (!is_form_id(*accused) || *kind == QuestionKind::choices)) {
    return fail(Errc::malformed, "\"accused\" is an id, on a question with one answer");
  }
  question.accused = std::move(*accused);
  const auto safety = read_mark(*fields, "safety", "a question's \"safety\" is true or false");
  if (!safety) return fail(safety);
  question.safety = *safety;
  if (const auto* condition = fields->find("show_if")) {
    auto show_if = read_show_if(*condition, so_far);
    if (!show_if) return fail(show_if);
    question.show_if = std::move(*show_if);
  }
  return question;
}

// Adds the step to the form.
Result<> read_step(const json::Value& value, Form& form, std::size_t& questions_total) {
  const auto fields = Fields::of(value, "a step is an object");
  if (!fields) return fail(fields);
  auto id = read_id(*fields, "a step's \"id\" is missing or wrong");
  if (!id) return fail(id);
  if (contains(form.steps, *id, &Step::id)) {
    return fail(Errc::malformed, "two steps have the same \"id\"");
  }
  auto title = fields->line("title", limits::text_bytes_max, "a step's \"title\" is missing or wrong");
  if (!title) return fail(title);
  form.steps.push_back({std::move(*id), std::move(*title), {}, {}});

  const auto text = fields->array("text", limits::steps_max, "a step's \"text\" is a list of paragraphs");
  if (!text) return fail(text);
  for (const auto& paragraph : **text) {
    if (paragraph.text() == nullptr || !json::is_line(*paragraph.text(), limits::text_bytes_max)) {
      return fail(Errc::malformed, "a paragraph of a step is one line of text");
    }
    form.steps.back().text.push_back(*paragraph.text());
  }
  const auto questions = fields->array("questions", limits::questions_max, "a step has a list \"questions\"");
  if (!questions) return fail(questions);
  for (const auto& item : **questions) {
    if (++questions_total > limits::questions_max)
      return fail(Errc::too_large, "a form has at most 200 questions");
    auto question = read_question(item, form);
    if (!question) return fail(question);
    form.steps.back().questions.push_back(std::move(*question));
  }
  return {};
}

}  // namespace

Result<Form> read_form(const json::Value& value) {
  const auto fields = Fields::of(value, "the form is missing or not an object");
  if (!fields) return fail(fields);
  auto id = read_id(*fields, "the form's \"id\" is missing or wrong");
  if (!id) return fail(id);
  const auto version = fields->whole("version", "the form's \"version\" is missing or wrong");
  if (!version) return fail(version);
  auto language =
      fields->line("language", limits::language_bytes_max, "the form's \"language\" is missing or wrong");
  if (!language) return fail(language);
  Form form{std::move(*id), *version, std::move(*language), {}, {}};

  const auto steps = fields->array("steps", limits::steps_max, "a form has up to 40 \"steps\"");
  if (!steps) return fail(steps);
  std::size_t questions_total = 0;
  for (const auto& step : **steps) {
    if (auto read = read_step(step, form, questions_total); !read) return fail(read);
  }
  const auto array =
      fields->array("account", limits::questions_max, "the form's \"account\" is a list of questions");
  if (!array) return fail(array);
  auto account = read_ids(**array, "the form's \"account\" holds question ids, none twice");
  if (!account) return fail(account);
  const bool known = std::ranges::all_of(
      *account, [&](const std::string& question) { return form.find(question) != nullptr; });
  if (account->empty() || !known) {
    return fail(Errc::malformed, "the form's \"account\" must name at least one of its questions");
  }
  form.account = std::move(*account);
  return form;
}

Result<Form> parse_form(std::string_view text) {
  const auto value = json::parse(text, limits::form_bytes_max, limits::json_depth_max);
  if (!value) return fail(value);
  return read_form(*value);
}

}  // namespace candour
