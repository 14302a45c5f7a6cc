"""Runs commands for scripts, and looks at what they end with."""

import resource
import shutil
import subprocess
import unittest

from place import AURA, simulated

TRAINING = ["--size", "64", "--batch", "3", "--seed", "3", "--weights", "none"]


def aura(*arguments, limit=None, **settings):
    """Runs a command; `limit` is the largest file that it may write, in bytes."""
    def before():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [str(AURA), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, preexec_fn=before, **settings)


class CommandsCase(unittest.TestCase):
    """A test of commands."""

    def succeeds(self, *arguments):
        done = aura(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def fails(self, code, *arguments, limit=None):
        """One line on standard error, nothing on standard output."""
        done = aura(*arguments, limit=limit)
        self.assertEqual(done.returncode, code, done.stderr)
        last = done.stderr.strip().splitlines()[-1]
        self.assertTrue(last.startswith("aura: "), done.stderr)
        return last

    def many(self, folder, count):
        """Copies of one image and its mask, and a split that trains on two and tests on the others."""
        images = folder.path / "many"
        (images / "masks").mkdir(parents=True)
        for index in range(count):
            shutil.copyfile(simulated() / "sim-01.png", images / f"{index}.png")
            shutil.copyfile(simulated() / "masks" / "sim-01.png", images / "masks" / f"{index}.png")
        (folder.path / "split.csv").write_text("image,split\n" + "".join(
            f"{index},{'train' if index < 2 else 'test'}\n" for index in range(count)))
        return images
