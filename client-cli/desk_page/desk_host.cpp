// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/desk_host.h"

#include <time.h>

#include "client-cli/desk_page/answers.h"
#include "client-cli/files/read_file.h"
#include "crypto/open/identity_file.h"

namespace candour::cli {
namespace {

constexpr std::uint16_t unavailable = 503;
constexpr std::chrono::seconds look_every{1};

// Goes on while the computer sleeps: a lid that was closed for the night locks the desk.
std::chrono::nanoseconds now() {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

DeskHost::DeskHost(CaseDeskOptions options, std::chrono::seconds idle_max)
    : options_(std::move(options)), idle_max_(idle_max), hand_at_(now()) {
  lock_for("");
  thread_ = std::thread([this] { run(); });
}

DeskHost::~DeskHost() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  bell_.notify_all();
  thread_.join();
}

void DeskHost::awake() {
  const std::scoped_lock lock(mutex_);
  hand_at_ = now();
}

server::Response DeskHost::desk() const {
  const std::scoped_lock lock(mutex_);
  json::Object object = shown_;
  json::Value busy{nullptr};
  if (progress_)
    busy = json::Value{json::Object{{"step", {progress_->step}},
                                    {"done", json::number(progress_->done)},
                                    {"of", json::number(progress_->of)}}};
  object.push_back({"busy", std::move(busy)});
  return json_answer(std::move(object));
}

void DeskHost::put(std::move_only_function<server::Response()> make, server::Reply reply) {
  {
    const std::scoped_lock lock(mutex_);
    if (jobs_.size() >= waiting_max)
      return reply(error_answer(unavailable, "the desk has too much to do already. Try again in a moment."));
    jobs_.push_back({std::move(make), std::move(reply)});
  }
  bell_.notify_one();
}

// The next thing to do; nothing when it is time to end. Locks meanwhile, when nobody's hand has been there for long.
std::optional<DeskHost::Job> DeskHost::next() {
  while (true) {
    std::unique_lock lock(mutex_);
    bell_.wait_for(lock, look_every, [&] { return ending_ || !jobs_.empty(); });
    if (ending_) return std::nullopt;
    if (!jobs_.empty()) {
      std::optional<Job> job(std::move(jobs_.front()));
      jobs_.pop_front();
      return job;
    }
    const bool idle = now() - hand_at_ >= idle_max_;
    lock.unlock();
    if (idle && desk_) lock_for("idle");
  }
}

void DeskHost::run() {
  while (auto job = next()) job->reply(job->make());
  desk_.reset();
}

void DeskHost::end_progress() {
  const std::scoped_lock lock(mutex_);
  progress_.reset();
}

server::Response DeskHost::desk_when_done() {
  end_progress();
  return desk();
}

void DeskHost::lock_for(std::string why) {
  desk_.reset();
  views_.clear();
  const std::scoped_lock lock(mutex_);
  shown_ = {{"open", {false}},
            {"key_file", {last_part(options_.desk.key.path)}},
            {"why", why.empty() ? json::Value{nullptr} : json::Value{std::move(why)}}};
}

// What the page is told of the open desk from now on.
void DeskHost::show() {
  json::Object object = desk_->desk_json();
  object.push_back({"idle_seconds", json::number(static_cast<std::uint64_t>(idle_max_.count()))});
  const std::scoped_lock lock(mutex_);
  shown_ = std::move(object);
}

DeskWatch DeskHost::watch() {
  DeskWatch watch;
  watch.progressed = [this](std::string_view step, std::size_t done, std::size_t of) {
    const std::scoped_lock lock(mutex_);
    progress_ = Progress{std::string(step), done, of};
  };
  return watch;
}

Outcome<std::unique_ptr<OpenDesk>> DeskHost::open(const std::optional<SecretBytes>& key_file,
                                                  const SecretBytes& passphrase) {
  if (key_file) return OpenDesk::unlock(options_, key_file->reveal(), "the key file", passphrase, watch());
  const std::string& path = options_.desk.key.path;
  if (path.empty()) return fail_with(Errc::refused, "no key file was chosen. Choose yours.");
  const auto file = read_secret_file(path, open::identity_file_bytes_max);
  if (!file) return fail(file);
  return OpenDesk::unlock(options_, file->reveal(), path, passphrase, watch());
}

void DeskHost::unlock(std::optional<SecretBytes> key_file, SecretBytes passphrase, server::Reply reply) {
  awake();
  auto make = [this, key_file = std::move(key_file), passphrase = std::move(passphrase)] {
    lock_for("");
    auto opened = open(key_file, passphrase);
    awake();  // it may have taken long
    if (!opened) {
      end_progress();
      return error_answer(opened);
    }
    desk_ = *std::move(opened);
    show();
    return desk_when_done();
  };
  put(std::move(make), std::move(reply));
}

void DeskHost::lock(server::Reply reply) {
  put(
      [this] {
        lock_for("");
        return desk_when_done();
      },
      std::move(reply));
}

server::Response DeskHost::done_with(Work& work) {
  if (!desk_) return locked_answer();
  Outcome<> signed_in = desk_->stay_signed_in();
  if (signed_in) {
    auto done = work(*desk_);
    show();
    if (done) return *std::move(done);
    // Of what was asked, or is she no longer let in?
    if (done.error().code == Errc::refused) signed_in = desk_->sign_in_again();
    if (signed_in) return error_answer(done);
  }
  if (signed_in.error().code != Errc::refused) return error_answer(signed_in);
  lock_for(signed_in.error().text);
  return locked_answer();
}

void DeskHost::ask(Work work, server::Reply reply) {
  awake();
  auto make = [this, work = std::move(work)]() mutable {
    server::Response response = done_with(work);
    end_progress();
    return response;
  };
  put(std::move(make), std::move(reply));
}

void DeskHost::ask_for_desk(Change change, server::Reply reply) {
  awake();
  auto make = [this, change = std::move(change)]() mutable {
    Work work = [&change](OpenDesk& open_desk) -> Outcome<server::Response> {
      if (auto done = change(open_desk); !done) return fail(done);
      return server::empty_response();
    };
    server::Response response = done_with(work);
    end_progress();
    return response.status == server::empty_response().status ? desk() : std::move(response);
  };
  put(std::move(make), std::move(reply));
}

}  // namespace candour::cli
