"""SIGKILL in the middle of a training, a pretraining, a comparison, a prediction: the same command goes on, to
what it would have come to."""

import hashlib
import os
import shutil
import subprocess
import time

from place import AURA, simulated
from trial import SMALL, Trial, leftovers, words


class Kind:
    """A command that is killed, how it is gone on with, and what it has to come to."""

    def __init__(self, first, again, results):
        self.first, self.again, self.results = first, again, results
        self.seconds = 0.0
        self.wanted = {}


class Runs(Trial):
    name = "runs"
    short = 5
    long = 100

    def prepare(self):
        self.images = self.path / "images"
        shutil.copytree(simulated(64), self.images)
        plan = self.plan(self.images, 2, "unet, {name: second, base: unet, gamma: 0.5}")
        labels = [self.images, "--masks", self.images / "masks"]

        def training(out, keep):
            return ["train", *labels, "--output", out, *SMALL, "--epochs", "6", "--validation", "0.34",
                    "--keep", keep]

        def predicting(out):
            return ["predict", self.images, "--weights", self.path / "whole-last" / "weights.safetensors",
                    "-o", out, "--no-flips"]

        def pretraining(out):
            return ["pretrain", out, "--steps", "6", "--validate-every", "2", "--sizes", "64", "--batch", "2"]

        resumed = ["--resume"]
        self.kinds = {
            "last": Kind(lambda out: training(out, "last"), resumed, ["weights.safetensors", "scores.csv"]),
            "best": Kind(lambda out: training(out, "best"), resumed, ["weights.safetensors", "scores.csv"]),
            "compare": Kind(
                lambda out: ["compare", plan, out], [],
                ["scores.csv", "runs/*/weights.safetensors", "runs/*/predictions/*.png"]),
            "predict": Kind(predicting, [], ["*.png"]),
            "pretrain": Kind(pretraining, resumed, ["weights.safetensors", "validation.csv"]),
        }
        for name, kind in self.kinds.items():
            whole = self.path / f"whole-{name}"
            began = time.monotonic()
            done = self.command(*kind.first(whole), timeout=600)
            assert done.returncode == 0, done.stderr.decode()
            kind.seconds = time.monotonic() - began
            kind.wanted = self.results(whole, kind)
            assert kind.wanted, name

    def results(self, folder, kind):
        """What must not depend on interruptions."""
        files = [path for pattern in kind.results for path in sorted(folder.glob(pattern))]
        return {str(path.relative_to(folder)): digest(path) for path in files}

    def round(self, number, draw):
        name = list(self.kinds)[number % len(self.kinds)]
        kind, out = self.kinds[name], self.path / f"broken-{name}"
        shutil.rmtree(out, ignore_errors=True)
        command = kind.first(out)
        kills = 0
        for attempt in range(draw.randint(1, 3)):
            going_on = kind.again if attempt and out.exists() else []
            kills += self.killed([*command, *going_on], draw.uniform(0, 1) ** 0.7 * kind.seconds * 1.1)
        going_on = kind.again if out.exists() else []
        done = self.obeys(self.command(*command, *going_on, timeout=600), {0})
        got = self.results(out, kind)
        assert got == kind.wanted, (
            f"{words(command)}: after {kills} kills it came to other files: "
            f"{sorted(name for name in {*got, *kind.wanted} if got.get(name) != kind.wanted.get(name))}\n"
            f"{done.stderr.decode()}")
        left = leftovers(out)
        assert not left, f"left behind: {left}"
        self.counts[f"kills of {name}"] += kills

    def killed(self, command, seconds):
        """Runs a command for so long and no longer; whether it had to be killed."""
        process = subprocess.Popen(
            [str(AURA), *map(str, command)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, env=dict(os.environ, **self.folder.environment()))
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return True
        assert process.returncode == 0, f"{words(command)}: {process.returncode}\n{said.decode()}"
        return False


def digest(path):
    """A file's contents, but for what a table says of times."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


TRIAL = Runs
