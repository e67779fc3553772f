// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/identifier_fault.h"

#include <array>

namespace candour {
namespace {

struct Said {
  std::string_view name;
  Literal words;
};

// In the order of the enumeration.
constexpr std::array<Said, identifier_faults_total> said = {{
    {"unreadable", "This has characters that cannot be read. Type it instead of copying it."},
    {"too-long", "This is too long. Write this one thing only."},
    {"missing", "This is empty. Fill it in, or leave this way of naming him out."},
    {"placeholder", "This would match everybody who does not know. Leave this way of naming him out."},
    {"unknown-force",
     "No force in the list has this name. Choose one from the list, or name him another way."},
    {"not-a-number",
     "This is not a collar number. Write its digits, and its letters if it has some, as in 123AB."},
    {"letters-missing",
     "In this force many people have this number. Add the letters beside it, or give the warrant number."},
    {"not-a-warrant-number",
     "A warrant number has five to eight digits. A shorter one is mostly the collar number: write it there."},
    {"not-a-name", "A name has letters only. Write surname and first name each in its own place."},
    {"other-script",
     "This name has letters that cannot be compared. Write it in the letters A to Z, as his force does."},
    {"name-too-short", "An initial is not enough to know him by. Write the whole name."},
    {"first-name-only",
     "Write his first name alone, without middle names. Write a double name with a hyphen, as in Jean-Paul."},
    {"not-a-birth-day", "Write day, month and year in digits, as in 31/12/1980."},
    {"not-a-birth-year",
     "Write the year in four digits, as in 1980. If you are not sure, give two years as two ways of naming "
     "him."},
    {"not-a-phone", "This is not a whole phone number. Check its digits, and leave out an extension."},
    {"phone-without-country",
     "Begin with 0 for a number in the United Kingdom, or with + and the country code."},
    {"shared-phone", "This number belongs to an organisation. Write one that is his own."},
    {"not-an-email", "This is not an email address. Write it as in name@post.example."},
    {"shared-email", "Several people read this address. Write one that is his own."},
    {"unknown-platform",
     "Names on this site cannot be compared. Choose a site from the list, or name him another way."},
    {"platform-by-phone",
     "People are known by their phone number there. Write the number as a phone number."},
    {"other-site",
     "This is an address of another site, or a short link. Choose the site it belongs to, or write his name "
     "there alone."},
    {"not-an-account",
     "This leads to a post, a group or a page of the site. Write the address of his own profile."},
    {"not-a-handle",
     "This is not a name on that site. Write the one in the address of his profile, not the one that is "
     "shown."},
    {"not-a-mark", "This is not a number plate of the United Kingdom. Check each letter and digit."},
}};

const Said& of(IdentifierFault fault) { return said[static_cast<std::size_t>(fault)]; }

}  // namespace

std::string_view name_of(IdentifierFault fault) { return of(fault).name; }

Literal words_of(IdentifierFault fault) { return of(fault).words; }

}  // namespace candour
