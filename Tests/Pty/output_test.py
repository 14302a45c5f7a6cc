"""What is told and what is left out: standard output that takes nothing, folders that cannot be read, links."""

import fcntl
import json
import os
import shutil
import subprocess
import unittest

from place import AURA, Folder, simulated, someone_else

SMALL = ["--size", "64", "--batch", "3", "--weights", "none"]
PLAN = """\
data: {images: IMAGES, masks: IMAGES/masks, split: {test: 0.4, seed: 1}}
defaults: {epochs: 500, size: 64, batch: 2, weights: none}
recipes: [unet]
"""


def aura(*arguments, output=subprocess.PIPE, error=subprocess.PIPE, before=None, **environment):
    return subprocess.run(
        [*(before or [str(AURA)]), *map(str, arguments)],
        stdin=subprocess.DEVNULL, stdout=output, stderr=error, text=True, timeout=300,
        env=dict(os.environ, **environment))


def own_images(folder):
    """Simulated images with a mask each, in a folder that may be changed."""
    images = folder.path / "images"
    shutil.copytree(simulated(), images)
    images.chmod(0o755)
    return images


class FullOutputTest(unittest.TestCase):
    def is_told(self, done):
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertIn(
            "aura: standard output cannot be written: no space left", done.stderr.splitlines()[-1])

    def test_every_command_that_tells_something_ends_with_74(self):
        with Folder() as folder:
            images, masks = own_images(folder), simulated() / "masks"
            network = ["--weights", "simulated", "--size", "64", "--no-flips"]
            (folder.path / "plan.yaml").write_text(PLAN.replace("IMAGES", str(images)))
            pretraining = ["--steps", "200", "--sizes", "64", "--batch", "2"]
            commands = [
                ["--help"], ["--version"], ["help", "train"], ["train", "--help"], ["weights"],
                *(["--generate-completion-script", shell] for shell in ("bash", "zsh", "fish")),
                ["info"], ["info", "--json"], ["info", images], ["info", images, "--json"],
                ["recipes"], ["recipes", "unet"], ["weights", "list"],
                ["simulate", folder.path / "more", "--count", "1"],
                ["simulate", "--sheet", folder.path / "more.png", "--count", "1", "--json"],
                ["augment", images, "--sheet", folder.path / "sheet.png", "--json"],
                ["split", images, "--test", "0.3", "-o", folder.path / "split.csv"],
                ["import", "masks", images, folder.path / "in", "--masks", masks],
                ["predict", images, *network, "-o", folder.path / "out", "--json"],
                ["evaluate", images, "--masks", masks, "--predictions", masks],
                ["evaluate", images, "--masks", masks, "--predictions", masks, "--json"],
                ["train", images, "--masks", masks, "--output", folder.path / "run", "--epochs",
                 "5000", *SMALL, "--json"],
                ["pretrain", folder.path / "pre", *pretraining, "--json"],
                ["compare", folder.path / "plan.yaml", folder.path / "results", "--json"],
                ["bench", "--network", "unet", "--size", "64", "--batch", "2", "--steps", "1"],
            ]
            for command in commands:
                with self.subTest(" ".join(map(str, command))), open("/dev/full", "w") as full:
                    self.is_told(aura(*command, output=full, **folder.environment()))
            # The first line that could not be told ended what would have gone on for hours.
            self.assertFalse((folder.path / "run" / "weights.safetensors").exists())
            self.assertEqual(len(list((folder.path / "out").glob("*.png"))), 1)

    def test_export_and_what_weights_come_to_end_with_74_too(self):
        with Folder() as folder, open("/dev/full", "w") as full:
            images = own_images(folder)
            run = folder.path / "run"
            self.assertEqual(aura(
                "train", images, "--output", run, "--epochs", "1", *SMALL).returncode, 0)
            self.is_told(aura(
                "train", images, "--output", folder.path / "again", "--epochs", "1", *SMALL,
                output=full))
            weights = run / "weights.safetensors"
            self.is_told(aura(
                "weights", "quantize", weights, folder.path / "small.safetensors", output=full))
            self.is_told(aura(
                "weights", "import", weights, "--name", "mine", output=full,
                **folder.environment()))
            self.is_told(aura(
                "compare", "--report", self.compared(folder, images), output=full))

    def compared(self, folder, images):
        plan = folder.path / "short.yaml"
        plan.write_text(PLAN.replace("IMAGES", str(images)).replace("500", "1"))
        results = folder.path / "short"
        self.assertEqual(aura("compare", plan, results).returncode, 0)
        return results

    def test_an_output_that_is_closed_is_an_error_and_swallows_no_file(self):
        with Folder() as folder:
            plan, results = folder.path / "plan.yaml", folder.path / "results"
            plan.write_text(PLAN.replace("IMAGES", str(own_images(folder))))
            # A comparison holds its lock's file open, which would be the first free descriptor.
            done = subprocess.run(
                f"'{AURA}' compare '{plan}' '{results}' --json >&-", shell=True,
                capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 74, done.stderr)
            self.assertIn("it is closed", done.stderr)
            self.assertFalse([
                path for path in results.rglob("*lock*") if b"event" in path.read_bytes()])

    def test_a_reader_that_left_is_quiet_and_the_work_goes_on(self):
        with Folder() as folder:
            images = own_images(folder)
            reader, writer = os.pipe()
            os.close(reader)
            done = aura(
                "predict", images, "--weights", "simulated", "--size", "64", "--no-flips", "-o",
                folder.path / "out", "--json", output=writer)
            os.close(writer)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("aura: ", done.stderr)
            self.assertEqual(len(list((folder.path / "out").glob("*.png"))), 3)

    def test_an_output_that_never_waits_gets_all(self):
        with Folder() as folder:
            reader, writer = os.pipe()
            os.set_blocking(writer, False)
            fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
            process = subprocess.Popen(
                [str(AURA), "--generate-completion-script", "bash"], stdout=writer,
                stderr=subprocess.PIPE)
            os.close(writer)
            said = b""
            while piece := os.read(reader, 512):
                said += piece
            os.close(reader)
            self.assertEqual(process.wait(60), 0, process.stderr.read())
            process.stderr.close()
            self.assertEqual(said.decode(), aura("--generate-completion-script", "bash").stdout)
            self.assertGreater(len(said), 4096)

    def test_errors_that_cannot_be_told_change_nothing_else(self):
        with Folder() as folder:
            images = own_images(folder)
            for number, close in enumerate(["2>/dev/full", "2>&-"]):
                done = subprocess.run(
                    f"'{AURA}' predict '{images}' --weights simulated --size 64 --no-flips -o "
                    f"'{folder.path / str(number)}' --json {close}",
                    shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 0, close)
                self.assertEqual(len(done.stdout.splitlines()), 3)
                done = subprocess.run(
                    f"'{AURA}' predict nothing -o x {close}", shell=True, stdout=subprocess.PIPE)
                self.assertEqual(done.returncode, 66, close)


