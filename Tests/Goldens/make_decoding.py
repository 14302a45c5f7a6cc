"""Writes decoding.json: small planes of cell and core, and the cells that a plain statement of `CellDecoder` makes of them.

The watershed is Meyer's flooding, of equally high pixels the one that came first; `skimage.segmentation.watershed`, which leaves the
order of equal markers to its heap, is held to give the same cells but for one pixel in a hundred.
Needs: pip install numpy scipy scikit-image
"""
import heapq
import json
from pathlib import Path

import numpy as np
import skimage
from scipy import ndimage
from skimage.measure import label
from skimage.segmentation import watershed


def usual(areas):
    areas = np.sort(np.asarray(areas, int))
    half, total = areas.sum() // 2, 0
    for area in areas:
        total += area
        if total > half:
            return float(area)
    return 0.0


def flood(heights, markers, mask):
    out, queue, age = markers.copy(), [], 0
    for y, x in zip(*np.nonzero(markers)):
        queue.append((int(heights[y, x]), age, y, x))
        age += 1
    heapq.heapify(queue)
    while queue:
        _, _, y, x = heapq.heappop(queue)
        for v, u in ((y - 1, x), (y, x - 1), (y, x + 1), (y + 1, x)):
            if 0 <= v < out.shape[0] and 0 <= u < out.shape[1] and mask[v, u] and not out[v, u]:
                out[v, u] = out[y, x]
                heapq.heappush(queue, (int(heights[v, u]), age, v, u))
                age += 1
    theirs = watershed(heights, markers, mask=mask, connectivity=1)
    assert (theirs != out).mean() < 0.01, (theirs != out).mean()
    return out


def join(grown, core):
    """Groups of labels: of each two that meet, by the highest pass first, the lower joins unless its peak stands half of
    the usual peak above the pass. Heights are the floats that the program has."""
    height = core.astype(np.float32) / np.float32(255)
    names = [int(name) for name in np.unique(grown) if name]
    if len(names) < 2:
        return grown
    peak = {name: height[grown == name].max() for name in names}
    least = np.float32(0.5) * sorted(peak.values())[len(names) // 2]
    passes = []
    for place, first in enumerate(names):
        beside = ndimage.binary_dilation(grown == first)
        for second in names[place + 1:]:
            if (beside & (grown == second)).any():
                steps = [(np.minimum(height[a], height[b])) for a, b in (
                    ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
                    ((slice(None, -1), slice(None)), (slice(1, None), slice(None))))]
                pairs = [{0: (grown[:, :-1], grown[:, 1:]), 1: (grown[:-1], grown[1:])}[axis] for axis in (0, 1)]
                top = max(step[((a == first) & (b == second)) | ((a == second) & (b == first))].max(initial=0)
                          for step, (a, b) in zip(steps, pairs))
                passes.append((-top, first, second))
    group = {name: {name} for name in names}
    for top, first, second in sorted(passes):
        one, other = group[first], group[second]
        if one is other:
            continue
        highest = [min(names, key=lambda name: (-peak[name] if name in part else np.inf, name)) for part in (one, other)]
        if min(peak[name] for name in highest) + top < least:
            both = one | other
            for name in both:
                group[name] = both
    out = grown.copy()
    for name in names:
        out[grown == name] = min(group[name], key=lambda each: (-peak[each], each))
    return out


def decode(cell, core):
    """Cells of two planes of bytes, in 0...255: a pixel is cell, or core, from 128 on."""
    mask = cell >= 128
    pieces = label((core >= 128) & mask, connectivity=2)
    areas = np.bincount(pieces.ravel())[1:]
    least = max(3, 0.08 * usual(areas))
    markers = np.where(np.isin(pieces, 1 + np.flatnonzero(areas >= least)), pieces, 0)
    grown = join(flood(255 - core.astype(int), markers, mask), core)
    parts = label(mask, connectivity=2)
    grown_areas = np.bincount(grown.ravel())[1:].tolist()
    bare = [int((parts == part).sum()) for part in range(1, parts.max() + 1) if not grown[parts == part].any()]
    size = usual([area for area in grown_areas if area > 0] + bare)
    top = grown.max()
    for part in range(1, parts.max() + 1):
        where = parts == part
        if not grown[where].any() and where.sum() >= 0.1 * size:
            top += 1
            grown[where] = top
    # Counted in the order of first pixels.
    numbers, out = {0: 0}, []
    for value in grown.ravel():
        out.append(numbers.setdefault(int(value), len(numbers)))
    return out


def plane(rng, shape, sigma, gain, shift):
    noise = ndimage.gaussian_filter(rng.standard_normal(shape), sigma)
    return np.clip(128 + gain * noise / noise.std() + shift, 0, 255).astype(np.uint8)


cases = []
for seed in range(10):
    rng = np.random.default_rng(seed)
    shape = [(40, 56), (33, 64), (64, 31)][seed % 3]
    cell = plane(rng, shape, 3 + seed % 3, 60, 40)
    core = np.minimum(plane(rng, shape, 1.5 + seed % 2, 60, -20), cell)
    cases.append({"width": shape[1], "height": shape[0], "cell": cell.ravel().tolist(),
                  "core": core.ravel().tolist(), "labels": decode(cell, core)})
file = Path(__file__).with_name("decoding.json")
file.write_text(json.dumps({"skimage": skimage.__version__, "cases": cases}, separators=(",", ":")) + "\n")
