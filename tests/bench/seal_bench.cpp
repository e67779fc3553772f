// SPDX-License-Identifier: AGPL-3.0-or-later
// seal_bench FOLDER MIB: seals and opens one file of that size with our code, on one thread and on two, and
// with stock age, in the same run; prints the medians of five and the ratios, by the clock and by processor
// time (which tells more on a busy machine). Output is thrown away and the folder should be in memory: a disk
// would be measured otherwise.
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "crypto/core/init.h"
#include "crypto/core/random.h"
#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"
#include "tests/bench/race.h"

using namespace candour;
using namespace candour::bench;

namespace {

constexpr int rounds = 5;

class File {
 public:
  File(const std::string& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::size_t read(std::span<std::uint8_t> room) const {
    const ssize_t size = ::read(descriptor_, room.data(), room.size());
    return size < 0 ? 0 : static_cast<std::size_t>(size);
  }
  Result<> write(ByteView bytes) const {
    while (!bytes.empty()) {
      const ssize_t size = ::write(descriptor_, bytes.data(), bytes.size());
      if (size <= 0) return fail(Errc::io, "The folder is full.");
      bytes = bytes.subspan(static_cast<std::size_t>(size));
    }
    return {};
  }

 private:
  int descriptor_;
};

template <class Stream>
bool pump(Stream& stream, const File& in) {
  for (;;) {
    const auto room = stream.space();
    if (!room) return false;
    const std::size_t size = in.read(*room);
    if (size == 0) return stream.finish().has_value();
    if (!stream.filled(size)) return false;
  }
}

bool run(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool race_for(const char* what, std::vector<Contender> contenders, double mib) {
  if (!race(contenders, rounds)) return false;
  const double stock = median(contenders.back().seconds);
  const double stock_processor = median(contenders.back().processor_seconds);
  for (const Contender& c : contenders) {
    fmt::print("{:5} {:16} {:6.0f} MiB/s, {:.2f} x stock age; processor {:6.0f} MiB/s, {:.2f} x stock age\n",
               what, c.name, mib / median(c.seconds), stock / median(c.seconds),
               mib / median(c.processor_seconds), stock_processor / median(c.processor_seconds));
  }
  return true;
}

bool fill(const std::string& path, std::size_t mib) {
  const File out(path, O_WRONLY | O_CREAT | O_TRUNC);
  Bytes block(1 << 20);
  for (std::size_t i = 0; i < mib; ++i) {
    fill_random(block);
    if (!out.write(block)) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (!init_crypto() || argc != 3) return 2;
  const std::string folder = argv[1];
  const std::string plain = folder + "/seal_bench.plain";
  const std::string sealed = folder + "/seal_bench.age";
  const std::string out = "/dev/null";
  const std::string key = folder + "/seal_bench.key";
  const std::size_t mib = std::strtoul(argv[2], nullptr, 10);

  std::vector<open::Identity> identities;
  auto identity = open::HybridIdentity::make_random();
  const seal::Recipient recipient = identity.recipient();
  const std::string recipient_text = encode_recipient(identity.recipient());
  if (!fill(plain, mib) || !File(key, O_WRONLY | O_CREAT | O_TRUNC).write(identity.encode().reveal()))
    return 1;
  identities.emplace_back(std::move(identity));

  const auto seal_with = [&](unsigned threads, const std::string& to) {
    const File in(plain, O_RDONLY);
    const File file(to, O_WRONLY | O_CREAT | O_TRUNC);
    auto sealer = seal::Sealer::to_recipients({&recipient, 1}, {.places = 0, .threads = threads},
                                              [&](ByteView bytes) { return file.write(bytes); });
    return sealer && pump(*sealer, in);
  };
  const auto open_with = [&](unsigned threads) {
    const File in(sealed, O_RDONLY);
    const File file(out, O_WRONLY | O_CREAT | O_TRUNC);
    open::Opener opener(identities, {.threads = threads},
                        [&](open::Provisional p) { return file.write(p.bytes); });
    return pump(opener, in);
  };

  std::vector<Contender> sealing{
      {"ours, 1 thread", [&] { return seal_with(1, out); }},
      {"ours, 2 threads", [&] { return seal_with(2, out); }},
      {"stock age", [&] { return run({"age", "-r", recipient_text, "-o", out, plain}); }}};
  std::vector<Contender> opening{
      {"ours, 1 thread", [&] { return open_with(1); }},
      {"ours, 2 threads", [&] { return open_with(2); }},
      {"stock age", [&] { return run({"age", "-d", "-i", key, "-o", out, sealed}); }}};
  const bool good = race_for("seal", std::move(sealing), static_cast<double>(mib)) && seal_with(1, sealed) &&
                    race_for("open", std::move(opening), static_cast<double>(mib));
  for (const std::string& file : {plain, sealed, key}) ::unlink(file.c_str());
  return good ? 0 : 1;
}
