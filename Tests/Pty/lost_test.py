"""The project's folder goes from under the workbench, or is another's; an image is replaced."""

import os
import shutil
import subprocess
import unittest

from edge_test import small_project, stroke, tree
from place import AURA, Folder, OPEN, simulated, someone_else, strokes
from terminal import Terminal


def read(terminal, what):
    """Reads what is said, line after line, until the status line says something."""
    for _ in range(6):
        if what in terminal.text():
            return terminal
        terminal.settle(1.3).keys("\x1b").settle(0.3)
    return terminal.wait(what, timeout=2)


def run(folder, *arguments):
    return subprocess.run(
        list(map(str, arguments)), capture_output=True, text=True,
        env=dict(os.environ, **folder.environment()))


class LostTest(unittest.TestCase):
    def check(self, lose, told, kept):
        """Draws, loses the folder, draws on: it is told, nothing is made anew, all is written elsewhere."""
        with Folder() as folder:
            images = small_project(folder)
            project = images / ".aura"
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                stroke(terminal, 1)
                terminal.keys("a").wait("1/3 done").wait("saved; 1 decided")
                terminal.wait("undo 0")
                stroke(terminal, 1)
                lose(project, folder.path)
                stroke(terminal, 2)
                terminal.wait("was moved").wait(told).keys("a").wait("1/3 done")
                terminal.settle()
                self.assertFalse((project / "masks").exists() and not kept)
                copy = folder.path / "copy"
                terminal.keys("W").wait("Write the labels elsewhere").keys("\x15" + str(copy) + "\r")
                terminal.wait("all goes there from now on").keys("N").wait("undo 2").keys("a").wait("2/3 done")
                read(terminal, "saved; 2 decided").keys("qq")
                self.assertEqual(terminal.exit(), 0)
            self.assertEqual(len(list((copy / "masks").glob("*.png"))), 2)
            self.assertEqual(len(strokes(copy)), 3)
            done = run(folder, AURA, "export", images, "--project", copy, "-o", folder.path / "masks")
            self.assertEqual((done.returncode, len(list((folder.path / "masks").iterdir()))), (0, 2))
            return tree(project) if project.exists() else {}

    def test_renamed(self):
        self.assertEqual(self.check(lambda old, _: old.rename(old.parent / ".aura2"), ".aura2'", False), {})

    def test_deleted(self):
        self.assertEqual(self.check(lambda old, _: shutil.rmtree(old), "or deleted", False), {})

    def test_replaced_by_a_copy(self):
        def lose(old, _):
            old.rename(old.parent / ".aura2")
            shutil.copytree(old.parent / ".aura2", old)

        before = self.check(lose, ".aura2'", True)
        self.assertEqual(len([path for path in before if path.suffix == ".png"]), 1)

    def test_labels_go_into_the_root_of_a_disk(self):
        """A folder that cannot be exchanged for another one: labels are written into it."""
        with Folder() as folder:
            images, disk = small_project(folder), folder.path / "disk"
            disk.mkdir()
            mount = ["mount", "-t", "tmpfs", "aura-test", str(disk)]
            if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
                self.skipTest("no disk of one's own can be mounted here")
            try:
                with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                    terminal.wait("256x256").keys("\r").wait("undo 0")
                    stroke(terminal, 1)
                    terminal.keys("a").wait("1/3 done").wait("saved; 1 decided")
                    terminal.keys("W").wait("Write the labels elsewhere").keys("\x15" + str(disk) + "\r")
                    terminal.wait("all goes there from now on").wait("undo 0")
                    stroke(terminal, 1)
                    terminal.keys("a").wait("2/3 done").keys("qq")
                    self.assertEqual(terminal.exit(), 0)
                self.assertEqual(len(list((disk / "masks").glob("*.png"))), 2)
                self.assertEqual(len(list((images / ".aura" / "masks").glob("*.png"))), 1)
                self.assertEqual(
                    sorted(path.name for path in disk.iterdir()),
                    ["aura.json", "masks", "proposals.jsonl", "review.jsonl", "strokes.jsonl"])
            finally:
                subprocess.run(["umount", "-l", str(disk)], capture_output=True)

    def test_moved_away_and_back(self):
        with Folder() as folder:
            images = small_project(folder)
            project = images / ".aura"
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                stroke(terminal, 1)
                project.rename(folder.path / "other")
                stroke(terminal, 2)
                terminal.wait("was moved").keys("\x03")
                self.assertEqual(terminal.exit(), 130)
                self.assertIn("1 strokes could not be saved, on a0.png", terminal.text())
            self.assertFalse(project.exists())
            (folder.path / "other").rename(project)
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 1")
                project.rename(folder.path / "other")
                stroke(terminal, 2)
                terminal.wait("was moved")
                (folder.path / "other").rename(project)
                stroke(terminal, 3)
                terminal.keys("a").wait("1/3 done")
                read(terminal, "saved; 1 decided").keys("qq")
                self.assertEqual(terminal.exit(), 0)
            self.assertEqual(len(strokes(project)), 3)


