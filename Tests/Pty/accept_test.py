"""Proposals that are estimated to be good, accepted unseen: by the command and in the queue, and taken back."""

import json
import subprocess
import unittest

from cells_test import FIRST, SECOND, picture, png
from place import AURA, Folder, OPEN
from terminal import Terminal


class AcceptTest(unittest.TestCase):
    def proposed(self, folder):
        """A project of three images whose proposals are estimated at 0.9, 0.7 and, from before, not at all."""
        images = folder.path / "images"
        proposals = images / ".aura" / "proposals"
        proposals.mkdir(parents=True)
        (images / ".aura" / "aura.json").write_text(json.dumps({"name": "images", "version": 1}))
        with open(images / ".aura" / "proposals.jsonl", "a") as file:
            for name, cells, quality in [("a", FIRST, 0.9), ("b", SECOND, 0.7), ("c", FIRST, None)]:
                (images / f"{name}.png").write_bytes(png(picture(cells, 90, 180), 8))
                (proposals / f"{name}.png.png").write_bytes(png(picture(cells), 16))
                line = {"image": f"{name}.png", "uncertainty": 0.1, "run": "simulated", "time": 1}
                file.write(json.dumps(line | ({} if quality is None else {"quality": quality})) + "\n")
        return images

    def aura(self, *arguments):
        done = subprocess.run([str(AURA), *map(str, arguments)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def accept(self, *arguments):
        return json.loads(self.aura("accept", *arguments, "--json"))

    def masks(self, images):
        return sorted(path.name for path in (images / ".aura" / "masks").glob("*.png"))

    def test_the_command_says_what_it_would_accept_accepts_it_and_takes_it_back(self):
        with Folder() as folder:
            images = self.proposed(folder)
            would = self.accept(images, "--above", 0.8, "--dry-run")
            self.assertEqual(would["accepted"], [{"image": "a.png", "quality": 0.9}])
            self.assertEqual([each["image"] for each in would["left"]], ["b.png", "c.png"])
            self.assertEqual(self.masks(images), [])
            done = self.accept(images, "--above", 0.8)
            self.assertEqual((would["dryRun"], done["dryRun"]), (True, False))
            self.assertEqual(done["accepted"], would["accepted"])
            self.assertEqual(self.masks(images), ["a.png.png"])
            decision = json.loads((images / ".aura" / "review.jsonl").read_text().splitlines()[-1])
            self.assertEqual((decision["state"], decision["above"]), ("accepted", 0.8))
            text = self.aura("accept", images, "--above", "0.5")
            self.assertIn("1 proposal accepted, 1 left", text)
            self.assertEqual(self.accept(images, "--undo")["takenBack"], ["b.png"])
            self.assertEqual(self.accept(images, "--undo")["takenBack"], ["a.png"])
            self.assertEqual(self.aura("accept", images, "--undo"), "nothing to take back\n")
            self.assertEqual(self.masks(images), [])

    def test_one_question_accepts_them_in_the_queue_and_one_key_takes_them_back(self):
        with Folder() as folder:
            images = self.proposed(folder)
            with Terminal([*OPEN, str(images)], 120, 40, folder.environment()) as terminal:
                terminal.wait("0/3 done").wait("by quality").keys("A").wait("1 of 3 proposals")
                terminal.keys("j").wait("2 of 3 proposals").wait("< 0.70 >").keys("y")
                terminal.wait("2 proposals accepted, 1 left").wait("2/3 done")
                self.assertEqual(self.masks(images), ["a.png.png", "b.png.png"])
                terminal.keys("U").wait("2 images proposed again").wait("0/3 done")
                self.assertEqual(self.masks(images), [])
                terminal.keys("q")
                self.assertEqual(terminal.exit(), 0)


if __name__ == "__main__":
    unittest.main()
