// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk behind the page: locked, or open with everything that is secret in one OpenDesk, on a thread of its own, which does one thing
// after the other (docs/spec/desk.md "Lock"). Any thread may call what is public.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "client-cli/cases/case_desk.h"
#include "client-cli/desk_page/open_desk.h"
#include "client-cli/desk_page/views.h"
#include "server/http/response.h"

namespace candour::cli {

class DeskHost {
 public:
  static constexpr std::size_t waiting_max = 32;

  DeskHost(CaseDeskOptions options, std::chrono::seconds idle_max);
  // Ends what is under way when it is done, locks.
  ~DeskHost();
  DeskHost(const DeskHost&) = delete;
  DeskHost& operator=(const DeskHost&) = delete;

  // Somebody's hand is at the page.
  void awake();
  // GET /api/desk: at once, whatever is under way.
  server::Response desk() const;
  // `key_file`: what is in it, or nothing for the one that the options name.
  void unlock(std::optional<SecretBytes> key_file, SecretBytes passphrase, server::Reply reply);
  void lock(server::Reply reply);
  // Done with the open desk, in turn. A refusal that turns out to be of her sign-in locks the desk.
  using Work = std::move_only_function<Outcome<server::Response>(OpenDesk&)>;
  void ask(Work work, server::Reply reply);
  Views& views() { return views_; }
  // The answer is the desk, as of GET /api/desk.
  using Change = std::move_only_function<Outcome<>(OpenDesk&)>;
  void ask_for_desk(Change change, server::Reply reply);

 private:
  struct Job {
    std::move_only_function<server::Response()> make;
    server::Reply reply;
  };
  struct Progress {
    std::string step;
    std::size_t done = 0, of = 0;
  };
  void run();
  void put(std::move_only_function<server::Response()> make, server::Reply reply);
  std::optional<Job> next();
  void lock_for(std::string why);
  void end_progress();
  server::Response desk_when_done();
  void show();
  server::Response done_with(Work& work);
  Outcome<std::unique_ptr<OpenDesk>> open(const std::optional<SecretBytes>& key_file,
                                          const SecretBytes& passphrase);
  DeskWatch watch();

  const CaseDeskOptions options_;
  const std::chrono::seconds idle_max_;
  std::unique_ptr<OpenDesk> desk_;  // the thread's alone
  Views views_;

  mutable std::mutex mutex_;  // for all below
  std::condition_variable bell_;
  std::deque<Job> jobs_;
  bool ending_ = false;
  std::chrono::nanoseconds hand_at_;
  std::optional<Progress> progress_;
  json::Object shown_;  // of GET /api/desk, without its progress
  std::thread thread_;
};

}  // namespace candour::cli
