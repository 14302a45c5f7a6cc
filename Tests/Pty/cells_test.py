"""Cells as things from end to end: proposals cut, merged and deleted, accepted, learnt from, measured, exported."""

import csv
import json
import re
import struct
import subprocess
import unittest
import zipfile
import zlib

from place import AURA, Folder, OPEN
from terminal import Terminal

WIDTH, HEIGHT = 128, 96
DOWN, LEFT = "\x1b[B", "\x1b[D"
# A number, and the columns and rows of its cell: 1 and 2 touch, and so do 4 and 5.
FIRST = {
    1: (8, 40, 8, 28), 2: (40, 72, 8, 28), 3: (8, 56, 40, 52), 4: (72, 88, 40, 60), 5: (88, 104, 40, 60),
    6: (104, 120, 8, 24), 7: (100, 120, 72, 88)}
SECOND = {1: (10, 40, 10, 40), 2: (40, 60, 10, 40), 9: (80, 100, 50, 80)}
FORMATS = ["masks", "labels-tiff", "png", "coco", "coco-polygons", "imagej-roi", "geojson", "csv", "overlay"]


def picture(cells, background=0, value=None):
    """Rows of numbers, or of one value where a cell is."""
    rows = [[background] * WIDTH for _ in range(HEIGHT)]
    for label, (left, right, top, bottom) in cells.items():
        for row in rows[top:bottom]:
            row[left:right] = [value or label] * (right - left)
    return rows


def png(rows, depth):
    """A grey PNG."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    code = {8: "B", 16: "H"}[depth]
    lines = b"".join(b"\0" + struct.pack(f">{len(row)}{code}", *row) for row in rows)
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), depth, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines))
            + chunk(b"IEND", b""))


def unfiltered(data, stride, rows, step):
    """What a PNG's filters were applied to."""
    found, before = [], bytes(stride)
    for row in range(rows):
        kind, line = data[row * (stride + 1)], bytearray(data[row * (stride + 1) + 1:(row + 1) * (stride + 1)])
        for place in range(stride):
            left = line[place - step] if place >= step else 0
            up, corner = before[place], before[place - step] if place >= step else 0
            base = left + up - corner
            guess = (0, left, up, (left + up) // 2, min(
                (left, up, corner), key=lambda one: (abs(base - one), (left, up, corner).index(one))))
            line[place] = (line[place] + guess[kind]) & 255
        found.append(bytes(line))
        before = bytes(line)
    return found


