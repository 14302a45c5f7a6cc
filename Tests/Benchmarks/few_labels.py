#!/usr/bin/env python3
"""What weights are worth on real images: without a label, with a few, with all.

Usage: few_labels.py DATA WEIGHTS [--sets bubil2 usiigaci bubil1] [--labels 0 5 all] [--seeds 0 1 2]
                     [--score test|rest] [--csv FILE] [-- further options of aura train]
DATA holds splits/SET.csv, splits/SET-shots-SEED.csv and the sets' folders. WEIGHTS is what --weights takes: simulated,
none or a file. Needs a release build of aura; AURA_PROGRAM names another one. The labels are the first ones of
SET-shots-SEED.csv; the scores are IoU on the resized crop (--protocol paper) of the split's images for testing, or
with --score rest of the images for training that are not among the labels: settings are chosen by those, so that the
images for testing choose nothing. Prints a line for each run and the means over the seeds.
"""
import argparse, csv, json, os, statistics, subprocess, sys, tempfile, time
from pathlib import Path

AURA = os.environ.get("AURA_PROGRAM", Path(__file__).resolve().parents[2] / ".build/release/aura")
FOLDERS = {
    "bubil1": ("BU-BIL/BU-BIL_Dataset1/RawImages", "BU-BIL/BU-BIL_Dataset1/GoldStandard"),
    "bubil2": ("bubil2-rabbitsmc-crops/images", "bubil2-rabbitsmc-crops/masks"),
    "usiigaci": ("usiigaci-crops16/images", "usiigaci-crops16/masks"),
}


def column(file, part=None):
    rows = list(csv.DictReader(file.open()))
    return [row["image"] for row in rows if part is None or row["split"] == part]


def aura(*words):
    done = subprocess.run([str(AURA), *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout[done.stdout.index("{"):] if words[0] == "evaluate" else done.stdout.splitlines()[-1])


def run(a, name, labels, seed, extra):
    """IoU of one set, and the seconds that the training took."""
    images, masks = (a.data / folder for folder in FOLDERS[name])
    split = a.data / f"splits/{name}.csv"
    order = column(a.data / f"splits/{name}-shots-{seed}.csv")
    some = order if labels == "all" else order[:int(labels)]
    tested = column(split, "test") if a.score == "test" else [each for each in order if each not in some]
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder) / "split.csv"
        rows = [(each, "train") for each in some] + [(each, "test") for each in tested]
        chosen.write_text("image,split\n" + "".join(f"{image},{part}\n" for image, part in rows))
        common = [images, "--masks", masks, "--split", chosen, "--size", 256, "--protocol", "paper", "--json"]
        start = time.monotonic()
        if not some:
            return aura("evaluate", *common, "--weights", a.weights)["mean"]["iou"], time.monotonic() - start
        result = aura("train", *common, "--weights", a.weights, "--seed", seed, "--output", Path(folder) / "run", *extra)
        scored = next(part for part in result["parts"] if part["part"] == "test")
        return scored["mean"]["iou"], time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("weights")
    parser.add_argument("--sets", nargs="+", choices=FOLDERS, default=["bubil2", "usiigaci", "bubil1"])
    parser.add_argument("--labels", nargs="+", default=["0", "5", "all"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--score", choices=["test", "rest"], default="test")
    parser.add_argument("--csv", type=Path, help="append the lines to this file")
    words = sys.argv[1:]
    extra = words[words.index("--") + 1:] if "--" in words else []
    a = parser.parse_args(words[:words.index("--")] if "--" in words else words)
    for name in a.sets:
        for labels in a.labels:
            ious = []
            for seed in a.seeds if labels != "0" else a.seeds[:1]:
                iou, seconds = run(a, name, labels, seed, extra)
                ious.append(iou)
                print(f"{name} labels {labels} seed {seed} IoU {iou:.4f} {seconds:.0f} s", flush=True)
                if a.csv:
                    with a.csv.open("a") as file:
                        csv.writer(file).writerow([name, labels, seed, f"{iou:.4f}", f"{seconds:.1f}", *extra])
            spread = statistics.stdev(ious) if len(ious) > 1 else 0
            print(f"{name} labels {labels}: mean {statistics.mean(ious):.4f}, spread over seeds {spread:.4f}", flush=True)


main()
