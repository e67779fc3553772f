#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""lint.py layers|text|format|shell|symbols PROGRAM: prints what it finds, fails if that is anything."""
import subprocess
import sys

import layers
import symbols
import text
import tree


def lint_layers():
    allowed = layers.read_layers(tree.text("cmake/Layers.cmake"))
    return [f for p in tree.paths() if p.endswith((".h", ".cpp")) for f in layers.findings(p, tree.text(p), allowed)]


def lint_text():
    return [f for p in tree.paths() if p != "LICENSE" and tree.text(p) is not None for f in text.findings(p, tree.text(p))]


def output_of(command, files):
    if not files:
        return ["nothing to look at"]
    ran = subprocess.run([*command, *files], cwd=tree.ROOT, capture_output=True, text=True)
    if ran.returncode == 0:
        return []
    return (ran.stdout + ran.stderr).splitlines() or [f"{command[0]} failed"]


def lint_format():
    return output_of(["clang-format-19", "--dry-run", "--Werror"], [p for p in tree.paths() if p.endswith((".h", ".cpp"))])


def lint_shell():
    scripts = [p for p in tree.paths() if (tree.text(p) or "").startswith(("#!/usr/bin/env bash", "#!/bin/sh"))]
    return output_of(["shellcheck", "--external-sources", "--source-path=SCRIPTDIR", "--severity=warning"], scripts)


def main(arguments):
    rules = {"layers": lint_layers, "text": lint_text, "format": lint_format, "shell": lint_shell,
             "symbols": symbols.findings}
    found = rules[arguments[0]](*arguments[1:])
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