class TextTest(unittest.TestCase):
    def test_a_table_that_is_not_utf8_is_unusable_input_with_its_line(self):
        with Folder() as folder:
            images, bad = own_images(folder), folder.path / "bad.csv"
            bad.write_bytes("image,split,group\nsim-01,train,ä\n".encode("latin-1"))
            odd = folder.path / "odd.yaml"
            odd.write_bytes(b"name: \xff\n")
            split = ["split", images, "--test", "0.3", "-o", folder.path / "o.csv", "--groups"]
            for command in [
                    [*split, bad],
                    ["evaluate", images, "--predictions", images / "masks", "--split", bad],
                    ["train", images, "--split", bad, "--output", folder.path / "run"],
                    ["train", images, "--recipe", odd, "--output", folder.path / "run"],
                    ["compare", odd, folder.path / "results"]]:
                with self.subTest(command[0]):
                    done = aura(*command)
                    self.assertEqual(done.returncode, 65, done.stderr)
                    line = 2 if bad in command else 1
                    self.assertIn(f"line {line} is not in UTF-8", done.stderr.splitlines()[-1])
            self.assertEqual(aura(*split, folder.path / "none.csv").returncode, 66)


class LeftOutTest(unittest.TestCase):
    def test_a_folder_that_cannot_be_read_is_told_and_the_rest_is_done(self):
        with Folder() as folder:
            images = own_images(folder)
            shutil.copytree(simulated(), images / "locked")
            command, environment = someone_else(folder)
            if not command:
                self.skipTest("needs another user than root, and a way to be one")
            network = ["--weights", "simulated", "--size", "64", "--no-flips"]
            home, masks = folder.path / "home", images / "masks"
            plan = home / "plan.yaml"
            plan.write_text(
                PLAN.replace("IMAGES", str(images)).replace("500", "1"))
            for mode in (0o000, 0o444):
                (images / "locked").chmod(mode)
                out = home / f"{mode}"
                for arguments in [
                        ["predict", images, *network, "-o", out],
                        ["evaluate", images, "--masks", masks, "--predictions", masks],
                        ["augment", images, "--masks", masks, "--sheet", home / f"{mode}.png"],
                        ["split", images, "--masks", masks, "--test", "0.4", "-o", f"{out}.csv"],
                        ["train", images, "--masks", masks, "--epochs", "1", *SMALL, "--output",
                         home / f"run{mode}"],
                        ["compare", plan, home / f"results{mode}"],
                        ["info", images]]:
                    with self.subTest(arguments[0], mode=oct(mode)):
                        done = aura(*arguments, before=command, **environment)
                        self.assertEqual(done.returncode, 65, done.stderr)
                        self.assertIn("aura: 'locked' cannot be read: this user may not", done.stderr)
                        self.assertIn(
                            "aura: 'locked' could not be read and is left out", done.stderr)
                self.assertEqual(len(list(out.glob("*.png"))), 3)
                self.assertTrue((home / f"run{mode}" / "scores.csv").exists())
                done = aura(
                    "import", "masks", images, home / "imported", "--masks", masks, before=command,
                    **environment)
                self.assertEqual(done.returncode, 65, done.stderr)
                self.assertFalse((home / "imported").exists())
            (images / "locked").chmod(0o755)

    def test_masks_of_images_that_are_gone_are_named_and_kept(self):
        with Folder() as folder:
            images = own_images(folder)
            project, out = folder.path / "work", folder.path / "out"
            (project / "masks").mkdir(parents=True)
            with open(project / "review.jsonl", "w") as journal:
                for name in ("sim-01.png", "sim-02.png"):
                    shutil.copyfile(images / "masks" / name, project / "masks" / f"{name}.png")
                    journal.write(json.dumps({"image": name, "state": "accepted", "time": 1}) + "\n")
            (images / "sim-02.png").unlink()
            done = aura("export", images, "--project", project, "-o", out)
            self.assertEqual(done.returncode, 66, done.stderr)
            self.assertIn("a labelled image is gone from the folder, such as 'sim-02.png'", done.stderr)
            self.assertIn("the mask of 'sim-02.png' is left out", done.stderr.splitlines()[-1])
            self.assertEqual([path.name for path in out.iterdir()], ["sim-01.png"])
            self.assertTrue((project / "masks" / "sim-02.png.png").exists())


