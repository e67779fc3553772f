# SPDX-License-Identifier: AGPL-3.0-or-later
"""peak_memory.py PATTERN COMMAND…: runs a command and prints its highest resident memory in KiB, sampled every 5 ms
from the moment when a file matches PATTERN ("-": from the start)."""
import glob
import re
import subprocess
import sys
import time

process = subprocess.Popen(sys.argv[2:], stdout=sys.stderr)
peak, samples, begun = 0, 0, sys.argv[1] == "-"
while process.poll() is None:
    begun = begun or bool(glob.glob(sys.argv[1]))
    if begun:
        try:
            with open(f"/proc/{process.pid}/status") as status:
                found = re.search(r"VmRSS:\s*(\d+)", status.read())
        except OSError:
            found = None
        if found:
            peak, samples = max(peak, int(found[1])), samples + 1
    time.sleep(0.005)
if process.returncode != 0 or samples < 10:
    sys.exit(f"status {process.returncode}, {samples} samples")
print(peak)
