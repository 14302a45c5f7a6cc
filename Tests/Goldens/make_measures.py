"""Asks scikit-image what it measures of cells, and numpy how it cuts values into bins.

Usage: python make_measures.py     (writes measures.json beside itself)
Needs: pip install numpy scipy scikit-image
What regionprops has not is found by brute force: the smallest Feret diameter over all directions between two corners
of the outline whose largest diameter regionprops gives, neighbours by dilation, pieces by `label`.
"""
import json, math
from pathlib import Path
import numpy as np, scipy, skimage
from scipy import ndimage
from scipy.spatial import ConvexHull
from skimage.measure import find_contours, label, regionprops

RNG = np.random.default_rng(20261017)


def intensities(h, w):
    """Grey values of 16 bits by arithmetic, which the reader repeats."""
    y, x = np.mgrid[:h, :w]
    return ((x * 7919 + y * 104729 + x * y * 31) % 65536).astype(np.uint16)


def smallest_feret(hull_image):
    points = np.vstack(find_contours(np.pad(hull_image, 2), 0.5, fully_connected="high"))
    points = points[ConvexHull(points).vertices]
    best = math.inf
    for i, p in enumerate(points):
        for q in points[:i]:
            normal = np.array([q[1] - p[1], p[0] - q[0]]) / np.hypot(*(q - p))
            best = min(best, np.ptp(points @ normal))
    return float(best)


def blobs(h, w, sigma, level):
    field = ndimage.gaussian_filter(RNG.normal(0, 1, (h, w)), sigma)
    return label(field > np.quantile(field, level), connectivity=1)


def crowd(h, w, number):
    """Cells that fill the picture and touch: each pixel is of the nearest of some points."""
    y, x = np.mgrid[:h, :w]
    points = RNG.uniform(0, 1, (number, 2)) * (h, w)
    far = (y[..., None] - points[:, 0]) ** 2 + ((x[..., None] - points[:, 1]) * 1.3) ** 2
    return far.argmin(-1) + 1


def ellipse(h, w, y0, x0, a, b, angle):
    y, x = np.mgrid[:h, :w]
    u = (x - x0) * math.cos(angle) + (y - y0) * math.sin(angle)
    v = (y - y0) * math.cos(angle) - (x - x0) * math.sin(angle)
    return (u / a) ** 2 + (v / b) ** 2 <= 1


def line(cells, number, y0, x0, y1, x1):
    rows, columns = skimage.draw.line(y0, x0, y1, x1)
    cells[rows, columns] = number


def shapes():
    """Single pixels, lines, boxes, rings and cells in pieces, with gaps in their numbers."""
    cells = np.zeros((60, 90), int)
    cells[0, 0] = 2
    cells[5, 7] = 3
    cells[59, 89] = 65535
    cells[2, 10:13] = 5
    cells[2:9, 15] = 6
    cells[4, 20:22] = 7
    line(cells, 8, 2, 24, 12, 34)
    line(cells, 9, 12, 36, 2, 46)
    line(cells, 10, 3, 50, 10, 80)
    line(cells, 11, 14, 2, 30, 7)
    cells[15:18, 12:15] = 20
    cells[15:19, 18:22] = 21
    cells[15:17, 24:31] = 22
    cells[15:25, 36:48] = 23
    cells[18:22, 40:45] = 0
    cells[16:24, 52] = cells[16, 52:60] = 24
    cells[20, 70] = cells[21, 71] = cells[22, 70] = 25
    cells[30:33, 20:24] = cells[30:36, 60:62] = 30
    cells[28, 30] = cells[50, 45] = 31
    cells[34, 25] = cells[36, 27] = 32
    cells[40:44, 0:3] = 40
    cells[55:60, 30:40] = 41
    cells[40:60, 50:90][ellipse(20, 40, 10, 30, 14, 7, 0.5)] = 42
    cells[40:60, 50:90][ellipse(20, 40, 10, 30, 7, 3, 0.5)] = 43
    cells[47:50, 78:81] = 0
    return cells


