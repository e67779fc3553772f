// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/desk_routes.h"

#include <charconv>

#include "client-cli/desk_page/answers.h"
#include "client-cli/desk_page/shown_kind.h"
#include "client-cli/terminal/typed_words.h"
#include "crypto/core/encoding.h"
#include "protocol/event_body.h"
#include "protocol/limits.h"
#include "server/http/fields.h"

namespace candour::cli {
namespace {

using server::Method;
using server::Reply;
using server::Request;
using server::Response;

constexpr std::size_t body_bytes_max = std::size_t{1} << 20;
constexpr std::size_t passphrase_bytes_max = 1024;
constexpr std::size_t search_bytes_max = 1000;
constexpr std::uint16_t unauthorized = 401;
constexpr std::uint16_t gone = 404;
constexpr Literal not_asked_so =
    "the page asks for something that this version does not know. Load it again.";

// The fields of a body, which outlive it not.
class Asked {
 public:
  static Result<Asked> parse(const Request& request) {
    auto value = json::parse(as_text(request.body), body_bytes_max, limits::json_depth_max);
    if (!value || value->object() == nullptr) return candour::fail(Errc::malformed, not_asked_so);
    return Asked(*std::move(value));
  }
  json::Fields fields() const { return *json::Fields::of(value_, not_asked_so); }
  // A text with line ends; empty where it is not there. A view, so that a secret is copied only to where it is wiped.
  std::string_view text(std::string_view name) const {
    const json::Value* found = fields().find(name);
    return found == nullptr || found->text() == nullptr ? std::string_view()
                                                        : std::string_view(*found->text());
  }

 private:
  explicit Asked(json::Value value) : value_(std::move(value)) {}
  json::Value value_;
};

Outcome<Response> answered(Outcome<json::Object> object) {
  if (!object) return fail(object);
  return json_answer(*std::move(object));
}

Result<EventBody> event_of(const Asked& asked) {
  const auto kind = asked.fields().line("kind", event_line_bytes_max, not_asked_so);
  const json::Value* body = asked.fields().find("body");
  if (!kind || body == nullptr || body->object() == nullptr)
    return candour::fail(Errc::malformed, not_asked_so);
  // Words are typed: a text area has other line ends than a signed note.
  json::Object tidy = *body->object();
  for (json::Member& member : tidy)
    if (const std::string* text = member.value.text(); text != nullptr && member.name == "text")
      member.value = json::Value{tidy_words(*text)};
  auto event = parse_event_body(*kind, json::encode({std::move(tidy)}, json::Layout::compact));
  if (event &&
      (std::holds_alternative<event::Other>(*event) || std::holds_alternative<event::Opened>(*event) ||
       std::holds_alternative<event::Replied>(*event) || std::holds_alternative<event::Admitted>(*event) ||
       std::holds_alternative<event::Earlier>(*event) || std::holds_alternative<event::Grant>(*event) ||
       std::holds_alternative<event::Share>(*event)))
    return candour::fail(Errc::malformed, not_asked_so);
  return event;
}

Result<std::vector<CaseworkerId>> readers_of(const Asked& asked) {
  std::vector<CaseworkerId> readers;
  if (asked.fields().find("readers") == nullptr) return readers;
  const auto list = asked.fields().array("readers", limits::caseworkers_max, not_asked_so);
  if (!list) return candour::fail(list);
  for (const json::Value& one : **list) {
    auto who = CaseworkerId::parse(one.text() == nullptr ? "" : *one.text());
    if (!who) return candour::fail(who);
    readers.push_back(*std::move(who));
  }
  return readers;
}

// What goes along with a reply, if anything does.
Result<std::optional<FileAlong>> file_along(const Asked& asked) {
  const json::Value* value = asked.fields().find("file");
  if (value == nullptr) return std::nullopt;
  const auto fields = json::Fields::of(*value, not_asked_so);
  if (!fields) return candour::fail(fields);
  const json::Value* name = fields->find("name");
  const json::Value* content = fields->find("content");
  if (name == nullptr || name->text() == nullptr || content == nullptr || content->text() == nullptr)
    return candour::fail(Errc::malformed, not_asked_so);
  auto bytes = base64_decode(*content->text());
  if (!bytes) return candour::fail(bytes);
  return FileAlong{*name->text(), *std::move(bytes)};
}

// What the handlers are made of; all of it outlives them.
struct Page {
  server::Router& router;
  Door& door;
  DeskHost& host;

  using Handle = std::function<void(const Request&, Reply)>;
  using HandleAsked = std::function<void(const Request&, const Asked&, Reply)>;

