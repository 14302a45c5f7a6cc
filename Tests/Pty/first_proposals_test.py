"""Proposals before the first label, by weights that are there before any run."""

import json
import re
import shutil
import subprocess
import unittest

from place import AURA, Folder, lines, simulated
from terminal import Terminal

F2 = "\x1bOQ"


class FirstProposalsTest(unittest.TestCase):
    def weights(self, folder):
        """A network after one step, in eight bits."""
        images = simulated()
        subprocess.run(
            [str(AURA), "train", str(images), "--masks", str(images / "masks"), "--output",
             str(folder.path / "run"), "--epochs", "1", "--size", "64", "--weights", "none"],
            check=True, capture_output=True)
        small = folder.path / "small.safetensors"
        subprocess.run(
            [str(AURA), "weights", "quantize", str(folder.path / "run" / "weights.safetensors"),
             str(small)], check=True, capture_output=True)
        self.assertLess(small.stat().st_size, 45_000_000)
        return small

    def unlabelled(self, folder):
        images = folder.path / "images"
        images.mkdir()
        for file in simulated().glob("*.png"):
            shutil.copyfile(file, images / file.name)
        return images

    def proposals(self, images):
        return [json.loads(line) for line in lines(images / ".aura" / "proposals.jsonl")]

    def test_an_unlabelled_project_gets_proposals_and_a_run_begins_with_their_weights(self):
        with Folder() as folder:
            weights, images = self.weights(folder), self.unlabelled(folder)
            arguments = [str(AURA), str(images), "--weights", str(weights)]
            with Terminal(arguments, 120, 40, folder.environment()) as terminal:
                terminal.wait("First proposals are there", timeout=120).settle()
                marked = [line for line in terminal.screen.display if "?" in line[:3]]
                self.assertEqual(len(marked), 3, terminal.words())
                first = [re.search(r"sim-\d+\.png", line).group() for line in marked]
                kept = json.loads((images / ".aura" / "suggested.json").read_text())
                self.assertIn("by suggestion", terminal.text())
                self.assertEqual(len(kept), 3)
                self.assertEqual(first, kept, "those most worth a label first")
                terminal.keys("s").wait("by quality").settle()
                marked = [line for line in terminal.screen.display if "?" in line[:3]]
                shown = [re.search(r"\.\d\d", line).group() for line in marked]
                self.assertEqual(shown, sorted(shown), "those estimated worst first")
                terminal.keys("\r").wait("? proposed").wait("from ")
                self.assertIn("small.safetensors", terminal.text())
                # Its mask may be empty, which is asked about.
                terminal.keys("a").wait(lambda terminal: any(
                    seen in terminal.text() for seen in ("Sure?", "1/3 done")))
                if "Sure?" in terminal.text():
                    terminal.keys("y")
                terminal.wait("1/3 done").keys("g").wait("Train on 1").wait("about")
                self.assertIn("aura-net from ", terminal.text())
                terminal.keys("\x1b").wait(lambda terminal: "Train on 1" not in terminal.text())
                terminal.keys(F2).keys("q")
                self.assertEqual(terminal.exit(), 0)
            said = self.proposals(images)
            self.assertEqual([line["run"] for line in said], [str(weights)] * 3)
            # What was proposed is not proposed again.
            with Terminal(arguments, 120, 40, folder.environment()) as terminal:
                terminal.wait("1/3 done").settle(1).keys("q")
                self.assertEqual(terminal.exit(), 0)
            self.assertEqual(self.proposals(images), said)

    def test_weights_that_cannot_be_used_are_named_and_labelling_goes_on(self):
        with Folder() as folder:
            images = self.unlabelled(folder)
            bad = folder.path / "bad.safetensors"
            bad.write_bytes(b"not weights at all")
            arguments = [str(AURA), str(images), "--weights", str(bad)]
            with Terminal(arguments, 120, 40, folder.environment()) as terminal:
                terminal.wait("proposals stopped").keys("\r").wait("undo 0").keys("qq")
                self.assertEqual(terminal.exit(), 0)
            self.assertEqual(self.proposals(images), [])

    def test_a_program_without_its_weights_says_why_nothing_is_proposed(self):
        with Folder() as folder:
            images = self.unlabelled(folder)
            alone = folder.path / "bin" / "aura"
            alone.parent.mkdir()
            shutil.copy(AURA, alone)
            with Terminal([str(alone), str(images)], 80, 24, folder.environment()) as terminal:
                terminal.wait("no first proposals").wait("aura_Weights.resources").wait("3 left")
                terminal.keys("q")
                self.assertEqual(terminal.exit(), 0)
            # Who asked for none is not told.
            asked = [str(alone), "open", str(images), "--weights", "none"]
            with Terminal(asked, 80, 24, folder.environment()) as terminal:
                terminal.wait("3 left").settle(0.5)
                self.assertNotIn("proposals", terminal.text())
                terminal.keys("q")
                self.assertEqual(terminal.exit(), 0)

    def test_an_encoder_alone_proposes_nothing_and_says_so(self):
        with Folder() as folder:
            images = self.unlabelled(folder)
            arguments = [str(AURA), str(images), "--weights", "simulated-encoder"]
            with Terminal(arguments, 80, 24, folder.environment()) as terminal:
                terminal.wait("simulated-encoder is an encoder alone").wait("3 left")
                terminal.keys("q")
                self.assertEqual(terminal.exit(), 0)
            self.assertEqual(self.proposals(images), [])

    def test_weights_that_are_not_there_are_named_before_the_screen_opens(self):
        with Folder() as folder:
            images = self.unlabelled(folder)
            done = subprocess.run(
                [str(AURA), str(images), "--weights", str(folder.path / "nothing")],
                capture_output=True, text=True, stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 66, done.stderr)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertIn("is not there", done.stderr)


if __name__ == "__main__":
    unittest.main()
