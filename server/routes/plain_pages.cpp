// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/plain_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "protocol/site.h"
#include "server/http/html.h"

namespace candour::server {
namespace {

constexpr std::string_view kNeutralName = "Notes";  // where there is no roster to ask
constexpr std::string_view kStartAgain =
    R"(<p class="govuk-body"><a class="govuk-link" href="/plain/desks">Choose again who should read it</a></p>)";
constexpr std::string_view kHome = R"(<a class="govuk-back-link" href="{}">Back</a>)";

std::string paragraph(std::string_view html) { return fmt::format("<p class=\"govuk-body\">{}</p>\n", html); }
std::string title(std::string_view html) {
  return fmt::format("<h1 class=\"govuk-heading-l\">{}</h1>\n", html);
}
std::string heading(std::string_view html) {
  return fmt::format("<h2 class=\"govuk-heading-m\">{}</h2>\n", html);
}
std::string back(std::string_view to) { return fmt::format(kHome, to) + "\n"; }

// `content`: HTML whose every foreign word is escaped already.
Response page(std::uint16_t status, std::string_view name, std::string_view content) {
  const std::string escaped = escape_html(name);
  return text_response(status, "text/html; charset=utf-8",
                       fmt::format(R"(<!doctype html>
<html lang="en" translate="no">
<head>
<meta charset="utf-8">
<title>{0}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="google" content="notranslate">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body class="govuk-template__body">
<a class="govuk-skip-link" href="#main">Skip to main content</a>
<header class="bar">
<p class="bar__name">{0}</p>
<a class="bar__exit" href="{1}" rel="nofollow noreferrer noopener">Exit this page</a>
</header>
<main class="page" id="main">
{2}</main>
</body>
</html>
)",
                                   escaped, neutral_site, content));
}

std::vector<const Caseworker*> readers_at(const Roster& roster, const Desk& desk, Day today) {
  std::vector<const Caseworker*> readers;
  for (const Caseworker& caseworker : roster.caseworkers)
    if (caseworker.is_at(desk.id) && caseworker.may_receive(today)) readers.push_back(&caseworker);
  return readers;
}

std::string names_of(const std::vector<const Caseworker*>& readers) {
  std::string names;
  for (const Caseworker* reader : readers) names += (names.empty() ? "" : ", ") + bdi(reader->name);
  return names;
}

// Why nobody can lock a file for this desk here, or nothing.
std::string_view obstacle(const Desk& desk, std::size_t readers) {
  if (desk.threshold != 1)
    return "This desk opens reports only when several of its people agree. That needs the page with "
           "JavaScript.";
  if (readers == 0) return "Nobody at this desk can read a new report today.";
  return {};
}

std::string hidden_readers(const Audience& readers) {
  std::string fields;
  for (const Audience::Member& member : readers.members)
    fields +=
        fmt::format("<input type=\"hidden\" name=\"reader\" value=\"{}\">\n", escape_html(member.id.text()));
  return fields;
}

std::string size_in_words(std::uint64_t bytes) {
  constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;
  return bytes < mebibyte ? fmt::format("{} kB", bytes >> 10) : fmt::format("{} MB", bytes / mebibyte);
}

struct Words {
  std::string_view title;
  std::string_view text;
};

Words words_of(Problem problem) {
  switch (problem) {
    case Problem::not_sealed:
      return {"This file is not locked",
              "We threw it away. Lock your file first. Then choose the new file, whose name is locked.age."};
    case Problem::wrong_recipients:
      return {
          "This file is locked in another way",
          "Nothing was kept. Lock your file with readers.txt from this site. Use age 1.3 or newer, or the "
          "candour tool."};
    case Problem::wrong_size:
      return {"This file is not whole", "Nothing was kept. Lock your file again, and send the new one."};
    case Problem::too_large:
      return {"This file is too large",
              "Nothing was kept. Send less: leave out some photos or videos, or send them as files of their "
              "own."};
    case Problem::unknown_audience:
      return {"This choice is not possible",
              "Somebody has to be left to read it. Or the list of people has changed since you chose. Please "
              "choose "
              "again."};
    case Problem::roster_expired:
      return {"Reporting is paused",
              "The list of people who read here has run out. So nobody could be sure who reads. Try again in "
              "a day."};
    case Problem::slow_down:
    case Problem::busy:
      return {"Too much is going on at the moment",
              "Nothing was kept. Wait for some minutes. Then go back and send it again."};
    case Problem::not_found:
      return {"There is nothing here", "Check the address, or choose again who should read it."};
    case Problem::internal:
      return {"Something went wrong here",
              "It is not your fault. Nothing may have been kept. Wait for some minutes, then send it again."};
    default:
      return {"This form did not work",
              "Nothing was kept. Go back, load the page again, and then send it again."};
  }
}

}  // namespace

