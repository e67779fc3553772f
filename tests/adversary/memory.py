#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""memory.py PID: everything that a process has in memory, to stdout, region after region. Needs root, as candourd is not
dumpable: `memory_of` asks sudo where the test runs as somebody else."""
import os
import subprocess
import sys

PIECE_BYTES = 1 << 20


def dump(pid, out):
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if rights[0] != "r" or line.rstrip().endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            for at in range(start, end, PIECE_BYTES):
                try:
                    memory.seek(at)
                    out.write(memory.read(min(PIECE_BYTES, end - at)))
                except OSError:  # a page that is not there any more, or a guard page
                    continue


def memory_of(pid):
    command = [sys.executable, "-B", __file__, str(pid)]
    if os.geteuid() != 0:
        command = ["sudo", "-n", *command]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    dump(int(sys.argv[1]), sys.stdout.buffer)