class OthersTest(unittest.TestCase):
    def test_a_project_of_someone_else_is_looked_at_and_copied(self):
        with Folder() as folder:
            images = small_project(folder)
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                stroke(terminal, 1)
                terminal.keys("a").wait("1/3 done").keys("qq")
                self.assertEqual(terminal.exit(), 0)
            shutil.rmtree(folder.path / "home")
            user, environment = someone_else(folder)
            if not user:
                self.skipTest("needs setpriv")
            others = [images / ".aura", images]
            for path in others:
                path.chmod(0o555)
            before = tree(images)
            opened = [*user, *OPEN[1:], str(images)]
            try:
                with Terminal(opened, 160, 40, environment) as terminal:
                    terminal.wait("can be read and not written").wait("1/3 done")
                    terminal.wait("256x256").keys("\r").wait("undo").keys("r")
                    terminal.wait("This project is open to look at").keys("q").settle()
                    self.assertEqual(tree(folder.path / "home" / "data"), {})
                    terminal.keys("W").wait("Write the labels elsewhere").keys("\r")
                    terminal.wait("all goes there from now on").keys("\x1b[H\r").wait("undo 0")
                    stroke(terminal, 1)
                    terminal.keys("a").wait("2/3 done").keys("qq")
                    self.assertEqual(terminal.exit(), 0)
                with Terminal(opened, 160, 40, environment) as terminal:
                    terminal.wait("labels are kept in your own copy").wait("2/3 done").keys("q")
                    self.assertEqual(terminal.exit(), 0)
                target = folder.path / "home" / "masks"
                done = run(folder, *user, "export", images, "-o", target)
                self.assertEqual((done.returncode, len(list(target.iterdir()))), (0, 2), done.stderr)
                self.assertEqual(tree(images), before)
            finally:
                for path in others:
                    path.chmod(0o755)

    def test_labels_of_images_that_cannot_be_written_are_found_when_these_are_renamed(self):
        with Folder() as folder:
            images = small_project(folder)
            user, environment = someone_else(folder)
            if not user:
                self.skipTest("needs setpriv")

            def says(*words):
                return lambda terminal: all(word in " ".join(terminal.text().split()) for word in words)

            images.chmod(0o555)
            try:
                with Terminal([*user, *OPEN[1:], str(images)], 160, 40, environment) as terminal:
                    terminal.wait("labels are kept in").wait("256x256").keys("\r").wait("undo 0")
                    stroke(terminal, 1)
                    terminal.keys("a").wait("1/3 done").keys("qq")
                    self.assertEqual(terminal.exit(), 0)
                images.chmod(0o755)
                images = images.rename(folder.path / "renamed")
                images.chmod(0o555)
                masks = folder.path / "home" / "masks"
                done = run(folder, *user, "export", images, "-o", masks)
                self.assertEqual((done.returncode, len(list(masks.iterdir()))), (0, 1), done.stderr)
                with Terminal([*user, *OPEN[1:], str(images)], 160, 40, environment) as terminal:
                    terminal.wait(says("made when the images lay in", "/images'")).wait("1/3 done").keys("q")
                    self.assertEqual(terminal.exit(), 0)
                self.assertEqual(len(list((folder.path / "home" / "data" / "aura").iterdir())), 1)
            finally:
                images.chmod(0o755)

    def test_so_is_one_in_a_folder_of_several_people_whose_files_are_another_s(self):
        with Folder() as folder:
            images = small_project(folder)
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("q")
                self.assertEqual(terminal.exit(), 0)
            (images / ".aura").chmod(0o777)
            shutil.rmtree(folder.path / "home")
            user, environment = someone_else(folder)
            if len(user) < 2:
                self.skipTest("needs root and setpriv")
            before = tree(images)
            with Terminal([*user, *OPEN[1:], str(images)], 160, 40, environment) as terminal:
                terminal.wait("can be read and not written").keys("q")
                self.assertEqual(terminal.exit(), 0)
            self.assertEqual(tree(images), before)


