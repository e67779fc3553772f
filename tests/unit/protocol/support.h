// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of protocol/ share: the vectors of docs/spec, and a small report to change and break.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/secret.h"
#include "crypto/sign/signing_key.h"
#include "protocol/json.h"
#include "protocol/manifest.h"
#include "protocol/report_json.h"

namespace candour::test {

json::Value read_vectors(std::string_view file);
const json::Value& at(const json::Value& object, std::string_view name);
const std::string& text_at(const json::Value& object, std::string_view name);
Secret<32> secret_of_hex(std::string_view hex);

// The report of vectors/report.json and its manifest.
struct Sample {
  json::Value vectors = read_vectors("report.json");
  sign::SigningKey author = sign::SigningKey::from_seed(secret_of_hex(text_at(vectors, "authorship_seed")));
  Report report = parse_report(text_at(vectors, "report_json")).value();
  Manifest manifest = parse_manifest(text_at(vectors, "manifest_text")).value();
  std::string note() const;
  static CaseworkerId ada() { return CaseworkerId::parse("ada").value(); }
};

}  // namespace candour::test
