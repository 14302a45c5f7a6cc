"""Compares every element of what the Swift networks computed with PyTorch in float64.

Usage: export AURA_DUMP=$(mktemp -d)
       swift test --disable-xctest --filter ModelParityTests
       python compare_full.py REFERENCE "$AURA_DUMP"
REFERENCE is the folder of networks.py. Prints the gaps and ends with 1 where one is over its limit. Needs what make_goldens.py needs.
"""
import argparse
import sys
from pathlib import Path
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from make_goldens import HERE, evaluation, training


def gap(found, expected):
    """The largest difference, relative to the largest expected magnitude."""
    return ((found.double() - expected).abs().max() / expected.abs().max()).item()


def whole(dump, gradients):
    """The relative L2 gap of all gradients as one vector."""
    difference = sum((dump[f"gradient.{k}"].double() - g).square().sum() for k, g in gradients.items())
    return (difference / sum(g.square().sum() for g in gradients.values())).sqrt().item()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("reference", type=Path)
    a.add_argument("dump", type=Path)
    a = a.parse_args()
    sys.path.insert(0, str(a.reference))
    import networks as nets
    failures = 0

    def report(name, value, limit):
        nonlocal failures
        failures += not value <= limit
        print(f"{name}: {value:.3g} (limit {limit:g}){'' if value <= limit else ' TOO LARGE'}", flush=True)

    for file in sorted(a.dump.glob("*.safetensors")):
        dump = load_file(file)
        kind, _, name = file.stem.partition("-")
        if kind == "evaluation":
            with safe_open(HERE / f"{file.stem}.safetensors", "pt") as golden:
                images = golden.metadata()["images"]
            _, _, logits, loss, gradients = evaluation(nets, name, images)
            report(f"{file.stem} logits", gap(dump["logits"], logits), 1e-3)
            report(f"{file.stem} loss", gap(dump["loss"], loss), 1e-5)
            gaps = {k: gap(dump[f"gradient.{k}"], g) for k, g in gradients.items()}
            worst = max(gaps, key=gaps.get)
            report(f"{file.stem} every gradient, worst at {worst}", gaps[worst], 1e-3)
            print(f"{file.stem} gradients as one vector: {whole(dump, gradients):.3g}")
        else:
            logits, gradients, stats, losses = training(nets, name, steps=1)
            report(f"{file.stem} logits", gap(dump["logits"], logits), 5e-3)
            report(f"{file.stem} loss", gap(dump["loss"], losses), 1e-5)
            report(f"{file.stem} running statistics", max(gap(dump[f"statistic.{k}"], v) for k, v in stats.items()), 5e-3)
            report(f"{file.stem} gradients as one vector", whole(dump, gradients), 0.05)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
