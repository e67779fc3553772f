// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes a bag of evidence into a new folder (docs/spec/evidence.md): every file is hashed as it is written, the tag files come last,
// and the whole gets its name only then. Constant memory but for the list of files. What is in data/ is its caller's to say.
#pragma once

#include <string>
#include <string_view>

#include "client-cli/evidence/bag_text.h"
#include "client-cli/files/new_directory.h"
#include "crypto/core/key_file.h"
#include "protocol/evidence_note.h"

namespace candour::cli {

class BagWriter {
 public:
  static Outcome<BagWriter> create(const std::string& path);

  // One file that is being written; several may be at once.
  class File {
   public:
    Outcome<> write(ByteView bytes);
    // Durable, and in the manifest.
    Outcome<Digest> end();

   private:
    friend class BagWriter;
    File(BagWriter& bag, Descriptor fd, std::string path)
        : bag_(&bag), fd_(std::move(fd)), path_(std::move(path)) {}
    BagWriter* bag_;
    Descriptor fd_;
    std::string path_;
    Sha256 hash_;
    std::uint64_t bytes_ = 0;
  };
  // `path`: in the bag.
  Outcome<File> begin(std::string_view path);
  Outcome<> add(std::string_view path, std::string_view content);

  struct Sealed {
    std::string text;  // what was signed
    Digest manifest_sha256{};
    BagOxum payload;
  };
  // The tag files, signed with `key`, and the name.
  Outcome<Sealed> finish(std::vector<ReportId> reports, Day today, const KeyFile& key,
                         std::string_view agent);

 private:
  explicit BagWriter(NewDirectory directory) : directory_(std::move(directory)) {}
  NewDirectory directory_;
  BagDigests payload_, tags_;
  std::uint64_t payload_bytes_ = 0;
};

// One folder of a bag as a place for files, for whoever opens a report into it. `bag` outlives it.
class BagFolder : public NewFiles {
 public:
  // `folder` with its slash.
  BagFolder(BagWriter& bag, std::string folder) : bag_(bag), folder_(std::move(folder)) {}
  Outcome<> begin_file(std::string_view name) override;
  Outcome<> write(ByteView bytes) override { return file_->write(bytes); }
  Outcome<> end_file() override;

 private:
  BagWriter& bag_;
  std::string folder_;
  std::optional<BagWriter::File> file_;
};

}  // namespace candour::cli
