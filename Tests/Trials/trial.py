"""What all trials are made of: rounds that can be tried again, and the laws of a command."""

import collections
import os
import random
import signal
import subprocess
import traceback

from place import AURA, Folder

# What the program may end with: 0, and the codes of the README's table.
CODES = {0, 64, 65, 66, 68, 69, 70, 71, 73, 74, 75}


# A training of moments.
SMALL = ["--size", "64", "--batch", "2", "--seed", "3", "--weights", "none", "--network", "unet"]


class Skipped(Exception):
    """A trial that this machine cannot hold."""


class Trial:
    """A kind of trouble, drawn anew in every round."""

    name = ""
    short = 1
    long = 1

    def __init__(self, seed):
        self.seed = seed
        self.counts = collections.Counter()

    def __enter__(self):
        self.folder = Folder()
        self.path = self.folder.path
        self.prepare()
        return self

    def __exit__(self, *_):
        self.end()
        self.folder.__exit__()

    def prepare(self):
        """Makes what all rounds use."""

    def end(self):
        """Takes away what `prepare` made outside of the folder."""

    def round(self, number, draw):
        """One round; `draw` is its generator. Raises where a law is broken."""
        raise NotImplementedError

    def run(self, rounds):
        """Goes through the rounds; how many of them broke a law."""
        faults = 0
        for number in rounds:
            try:
                self.round(number, random.Random(f"{self.seed} {self.name} {number}"))
            except Exception as fault:  # noqa: BLE001: whatever it is, the other rounds go on
                faults += 1
                if not isinstance(fault, AssertionError):
                    traceback.print_exc()
                print(
                    f"trials: {self.name}: FAULT in round {number} (again: Tests/Trials/run {self.name} "
                    f"--seed {self.seed} --only {number}): {fault}", flush=True)
        return faults

    def figures(self):
        """What was met, and how often."""
        told = ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items()))
        return f"; {told}" if told else ""

    def plan(self, images, epochs, recipes="unet"):
        """A comparison of moments."""
        file = self.path / "plan.yaml"
        file.write_text(
            f"data: {{images: {images}, masks: {images}/masks, maskPolarity: white, "
            "split: {test: 0.4, seed: 1}}\n"
            f"defaults: {{size: 64, epochs: {epochs}, batch: 2, weights: none}}\nrecipes: [{recipes}]\n")
        return file

    def command(self, *arguments, timeout=120, **settings):
        """Runs the program to its end."""
        settings.setdefault("env", dict(os.environ, **self.folder.environment()))
        try:
            return subprocess.run(
                [str(AURA), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
                timeout=timeout, **settings)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{words(arguments)}: still going on after {timeout} s") from None

    def obeys(self, done, codes=CODES):
        """Whether a command ended as the README says: with a code of its table and, but for 0, a last
        line that says why."""
        said = done.stderr.decode(errors="replace")
        what = f"{words(done.args[1:])}: ended with {done.returncode}"
        assert done.returncode >= 0, f"{what} ({signal.Signals(-done.returncode).name})\n{said}"
        assert done.returncode in codes, f"{what}, not one of {sorted(codes)}\n{said}"
        last = said.strip().splitlines()[-1:] or [""]
        if done.returncode not in (0, 64, 130):
            assert last[0].startswith("aura: "), f"{what} without a reason\n{said}"
        assert "Fatal error" not in said, f"{what}\n{said}"
        self.counts[f"ended with {done.returncode}"] += 1
        return done


def words(arguments):
    """A command as a person would type it."""
    return " ".join(["aura", *map(str, arguments)])


def leftovers(folder):
    """What killed writes leave."""
    return [str(path) for path in folder.rglob("*.aura-tmp")]
