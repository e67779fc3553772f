// SPDX-License-Identifier: AGPL-3.0-or-later
// Every word about matches, for the terminal and the desk page alike (docs/spec/matching.md): what a match is and is not, what to do and
// not to do, and what is wrong with a companion.
#pragma once

#include <array>
#include <string_view>

#include "matching/match.h"

namespace candour::cli {

// Shown before any match.
inline constexpr auto match_warning = std::to_array<std::string_view>({
    "A match is an unverified lead. It is not corroboration: one person can write under two codenames, and "
    "somebody who forgot hers may have written again.",
    "One of the two may be the accused himself, who waits to see whether anybody else has named him. Answer "
    "nobody because of a match before two of you have read both reports with that in mind.",
    "Give them to different caseworkers, who share no notes. What one of them says must not reach the other.",
    "Tell neither author that there is another report. That takes a lawyer, a second caseworker, and the "
    "other "
    "woman's consent.",
    "Ask only open questions, and none that you could not have asked without the match.",
    "No automatic answer was sent: the author of a report that a match opened cannot see that anybody has "
    "read it.",
});
// And before what somebody left who wants to be asked first.
inline constexpr std::string_view contact_warning =
    "Whoever uses these words tells their author that somebody else has named the same person. Decide first, "
    "two of you and a lawyer, whether to. Choose words and a time that give no reason; whoever left them may "
    "be the accused.";

inline constexpr std::string_view held_words =
    "held: nobody can read it until somebody else names the same person";
inline constexpr std::string_view remark_words =
    "part of a match: somebody else names the same person. Look at it with: candour match";
inline constexpr std::string_view disproved_words =
    "was made by somebody else: what it holds opens another report than its own, or none";
inline constexpr const char* no_evaluation_key =
    "nothing can be matched: the roster's key for it is none. Tell the steward.";
// After "no key opens it".
inline constexpr std::string_view no_key_to_group =
    " Perhaps its author holds it back until somebody else names the same person: then what belongs to it "
    "has "
    "not come yet, or leaves you out.";
inline constexpr std::string_view no_key_to_others =
    " Perhaps its author holds it back until somebody else names the same person: only who is of the "
    "matching "
    "group can tell.";

std::string_view words_of(matching::Objection objection);

}  // namespace candour::cli
