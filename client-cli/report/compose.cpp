// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/compose.h"

#include <array>
#include <filesystem>
#include <numeric>

#include "client-cli/report/media_type.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/random.h"
#include "crypto/core/utf8.h"
#include "protocol/archive.h"
#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t answers_depth_max = 4;

std::unexpected<Failure> bad_answers() {
  return fail_with(Errc::malformed,
                   "the answers are not a JSON object of texts and lists of texts. "
                   "It looks like {\"what_happened\": \"…\", \"wants\": [\"advice\"]}.");
}

std::size_t characters_of(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty() && take_code_point(text)) ++count;
  return count;
}

// The form's own check says only that something is too long; here the person can be told what, and by how much.
Outcome<> check_lengths(const Form& form, const Answers& answers) {
  for (const auto& [id, answer] : answers) {
    const Question* question = form.find(id);
    const auto* text = std::get_if<std::string>(&answer);
    if (question == nullptr || text == nullptr || question->characters_max == 0) continue;
    const std::size_t characters = characters_of(*text);
    if (characters <= question->characters_max) continue;
    return fail_with(
        Errc::too_large,
        fmt::format("the answer to {} has {} characters, {} more than the {} that fit. Shorten it, or send "
                    "the rest as a file with --attach.",
                    visible_line(id), characters, characters - question->characters_max,
                    question->characters_max));
  }
  return {};
}

std::unexpected<Failure> too_much_text(std::size_t bytes) {
  constexpr std::size_t max = limits::report_json_bytes_max;
  return fail_with(
      Errc::too_large,
      fmt::format("the answers are {} bytes long together, {} more than the {} that fit. Shorten them, or "
                  "send the rest as a file with --attach.",
                  bytes, bytes - max, max));
}

// The name that she gave the file. What is not UTF-8 cannot stand in JSON.
std::string shown_name(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  return is_valid_utf8(name) ? name : "attachment";
}

}  // namespace

Outcome<Answers> parse_answers(std::string_view json) {
  const auto value = json::parse(json, typed_bytes_max, answers_depth_max);
  if (!value || value->object() == nullptr) return bad_answers();
  Answers answers;
  for (const auto& [question, answer] : *value->object()) {
    if (answer.text() != nullptr) {
      answers.emplace(question, *answer.text());
      continue;
    }
    if (answer.array() == nullptr) return bad_answers();
    std::vector<std::string> chosen;
    for (const json::Value& option : *answer.array()) {
      if (option.text() == nullptr) return bad_answers();
      chosen.push_back(*option.text());
    }
    answers.emplace(question, std::move(chosen));
  }
  return answers;
}

Outcome<Answers> answers_of_text(const Form& form, std::string text) {
  if (!is_valid_utf8(text))
    return fail_with(Errc::malformed, "the text is not UTF-8. Save it as UTF-8 and try again.");
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) return Answers{};
  for (const std::string& id : form.account) {
    const Question* question = form.find(id);
    if (question == nullptr) continue;
    if (question->kind == QuestionKind::text || question->kind == QuestionKind::long_text) {
      return Answers{{id, std::move(text)}};
    }
  }
  return fail_with(Errc::unsupported, "this form has no question for a free text. Use --answers.");
}

Outcome<std::vector<InputFile>> open_attachments(const std::vector<std::string>& paths,
                                                 const Policy& policy) {
  if (paths.size() > policy.attachments_max || paths.size() > limits::attachments_max) {
    return fail_with(
        Errc::too_large,
        fmt::format("{} attachments are {} more than the {} that this service takes. Leave some out, or put "
                    "them into one archive.",
                    paths.size(), paths.size() - policy.attachments_max, policy.attachments_max));
  }
  std::vector<InputFile> files;
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    auto file = open_input(path);
    if (!file) return fail(file);
    if (file->bytes > policy.attachments_bytes_max - total) {
      return fail_with(Errc::too_large,
                       fmt::format("{}: with this, the attachments are larger than the {} bytes that "
                                   "this service takes. Leave some out, or send two reports.",
                                   path, policy.attachments_bytes_max));
    }
    total += file->bytes;
    files.push_back(*std::move(file));
  }
  return files;
}

ReportPlace make_follow_up(const ReporterKeys& keys) {
  constexpr std::uint64_t first = std::uint64_t{1} << 16U;
  std::uint64_t number = 0;
  while (number < first) {                 // nearly always once
    std::array<std::uint8_t, 6> random{};  // 48 bits
    fill_random(random);
    number = 0;
    for (const std::uint8_t byte : random) number = number << 8U | byte;
  }
  return {.number = number, .thread = keys.report_id(0), .releases = false};
}

Outcome<Composed> compose(const VerifiedRoster& roster, const Audience& audience, const ReporterKeys& keys,
                          const ReportPlace& place, Answers answers, std::vector<InputFile> attachments,
                          Day today) {
  const Form& form = roster->form;
  if (auto fits = check_lengths(form, answers); !fits) return fail(fits);
  auto checked = check_answers(form, answers, attachments.size());
  if (!checked) return fail(checked);
  Report report;
  report.form_id = form.id;
  report.form_version = form.version;
  report.language = form.language;
  report.day = today;
  report.accused = accused_of(form, answers);
  report.answers = std::move(answers);
  report.authorship_key = keys.authorship().verify_key();
  report.mailbox_root = Secret<32>::copy_of(keys.mailbox_root().reveal());
  report.reply_recipient = keys.reply_recipient();
  report.thread = place.thread;
  for (std::uint64_t n = 0; place.releases && n < limits::releases_max; ++n)
    report.releases.push_back({keys.report_id(n), keys.match_release(n)});
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    const std::string name = shown_name(attachments[i].path);
    report.attachments.push_back(
        {attachment_member(i + 1, name), name, std::string(media_type_of(name)), attachments[i].bytes});
  }
  auto json = encode_report(report);
  if (!json && json.error().code == Errc::too_large) return too_much_text(report_json_bytes(report));
  if (!json) return fail(json);
  SecretBytes text = SecretBytes::copy_of(as_bytes(*json));
  sodium_memzero(json->data(), json->size());

  Manifest manifest{.report = keys.report_id(place.number),
                    .desk = audience.desk,
                    .audience = audience.ids(),
                    .excluded = audience.excluded,
                    .roster_sha256 = roster.text_sha256(),
                    .thread = place.thread,
                    .files = {}};
  manifest.files.push_back({{}, json->size(), std::string(report_member)});
  for (const Attachment& attachment : report.attachments) {
    manifest.files.push_back({{}, attachment.bytes, attachment.member});
  }
  return Composed{std::move(text), std::move(attachments), std::move(manifest)};
}

std::uint64_t archive_bytes_of(const Composed& report) {
  std::vector<std::uint64_t> sizes;
  for (const ManifestFile& file : report.manifest.files) sizes.push_back(file.bytes);
  sizes.push_back(manifest_note_bytes(report.manifest));
  return archive_bytes(sizes);
}

}  // namespace candour::cli
