"""The commands for scripts: what they write, say, and end with."""

import csv
import json
import os
import platform
import resource
import shutil
import signal
import subprocess
import unittest

from place import AURA, Folder, simulated, stopped_after_an_epoch

TRAINING = ["--size", "64", "--batch", "3", "--seed", "3", "--weights", "none"]


def aura(*arguments, limit=None, **settings):
    """Runs a command; `limit` is the largest file that it may write, in bytes."""
    def before():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [str(AURA), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, preexec_fn=before, **settings)


class CommandsTest(unittest.TestCase):
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
