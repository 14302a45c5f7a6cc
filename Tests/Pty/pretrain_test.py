"""A pretraining: without the screen, stopped and resumed, and watched."""

import csv
import hashlib
import json
import signal
import subprocess
import unittest

from place import AURA, Folder
from terminal import Terminal

SHORT = ["--steps", "12", "--validate-every", "4", "--sizes", "64", "--batch", "2"]


def digest(run):
    return hashlib.sha256((run / "weights.safetensors").read_bytes()).hexdigest()


class PretrainTest(unittest.TestCase):
    def test_stopped_by_a_signal_it_resumes_to_the_same_weights(self):
        with Folder() as folder:
            whole, broken = folder.path / "whole", folder.path / "broken"
            subprocess.run([str(AURA), "pretrain", str(whole), *SHORT], check=True,
                           capture_output=True)
            process = subprocess.Popen(
                [str(AURA), "pretrain", str(broken), *SHORT, "--json"], text=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for name in ("started", "validated"):
                self.assertEqual(json.loads(process.stdout.readline())["event"], name)
            process.send_signal(signal.SIGTERM)
            out, _ = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 143)
            self.assertTrue(json.loads(out.splitlines()[-1])["stopped"])
            done = subprocess.run(
                [str(AURA), "pretrain", str(broken), "--resume"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(digest(broken), digest(whole))
            with open(whole / "validation.csv", newline="") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual([row["step"] for row in rows], ["4", "8", "12"])
            self.assertFalse((whole / "last.checkpoint").exists())

    def test_watched_it_pauses_and_leaves_with_a_checkpoint(self):
        with Folder() as folder:
            run = folder.path / "run"
            with Terminal(
                    [str(AURA), "pretrain", str(run), "--steps", "9999", "--sizes", "64",
                     "--validate-every", "5", "--watch"],
                    environment=folder.environment()) as terminal:
                terminal.wait("Training epoch", timeout=60)
                terminal.wait("simulated IoU", timeout=120)
                self.assertIn("simulated images, 9999 steps", terminal.text())
                self.assertNotIn("Queue", terminal.text())
                terminal.keys(" ")
                terminal.wait("Paused at epoch", timeout=60)
                terminal.keys("q")
                terminal.wait("Leave now?")
                terminal.keys("y")
                self.assertEqual(terminal.exit(timeout=120), 0)
                self.assertTrue(terminal.restored())
            self.assertTrue((run / "last.checkpoint").exists())
            self.assertTrue((run / "weights.safetensors").exists())


if __name__ == "__main__":
    unittest.main()
