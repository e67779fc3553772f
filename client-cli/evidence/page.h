// SPDX-License-Identifier: AGPL-3.0-or-later
// A page of a bag, to be read in any browser or printed: one file without script, link, image or anything loaded. What comes from
// a report goes through the functions below alone: escaped, its controls and direction overrides made visible
// (terminal/visible.h), each in a direction of its own. Builds a string.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace candour::cli {

class Page {
 public:
  // `title` as all text here: it may come from anybody.
  explicit Page(std::string_view title);

  void heading(unsigned level, std::string_view text);
  // Ours, one paragraph.
  void say(std::string_view words);
  // From a report or a server: lines stay lines.
  void quote(std::string_view text);
  void begin_list();
  void item(std::string_view text);
  void end_list();
  // As many columns as the head names.
  void begin_table(std::initializer_list<std::string_view> head);
  void row(std::initializer_list<std::string_view> cells);
  void end_table();
  std::string finish();

 private:
  std::string html_;
};

}  // namespace candour::cli