Response desks_page(const Roster& roster, Day today) {
  std::string content = back("/plain.html") + title("Who should read it?") +
                        paragraph("Choose a desk. On the next page you can leave people out.");
  for (const Desk& desk : roster.desks) {
    const auto readers = readers_at(roster, desk, today);
    const std::string_view why_not = obstacle(desk, readers.size());
    content += "<div class=\"desks__desk\">\n";
    if (why_not.empty()) {
      content += heading(fmt::format(R"(<a class="govuk-link" href="/plain/desks/{}">{}</a>)", desk.id.text(),
                                     bdi(desk.name)));
    } else {
      content += heading(bdi(desk.name));
    }
    if (!desk.description.empty()) content += paragraph(bdi(desk.description));
    content += paragraph(why_not.empty() ? "Read here: " + names_of(readers) : std::string(why_not));
    content += "</div>\n";
  }
  return page(200, roster.public_name, content);
}

Response desk_page(const Roster& roster, const Desk& desk, Day today) {
  const auto readers = readers_at(roster, desk, today);
  std::string content = back("/plain/desks") + title(bdi(desk.name));
  if (const std::string_view why_not = obstacle(desk, readers.size()); !why_not.empty())
    return page(200, roster.public_name, content + paragraph(why_not));
  if (!desk.description.empty()) content += paragraph(bdi(desk.description));
  content += fmt::format(R"(<form method="post" action="/plain/desks/{}/lock">
<fieldset class="govuk-fieldset" aria-describedby="hint">
<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">Do you know any of them?</legend>
<div class="govuk-hint" id="hint">Tick everybody who must not read it. They will not see that it exists. If you tick nobody, all of them can read it.</div>
<div class="govuk-checkboxes">
)",
                         desk.id.text());
  for (const Caseworker* reader : readers) {
    content += fmt::format(R"(<div class="govuk-checkboxes__item">
<input class="govuk-checkboxes__input" type="checkbox" id="without-{0}" name="without" value="{0}">
<label class="govuk-label govuk-checkboxes__label" for="without-{0}">Leave out {1}</label>
</div>
)",
                           escape_html(reader->id.text()), bdi(reader->name));
  }
  content += R"(</div>
</fieldset>
<button class="govuk-button" type="submit">Continue</button>
</form>
)";
  return page(200, roster.public_name, content);
}

