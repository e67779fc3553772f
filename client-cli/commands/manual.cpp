// SPDX-License-Identifier: AGPL-3.0-or-later
// candour manual, completion: the man page, and what a shell completes. Both are made from the commands themselves, so they say what is so.
#include <algorithm>

#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  const CLI::App* tool = nullptr;
};

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  auto all = app.get_subcommands([](const CLI::App*) { return true; });
  return {all.begin(), all.end()};
}

// The commands that do something: "roster sign", "open".
template <class Each>
void for_each_command(const CLI::App& tool, Each each) {
  for (const CLI::App* first : commands_of(tool)) {
    const auto inner = commands_of(*first);
    if (inner.empty()) each(first->get_name(), *first);
    for (const CLI::App* second : inner) each(first->get_name() + " " + second->get_name(), *second);
  }
}

// roff takes a line that begins with a dot or a quote for a request, and a backslash for an escape.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\e";
    if (c == '-') out += "\\-";
    if (c != '\\' && c != '-') out += c;
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string names_of_option(const CLI::Option& option) {
  std::string names = option.get_name(false, true);
  return names.empty() ? option.get_name(true) : names;
}

std::string paragraph(const CLI::Option& option) {
  std::string head = "\\fB" + roff(names_of_option(option)) + "\\fR";
  if (option.get_expected_max() > 0 && !option.get_positional()) head += " \\fIVALUE\\fR";
  std::string words = roff(option.get_description());
  if (!option.get_envname().empty()) words += " (or " + roff(option.get_envname()) + " in the environment)";
  return ".TP\n" + head + "\n" + words + "\n";
}

constexpr std::string_view before =
    ".SH NAME\ncandour \\- sealed reports that only the named caseworkers can open\n"
    ".SH SYNOPSIS\n\\fBcandour\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n"
    ".SH DESCRIPTION\nThe tool of stewards, caseworkers and reporters. Results go to standard output, "
    "warnings and failures to "
    "standard error.\n.SH COMMANDS\n";
constexpr std::string_view after =
    ".SH EXIT STATUS\n.TP\n0\nDone, perhaps with warnings.\n.TP\n1\nFailed: the cause and the remedy are "
    "said.\n.TP\n2\nWrong "
    "usage: nothing was begun.\n.SH SEE ALSO\n\\fBage\\fR(1), \\fBtor\\fR(1)\n";

Outcome<> manual(const Options& options) {
  std::string page = ".TH CANDOUR 1 \"\" \"candour " CANDOUR_VERSION "\"\n" + std::string(before);
  for_each_command(*options.tool, [&](const std::string& name, const CLI::App& command) {
    page += ".SS candour " + roff(name) + "\n" + roff(command.get_description()) + ".\n";
    for (const CLI::Option* option : command.get_options())
      if (option->get_name() != "--help") page += paragraph(*option);
  });
  put(stdout, page + std::string(after));
  return {};
}

std::string long_options(const CLI::App& command) {
  std::string words;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) words += (words.empty() ? "--" : " --") + name;
  return words;
}

std::string names_in(const CLI::App& app) {
  std::string words;
  for (const CLI::App* command : commands_of(app)) words += (words.empty() ? "" : " ") + command->get_name();
  return words;
}

Outcome<> completion(const Options& options) {
  std::string script =
      "# bash completion of candour, made by `candour completion`\n"
      "_candour() {\n  local words=\n  case \"${COMP_CWORD} ${COMP_WORDS[1]} ${COMP_WORDS[2]-}\" in\n"
      "    \"1 \"*) words='" +
      names_in(*options.tool) + "' ;;\n";
  for (const CLI::App* group : commands_of(*options.tool))
    if (const std::string inner = names_in(*group); !inner.empty())
      script += "    \"2 " + group->get_name() + " \"*) words='" + inner + "' ;;\n";
  for_each_command(*options.tool, [&](const std::string& name, const CLI::App& command) {
    const bool in_group = name.contains(' ');
    script += "    *\" " + name + (in_group ? "\"" : " \"*") + ") words='" + long_options(command) + "' ;;\n";
  });
  script +=
      "  esac\n  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n}\n"
      "complete -o default -F _candour candour\n";
  put(stdout, script);
  return {};
}

void add(CLI::App& parent, Action& chosen, const char* name, const char* words,
         Outcome<> (*run)(const Options&)) {
  auto options = std::make_shared<Options>();
  options->tool = &parent;
  on_chosen(*parent.add_subcommand(name, words), chosen, options, run);
}

}  // namespace

void add_manual(CLI::App& parent, Action& chosen) {
  add(parent, chosen, "manual", "print the man page, for man -l -", manual);
}

void add_completion(CLI::App& parent, Action& chosen) {
  add(parent, chosen, "completion", "print what bash needs to complete these commands", completion);
}

}  // namespace candour::cli
