"""Where things go wrong: one clear line each, and nothing lost."""

import json
import os
import re
import shutil
import signal
import subprocess
import unittest

from place import AURA, Folder, OPEN, simulated, someone_else, strokes
from terminal import Terminal

DOWN, RIGHT = "\x1b[B", "\x1b[C"


def small_project(folder, count=3):
    """A folder of simulated images."""
    images = folder.path / "images"
    images.mkdir(exist_ok=True)
    for index, sample in enumerate(sorted(simulated().glob("*.png"))[:count]):
        shutil.copyfile(sample, images / f"a{index}.png")
    return images


def stroke(terminal, count):
    turn = RIGHT * 4 if count % 2 else DOWN * 4
    terminal.keys(turn + " " + RIGHT * 4 + "\r").wait(f"undo {count} ")


def tree(folder):
    """Every file with its bytes."""
    return {
        path.relative_to(folder): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()}


class StartTest(unittest.TestCase):
    def open(self, folder, path, columns=80, rows=24, term="xterm-256color", **more):
        return Terminal(
            [*OPEN, str(path)], columns, rows, folder.environment(**more), term=term)

    def refuses(self, folder, path, code, *words, **more):
        """Whether aura ends with a code after one line that has all the words."""
        with self.open(folder, path, **more) as terminal:
            self.assertEqual(terminal.exit(), code, terminal.words())
            said = " ".join(terminal.text().split())
            self.assertEqual(said.count("aura: "), 1, said)
            for word in words:
                self.assertIn(word, said)

    def test_a_folder_without_images_is_named(self):
        with Folder() as folder:
            (folder.path / "empty").mkdir()
            (folder.path / "empty" / "notes.txt").write_text("no image")
            (folder.path / "empty" / "photo.gif").write_bytes(b"GIF89a")
            self.refuses(folder, folder.path / "empty", 66, "no image (TIFF, PNG, JPEG, BMP)", "photo.gif")
            self.assertFalse((folder.path / "empty" / ".aura").exists())

    def test_the_polarity_that_is_told_is_used_and_kept(self):
        with Folder() as folder:
            images = small_project(folder, 1)
            (images / "masks").mkdir()
            shutil.copyfile(simulated() / "masks" / "sim-01.png", images / "masks" / "a0.png")
            arguments = [*OPEN, str(images), "--mask-polarity", "black"]
            with Terminal(arguments, 120, 30, folder.environment()) as terminal:
                terminal.wait("1 mask taken over as accepted; read as 'black'")
                terminal.keys("q")
                self.assertEqual(terminal.exit(), 0)
            settings = json.loads((images / ".aura" / "aura.json").read_text())
            self.assertEqual(settings["maskPolarity"], "black")

    def test_a_folder_that_is_not_there_is_named(self):
        with Folder() as folder:
            self.refuses(folder, folder.path / "nothing", 66, "nothing", "not a folder")

    def test_a_terminal_that_cannot_draw_is_refused_by_name(self):
        with Folder() as folder:
            images = small_project(folder)
            self.refuses(folder, images, 69, "dumb", "aura train", term="dumb")

    def test_without_a_terminal_the_commands_for_scripts_are_named(self):
        with Folder() as folder:
            images = small_project(folder)
            done = subprocess.run(
                [*OPEN, str(images)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                env=dict(os.environ, **folder.environment()))
            self.assertEqual(done.returncode, 69)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertIn("aura train", done.stderr)
            self.assertIn("aura predict", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_windows_of_all_sizes_show_something_and_leave(self):
        with Folder() as folder:
            images = small_project(folder)
            for columns, rows in [(1, 1), (10, 3), (30, 8), (60, 16), (80, 24), (200, 60)]:
                with self.subTest(columns=columns, rows=rows):
                    with self.open(folder, images, columns, rows) as terminal:
                        seen = "a0" if columns >= 60 else "window" if columns >= 10 else ""
                        terminal.wait(lambda terminal: terminal.words().strip())
                        terminal.wait(seen).keys("q")
                        self.assertEqual(terminal.exit(), 0)
                        self.assertTrue(terminal.restored())

    def test_a_window_follows_its_corner(self):
        with Folder() as folder:
            images = small_project(folder)
            with self.open(folder, images) as terminal:
                terminal.wait("256x256").resize(10, 3).wait("window too\nsmall")
                terminal.resize(200, 60).wait("256x256").resize(80, 24).wait("256x256")
                terminal.keys("q")
                self.assertEqual(terminal.exit(), 0)

    def test_a_cut_image_says_so_and_the_others_open(self):
        with Folder() as folder:
            images = small_project(folder)
            whole = (images / "a0.png").read_bytes()
            (images / "b_cut.png").write_bytes(whole[: len(whole) // 2])
            with self.open(folder, images) as terminal:
                terminal.wait("256x256").keys("\x1b[F").wait("damaged or cut short")
                terminal.keys("\x1b[H").wait("256x256").keys("q")
                self.assertEqual(terminal.exit(), 0)
            self.assertEqual((images / "b_cut.png").read_bytes(), whole[: len(whole) // 2])

    def test_a_mask_of_another_size_is_left_out_by_name(self):
        with Folder() as folder:
            images = small_project(folder)
            (images / "masks").mkdir()
            shutil.copyfile(simulated() / "masks" / "sim-01.png", images / "masks" / "a0.png")
            shutil.copyfile(simulated(128) / "masks" / "sim-01.png", images / "masks" / "a1.png")
            shutil.copyfile(simulated() / "masks" / "sim-02.png", images / "masks" / "a2.png")
            with self.open(folder, images, 160, 40) as terminal:
                terminal.wait("2 masks taken over").wait("128x128").wait("2/3 done")
                terminal.keys("q").exit()
            done = subprocess.run(
                [str(AURA), "train", str(images), "--masks", str(images / "masks"), "--output",
                 str(folder.path / "run"), "--epochs", "1", "--size", "64", "--weights", "none"],
                capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("left out: a1.png", done.stderr)
            self.assertIn("128x128", done.stderr)

    def test_each_kind_of_colours_is_kept_to(self):
        direct, indexed = re.compile(rb"\x1b\[[0-9;:]*[34]8[;:]2"), re.compile(rb"[34]8[;:]5[;:]")
        basic = re.compile(rb"\x1b\[(?:[0-9]+;)*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])[;m]")
        with Folder() as folder:
            images = small_project(folder)
            for depth, seen, unseen in [
                    ("direct", [direct], []), ("256", [indexed], [direct]),
                    ("16", [basic], [direct, indexed]), ("none", [], [direct, indexed, basic])]:
                with self.subTest(depth=depth):
                    with Terminal(
                            [*OPEN, str(images), "--color", depth], 80, 24,
                            folder.environment()) as terminal:
                        terminal.wait("256x256").settle().keys("q")
                        self.assertEqual(terminal.exit(), 0)
                        raw = bytes(terminal.raw)
                        for pattern in seen:
                            self.assertRegex(raw, pattern)
                        for pattern in unseen:
                            self.assertNotRegex(raw, pattern)

    def test_two_auras_do_not_share_a_project(self):
        with Folder() as folder:
            images = small_project(folder)
            with self.open(folder, images) as first:
                first.wait("256x256")
                self.refuses(folder, images, 75, "open in another aura", "--project")
                first.keys("q")
                self.assertEqual(first.exit(), 0)


class EndTest(unittest.TestCase):
    def check_signal(self, send, code):
        with Folder() as folder:
            images = small_project(folder)
            with Terminal([*OPEN, str(images)], 80, 24, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                stroke(terminal, 1)
                # A stroke in hand counts too.
                terminal.keys(DOWN * 4 + " " + RIGHT * 4).wait("pen down")
                send(terminal)
                self.assertEqual(terminal.exit(), code)
                self.assertTrue(terminal.restored())
            self.assertEqual(len(strokes(images / ".aura")), 2)

    def test_ctrl_c_saves_and_leaves(self):
        self.check_signal(lambda terminal: terminal.keys("\x03"), 130)

    def test_sigterm_saves_and_leaves(self):
        self.check_signal(lambda terminal: terminal.signal(signal.SIGTERM), 143)

    def test_sighup_saves_and_leaves(self):
        self.check_signal(lambda terminal: terminal.signal(signal.SIGHUP), 129)

    def test_a_terminal_that_goes_away_saves_and_ends(self):
        with Folder() as folder:
            images = small_project(folder)
            terminal = Terminal([*OPEN, str(images)], 80, 24, folder.environment())
            terminal.wait("256x256").keys("\r").wait("undo 0")
            terminal.keys(DOWN * 4 + " " + RIGHT * 4).wait("pen down")
            terminal.close_descriptor()
            self.assertEqual(terminal.exit(), 129)
            self.assertEqual(len(strokes(images / ".aura")), 1)

    def test_a_crash_gives_the_terminal_back(self):
        with Folder() as folder:
            images = small_project(folder)
            with Terminal([*OPEN, str(images)], 80, 24, folder.environment()) as terminal:
                terminal.wait("256x256").signal(signal.SIGSEGV)
                self.assertEqual(terminal.exit(), -signal.SIGSEGV)
                self.assertTrue(terminal.restored())

    def test_ctrl_z_and_fg(self):
        with Folder() as folder:
            images = small_project(folder)
            shell = ["/bin/bash", "--norc", "--noprofile", "-i"]
            environment = folder.environment(PS1="ready> ")
            with Terminal(shell, 80, 24, environment) as terminal:
                terminal.wait("ready>").keys(f"{AURA} {images}\r").wait("256x256")
                terminal.keys("\x1a").wait("Stopped").keys("echo $((6 * 7))\r").wait("42")
                terminal.keys("fg\r").wait("256x256").keys("q").wait("ready>")
                terminal.keys("exit\r")


class WriteTest(unittest.TestCase):
    def test_a_folder_of_someone_else_opens_with_the_project_elsewhere(self):
        with Folder() as folder:
            images = small_project(folder)
            before = tree(images)
            home = folder.path / "home"
            command, environment = someone_else(folder)
            images.chmod(0o555)
            try:
                with Terminal(
                        [*command, "open", "--weights", "none", str(images)], 160, 40,
                        environment) as terminal:
                    terminal.wait("labels are kept in").wait("256x256").keys("\r").wait("undo 0")
                    stroke(terminal, 1)
                    terminal.keys("a").wait("1/3 done").keys("qq")
                    self.assertEqual(terminal.exit(), 0)
                self.assertEqual(tree(images), before)
                masks = list((home / "data" / "aura").glob("*/masks/*.png"))
                self.assertEqual(len(masks), 1)
                done = subprocess.run(
                    [*command, "simulate", str(images / "new"), "--count", "1"],
                    capture_output=True, text=True, env=dict(os.environ, **environment))
                self.assertEqual(done.returncode, 73, done.stderr)
                self.assertIn("may not be written", done.stderr)
            finally:
                images.chmod(0o755)

    def test_a_full_disk_loses_nothing_that_was_shown_as_saved(self):
        with Folder() as folder:
            images = small_project(folder)
            script = f"import os, resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1200, 1200)); " \
                f"os.execv({str(AURA)!r}, {[*OPEN, str(images)]!r})"
            with Terminal(
                    ["/usr/bin/python3", "-c", script], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                drawn = 0
                while "no space left" not in terminal.text() and drawn < 100:
                    drawn += 1
                    stroke(terminal, drawn)
                    terminal.settle(0.1)
                self.assertLess(drawn, 100, "the limit was never met")
                kept = len(strokes(images / ".aura"))
                self.assertGreaterEqual(kept, drawn - 1)
                terminal.keys("\x03")
                self.assertEqual(terminal.exit(), 130)
                self.assertIn("could not be saved", terminal.text())
            self.assertEqual(len(strokes(images / ".aura")), kept)
            with Terminal([*OPEN, str(images)], 160, 40, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait(f"undo {kept} ").keys("qq")
                self.assertEqual(terminal.exit(), 0)


if __name__ == "__main__":
    unittest.main()
