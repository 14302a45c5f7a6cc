"""Disks that are full: every command says so with 74 or 73, leaves no half file, and what it says it has saved is there."""

import shutil
import struct
import subprocess
import zlib

from place import OPEN, simulated
from terminal import Terminal
from trial import SMALL, Skipped, Trial, leftovers

DOWN, RIGHT = "\x1b[B", "\x1b[C"
FULL = {0, 73, 74}


def whole_png(path):
    """Whether a file is a PNG to its end."""
    data = path.read_bytes()
    return data[:8] == b"\x89PNG\r\n\x1a\n" and data[-8:-4] == b"IEND" and all(
        zlib.crc32(kind_and_body) == crc for kind_and_body, crc in chunks(data))


def chunks(data):
    offset = 8
    while offset + 12 <= len(data):
        size = struct.unpack_from(">I", data, offset)[0]
        yield data[offset + 4 : offset + 8 + size], struct.unpack_from(">I", data, offset + 8 + size)[0]
        offset += size + 12


class Disk(Trial):
    name = "disk"
    short = 10
    long = 300

    def prepare(self):
        self.disk = self.path / "disk"
        self.disk.mkdir()
        self.mount(1 << 20)
        self.unmount()
        self.images = self.path / "images"
        shutil.copytree(simulated(64), self.images)
        self.compared = self.plan(self.images, 1)
        self.kinds = [
            self.simulate, self.augment, self.split, self.imported, self.evaluate, self.predict, self.train,
            self.compare, self.labelling, self.exported]

    def end(self):
        self.unmount()

    def mount(self, size):
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(self.disk)], capture_output=True)
        if done.returncode != 0:
            raise Skipped("no disk of a size of its own can be mounted here (needs root)")

    def unmount(self):
        subprocess.run(["umount", "-l", str(self.disk)], capture_output=True)

    def round(self, number, draw):
        kind = self.kinds[number % len(self.kinds)]
        large = kind in (self.train, self.compare)
        self.mount(int((2 ** draw.uniform(16, 26)) if large else 2 ** draw.uniform(13, 18)))
        try:
            # Somebody else's file takes a part of it.
            (self.disk / "other").write_bytes(bytes(draw.randrange(1, 6000)))
            kind(draw)
            left = leftovers(self.disk)
            assert not left, f"left behind: {left}"
            for path in self.disk.rglob("*.png"):
                assert whole_png(path), f"{path} is no whole PNG"
        finally:
            self.unmount()

    def obeyed(self, *arguments):
        done = self.obeys(self.command(*arguments, timeout=300), FULL)
        if done.returncode:
            assert b"space" in done.stderr, done.stderr.decode()
        return done

    def simulate(self, draw):
        self.obeyed("simulate", self.disk / "new", "--count", draw.randint(1, 9), "--size", "64")

    def augment(self, draw):
        self.obeyed("augment", self.images, "--sheet", self.disk / "sheet.png", "--size", "64")

    def split(self, draw):
        self.obeyed("split", self.images, "--test", "0.4", "-o", self.disk / "split.csv")

    def imported(self, draw):
        self.obeyed("import", "masks", self.images, self.disk / "cells", "--masks", self.images / "masks")

    def evaluate(self, draw):
        self.obeyed(
            "evaluate", self.images, "--masks", self.images / "masks", "--predictions", self.images / "masks",
            "--csv", self.disk / "scores.csv")

    def predict(self, draw):
        self.obeyed("predict", self.images, "-o", self.disk / "out", "--no-flips", "--size", "64")

    def train(self, draw):
        run = self.disk / "run"
        done = self.obeyed(
            "train", self.images, "--masks", self.images / "masks", "--output", run, *SMALL, "--epochs", "2")
        if done.returncode == 0:
            assert (run / "weights.safetensors").exists() and (run / "scores.csv").exists(), "0 without its files"

    def compare(self, draw):
        self.obeyed("compare", self.compared, self.disk / "results")

    def exported(self, draw):
        project = self.path / "project"
        if not project.exists():
            with Terminal([*OPEN, str(self.images), "--project", str(project)], 80, 24,
                          self.folder.environment()) as terminal:
                terminal.wait(" done").keys("q")
                assert terminal.exit() == 0
        self.obeyed("export", self.images, "--project", project, "-o", self.disk / "out")

    def labelling(self, draw):
        """Strokes and acceptances until the disk is full, and what the last lines say of them."""
        images = self.path / "labelled"
        shutil.rmtree(images, ignore_errors=True)
        images.mkdir()
        for index in range(12):
            shutil.copyfile(self.images / "sim-01.png", images / f"a{index:02}.png")
        project = self.disk / "project"
        with Terminal([*OPEN, str(images), "--project", str(project)], 100, 30,
                      self.folder.environment()) as terminal:
            terminal.settle(1)
            if terminal.ended:
                assert terminal.exit() in (73, 74), terminal.words()
                return
            terminal.keys("\r").settle(0.3)
            for _ in range(draw.randint(5, 40)):
                terminal.keys(draw.choice([RIGHT, DOWN]) * draw.randint(1, 9) + " " + RIGHT * 5 + "\r")
                terminal.settle(0.05)
                if draw.random() < 0.4:
                    terminal.keys("a").settle(0.2)
            terminal.keys("\x03")
            code = terminal.exit()
            assert code == 130, f"ended with {code}\n{terminal.words()}"
        decided = {}
        for line in (project / "review.jsonl").read_bytes().splitlines() if project.exists() else []:
            assert line.endswith(b"}"), f"half a decision: {line}"
            decided[line.split(b'"image":"')[1].split(b'"')[0]] = b"accepted" in line or b"corrected" in line
        masks = {path.name[:-4].encode() for path in project.glob("masks/*.png")}
        missing = {key for key, holds in decided.items() if holds} - masks
        assert not missing, f"accepted without a mask: {missing}"
        self.counts["masks on full disks"] += len(masks)


TRIAL = Disk