class LinkTest(unittest.TestCase):
    def test_links_out_of_the_folder_are_told_and_followed_if_asked(self):
        with Folder() as folder:
            images = folder.path / "images"
            images.mkdir()
            shutil.copyfile(simulated() / "sim-01.png", images / "a.png")
            (images / "b").symlink_to(simulated())
            (images / "c").symlink_to(images)
            done = aura("info", images)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout.split(), ["new", "a.png"])
            self.assertEqual(
                done.stderr, "aura: the link 'b' leads out of the folder and is not followed "
                "(--follow-links)\n")
            done = aura("info", images, "--follow-links")
            self.assertEqual(
                done.stdout.split()[1::2], ["a.png"] + [f"b/sim-0{i}.png" for i in (1, 2, 3)])
            self.assertEqual(done.stderr, "")
            (images / "a.png").unlink()
            done = aura("info", images)
            self.assertEqual(done.returncode, 66)
            self.assertIn("--follow-links", done.stderr)

    def test_links_in_a_folder_of_masks_count_as_those_of_images(self):
        with Folder() as folder:
            images, masks = own_images(folder), folder.path / "masks"
            masks.mkdir()
            (masks / "deep").symlink_to(images / "masks")
            split = ["split", images, "--masks", masks, "--test", "0.4", "-o"]
            self.assertEqual(aura(*split, folder.path / "1.csv").returncode, 66)
            done = aura(*split, folder.path / "2.csv", "--follow-links")
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
