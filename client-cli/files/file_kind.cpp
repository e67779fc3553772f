// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/file_kind.h"

#include "client-cli/terminal/visible.h"
#include "crypto/core/labels.h"
#include "crypto/core/note.h"

namespace candour::cli {
namespace {

struct Words {
  std::string_view is, made_by;
};

Words words_of(FileKind kind) {
  switch (kind) {
    case FileKind::pin:
      return {"a pin file", "`candour root init` or `candour root pin` made it (root.pin)"};
    case FileKind::root_public_key:
      return {"the public half of a root key", "`candour root init` made it (root.pub)"};
    case FileKind::card:
      return {"a caseworker's card", "`candour caseworker create` made it (NAME.card)"};
    case FileKind::draft:
      return {"a roster's draft", "`candour roster new` made it (roster.json)"};
    case FileKind::roster:
      return {"a signed roster", "`candour roster sign` made it (roster.note)"};
    case FileKind::receipt:
      return {"a receipt", "`candour report` or the page gave it"};
    case FileKind::manifest:
      return {"the manifest of a report", "it is inside every report"};
    case FileKind::key_file:
      return {"a key file", "`candour root init` or `candour caseworker create` made it (NAME.key)"};
    case FileKind::identity:
      return {"a plain age identity file", "`age-keygen` makes it"};
    case FileKind::sealed:
      return {"a sealed file", "`candour fetch` or `candour seal` made it"};
    case FileKind::unknown:
      break;
  }
  return {"", ""};
}

// A key file is sealed to a passphrase; a report is sealed to people. An armored file does not show which.
FileKind kind_of_sealed(std::string_view content) {
  return content.substr(0, 200).contains("\n-> scrypt ") ? FileKind::key_file : FileKind::sealed;
}

FileKind kind_of_json(std::string_view content) {
  const std::string_view beginning = content.substr(0, 200);
  if (beginning.contains(label::card)) return FileKind::card;
  if (!beginning.contains(label::roster)) return FileKind::unknown;
  return parse_note(content) ? FileKind::roster : FileKind::draft;
}

}  // namespace

FileKind kind_of(std::string_view content) {
  if (content.starts_with("age-encryption.org/v1\n")) return kind_of_sealed(content);
  if (content.starts_with(label::pin)) return FileKind::pin;
  if (content.starts_with(label::receipt)) return FileKind::receipt;
  if (content.starts_with(label::manifest)) return FileKind::manifest;
  if (content.starts_with("candour/root-key/")) return FileKind::root_public_key;
  if (content.starts_with('{')) return kind_of_json(content);
  if (content.starts_with("AGE-SECRET-KEY-") || content.contains("\nAGE-SECRET-KEY-"))
    return FileKind::identity;
  return FileKind::unknown;
}

std::unexpected<Failure> fail_as(std::string_view path, std::string_view content, FileKind expected,
                                 const Failure& cause) {
  const FileKind found = kind_of(content);
  const std::string name = visible_line(path);
  if (found == expected || found == FileKind::unknown) {
    return fail_with(cause.code, fmt::format("{}: {} What is expected here is {}; {}.", name, cause.text,
                                             words_of(expected).is, words_of(expected).made_by));
  }
  return fail_with(cause.code,
                   fmt::format("{}: is {}, but {} is expected here; {}.", name, words_of(found).is,
                               words_of(expected).is, words_of(expected).made_by));
}

}  // namespace candour::cli
