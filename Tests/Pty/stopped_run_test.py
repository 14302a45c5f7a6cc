"""A run that is stopped leaves a checkpoint: it serves, or it goes."""

import csv
import fcntl
import json
import shutil
import subprocess
import unittest

from place import AURA, Folder, OPEN, simulated, stopped_after_an_epoch
from terminal import Terminal

DOWN, LEFT = "\x1b[B", "\x1b[D"
F4 = "\x1bOS"


def labelled(folder):
    """Three images with masks, which count as accepted, and where their runs lie."""
    images = folder.path / "images"
    shutil.copytree(simulated(), images, ignore=shutil.ignore_patterns("*.csv", "*.json"))
    return images, images / ".aura" / "runs"


def epochs(run):
    with open(run / "history.csv", newline="") as file:
        return [int(row["epoch"]) for row in csv.DictReader(file)]


class StoppedRunTest(unittest.TestCase):
    def open(self, images, folder):
        return Terminal([*OPEN, str(images)], 120, 40, folder.environment())

    def leave(self, terminal):
        terminal.keys("qq")
        self.assertEqual(terminal.exit(), 0)

    def test_stopped_and_left_it_goes_on_at_the_next_opening_and_its_checkpoint_goes(self):
        with Folder() as folder:
            images, runs = labelled(folder)
            run = runs / "ft-01"
            with self.open(images, folder) as terminal:
                terminal.wait("3/3 done").keys("g").wait("Enter start").wait("about")
                terminal.keys(LEFT * 10 + DOWN + LEFT * 3).wait("< 64 >").wait("about")
                terminal.keys("\r" + F4).wait("Training epoch 3", timeout=120)
                terminal.keys("X").wait("Sure?").keys("y")
                terminal.wait("The run stopped", timeout=60)
                terminal.wait("in checkpoints   c goes on with ft-01").wait("c go on")
                self.leave(terminal)
            self.assertGreater((run / "last.checkpoint").stat().st_size, 400_000_000)
            before = epochs(run)
            planned = json.loads((run / "recipe.json").read_text())["epochs"]
            self.assertEqual(before, list(range(1, len(before) + 1)))
            self.assertLess(len(before), planned)
            with self.open(images, folder) as terminal:
                terminal.wait("3/3 done").keys(F4)
                terminal.wait(f"ft-01, stopped at {len(before)}/{planned}")
                terminal.wait("c goes on with ft-01").keys("c")
                terminal.wait("Training epoch", timeout=60)
                terminal.wait(f"The run ended after {planned} epochs", timeout=300)
                # It is measured by its labels first, which takes as long again.
                terminal.wait("1 run,", timeout=300).settle()
                self.assertNotIn("checkpoint", terminal.text())
                self.leave(terminal)
            self.assertFalse((run / "last.checkpoint").exists())
            self.assertEqual(epochs(run), list(range(1, planned + 1)))
            self.assertEqual([path.name for path in runs.iterdir()], ["ft-01"])

    def test_the_palette_clears_it_and_then_nothing_is_offered(self):
        with Folder() as folder:
            images, runs = labelled(folder)
            self.train_and_stop(images)
            with self.open(images, folder) as terminal:
                terminal.wait("3/3 done").keys(F4).wait("c goes on with ft-01")
                terminal.keys("\x10").wait("go on with the stopped run").keys("checkpoints\r")
                terminal.wait("Sure?").wait("gone on with then").keys("y")
                terminal.wait("checkpoint of ft-01 removed, ").wait("1 run,").settle()
                self.assertNotIn("go on", terminal.text())
                self.leave(terminal)
            self.assertFalse((runs / "ft-01" / "last.checkpoint").exists())
            self.assertTrue((runs / "ft-01" / "weights.safetensors").exists())

    def test_runs_are_listed_and_what_is_not_needed_is_removed(self):
        with Folder() as folder:
            images, runs = labelled(folder)
            self.assertEqual(self.runs(images).stdout, "no runs yet\n")
            self.assertEqual(self.runs(images, "--clear-checkpoints").returncode, 0)
            self.assertFalse((images / ".aura").exists(), "a folder without a run is left alone")
            self.train_and_stop(images)
            listed = json.loads(self.runs(images, "--json").stdout)["onDisk"]
            self.assertEqual([run["name"] for run in listed["runs"]], ["ft-01"])
            self.assertTrue(listed["runs"][0]["checkpoint"] and listed["runs"][0]["weights"])
            self.assertGreater(listed["bytes"], listed["checkpointBytes"] + 100_000_000)
            # A run that somebody has in hand keeps all it has.
            with open(runs / "ft-01" / "lock", "a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self.assertIn("no checkpoint", self.runs(images, "--clear-checkpoints").stdout)
                done = self.runs(images, "--remove", "ft-01", "--force")
                self.assertEqual(done.returncode, 75, done.stderr)
            self.assertTrue((runs / "ft-01" / "last.checkpoint").exists())
            # A newer run that fails at once costs nothing.
            done = self.train(images, "--epochs", "9", "--learning-rate", "1e30")
            self.assertEqual(done.returncode, 65, done.stderr)
            self.assertTrue((runs / "ft-01" / "last.checkpoint").exists())
            self.assertIn("ft-02 removed, ", self.runs(images, "--remove", "ft-02").stdout)
            # One that has something of its own takes it away.
            done = self.train(images, "--epochs", "1")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("aura: checkpoint of ft-01 removed, ", done.stderr)
            self.assertFalse((runs / "ft-01" / "last.checkpoint").exists())
            for code, name, said in ((65, "ft-02", "--force"), (66, "ft-09", "aura runs")):
                done = self.runs(images, "--remove", name)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1)
                self.assertIn(said, done.stderr)
            self.assertIn("ft-01 removed, ", self.runs(images, "--remove", "ft-01").stdout)
            self.assertEqual([path.name for path in runs.iterdir()], ["ft-02"])
            self.assertIn("ft-02 ", self.runs(images).stdout)
            self.assertEqual(self.runs(images, "--force").returncode, 64)

    def runs(self, images, *arguments):
        return subprocess.run(
            [str(AURA), "runs", str(images), *arguments], capture_output=True, text=True)

    def train(self, images, *arguments):
        return subprocess.run(self.command(images, *arguments), capture_output=True, text=True)

    def command(self, images, *arguments):
        return [str(AURA), "train", str(images), "--size", "64", "--weights", "none", *arguments]

    def train_and_stop(self, images):
        """Opens the project, whose masks are taken over, and trains an epoch."""
        with Folder() as home, self.open(images, home) as terminal:
            terminal.wait("3/3 done").keys("q")
            self.assertEqual(terminal.exit(), 0)
        done = stopped_after_an_epoch(self.command(images, "--epochs", "500", "--json"))
        self.assertEqual(done.returncode, 130)


if __name__ == "__main__":
    unittest.main()
