// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/process/confine.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>

#include "server/process/descriptor.h"

namespace candour::server {
namespace {

namespace fs = std::filesystem;

constexpr Literal kNoLandlock =
    "the kernel refused to confine the server to its files. Check that the folders in [paths] are there.";
constexpr Literal kNoFilter =
    "the kernel refused the filter of system calls. Check that nothing forbids seccomp here, such as a "
    "container's settings.";

// Of linux/landlock.h, where Debian 12's is too old: the whole attribute, and the rights that came after 5.19.
struct RulesetAttributes {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;  // from ABI 4
  std::uint64_t scoped;              // from ABI 6
};
constexpr std::uint64_t kTruncate = 1ULL << 14;     // ABI 3
constexpr std::uint64_t kIoctlDevice = 1ULL << 15;  // ABI 5
constexpr std::uint64_t kAllOfAbi1 = (1ULL << 13) - 1;
constexpr std::uint64_t kConnectTcp = 1ULL << 1;  // not binding: listening comes after this
constexpr std::uint64_t kAbstractSocketsAndSignals = (1ULL << 0) | (1ULL << 1);

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t kReadFolder = kRead | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kSockets = LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REMOVE_FILE;
constexpr std::uint64_t kWrite =
    kReadFolder | kSockets | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | kTruncate;

// Below 1: none.
long landlock_abi() {
  return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

RulesetAttributes handled_by(long abi) {
  RulesetAttributes handled{.handled_access_fs = kAllOfAbi1, .handled_access_net = 0, .scoped = 0};
  if (abi >= 2) handled.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) handled.handled_access_fs |= kTruncate;
  if (abi >= 4) handled.handled_access_net = kConnectTcp;
  if (abi >= 5) handled.handled_access_fs |= kIoctlDevice;
  if (abi >= 6) handled.scoped = kAbstractSocketsAndSignals;
  return handled;
}

std::size_t bytes_of(long abi) {  // an older kernel refuses what it does not know
  if (abi < 4) return sizeof(std::uint64_t);
  return abi < 6 ? 2 * sizeof(std::uint64_t) : sizeof(RulesetAttributes);
}

bool allow(int ruleset, const std::vector<fs::path>& places, std::uint64_t access) {
  for (const fs::path& place : places) {
    const Descriptor opened(open(place.c_str(), O_PATH | O_CLOEXEC));
    struct stat status{};
    if (opened.get() < 0 || fstat(opened.get(), &status) != 0) return false;
    // A rule for a file cannot speak of folders.
    const landlock_path_beneath_attr rule{.allowed_access = S_ISDIR(status.st_mode) ? access : access & kRead,
                                          .parent_fd = opened.get()};
    if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) return false;
  }
  return true;
}

// Serving takes these, whatever their arguments.
constexpr std::array kCalls{
    // connections
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(shutdown),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
    SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt),
    // waiting, time, signals
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(timerfd_settime),
    SCMP_SYS(futex),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    // files: which ones is Landlock's
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(close),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(fcntl),
    SCMP_SYS(flock),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(fchmod),
    // memory and threads
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(mlock),
    SCMP_SYS(mlock2),
    SCMP_SYS(munlock),
    SCMP_SYS(getrandom),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(membarrier),
    // who and where it is, and how it ends
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(tgkill),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

// No bug of ours does this; whoever does has taken the process over.
constexpr std::array kHostile{
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(connect),
    SCMP_SYS(ptrace),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(bpf),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(mount),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl),
};

scmp_arg_cmp argument(unsigned which, scmp_compare compare, scmp_datum_t a, scmp_datum_t b = 0) {
  return {.arg = which, .op = compare, .datum_a = a, .datum_b = b};
}

bool allow_with(scmp_filter_ctx filter, int call, scmp_arg_cmp condition) {
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition) == 0;
}

bool allow_with_arguments(scmp_filter_ctx filter) {
  const auto not_executable = argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  // Threads, not processes. (The arguments of clone3 cannot be looked at; the C library then takes clone.)
  const auto thread = argument(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
  return allow_with(filter, SCMP_SYS(mmap), not_executable) &&
         allow_with(filter, SCMP_SYS(mprotect), not_executable) &&
         allow_with(filter, SCMP_SYS(ioctl), argument(1, SCMP_CMP_EQ, FIONBIO)) &&
         allow_with(filter, SCMP_SYS(ioctl), argument(1, SCMP_CMP_EQ, FIONREAD)) &&
         allow_with(filter, SCMP_SYS(clone), thread);
}

}  // namespace

bool has_landlock() { return landlock_abi() >= 1; }

Result<> confine_files(const Reach& reach) {
  const long abi = landlock_abi();
  if (abi < 1) return {};
  const RulesetAttributes handled = handled_by(abi);
  const Descriptor ruleset(
      static_cast<int>(syscall(SYS_landlock_create_ruleset, &handled, bytes_of(abi), 0)));
  const bool confined =
      ruleset.get() >= 0 && allow(ruleset.get(), reach.read, kReadFolder & handled.handled_access_fs) &&
      allow(ruleset.get(), reach.read_write, kWrite & handled.handled_access_fs) &&
      allow(ruleset.get(), reach.make_sockets, kSockets) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
      syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0;
  if (!confined) return fail(Errc::io, kNoLandlock);
  return {};
}

Result<> drop_capabilities() {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  const std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
  if (syscall(SYS_capset, &header, none.data()) != 0)
    return fail(Errc::io,
                "the kernel refused to take the server's capabilities. Check the service's unit file.");
  return {};
}

Result<> confine_calls() {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ERRNO(ENOSYS)),
                                                                seccomp_release);
  bool made = filter && seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
              allow_with_arguments(filter.get());
  for (const int call : kCalls) made = made && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0;
  for (const int call : kHostile)
    made = made && seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, call, 0) == 0;
  if (!made || seccomp_load(filter.get()) != 0) return fail(Errc::io, kNoFilter);
  return {};
}

}  // namespace candour::server
