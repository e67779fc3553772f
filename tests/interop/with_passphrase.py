#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""with_passphrase.py PASSPHRASE COMMAND…: runs a command on a terminal of its own and types the passphrase at each
prompt, as stock age reads it from nowhere else. Exits as the command does."""
import os
import pty
import sys

passphrase, command = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
seen = b""
while True:
    try:
        more = os.read(terminal, 1024)
    except OSError:  # the child has closed the terminal
        break
    if not more:
        break
    seen += more
    if b"passphrase" in seen and seen.rstrip().endswith(b":"):
        os.write(terminal, passphrase.encode() + b"\n")
        seen = b""
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
if status != 0:
    sys.stderr.write(seen.decode(errors="replace"))
sys.exit(status)
