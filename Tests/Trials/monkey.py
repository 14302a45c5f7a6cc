"""Keys, clicks, pastes and windows at random: the workbench neither falls nor stands still, and leaves when told."""

import json
import os
import shutil
import signal
import time

from labelling import whole_mask
from place import OPEN, lines, simulated
from terminal import Terminal
from trial import Trial

KEYS = [
    *"abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 +-=[]{}()<>.,;:/?!'\"\\|_^~",
    "\r", "\t", "\x1b", "\x7f", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~",
    "\x1b[Z", "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x0c", "\x0b", "\x10", "\x15",
]
# What a person does on purpose: a run, a filter, the palette, a mask, an end.
PHRASES = ["g\r", "g\x1b[C\x1b[C\x1b[B\x1b[D\r", "/b1\r", "\x10train\r", "\x1b[15~", " lllll\r", "a", "y", "X", "?"]
# Enough for runs of small networks, beside the program and its pictures.
MEMORY = 3 << 30


class Monkey(Trial):
    name = "monkey"
    short = 2
    long = 60

    def prepare(self):
        # A path that random keys type begins here.
        os.chdir(self.path)

    def round(self, number, draw):
        images = self.path / "images"
        # Random keys write labels elsewhere, too: what an earlier round left at home is of other images.
        for folder in (images, self.path / "home"):
            shutil.rmtree(folder, ignore_errors=True)
        images.mkdir()
        for index in range(draw.choice([1, 3, 40])):
            source = simulated(draw.choice([64, 256])) / f"sim-0{1 + index % 3}.png"
            shutil.copyfile(source, images / f"b{index}.png")
        if draw.random() < 0.5:
            shutil.copytree(simulated(64) / "masks", images / "masks")
            for index, mask in enumerate(sorted((images / "masks").iterdir())):
                mask.rename(mask.with_name(f"b{index}.png"))
        weights = draw.choice(["none", "none", "simulated"])
        actions = draw.randint(200, 500)
        self.counts["actions"] += actions
        # Random keys find the way out as well; it is opened again then.
        while actions > 0:
            actions -= self.session([*OPEN[:2], str(images), "--weights", weights], actions, draw)
            self.counts["sessions"] += 1
        self.check_project(images)

    def session(self, arguments, actions, draw):
        """Does so many things at the most; how many it were."""
        columns, rows = draw.choice([(80, 24), (200, 60), (40, 12), (120, 40)])
        with Terminal(arguments, columns, rows, self.folder.environment()) as terminal:
            terminal.settle(0.5)
            done = 0
            while done < actions and not terminal.ended:
                self.act(terminal, draw)
                done += 1
                terminal.pump(draw.choice([0, 0, 0, 0.01, 0.1]))
                if done % 16 == 0:
                    self.weigh(terminal)
            began = time.monotonic()
            if not terminal.ended:
                terminal.settle(0.3)
                self.weigh(terminal)
                terminal.signal(signal.SIGTERM)
            code = terminal.exit(timeout=180)
            assert code in (0, 130, 143), f"ended with {code}\n{terminal.words()}"
            assert terminal.restored(), "the terminal was not given back"
            leaving = round(time.monotonic() - began)
            self.counts["s at most to leave"] = max(self.counts["s at most to leave"], leaving)
            return max(1, done)

    def weigh(self, terminal):
        """The most memory that was held."""
        try:
            with open(f"/proc/{terminal.pid}/status") as file:
                peak = next((int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM")), 0)
        except OSError:
            return
        self.counts["MB at most"] = max(self.counts["MB at most"], peak >> 20)
        assert peak < MEMORY, f"{peak >> 20} MB were held\n{terminal.words()}"

    def act(self, terminal, draw):
        kind = draw.random()
        screen = terminal.screen
        try:
            if kind < 0.1:
                terminal.keys(draw.choice(PHRASES))
            elif kind < 0.72:
                terminal.keys("".join(draw.choice(KEYS) for _ in range(draw.choice([1, 1, 1, 5, 30]))))
            elif kind < 0.9:
                column, row = draw.randrange(screen.columns), draw.randrange(screen.lines)
                end = draw.randrange(screen.columns), draw.randrange(screen.lines)
                terminal.drag([(column, row), end], button=draw.choice([0, 0, 0, 1, 2, 64, 65]))
            elif kind < 0.95:
                text = "".join(draw.choice("abc\n\x1b[é語") for _ in range(draw.choice([3, 300])))
                terminal.keys(f"\x1b[200~{text}\x1b[201~")
            else:
                terminal.resize(draw.randint(1, 220), draw.randint(1, 70))
        except OSError:
            terminal.ended = True

    def check_project(self, images):
        project = images / ".aura"
        for name in ("review.jsonl", "strokes.jsonl", "proposals.jsonl"):
            for line in lines(project / name):
                json.loads(line)
        for mask in project.glob("masks/*.png"):
            assert whole_mask(mask, depths=(8, 16)), f"{mask} is no whole mask"
        done = self.command("export", images, "-o", self.path / "out")
        shutil.rmtree(self.path / "out", ignore_errors=True)
        self.obeys(done, {0, 66})


TRIAL = Monkey
