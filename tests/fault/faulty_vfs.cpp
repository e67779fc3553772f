// SPDX-License-Identifier: AGPL-3.0-or-later
#include "faulty_vfs.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <new>
#include <random>
#include <string>
#include <vector>

#include "storage/sqlcipher.h"

namespace candour::fault {
namespace {

using Octets = std::vector<char>;

// A write, or a truncation (without bytes), that no sync has followed yet.
struct Change {
  sqlite3_int64 at;
  Octets before;
  Octets after;
  sqlite3_int64 size_before;
  bool truncates;
};

struct File {
  sqlite3_file base;
  const std::string* name;  // null: nobody keeps what is written to it
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

constexpr std::size_t piece_bytes = 65536;  // the system's VFS takes less than 128 KiB at a time

void read_all(sqlite3_file* file, Octets& into, sqlite3_int64 at) {
  for (std::size_t done = 0; done < into.size(); done += piece_bytes)
    file->pMethods->xRead(file, into.data() + done,
                          static_cast<int>(std::min(piece_bytes, into.size() - done)),
                          at + static_cast<sqlite3_int64>(done));
}

void write_all(sqlite3_file* file, const Octets& from, sqlite3_int64 at) {
  for (std::size_t done = 0; done < from.size(); done += piece_bytes)
    file->pMethods->xWrite(file, from.data() + done,
                           static_cast<int>(std::min(piece_bytes, from.size() - done)),
                           at + static_cast<sqlite3_int64>(done));
}

File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

}  // namespace

struct FaultyVfs::State {
  std::mutex mutex;
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs vfs{};
  Kind kind = Kind::none;
  std::uint64_t left = 0;
  bool lasting = false;
  bool struck = false;
  bool dark = false;
  std::map<std::string, std::vector<Change>, std::less<>> unsynced;
  std::vector<File*> open_files;
  std::mt19937_64 coin{7};

  // Does this operation fail?
  bool strikes(Kind what) {
    if (dark && what != Kind::read && what != Kind::size && what != Kind::lock && what != Kind::map)
      return true;
    if (what != kind) return false;
    if (left > 1) {
      --left;
      return false;
    }
    if (left == 0 && !lasting) return false;
    left = 0;
    struck = true;
    return true;
  }
  bool changes(Kind what) {
    if (strikes(Kind::power)) {
      lose(false);
      dark = true;
    }
    return strikes(what);
  }

