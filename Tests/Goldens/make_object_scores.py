"""Scores label images against each other by the formulas that StarDist, Cellpose and Hoover et al. published.

Usage: python make_object_scores.py     (writes object_scores.json beside itself)
Needs: pip install numpy scipy
StarDist's `matching` and Cellpose's `average_precision` and `aggregated_jaccard_index` are restated here over dense
tables, with SciPy's linear_sum_assignment as they have it. Over- and under-segmentation are those of Hoover et al.
1996 at a tolerance of more than half. A label image is stored as pairs of a number and how many pixels have it.
"""
import json
from pathlib import Path
import numpy as np, scipy
from scipy.optimize import linear_sum_assignment

RNG = np.random.default_rng(20261121)
THRESHOLDS = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]
LEVELS = [0.1, 0.25, 0.4, 0.5, 0.75]


# Label images

def voronoi(h, w, cells, radius=99.0):
    sites = RNG.uniform(0, 1, (cells, 2)) * (h, w)
    y, x = np.mgrid[:h, :w]
    d = (y[None] - sites[:, 0, None, None]) ** 2 + (x[None] - sites[:, 1, None, None]) ** 2
    return np.where(d.min(0) <= radius ** 2, d.argmin(0) + 1, 0)


def noisy(a, share):
    """The same with some pixels given to a neighbour in any direction."""
    out = a.copy()
    for _ in range(2):
        dy, dx = RNG.integers(-2, 3, 2)
        mark = RNG.uniform(0, 1, a.shape) < share
        out[mark] = np.roll(a, (dy, dx), (0, 1))[mark]
    return out


def shifted(a, dy, dx):
    out = np.zeros_like(a)
    h, w = a.shape
    out[max(dy, 0):h + min(dy, 0), max(dx, 0):w + min(dx, 0)] = \
        a[max(-dy, 0):h - max(dy, 0), max(-dx, 0):w - max(dx, 0)]
    return out


def divided(a, split, merge):
    """Some cells cut by a line through their middles, some given the number of another."""
    out = a.copy()
    free = a.max() + 1
    for label in np.unique(a[a > 0]):
        u = RNG.uniform()
        mark = out == label
        if not mark.any():
            continue
        if u < split:
            ys, xs = np.nonzero(mark)
            angle = RNG.uniform(0, np.pi)
            side = (ys - ys.mean()) * np.cos(angle) + (xs - xs.mean()) * np.sin(angle) > 0
            out[ys[side], xs[side]] = free
            free += 1
        elif u < split + merge:
            out[mark] = RNG.choice(np.unique(a[a > 0]))
    return out


def scattered(a):
    """The same cells with numbers far apart."""
    labels = np.unique(a[a > 0])
    numbers = RNG.choice(65535, len(labels), replace=False) + 1
    table = np.zeros(a.max() + 1, int)
    table[labels] = numbers
    return table[a]


def tiles(h, w, th, tw, dy=0, dx=0):
    y, x = np.mgrid[:h, :w]
    return (y + dy) // th * 1000 + (x + dx) // tw + 1


def specks(h, w, share, numbers):
    return np.where(RNG.uniform(0, 1, (h, w)) < share, RNG.integers(1, numbers + 1, (h, w)), 0)


