// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/sealed_form.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "crypto/core/age_header.h"
#include "crypto/core/hash.h"
#include "crypto/core/random.h"
#include "protocol/receipt.h"
#include "protocol/sealed_report.h"
#include "server/http/multipart.h"
#include "server/routes/admission.h"
#include "server/routes/plain_pages.h"
#include "server/routes/readers.h"

namespace candour::server {
namespace {

Problem problem_of(const Error& error) {
  switch (error.code) {
    case Errc::too_large:
      return Problem::too_large;
    case Errc::malformed:
      return Problem::wrong_size;
    case Errc::busy:
    case Errc::not_found:  // it made way for others
      return Problem::busy;
    default:
      return Problem::internal;
  }
}

Problem problem_of(SealedProblem problem) {
  switch (problem) {
    case SealedProblem::wrong_recipients:
      return Problem::wrong_recipients;
    case SealedProblem::wrong_size:
      return Problem::wrong_size;
    default:
      return Problem::not_sealed;
  }
}

ReportId make_report_id() {
  ReportId id;
  fill_random(id.bytes);
  return id;
}

class SealedForm final : public BodySink {
 public:
  SealedForm(const Context& context, DeskId desk, std::string_view boundary, std::uint64_t body_bytes)
      : context_(context),
        roster_(context.roster),
        desk_(std::move(desk)),
        form_(boundary, "file", body_bytes) {}

  std::size_t wants_bytes() const override {
    if (!form_.file_bytes()) return FormReader::head_bytes_max;
    const std::uint64_t left_bytes = *form_.file_bytes() - stored_bytes_ - part_.size();
    const std::size_t room_bytes = storage::part_bytes - part_.size();
    return left_bytes <= room_bytes ? static_cast<std::size_t>(left_bytes) + form_.end_bytes() : room_bytes;
  }

  void take(Bytes piece, Done done) override {
    const auto file = form_.push(piece);
    if (!file) return done(refusal_page(Problem::bad_request));
    if (form_.file_bytes() && !audience_) {
      if (auto refusal = read_fields()) return done(std::move(refusal));
    }
    append(part_, *file);
    // Before anything of it is kept: what is not sealed is refused by its first line.
    if (stored_bytes_ == 0 && !parse_age_header(part_)) return done(refusal_page(Problem::not_sealed));
    const bool is_last = form_.file_bytes() && stored_bytes_ + part_.size() == *form_.file_bytes();
    if (!form_.file_bytes() || is_one_part() || (part_.size() < storage::part_bytes && !is_last) ||
        part_.empty())
      return done(std::nullopt);
    store_part(std::move(done));
  }

  void finish(Reply reply) override {
    if (!form_.is_whole()) return reply(refusal_page(Problem::bad_request));
    if (!is_one_part()) return finish_upload(std::move(reply));
    if (const auto wrong = check()) return reply(refusal_page(*wrong));
    const Digest digest = sha256(part_);
    context_.store.accept_report(
        id_, std::move(*audience_), context_.today(), std::move(part_),
        [answer = answer_of(digest), reply = std::move(reply)](Result<storage::Stored> stored) mutable {
          reply(stored ? answer(*stored) : refusal_page(problem_of(stored.error())));
        });
  }

  void give_up() override {
    if (begun_) context_.store.abandon_upload(id_, [](const Result<>&) {});
  }

 private:
  bool is_one_part() const { return *form_.file_bytes() <= storage::part_bytes; }

  // The readers, and how long the file is to be.
  std::optional<Response> read_fields() {
    if (*form_.file_bytes() == 0) return no_file_page();
    std::vector<CaseworkerId> readers;
    for (const auto& [name, value] : form_.fields()) {
      auto id = CaseworkerId::parse(value);
      if (name != "reader" || !id) return refusal_page(Problem::bad_request);
      readers.push_back(*std::move(id));
    }
    const auto named = readers_named(*roster_, desk_, readers, context_.today());
    if (!named) return refusal_page(named.error());
    auto audience = check_readers(roster_->roster(), named->ids());
    if (!audience) return refusal_page(audience.error());
    if (const auto over = check_total(roster_->roster(), *form_.file_bytes())) return refusal_page(*over);
    readers_ = readers.size();
    audience_ = std::move(*audience);
    return std::nullopt;
  }

  // The whole, or its first part.
  std::optional<Problem> check() {
    const auto count = check_sealed_file(part_, *form_.file_bytes(), roster_->roster().places);
    if (!count) return problem_of(count.error());
    locked_for_ = *count;
    return std::nullopt;
  }

  void store_part(Done done) {
    const auto index = static_cast<std::uint32_t>(stored_bytes_ / storage::part_bytes);
    if (index == 0) {
      if (const auto wrong = check()) return done(refusal_page(*wrong));
    }
    hash_.update(part_);
    stored_bytes_ += part_.size();
    auto accept = [&store = context_.store, id = id_, index, part = std::exchange(part_, {}),
                   done = std::move(done)]() mutable {
      store.accept_part(id, index, std::move(part), [done = std::move(done)](const Result<>& stored) mutable {
        if (!stored) return done(refusal_page(problem_of(stored.error())));
        done(std::nullopt);
      });
    };
    if (index > 0) return accept();
    begun_ = true;
    context_.store.begin_upload(id_, *audience_, *form_.file_bytes(), context_.today(),
                                [accept = std::move(accept)](const Result<storage::UploadState>&) mutable {
                                  accept();  // where it was not begun, this says why
                                });
  }

  void finish_upload(Reply reply) {
    begun_ = false;  // nothing is given up from here on but by the outcome
    const Digest digest = hash_.finish();
    context_.store.finish_upload(id_, digest, context_.today(),
                                 [&store = context_.store, id = id_, answer = answer_of(digest),
                                  reply = std::move(reply)](Result<storage::Stored> stored) mutable {
                                   if (stored) return reply(answer(*stored));
                                   store.abandon_upload(id, [](const Result<>&) {});
                                   reply(refusal_page(problem_of(stored.error())));
                                 });
  }

  // Runs on the store's thread: holds all that it needs.
  std::move_only_function<Response(const storage::Stored&)> answer_of(const Digest& digest) const {
    return [&receipts = context_.receipts, roster = roster_, id = id_, digest, locked_for = locked_for_,
            readers = readers_](const storage::Stored& stored) {
      const auto receipt = receipts.sign(id, digest, stored.day);
      if (!receipt) return refusal_page(Problem::internal);
      const std::string code = short_code(digest);
      return arrived_page(roster->roster(), {*receipt, code, locked_for, readers});
    };
  }

  const Context& context_;
  const std::shared_ptr<const VerifiedRoster> roster_;  // of the beginning, to the end
  const DeskId desk_;
  const ReportId id_ = make_report_id();
  FormReader form_;
  std::optional<storage::Audience> audience_;
  std::size_t readers_ = 0;
  std::size_t locked_for_ = 0;
  Bytes part_;  // what came and is not stored yet
  std::uint64_t stored_bytes_ = 0;
  Sha256 hash_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<BodySink> take_sealed_form(const Context& context, const Request& request) {
  auto desk = DeskId::parse(request.captured[0]);
  const auto boundary = parse_form_boundary(request.content_type);
  return std::make_unique<SealedForm>(context, std::move(*desk), *boundary, request.body_bytes);
}

}  // namespace candour::server
