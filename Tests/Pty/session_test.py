"""The main job from end to end, on real images: label, train, go on labelling, accept, come back."""

import os
import re
import shutil
import time
import unittest

from place import Folder, OPEN, needs_samples, simulated, strokes
from terminal import Terminal

STROKES = 20
DOWN, LEFT, RIGHT = "\x1b[B", "\x1b[D", "\x1b[C"
F2, F3, F4, F5 = "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~"


def epoch(terminal):
    """The epoch in hand by the gauge, whose empty part is of dots; None without a run."""
    found = re.search(r"Training.epoch.(\d+)/", terminal.text())
    return int(found.group(1)) if found else None


def frames(log):
    """Milliseconds from an event to its picture, one a frame."""
    return [
        float(found.group(1))
        for found in re.finditer(r" frame ms=([0-9.]+)", log.read_text(errors="replace"))]


def percentiles(times):
    """The shares of frames that took so long at most."""
    ordered = sorted(times)
    return ", ".join(
        f"{share} % within {ordered[min(len(ordered) - 1, len(ordered) * share // 100)]:.1f} ms"
        for share in (50, 90, 95, 99, 100))


def drag(terminal, row, column, length=14, pause=0.04):
    """A stroke at a hand's pace."""
    terminal.mouse(0, column, row)
    for step in range(1, length):
        terminal.mouse(32, column + step, row + (step % 3 == 0))
        end = time.monotonic() + pause
        while time.monotonic() < end:
            terminal.pump(0.005)
    terminal.mouse(0, column + length, row, up=True)


