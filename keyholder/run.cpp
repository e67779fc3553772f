// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/run.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/net/server_address.h"
#include "keyholder/answers.h"
#include "keyholder/holder_key.h"
#include "keyholder/interruption.h"
#include "keyholder/place.h"
#include "keyholder/server_door.h"
#include "keyholder/state.h"
#include "matching/key_holders.h"
#include "protocol/limits.h"
#include "server/process/confine.h"
#include "server/process/hardening.h"
#include "server/process/log.h"
#include "server/process/service_manager.h"

namespace candour::keyholder {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes roster_every{3};
constexpr seconds pause_max{60};
constexpr seconds every_here{1}, every_elsewhere{30};

Day today() { return Day::of(std::chrono::system_clock::now()); }

// What is wrong is said once, not with every try; and that it is over.
class Troubles {
 public:
  void say(Literal event, const Error& error) {
    if (said_ == error.message.view()) return;
    said_ = error.message.view();
    server::log(event, error);
  }
  void over() {
    if (!said_.empty()) server::log("this is over: going on");
    said_ = {};
  }
  bool any() const { return !said_.empty(); }

 private:
  std::string_view said_;
};

cli::Outcome<Pin> read_pin(const std::string& path) {
  const auto text = cli::read_text_file(path, limits::pin_bytes_max);
  if (!text) return cli::fail(text);
  auto pin = Pin::parse(*text);
  if (!pin) return cli::fail_as(path, *text, cli::FileKind::pin, pin);
  return *std::move(pin);
}

class Holder {
 public:
  Holder(oprf::Key key, Pin pin, StateFile state, const cli::ServerAddress& server, milliseconds every)
      : key_(std::move(key)),
        pin_(std::move(pin)),
        state_(std::move(state)),
        door_(server, matching::holder_token(key_)),
        every_(every),
        next_(every) {}

  // Until SIGTERM, or until it may not or cannot go on.
  cli::Outcome<> work(server::ServiceManager& manager) {
    for (bool is_first = true;; is_first = false) {
      if (auto looked = look_at_roster(); !looked) return looked;
      if (is_first) manager.ready();
      if (is_believed()) {
        if (auto answered = answer_what_waits(); !answered) return answered;
      }
      if (pause(next_)) break;
    }
    manager.stopping();
    return {};
  }

 private:
  bool is_believed() const { return valid_until_ && today() <= *valid_until_; }

  cli::Outcome<> look_at_roster() {
    if (is_believed() && Clock::now() < look_again_) return {};
    const auto note = door_.roster();
    if (!note) return wait_after("no roster", note.error());
    const auto roster = verify_roster(*note, pin_, today(), state_.roster());
    if (!roster) return wait_after("the server's roster is not believed", roster.error());
    if (const auto number = find_number(roster->roster(), key_); !number)
      return std::unexpected(cli::Failure(number.error()));
    if (auto seen = state_.see(roster->seen()); !seen) return seen;
    if (!valid_until_) server::log("ready: the roster has this holder");
    valid_until_ = roster->roster().valid_until;
    look_again_ = Clock::now() + roster_every;
    return {};
  }

  // Of a day that is full it asks for nothing.
  cli::Outcome<> answer_what_waits() {
    const Day day = today();
    const std::uint64_t left = state_.left(day);
    next_ = every_;
    if (std::exchange(is_full_, left == 0) != is_full_ && is_full_)
      server::log("today's batches (--daily) are used up: what comes waits for the next day");
    if (is_full_ && unsent_.empty()) return {};
    const auto body = door_.waiting();
    if (!body) return wait_after("no batches", body.error());
    const auto batches = split_batches(*body);
    if (!batches) return wait_after("no batches", batches.error());
    if (auto made = make_answers(*batches, left, day); !made) return made;
    const bool is_more = batches->size() == limits::batches_read_max && unsent_.size() == batches->size();
    if (auto put = put_answers(); !put) return wait_after("an answer is not taken", put.error());
    troubles_.over();
    if (is_more) next_ = {};
    return {};
  }

