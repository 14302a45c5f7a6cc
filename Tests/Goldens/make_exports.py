"""Makes label images of every odd kind and asks pycocotools and Shapely what their cells are.

Usage: python make_exports.py     (writes exports.json beside itself)
Needs: pip install numpy scipy pycocotools shapely

Of each cell: its packed run lengths, area and box by pycocotools; how many pieces without a common edge it has, its holes, the
corners of all rings and their length by Shapely, which joins the squares of its pixels.
"""
import importlib.metadata, json
from pathlib import Path
import numpy as np
from pycocotools import mask as coco
from scipy import ndimage
from shapely import box, unary_union

RNG = np.random.default_rng(20261017)


def rows(*texts):
    return np.array([[int(c) if c.isdigit() else 0 for c in text] for text in texts], np.uint16)


def crowd(width, height, count):
    """Cells that fill the picture, by the nearest of some points, with numbers in no order."""
    points = np.stack([RNG.uniform(0, width, count), RNG.uniform(0, height, count)], 1)
    y, x = np.mgrid[:height, :width]
    nearest = np.argmin((x[..., None] - points[:, 0]) ** 2 + (y[..., None] - points[:, 1]) ** 2, -1)
    return RNG.choice(np.arange(1, 65536), count, replace=False).astype(np.uint16)[nearest]


def blobs(width, height):
    """Round cells of odd outlines, some with holes, numbers with gaps."""
    field = ndimage.gaussian_filter(RNG.normal(size=(height, width)), 2.5)
    labels, count = ndimage.label(np.abs(field) > 0.06)
    numbers = np.concatenate([[0], np.cumsum(RNG.integers(1, 400, count))])
    return numbers[labels].astype(np.uint16)


def cases():
    yield "nothing", np.zeros((5, 7), np.uint16)
    yield "one pixel of ground", np.zeros((1, 1), np.uint16)
    yield "one pixel of the last cell", np.full((1, 1), 65535, np.uint16)
    yield "a cell that fills the picture", np.full((3, 4), 7, np.uint16)
    yield "a chessboard of one cell", rows("2.2.2.", ".2.2.2", "2.2.2.", ".2.2.2")
    yield "a chessboard of two cells", rows("12121", "21212", "12121")
    yield "a ring that touches itself in a corner", rows("......", ".333..", ".3.3..", ".33.3.", "..333.", "......")
    yield "holes that touch in a corner", rows("44444", "4.444", "44.44", "444.4", "44444")
    yield "cells in holes of cells", rows(
        "111111111", "1.......1", "1.22222.1", "1.2...2.1", "1.2.1.2.1", "1.2...2.1", "1.22222.1", "1.......1", "111111111")
    yield "a hole filled by another cell", rows("55555", "56665", "56.65", "56665", "55555")
    yield "pieces at all borders", rows("9..9..9", ".......", "9..3..9", "...9...", "9.999.9")
    yield "a row", RNG.choice(np.array([0, 0, 3, 65535], np.uint16), (1, 300))
    yield "a column", RNG.choice(np.array([0, 1, 1, 300], np.uint16), (300, 1))
    yield "noise", RNG.choice(np.array([0, 0, 3, 8, 65535], np.uint16), (17, 23))
    yield "blobs", blobs(64, 48)
    yield "a crowd", crowd(90, 70, 60)


def runs(labels):
    """Number and length by turns, row by row over the whole picture."""
    flat = labels.ravel()
    starts = np.concatenate([[0], np.flatnonzero(np.diff(flat.astype(int))) + 1, [flat.size]])
    return [int(n) for a, b in zip(starts, starts[1:]) for n in (flat[a], b - a)]


def corners(ring):
    """How many points a ring has at which it turns."""
    points = np.array(ring.coords)[:-1]
    before, after = points - np.roll(points, 1, 0), np.roll(points, -1, 0) - points
    return int(np.sum(before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]))


def cell(labels, label):
    mask = labels == label
    packed = coco.encode(np.asfortranarray(mask.astype(np.uint8)))
    shape = unary_union([box(x, y, x + 1, y + 1) for y, x in np.argwhere(mask)])
    assert shape.is_valid and shape.area == mask.sum()
    pieces = list(getattr(shape, "geoms", [shape]))
    rings = [ring for piece in pieces for ring in (piece.exterior, *piece.interiors)]
    return {
        "label": int(label), "counts": packed["counts"].decode(), "area": int(coco.area(packed)),
        "box": [int(n) for n in coco.toBbox(packed)], "pieces": len(pieces), "holes": len(rings) - len(pieces),
        "corners": sum(map(corners, rings)), "length": int(round(sum(ring.length for ring in rings)))}


def main():
    golden = {name: importlib.metadata.version(name) for name in ("pycocotools", "shapely")}
    golden["cases"] = [{
        "name": name, "width": labels.shape[1], "height": labels.shape[0], "runs": runs(labels),
        "cells": [cell(labels, label) for label in np.unique(labels) if label]} for name, labels in cases()]
    Path(__file__).with_name("exports.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()
