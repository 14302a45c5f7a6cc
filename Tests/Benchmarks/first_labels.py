#!/usr/bin/env python3
"""Which images are best labelled first: an annotator who follows an order of `aura suggest`, against a random one.

Usage: first_labels.py DATA WEIGHTS [--orders random cover typical uncertain] [--sets bubil1 bubil2 usiigaci]
                       [--labels 3 5 10 15] [--seeds 0 1 2] [--score rest|test] [--csv FILE]
                       [-- further options of aura train]
DATA and WEIGHTS are those of few_labels.py, and so are the scores: IoU of the split's images for testing, or with
--score rest (the default) of the images for training that are not labelled, so that the images for testing choose
nothing. Only images for training are suggested. A seed draws the random order and trains; the other orders are the same
for every seed. Prints a line for each run, the means over the seeds, and what each order gains over the random one.
"""
import csv, statistics, sys, tempfile
from pathlib import Path

from few_labels import FOLDERS, aura, column, run, settings

# Of the weights that look: what the encoder compares is no larger in any case.
SIZE = 256


def suggested(a, name, order, seed):
    """The images for training of a set, as the split names them, the one to label first at the start."""
    wanted = column(a.data / f"splits/{name}.csv", "train")
    files = {}
    for file in sorted((a.data / FOLDERS[name][0]).iterdir()):
        files |= {each: file for each in (file.name, file.stem) if each in wanted}
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for each in wanted:
            link = Path(folder) / files[each].name
            link.symlink_to(files[each].resolve())
            names[link.name] = each
        found = aura("suggest", folder, "--follow-links", "--order", order, "--seed", seed, "--count", len(wanted),
                     "--weights", a.weights, "--size", SIZE, "--json")
    return [names[each] for each in found["images"]]


def table(a, means):
    """What each order reaches, and how much more than the random one."""
    for name in a.sets:
        for labels in a.labels:
            base = means.get((name, "random", labels))
            words = [f"{order} {mean:.3f}" + (f" ({mean - base:+.3f})" if base and order != "random" else "")
                     for order in a.orders for mean in [means[name, order, labels]]]
            print(f"{name} labels {labels}: {', '.join(words)}", flush=True)


def orders(parser):
    parser.add_argument("--orders", nargs="+", default=["random", "cover", "typical"],
                        choices=["random", "cover", "typical", "uncertain"])


def main():
    a, extra = settings(__doc__, sys.argv[1:], orders, labels=["3", "5", "10", "15"], score="rest")
    means = {}
    for name in a.sets:
        for order in a.orders:
            ranked = {seed: suggested(a, name, order, seed) for seed in (a.seeds if order == "random" else a.seeds[:1])}
            for labels in a.labels:
                ious = []
                for seed in a.seeds:
                    chosen = ranked.get(seed, ranked[a.seeds[0]])
                    scores, seconds = run(a, name, labels, seed, extra, chosen)
                    iou = scores["iou"]
                    ious.append(iou)
                    print(f"{name} {order} labels {labels} seed {seed} IoU {iou:.4f} {seconds:.0f} s", flush=True)
                    if a.csv:
                        with a.csv.open("a") as file:
                            csv.writer(file).writerow([name, order, labels, seed, f"{iou:.4f}", f"{seconds:.1f}", *extra])
                means[name, order, labels] = statistics.mean(ious)
                spread = statistics.stdev(ious) if len(ious) > 1 else 0
                print(f"{name} {order} labels {labels}: mean {means[name, order, labels]:.4f}, "
                      f"spread over seeds {spread:.4f}", flush=True)
    table(a, means)


if __name__ == "__main__":
    main()
