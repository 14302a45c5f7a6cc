"""Writes hysteresis.json: small planes of probabilities, and scikit-image's `apply_hysteresis_threshold` of them.

The upper threshold is a share of the greatest of the usual piece. scikit-image's pieces touch by edges, those of `Mask` by corners too: only planes are
taken where that makes no difference. Both of its thresholds are exceeded, those of `Mask` are reached, so they are half a step lower here.
Needs: pip install numpy scipy scikit-image
"""
import json
from pathlib import Path

import numpy as np
import skimage
from scipy import ndimage
from skimage.filters import apply_hysteresis_threshold
from skimage.measure import label

STEP = 0.5 / 255


def planes():
    for seed in range(400):
        random = np.random.default_rng(seed)
        height, width = random.integers(9, 30, 2)
        smooth = ndimage.gaussian_filter(random.normal(size=(height, width)), 1.5)
        top = random.uniform(0.55, 1)
        yield np.round(255 * top * np.clip(0.5 + smooth / (2 * np.abs(smooth).max()), 0, 1)).astype(int)


def usual(values, pieces):
    """The greatest of the piece up to which, by their greatest, the pieces have half of all pixels."""
    names = range(1, pieces.max() + 1)
    found = sorted((values[pieces == name].max(), (pieces == name).sum()) for name in names)
    areas = np.cumsum([area for _, area in found])
    return found[int(np.argmax(2 * areas >= areas[-1]))][0]


cases = []
for plane in planes():
    values = plane / 255
    low, share = 0.5, 0.95
    pieces = label(values >= low, connectivity=2)
    if not 0 < pieces.max() == label(values >= low, connectivity=1).max():
        continue
    found = apply_hysteresis_threshold(values, low - STEP, share * usual(values, pieces) - STEP / 100)
    if not 0 < found.sum() < (values >= low).sum():
        continue
    cases.append({
        "width": plane.shape[1], "values": plane.ravel().tolist(), "low": low, "share": share,
        "mask": "".join("#" if cell else "." for cell in found.ravel())})
cases = cases[:12]
Path(__file__).with_name("hysteresis.json").write_text(json.dumps(
    {"skimage": skimage.__version__, "cases": cases}, separators=(",", ":")) + "\n")
print(len(cases), "cases")
