// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/problem.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace candour::server {
namespace {

struct Text {
  Problem problem;
  std::uint16_t status;
  std::string_view name;
  std::string_view title;
  std::string_view detail;
};

// In the order of the enumeration; nothing here needs escaping in JSON (a test checks both).
constexpr std::array kTexts = {
    Text{Problem::bad_request, 400, "bad-request", "The request is not well-formed",
         "It does not follow docs/spec/http.md. Check the client's version."},
    Text{Problem::sign_in_again, 401, "sign-in-again", "Signed out",
         "There is no live session. Sign in again."},
    Text{Problem::sign_in_failed, 401, "sign-in-failed", "Sign-in failed",
         "Check the key file, the origin and this computer's clock, then try again."},
    Text{Problem::not_found, 404, "not-found", "Nothing here", "There is nothing at this address. Check it."},
    Text{Problem::no_such_report, 404, "no-such-report", "No such report",
         "There is no report with this id for you. Check the id."},
    Text{Problem::no_such_upload, 404, "no-such-upload", "No such upload",
         "It was not begun, or has expired. Begin it again."},
    Text{Problem::no_such_drop, 404, "no-such-drop", "No such drop",
         "There is none under this tag, or the token is not its own. Load the list again."},
    Text{Problem::no_such_batch, 404, "no-such-batch", "No such batch",
         "No batch with this hash waits, or it waits no longer. Load the list again."},
    Text{Problem::method_not_allowed, 405, "method-not-allowed", "Not possible here",
         "This address does not take this method. See the Allow header."},
    Text{Problem::different_report, 409, "different-report", "The id is taken",
         "A different report is stored under this id. Send this one under a new id."},
    Text{Problem::different_upload, 409, "different-upload", "The id is taken",
         "A different upload was begun under this id. Send this one under a new id."},
    Text{Problem::different_part, 409, "different-part", "The part differs",
         "Different bytes are stored for this part. Send this report under a new id."},
    Text{Problem::different_event, 409, "different-event", "The event has other readers",
         "This event is stored for another audience. Seal its text anew for these readers."},
    Text{Problem::different_batch, 409, "different-batch", "Another batch was sent",
         "A report asks with one batch alone, which is no other report's. Send the first one again."},
    Text{Problem::different_answer, 409, "different-answer", "Another answer was sent",
         "This holder has answered this batch otherwise, and the first answer stays. Check the key file."},
    Text{Problem::different_companion, 409, "different-companion", "Another companion is stored",
         "A report has one companion, for the readers that it came with. Nothing more is to be done for it."},
    Text{
        Problem::drop_taken, 409, "drop-taken", "The tag is taken",
        "Another drop is stored under this tag, and the token to replace it was missing or not its own. Take "
        "the next address."},
    Text{Problem::parts_missing, 409, "parts-missing", "Parts are missing",
         "Send the missing parts, then finish again."},
    Text{Problem::not_opened, 409, "not-opened", "Nobody has opened it",
         "A report that none of its caseworkers has seen is neither closed nor erased. Open it first."},
    Text{Problem::on_hold, 409, "on-hold", "It is held",
         "While a caseworker holds a report it is not erased. Whoever set the hold can lift it, or two "
         "together."},
    Text{Problem::other_hold, 409, "other-hold", "It was held anew",
         "Somebody has set a hold since the note was begun. Look at the report again, and begin a new note."},
    Text{Problem::withdrawal_grace, 409, "withdrawal-grace", "Withdrawn less than 28 days ago",
         "The reporter asked for it to be withdrawn, and may have been made to. Nothing is erased until 28 "
         "days "
         "have passed."},
    Text{Problem::length_required, 411, "length-required", "The length is missing",
         "Send the body with Content-Length, not in chunks."},
    Text{Problem::too_large, 413, "too-large", "Too large",
         "Send reports over 1 MiB in parts, and leave out attachments beyond the limit in the roster's "
         "policy."},
    Text{Problem::wrong_range, 416, "wrong-range", "Nothing in this range",
         "Ask for bytes=N- with N below the size of the report."},
    Text{Problem::not_sealed, 422, "not-sealed", "Not sealed",
         "Only what is sealed (age version 1) is taken; nothing was stored. Seal it first."},
    Text{Problem::wrong_recipients, 422, "wrong-recipients", "Not sealed as it must be",
         "A report or event needs as many stanzas of type mlkem768x25519 as the roster has places, a drop "
         "just "
         "one. Load the roster and seal again."},
    Text{
        Problem::wrong_size, 422, "wrong-size", "Not a legal size",
        "The size would tell something about the contents. Pad it as the specification says and seal again."},
    Text{Problem::wrong_hash, 422, "wrong-hash", "The hash differs",
         "The bytes are not those of this hash. Send the report under a new id, an event under its own."},
    Text{Problem::wrong_address, 422, "wrong-address", "The address is another's",
         "The tag is not that of this address. Compute it again."},
    Text{Problem::work_wanting, 422, "work-wanting", "The puzzle is not solved",
         "Its solution is missing, wrong, for something else or too old. Get a new puzzle and solve it."},
    Text{Problem::unknown_audience, 422, "unknown-audience", "Unknown audience",
         "The readers must be current caseworkers of one desk. Load the roster and choose again."},
    Text{Problem::not_signed_by_two, 422, "not-signed-by-two", "Two signatures are needed",
         "The note must be for this report, or for events, at most a week old, and signed by two current "
         "caseworkers who can read all that it names. Sign again."},
    Text{Problem::no_place_left, 409, "no-place-left", "It has as many readers as may be",
         "A report has 32 readers at most, and they are not fewer when one leaves. Nobody was added."},
    Text{Problem::slow_down, 429, "slow-down", "Too much at once",
         "Too much came over this connection's circuit, from this caseworker, or was begun by everybody, "
         "within a "
         "minute. Try again after the time given."},
    Text{Problem::headers_too_large, 431, "headers-too-large", "Headers too large",
         "Request line and headers may take 8 KiB together. Send fewer."},
    Text{Problem::internal, 500, "internal", "The server failed",
         "Nothing that was acknowledged is lost. Try again later."},
    Text{Problem::busy, 503, "busy", "Busy",
         "The server is at one of its limits. Try again after the time given."},
    Text{Problem::roster_expired, 503, "roster-expired", "Reporting is paused",
         "The list of caseworkers has expired, so nobody could be sure who reads. Try again in a day."},
};
static_assert(kTexts.size() == static_cast<std::size_t>(Problem::count_));

constexpr const Text& text_of(Problem problem) { return kTexts[static_cast<std::size_t>(problem)]; }

}  // namespace

std::string_view problem_name(Problem problem) { return text_of(problem).name; }
std::uint16_t problem_status(Problem problem) { return text_of(problem).status; }

Response problem(Problem problem) { return server::problem(problem, {}); }

Response problem(Problem problem, std::string_view member) {
  const Text& text = text_of(problem);
  Response response = text_response(
      text.status, "application/problem+json",
      fmt::format(R"({{"type": "/problems/{}", "title": "{}", "status": {}, "detail": "{}"{}{}}})", text.name,
                  text.title, text.status, text.detail, member.empty() ? "" : ", ", member));
  if (text.status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
  if (problem == Problem::busy) response.headers.push_back({"Retry-After", "30"});
  if (problem == Problem::slow_down) response.headers.push_back({"Retry-After", "60"});
  return response;
}

Response busy_for(std::chrono::seconds wait) {
  Response response = problem(Problem::busy);
  response.headers.back().value = std::to_string(wait.count());
  return response;
}

}  // namespace candour::server
