// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/library.h"

#include <algorithm>
#include <optional>

namespace candour::storage {
namespace {

std::optional<ReportInfo> as_seen_by(std::string_view caseworker, const ReportId& id,
                                     const HotReport& report) {
  const auto place = report.audience->place_of(caseworker);
  if (!place) return std::nullopt;
  return ReportInfo{.id = id,
                    .audience = *report.audience,
                    .bytes = report.bytes,
                    .day = report.day,
                    .seen = ((report.seen >> *place) & 1U) != 0,
                    .marks = report.marks};
}

// Columns: id, audience, bytes, day, seen, marks, and the names of those admitted later.
Result<ReportInfo> settled_in(const Statement& row) {
  auto audience = Audience::parse(row.text(1), row.text(6));
  ReportId id;
  if (!audience || row.bytes(0).size() != id.bytes.size())
    return fail(Errc::io,
                "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup.");
  const auto marks = Marks::parse(row.bytes(5));
  if (!marks) return fail(marks);
  std::ranges::copy(row.bytes(0), id.bytes.begin());
  return ReportInfo{.id = id,
                    .audience = std::move(*audience),
                    .bytes = static_cast<std::uint64_t>(row.number(2)),
                    .day = Day(static_cast<std::int32_t>(row.number(3))),
                    .seen = row.number(4) != 0,
                    .marks = *marks};
}

Result<std::optional<Bytes>> body_of(Connection& db, Statement& query) {
  const auto row = query.step();
  if (!row) return fail(row);
  if (!*row) return std::nullopt;
  if (auto proved = db.prove_what_was_read(); !proved) return fail(proved);
  const auto body = query.bytes(0);
  return Bytes(body.begin(), body.end());
}

}  // namespace

std::vector<std::string> ReportInfo::held_by() const {
  std::vector<std::string> names;
  for (std::size_t place = 0; place < audience.readers().size(); ++place)
    if (((marks.held_by >> place) & 1U) != 0) names.push_back(audience.readers()[place]);
  std::ranges::sort(names);
  return names;
}

// Looks in both places whatever the first one said: "not yours" must not take another time than "no such".
Result<ReportInfo> Library::find(Connection& db, const ReportId& id, std::string_view caseworker) const {
  const auto hot = index_->look([&](const HotIndex& index) -> std::optional<ReportInfo> {
    const auto* report = index.report(id);
    if (report == nullptr) return std::nullopt;
    return as_seen_by(caseworker, id, *report);
  });
  auto query = db.statement(
      "SELECT id, audience, bytes, day, seen, marks, names FROM reader JOIN report USING (id)"
      " LEFT JOIN admitted USING (id)"
      " WHERE caseworker = ? AND id = ?");
  const auto row = query.bind(caseworker).bind(id).step();
  if (!row) return fail(row);
  if (hot) return *hot;
  if (!*row) return std::unexpected(no_such_report);
  return settled_in(query);
}

Result<ReportPage> Library::list(Connection& db, std::string_view caseworker, const ReportId& after,
                                 std::size_t limit) const {
  auto found = index_->look([&](const HotIndex& index) {
    std::vector<ReportInfo> hot;
    const auto& reports = index.reports();
    for (auto at = reports.upper_bound(after); at != reports.end() && hot.size() <= limit; ++at)
      if (auto info = as_seen_by(caseworker, at->first, at->second)) hot.push_back(std::move(*info));
    return hot;
  });
  auto query = db.statement(
      "SELECT id, audience, bytes, day, seen, marks, names FROM reader JOIN report USING (id)"
      " LEFT JOIN admitted USING (id)"
      " WHERE caseworker = ? AND id > ? ORDER BY id LIMIT ?");
  query.bind(caseworker).bind(after).bind(static_cast<std::int64_t>(limit + 1));
  for (;;) {
    const auto row = query.step();
    if (!row) return fail(row);
    if (!*row) break;
    auto info = settled_in(query);
    if (!info) return fail(info);
    found.push_back(std::move(*info));
  }
  // One that was settled between the two looks is in both.
  std::ranges::sort(found, {}, &ReportInfo::id);
  const auto twice = std::ranges::unique(found, {}, &ReportInfo::id);
  found.erase(twice.begin(), twice.end());
  const bool more = found.size() > limit;
  if (more) found.erase(found.begin() + static_cast<std::ptrdiff_t>(limit), found.end());
  return ReportPage{std::move(found), more};
}

Result<Placed> Library::place(Connection& db, const ReportId& id) const {
  auto hot = index_->look([&](const HotIndex& index) -> std::optional<Placed> {
    const auto* report = index.report(id);
    if (report == nullptr) return std::nullopt;
    return Placed{report->audience, report->bytes, report->day, report->marks};
  });
  if (hot) return std::move(*hot);
  auto query = db.statement(
      "SELECT id, audience, bytes, day, 0, marks, names FROM report LEFT JOIN admitted USING (id) WHERE id = "
      "?");
  const auto row = query.bind(id).step();
  if (!row) return fail(row);
  if (!*row) return std::unexpected(no_such_report);
  auto info = settled_in(query);
  if (!info) return fail(info);
  return Placed{std::make_shared<const Audience>(std::move(info->audience)), info->bytes, info->day,
                info->marks};
}

Result<bool> Library::opened(Connection& db, const ReportId& id, const Audience& audience) const {
  const auto hot = index_->look([&](const HotIndex& index) {
    const auto* report = index.report(id);
    return report != nullptr && report->seen != 0;
  });
  if (hot) return true;
  for (const auto& member : audience.readers()) {
    auto query = db.statement("SELECT seen FROM reader WHERE caseworker = ? AND id = ?");
    const auto row = query.bind(member).bind(id).step();
    if (!row) return fail(row);
    if (*row && query.number(0) != 0) return true;
  }
  return false;
}

Result<Bytes> Library::piece(Connection& db, const ReportId& id, std::uint32_t index) const {
  struct Place {
    bool erasing = false;
    std::int64_t key = 0;
    std::int64_t upload = 0;
  };
  const auto place = index_->look([&](const HotIndex& hot) {
    if (hot.erasing(id)) return Place{.erasing = true};
    if (const auto* report = hot.report(id)) return Place{.key = report->key, .upload = report->upload};
    if (const auto* upload = hot.upload(id)) return Place{.upload = upload->number};
    return Place{};
  });
  if (place.erasing) return std::unexpected(no_such_report);

  if (place.upload != 0) {
    auto query = db.statement("SELECT body FROM upload_part WHERE key = ?");
    query.bind((place.upload << 16U) | index);
    auto body = body_of(db, query);
    if (!body) return fail(body);
    if (*body) return std::move(**body);
  } else if (place.key != 0 && index == 0) {
    auto query = db.statement("SELECT body FROM arrival WHERE key = ? AND id = ?");
    query.bind(place.key).bind(id);
    auto body = body_of(db, query);
    if (!body) return fail(body);
    if (*body) return std::move(**body);
  }
  auto query = db.statement("SELECT body FROM part WHERE id = ? AND place = ?");
  query.bind(id).bind(std::int64_t{index});
  auto body = body_of(db, query);
  if (!body) return fail(body);
  if (!*body) return std::unexpected(no_such_report);
  return std::move(**body);
}

}  // namespace candour::storage
