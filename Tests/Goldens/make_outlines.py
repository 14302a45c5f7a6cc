"""Asks pycocotools which pixels lie in polygons and what its packed run lengths stand for.

Usage: python make_outlines.py     (writes outlines.json beside itself)
Needs: pip install numpy pycocotools
"""
import importlib.metadata, json, math
from pathlib import Path
import numpy as np
from pycocotools import mask as coco

RNG = np.random.default_rng(20200831)


def star(width, height, corners):
    """A polygon that may cross itself and leave the image."""
    angles = np.sort(RNG.uniform(0, 2 * math.pi, corners))
    radii = RNG.uniform(0.1, 0.75, corners) * max(width, height)
    xy = np.stack([width / 2 + radii * np.cos(angles), height / 2 + radii * np.sin(angles)], 1)
    return [round(float(v), 2) for v in xy.ravel()]


def polygons():
    yield 9, 7, [0, 0, 9, 0, 9, 7, 0, 7]
    yield 9, 7, [2, 2, 5, 2, 5, 5, 2, 5]
    yield 9, 7, [2.5, 2.5, 5.5, 2.5, 5.5, 5.5, 2.5, 5.5]
    yield 12, 9, [1, 1, 10, 8, 10, 1, 1, 8]
    yield 12, 9, [3, 3, 3, 3, 3, 3]
    yield 12, 9, [2, 4, 9, 4, 5, 4]
    yield 12, 9, [4, 1, 4, 8, 4, 3]
    yield 8, 8, [-3, -2, 11, 3, 4, 12]
    yield 1, 1, [0, 0, 1, 0, 1, 1, 0, 1]
    for width, height in [(31, 23), (17, 40), (64, 48)]:
        for corners in (3, 5, 12, 40):
            yield width, height, star(width, height, corners)
    for width, height in [(31, 23), (20, 20)]:
        yield width, height, [round(float(v), 2) for v in RNG.uniform(-5, 35, 16)]


def counts(mask):
    """Run lengths down the columns, the first of background."""
    flat = mask.T.ravel().astype(int)
    places = np.flatnonzero(np.diff(np.concatenate([[0], flat])))
    return [int(n) for n in np.diff(np.concatenate([[0], places, [flat.size]]))]


def main():
    cases = []
    for width, height, xy in polygons():
        packed = coco.frPyObjects([xy], height, width)[0]
        cases.append({"width": width, "height": height, "polygon": xy, "packed": packed["counts"].decode(),
                      "counts": counts(coco.decode(packed))})
    golden = {"pycocotools": importlib.metadata.version("pycocotools"), "cases": cases}
    Path(__file__).with_name("outlines.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()