  // Into unsent_: to all that wait, as far as the day goes; what was counted before is not made again.
  cli::Outcome<> make_answers(const std::vector<ByteView>& batches, std::uint64_t left, Day day) {
    std::map<Digest, HolderAnswer> answers;
    std::map<Digest, ByteView> fresh;
    for (const ByteView batch : batches) {
      const Digest digest = sha256(batch);
      if (auto known = unsent_.extract(digest))
        answers.insert(std::move(known));
      else if (fresh.size() < left && !answers.contains(digest))
        fresh.emplace(digest, batch);
    }
    if (!fresh.empty()) {
      if (auto counted = state_.take(fresh.size(), day); !counted) return counted;
    }
    for (const auto& [digest, batch] : fresh) answers.emplace(digest, answer_batch(key_, batch));
    unsent_ = std::move(answers);
    return {};
  }

  Result<> put_answers() {
    while (!unsent_.empty()) {
      const auto put = door_.put(unsent_.begin()->second);
      if (!put && put.error().code != Errc::not_found && put.error().code != Errc::conflict) return put;
      if (!put && put.error().code == Errc::conflict) troubles_.say("an answer is not taken", put.error());
      unsent_.erase(unsent_.begin());
    }
    return {};
  }

  // Not a failure for good.
  cli::Outcome<> wait_after(Literal event, const Error& error) {
    if (is_interrupted()) return {};
    troubles_.say(event, error);
    if (error.code == Errc::refused) look_again_ = {};  // perhaps there is another roster
    next_ = std::min(std::max(next_, every_) * 2, std::max<milliseconds>(every_, pause_max));
    return {};
  }

  oprf::Key key_;
  Pin pin_;
  StateFile state_;
  ServerDoor door_;
  milliseconds every_, next_;
  std::optional<Day> valid_until_;  // of the roster that was believed last
  Clock::time_point look_again_;
  std::map<Digest, HolderAnswer> unsent_;  // counted, and not yet taken by the server
  Troubles troubles_;
  bool is_full_ = false;
};

milliseconds every_of(const RunOptions& options, const cli::ServerAddress& server) {
  if (options.every_seconds) return seconds(*options.every_seconds);
  return server.unix_socket.empty() ? every_elsewhere : every_here;
}

// What is not needed from here on. Over TCP it has to find names and certificates: there the unit says what it may.
Result<> confine(const cli::ServerAddress& server, const std::filesystem::path& state) {
  if (const auto dropped = server::drop_capabilities(); !dropped) return dropped;
  if (server.unix_socket.empty()) return {};
  return server::confine_files({.read = {}, .read_write = {state.parent_path()}, .make_sockets = {}});
}

}  // namespace

cli::Outcome<> run(const RunOptions& options) {
  block_interruptions();
  server::ServiceManager manager;
  const auto server = cli::parse_server_address(options.server, options.proxy);
  if (!server) return cli::fail(server);
  auto pin = read_pin(options.pin);
  if (!pin) return cli::fail(pin);
  auto key = read_holder_key(options.key);
  if (!key) return cli::fail(key);
  const std::filesystem::path state_path = std::filesystem::absolute(options.state);
  auto state = StateFile::open(state_path, options.daily, today());
  if (!state) return cli::fail(state);
  if (state->is_of_future(today()))
    server::log(
        "the count of batches is of a later day than today: no day begins before that one is over. If the "
        "clock is right now, delete the state file.");
  if (!server::keep_memory_from_swap())
    server::log(
        "secrets in memory may reach swap: set LimitMEMLOCK=infinity in the service's unit file, or switch "
        "swap off");
  if (const auto confined = confine(*server, state_path); !confined)
    return std::unexpected(cli::Failure(confined.error()));
  return Holder(*std::move(key), *std::move(pin), *std::move(state), *server, every_of(options, *server))
      .work(manager);
}

}  // namespace candour::keyholder
