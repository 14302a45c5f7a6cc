"""A comparison that is killed or stopped: the same command goes on, to the same scores."""

import hashlib
import json
import signal
import subprocess
import unittest

from place import AURA, Folder
from terminal import Terminal

PLAN = """
data: {images: images, masks: images/masks, maskPolarity: white, split: {test: 0.3, seed: 1}}
protocol: paper
defaults: {size: 64, epochs: 4, batch: 2, weights: none}
recipes:
  - {name: first, base: unet}
  - {name: second, base: unet+ac}
search: {lambda: [0]}
"""


class CompareTest(unittest.TestCase):
    def data(self, folder):
        subprocess.run(
            [str(AURA), "simulate", str(folder.path / "images"), "--count", "10", "--size", "64",
             "--format", "png8"], check=True, capture_output=True)
        plan = folder.path / "plan.yaml"
        plan.write_text(PLAN)
        return [str(AURA), "compare", str(plan)]

    def interrupted(self, command, number, run, event):
        """Runs until a run tells of an event, and sends the signal then; the exit code."""
        process = subprocess.Popen(
            [*command, "--json"], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for line in process.stdout:
            told = json.loads(line)
            if told["event"] == event and told["run"].startswith(run):
                process.send_signal(number)
                break
        process.communicate(timeout=120)
        return process.returncode

    def results(self, output):
        """What must not depend on interruptions: scores, the search's table, weights, predictions."""
        files = [output / "scores.csv", output / "search.csv", *sorted(output.rglob("*.safetensors")),
                 *sorted(output.rglob("predictions/*.png"))]
        return {str(file.relative_to(output)): hashlib.sha256(file.read_bytes()).hexdigest()
                for file in files}

    def test_killed_or_stopped_anywhere_it_ends_with_the_same_results(self):
        with Folder() as folder:
            command = self.data(folder)
            whole, broken = folder.path / "whole", folder.path / "broken"
            subprocess.run([*command, str(whole)], check=True, capture_output=True)
            again = [*command, str(broken)]
            self.assertEqual(
                self.interrupted(again, signal.SIGKILL, "first", "epoch"), -signal.SIGKILL)
            self.assertEqual(self.interrupted(again, signal.SIGINT, "second", "epoch"), 130)
            self.assertTrue((broken / "runs/second-seed0/last.checkpoint").exists())
            self.assertFalse((broken / "runs/second-seed0/scores.csv").exists())
            self.assertEqual(
                self.interrupted(again, signal.SIGKILL, "second-lambda0", "epoch"), -signal.SIGKILL)
            self.assertEqual(self.interrupted(again, signal.SIGTERM, "second-lambda0", "started"), 143)
            done = subprocess.run(again, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            # Two of the plan; of the search's two trainings and the one of what it finds none.
            self.assertIn("2 of 5 runs are done already", done.stderr)
            # A report that a kill kept from being written after the last scores is made up for.
            (broken / "report.md").unlink()
            subprocess.run(again, check=True, capture_output=True)
            self.assertEqual(self.results(broken), self.results(whole))
            self.assertEqual(list(broken.rglob("*.aura-tmp")), [])
            self.assertIn("## Line search", (broken / "report.md").read_text())

            # Another plan does not touch what is there.
            (folder.path / "plan.yaml").write_text(PLAN.replace("epochs: 4", "epochs: 5"))
            refused = subprocess.run(again, capture_output=True, text=True)
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn("holds another comparison", refused.stderr)
            self.assertEqual(self.results(broken), self.results(whole))

            with Terminal([str(AURA), str(broken)], 80, 24, folder.environment()) as terminal:
                terminal.wait("second")
                terminal.keys("q")
                self.assertEqual(terminal.exit(), 0)


if __name__ == "__main__":
    unittest.main()
