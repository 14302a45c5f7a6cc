#!/usr/bin/env python3
"""Writes Seeds/: small inputs that reach far into each reader, for the fuzzers to start from.

Everything comes from the goldens, the themes and the texts below. Run it again when a format changes.
"""

import base64
import json
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOLDENS = HERE.parent / "Goldens"
SEEDS = HERE / "Seeds"
LARGEST = 4096

RECIPE = """name: mine
base: unet+ac
architecture: unet
size: 64
epochs: 3
lambda: 2.5
weights: none
"""
PLAN = """data:
  images: images
  masks: ../masks
  split: {test: 0.3, seed: 4, groups: "^([A-Z]+)"}
seeds: [3, 5]
defaults:
  epochs: 12
  weights: none
recipes:
  - aura-net
  - {name: narrow, base: unet+ac, lambda: 2.5}
search:
  recipe: narrow
  lambda: [0, 5]
"""
STROKES = [
    '{"image":"a.tif","do":"edit","add":[[0,3],[9,2]],"remove":[]}',
    '{"image":"a.tif","do":"edit","add":[],"remove":[[1,1]]}',
    '{"image":"a.tif","do":"adopt","add":[[20,9]],"remove":[]}',
    '{"image":"a.tif","do":"undo"}',
    '{"image":"a.tif","do":"redo"}',
]
CELLS = [
    '{"image":"a.tif","do":"on","size":[7,5],"pixels":"0123456789abcdef"}',
    '{"image":"a.tif","do":"adopt","set":[[1,[[0,3],[7,3]]],[2,[[3,3],[10,3]]]]}',
    '{"image":"a.tif","do":"edit","set":[[0,[[1,1]]],[9,[[20,4],[27,4]]]]}',
    '{"image":"a.tif","do":"relabel","cells":[[1,2],[2,1],[9,3]]}',
    '{"image":"a.tif","do":"undo"}',
    '{"image":"a.tif","do":"redo"}',
    '{"image":"a.tif","do":"relabel","cells":[[1,0],[3,0]]}',
]
DECISIONS = [
    '{"image":"a.tif","state":"accepted","time":1.5}',
    '{"image":"b.tif#2","state":"rejected","time":2,"score":0.5}',
]
SQUARE = [[[1, 1], [6, 1], [6, 6], [1, 6], [1, 1]], [[2, 2], [4, 2], [4, 4], [2, 2]]]
GEOJSON = [
    {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"label": 7, "name": "8"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}},
        {"type": "Feature", "properties": {"name": "9"}, "geometry": {
            "type": "MultiPolygon", "coordinates": [SQUARE, [[[8.5, 0], [30, 0.25], [9, 40]]]]}}]},
    [{"type": "Feature", "properties": None, "geometry": {"type": "GeometryCollection", "geometries": [
        {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": SQUARE}]}}],
    {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[0, 0], [3, 4]]}},
]
INPUT = [
    b"q\r\t\x7f\x1b", b"\x1b[A\x1b[1;2B\x1bOP\x1b[15~\x1b[Z", b"\x1b[<0;10;5M\x1b[<32;11;5M\x1b[<0;11;5m\x1b[<65;3;4M",
    b"\x1b[200~two\r\nlines\x1b[201~x", b"\x1b[I\x1b[O\x1b[M !!", "\xe9\u20ac\U0001f600".encode(),
    b"\x1b]11;rgb:0000/0000/0000\x07\x1bP1$r0m\x1b\\a", b"\x1b[[A\x1b[97;5u\x1b\x1b[A",
]


def put(target, name, data):
    data = data if isinstance(data, bytes) else data.encode()
    if len(data) <= LARGEST:
        folder = SEEDS / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def main():
    shutil.rmtree(SEEDS, ignore_errors=True)
    for target in ("tiff", "png", "jpeg", "bmp"):
        for index, entry in enumerate(json.loads((GOLDENS / f"imaging-{target}.json").read_text())["files"]):
            put(target, f"{index:02}", base64.b64decode(entry["bytes"]))
    for kind in ("stacks", "samples"):
        for index, entry in enumerate(json.loads((GOLDENS / f"{kind}.json").read_text())["files"]):
            put("tiff", f"{kind}-{index:02}", base64.b64decode(entry["bytes"]))
    rois = json.loads((GOLDENS / "rois.json").read_text())
    for index, entry in enumerate([*rois["cases"][::2], rois["archive"]]):
        put("roi", f"{index:02}", base64.b64decode(entry["bytes"]))
    for index, features in enumerate(GEOJSON):
        put("geojson", f"{index:02}", json.dumps(features))
    arrays = json.loads((GOLDENS / "arrays.json").read_text())
    for index, entry in enumerate(arrays["plain"][::4] + arrays["cellpose"][::2] + arrays["refused"][::4]):
        put("npy", f"{index:02}", base64.b64decode(entry["bytes"]))
    for name in ("weights", "quantized", "torch-expected"):
        put("safetensors", name, (GOLDENS / f"{name}.safetensors").read_bytes())
    legacy = (GOLDENS / "torch-legacy.pth").read_bytes()
    put("pickle", "legacy", legacy)
    put("pickle", "after-magic", legacy[15:])
    zipped = (GOLDENS / "torch-zip.pth").read_bytes()
    start = zipped.index(b"\x80\x02")
    put("pickle", "pickle", zipped[start:zipped.index(b"PK\x07\x08", start)])
    put("journal", "strokes", "\n".join(STROKES) + "\n")
    put("journal", "torn", "\n".join(STROKES[:2])[:-20])
    put("journal", "cells", "\n".join(CELLS) + "\n")
    put("journal", "mask-and-cells", "\n".join(STROKES + CELLS[1:]) + "\n")
    put("journal", "decisions", "\n".join(DECISIONS) + "\n")
    for theme in sorted((HERE.parent.parent / "Themes").glob("*.yaml"))[:2]:
        put("yaml", theme.stem, theme.read_text())
    put("yaml", "recipe", RECIPE)
    put("yaml", "plan", PLAN)
    for index, data in enumerate(INPUT):
        put("input", f"{index:02}", data)


main()
