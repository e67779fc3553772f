// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/match_words.h"

namespace candour::cli {

std::string_view words_of(matching::Objection objection) {
  using enum matching::Objection;
  switch (objection) {
    case excludes_reader:
      return "leaves you out, and was sealed to you all the same. It was not used. Tell the steward";
    case another_key:
      return "is for another key of this service than today's, and matches nothing. Nobody's fault";
    case not_the_author:
      return "was made by somebody else than the author of its report. It was not used";
    case poisoned:
      return "has a place that can match nobody. Its author sent it so, by a fault or to spoil a match; "
             "nobody "
             "else's is affected";
    case wrong_commitments:
      return "says about a match what does not follow from it. Its author sent it so, by a fault or to spoil "
             "the match, which stands without it";
    case disagrees:
      return "and another one contradict each other. One of the two is false, and nobody can tell yet which";
    case wrong_wrap:
      return "holds something that does not open as it should. Its author sent it so; that it names the same "
             "person stands";
  }
  return {};
}

}  // namespace candour::cli
