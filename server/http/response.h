// SPDX-License-Identifier: AGPL-3.0-or-later
// What a handler answers with, and how. A body is owned bytes (few, or as many as the route announces:
// Route::answer_bytes_max), bytes that all answers share, or a reader that is pulled piece by piece, so that
// memory grows neither with the size of a report nor with the number of slow readers.
// `Reply` takes one Response from any thread, once, or what makes one, which then runs on the loop's thread;
// dropping it unanswered answers 500, so that no bug in a handler leaves a client waiting for ever.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour::server {

// Pulled by the connection that sends it: one `next` at a time, the following one after `done`.
class BodyReader {
 public:
  using Done = std::move_only_function<void(Result<Bytes>)>;
  virtual ~BodyReader() = default;
  virtual std::uint64_t bytes() const = 0;
  // No piece is larger.
  virtual std::size_t piece_bytes_max() const = 0;
  // Calls `done` once, on any thread, with the next bytes in order; never with none before the end.
  virtual void next(Done done) = 0;
};

// Bytes of which everybody sends the same copy: a page, the roster. `owner` keeps them.
struct SharedBytes {
  std::shared_ptr<const void> owner;
  ByteView bytes;
};

using Body = std::variant<Bytes, SharedBytes, std::unique_ptr<BodyReader>>;

struct Header {
  std::string_view name;  // a literal
  std::string value;
};

struct Response {
  std::uint16_t status = 204;
  std::vector<Header> headers;
  Body body;

  std::uint64_t body_bytes() const;
};

Response text_response(std::uint16_t status, std::string_view type, std::string_view text);
Response shared_response(std::string_view type, SharedBytes body);
Response binary_response(Bytes body);
Response json_response(std::uint16_t status, std::string_view json);
inline Response empty_response() { return {}; }

class Reply {
 public:
  using Make = std::move_only_function<Response()>;
  using Send = std::move_only_function<void(Make)>;
  explicit Reply(Send send) : send_(std::move(send)) {}
  Reply(Reply&& other) noexcept : send_(std::exchange(other.send_, nullptr)) {}
  Reply& operator=(Reply&&) = delete;
  ~Reply();

  void operator()(Response response);
  // For an answer that takes work, which the store's one writing thread should not do.
  void on_loop(Make make);

 private:
  Send send_;
};

}  // namespace candour::server
