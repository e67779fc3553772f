// SPDX-License-Identifier: AGPL-3.0-or-later
// Phone numbers and email addresses.
#include <algorithm>

#include "protocol/identifier_rules.h"
#include "protocol/identifier_tables.h"
#include "protocol/identifier_text.h"

namespace candour::identifier {
namespace {

constexpr std::size_t phone_digits_min = 8;
constexpr std::size_t phone_digits_max = 15;
constexpr std::string_view united_kingdom = "44";
constexpr std::string_view ireland = "353";

// With the country's code; empty where none is said or meant.
std::string international(std::string_view digits, bool has_plus) {
  if (has_plus) return std::string(digits);
  if (digits.starts_with("00")) return std::string(digits.substr(2));
  if (digits.starts_with('0')) return std::string(united_kingdom).append(digits.substr(1));
  if (digits.starts_with(united_kingdom) && digits.size() == 12) return std::string(digits);
  return "";
}

NormalField check_united_kingdom(std::string_view national) {
  const char first = national.front();
  if (first == '3' || first == '5' || first == '8' || first == '9') {
    return std::unexpected(IdentifierFault::shared_phone);
  }
  const bool is_long_enough = national.size() == 10 || (national.size() == 9 && first == '1');
  if (!is_long_enough || (first != '1' && first != '2' && first != '7')) {
    return std::unexpected(IdentifierFault::not_a_phone);
  }
  const bool is_one_digit = national.find_first_not_of(national[1], 1) == std::string_view::npos;
  if (is_one_digit || national == "1234567890") return std::unexpected(IdentifierFault::placeholder);
  return std::string(national);
}

constexpr std::size_t local_bytes_max = 64;
constexpr std::size_t label_bytes_max = 63;

bool is_local(std::string_view local) {
  const auto is_allowed = [](char c) {
    return is_lower(c) || is_digit(c) || std::string_view(".!#$%&'*+/=?^_{|}~-").contains(c);
  };
  return !local.empty() && local.size() <= local_bytes_max && std::ranges::all_of(local, is_allowed) &&
         !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
}

bool is_domain(std::string_view domain) {
  const auto is_allowed = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
  const auto is_label = [&](std::string_view label) {
    return label.size() <= label_bytes_max && std::ranges::all_of(label, is_allowed) &&
           !label.starts_with('-') && !label.ends_with('-');
  };
  if (domain.starts_with('.') || domain.ends_with('.') || domain.contains("..")) return false;
  const auto labels = parts(domain, '.');
  return labels.size() >= 2 && std::ranges::all_of(labels, is_label) &&
         !std::ranges::all_of(labels.back(), is_digit);
}

}  // namespace

NormalField phone(std::string_view text, Before) {
  if (to_lower(text.substr(0, 4)) == "tel:") text.remove_prefix(4);
  std::string typed = without(text, " ");
  if (const auto at = typed.find("(0)");
      at != std::string::npos && (typed.starts_with('+') || typed.starts_with("00"))) {
    typed.erase(at, 3);
  }
  typed = without(typed, "-.()/");
  const bool has_plus = typed.starts_with('+');
  if (has_plus) typed.erase(0, 1);
  if (typed.empty() || !std::ranges::all_of(typed, is_digit))
    return std::unexpected(IdentifierFault::not_a_phone);
  auto number = international(typed, has_plus);
  if (number.empty()) return std::unexpected(IdentifierFault::phone_without_country);
  for (const auto country : {united_kingdom, ireland}) {
    const auto has_zero = [&] {
      return number.starts_with(country) && number.substr(country.size()).starts_with('0');
    };
    if (has_zero()) number.erase(country.size(), 1);
    if (has_zero()) return std::unexpected(IdentifierFault::not_a_phone);
  }
  if (number.size() < phone_digits_min || number.size() > phone_digits_max || number.starts_with('0')) {
    return std::unexpected(IdentifierFault::not_a_phone);
  }
  if (number.starts_with(united_kingdom)) {
    const auto checked = check_united_kingdom(std::string_view(number).substr(united_kingdom.size()));
    if (!checked) return checked;
  }
  return '+' + number;
}

NormalField email(std::string_view text, Before) {
  std::string address = to_lower(text);
  if (address.starts_with("mailto:")) address.erase(0, 7);
  if (address.starts_with('<') && address.ends_with('>')) address = address.substr(1, address.size() - 2);
  if (address.ends_with('.')) address.pop_back();
  const auto at = address.find('@');
  if (at == std::string::npos) return std::unexpected(IdentifierFault::not_an_email);
  std::string local = address.substr(0, at);
  std::string domain = address.substr(at + 1);
  if (!is_local(local) || !is_domain(domain)) return std::unexpected(IdentifierFault::not_an_email);

  constexpr std::string_view old_police = ".pnn.police.uk";
  while (domain.ends_with(old_police)) {
    domain = domain.substr(0, domain.size() - old_police.size()) + ".police.uk";
  }
  const auto& mail = identifier_mail();
  const bool is_gmail = mail.gmail.contains(domain);
  if (is_gmail || mail.tagged.contains(domain)) local = local.substr(0, local.find('+'));
  if (is_gmail) {
    local = without(local, ".");
    domain = "gmail.com";
  }
  if (!is_local(local)) return std::unexpected(IdentifierFault::not_an_email);
  if (mail.shared.contains(local)) return std::unexpected(IdentifierFault::shared_email);
  if (is_account_placeholder(local)) return std::unexpected(IdentifierFault::placeholder);
  return local + '@' + domain;
}

}  // namespace candour::identifier
