"""The commands for scripts: what they write, say, and end with."""

import csv
import json
import os
import platform
import shutil
import subprocess
import unittest

from commands import TRAINING, CommandsCase, aura
from place import AURA, Folder, simulated


class CommandsTest(CommandsCase):
    def test_info_says_what_decides_speed_and_looks(self):
        info = json.loads(self.succeeds("info", "--json").stdout)
        for name in ("version", "blas", "blasKernel", "simd", "threads", "memoryInGigabytes",
                     "terminal", "colors"):
            self.assertTrue(info[name], name)

    @unittest.skipUnless(platform.machine() == "x86_64", "forces paths of x86-64")
    def test_every_path_of_the_engine_runs_a_whole_training_step(self):
        for forced, products in (("blas", {"direct, OpenBLAS"}),
                                 ("avx2", {"direct", "winograd 4", "winograd 4 2x"}),
                                 ("plain", {"direct", "winograd 4", "winograd 4 2x"})):
            with self.subTest(forced), Folder() as folder:
                settings = {"env": dict(os.environ, **folder.environment(AURA_SIMD=forced))}
                done = aura("bench", "--size", "64", "--batch", "2", "--steps", "1", "--warmup",
                            "0", "--json", **settings)
                self.assertEqual(done.returncode, 0, done.stderr)
                report = json.loads(done.stdout)
                self.assertEqual(len(report["trainingSteps"]), 1)
                convolutions = [row for row in report["layers"] if row["op"] == "Convolution"]
                self.assertEqual({row["kernel"] for row in convolutions}, products)
                for row in convolutions:
                    self.assertGreater(row["forwardMilliseconds"], 0, row)
                    self.assertGreater(row["backwardMilliseconds"], 0, row)
                said = json.loads(aura("info", "--json", **settings).stdout)["simd"]
                self.assertEqual(said, report["simd"])
                if forced == "blas":
                    self.assertTrue(said.endswith(", convolutions by OpenBLAS"), said)
                else:
                    # A machine without AVX2 takes what it has.
                    self.assertIn(said, {forced, "plain"})

    def test_train_predict_and_evaluate_hang_together(self):
        with Folder() as folder:
            images, run = simulated(), folder.path / "run"
            done = self.succeeds(
                "train", images, "--masks", images / "masks", "--output", run, "--epochs", "2",
                *TRAINING, "--json")
            events = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual(
                [event["event"] for event in events],
                ["started", "epoch", "epoch", "finished", "crossValidated", "scored"])
            parts = [(part["part"], part["images"]) for part in events[-1]["parts"]]
            self.assertEqual(parts, [("trained on", 3)])
            self.assertEqual(
                {file.name for file in run.iterdir()} & {
                    "recipe.json", "history.csv", "weights.safetensors", "last.checkpoint",
                    "scores.csv"},
                {"recipe.json", "history.csv", "weights.safetensors", "scores.csv"})
            again = ["train", images, "--masks", images / "masks", "--output", run, *TRAINING]
            scores = (run / "scores.csv").read_bytes()
            for kept in (True, False):
                # Killed while it was scored, it has none.
                if not kept:
                    (run / "scores.csv").unlink()
                finished = self.succeeds(*again, "--resume", "--json")
                self.assertIn("is finished, nothing is left to train", finished.stderr)
                self.assertEqual([json.loads(line) for line in finished.stdout.splitlines()], events[-2:])
                self.assertEqual((run / "scores.csv").read_bytes(), scores)
            # Scores of another kind are made, not told.
            for kind, same in [(["--protocol", "paper"], False), (["--no-flips"], False), ([], True)]:
                finished = self.succeeds(*again, *kind, "--resume", "--json")
                self.assertEqual((run / "scores.csv").read_bytes() == scores, same, kind)
                self.assertEqual(json.loads(finished.stdout.splitlines()[-1]) == events[-1], same, kind)
            told = self.fails(73, *again)
            self.assertIn("holds a run already", told)
            self.assertIn("--resume", told)
            weights = run / "weights.safetensors"
            done = self.succeeds(
                "predict", images, "--weights", weights, "-o", folder.path / "out", "--json")
            lines = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual([line["image"] for line in lines], [
                "sim-01.png", "sim-02.png", "sim-03.png"])
            self.assertEqual({line["weights"] for line in lines}, {str(weights)})
            self.assertIn(f"weights: {weights}\n", done.stderr)
            self.assertEqual(len(list((folder.path / "out").glob("*.png"))), 3)
            by_weights = json.loads(self.succeeds(
                "evaluate", images, "--masks", images / "masks", "--weights", weights,
                "--json").stdout)
            table = folder.path / "scores.csv"
            by_masks = json.loads(self.succeeds(
                "evaluate", images, "--masks", images / "masks", "--predictions",
                folder.path / "out", "--csv", table, "--json").stdout)
            self.assertEqual(by_weights, by_masks)
            rows = list(csv.DictReader(table.open()))
            self.assertEqual([row["image"] for row in rows][-2:], ["mean", "std"])
            self.assertEqual(float(rows[-2]["iou"]), by_masks["mean"]["iou"])
            self.assertEqual(float(rows[-1]["hausdorff"]), by_masks["standardDeviation"]["hausdorff"])

    def test_truth_against_itself_scores_one(self):
        images = simulated()
        scores = json.loads(self.succeeds(
            "evaluate", images, "--masks", images / "masks", "--predictions", images / "masks",
            "--json").stdout)
        self.assertEqual(scores["mean"]["iou"], 1)
        self.assertEqual(len(scores["images"]), 3)

    def short_of_addresses(self, kilobytes, *command):
        return subprocess.run(
            ["bash", "-c", f"ulimit -v {kilobytes}; exec \"$@\"", "bash", str(AURA), *map(str, command)],
            capture_output=True, text=True, timeout=60)

    def test_memory_is_asked_for_before_it_is_taken(self):
        with Folder() as folder:
            images = simulated()
            train = ["train", images, "--masks", images / "masks", "--output", folder.path / "run", *TRAINING]
            for kilobytes, count, command in [
                    (800_000, 3, ["predict", images, "-o", folder.path / "out"]), (1_500_000, 1, train)]:
                with self.subTest(command[0]):
                    done = self.short_of_addresses(kilobytes, *command)
                    self.assertEqual(done.returncode, 65, done.stderr)
                    said = [line for line in done.stderr.splitlines() if "of memory" in line]
                    self.assertEqual(len(said), count, done.stderr)
                    self.assertTrue(all("ulimit -v" in line for line in said), said)
            self.assertEqual([path.name for path in folder.path.iterdir() if path.name in ("out", "run")], [])
            # A run that is finished is told where it could not be trained.
            self.succeeds(*train, "--epochs", "1")
            done = self.short_of_addresses(1_500_000, *train, "--resume")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("is finished, nothing is left to train", done.stderr)

    def test_predict_says_that_it_takes_the_weights_that_come_with_aura(self):
        with Folder() as folder:
            done = self.succeeds(
                "predict", simulated() / "sim-01.png", "-o", folder.path / "out", "--size", "64",
                "--no-flips", "--json")
            self.assertIn("weights: simulated (those that come with aura)\n", done.stderr)
            self.assertEqual(json.loads(done.stdout)["weights"], "simulated")
            self.assertEqual(json.loads(done.stdout)["size"], 64)
            self.assertNotIn("looked at with", done.stderr)

    def test_the_size_is_found_where_none_is_given(self):
        with Folder() as folder:
            found = json.loads(self.succeeds("size", simulated(), "--json").stdout)
            self.assertEqual([look["size"] for look in found["looks"]], [128, 192, 256, 384])
            self.assertEqual(found["referenceSide"], 256)
            table = self.succeeds("size", simulated()).stdout
            self.assertIn(f"looked at with {found['size']} px (of 128 to 384)\n", table)
            done = self.succeeds("predict", simulated(), "-o", folder.path / "out", "--no-flips", "--json")
            self.assertIn(f"px across; looked at with {found['size']} px (of 128 to 384)\n", done.stderr)
            self.assertEqual({json.loads(line)["size"] for line in done.stdout.splitlines()}, {found["size"]})
            broken = folder.path / "broken"
            broken.mkdir()
            (broken / "1.png").write_bytes(b"no picture")
            self.assertIn("no size is found", self.fails(65, "size", broken))

    def test_images_are_suggested_to_be_labelled(self):
        names = ["sim-01.png", "sim-02.png", "sim-03.png"]
        with Folder() as folder:
            images, masks = folder.path / "images", folder.path / "masks"
            images.mkdir()
            masks.mkdir()
            for name in names:
                shutil.copyfile(simulated() / name, images / name)
            for order in ["cover", "typical", "uncertain", "random"]:
                asked = ["suggest", images, "--order", order, "--size", "64"]
                lines = self.succeeds(*asked).stdout.splitlines()
                self.assertEqual(sorted(lines), names)
                found = json.loads(self.succeeds(*asked, "--count", "2", "--json").stdout)
                self.assertEqual(found, {"images": lines[:2], "order": order, "size": 64, "weights": "simulated"})
            shutil.copyfile(simulated() / "masks" / names[1], masks / names[1])
            left = self.succeeds("suggest", images, "--masks", masks, "--size", "64").stdout.splitlines()
            self.assertEqual(sorted(left), [names[0], names[2]])
            # Masks that lie with the images count, too.
            done = self.succeeds("suggest", simulated(), "--size", "64")
            self.assertEqual(done.stdout, "")
            self.assertIn("every image is decided about", done.stderr)
            broken = folder.path / "broken"
            broken.mkdir()
            (broken / "1.png").write_bytes(b"no picture")
            self.assertIn("can be compared", self.fails(65, "suggest", broken))

    def test_statistics_are_fitted_to_the_images_as_far_as_asked(self):
        with Folder() as folder:
            def masks(share):
                out = folder.path / f"by-{share}"
                self.succeeds(
                    "predict", simulated(), "-o", out, "--no-flips", *(
                        [] if share is None else ["--calibrate", share]))
                return {file.name: file.read_bytes() for file in out.glob("*.png")}

            plain = masks(None)
            self.assertEqual(len(plain), 3)
            self.assertEqual(masks(0), plain)
            self.assertNotEqual(masks(1), plain)
            done = aura("predict", simulated(), "-o", folder.path / "no", "--calibrate", "1.5")
            self.assertEqual(done.returncode, 64)
            self.assertIn("a share from 0 to 1", done.stderr)
            broken = folder.path / "broken"
            broken.mkdir()
            (broken / "1.png").write_bytes(b"no picture")
            self.fails(65, "predict", broken, "-o", folder.path / "no", "--calibrate", "1")
            self.assertFalse((folder.path / "no").exists())

    def test_what_is_missing_or_damaged_is_named(self):
        with Folder() as folder:
            images = simulated()
            self.assertIn("nothing", self.fails(66, "train", folder.path / "nothing"))
            self.assertIn("--masks", self.fails(66, "train", self.unlabelled(folder)))
            self.assertIn("weights.safetensors", self.fails(
                66, "predict", images, "--weights", folder.path / "none", "-o", folder.path / "o"))
            (folder.path / "bad.safetensors").write_bytes(b"not weights at all")
            self.assertIn("safetensors", self.fails(
                65, "predict", images, "--weights", folder.path / "bad.safetensors", "-o",
                folder.path / "o"))

    def test_a_file_in_the_way_is_answered_with_the_option_that_names_it(self):
        with Folder() as folder:
            images, there = simulated(), folder.path / "there.png"
            there.write_bytes(b"mine")
            (folder.path / "old").mkdir()
            (folder.path / "old" / "sim-01.png").write_bytes(b"mine")
            (folder.path / "run").mkdir()
            (folder.path / "run" / "best.safetensors").write_bytes(b"mine")
            image = images / "sim-01.png"
            for command, word in [
                    (["simulate", "--sheet", there], "choose another --sheet"),
                    (["simulate", "--count", "1", folder.path / "old"], "choose another folder"),
                    (["augment", images, "--sheet", there], "choose another --sheet"),
                    (["split", images, "--test", "0.3", "-o", there], "choose another --output"),
                    (["predict", images, "--weights", "no", "-o", images], "another --output"),
                    (["evaluate", images, "--weights", "no", "--csv", image], "another --csv"),
                    (["export", images, "--model", image], "choose another --model"),
                    (["train", images, "--output", folder.path / "run"], "give another --output"),
                    (["pretrain", folder.path / "run"], "give another folder")]:
                with self.subTest(command[0]):
                    self.assertIn(word, self.fails(73, *command))
            self.assertEqual(there.read_bytes(), b"mine")

    def test_a_picture_of_a_format_that_is_not_read_is_named(self):
        with Folder() as folder:
            images = self.unlabelled(folder)
            (images / "photo.gif").write_bytes(b"GIF89a and so on")
            last = self.fails(66, "train", images)
            self.assertIn("--masks", last)
            self.assertIn("photo.gif", aura("train", images).stderr)

    def unlabelled(self, folder):
        images = folder.path / "unlabelled"
        images.mkdir()
        (images / "a.png").write_bytes((simulated() / "sim-01.png").read_bytes())
        return images

    def test_a_full_disk_is_an_error_text(self):
        with Folder() as folder:
            images = simulated()
            self.assertIn("no space left", self.fails(
                74, "simulate", folder.path / "more", "--count", "1", limit=1000))
            last = self.fails(
                74, "train", images, "--masks", images / "masks", "--output", folder.path / "run",
                "--epochs", "1", *TRAINING, limit=1_000_000)
            self.assertRegex(last, r"no space for .* takes .* MB of disk: 1.* MB are left")
            self.assertFalse((folder.path / "run").exists())
            # Room for the weights, not for a checkpoint: it goes on and says so.
            done = aura(
                "train", images, "--masks", images / "masks", "--output", folder.path / "run",
                "--epochs", "1", *TRAINING, limit=250_000_000)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("cannot be gone on with after a kill", done.stderr)
            self.assertTrue((folder.path / "run" / "scores.csv").exists())

    def test_a_reader_that_leaves_is_no_crash(self):
        pipe = subprocess.run(
            f"'{AURA}' info --json | true", shell=True, capture_output=True, text=True)
        self.assertEqual(pipe.stderr, "")

    def test_export_copies_what_was_accepted(self):
        with Folder() as folder:
            images = self.unlabelled(folder)
            self.assertIn("no mask is accepted", self.fails(
                66, "export", images, "-o", folder.path / "out"))


if __name__ == "__main__":
    unittest.main()
