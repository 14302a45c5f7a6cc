"""SIGKILL at 50 seeded moments of a labelling session: what was shown as done is never lost."""

import json
import os
import random
import re
import shutil
import signal
import struct
import threading
import unittest
import zlib

from place import Folder, OPEN, lines, simulated
from terminal import Terminal
from watch import CREATE, Watch

MOMENTS = 50
INSIDE_WRITES = 10
IMAGES = 900


def whole_mask(path):
    """Whether a file is a whole 8-bit grey PNG of 0 and 255."""
    data = path.read_bytes()
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[-8:-4] != b"IEND":
        return False
    width, height, depth, color = struct.unpack(">IIBB", data[16:26])
    pixels, offset = b"", 8
    while offset < len(data):
        size, kind = struct.unpack_from(">I4s", data, offset)
        if kind == b"IDAT":
            pixels += data[offset + 8 : offset + 8 + size]
        offset += size + 12
    return (depth, color) == (8, 0) and len(zlib.decompress(pixels)) == (width + 1) * height


class Labelling:
    """What the screen has shown as done, over all sessions."""

    def __init__(self, images, environment):
        self.images = images
        self.project = images / ".aura"
        self.environment = environment
        self.strokes = {}
        self.masks = {}

    def key(self, terminal):
        """The image in hand, from the panel at the right."""
        return re.search(r"(a\d{3}\.png)", terminal.screen.display[1]).group(1)

    def session(self, arm, generator):
        """Labels until the program is killed."""
        with Terminal([*OPEN, str(self.images)], 80, 24, self.environment) as terminal:
            terminal.wait(lambda terminal: " done" in terminal.text() and "256x256" in terminal.text())
            self.check_screen(terminal)
            terminal.keys("\r").wait("undo ")
            disarm = arm(terminal.pid)
            try:
                while True:
                    self.label(terminal, generator)
            except (AssertionError, OSError, AttributeError):
                # The end of the terminal; whatever else it was shows in the exit code.
                pass
            finally:
                disarm()
            code = terminal.exit()
            if code != -signal.SIGKILL:
                raise AssertionError(f"ended with {code}, not by SIGKILL\n{terminal.text()}")

    def label(self, terminal, generator):
        key = self.key(terminal)
        if key in self.masks:
            # A second mask of one image may rightly replace the first: such a session proves nothing.
            raise RuntimeError(f"{IMAGES} images are too few for {MOMENTS} sessions on this machine")
        undo = int(re.search(r"undo (\d+)", terminal.text()).group(1))
        for count in range(undo + 1, undo + 1 + generator.randint(1, 3)):
            # A row of its own for each stroke: one over another would change nothing.
            terminal.keys(self.moves(terminal, 40, 12 + 10 * count))
            terminal.keys(" " + "l" * generator.randint(1, 20) + "\r")
            terminal.wait(f"undo {count} ", timeout=10)
            self.strokes[key] = count
        done = int(re.search(r"(\d+)/\d+ done", terminal.text()).group(1))
        terminal.keys("a").wait(
            lambda terminal: f"{done + 1}/" in terminal.text() and "saving" not in terminal.text()
            and self.key(terminal) != key, timeout=10)
        self.masks[key] = (self.project / "masks" / f"{key}.png").read_bytes()
        terminal.wait("undo ")

    def moves(self, terminal, column, row):
        """Keys that bring the pen to a pixel from where the panel says it is."""
        x, y = map(int, re.search(r"pen (\d+),(\d+)", terminal.text()).groups())
        across, down = column - x, row - y
        return (
            ("L" if across > 0 else "H") * (abs(across) // 8)
            + ("l" if across > 0 else "h") * (abs(across) % 8)
            + ("J" if down > 0 else "K") * (abs(down) // 8)
            + ("j" if down > 0 else "k") * (abs(down) % 8))

    def check_screen(self, terminal):
        done = int(re.search(r"(\d+)/\d+ done", terminal.text()).group(1))
        if done < len(self.masks):
            raise AssertionError(f"{len(self.masks)} masks were accepted, the start shows {done}")

    def check_files(self, test):
        """What is on disk against what was shown."""
        counts = {}
        for line in lines(self.project / "strokes.jsonl"):
            key = json.loads(line)["image"]
            counts[key] = counts.get(key, 0) + 1
        for key, count in self.strokes.items():
            test.assertGreaterEqual(counts.get(key, 0), count, f"strokes of {key}")
        accepted = {}
        for line in lines(self.project / "review.jsonl"):
            decision = json.loads(line)
            accepted[decision["image"]] = decision["state"] in ("accepted", "corrected")
        for key, data in self.masks.items():
            test.assertTrue(accepted.get(key), f"the decision on {key}")
            test.assertEqual((self.project / "masks" / f"{key}.png").read_bytes(), data)
        for key in (key for key, holds in accepted.items() if holds):
            test.assertTrue(whole_mask(self.project / "masks" / f"{key}.png"), f"mask of {key}")


class KillTest(unittest.TestCase):
    def test_no_accepted_mask_and_no_finished_stroke_is_lost(self):
        generator = random.Random(20261122)
        with Folder() as folder:
            images = folder.path / "images"
            images.mkdir()
            sample = simulated() / "sim-01.png"
            for index in range(IMAGES):
                shutil.copyfile(sample, images / f"a{index:03}.png")
            work = Labelling(images, folder.environment())
            (images / ".aura" / "masks").mkdir(parents=True)
            inside = 0
            for moment in range(MOMENTS):
                arm = self.inside_a_write(work, generator) if moment % 5 == 0 or (
                    inside < INSIDE_WRITES and moment >= MOMENTS - INSIDE_WRITES
                ) else self.at_any_time(generator)
                work.session(arm, generator)
                inside += bool(list(work.project.rglob("*.aura-tmp")))
                with self.subTest(moment=moment):
                    work.check_files(self)
            with Terminal([*OPEN, str(images)], 80, 24, work.environment) as terminal:
                terminal.wait(" done")
                work.check_screen(terminal)
                self.assertEqual(list(work.project.rglob("*.aura-tmp")), [], "leftovers are cleared")
                terminal.keys("q")
                self.assertEqual(terminal.exit(), 0)
            print(
                f"{MOMENTS} kills, {inside} of them inside the write of a mask; "
                f"{sum(work.strokes.values())} strokes and {len(work.masks)} masks, none lost")
            self.assertGreaterEqual(inside, INSIDE_WRITES)
            self.assertGreater(len(work.masks), MOMENTS / 2)

    def at_any_time(self, generator):
        delay = generator.uniform(0.0, 0.8)

        def arm(pid):
            timer = threading.Timer(delay, os.kill, (pid, signal.SIGKILL))
            timer.start()
            return timer.cancel

        return arm

    def inside_a_write(self, work, generator):
        """Kills when the temporary file of the next mask or the one after appears."""
        count = generator.randint(1, 2)

        def arm(pid):
            watch = Watch(
                [work.project / "masks"], CREATE, lambda name: name.endswith(".aura-tmp"), count,
                lambda: os.kill(pid, signal.SIGKILL))
            return watch.close

        return arm


if __name__ == "__main__":
    unittest.main()