  static void undo(sqlite3_file* file, const Change& change) {
    write_all(file, change.before, change.at);
    sqlite3_int64 size = 0;
    file->pMethods->xFileSize(file, &size);
    if (size > change.size_before) file->pMethods->xTruncate(file, change.size_before);
  }
  static void redo(sqlite3_file* file, const Change& change) {
    if (change.truncates)
      file->pMethods->xTruncate(file, change.at);
    else
      write_all(file, change.after, change.at);
  }
  void lose(const std::string& name, sqlite3_file* file, bool all) {
    auto& changes = unsynced[name];
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) undo(file, *change);
    if (!all)
      for (const auto& change : changes)
        if ((coin() & 1U) != 0) redo(file, change);
    changes.clear();
  }
  void lose(bool all) {
    for (auto* file : open_files)
      if (file->name != nullptr && !unsynced[*file->name].empty()) lose(*file->name, file->real(), all);
  }
};

namespace {

FaultyVfs::State* state = nullptr;
using Guard = std::lock_guard<std::mutex>;

Change change_of(File& file, sqlite3_int64 at, sqlite3_int64 bytes) {
  Change change{.at = at, .before = {}, .after = {}, .size_before = 0, .truncates = false};
  auto* real = file.real();
  real->pMethods->xFileSize(real, &change.size_before);
  change.before.resize(
      static_cast<std::size_t>(std::max<sqlite3_int64>(0, std::min(bytes, change.size_before - at))));
  read_all(real, change.before, at);
  return change;
}

int close_file(sqlite3_file* file) {
  const Guard guard(state->mutex);
  std::erase(state->open_files, of(file));
  return of(file)->real()->pMethods->xClose(of(file)->real());
}

int read_file(sqlite3_file* file, void* into, int bytes, sqlite3_int64 at) {
  const Guard guard(state->mutex);
  if (state->strikes(Kind::read)) return SQLITE_IOERR_READ;
  return of(file)->real()->pMethods->xRead(of(file)->real(), into, bytes, at);
}

int write_file(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
  const Guard guard(state->mutex);
  if (state->changes(Kind::write)) return SQLITE_IOERR_WRITE;
  if (state->strikes(Kind::full)) return SQLITE_FULL;
  if (state->strikes(Kind::read_only)) return SQLITE_READONLY;
  auto& one = *of(file);
  if (one.name != nullptr) {
    auto change = change_of(one, at, bytes);
    change.after.assign(static_cast<const char*>(from), static_cast<const char*>(from) + bytes);
    state->unsynced[*one.name].push_back(std::move(change));
  }
  return one.real()->pMethods->xWrite(one.real(), from, bytes, at);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const Guard guard(state->mutex);
  if (state->changes(Kind::truncate)) return SQLITE_IOERR_TRUNCATE;
  auto& one = *of(file);
  if (one.name != nullptr) {
    auto change = change_of(one, size, INT32_MAX);
    change.truncates = true;
    state->unsynced[*one.name].push_back(std::move(change));
  }
  return one.real()->pMethods->xTruncate(one.real(), size);
}

int sync_file(sqlite3_file* file, int) {
  const Guard guard(state->mutex);
  auto& one = *of(file);
  const bool fails = state->changes(Kind::sync);
  if (one.name == nullptr) return SQLITE_OK;
  if (fails) {
    if (!state->dark) state->lose(*one.name, one.real(), true);
    return SQLITE_IOERR_FSYNC;
  }
  state->unsynced[*one.name].clear();
  return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  const Guard guard(state->mutex);
  if (state->strikes(Kind::size)) return SQLITE_IOERR_FSTAT;
  return of(file)->real()->pMethods->xFileSize(of(file)->real(), size);
}

int lock_file(sqlite3_file* file, int how) {
  {
    const Guard guard(state->mutex);
    if (state->strikes(Kind::lock)) return SQLITE_IOERR_LOCK;
  }
  return of(file)->real()->pMethods->xLock(of(file)->real(), how);
}

int map_index(sqlite3_file* file, int page, int bytes, int extend, void volatile** at) {
  {
    const Guard guard(state->mutex);
    if (state->strikes(Kind::map)) return SQLITE_IOERR_SHMSIZE;
  }
  return of(file)->real()->pMethods->xShmMap(of(file)->real(), page, bytes, extend, at);
}

// Hands a method on as it is.
template <auto Method, class... Args>
auto hand_on(sqlite3_file* file, Args... args) {
  return (of(file)->real()->pMethods->*Method)(of(file)->real(), args...);
}

constexpr sqlite3_io_methods methods{
    .iVersion = 2,  // the WAL's index, no memory-mapped pages
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = hand_on<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = hand_on<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = hand_on<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = hand_on<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = hand_on<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = map_index,
    .xShmLock = hand_on<&sqlite3_io_methods::xShmLock, int, int, int>,
    .xShmBarrier = hand_on<&sqlite3_io_methods::xShmBarrier>,
    .xShmUnmap = hand_on<&sqlite3_io_methods::xShmUnmap, int>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
  const Guard guard(state->mutex);
  auto& one = *new (file) File{.base = {}, .name = nullptr};
  if (state->strikes(Kind::open)) return SQLITE_CANTOPEN;
  if ((flags & SQLITE_OPEN_READWRITE) != 0 && state->strikes(Kind::read_only))
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
  const int code = state->real->xOpen(state->real, name, one.real(), flags, flags_out);
  if (one.real()->pMethods == nullptr) return code;
  one.base.pMethods = &methods;
  if (name != nullptr) one.name = &state->unsynced.try_emplace(name).first->first;
  state->open_files.push_back(&one);
  return code;
}

int remove_file(sqlite3_vfs*, const char* name, int sync_directory) {
  const Guard guard(state->mutex);
  if (state->changes(Kind::remove)) return SQLITE_IOERR_DELETE;
  if (const auto known = state->unsynced.find(name); known != state->unsynced.end()) known->second.clear();
  return state->real->xDelete(state->real, name, sync_directory);
}

}  // namespace

FaultyVfs::FaultyVfs() : state_(std::make_unique<State>()) {
  sqlite3_initialize();
  state = state_.get();
  state->real = sqlite3_vfs_find(nullptr);
  state->vfs = *state->real;
  state->vfs.szOsFile += static_cast<int>(sizeof(File));
  state->vfs.pNext = nullptr;
  state->vfs.zName = "faulty";
  state->vfs.xOpen = open_file;
  state->vfs.xDelete = remove_file;
  sqlite3_vfs_register(&state->vfs, 1);
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
  state = nullptr;
}

void FaultyVfs::fail(Kind kind, std::uint64_t nth, bool lasting) {
  const Guard guard(state_->mutex);
  state_->kind = kind;
  state_->left = nth;
  state_->lasting = lasting;
  state_->struck = false;
}

bool FaultyVfs::struck() const {
  const Guard guard(state_->mutex);
  return state_->struck;
}

void FaultyVfs::lift() {
  const Guard guard(state_->mutex);
  state_->kind = Kind::none;
  state_->dark = false;
}

void FaultyVfs::cut_power(bool all) {
  const Guard guard(state_->mutex);
  state_->lose(all);
  state_->kind = Kind::none;
  state_->dark = true;
}

}  // namespace candour::fault
