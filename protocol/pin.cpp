// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/pin.h"

#include <algorithm>

#include "crypto/core/labels.h"
#include "protocol/ids.h"
#include "protocol/limits.h"
#include "protocol/lines.h"

namespace candour {

bool is_key_name(std::string_view name, std::string_view kind) {
  constexpr std::string_view prefix = "candour/";
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  if (!name.starts_with(kind)) return false;
  name.remove_prefix(kind.size());
  return name.starts_with('/') && is_id(name.substr(1));
}

Result<Pin> Pin::of(unsigned quorum, std::vector<NoteVerifierKey> root_keys) {
  if (root_keys.empty() || root_keys.size() > limits::root_keys_max) {
    return fail(Errc::malformed, "a pin file holds 1 to 16 root keys");
  }
  if (quorum < 1 || quorum > root_keys.size()) {
    return fail(Errc::malformed, "the quorum must be at least 1 and at most the number of root keys");
  }
  for (auto key = root_keys.begin(); key != root_keys.end(); ++key) {
    if (!is_key_name(key->name, "root-key")) {
      return fail(Errc::malformed, "a root key is named candour/root-key/LABEL: this is another kind of key");
    }
    // One key under two names would count as two signers.
    const auto same = [&](const NoteVerifierKey& other) {
      return other.key == key->key || other.name == key->name;
    };
    if (std::any_of(root_keys.begin(), key, same)) {
      return fail(Errc::malformed,
                  "the same root key or label comes twice: every holder needs a key of her own");
    }
  }
  return Pin(quorum, std::move(root_keys));
}

Result<Pin> Pin::parse(std::string_view file) {
  if (file.size() > limits::pin_bytes_max) return fail(Errc::too_large, "the pin file is too long");
  Lines lines(file);
  if (!lines.take(label::pin))
    return fail(Errc::malformed, "not a pin file: its first line is candour/v1/pin");
  const auto quorum_text = lines.field("quorum");
  const auto quorum = quorum_text ? parse_decimal(*quorum_text) : std::nullopt;
  if (!quorum || *quorum > limits::root_keys_max) {
    return fail(Errc::malformed, "the second line of a pin file is quorum and a number from 1 to 16");
  }
  std::vector<NoteVerifierKey> keys;
  while (!lines.at_end()) {
    const auto text = lines.field("key");
    if (!text || keys.size() == limits::root_keys_max) {
      return fail(Errc::malformed, "after the quorum a pin file has 1 to 16 lines, each: key and a root key");
    }
    auto key = parse_note_verifier_key(*text);
    if (!key) return fail(key);
    keys.push_back(std::move(*key));
  }
  return of(static_cast<unsigned>(*quorum), std::move(keys));
}

std::string Pin::encode() const {
  std::string file(label::pin);
  file += "\nquorum " + std::to_string(quorum_) + '\n';
  for (const auto& key : root_keys_) file += "key " + encode_note_verifier_key(key) + '\n';
  return file;
}

}  // namespace candour