  server::Gate with_session() const {
    return [&door = door](const Request& request) { return door.refuse_without_session(request); };
  }
  server::Gate with_the_right_host() const {
    return [&door = door](const Request& request) { return door.refuse_stranger(request); };
  }
  void get(std::string pattern, Handle handle, server::Gate gate) const {
    router.add({.method = Method::get,
                .pattern = std::move(pattern),
                .body_bytes_max = 0,
                .handler = [handle = std::move(handle)](const Request& request,
                                                        Reply reply) { handle(request, std::move(reply)); },
                .gate = std::move(gate)});
  }
  void get(std::string pattern, Handle handle) const {
    get(std::move(pattern), std::move(handle), with_session());
  }
  void post(std::string pattern, HandleAsked handle, server::Gate gate) const {
    router.add({.method = Method::post,
                .pattern = std::move(pattern),
                .body_bytes_max = body_bytes_max,
                .handler =
                    [handle = std::move(handle)](const Request& request, Reply reply) {
                      const auto asked = Asked::parse(request);
                      if (!asked) return reply(error_answer(Failure(asked.error())));
                      handle(request, *asked, std::move(reply));
                    },
                .gate = std::move(gate)});
  }
  void post(std::string pattern, HandleAsked handle) const {
    post(std::move(pattern), std::move(handle), with_session());
  }
};

void add_door(const Page& page) {
  page.post(
      "/api/enter",
      [&door = page.door](const Request&, const Asked& asked, Reply reply) {
        const auto session = door.enter(asked.text("way"));
        reply(session ? json_answer({{"session", {*session}}})
                      : error_answer(unauthorized,
                                     "this address was used before, or is not the newest one. Press Enter in "
                                     "the terminal for a new one."));
      },
      page.with_the_right_host());
}

void add_lock(const Page& page) {
  page.get("/api/desk", [&host = page.host](const Request&, Reply reply) { reply(host.desk()); });
  page.post("/api/open", [&host = page.host](const Request&, const Asked& asked, Reply reply) {
    const std::string_view passphrase = asked.text("passphrase");
    if (passphrase.size() > passphrase_bytes_max)
      return reply(error_answer({Errc::too_large, "a passphrase has at most 1024 bytes."}));
    std::optional<SecretBytes> key_file;
    if (const std::string_view encoded = asked.text("key_file"); !encoded.empty()) {
      const auto decoded = base64_decode(encoded);
      if (!decoded) return reply(error_answer(Failure(decoded.error())));
      key_file = SecretBytes::copy_of(*decoded);
    }
    host.unlock(std::move(key_file), SecretBytes::copy_of(as_bytes(passphrase)), std::move(reply));
  });
  page.post("/api/lock",
            [&host = page.host](const Request&, const Asked&, Reply reply) { host.lock(std::move(reply)); });
  page.post("/api/refresh", [&host = page.host](const Request&, const Asked&, Reply reply) {
    host.ask_for_desk([](OpenDesk& desk) { return desk.refresh(); }, std::move(reply));
  });
  page.post("/api/awake", [&host = page.host](const Request&, const Asked&, Reply reply) {
    host.awake();
    reply(server::empty_response());
  });
}

void add_cases(const Page& page) {
  page.get("/api/cases", [&host = page.host](const Request& request, Reply reply) {
    const auto from = server::query_value(request.query, "from");
    const auto at = from ? server::parse_decimal(*from) : std::optional<std::uint64_t>(0);
    if (!at) return reply(error_answer(Failure(Error{Errc::malformed, not_asked_so})));
    host.ask([at = *at](OpenDesk& desk) -> Outcome<Response> { return json_answer(desk.rows_json(at)); },
             std::move(reply));
  });
  page.post("/api/search", [&host = page.host](const Request&, const Asked& asked, Reply reply) {
    std::string words(asked.text("words"));
    if (words.size() > search_bytes_max)
      return reply(error_answer({Errc::too_large, "a search has at most 1000 characters."}));
    host.ask([words = std::move(words)](
                 OpenDesk& desk) -> Outcome<Response> { return json_answer(desk.search_json(words)); },
             std::move(reply));
  });
  page.get("/api/matches", [&host = page.host](const Request&, Reply reply) {
    host.ask([](OpenDesk& desk) -> Outcome<Response> { return json_answer(desk.matches_json(false)); },
             std::move(reply));
  });
  page.post("/api/matches/contacts", [&host = page.host](const Request&, const Asked&, Reply reply) {
    host.ask([](OpenDesk& desk) -> Outcome<Response> { return json_answer(desk.matches_json(true)); },
             std::move(reply));
  });
  page.get("/api/cases/{id}", [&host = page.host](const Request& request, Reply reply) {
    host.ask([id = request.captured[0]](OpenDesk& desk) { return answered(desk.case_json(id)); },
             std::move(reply));
  });
  page.post("/api/cases/{id}/events", [&host = page.host](const Request& request, const Asked& asked,
                                                          Reply reply) {
    auto body = event_of(asked);
    if (!body) return reply(error_answer(Failure(body.error())));
    auto readers = readers_of(asked);
    if (!readers) return reply(error_answer(Failure(readers.error())));
    host.ask(
        [id = request.captured[0], body = *std::move(body), readers = *std::move(readers)](
            OpenDesk& desk) mutable { return answered(desk.say(id, std::move(body), std::move(readers))); },
        std::move(reply));
  });
}

void add_reports(const Page& page) {
  page.post("/api/reports/{id}/read", [&host = page.host](const Request& request, const Asked&, Reply reply) {
    host.ask([id = *ReportId::parse(request.captured[0])](OpenDesk& desk) { return answered(desk.read(id)); },
             std::move(reply));
  });
  page.post("/api/reports/{id}/reply",
            [&host = page.host](const Request& request, const Asked& asked, Reply reply) {
              auto file = file_along(asked);
              if (!file) return reply(error_answer(Failure(file.error())));
              host.ask(
                  [id = *ReportId::parse(request.captured[0]), words = tidy_words(asked.text("words")),
                   file = *std::move(file)](OpenDesk& desk) mutable {
                    return answered(desk.reply(id, std::move(words), file ? &*file : nullptr));
                  },
                  std::move(reply));
            });
  page.post("/api/reports/{id}/mark",
            [&host = page.host](const Request& request, const Asked& asked, Reply reply) {
              const std::string mark(asked.text("mark"));
              const auto set = asked.fields().boolean("set", not_asked_so);
              if (!set || (mark != "closed" && mark != "hold"))
                return reply(error_answer(Failure(Error{Errc::malformed, not_asked_so})));
              host.ask([id = *ReportId::parse(request.captured[0]), mark,
                        set = *set](OpenDesk& desk) { return answered(desk.mark(id, mark, set)); },
                       std::move(reply));
            });
}

void add_together(const Page& page) {
  page.post("/api/reports/{id}/share",
            [&host = page.host](const Request& request, const Asked& asked, Reply reply) {
              auto who = CaseworkerId::parse(asked.text("to"));
              if (!who) return reply(error_answer(Failure(who.error())));
              host.ask_for_desk([id = *ReportId::parse(request.captured[0]),
                                 who = *std::move(who)](OpenDesk& desk) { return desk.hand_share(id, who); },
                                std::move(reply));
            });
}

void add_attachments(const Page& page) {
  page.get(
      "/api/reports/{id}/attachments/{number}", [&host = page.host](const Request& request, Reply reply) {
        host.ask(
            [id = *ReportId::parse(request.captured[0]),
             number = *server::parse_decimal(request.captured[1])](OpenDesk& desk) -> Outcome<Response> {
              const auto content = desk.attachment(id, number);
              if (!content) return fail(content);
              const std::string name = download_name(content->attachment, content->bytes);
              return Response{.status = 200,
                              .headers = {{"Content-Type", "application/octet-stream"},
                                          {"Content-Disposition", "attachment; filename=\"" + name + "\""}},
                              .body = content->bytes};
            },
            std::move(reply));
      });
  page.post("/api/reports/{id}/attachments/{number}/view", [&host = page.host](const Request& request,
                                                                               const Asked&, Reply reply) {
    host.ask(
        [&host, id = *ReportId::parse(request.captured[0]),
         number = *server::parse_decimal(request.captured[1])](OpenDesk& desk) -> Outcome<Response> {
          const auto content = desk.attachment(id, number);
          if (!content) return fail(content);
          const auto kind = shown_kind(content->bytes);
          if (!kind)
            return fail_with(Errc::unsupported,
                             "it is neither an image nor plain text, and is not shown. Download it, and "
                             "open it in Dangerzone or on a spare machine.");
          return json_answer({{"path", {host.views().put(content->bytes, kind->media_type)}}});
        },
        std::move(reply));
  });
  page.get(
      "/view/{id}",
      [&host = page.host](const Request& request, Reply reply) {
        auto view = host.views().take(request.captured[0]);
        reply(view ? *std::move(view) : error_answer(gone, "this was shown already. Ask for it again."));
      },
      page.with_the_right_host());
}

}  // namespace

void add_desk_page_routes(server::Router& router, Door& door, DeskHost& host) {
  const Page page{router, door, host};
  add_door(page);
  add_lock(page);
  add_cases(page);
  add_reports(page);
  add_together(page);
  add_attachments(page);
}

}  // namespace candour::cli
