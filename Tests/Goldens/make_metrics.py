"""Asks scikit-image, SciPy and OpenCV how well masks agree, on random and on degenerate ones.

Usage: python make_metrics.py     (writes metrics.json beside itself)
Needs: pip install numpy scipy scikit-image opencv-python-headless
The band of boundary IoU is cut as in the code that Cheng et al. 2021 released (`mask_to_boundary`).
"""
import json, math
from pathlib import Path
import cv2, numpy as np, scipy, skimage
from scipy import ndimage
from skimage.metrics import hausdorff_distance

RNG = np.random.default_rng(20211205)
RATIO = 0.02


def band(mask):
    h, w = mask.shape
    steps = max(1, int(round(RATIO * math.hypot(h, w))))
    padded = cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    eroded = cv2.erode(padded, np.ones((3, 3), np.uint8), iterations=steps)
    return mask & (eroded[1:h + 1, 1:w + 1] == 0)


def edge(mask):
    return mask & ~ndimage.binary_erosion(mask)


def blob(h, w, level):
    a = ndimage.gaussian_filter(RNG.normal(0, 1, (h, w)), 5)
    return a > np.quantile(a, level)


def empty(h, w):
    return np.zeros((h, w), bool)


def pixel(h, w, y, x):
    m = empty(h, w)
    m[y, x] = True
    return m


def box(h, w, y0, y1, x0, x1):
    m = empty(h, w)
    m[y0:y1, x0:x1] = True
    return m


def pairs():
    for h, w in [(23, 31), (40, 17), (64, 64), (97, 80)]:
        yield f"random {w}x{h}", blob(h, w, 0.6), blob(h, w, 0.7)
    h, w = 96, 110
    ring = box(h, w, 10, 80, 10, 90) & ~box(h, w, 30, 60, 35, 70)
    cases = {"full": ~empty(h, w), "one pixel": pixel(h, w, 40, 3), "corner pixel": pixel(h, w, 0, w - 1),
             "hole": ring, "filled": box(h, w, 10, 80, 10, 90), "border": box(h, w, 0, 50, 60, w),
             "pierced": ~pixel(h, w, 47, 52), "random": blob(h, w, 0.5)}
    names = list(cases)
    yield "both empty", empty(h, w), empty(h, w)
    for i, name in enumerate(names):
        yield f"{name}, empty", cases[name], empty(h, w)
        yield f"empty, {name}", empty(h, w), cases[name]
        for other in names[i:]:
            yield f"{name}, {other}", cases[name], cases[other]
    yield "line", box(1, 9, 0, 1, 2, 7), box(1, 9, 0, 1, 0, 5)
    yield "single", ~empty(1, 1), ~empty(1, 1)


def score(name, p, t):
    tp, fp, fn = (p & t).sum(), (p & ~t).sum(), (~p & t).sum()
    nothing = float(not p.any() and not t.any())
    ratio = lambda a, b: nothing if b == 0 else float(a / b)
    bands = band(p), band(t)
    if p.any() and t.any():
        hd = hausdorff_distance(edge(p), edge(t))
        there = ndimage.distance_transform_edt(~edge(t))[edge(p)]
        back = ndimage.distance_transform_edt(~edge(p))[edge(t)]
        hd95 = max(np.percentile(there, 95), np.percentile(back, 95))
    else:
        hd = hd95 = 0.0 if nothing else math.hypot(*p.shape)
    return {"name": name, "width": p.shape[1], "height": p.shape[0], "prediction": runs(p), "truth": runs(t),
            "iou": ratio(tp, tp + fp + fn), "dice": ratio(2 * tp, 2 * tp + fp + fn),
            "precision": ratio(tp, tp + fp), "recall": ratio(tp, tp + fn),
            "boundaryIoU": ratio((bands[0] & bands[1]).sum(), (bands[0] | bands[1]).sum()),
            "hausdorff": float(hd), "hausdorff95": float(hd95)}


def runs(mask):
    """Lengths of runs, the first of background, row by row."""
    flat = np.concatenate([[0], mask.ravel().astype(int), [0]])
    starts, ends = (np.flatnonzero(np.diff(flat) == s) for s in (1, -1))
    out, at = [], 0
    for start, end in zip(starts, ends):
        out += [int(start - at), int(end - start)]
        at = end
    return out


def main():
    scores = [score(*pair) for pair in pairs()]
    table = {key: [s[key] for s in scores] for key in ("iou", "boundaryIoU", "hausdorff")}
    golden = {"versions": {m.__name__: m.__version__ for m in (np, scipy, skimage, cv2)}, "scores": scores,
              "means": {k: float(np.mean(v)) for k, v in table.items()},
              "deviations": {k: float(np.std(v, ddof=1)) for k, v in table.items()}}
    Path(__file__).with_name("metrics.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()
