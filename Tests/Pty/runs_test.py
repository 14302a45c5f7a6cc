"""Runs without the screen: how they are stopped, refused and gone on with."""

import csv
import json
import os
import signal
import subprocess
import unittest

from commands import TRAINING, CommandsCase, aura
from place import AURA, Folder, simulated, stopped_after_an_epoch


class RunsTest(CommandsCase):
    def test_an_interrupted_run_goes_on_where_it_stopped(self):
        with Folder() as folder:
            images, run = simulated(), folder.path / "run"
            command = [
                str(AURA), "train", str(images), "--masks", str(images / "masks"), "--output",
                str(run), "--epochs", "60", *TRAINING, "--json"]
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            seen = 0
            for line in process.stdout:
                seen += json.loads(line)["event"] == "epoch"
                if seen == 2:
                    process.send_signal(signal.SIGINT)
                    break
            rest = process.stdout.read()
            self.assertEqual(process.wait(60), 130, rest)
            self.assertTrue((run / "last.checkpoint").exists())
            history = (run / "history.csv").read_text().splitlines()
            self.assertLess(len(history), 30)
            again = subprocess.Popen(
                command + ["--resume"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            events = []
            for line in again.stdout:
                events.append(json.loads(line))
                if sum(event["event"] == "epoch" for event in events) == 2:
                    again.send_signal(signal.SIGTERM)
                    break
            again.communicate(timeout=60)
            self.assertEqual(again.returncode, 143)
            epochs = [event["epoch"] for event in events if event["event"] == "epoch"]
            self.assertEqual(epochs[0], len(history), "the first epoch after the last one kept")
            self.assertEqual(
                (run / "history.csv").read_text().splitlines()[: len(history)], history)

    def test_a_second_run_in_the_folder_of_a_first_is_refused(self):
        with Folder() as folder:
            images, run, pre = simulated(), folder.path / "run", folder.path / "pre"
            train = ["train", images, "--masks", images / "masks", "--output", run, *TRAINING]
            pretrain = ["pretrain", pre, "--sizes", "64", "--batch", "2", "--steps", "9999"]
            for command, place, event in [
                    ([*train, "--epochs", "999"], run, "epoch"), (pretrain, pre, "started")]:
                with self.subTest(command[0]):
                    first = subprocess.Popen(
                        [str(AURA), *map(str, command), "--json"], stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL, text=True)
                    for line in first.stdout:
                        if json.loads(line)["event"] == event:
                            break
                    for more in ([], ["--resume"]):
                        told = self.fails(75, *command, *more)
                        self.assertIn(f"in use by another aura (process {first.pid})", told)
                    first.kill()
                    first.communicate()
                    # Whatever it left, the same command goes on or begins again; here it is stopped soon.
                    again = subprocess.Popen(
                        [str(AURA), *map(str, command), "--resume", "--json"],
                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                    for line in again.stdout:
                        if json.loads(line)["event"] == "started":
                            again.send_signal(signal.SIGINT)
                            break
                    _, said = again.communicate(timeout=60)
                    self.assertEqual(again.returncode, 130, said)
                    self.assertIn("begins again from its first step", said)
                    self.assertNotIn("lock", [file.name for file in place.iterdir()])

    def test_a_run_is_stopped_while_its_size_is_found_and_begun_later(self):
        with Folder() as folder:
            images, run = simulated(), folder.path / "run"
            command = ["train", images, "--masks", images / "masks", "--output", run]
            search = subprocess.Popen(
                [str(AURA), *map(str, command)], stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, text=True)
            said = ""
            while "finding the size" not in said:
                said += search.stderr.read(1)
            search.send_signal(signal.SIGINT)
            said += search.stderr.read()
            self.assertEqual(search.wait(60), 130, said)
            self.assertIn("stopping; no step is taken yet (--resume goes on from here)", said)
            self.assertNotIn("looked at with", said)
            self.assertEqual(list(run.iterdir()), [])
            self.succeeds(*command, "--resume", *TRAINING, "--epochs", "1")

    def test_a_folder_that_is_taken_is_refused_before_the_size_is_found(self):
        with Folder() as folder:
            images, run = simulated(), folder.path / "run"
            run.mkdir()
            (run / "weights.safetensors").write_bytes(b"mine")
            for code, place, more in [(73, run, []), (66, folder.path / "none", ["--resume"])]:
                done = aura("train", images, "--masks", images / "masks", "--output", place, *more)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertNotIn("looked at with", done.stderr)

    def test_a_checkpoint_that_is_damaged_is_told_with_what_to_do(self):
        with Folder() as folder:
            images, run = simulated(), folder.path / "run"
            command = ["train", images, "--masks", images / "masks", "--output", run, "--epochs",
                       "999", *TRAINING]
            stopped_after_an_epoch([str(AURA), *map(str, command), "--json"])
            with open(run / "last.checkpoint", "r+b") as file:
                file.seek(-1000, os.SEEK_END)
                byte = file.read(1)
                file.seek(-1000, os.SEEK_END)
                file.write(bytes([byte[0] ^ 1]))
            before = (run / "weights.safetensors").read_bytes()
            told = self.fails(65, *command, "--resume")
            self.assertIn(f"'{run}/last.checkpoint' is damaged: its bytes are not those", told)
            self.assertIn("weights.safetensors'", told)
            self.assertEqual((run / "weights.safetensors").read_bytes(), before)

    def test_a_folder_without_a_run_is_not_gone_on_with(self):
        with Folder() as folder:
            images, mine = simulated(), folder.path / "mine"
            mine.mkdir()
            (mine / "notes.txt").write_text("mine")
            (mine / "weights.safetensors").write_bytes(b"mine")
            train = ["train", images, "--masks", images / "masks", "--output", mine, *TRAINING]
            for command in [train, ["pretrain", mine]]:
                told = self.fails(66, *command, "--resume")
                self.assertIn("holds no run to go on with; leave out --resume to begin one", told)
                self.assertEqual(
                    {file.name: file.read_text() for file in mine.iterdir()},
                    {"notes.txt": "mine", "weights.safetensors": "mine"})

    def test_numbers_that_break_down_end_a_run_with_the_layer(self):
        with Folder() as folder:
            images, run = simulated(), folder.path / "run"
            last = self.fails(
                65, "train", images, "--masks", images / "masks", "--output", run, "--epochs", "9",
                "--learning-rate", "1e30", *TRAINING)
            self.assertRegex(
                last, r"no number any more at step 2 \(first in .*encoder\..*\); there are no good")
            self.assertFalse((run / "weights.safetensors").exists())
            self.assertFalse((run / "last.checkpoint").exists())

    def test_an_interrupt_while_scoring_ends_it_and_keeps_the_weights(self):
        with Folder() as folder:
            images, run = self.many(folder, 100), folder.path / "run"
            process = subprocess.Popen(
                [str(AURA), "train", str(images), "--split", str(folder.path / "split.csv"),
                 "--output", str(run), "--epochs", "1", *TRAINING],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            said = ""
            for line in process.stderr:
                said += line
                if "scoring 1/98" in line:
                    process.send_signal(signal.SIGINT)
                    break
            self.assertIn("scoring 1/98", said)
            output, rest = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, rest)
            self.assertIn("aura evaluate", rest)
            self.assertEqual(output, "")
            self.assertTrue((run / "weights.safetensors").exists())
            self.assertFalse((run / "last.checkpoint").exists())
            self.assertFalse((run / "scores.csv").exists())

    def test_scores_tell_trained_images_from_validated_ones(self):
        with Folder() as folder:
            images = self.many(folder, 6)
            project = folder.path / "work"
            done = self.succeeds(
                "train", images, "--project", project, "--epochs", "1", "--validation", "0.34",
                *TRAINING)
            run = project / "runs" / "ft-01"
            self.assertFalse((images / ".aura").exists())
            parts = {row["image"]: row["split"] for row in csv.DictReader((run / "split.csv").open())}
            scores = list(csv.DictReader((run / "scores.csv").open()))
            self.assertEqual(len(scores), 6)
            self.assertEqual(sorted(parts.values()), ["train"] * 4 + ["validation"] * 2)
            for row in scores:
                self.assertEqual(row["trained_on"] == "yes", parts[row["image"]] == "train", row)
            self.assertEqual(
                [line[:20].split() for line in done.stdout.splitlines() if line[:3] in ("mea", "std")],
                [[name, *part.split()] for part in ("held out", "trained on")
                 for name in ("mean", "std")])
            done = self.succeeds(
                "predict", images, "--project", project, "-o", folder.path / "out", "--json")
            newest = str(run / "weights.safetensors")
            self.assertIn(f"weights: {newest} (of the newest run)\n", done.stderr)
            self.assertIn(newest, json.loads(done.stdout.splitlines()[0])["weights"])

    def test_a_run_that_is_refused_leaves_no_folder(self):
        with Folder() as folder:
            images, project = self.many(folder, 3), folder.path / "work"
            large = ["--size", "4096", "--batch", "200", "--weights", "none"]
            self.assertIn("of memory", self.fails(
                65, "train", images, "--output", folder.path / "deep" / "er" / "run", *large))
            self.assertFalse((folder.path / "deep").exists())
            (folder.path / "mine").mkdir()
            self.fails(65, "train", images, "--output", folder.path / "mine" / "run", *large)
            self.assertEqual(list((folder.path / "mine").iterdir()), [])
            self.fails(65, "train", images, "--output", folder.path / "mine", *large)
            self.assertTrue((folder.path / "mine").exists())
            self.fails(65, "train", images, "--project", project, *large)
            self.assertFalse(project.exists())
            self.assertIn("of memory", self.fails(
                65, "pretrain", folder.path / "pre", "--sizes", "1024", "--batch", "256"))
            self.assertFalse((folder.path / "pre").exists())


if __name__ == "__main__":
    unittest.main()
