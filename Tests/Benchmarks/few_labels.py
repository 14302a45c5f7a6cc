#!/usr/bin/env python3
"""What weights are worth on real images: without a label, with a few, with all.

Usage: few_labels.py DATA WEIGHTS [--sets bubil2 usiigaci bubil1] [--labels 0 5 all] [--seeds 0 1 2]
                     [--score test|rest] [--size found|N] [--protocol own|paper] [--views V] [--csv FILE]
                     [-- further options of aura train]
DATA holds splits/SET.csv, splits/SET-shots-SEED.csv and the sets' folders. WEIGHTS is what --weights takes: simulated,
none or a file. Needs a release build of aura; AURA_PROGRAM names another one. The labels are the first ones of
SET-shots-SEED.csv; the scores are those of the split's images for testing, or with --score rest of the images for
training that are not among the labels: settings are chosen by those, so that the images for testing choose nothing.
Without --size the program finds it, as it does for anybody. IoU is of whole images at their own size, or with
--protocol paper on the resized crop; where cells are told apart in truth their F1 at IoU 0.5 and the error of their
count are told too. Prints a line for each run and the means over the seeds.
"""
import argparse, csv, json, os, statistics, subprocess, sys, tempfile, time
from pathlib import Path

AURA = os.environ.get("AURA_PROGRAM", Path(__file__).resolve().parents[2] / ".build/release/aura")
FOLDERS = {
    "bubil1": ("BU-BIL/BU-BIL_Dataset1/RawImages", "BU-BIL/BU-BIL_Dataset1/GoldStandard"),
    "bubil2": ("bubil2-rabbitsmc-crops/images", "bubil2-rabbitsmc-crops/masks"),
    "usiigaci": ("usiigaci-crops16/images", "usiigaci-crops16/labels"),
}


def column(file, part=None):
    rows = list(csv.DictReader(file.open()))
    return [row["image"] for row in rows if part is None or row["split"] == part]


def aura(*words):
    done = subprocess.run([str(AURA), *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout[done.stdout.index("{"):] if words[0] in ("evaluate", "suggest") else done.stdout.splitlines()[-1])


def split(a, name, labels, order, folder):
    """Writes which images of a set are labelled, the first ones of an order, and which are scored; none where none is labelled."""
    some = order if labels == "all" else order[:int(labels)]
    tested = column(a.data / f"splits/{name}.csv", "test") if a.score == "test" else [
        each for each in order if each not in some]
    file = Path(folder) / "split.csv"
    rows = [(each, "train") for each in some] + [(each, "test") for each in tested]
    file.write_text("image,split\n" + "".join(f"{image},{part}\n" for image, part in rows))
    return file, bool(some)


def shots(a, name, seed):
    """The images for training in the order of a seed."""
    return column(a.data / f"splits/{name}-shots-{seed}.csv")


def run(a, name, labels, seed, extra, order=None):
    """The mean scores of one set, and the seconds that all took; `order` names the images to label in place of the shots."""
    images, masks = (a.data / folder for folder in FOLDERS[name])
    with tempfile.TemporaryDirectory() as folder:
        chosen, is_trained = split(a, name, labels, order or shots(a, name, seed), folder)
        common = [images, "--masks", masks, "--split", chosen, "--protocol", a.protocol, "--json"]
        common += ["--size", a.size] if a.size != "found" else []
        common += ["--views", a.views] if a.views else []
        start = time.monotonic()
        if not is_trained:
            return aura("evaluate", *common, "--weights", a.weights)["mean"], time.monotonic() - start
        result = aura("train", *common, "--weights", a.weights, "--seed", seed, "--output", Path(folder) / "run",
                      "--cross-validation", "none", *extra)
        scored = next(part for part in result["parts"] if part["part"] == "test")
        return scored["mean"], time.monotonic() - start


def shown(scores):
    """The scores that are told, by name."""
    names = {"iou": "IoU", "cellF1": "F1", "countError": "count error"}
    return {text: scores[name] for name, text in names.items() if scores.get(name) is not None}


def settings(description, words, more=lambda parser: None, **defaults):
    """The options that scripts of this kind share, with `more` of one's own, and what is to be handed on to aura train."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("weights")
    parser.add_argument("--sets", nargs="+", choices=FOLDERS, default=["bubil2", "usiigaci", "bubil1"])
    parser.add_argument("--labels", nargs="+", default=["0", "5", "all"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--score", choices=["test", "rest"], default="test")
    parser.add_argument("--size", default="found")
    parser.add_argument("--protocol", choices=["own", "paper"], default="own")
    parser.add_argument("--views", choices=["one", "flips", "sizes", "second-opinion"])
    parser.add_argument("--csv", type=Path, help="append the lines to this file")
    more(parser)
    parser.set_defaults(**defaults)
    extra = words[words.index("--") + 1:] if "--" in words else []
    return parser.parse_args(words[:words.index("--")] if "--" in words else words), extra


def main():
    a, extra = settings(__doc__, sys.argv[1:])
    for name in a.sets:
        for labels in a.labels:
            runs = []
            for seed in a.seeds if labels != "0" else a.seeds[:1]:
                scores, seconds = run(a, name, labels, seed, extra)
                runs.append(shown(scores))
                told = " ".join(f"{text} {value:.4f}" for text, value in runs[-1].items())
                print(f"{name} labels {labels} seed {seed} {told} {seconds:.0f} s", flush=True)
                if a.csv:
                    with a.csv.open("a") as file:
                        csv.writer(file).writerow([name, labels, seed, told, f"{seconds:.1f}", *extra])
            for text in runs[0]:
                values = [each[text] for each in runs]
                spread = statistics.stdev(values) if len(values) > 1 else 0
                print(f"{name} labels {labels}: {text} mean {statistics.mean(values):.4f}, spread {spread:.4f}", flush=True)


if __name__ == "__main__":
    main()
