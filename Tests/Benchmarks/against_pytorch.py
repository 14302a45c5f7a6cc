#!/usr/bin/env python3
"""Times aura against PyTorch in turn, so that a drift of the machine's speed meets both alike.

Usage: against_pytorch.py REFERENCE [--network aura-net] [--size 256] [--rounds 7] [--steps 3] [--compile]
REFERENCE is the folder with bench_torch.py and networks.py. Needs torch, and a release build of aura.
Prints each round and the medians with their ratio (aura / PyTorch), and the load average before each round.
PyTorch runs in its best configuration: channels last, glibc's malloc kept from giving memory back.
"""
import argparse, json, os, re, statistics, subprocess, sys
from pathlib import Path

AURA = Path(__file__).resolve().parents[2] / ".build/release/aura"


def ours(a):
    command = [AURA, "bench", "--network", a.network, "--size", str(a.size), "--steps", str(a.steps), "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return (statistics.median(report["trainingSteps"]), statistics.median(report["inferences"]),
            report["peakTrainingBytes"] / 2**20)


def theirs(a):
    command = [sys.executable, "bench_torch.py", "--net", a.network, "--size", str(a.size), "--steps", str(a.steps),
               "--threads", str(os.cpu_count()), "--channels-last"] + (["--compile"] if a.compile else [])
    env = dict(os.environ, MALLOC_MMAP_MAX_="0", MALLOC_TRIM_THRESHOLD_="68719476736")
    text = subprocess.run(command, check=True, capture_output=True, text=True, cwd=a.reference, env=env).stdout
    return tuple(float(re.search(rf"{key}=([\d.]+)", text)[1]) for key in ("train_step_s", "infer_s", "peak_rss_mib"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--network", default="aura-net")
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--compile", action="store_true", help="PyTorch's inference: the better of eager and compiled")
    a = parser.parse_args()
    rounds = []
    for index in range(a.rounds):
        load = os.getloadavg()[0]
        rounds.append((ours(a), theirs(a)))
        print(f"round {index + 1} load {load:.1f} aura {rounds[-1][0]} pytorch {rounds[-1][1]}", flush=True)
    for place, name in enumerate(("training step, s", "inference, s", "peak training memory, MiB")):
        mine, other = (statistics.median(each[side][place] for each in rounds) for side in (0, 1))
        print(f"{a.network} {a.size} {name}: aura {mine:.3f} pytorch {other:.3f} ratio {mine / other:.3f}")


main()