@needs_samples
class SessionTest(unittest.TestCase):
    def label_with_the_mouse(self, terminal):
        drag(terminal, 12, 40)
        terminal.wait("undo 1")
        terminal.keys("a")

    def label_with_the_keyboard(self, terminal):
        terminal.keys(" " + RIGHT * 12 + DOWN * 8 + "\r")
        terminal.wait("undo 1")
        terminal.keys("a")

    def start_a_small_run(self, terminal):
        terminal.keys("g").wait("Train on 2 accepted masks").wait("Enter start")
        terminal.wait("epochs")
        # More epochs than are waited for: the run is stopped when the strokes are done.
        terminal.keys(RIGHT * 25 + DOWN + LEFT * 3).wait("< 64 >").wait("about")
        terminal.keys("\r").wait(epoch, timeout=60)

    def stroke_while_it_trains(self, terminal, log):
        """Twenty strokes at a hand's pace, while points of the curve (epochs of one step) appear.

        What else runs on the machine delays frames too, so the best of three attempts counts: a
        program that is slow itself is slow in all of them.
        """
        terminal.keys(F3).wait("undo 0")
        self.drawn = re.search(r"cells_\d+\w", terminal.screen.display[1][90:]).group()
        for attempt in range(3):
            first, before = epoch(terminal), len(frames(log))
            for stroke in range(STROKES):
                drag(terminal, 6 + stroke, 36 + 13 * attempt + 2 * (stroke % 8))
                self.strokes += 1
                terminal.wait(f"undo {self.strokes} ")
            points = epoch(terminal) - first
            times = frames(log)[before:]
            late = [one for one in times if one > 33]
            print(
                f"{len(times)} frames, {len(late)} over 33 ms, {percentiles(times)}; "
                f"{points} points of the curve during {STROKES} strokes; load {os.getloadavg()[0]}")
            self.assertGreaterEqual(points, 10, "points of the curve while strokes arrived")
            self.assertGreater(len(times), 100)
            if len(late) <= len(times) / 100:
                return
        self.fail("99 % of frames within 33 ms, not once in three attempts")

    def test_label_train_accept_and_come_back(self):
        self.strokes = 0
        with Folder() as folder:
            images = folder.samples()
            log = folder.path / "aura.log"
            arguments = [*OPEN, str(images), "--log", str(log), "--log-frames"]
            with Terminal(arguments, 120, 40, folder.environment()) as terminal:
                terminal.wait("0/12 done").wait("384x384").keys("\r").wait("undo 0")
                self.label_with_the_mouse(terminal)
                terminal.wait("1/12 done").wait("undo 0")
                self.label_with_the_keyboard(terminal)
                terminal.wait("2/12 done")
                self.start_a_small_run(terminal)
                self.stroke_while_it_trains(terminal, log)
                self.assertEqual(len(strokes(images / ".aura")), self.strokes + 2)
                terminal.keys(F4).wait("loss   train").keys("S").wait("The run stopped", timeout=60)
                terminal.wait("Proposals are there", timeout=240)
                self.check_proposals(terminal)
                terminal.keys("q").wait("3/12 done").keys("q")
                self.assertEqual(terminal.exit(), 0)
                self.assertTrue(terminal.restored())
            self.assertEqual(len(list((images / ".aura" / "masks").glob("*.png"))), 3)
            self.check_return(images, folder)

    def check_proposals(self, terminal):
        terminal.keys(F2).wait("by suggestion").keys("s").wait("by quality")
        terminal.settle()
        proposed = [line for line in terminal.screen.display if "?" in line[:3]]
        self.assertGreaterEqual(len(proposed), 8, terminal.text())
        shown = [re.search(r"\.\d\d", line) for line in proposed]
        qualities = [found.group() for found in shown if found]
        self.assertEqual(qualities, sorted(qualities), "those estimated worst first")
        # Until it is read there is nothing to accept.
        terminal.keys("\x1b[H\r").wait("proposed").wait("undo 0 redo")
        # So short a run may well propose nothing, which is asked about.
        terminal.keys("a").wait(lambda terminal: any(
            seen in terminal.text() for seen in ("Sure?", "3/12 done")))
        if "Sure?" in terminal.text():
            terminal.keys("y").wait("3/12 done")

    def check_return(self, images, folder):
        with Terminal([*OPEN, str(images)], 120, 40, folder.environment()) as terminal:
            terminal.wait("3/12 done").wait("?")
            terminal.settle()
            proposed = [line for line in terminal.screen.display if "?" in line[:3]]
            self.assertGreaterEqual(len(proposed), 7, "the proposals that were not decided on")
            terminal.keys("\r").wait("proposed").wait("undo")
            # The image of the twenty strokes, with every one of them to be undone.
            terminal.keys("q").wait("by suggestion").keys("/" + self.drawn + "\r")
            terminal.wait("1 found by suggestion").keys("\r").wait(f"undo {self.strokes} ")
            terminal.signal(15)
            self.assertEqual(terminal.exit(), 128 + 15)
            self.assertTrue(terminal.restored())


class LeavingTest(unittest.TestCase):
    def test_leaving_ends_a_run_with_its_weights_saved(self):
        with Folder() as folder:
            images = folder.path / "images"
            shutil.copytree(simulated(), images)
            with Terminal([*OPEN, str(images)], 120, 40, folder.environment()) as terminal:
                terminal.wait("3/3 done").keys("g").wait("Train on 3").wait("about")
                terminal.keys(DOWN + LEFT * 3).wait("< 64 >").wait("about").keys("\r")
                terminal.wait(lambda terminal: (epoch(terminal) or 0) > 2, timeout=60)
                terminal.signal(15)
                self.assertEqual(terminal.exit(60), 128 + 15)
                self.assertTrue(terminal.restored())
            run = images / ".aura" / "runs" / "ft-01"
            for name in ("weights.safetensors", "last.checkpoint", "history.csv", "recipe.json"):
                self.assertTrue((run / name).exists(), name)
            with Terminal([*OPEN, str(images)], 120, 40, folder.environment()) as terminal:
                terminal.wait("3/3 done").keys(F5).wait("IoU", timeout=60).keys("qq")
                self.assertEqual(terminal.exit(), 0)


if __name__ == "__main__":
    unittest.main()
