// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/multipart.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace candour;
using namespace candour::server;

namespace {

const std::string kBoundary = "----WebKitFormBoundaryabc";
const std::string kFile = "--" + kBoundary +
                          "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.age\"\r\n" +
                          "Content-Type: application/octet-stream\r\n\r\n";
const std::string kEnd = "\r\n--" + kBoundary + "--\r\n";

std::string field(std::string_view value, std::string_view name = "reader") {
  return "--" + kBoundary + "\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" +
         std::string(value) + "\r\n";
}

// The file, if the body is a form; in pieces of this size.
struct Read {
  bool well_formed;
  bool whole;
  std::string file;
  FormReader::Fields fields;
};
Read read(std::string_view body, std::size_t piece_bytes) {
  FormReader form(kBoundary, "file", body.size());
  Read out{true, false, {}, {}};
  for (; !body.empty(); body.remove_prefix(std::min(piece_bytes, body.size()))) {
    const Bytes piece(as_bytes(body.substr(0, piece_bytes)).begin(),
                      as_bytes(body.substr(0, piece_bytes)).end());
    const auto file = form.push(piece);
    if (!file) {
      CHECK_FALSE(form.push(piece));
      return {false, false, {}, {}};
    }
    out.file += as_text(*file);
  }
  out.whole = form.is_whole();
  out.fields = form.fields();
  if (form.file_bytes() && out.whole) CHECK(*form.file_bytes() == out.file.size());
  return out;
}

}  // namespace

TEST_CASE("a form reads alike in pieces of any size") {
  const std::string contents =
      "\r\n--" + kBoundary.substr(1) + "\r\n-" + std::string(3000, '\0') + "\r\n-\r\n--\r";
  const std::string body = field("ada") + field("") + field(std::string(64, 'x')) + kFile + contents + kEnd;
  for (const std::size_t piece :
       std::initializer_list<std::size_t>{1, 2, 3, 7, 31, 32, 33, 100, 1000, 100'000}) {
    CAPTURE(piece);
    const Read form = read(body, piece);
    REQUIRE(form.whole);
    CHECK(form.file == contents);
    CHECK(form.fields ==
          FormReader::Fields{{"reader", "ada"}, {"reader", ""}, {"reader", std::string(64, 'x')}});
  }
}

TEST_CASE("an empty file, and a form that is cut anywhere") {
  const std::string body = field("ada") + kFile + kEnd;
  CHECK(read(body, 1000).whole);
  CHECK(read(body, 1000).file.empty());
  FormReader form(kBoundary, "file", body.size());
  for (std::size_t cut = 0; cut < body.size(); ++cut) {
    FormReader shorter(kBoundary, "file", body.size());
    CAPTURE(cut);
    CHECK(shorter.push(as_bytes(body).first(cut)));
    CHECK_FALSE(shorter.is_whole());
  }
}

TEST_CASE("what a browser would not send is an error, however it is cut up") {
  const std::string good = field("ada") + kFile + "contents" + kEnd;
  const auto replaced = [&](std::string_view what, std::string_view by) {
    std::string body = good;
    const auto at = body.find(what);
    REQUIRE(at != std::string::npos);
    return body.replace(at, what.size(), by);
  };
  const std::string wrong[] = {
      good + "x",                                                        // more after the end
      good.substr(0, good.size() - 2),                                   // not ended
      "\r\n" + good,                                                     // something before
      field("ada") + kFile + "one" + "\r\n" + field("bo") + kEnd,        // a field after the file
      field("ada") + kFile + "one\r\n" + kFile + "two" + kEnd,           // a second file
      field("ada") + "--" + kBoundary + "--\r\n",                        // no file
      replaced("name=\"file\"", "name=\"other\""),                       // another file
      replaced("name=\"reader\"", "name=reader"),                        // another spelling
      replaced("name=\"reader\"", "name=\"\""),                          //
      replaced("name=\"reader\"", "name=\"a\"b\""),                      //
      replaced("; filename", "; filename*=x; filename"),                 //
      replaced("a b.age", "a\" b"),                                      // a quote in the name
      replaced("a b.age\"\r\n", "a b.age\"\n"),                          // LF alone
      replaced("form-data", "attachment"),                               //
      replaced("Content-Type: application/octet-stream", "X-Other: x"),  // a header of no use here
      replaced("Content-Type: application/octet-stream",
               "Content-Disposition: form-data; name=\"file\"; filename=\"\""),
      replaced("Content-Type: ", "Content-Transfer-Encoding: base64\r\nContent-Type: "),
      replaced("ada", std::string(65, 'a')),          // too long
      replaced("ada", std::string(20'000, 'a')),      //
      replaced("a b.age", std::string(17'000, 'a')),  // its head too long
  };
  for (const std::string& body : wrong) {
    CAPTURE(body.substr(0, 400));
    for (const std::size_t piece : std::initializer_list<std::size_t>{1, 5, 100'000})
      CHECK_FALSE(read(body, piece).whole);
  }
  std::string many;
  for (std::size_t n = 0; n <= FormReader::fields_max; ++n) many += field("ada");
  CHECK_FALSE(read(many + kFile + kEnd, 100'000).well_formed);
}

TEST_CASE("a boundary is what browsers make") {
  CHECK(parse_form_boundary("multipart/form-data; boundary=----geckoformboundary1f").value() ==
        "----geckoformboundary1f");
  for (const char* wrong :
       {"", "text/plain", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a\"",
        "multipart/form-data; boundary=a; charset=utf-8", "multipart/form-data;boundary=a",
        "multipart/mixed; boundary=a", "multipart/form-data; boundary=a b"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_form_boundary(wrong));
  }
  CHECK_FALSE(parse_form_boundary("multipart/form-data; boundary=" + std::string(71, 'a')));
}
