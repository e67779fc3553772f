// SPDX-License-Identifier: AGPL-3.0-or-later
// The part of a session that is about events (docs/spec/cases.md "At the server").
#include <charconv>
#include <optional>

#include "client-cli/desk/session.h"
#include "client-cli/net/problem.h"
#include "protocol/json.h"
#include "protocol/limits.h"
#include "protocol/roster.h"

namespace candour::cli {
namespace {

constexpr std::size_t list_bytes_max = std::size_t{256} << 10;
constexpr std::size_t read_bytes_max = std::size_t{2} << 20;
constexpr std::size_t page_events_max = 1000;
constexpr std::size_t events_max = 2'000'000;
constexpr std::size_t length_digits = 8;
constexpr Literal not_events = "the list of events is not of its form: is this a Candour desk?";

std::unexpected<Failure> malformed() { return std::unexpected(Failure(Error{Errc::malformed, not_events})); }

Result<bool> parse_page(std::string_view text, std::vector<ListedEvent>& events) {
  const auto value = json::parse(text, list_bytes_max, 4);
  if (!value) return candour::fail(value);
  const auto fields = json::Fields::of(*value, not_events);
  if (!fields) return candour::fail(fields);
  const auto list = fields->array("events", page_events_max, not_events);
  const auto more = fields->boolean("more", not_events);
  if (!list || !more) return candour::fail(Errc::malformed, not_events);
  for (const json::Value& one : **list) {
    const auto its = json::Fields::of(one, not_events);
    if (!its) return candour::fail(its);
    const auto day = its->line("day", 10, not_events);
    const auto hex = its->line("id", 64, not_events);
    const auto on = Day::parse(day ? *day : "");
    const auto id = EventId::parse(hex ? *hex : "");
    if (!on || !id) return candour::fail(Errc::malformed, not_events);
    events.push_back({*on, *id});
  }
  return *more;
}

template <class Events, class IdOf>
std::string lines_of(const Events& events, IdOf id_of) {
  std::string lines;
  for (const auto& event : events) lines += id_of(event).encode() + '\n';
  return lines;
}

// Each with its length in front; one after the other, to the end.
std::optional<std::vector<Bytes>> split(std::string_view body, std::size_t count) {
  std::vector<Bytes> all;
  for (std::size_t i = 0; i < count; ++i) {
    if (body.size() < length_digits) return std::nullopt;
    std::size_t length = 0;
    const auto digits = body.substr(0, length_digits);
    const auto [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length, 16);
    body.remove_prefix(length_digits);
    if (error != std::errc{} || at != digits.data() + digits.size() || length > body.size())
      return std::nullopt;
    const auto bytes = as_bytes(body.substr(0, length));
    all.emplace_back(bytes.begin(), bytes.end());
    body.remove_prefix(length);
  }
  if (!body.empty()) return std::nullopt;
  return all;
}

}  // namespace

Outcome<std::vector<ListedEvent>> DeskSession::list_events(Day from) {
  std::vector<ListedEvent> all;
  std::string start = "from=" + from.encode();  // or after the last of the page before
  for (bool more = true; more;) {
    const auto reply = accepted(server_->send(
        {.method = "GET", .path = "/v1/events?" + start, .headers = {authorization_}}, list_bytes_max));
    if (!reply) return fail(reply);
    const std::size_t before = all.size();
    const auto page = parse_page(as_text(reply->body), all);
    if (!page) return malformed();
    const auto order = [](const ListedEvent& event) { return std::pair(event.day, event.id); };
    const auto unsorted = [&](std::size_t i) { return i > 0 && order(all[i]) <= order(all[i - 1]); };
    for (std::size_t i = before; i < all.size(); ++i)
      if (unsorted(i) || all[i].day < from) return malformed();
    more = *page && all.size() > before && all.size() < events_max;
    if (more) start = fmt::format("after={}.{}", all.back().day.encode(), all.back().id.encode());
  }
  return all;
}

Outcome<std::vector<Bytes>> DeskSession::read_events(std::span<const ListedEvent> events) {
  const std::string ids = lines_of(events, [](const ListedEvent& event) { return event.id; });
  const auto reply =
      accepted(server_->send({.method = "POST",
                              .path = "/v1/events/read",
                              .headers = {authorization_, "Content-Type: text/plain; charset=utf-8"},
                              .body = as_bytes(ids)},
                             read_bytes_max));
  if (!reply) return fail(reply);
  auto all = split(as_text(reply->body), events.size());
  if (!all) return malformed();
  return *std::move(all);
}

Outcome<> DeskSession::put_event(const EventId& id, const std::vector<CaseworkerId>& readers,
                                 ByteView sealed) {
  const auto reply =
      accepted(server_->send({.method = "PUT",
                              .path = "/v1/events/" + id.encode(),
                              .headers = {authorization_, "Content-Type: application/octet-stream",
                                          "Candour-Audience: " + encode_audience_header(readers)},
                              .body = sealed}));
  if (!reply) return fail(reply);
  return {};
}

Outcome<> DeskSession::keep_events(std::span<const EventId> events) {
  const std::string ids = lines_of(events, [](const EventId& id) { return id; });
  const auto reply =
      accepted(server_->send({.method = "POST",
                              .path = "/v1/events/keep",
                              .headers = {authorization_, "Content-Type: text/plain; charset=utf-8"},
                              .body = as_bytes(ids)}));
  if (!reply) return fail(reply);
  return {};
}

}  // namespace candour::cli