class ReplacedTest(unittest.TestCase):
    def test_an_image_that_is_replaced_while_open_costs_itself(self):
        with Folder() as folder:
            images = small_project(folder)
            other = simulated(128) / "sim-01.png"
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                for done in (1, 2):
                    stroke(terminal, 1)
                    terminal.keys("a").wait(f"{done}/3 done").wait("undo 0")
                stroke(terminal, 1)
                shutil.copyfile(other, images / "a2.png")
                terminal.keys("a").wait("was replaced").wait("it is 128x128").wait("2/3 done")
                terminal.settle(1.5).keys("\x0c").wait("undo 0")
                read(terminal, "set aside").keys("q").wait("128x128").settle().keys("q")
                self.assertEqual(terminal.exit(), 0)
            shutil.copyfile(other, images / "a1.png")
            masks = folder.path / "masks"
            done = run(folder, AURA, "export", images, "-o", masks)
            self.assertEqual(done.returncode, 65, done.stderr)
            self.assertIn("a1.png", done.stderr)
            self.assertEqual([path.name for path in masks.iterdir()], ["a0.png"])
            recipe = ["--epochs", 1, "--size", 64, "--weights", "none", "--network", "unet"]
            done = run(folder, AURA, "train", images, "-o", folder.path / "run", *recipe)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("left out: a1.png", done.stderr)
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("128x128").keys("\x1b[F").wait("set aside").keys("q")
                self.assertEqual(terminal.exit(), 0)
            self.assertTrue((images / ".aura" / "withdrawn" / "a1.png.png").exists())

    def test_an_accepted_one_is_told_when_it_is_accepted_again(self):
        with Folder() as folder:
            images = small_project(folder)
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                stroke(terminal, 1)
                terminal.keys("a").wait("1/3 done").wait("saved; 1 decided")
                shutil.copyfile(simulated(128) / "sim-01.png", images / "a0.png")
                # The accepted one is the last of the list; after it another one is open, which is not meant.
                terminal.keys("q\x1b[F\r").wait("undo 1 ").keys("a").wait("it is 128x128")
                terminal.settle(1.5).keys("\x0c").wait("set aside").wait("0/3 done").keys("\x03")
                self.assertEqual(terminal.exit(), 130)
            self.assertTrue((images / ".aura" / "withdrawn" / "a0.png.png").exists())

    def test_one_that_is_gone_is_told_and_worked_on_when_it_is_back(self):
        with Folder() as folder:
            images = small_project(folder)
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                stroke(terminal, 1)
                (images / "a0.png").rename(folder.path / "a0.png")
                terminal.keys("a").wait("cannot be read any more").wait("0/3 done").wait("undo 0")
                (folder.path / "a0.png").rename(images / "a0.png")
                terminal.settle(1.5).keys("\x0c").settle().keys("N").wait("undo 1 ")
                terminal.keys("a").wait("1/3 done")
                read(terminal, "saved; 1 decided").keys("qq")
                self.assertEqual(terminal.exit(), 0)
            self.assertEqual(len(strokes(images / ".aura")), 1)
            self.assertEqual(len(list((images / ".aura" / "masks").glob("*.png"))), 1)


if __name__ == "__main__":
    unittest.main()
