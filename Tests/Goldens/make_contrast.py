"""Works out with numpy the contrast windows that ImagingTests compare with: the rule of Sources/Imaging/Contrast once more.

Usage: python make_contrast.py [DATA]     (writes contrast.json beside itself; DATA is ../shared/data from the project's root)
Needs: pip install numpy Pillow tifffile
"""
import json, math, sys
from pathlib import Path
import numpy as np, PIL, tifffile
from PIL import Image

OUT = Path(__file__).resolve().parent
DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT.parents[2] / "shared" / "data"
LEAST, FEWEST, PLAIN, PLAIN_SHARE, STEP, SAMPLE = 0.0002, 8, 32, 0.03, 0.95, 262_144


def percentile(values, percent):
    """numpy.percentile of sorted values, linear interpolation."""
    place = min(max(percent / 100, 0), 1) * (len(values) - 1)
    below = int(place)
    a, b = float(values[below]), float(values[min(below + 1, len(values) - 1)])
    return a + (b - a) * (place - below)


def middle_of(values):
    """Median, spacing and spread of what is neither the smallest nor the largest; None where there are few values."""
    low, high = np.searchsorted(values, values[0], "right"), np.searchsorted(values, values[-1], "left")
    if high <= low:
        return None
    inner = values[low:high]
    median = inner[len(inner) // 2]
    spread = min(inner[int(0.84 * (len(inner) - 1))] - median, median - inner[int(0.16 * (len(inner) - 1))])
    up = down = median
    steps = 0
    for _ in range(4):
        place = np.searchsorted(inner, up, "right")
        if place >= len(inner):
            break
        up, steps = inner[place], steps + 1
    for _ in range(4):
        place = np.searchsorted(inner, down, "left")
        if place == 0:
            break
        down, steps = inner[place - 1], steps + 1
    return (float(median), float(up - down) / steps, float(spread)) if steps >= 6 else None


def neighbors(depths, low, high):
    """Median depth of the less deep pixels that touch those of some depths, over the least of these; None below eight."""
    height, width = depths.shape
    flat = depths.ravel()
    places = np.arange(0, flat.size, max(1, flat.size // SAMPLE))
    places = places[(flat[places] >= low) & (flat[places] < high)]
    ys, xs = places // width, places % width
    found = []
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            y, x = ys + dy, xs + dx
            inside = (y >= 0) & (y < height) & (x >= 0) & (x < width)
            beside = depths[y[inside], x[inside]]
            found.append(beside[beside < low])
    found = np.sort(np.concatenate(found))
    return float(found[len(found) // 2]) / low if len(found) >= 8 else None


def limit(image, values, middle, sign):
    """The value from which on, outward, nothing is the picture's; None for a sound end."""
    median, spacing, spread = middle
    depths = sign * (image - median)
    ordered = np.sort(sign * (values - median))
    n, least = len(ordered), max(4 * spacing, 2 * spread, sys.float_info.min)
    found, most, depth = None, 0, float(ordered[-1]) * STEP
    while depth >= least:
        count = n - int(np.searchsorted(ordered, depth, "left"))
        if count >= FEWEST and count >= LEAST * n:
            share = count / n
            leading = n - int(np.searchsorted(ordered, depth - max(depth / 8, 3 * spacing), "left")) - count
            fill = (leading + 2) / ((math.exp(max(math.log(0.5 / share), 0.5) / 8) - 1) * count)
            if found is None:
                height = neighbors(depths, depth, math.inf)
                if height is not None:
                    if height >= 0.45:
                        return None
                    if fill < (0.7 if count >= PLAIN and count < PLAIN_SHARE * n else 0.1):
                        found = (depth, count)
                elif fill < 0.05:
                    found = (depth, count)
                most = 8 * count
            elif count - found[1] >= 64:
                if count > most or fill >= 1.2:
                    break
                height = neighbors(depths, depth, found[0])
                if height is None or height >= 0.4:
                    break
                found = (depth, count)
        depth *= STEP
    return None if found is None else median + sign * found[0]


def window(image, low=0.1, high=99.9):
    """The window of an image (NaN and infinities take no part), how many values are set aside below and above."""
    image = image.astype(np.float64)
    values = np.sort(image[np.isfinite(image)])
    n, kept = len(values), (0, len(values))
    middle = middle_of(values)
    if middle:
        image = np.where(np.isfinite(image), image, np.nan)
        dark, bright = limit(image, values, middle, -1), limit(image, values, middle, 1)
        first = 0 if dark is None else int(np.searchsorted(values, dark, "right"))
        last = n if bright is None else int(np.searchsorted(values, bright, "left"))
        if last - first >= max(64, n // 100):
            kept = (first, last)
    ends = lambda: [percentile(values[kept[0]:kept[1]], p) for p in (low, high)]
    found, least = ends(), values[kept[0]]
    far = lambda value, gap: gap > found[1] - found[0] or (value < 0 <= least)
    if 2 * kept[0] > n and not far(values[0], found[0] - values[0]):
        kept = (0, kept[1])
    if 2 * (n - kept[1]) > n and not far(values[-1], values[-1] - found[1]):
        kept = (kept[0], n)
    return ends(), kept[0], n - kept[1]


# Images from arithmetic alone, so that any language makes the same ones.

def noise(x, y, seed):
    """About -1...1, the mean of four bytes of a hash."""
    h = (x * 73856093 ^ y * 19349663 ^ seed * 83492791) & 0xFFFFFFFF
    for _ in range(3):
        h = ((h ^ h >> 16) * 0x45D9F3B) & 0xFFFFFFFF
    h ^= h >> 16
    return (sum(h >> shift & 255 for shift in (0, 8, 16, 24)) - 510) / 510


def picture(width, height, seed):
    """0...1: cells darker than their ground with bright rims, as in phase contrast."""
    out = np.empty((height, width))
    for y in range(height):
        for x in range(width):
            value = 0.35 + 0.03 * noise(x, y, seed)
            for cell in range(6):
                cx, cy = (37 * cell + 11 * seed) % width, (53 * cell + 29 * seed) % height
                squared = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / 64
                rim = squared - 1.5
                value += 0.5 / (1 + 8 * rim * rim) - 0.2 / (1 + squared * squared)
            out[y, x] = value
    return out


GLYPHS = ["01110100011001110101110011000101110", "00100011000010000100001000010001110", "11111000100010000010000011000101110"]


def covers(width, height, kind, share, seed):
    """How much of each pixel, 0...1, something covers that is burnt in."""
    cover = np.zeros((height, width))
    if kind == "bar":
        rows = max(2, round(math.sqrt(share * width * height / 8)))
        columns = round(share * width * height / rows)
        cover[height - 6 - rows:height - 6, width - 6 - columns:width - 6] = 1
    elif kind == "block":
        cover[:, :round(share * width)] = 1
    elif kind == "hot":
        for y in range(height):
            for x in range(width):
                cover[y, x] = noise(x, y, seed + 99) > share
    else:
        fine = np.zeros((2 * height, 2 * width))
        for place in range(2 * width // 24 - 1):
            glyph = GLYPHS[place % 3]
            for cell, on in enumerate(glyph):
                y, x = 9 + 4 * (cell // 5), 9 + 24 * place + 4 * (cell % 5)
                # At odd places of a finer grid, so that edges come out soft.
                if on == "1":
                    fine[y:y + 3, x:x + 3] = 1
        cover = (fine[0::2, 0::2] + fine[1::2, 0::2] + fine[0::2, 1::2] + fine[1::2, 1::2]) / 4
        if kind == "text":
            cover = (cover >= 0.5) * 1.0
    return cover


def made(case):
    """The image of a case."""
    scene = picture(case["width"], case["height"], case["seed"])
    low, high = case["range"]
    image = low + (high - low) * scene
    cover = covers(case["width"], case["height"], case["kind"], case["share"], case["seed"]) if case["kind"] else 0
    image = image * (1 - cover) + case["value"] * cover
    return image.astype(np.float32) if case["bits"] == 32 else np.floor(np.clip(image, 0, 2 ** case["bits"] - 1) + 0.5)


def cases():
    depths = [(8, (20, 190)), (16, (150, 3900)), (16, (9000, 60000)), (32, (0.4, 0.6))]
    for seed, (bits, reach) in enumerate(depths, 1):
        plain = {"width": 168, "height": 144, "seed": seed, "bits": bits, "range": reach}
        top = 1.0 if bits == 32 else 2 ** bits - 1
        yield plain | {"kind": "", "share": 0, "value": 0}
        for end in (top, 0):
            for share in (0.0005, 0.002, 0.005, 0.02):
                yield plain | {"kind": "bar", "share": share, "value": end}
            for kind, share in (("text", 0), ("soft", 0), ("hot", 0.62), ("block", 0.2)):
                yield plain | {"kind": kind, "share": share, "value": end}
        if bits == 32:
            for value in (-9999, 1e30):
                yield plain | {"kind": "block", "share": 0.3, "value": value}


SETS = ["BU-BIL/BU-BIL_Dataset1/RawImages", "BU-BIL/BU-BIL_Dataset2/RawImages", "bubil2-rabbitsmc-crops/images", "cho-dic/images",
        "usiigaci-crops16/images", "usiigaci-samples/images", "yeast/images", "field-cases/c10_nonfinite", "field-cases/c29_scalebar/images"]


def shared():
    """Windows of images that are not part of the project."""
    for folder in SETS:
        for path in sorted((DATA / folder).glob("*.*")):
            if path.name in ("all_nan.tif", ".DS_Store"):
                continue
            image = np.array(Image.open(path).convert("L")) if path.suffix == ".png" else tifffile.imread(path)
            (low, high), below, above = window(image)
            yield {"file": str(path.relative_to(DATA)), "low": low, "high": high, "below": below, "above": above}


def main():
    found = []
    for case in cases():
        (low, high), below, above = window(made(case))
        found.append(case | {"low": low, "high": high, "below": below, "above": above})
    golden = {"versions": {m.__name__: m.__version__ for m in (np, PIL, tifffile)}, "made": found, "shared": list(shared())}
    text = json.dumps(golden, separators=(",", ":")).replace('{"width"', '\n{"width"').replace('{"file"', '\n{"file"')
    (OUT / "contrast.json").write_text(text + "\n")
    print(f"contrast.json: {len(found)} made, {len(golden['shared'])} shared images, {len(text)} bytes")


main()
