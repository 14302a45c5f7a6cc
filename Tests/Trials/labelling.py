"""SIGKILL at seeded moments of labelling and correcting: what was shown as done is never lost."""

import json
import os
import shutil
import signal
import struct
import threading
import zlib

from place import OPEN, lines, simulated, strokes
from terminal import Terminal
from trial import Trial, leftovers
from watch import CREATE, Watch

IMAGES = 900
# Every so many kills one waits for the write of a mask.
INSIDE = 5
# Every so many sessions begin with a look at what is accepted.
CORRECTED = 3


def whole_mask(path, depths=(16,)):
    """Whether a file is a whole grey PNG of 16 bits, a number a cell; of 8 it is a mask taken over that tells none apart."""
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
    return depth in depths and color == 0 and len(zlib.decompress(pixels)) == (depth // 8 * width + 1) * height


class Labelling:
    """What the screen has shown as done, over all sessions."""

    def __init__(self, images, environment):
        self.images = images
        self.project = images / ".aura"
        self.environment = environment
        self.strokes = {}
        self.masks = {}
        # What a kill left open: a correction that was asked for and not shown as done.
        self.open = set()
        self.corrections = 0
        self.edits = {"cuts": 0, "mergers": 0, "deletions": 0}

    def key(self, terminal):
        """The image in hand, from the panel at the right."""
        return terminal.read(r"(a\d{3}\.png)", row=1)[0]

    def session(self, arm, draw, corrects):
        """Labels until the program is killed."""
        with Terminal([*OPEN, str(self.images)], 80, 24, self.environment) as terminal:
            terminal.wait(lambda terminal: " done" in terminal.text() and "256x256" in terminal.text())
            self.check_screen(terminal)
            if corrects and self.masks:
                terminal.keys(f"/{draw.choice(sorted(self.masks))}\r").wait("1 found")
            terminal.keys("\r").wait("undo ")
            self.decided = 0
            disarm = arm(terminal.pid)
            try:
                if corrects and self.masks:
                    self.correct(terminal, draw)
                    self.go_on(terminal)
                while True:
                    self.label(terminal, draw)
            except (AssertionError, OSError):
                terminal.settle(1)
                if not terminal.ended:
                    raise
            finally:
                disarm()
            code = terminal.exit()
            assert code == -signal.SIGKILL, f"ended with {code}, not by SIGKILL\n{terminal.text()}"

    def correct(self, terminal, draw):
        """Draws on what is accepted, and accepts it again."""
        key = self.key(terminal)
        self.open.add(key)
        undo = int(terminal.read(r"undo (\d+)")[0])
        terminal.keys(self.moves(terminal, draw.randrange(60, 200), draw.randrange(60, 200)))
        terminal.keys("b " + "l" * draw.randint(3, 20) + "\r").wait(f"undo {undo + 1} ", timeout=10)
        self.strokes[key] = self.strokes.get(key, 0) + 1
        terminal.wait("changed: a accepts").keys("a").wait("That was the last", timeout=10)
        # The line of the notice is that of what is saved; the next key gives it free.
        terminal.keys("q\x1b").wait(
            lambda terminal: terminal.screen.display[22].startswith(" saved"), timeout=10)
        self.masks[key] = (self.project / "masks" / f"{key}.png").read_bytes()
        self.open.discard(key)
        self.corrections += 1

    def go_on(self, terminal):
        """To the first image that nothing is decided about."""
        terminal.wait("256x256").keys("\x1b[H\r").wait("undo ")

    def label(self, terminal, draw):
        key = self.key(terminal)
        if key in self.masks:
            # A second mask of one image may rightly replace the first: such a session proves nothing.
            raise RuntimeError(f"{IMAGES} images are too few on this machine")
        undo = int(terminal.read(r"undo (\d+)")[0])
        drawn = draw.randint(1, 3)
        for count in range(undo + 1, undo + 1 + drawn):
            # A row of its own for each stroke: one over another would change nothing.
            terminal.keys(self.moves(terminal, 40, 12 + 10 * count))
            terminal.keys("b " + "l" * draw.randint(1, 20) + "\r")
            terminal.wait(f"undo {count} ", timeout=10)
            self.strokes[key] = count
        edit = draw.choice([*self.edits, None])
        # Nothing is left to accept where the only cell is deleted, and nothing to join.
        if edit and (edit == "cuts" or drawn > 1):
            self.edit_cells(terminal, edit, row=12 + 10 * count)
            terminal.wait(f"undo {count + 1} ", timeout=10)
            self.strokes[key] = count + 1
            self.edits[edit] += 1
        # A frame that is half drawn has the next image already and the last line of the one before still:
        # only the count of what is on disk says that this one is.
        self.decided += 1
        terminal.keys("a").wait(
            lambda terminal: self.key(terminal) != key and
            terminal.screen.display[22].startswith(f" saved; {self.decided} decided "), timeout=10)
        self.masks[key] = (self.project / "masks" / f"{key}.png").read_bytes()
        terminal.wait("undo ")

    def edit_cells(self, terminal, edit, row):
        """Does something to the cell that was drawn last, or to the last two."""
        if edit == "deletions":
            terminal.keys("d")
        elif edit == "cuts":
            # Across the first pixels of the stroke, which are those of its brush.
            terminal.keys(self.moves(terminal, 40, row - 5)).keys("s " + "j" * 10 + "\r")
        else:
            terminal.keys(self.moves(terminal, 40, row)).keys("w " + "k" * 10 + "\r")

    def moves(self, terminal, column, row):
        """Keys that bring the pen to a pixel from where the panel says it is."""
        x, y = map(int, terminal.read(r"pen (\d+),(\d+)"))
        across, down = column - x, row - y
        return (
            ("L" if across > 0 else "H") * (abs(across) // 8)
            + ("l" if across > 0 else "h") * (abs(across) % 8)
            + ("J" if down > 0 else "K") * (abs(down) // 8)
            + ("j" if down > 0 else "k") * (abs(down) % 8))

    def check_screen(self, terminal):
        done = int(terminal.read(r"(\d+)/\d+ done")[0])
        assert done >= len(self.masks), f"{len(self.masks)} masks were accepted, the start shows {done}"

    def check_files(self):
        """What is on disk against what was shown."""
        counts = {}
        for line in strokes(self.project):
            key = json.loads(line)["image"]
            counts[key] = counts.get(key, 0) + 1
        for key, count in self.strokes.items():
            assert counts.get(key, 0) >= count, f"{counts.get(key, 0)} of {count} strokes of {key}"
        accepted = {}
        for line in lines(self.project / "review.jsonl"):
            decision = json.loads(line)
            accepted[decision["image"]] = decision["state"] in ("accepted", "corrected")
        for key in self.open & set(self.masks):
            self.masks[key] = (self.project / "masks" / f"{key}.png").read_bytes()
        self.open.clear()
        for key, data in self.masks.items():
            assert accepted.get(key), f"the decision on {key}"
            assert (self.project / "masks" / f"{key}.png").read_bytes() == data, f"the mask of {key}"
        for key in (key for key, holds in accepted.items() if holds):
            assert whole_mask(self.project / "masks" / f"{key}.png"), f"{key} has no whole mask"


class LabellingTrial(Trial):
    """A round is a kill; each goes on in the project that the one before left."""

    name = "labelling"
    short = 6
    long = 500

    def prepare(self):
        self.projects = 0
        self.begin()

    def begin(self):
        """A new folder of images, before those in hand run out."""
        images = self.path / f"images-{self.projects}"
        self.projects += 1
        images.mkdir()
        sample = simulated() / "sim-01.png"
        for index in range(IMAGES):
            shutil.copyfile(sample, images / f"a{index:03}.png")
        self.work = Labelling(images, self.folder.environment())
        (images / ".aura" / "masks").mkdir(parents=True)

    def round(self, number, draw):
        if len(self.work.masks) > IMAGES * 2 // 3:
            self.finish()
            self.begin()
        before = self.done()
        arm = self.inside_a_write(draw) if number % INSIDE == 0 else self.at_any_time(draw)
        self.work.session(arm, draw, corrects=number % CORRECTED == 2)
        self.counts["kills"] += 1
        self.counts["kills inside the write of a mask"] += bool(leftovers(self.work.project))
        self.work.check_files()
        for name, count in self.done().items():
            self.counts[name] += count - before[name]

    def done(self):
        """What was done so far, by what it is called."""
        work = self.work
        return {
            "strokes": sum(work.strokes.values()), "masks": len(work.masks), "corrections": work.corrections,
            **work.edits}

    def end(self):
        self.finish()

    def finish(self):
        """The last look: the next opening clears what kills left."""
        with Terminal([*OPEN, str(self.work.images)], 80, 24, self.work.environment) as terminal:
            terminal.wait(" done")
            self.work.check_screen(terminal)
            left = leftovers(self.work.project)
            assert not left, f"left behind: {left}"
            terminal.keys("q")
            assert terminal.exit() == 0

    def at_any_time(self, draw):
        delay = draw.uniform(0.0, 0.8)

        def arm(pid):
            timer = threading.Timer(delay, os.kill, (pid, signal.SIGKILL))
            timer.start()
            return timer.cancel

        return arm

    def inside_a_write(self, draw):
        """Kills when the temporary file of the next mask or the one after appears."""
        count = draw.randint(1, 2)

        def arm(pid):
            watch = Watch(
                [self.work.project / "masks"], CREATE, lambda name: name.endswith(".aura-tmp"), count,
                lambda: os.kill(pid, signal.SIGKILL))
            return watch.close

        return arm


TRIAL = LabellingTrial
