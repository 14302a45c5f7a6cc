#!/usr/bin/env python3
"""Trains with Winograd's method and without it, from several seeds, and compares where both end.

Usage: with_and_without_winograd.py FOLDER SPLIT [--seeds 3] [--first-seed 0] [--epochs 20] [--size 64] [--threads 2]
FOLDER holds images/ and masks/, SPLIT is a CSV of image,split. Needs a release build of aura; AURA_PROGRAM names
another one. Without Winograd (AURA_SIMD=blas) OpenBLAS multiplies, so the two differ in roundings alone; a training
makes them grow like another seed's noise. Prints the last epoch's training loss and the IoU of the test images for
each run, then the means, their difference with its standard error, and the spread over seeds (standard deviation).
"""
import argparse, csv, json, os, statistics, subprocess, sys, tempfile
from pathlib import Path

AURA = os.environ.get("AURA_PROGRAM", Path(__file__).resolve().parents[2] / ".build/release/aura")
WAYS = {"with": None, "without": "blas"}


def train(a, seed, simd):
    env = {name: value for name, value in os.environ.items() if name != "AURA_SIMD"}
    if simd:
        env["AURA_SIMD"] = simd
    with tempfile.TemporaryDirectory() as output:
        command = [AURA, "train", a.folder / "images", "--masks", a.folder / "masks", "--split", a.split, "--output",
                   output, "--size", a.size, "--epochs", a.epochs, "--seed", seed, "--validation", 0, "--keep", "last",
                   "--threads", a.threads, "--json"]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=env)
        if done.returncode:
            sys.exit(done.stderr)
        rows = list(csv.DictReader((Path(output) / "history.csv").open()))
    scores = json.loads(done.stdout.splitlines()[-1])
    return float(rows[-1]["train_loss"]), scores["mean"]["iou"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("split", type=Path)
    for name, value in (("seeds", 3), ("first-seed", 0), ("epochs", 20), ("size", 64), ("threads", 2)):
        parser.add_argument(f"--{name}", type=int, default=value)
    a = parser.parse_args()
    runs = {way: [] for way in WAYS}
    for seed in range(a.first_seed, a.first_seed + a.seeds):
        for way, simd in WAYS.items():
            runs[way].append(train(a, seed, simd))
            loss, iou = runs[way][-1]
            print(f"seed {seed} {way:8}training loss {loss:.5f} IoU {iou:.4f}", flush=True)
    for place, name in enumerate(("training loss", "IoU")):
        values = [[run[place] for run in runs[way]] for way in WAYS]
        means, spreads = ([of(each) for each in values] for of in (statistics.mean, statistics.stdev))
        error = (sum(spread**2 for spread in spreads) / a.seeds) ** 0.5
        print(f"{name}: with {means[0]:.5f} without {means[1]:.5f} difference {means[0] - means[1]:+.5f} "
              f"+- {error:.5f}, spread over seeds {spreads[0]:.5f} and {spreads[1]:.5f}")


main()
