// SPDX-License-Identifier: AGPL-3.0-or-later
// Forms: an accepted one hides and shows its questions without contradiction.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/bytes.h"
#include "crypto/core/init.h"
#include "protocol/form.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const auto form = parse_form(as_text({data, size}));
  if (!form) return 0;
  // The first option everywhere: every shown question can be answered, and a hidden one may not be.
  Answers answers;
  for (const Step& step : form->steps) {
    for (const Question& question : step.questions) {
      if (!shown_questions(*form, answers).contains(question.id)) continue;
      if (question.kind == QuestionKind::choice) answers[question.id] = question.options.front().id;
      if (question.kind == QuestionKind::choices)
        answers[question.id] = std::vector{question.options.front().id};
      if (question.options.empty()) answers[question.id] = "x";
    }
  }
  if (!check_answers(*form, answers, 1)) std::abort();
  return 0;
}
