// SPDX-License-Identifier: AGPL-3.0-or-later
// Secret memory as a type: on pages of its own between guard pages, locked where the system allows it,
// left out of core dumps, wiped when it goes (sodium_malloc). Move-only, no ==, no <<; the contents
// are read through `reveal()` alone, so that a search for that word finds every use of a secret.
// One owner at a time; concurrent `reveal()` of the same object is safe.
#pragma once

#include <sodium.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <utility>

namespace candour {

// A secret whose size is known only at run time: a passphrase, a decrypted key file.
class SecretBytes {
 public:
  SecretBytes() = default;
  // Zero-filled. Throws std::bad_alloc, as every allocation does.
  explicit SecretBytes(std::size_t size) : bytes_(allocate(size)), size_(size) {}
  static SecretBytes copy_of(std::span<const std::uint8_t> bytes) {
    SecretBytes s(bytes.size());
    std::copy(bytes.begin(), bytes.end(), s.bytes_.get());
    return s;
  }
  SecretBytes(SecretBytes&& other) noexcept
      : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }

  std::size_t size() const { return size_; }
  std::span<const std::uint8_t> reveal() const { return {bytes_.get(), size_}; }
  std::span<std::uint8_t> writable() { return {bytes_.get(), size_}; }
  // Forgets the tail; what is cut off stays on the same guarded page and is wiped with it.
  void shrink(std::size_t size) { size_ = std::min(size, size_); }

 private:
  struct Free {
    void operator()(std::uint8_t* p) const { sodium_free(p); }
  };
  static std::uint8_t* allocate(std::size_t size) {
    auto* p = static_cast<std::uint8_t*>(sodium_malloc(size == 0 ? 1 : size));
    if (p == nullptr) throw std::bad_alloc();
    sodium_memzero(p, size);
    return p;
  }
  std::unique_ptr<std::uint8_t, Free> bytes_;
  std::size_t size_ = 0;
};

// A secret of N bytes: a key, a seed, a token.
template <std::size_t N>
class Secret {
 public:
  Secret() : bytes_(N) {}
  static Secret copy_of(std::span<const std::uint8_t, N> bytes) {
    Secret s;
    std::copy(bytes.begin(), bytes.end(), s.writable().begin());
    return s;
  }
  static Secret make_random() {
    Secret s;
    randombytes_buf(s.writable().data(), N);
    return s;
  }

  std::span<const std::uint8_t, N> reveal() const { return bytes_.reveal().template first<N>(); }
  std::span<std::uint8_t, N> writable() { return bytes_.writable().template first<N>(); }

 private:
  SecretBytes bytes_;
};

}  // namespace candour
