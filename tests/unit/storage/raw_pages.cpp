// SPDX-License-Identifier: AGPL-3.0-or-later
#include "raw_pages.h"

#include <openssl/evp.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

#include "storage/connection.h"

namespace candour::storage::test {
namespace {

constexpr std::size_t page = 16384;
constexpr std::size_t reserve = 48;  // IV 16, HMAC-SHA256 32

void decrypt_page(ByteView bytes, bool first, const DatabaseKey& key, Bytes& out) {
  const std::size_t salt = first ? 16 : 0;
  const auto body = bytes.subspan(salt, page - reserve - salt);
  const auto iv = bytes.subspan(page - reserve, 16);
  Bytes plain(body.size() + 16);
  int size = 0;
  auto* context = EVP_CIPHER_CTX_new();
  EVP_DecryptInit_ex(context, EVP_aes_256_cbc(), nullptr, key.reveal().data(), iv.data());
  EVP_CIPHER_CTX_set_padding(context, 0);
  EVP_DecryptUpdate(context, plain.data(), &size, body.data(), static_cast<int>(body.size()));
  EVP_CIPHER_CTX_free(context);
  plain.resize(static_cast<std::size_t>(size));
  append(out, plain);
}

}  // namespace

Bytes file_bytes(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Bytes raw_pages(const std::filesystem::path& database, const DatabaseKey& key) {
  Bytes out;
  // The log first: what a checkpoint moves in between is then in both.
  auto wal_file = database;
  wal_file += "-wal";
  const auto wal = file_bytes(wal_file);
  const auto file = file_bytes(database);
  for (std::size_t at = 0; at + page <= file.size(); at += page)
    decrypt_page(ByteView(file).subspan(at, page), at == 0, key, out);
  for (std::size_t at = 32; at + 24 + page <= wal.size(); at += 24 + page) {
    const bool first = wal[at] == 0 && wal[at + 1] == 0 && wal[at + 2] == 0 && wal[at + 3] == 1;
    decrypt_page(ByteView(wal).subspan(at + 24, page), first, key, out);
  }
  return out;
}

bool holds(ByteView haystack, ByteView needle) {
  return std::search(haystack.begin(), haystack.end(),
                     std::boyer_moore_horspool_searcher(needle.begin(), needle.end())) != haystack.end();
}

double order_correlation(const Bytes& pages, std::uint64_t count,
                         const std::function<Bytes(std::uint64_t)>& body_of) {
  std::vector<std::pair<std::size_t, std::uint64_t>> places;
  for (std::uint64_t n = 0; n < count; ++n) {
    const auto body = body_of(n);
    const auto needle = ByteView(body).last(64);
    const auto at = std::search(pages.begin(), pages.end(), needle.begin(), needle.end());
    if (at == pages.end()) throw std::runtime_error("a body is not in the file");
    places.emplace_back(static_cast<std::size_t>(at - pages.begin()), n);
  }
  std::ranges::sort(places);
  double squares = 0;
  for (std::size_t rank = 0; rank < places.size(); ++rank) {
    const auto d = static_cast<double>(rank) - static_cast<double>(places[rank].second);
    squares += d * d;
  }
  const auto total = static_cast<double>(count);
  return 1 - 6 * squares / (total * (total * total - 1));
}

void copy_as_a_crash_leaves_it(const std::filesystem::path& database, const DatabaseKey& key,
                               std::initializer_list<Literal> statements,
                               const std::filesystem::path& directory) {
  auto db = Connection::open(database, key, Connection::Use::write).value();
  for (const Literal statement : statements) db.run(statement).value();
  for (const auto* end : {"", "-wal"}) {
    const std::filesystem::path file = database.string() + end;
    std::filesystem::copy(file, directory / file.filename());
  }
}

}  // namespace candour::storage::test
