// SPDX-License-Identifier: AGPL-3.0-or-later
// A file descriptor that is closed with its owner; negative when the call that made it failed.
#pragma once

#include <unistd.h>

namespace candour::server {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int get() const { return number_; }

 private:
  int number_;
};

}  // namespace candour::server