def cases():
    yield "shapes", shapes()
    yield "nothing", np.zeros((5, 7), int)
    yield "one pixel", np.ones((1, 1), int)
    yield "one row", np.array([[0, 3, 3, 0, 3, 4, 4, 4]])
    yield "one column", np.array([[1], [1], [2], [0], [1]])
    yield "all one cell", np.full((9, 13), 7)
    yield "blobs", blobs(70, 100, 2.5, 0.6)
    yield "specks", blobs(40, 50, 0.8, 0.7)
    yield "crowd", crowd(64, 96, 40)
    pile = np.zeros((80, 80), int)
    for number in range(1, 41):
        y, x, a, b, angle = RNG.uniform((0, 0, 2, 1, 0), (80, 80, 14, 7, 3.2))
        pile[ellipse(80, 80, y, x, a, b, angle)] = 321 * number
    yield "pile", pile
    yield "small crowd", crowd(48, 40, 60)
    scattered = RNG.integers(0, 4, (20, 30))
    yield "scattered", scattered
    large = np.zeros((420, 600), int)
    large[ellipse(420, 600, 200, 280, 270, 150, 0.3)] = 1
    large[ellipse(420, 600, 210, 330, 90, 60, -0.7)] = 0
    large[ellipse(420, 600, 150, 200, 40, 30, 1.0)] = 2
    large[ellipse(420, 600, 380, 560, 80, 50, 0.2)] = 3
    yield "large", large


KEYS = ["label", "area", "perimeter", "perimeter_crofton", "axis_major_length", "axis_minor_length", "eccentricity",
        "orientation", "area_convex", "solidity", "extent", "equivalent_diameter_area", "feret_diameter_max",
        "intensity_mean", "intensity_min", "intensity_max"]


def measured(cells, image):
    rows = {}
    for r in regionprops(cells, intensity_image=image):
        row = {key: float(getattr(r, key)) for key in KEYS}
        row["centroid_y"], row["centroid_x"] = (float(v) for v in r.centroid)
        top, left, bottom, right = r.bbox
        row |= {"bbox_left": left, "bbox_top": top, "bbox_width": right - left, "bbox_height": bottom - top}
        row["intensity_sum"] = int(image[cells == r.label].astype(np.int64).sum())
        row["circularity"] = 4 * math.pi * row["area"] / row["perimeter"] ** 2 if row["perimeter"] else None
        row["feret_diameter_min"] = smallest_feret(r.image_convex)
        row["touches_border"] = int(top == 0 or left == 0 or bottom == cells.shape[0] or right == cells.shape[1])
        row["pieces"] = int(label(r.image, connectivity=2).max())
        around = np.unique(cells[ndimage.binary_dilation(cells == r.label, np.ones((3, 3)))])
        others = [int(v) for v in around if v not in (0, r.label)]
        row["neighbours"] = len(others)
        rows.setdefault("neighbour_labels", []).append(others)
        for key, value in row.items():
            whole = value is not None and float(value).is_integer()
            rows.setdefault(key, []).append(int(value) if whole else value)
    return rows


def runs(cells):
    """Numbers and lengths of runs by turns, row by row."""
    flat = cells.ravel()
    starts = np.concatenate([[0], np.flatnonzero(np.diff(flat)) + 1, [flat.size]])
    return [int(v) for start, end in zip(starts, starts[1:]) for v in (flat[start], end - start)]


def histograms():
    samples = [RNG.normal(0, 1, n) for n in (2, 3, 7, 30, 200)]
    samples += [RNG.lognormal(3, 1.0, 150), RNG.uniform(0, 1, 90), np.array([0.5, 1.25])]
    # Half of the values are one, so that the quartiles tell nothing.
    samples.append(np.concatenate([np.full(60, 1.5), RNG.uniform(0, 3, 15)]))
    for values in samples:
        values = np.round(values, 3)
        counts, edges = np.histogram(values, bins="auto")
        yield {"values": values.tolist(), "counts": counts.tolist(), "first": float(edges[0]), "last": float(edges[-1]),
               "median": float(np.median(values)), "mean": float(np.mean(values))}


def main():
    golden = {"versions": {m.__name__: m.__version__ for m in (np, scipy, skimage)}, "cases": [],
              "histograms": list(histograms())}
    for name, cells in cases():
        h, w = cells.shape
        golden["cases"].append({"name": name, "width": w, "height": h, "runs": runs(cells),
                                "cells": measured(cells, intensities(h, w))})
    Path(__file__).with_name("measures.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()
