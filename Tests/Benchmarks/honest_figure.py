#!/usr/bin/env python3
"""Whether what a run says of itself agrees with what it does on images that it has never seen.

Usage: honest_figure.py DATA WEIGHTS [--sets bubil2 usiigaci bubil1] [--labels 5] [--seeds 0 1 2]
                        [--modes auto full] [--score test|rest] [--csv FILE] [-- further options of aura train]
DATA, WEIGHTS, the sets and the labels are those of few_labels.py, beside it. Each run is trained once, cross-validated in
each of the modes (--cross-validation) and scored on the split's images for testing, or with --score rest on the images
for training that are not among the labels, at their own size. Prints for each run and mode the estimate with its interval,
the true mean, whether it lies within, and the seconds of training and checking; at the end the mean difference and its
spread, and in how many cases the truth lay within. Needs a release build of aura; AURA_PROGRAM names another one.
"""
import csv, json, statistics, subprocess, sys, tempfile, time
from pathlib import Path

from few_labels import AURA, FOLDERS, settings, shots, split


def events(*words):
    """What a training tells, by the names of its events, each with the seconds since it began."""
    begun, told = time.monotonic(), {}
    with subprocess.Popen([str(AURA), *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        for line in run.stdout:
            event = json.loads(line)
            told[event["event"]] = dict(event, seconds=time.monotonic() - begun)
    if run.returncode:
        sys.exit(f"aura {' '.join(map(str, words))} ended with {run.returncode}")
    return told


def measure(a, name, labels, seed, extra):
    """Of each mode the estimate, and the true mean, of a run."""
    images, masks = (a.data / folder for folder in FOLDERS[name])
    with tempfile.TemporaryDirectory() as folder:
        chosen, _ = split(a, name, labels, shots(a, name, seed), folder)
        words = ["train", images, "--masks", masks, "--split", chosen, "--output", Path(folder) / "run", "--json"]
        for mode in a.modes:
            told = events(*words, *(["--resume"] if mode != a.modes[0] else [
                "--weights", a.weights, "--seed", seed, *extra]), "--cross-validation", mode)
            truth = next(part for part in told["scored"]["parts"] if part["part"] == "test")["mean"]
            if "finished" in told:
                trained = told["finished"]["seconds"]
            # A run that is trained already is told by its measure alone.
            before = told["finished"]["seconds"] if "finished" in told else 0
            yield mode, told["crossValidated"]["crossValidation"], truth, trained, told["crossValidated"]["seconds"] - before


def modes(parser):
    parser.add_argument("--modes", nargs="+", choices=["auto", "full"], default=["auto", "full"])


def main():
    a, extra = settings(__doc__, sys.argv[1:], modes, labels=["5"])
    differences = {mode: [] for mode in a.modes}
    within = {mode: [] for mode in a.modes}
    for name in a.sets:
        for labels in a.labels:
            for seed in a.seeds:
                for mode, told, truth, trained, checked in measure(a, name, labels, seed, extra):
                    mean, margin = told["iou"]["mean"], told["iou"].get("margin")
                    true = truth["iou"]
                    differences[mode].append(mean - true)
                    if margin is not None:
                        within[mode].append(abs(mean - true) <= margin)
                    f1 = [told.get("cellF1", {}).get("mean"), truth.get("cellF1")]
                    print(
                        f"{name} labels {labels} seed {seed} {mode} ({told['folds']} x {told['steps']} steps): IoU {mean:.3f}"
                        + (f" +- {margin:.3f}" if margin is not None else "") + f", true {true:.3f}"
                        + (f", F1 {f1[0]:.3f}, true {f1[1]:.3f}" if None not in f1 else "")
                        + f"; trained {trained:.0f} s, checked {checked:.0f} s", flush=True)
                    if a.csv:
                        with a.csv.open("a") as file:
                            csv.writer(file).writerow(
                                [name, labels, seed, mode, told["folds"], told["steps"], f"{mean:.4f}",
                                 "" if margin is None else f"{margin:.4f}", f"{true:.4f}", *f1, f"{trained:.1f}",
                                 f"{checked:.1f}", *extra])
    for mode, all in differences.items():
        spread = statistics.stdev(all) if len(all) > 1 else 0
        size = statistics.mean(map(abs, all))
        print(f"{mode}: estimate minus truth {statistics.mean(all):+.3f}, spread {spread:.3f}, mean size {size:.3f}, "
              f"truth within {sum(within[mode])} of {len(within[mode])}")


if __name__ == "__main__":
    main()