def pairs():
    for i, (h, w, n) in enumerate([(24, 30, 8), (30, 22, 14), (36, 36, 20), (17, 41, 12)]):
        t = voronoi(h, w, n, [99, 4, 5, 99][i])
        yield f"crowd with noise {i}", scattered(noisy(t, 0.15)), scattered(t)
        yield f"crowd with much noise {i}", noisy(t, 0.5), t
        yield f"crowds that have nothing to do with each other {i}", voronoi(h, w, n + 3), t
        yield f"split and merged {i}", divided(t, 0.3, 0.3), t
        yield f"split and merged, truth {i}", t, divided(noisy(t, 0.1), 0.4, 0.4)
        for s in (1, 2, 3):
            yield f"shifted {i} by {s}", shifted(t, s, -s if i % 2 else s // 2), t
    yield "specks", specks(24, 24, 0.4, 60), specks(24, 24, 0.4, 60)
    yield "specks of many numbers", scattered(specks(20, 20, 0.5, 300)), specks(20, 20, 0.5, 300)
    t = specks(26, 18, 0.3, 400)
    yield "many tiny cells, most found", np.where(RNG.uniform(0, 1, t.shape) < 0.8, t, 0), t
    yield "halves", tiles(12, 16, 4, 2), tiles(12, 16, 4, 4)
    yield "doubles", tiles(12, 16, 4, 4), tiles(12, 16, 4, 2)
    yield "quarters", tiles(12, 16, 2, 2), tiles(12, 16, 4, 4)
    yield "IoU of just a half, shifted", tiles(6, 18, 3, 3, 0, 1), tiles(6, 18, 3, 3)
    yield "IoU of a third everywhere", tiles(8, 16, 4, 4, 0, 2), tiles(8, 16, 4, 4)
    yield "thresholds met exactly", tiles(20, 20, 20, 4), np.where(tiles(20, 20, 20, 4) % 2 == 1, np.arange(20)[:, None] < 12, np.arange(20)[:, None] < 15) * tiles(20, 20, 20, 4)
    yield "bricks", tiles(9, 21, 3, 7, 0, 2), tiles(9, 21, 3, 5)
    a, b = np.zeros((2, 9), int), np.zeros((2, 9), int)
    a[:, 0:4], a[:, 4:9] = 1, 2
    b[:, 0:2], b[:, 2:7], b[:, 7:9] = 1, 2, 3
    yield "greedy is not best", a, b
    e = np.zeros((7, 9), int)
    one, full = e.copy(), e + 7
    one[3, 4] = 65535
    yield "nothing", e, e
    yield "nothing predicted", e, tiles(7, 9, 3, 3)
    yield "nothing there", tiles(7, 9, 3, 3), e
    yield "one pixel", one, one
    yield "one pixel and all", one, full
    yield "all and one pixel", full, one
    yield "all", full, full
    yield "all and many", full, tiles(7, 9, 2, 2)
    yield "apart", np.where(np.arange(9) < 4, 3, 0) + e, np.where(np.arange(9) > 5, 3, 0) + e
    yield "a row", tiles(1, 20, 1, 3), tiles(1, 20, 1, 4)
    yield "a column", tiles(20, 1, 3, 1), tiles(20, 1, 4, 1)


def all_pairs():
    for name, p, t in pairs():
        yield name, p, t, None
    for i in range(4):
        t = voronoi(28, 26, 14, 6)
        u = voronoi(28, 26, 5) % 2 == i % 2
        yield f"unknown parts {i}", divided(noisy(t, 0.2), 0.2, 0.2), t, u
    t = tiles(8, 12, 4, 4)
    yield "unknown just a half", t, t, np.broadcast_to(np.arange(12) % 4 < 2, (8, 12))
    yield "unknown more than half", t, t, np.broadcast_to(np.arange(12) % 4 < 3, (8, 12))
    yield "unknown all", t, t, np.ones((8, 12), bool)
    yield "unknown nothing", tiles(8, 12, 4, 3), t, np.zeros((8, 12), bool)


# What is known, and the table of overlaps

def known(p, t, u):
    if u is None:
        return p, t
    result = []
    for a in (p, t):
        a = a.copy()
        for label in np.unique(a[a > 0]):
            if 2 * u[a == label].sum() > (a == label).sum():
                a[a == label] = 0
        result.append(np.where(u, 0, a))
    return result


def table(p, t):
    """Numbers of true and predicted cells, and the pixels they share, ground in row and column 0."""
    true, ti = np.unique(np.append(0, t), return_inverse=True)
    pred, pi = np.unique(np.append(0, p), return_inverse=True)
    overlap = np.zeros((len(true), len(pred)), int)
    np.add.at(overlap, (ti[1:], pi[1:]), 1)
    return true[1:], pred[1:], overlap


def ious(overlap):
    union = overlap.sum(0, keepdims=True) + overlap.sum(1, keepdims=True) - overlap
    return (overlap / np.maximum(union, 1))[1:, 1:]


# StarDist

def assignment(iou, threshold, bonus=0):
    n = min(iou.shape)
    costs = -(iou >= threshold).astype(float) - (iou + bonus) / (2 * n)
    return linear_sum_assignment(costs)


def matched(iou, threshold, bonus=0):
    if min(iou.shape) == 0 or not (iou >= threshold).any():
        return np.zeros((0, 2), int), np.zeros(0)
    i, j = assignment(iou, threshold, bonus)
    ok = iou[i, j] >= threshold
    return np.stack([i[ok], j[ok]], 1), iou[i, j][ok]


def matching(iou, threshold):
    at, scores = matched(iou, threshold)
    tp = len(at)
    fn, fp = iou.shape[0] - tp, iou.shape[1] - tp
    part = lambda a, b: float(a / b) if tp > 0 else 0.0
    result = {"tp": tp, "fp": fp, "fn": fn, "precision": part(tp, tp + fp), "recall": part(tp, tp + fn),
              "accuracy": part(tp, tp + fp + fn), "f1": part(2 * tp, 2 * tp + fp + fn),
              "matched": part(scores.sum(), tp), "pq": part(scores.sum(), tp + fp / 2 + fn / 2)}
    if threshold < 0.5:
        # Of equally good assignments one may hold more of its IoU in matches than another.
        sums = [matched(iou, threshold, s * 1e-9 * (iou >= threshold) * iou)[1].sum() for s in (-1, 1)]
        if abs(sums[0] - sums[1]) > 1e-12:
            result["matched"] = result["pq"] = None
    return result


# Cellpose

def jaccard(overlap, iou):
    union = overlap[1:].sum() + overlap[0, 1:].sum()
    if union == 0:
        return None
    if min(iou.shape) == 0:
        return 0.0
    common = overlap[1:, 1:]
    share = lambda bonus: float(common[assignment(iou, 0.5, bonus)].sum() / union)
    # Of equally good assignments the one with the most common pixels.
    low, plain, high = share(-1e-9 * common / union), share(0), share(1e-9 * common / union)
    assert low <= plain <= high, (low, plain, high)
    return high


# Hoover

def kinds(overlap, at):
    area_t, area_p = overlap.sum(1)[1:], overlap.sum(0)[1:]
    common = overlap[1:, 1:]
    inside_t, inside_p = 2 * common > area_p[None, :], 2 * common > area_t[:, None]
    split = (inside_t.sum(1) > 1) & (2 * (common * inside_t).sum(1) > area_t)
    merge = (inside_p.sum(0) > 1) & (2 * (common * inside_p).sum(0) > area_p)
    piece = (inside_t & split[:, None]).any(0)
    swallowed = (inside_p & merge[None, :]).any(1)
    found_t, found_p = np.zeros(len(area_t), bool), np.zeros(len(area_p), bool)
    found_t[at[:, 0]] = True
    found_p[at[:, 1]] = True
    pick = np.select
    return (split, merge, pick([split, swallowed, found_t], ["split", "merged", "found"], "missed"),
            pick([merge, piece, found_p], ["merged", "split", "found"], "extra"))


def score(p, t, u):
    true, pred, overlap = table(*known(p, t, u))
    iou = ious(overlap)
    at, scores = matched(iou, 0.5)
    split, merge, kinds_t, kinds_p = kinds(overlap, at)
    free = iou >= 0.5
    has_choice = bool((free.sum(0) > 1).any() or (free.sum(1) > 1).any())
    accuracies = [matching(iou, x)["accuracy"] for x in THRESHOLDS]
    found = [[int(pred[j]), int(true[i]), float(s)] for (i, j), s in zip(at, scores)]
    return {"levels": [matching(iou, x) for x in LEVELS], "accuracies": accuracies,
            "meanAccuracy": float(np.mean(accuracies)), "jaccard": jaccard(overlap, iou),
            "countError": abs(len(pred) - len(true)) / max(len(true), 1),
            "splits": int(split.sum()), "merges": int(merge.sum()), "hasChoice": has_choice,
            "found": None if has_choice else found,
            "truthKinds": None if has_choice else dict(zip(map(str, true), map(str, kinds_t))),
            "predictionKinds": None if has_choice else dict(zip(map(str, pred), map(str, kinds_p)))}


# Several images together

def dataset(entries):
    """StarDist's `matching_dataset` at 0.5: over the images that have a cell, and of the sums."""
    entries = [e for e in entries if e["jaccard"] is not None]
    at = [e["levels"][LEVELS.index(0.5)] for e in entries]
    means = {key: float(np.mean([e[key] for e in at]))
             for key in ("precision", "recall", "accuracy", "f1", "matched", "pq")}
    tp, fp, fn = (sum(e[key] for e in at) for key in ("tp", "fp", "fn"))
    total = sum(e["tp"] * e["matched"] for e in at)
    aps = [e["meanAccuracy"] for e in entries]
    return {"images": len(entries), "means": means, "meanAP": float(np.mean(aps)),
            "deviationAP": float(np.std(aps, ddof=1)), "tp": tp, "fp": fp, "fn": fn,
            "pooled": {"precision": tp / (tp + fp), "recall": tp / (tp + fn), "accuracy": tp / (tp + fp + fn),
                       "f1": 2 * tp / (2 * tp + fp + fn), "matched": total / tp, "pq": total / (tp + fp / 2 + fn / 2)}}


# Some 2,000 cells that both sides compute

def word(seed, i):
    """The finaliser of SplitMix64."""
    z = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + i.astype(np.uint64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def crowd(seeds, side=45, step=10, reach=40):
    """The nearest of the sites of a jittered grid; each seed moves them by up to 4 pixels once more."""
    at = np.arange(side * side)
    x, y = at % side * step, at // side * step
    for seed in seeds:
        bits = word(seed, at)
        x = x + (bits % np.uint64(5)).astype(int)
        y = y + (bits // np.uint64(8) % np.uint64(5)).astype(int)
    rows, columns = np.mgrid[:side * step, :side * step]
    least, labels = np.full(rows.shape, reach + 1), np.zeros(rows.shape, int)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            gy, gx = rows // step + dy, columns // step + dx
            inside = (gy >= 0) & (gy < side) & (gx >= 0) & (gx < side)
            site = np.where(inside, gy * side + gx, 0)
            d = np.where(inside, (rows - y[site]) ** 2 + (columns - x[site]) ** 2, reach + 1)
            labels = np.where(d < least, site + 1, labels)
            least = np.minimum(d, least)
    return labels


def large():
    result = []
    for name, p, t in [("near", [1, 2], [1]), ("far", [3, 4, 5], [6])]:
        true, pred, overlap = table(crowd(p), crowd(t))
        iou = ious(overlap)
        at, _ = matched(iou, 0.5)
        split, merge, _, _ = kinds(overlap, at)
        result.append({"name": name, "prediction": p, "truth": t, "levels": [matching(iou, x) for x in LEVELS],
                       "jaccard": jaccard(overlap, iou), "splits": int(split.sum()), "merges": int(merge.sum())})
    return result


def runs(a):
    flat = np.asarray(a, int).ravel()
    starts = np.append(0, np.flatnonzero(np.diff(flat)) + 1)
    return [int(v) for pair in zip(flat[starts], np.diff(np.append(starts, len(flat)))) for v in pair]


def main():
    np.seterr(over="ignore")
    cases = []
    for name, p, t, u in all_pairs():
        cases.append({"name": name, "width": p.shape[1], "height": p.shape[0], "prediction": runs(p), "truth": runs(t),
                      "unknown": None if u is None else runs(u), **score(p, t, u)})
    golden = {"versions": {m.__name__: m.__version__ for m in (np, scipy)}, "seed": 20261121,
              "thresholds": THRESHOLDS, "levels": LEVELS, "cases": cases, "dataset": dataset(cases), "large": large()}
    Path(__file__).with_name("object_scores.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()
