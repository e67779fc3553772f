# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for every text file: a licence line, a bounded length, nothing left over, nothing of one machine."""
import re

import tree

SOURCE = (".h", ".cpp", ".ts", ".tsx", ".mjs", ".js", ".py", ".sh", ".cmake", ".scss", ".css", "CMakeLists.txt")
LICENCE = "SPDX-License-Identifier: AGPL-3.0-or-later"
LINES_MAX = 400

# Written so that this file does not find itself.
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")
# A mirror or a registry is the machine's choice (setup/packages.sh asks apt); a lock file holds hashes only.
MACHINE = re.compile(r"\b(deb|security|ftp)[.]debian[.]org|registry[.]npm[j]s|nodesourc[e]|registry[.]yarn[p]kg"
                     r"|(?<![\w.$}])/(work|root|farm)/|\"resolved\": \"http")


def findings(path, content):
    if path.endswith(SOURCE) or tree.is_script(path, content):
        if LICENCE not in "\n".join(content.splitlines()[:3]):
            yield f"{path}: no licence line at the top ({LICENCE})"
        if content.count("\n") > LINES_MAX:
            yield f"{path}: {content.count(chr(10))} lines, over {LINES_MAX}; one idea a file"
        for match in LEFT_OVER.finditer(content):
            yield f"{path}: left over: {match[0]}"
    for match in MACHINE.finditer(content):
        yield f"{path}: host or path of one machine: {match[0]}"
