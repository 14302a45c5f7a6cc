#!/usr/bin/env python3
"""Times aura against PyTorch in turn, so that a drift of the machine's speed meets both alike.

Usage: against_pytorch.py REFERENCE [--cases NETWORK:SIZE ...] [--rounds 7] [--steps 3] [--simd avx2] [--compile] [--best-only]
REFERENCE is the folder with bench_torch.py and networks.py. Needs torch, and a release build of aura. Stop all else first.

A case is a network and a size; batch 4, every core. Before its rounds PyTorch is run once in each of its configurations:
memory as it comes or channels last, glibc's malloc as it comes or kept from giving memory back. The rounds take the one
with the quickest step; PyTorch's memory is the least of them all. Every round runs aura and PyTorch once, and is printed
with the load average at its start (on stderr). At the end one table in Markdown (on stdout): medians of the rounds, their
ratio (aura / PyTorch), target and floor. --simd times AURA-net's step once more a round with AURA_SIMD set for aura alone;
--compile lets PyTorch's inference of AURA-net be the better of eager and compiled, which takes a minute more a round.
"""
import argparse, json, os, re, statistics, subprocess, sys
from pathlib import Path

AURA = Path(__file__).resolve().parents[2] / ".build/release/aura"
CASES = ("aura-net:256", "aura-net:512", "unet:256", "attention-unet:256", "ce-net:256")
KEEP = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "68719476736"}
CONFIGURATIONS = {
    f"{order}, {malloc}": (flags, extra)
    for order, flags in (("channels last", ["--channels-last"]), ("plain", []))
    for malloc, extra in (("memory kept", KEEP), ("malloc as it is", {}))
}
BEST = "channels last, memory kept"
STEP, INFERENCE, MEMORY = range(3)
NAMES = ("training step, s", "inference of one picture, s", "peak memory of training, MiB")


def bounds(network, size, figure, simd=None):
    """Target and floor of a ratio, where there is one."""
    if network != "aura-net":
        return (0.45, 0.60) if figure == STEP and size == 256 else None
    if size not in (256, 512):
        return None
    if simd:
        return (0.65, 0.75) if simd == "avx2" else None
    return {STEP: (0.33, 0.40), INFERENCE: (0.40, 0.55), MEMORY: (0.60 if size >= 512 else 0.67, 0.75)}[figure]


def run(command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout


def ours(a, network, size, simd=None):
    env = dict(os.environ, AURA_SIMD=simd) if simd else None
    text = run([AURA, "bench", "--network", network, "--size", size, "--steps", a.steps, "--json"], env=env)
    report = json.loads(text)
    return (statistics.median(report["trainingSteps"]), statistics.median(report["inferences"]),
            report["peakTrainingBytes"] / 2**20)


def theirs(a, network, size, configuration, compiles=False):
    flags, extra = CONFIGURATIONS[configuration]
    command = [sys.executable, "bench_torch.py", "--net", network, "--size", size, "--steps", a.steps, "--threads",
               os.cpu_count(), *flags, *(["--compile"] if compiles else [])]
    text = run(command, cwd=a.reference, env=dict(os.environ, **extra))
    return tuple(float(re.search(rf"{key}=([\d.]+)", text)[1]) for key in ("train_step_s", "infer_s", "peak_rss_mib"))


def tell(*words):
    print(*words, file=sys.stderr, flush=True)


def shown(figures):
    return "%.3f s, %.3f s, %.0f MiB" % figures


def measure(a, network, size):
    """Medians of all rounds: aura's, PyTorch's, and with a forced path aura's again; and the loads of the rounds."""
    tell(f"{network} {size}: PyTorch's configurations")
    names = [BEST] if a.best_only else CONFIGURATIONS
    probes = {name: theirs(a, network, size, name) for name in names}
    for name, figures in probes.items():
        tell(f"  {name}: {shown(figures)}")
    best = min(probes, key=lambda name: probes[name][STEP])
    compiles = a.compile and network == "aura-net"
    simd = a.simd if network == "aura-net" else None
    rounds, loads = [], []
    for index in range(a.rounds):
        loads.append(os.getloadavg()[0])
        rounds.append((ours(a, network, size), theirs(a, network, size, best, compiles),
                       ours(a, network, size, simd) if simd else None))
        tell(f"  round {index + 1}, load {loads[-1]:.1f}: aura {shown(rounds[-1][0])}; PyTorch {shown(rounds[-1][1])}"
             + (f"; aura with {simd} {shown(rounds[-1][2])}" if simd else ""))
    mine, other, forced = (
        tuple(statistics.median(figures) for figures in zip(*side)) if side[0] else None for side in zip(*rounds))
    least = min(figures[MEMORY] for figures in list(probes.values()) + [each[1] for each in rounds])
    return mine, (other[STEP], other[INFERENCE], least), forced, (min(loads), max(loads))


def row(what, mine, other, bound, loads, digits):
    ratio = mine / other
    verdict = "" if bound is None else "target met" if ratio <= bound[0] else "floor met" if ratio <= bound[1] else "missed"
    target, floor = ("%.2f" % each for each in bound) if bound else ("", "")
    return (f"| {what} | {target} | {floor} | {mine:.{digits}f} | {other:.{digits}f} | {ratio:.3f} | {verdict} "
            f"| {loads[0]:.1f} to {loads[1]:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--cases", nargs="+", default=CASES, metavar="NETWORK:SIZE")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--simd", choices=("avx2", "plain", "blas"), help="AURA-net once more with AURA_SIMD set")
    parser.add_argument("--best-only", action="store_true", help=f"do not try PyTorch's configurations but take '{BEST}'")
    parser.add_argument("--compile", action="store_true", help="PyTorch's inference: the better of eager and compiled")
    a = parser.parse_args()
    rows = []
    for case in a.cases:
        network, size = case.split(":")[0], int(case.split(":")[1])
        mine, other, forced, loads = measure(a, network, size)
        where = f"{network} {size}x{size}"
        for figure, name in enumerate(NAMES):
            rows.append(row(f"{where}: {name}", mine[figure], other[figure], bounds(network, size, figure), loads,
                            0 if figure == MEMORY else 3))
        if forced:
            rows.append(row(f"{where}: {NAMES[STEP]}, {a.simd} forced", forced[STEP], other[STEP],
                            bounds(network, size, STEP, a.simd), loads, 3))
        tell("\n".join(rows[-4 if forced else -3:]))
    print(f"Medians of {a.rounds} rounds of {a.steps} steps, batch 4, {os.cpu_count()} threads.\n")
    print("| | target | floor | Aura | PyTorch | ratio | | load |\n|---|---|---|---|---|---|---|---|")
    print("\n".join(rows))


main()
