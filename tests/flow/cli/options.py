# SPDX-License-Identifier: AGPL-3.0-or-later
"""options.py CANDOUR: the options that each command's --help lists are those of the table in docs/spec/cli.md, all of them
and no other; also, every command is in the table, in the man page, and completed by bash."""
import pathlib
import re
import subprocess
import sys

SPEC = pathlib.Path(__file__).parents[3] / "docs/spec/cli.md"


def helped(arguments):
    """The text of --help, the options in it, and the commands under it."""
    text = subprocess.run([sys.argv[1], *arguments, "--help"], capture_output=True, text=True, check=True).stdout
    options = {o for line in re.findall(r"^ +(-.*)$", text, re.M) for o in re.findall(r"(?:^|,)(--?[a-zA-Z-]+)", line)}
    listed = re.split(r"^subcommands:$", text, flags=re.M | re.I)
    commands = re.findall(r"^ {1,4}([a-z][a-z-]+)\b", listed[1], re.M) if len(listed) > 1 else []
    return options - {"-h", "--help"}, commands


def of_program(path=()):
    options, commands = helped(path)
    if not commands:
        return {" ".join(path): options}
    return {name: options for command in commands for name, options in of_program((*path, command)).items()}


def of_spec():
    section = SPEC.read_text().split("\n## Options\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([a-z -]+)` \| (.*?) \|", section, re.M)
    return {name: set(re.findall(r"`(--?[a-zA-Z-]+)`", cell)) for name, cell in rows}


def printed(command):
    return subprocess.run([sys.argv[1], command], capture_output=True, text=True, check=True).stdout


def of_manual():
    """What man shows of it, if it is shown without a warning."""
    shown = subprocess.run(["groff", "-Kutf8", "-Tutf8", "-man", "-ww", "-P-c", "-rLL=200n"], input=printed("manual"), capture_output=True, text=True, check=True)
    assert not shown.stderr, shown.stderr
    text = re.sub(r".\x08", "", shown.stdout).replace("\u2010", "-")
    parts = re.split(r"^ {3}candour ([a-z -]+)$", text.split("\nCOMMANDS\n")[1].split("\nEXIT STATUS\n")[0], flags=re.M)
    return {name: {o for line in re.findall(r"^ {7}(-.*)$", part, re.M) for o in re.findall(r"(?:^|,)(--?[a-zA-Z-]+)", line)}
            for name, part in zip(parts[1::2], parts[2::2])}


def of_completion(words):
    """What bash offers after these words."""
    script = f"{printed('completion')}\nCOMP_WORDS=(candour {' '.join(words)} '') COMP_CWORD={len(words) + 1}; _candour; echo ${{COMPREPLY[*]}}"
    return set(subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.split())


program, spec = of_program(), of_spec()
assert len(program) > 10, f"--help was not understood: {program}"
findings = [f"{name}: --help has {sorted(program.get(name, []))}, docs/spec/cli.md has {sorted(spec.get(name, []))}"
            for name in sorted(program.keys() | spec.keys()) if program.get(name) != spec.get(name)]
if of_manual() != program:
    findings.append(f"the man page has others: {of_manual()}")
for name, options in program.items():
    offered = of_completion(name.split())
    if offered != {o for o in options if o.startswith("--")} | {"--help"}:
        findings.append(f"{name}: bash offers {sorted(offered)}")
print("\n".join(findings) or f"{len(program)} commands, all as in the specification")
sys.exit(bool(findings))