def read_png(path):
    """The pixels of a grey PNG, row by row, and the bits of each."""
    data = path.read_bytes()
    width, height, depth, color = struct.unpack(">IIBB", data[16:26])
    assert color == 0 and depth in (8, 16), f"{path}: {depth} bits, colour type {color}"
    packed, offset = b"", 8
    while offset < len(data):
        size, kind = struct.unpack_from(">I4s", data, offset)
        if kind == b"IDAT":
            packed += data[offset + 8:offset + 8 + size]
        offset += size + 12
    lines = unfiltered(zlib.decompress(packed), width * depth // 8, height, depth // 8)
    return [list(struct.unpack(f">{width}{'B' if depth == 8 else 'H'}", line)) for line in lines], depth


def read_tiff(path):
    """The pixels of a grey TIFF of 16 bits in strips, plain or deflated, one after the other."""
    data = path.read_bytes()
    order = {b"II": "<", b"MM": ">"}[data[:2]]
    (start,) = struct.unpack_from(order + "I", data, 4)
    tags = {}
    for entry in range(struct.unpack_from(order + "H", data, start)[0]):
        tag, kind, count = struct.unpack_from(order + "HHI", data, start + 2 + 12 * entry)
        code, size = {1: ("B", 1), 2: ("B", 1), 3: ("H", 2), 4: ("I", 4)}.get(kind, ("Q", 8))
        place = start + 2 + 12 * entry + 8
        if size * count > 4:
            (place,) = struct.unpack_from(order + "I", data, place)
        tags[tag] = struct.unpack_from(f"{order}{count}{code}", data, place)
    assert tags[258] == (16,), f"{path}: {tags[258]} bits"
    strips = [data[place:place + size] for place, size in zip(tags[273], tags[279])]
    if tags[259][0] in (8, 32946):
        strips = [zlib.decompress(strip) for strip in strips]
    else:
        assert tags[259] == (1,), f"{path}: compression {tags[259]}"
    values = struct.unpack(f"{order}{tags[256][0] * tags[257][0]}H", b"".join(strips))
    assert tags.get(317, (1,)) == (1,), f"{path}: a predictor"
    return values


def areas(values):
    """How many pixels each number has."""
    found = {}
    for value in values:
        if value:
            found[value] = found.get(value, 0) + 1
    return found


def polygon_area(rings):
    """The area of an outline less that of its holes."""
    def area(ring):
        pairs = zip(ring, ring[1:] + ring[:1])
        return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2

    return area(rings[0]) - sum(map(area, rings[1:]))


def run_area(text):
    """How many pixels COCO's packed runs cover: every other run is of the cell."""
    counts, value, shift = [], 0, 0
    for letter in text.encode():
        bits = letter - 48
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32:
            continue
        if bits & 16:
            value -= 1 << shift
        counts.append(value + (counts[-2] if len(counts) > 2 else 0))
        value, shift = 0, 0
    return sum(counts[1::2])


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


class CellsTest(unittest.TestCase):
    def project(self, folder):
        """Two images, and cells that a network proposed for them."""
        images = folder.path / "images"
        images.mkdir()
        for name, cells in [("a", FIRST), ("b", SECOND)]:
            (images / f"{name}.png").write_bytes(png(picture(cells, 90, 180), 8))
        with Terminal([*OPEN, str(images)], 120, 40, folder.environment()) as terminal:
            terminal.wait("0/2 done").settle().keys("q")
            self.assertEqual(terminal.exit(), 0)
        proposals = images / ".aura" / "proposals"
        proposals.mkdir(parents=True, exist_ok=True)
        with open(images / ".aura" / "proposals.jsonl", "a") as file:
            for name, cells, uncertainty in [("a", FIRST, 0.9), ("b", SECOND, 0.1)]:
                (proposals / f"{name}.png.png").write_bytes(png(picture(cells), 16))
                file.write(json.dumps({
                    "image": f"{name}.png", "uncertainty": uncertainty, "run": "simulated", "time": 1,
                    "cells": len(cells)}) + "\n")
        return images

    def move(self, terminal, column, row):
        """Brings the pen to a pixel."""
        x, y = map(int, terminal.read(r"pen (\d+),(\d+)"))
        across, down = column - x, row - y
        terminal.keys(
            ("L" if across > 0 else "H") * (abs(across) // 8) + ("l" if across > 0 else "h") * (abs(across) % 8)
            + ("J" if down > 0 else "K") * (abs(down) // 8) + ("j" if down > 0 else "k") * (abs(down) % 8))
        terminal.wait(f"pen {column},{row} ")

    def line(self, terminal, tool, start, end):
        """A line of a tool from pixel to pixel."""
        terminal.keys(tool)
        self.move(terminal, *start)
        terminal.keys(" ").wait("pen down")
        self.move(terminal, *end)
        terminal.keys("\r").wait("pen up")

    def label(self, images, folder):
        """Splits, merges, deletes and accepts; then a run of moments."""
        with Terminal([*OPEN, str(images)], 120, 40, folder.environment()) as terminal:
            terminal.wait("0/2 done").wait("?").keys("\x1b[H\r").wait("7 cells").wait("undo 0")
            self.line(terminal, "s", (32, 36), (32, 56))
            terminal.wait("8 cells").wait("undo 1 ")
            self.line(terminal, "w", (80, 50), (96, 50))
            terminal.wait("7 cells").wait("undo 2 ")
            self.move(terminal, 112, 16)
            terminal.wait("#6: 256 px").keys("d").wait("6 cells").wait("undo 3 ")
            terminal.keys("uuu").wait("7 cells").wait("undo 0 redo 3")
            terminal.keys("\x12\x12\x12").wait("6 cells").wait("undo 3 ")
            terminal.keys("a").wait("1/2 done").wait("3 cells").keys("a").wait("2/2 done")
            terminal.keys("g").wait("Train on 2").wait("about")
            terminal.keys(LEFT * 60 + DOWN + LEFT * 3).wait("< 64 >").wait("about").keys("\r")
            run = images / ".aura" / "runs" / "ft-01"
            terminal.wait(lambda _: (run / "weights.safetensors").exists(), timeout=240)
            terminal.wait(lambda terminal: "Training" not in terminal.screen.display[0], timeout=60)
            terminal.keys("\x1bOQ").wait("by quality").settle()
            terminal.keys("q")
            self.assertEqual(terminal.exit(60), 0)

    def command(self, *arguments):
        done = subprocess.run([str(AURA), *map(str, arguments)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_cells_are_the_same_from_the_proposal_to_every_file(self):
        with Folder() as folder:
            images = self.project(folder)
            self.label(images, folder)
            kept = {}
            for name in "ab":
                rows, depth = read_png(images / ".aura" / "masks" / f"{name}.png.png")
                self.assertEqual(depth, 16)
                kept[name] = areas(value for row in rows for value in row)
            self.assertEqual(kept["b"], {1: 900, 2: 600, 9: 600})
            # Both sides of the bar, the larger with the line's pixels; 4 and 5 as one, which their seam's ends are of,
            # too; 6 is gone.
            self.assertEqual(kept["a"], {1: 640, 2: 640, 3: 300, 4: 644, 7: 320, 8: 276})
            self.check_measures(images, folder.path, kept)
            for kind in FORMATS:
                self.command("export", images, "-o", folder.path / kind, "--format", kind)
            self.check_exports(folder.path, kept)

    def check_measures(self, images, path, kept):
        self.command("measure", images, "-o", path / "cells.csv", "--images", path / "images.csv")
        for name, cells in kept.items():
            rows = [row for row in table(path / "cells.csv") if row["image"] == f"{name}.png"]
            self.assertEqual({int(row["label"]): float(row["area"]) for row in rows}, cells)
        counts = {row["image"]: int(row["cells"]) for row in table(path / "images.csv")}
        self.assertEqual(counts, {f"{name}.png": len(cells) for name, cells in kept.items()})

    def check_exports(self, path, kept):
        """Each format tells of the same cells, by the same numbers where it has any."""
        for kind in FORMATS:
            if kind != "masks":
                told = {row["image"]: (row["state"], int(row["cells"])) for row in table(path / kind / "manifest.csv")}
                self.assertEqual(
                    told, {f"{name}.png": ("accepted", len(cells)) for name, cells in kept.items()}, kind)
        rows = table(path / "csv" / "cells.csv")
        found = {kind: self.instances(path / kind) for kind in ("coco", "coco-polygons")}
        for name, cells in kept.items():
            mask, depth = read_png(path / "masks" / f"{name}.png")
            self.assertEqual((depth, areas(value for row in mask for value in row)), (8, {255: sum(cells.values())}))
            labels, depth = read_png(path / "png" / f"{name}-labels.png")
            self.assertEqual((depth, areas(value for row in labels for value in row)), (16, cells))
            self.assertEqual(areas(read_tiff(path / "labels-tiff" / f"{name}-labels.tif")), cells)
            own = [row for row in rows if row["image"] == f"{name}.png"]
            self.assertEqual({int(row["label"]): float(row["area"]) for row in own}, cells)
            for kind, instances in found.items():
                self.assertEqual(instances[f"{name}.png"], cells, kind)
            with zipfile.ZipFile(path / "imagej-roi" / f"{name}-rois.zip") as rois:
                self.assertIsNone(rois.testzip())
                numbers = [int(re.search(r"\d+", member).group()) for member in rois.namelist()]
                self.assertTrue(all(rois.read(member).startswith(b"Iout") for member in rois.namelist()))
            self.assertEqual(sorted(numbers), sorted(cells))
            outlines = json.loads((path / "geojson" / f"{name}.geojson").read_text())["features"]
            self.assertEqual(
                {one["properties"]["label"]: polygon_area(one["geometry"]["coordinates"]) for one in outlines}, cells)
            self.assertTrue((path / "overlay" / f"{name}-overlay.png").read_bytes().startswith(b"\x89PNG"))

    def instances(self, folder):
        """Numbers and areas of an instance file, an image each; runs are counted."""
        (file,) = folder.glob("*.json")
        content = json.loads(file.read_text())
        names = {one["id"]: one["file_name"] for one in content["images"]}
        found = {name: {} for name in names.values()}
        for one in content["annotations"]:
            shape = one["segmentation"]
            if isinstance(shape, dict):
                self.assertEqual(run_area(shape["counts"]), one["area"])
            else:
                self.assertEqual(
                    sum(polygon_area([list(zip(ring[::2], ring[1::2]))]) for ring in shape), one["area"])
            found[names[one["image_id"]]][one["attributes"]["label"]] = one["area"]
        return found


if __name__ == "__main__":
    unittest.main()
