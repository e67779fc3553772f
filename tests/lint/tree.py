# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of this repository, as git sees them: tracked, or new and not ignored."""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def paths():
    # safe.directory: the tests may run as another user than the one who cloned.
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return [p for p in sorted(set(listed)) if p and (ROOT / p).is_file()]


def text(path):
    """The text of a file; None for a binary one (fuzz seeds, images)."""
    data = (ROOT / path).read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def is_script(path, content):
    """Has no ending to know it by, but a first line."""
    return "." not in path.rsplit("/", 1)[-1] and content.startswith("#!")