Response lock_page(const Roster& roster, const Desk& desk, const Audience& readers,
                   std::uint64_t file_bytes_max) {
  std::vector<const Caseworker*> people;
  for (const Audience::Member& member : readers.members) people.push_back(roster.find(member.id));
  const std::string hidden = hidden_readers(readers);
  std::string content = back("/plain/desks/" + desk.id.text()) + title("Lock your file, then send it") +
                        paragraph("Only they will be able to open it: " + names_of(people) + ".");
  content += heading("1. Save the list of readers") +
             paragraph("It is a small text file, readers.txt. Save it in the folder where your own file is.");
  content += fmt::format(R"(<form method="post" action="/plain/desks/{}/readers">
{}<button class="govuk-button govuk-button--secondary" type="submit">Save readers.txt</button>
</form>
)",
                         desk.id.text(), hidden);
  content +=
      heading("2. Lock your file") +
      paragraph(
          "Open a terminal in that folder. (On Windows: open the folder, click into its address line, "
          "type <b>cmd</b> and press Enter. On a Mac: right-click the folder, then Services, New Terminal "
          "at Folder. On Tails: right-click in the folder, then Open in Terminal.)") +
      paragraph("Type this line, with the name of your file in the place of story.txt. Then press Enter.") +
      "<p class=\"govuk-body\"><code class=\"command\">age -R readers.txt -o locked.age "
      "story.txt</code></p>\n" +
      paragraph("With the candour tool it is this line:") +
      "<p class=\"govuk-body\"><code class=\"command\">candour seal -R readers.txt &lt; story.txt &gt; "
      "locked.age</code></p>\n" +
      paragraph("If nothing is printed, it worked. There is a new file, locked.age.");
  content += heading("3. Send the locked file");
  content += fmt::format(R"(<form method="post" action="/plain/desks/{}/send" enctype="multipart/form-data">
{}<div class="govuk-form-group">
<label class="govuk-label" for="file">Choose locked.age</label>
<div class="govuk-hint" id="file-hint">At most {}. Take care not to choose the file that is not locked: its beginning would reach this website before it is refused.</div>
<input class="govuk-file-upload" type="file" id="file" name="file" accept=".age" required aria-describedby="file-hint">
</div>
<button class="govuk-button" type="submit">Send</button>
</form>
)",
                         desk.id.text(), hidden, size_in_words(file_bytes_max));
  content += paragraph(
      "Keep this page open until the next one comes. A large file can take an hour. If the connection "
      "breaks, send the file again: it has to begin anew.");
  return page(200, roster.public_name, content);
}

Response arrived_page(const Roster& roster, const Arrival& arrival) {
  std::string content =
      "<div class=\"arrived\">\n" + title("It has arrived") + paragraph("Your receipt code is") +
      fmt::format("<p class=\"receipt\">{}</p>\n", escape_html(arrival.short_code)) +
      paragraph("With it you can show later that we got this file. " +
                (arrival.locked_for == 1 ? "One key can open it."
                                         : fmt::format("{} keys can open it.", arrival.locked_for))) +
      "</div>\n";
  if (arrival.locked_for < arrival.readers) {
    content += fmt::format(
        "<div class=\"govuk-inset-text\">You chose {} people to read it, but it is locked for fewer. Some of "
        "them "
        "cannot open it. If that is not what you want, lock it again with readers.txt, and send it "
        "again.</div>\n",
        arrival.readers);
  }
  content +=
      heading("The whole receipt") +
      paragraph("Keep this text only if you have a safe place for it. It shows that you sent something.");
  content += fmt::format(
      "<label class=\"govuk-label\" for=\"receipt\">Receipt</label>\n<textarea class=\"govuk-textarea "
      "receipt-note\" "
      "id=\"receipt\" rows=\"8\" readonly>\n{}</textarea>\n",
      escape_html(arrival.receipt));
  content +=
      heading("What happens next") +
      paragraph(
          "One of the people you chose will open it. We cannot answer you on this website, as there is no "
          "codename. If you wrote how to reach you, they can do that.");
  content +=
      heading("Clear up") +
      paragraph(
          "Delete locked.age, readers.txt and your own file, if they are not safe where they are. Empty "
          "the bin too. Then close this window: the Back button still leads here.");
  return page(200, roster.public_name, content);
}

Response refusal_page(Problem problem) {
  const Words words = words_of(problem);
  Response response = server::problem(problem);
  Response html = page(problem_status(problem), kNeutralName,
                       title(words.title) + paragraph(words.text) + std::string(kStartAgain) + "\n");
  for (const Header& header : response.headers)
    if (header.name == "Retry-After") html.headers.push_back(header);
  return html;
}

Response no_file_page() {
  return page(422, kNeutralName,
              title("No file was chosen") +
                  paragraph("Go back to the page before. Choose the file locked.age, then press Send.") +
                  std::string(kStartAgain) + "\n");
}

}  // namespace candour::server
