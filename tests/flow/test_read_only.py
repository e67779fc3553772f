# SPDX-License-Identifier: AGPL-3.0-or-later
"""A data folder on a file system that cannot be written: really mounted read-only, and really gone read-only under a running server, as
ext4 does after an error. In a mount namespace of this process, so that the machine's own mounts stay as they are."""
import ctypes
import os
import pathlib
import subprocess
import tempfile
import unittest

from daemon import BINARY, Daemon
from organisation import report_id, sealed

NEW_MOUNTS, NEW_USER = 0x00020000, 0x10000000  # CLONE_NEWNS, CLONE_NEWUSER
REMEDY = "Run this test as root on a machine (not in a container) that allows mounts, loop devices and ext4."
AS_ROOT = os.geteuid() == 0


def do(*command, fine=(0,)):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          env=os.environ | {"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"})
    assert done.returncode in fine, f"{' '.join(map(str, command))}: {done.stderr.strip()}. {REMEDY}"


def setUpModule():
    """Root may have mounts of its own; others are root in a user namespace, which may mount a tmpfs."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_MOUNTS if AS_ROOT else NEW_MOUNTS | NEW_USER) != 0:
        raise AssertionError(f"no mount namespace: {os.strerror(ctypes.get_errno())}. {REMEDY}")
    if not AS_ROOT:
        for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
            pathlib.Path(f"/proc/self/{name}").write_text(text)
    do("mount", "--make-rprivate", "/")


class OnItsOwnMount(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name) / "data"
        self.data.mkdir(0o700)
        self.mount(folder.name)
        self.addCleanup(do, "umount", self.data)
        self.data.chmod(0o700)
        self.daemon = Daemon(folder.name)
        self.addCleanup(self.daemon.end)
        self.kept = {}

    def mount(self, folder):
        do("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", self.data)

    def start(self):
        self.assertTrue(self.daemon.start(), self.daemon.said)

    def put(self, status=201):
        report, blob = report_id(), sealed()
        answer = self.daemon.put_report(report, blob)
        self.assertEqual(answer.status, status, answer.body)
        if status == 201:
            self.kept[report] = blob
        return answer

    def check_kept(self):
        """All that was acknowledged, as a caseworker gets it."""
        headers = self.daemon.sign_in("ada")
        for report, blob in self.kept.items():
            answer = self.daemon.ask("GET", f"/v1/reports/{report}", headers=headers, desk=True)
            self.assertEqual((answer.status, answer.body), (200, blob))

    def stored(self):
        return {file.name: file.read_bytes() for file in self.data.iterdir() if file.is_file()}


class MountedReadOnly(OnItsOwnMount):
    """The server is not running."""

    def remount(self, how):
        do("mount", "-o", f"remount,{how}", self.data)

    def refuse_to_start(self):
        before = self.stored()
        self.remount("ro")
        self.assertFalse(self.daemon.start())
        said = "".join(self.daemon.said)
        self.assertRegex(said, r"^candourd: .*cannot be written\. Check .* the mount\.\n$")
        self.assertEqual(self.stored(), before)

    def test_start_is_refused_in_words_and_is_fine_once_it_can_be_written(self):
        self.start()
        self.put()
        for signal in (15, 9):  # in order, and with a WAL left behind
            self.daemon.end(signal)
            self.refuse_to_start()
            self.remount("rw")
            self.start()
            self.put()
            self.check_kept()

    def test_a_database_is_verified_there(self):
        self.start()
        self.put()
        self.assertEqual(self.daemon.end(), 0)
        self.remount("ro")
        done = subprocess.run([BINARY, "verify", "--config", self.daemon.config], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)


class BecomesReadOnly(OnItsOwnMount):
    """Under a running server. Root alone can have a file system that does that: flow/read_only_running."""

    def mount(self, folder):
        self.image = pathlib.Path(folder) / "disk"
        with self.image.open("wb") as file:
            file.truncate(256 << 20)
        do("mkfs.ext4", "-q", self.image)
        self.attach()

    def attach(self):
        do("mount", "-o", "loop,errors=remount-ro", self.image, self.data)

    def break_disk(self):
        mounts = (line.split() for line in pathlib.Path("/proc/mounts").read_text().splitlines())
        device = pathlib.Path(next(mount[0] for mount in mounts if mount[1] == str(self.data)))
        pathlib.Path(f"/sys/fs/ext4/{device.name}/trigger_fs_error").write_text("1")
        self.assertRaises(OSError, (self.data / "probe").touch)

    def hear_within_a_look(self, words):
        """The server looks once a minute."""
        for _ in range(3):
            try:
                return self.daemon.hear(words)
            except AssertionError:
                continue
        self.fail(f"{words!r} was not said: {self.daemon.said}")

    def test_what_is_stored_is_served_and_nothing_more_is_acknowledged(self):
        self.start()
        for _ in range(8):
            self.put()
        self.break_disk()
        for _ in range(3):
            self.put(500)
        self.check_kept()
        self.hear_within_a_look("nothing can be stored")
        self.daemon.end()
        do("umount", self.data)
        # 1: it found the marks of the error, and mended them.
        do("e2fsck", "-p", "-f", self.image, fine=(0, 1))
        self.attach()
        self.start()
        self.put()
        self.check_kept()


if __name__ == "__main__":
    unittest.main()
