"""Asks Pillow, tifffile, numpy and SciPy for the answers that ImagingTests compare with.

Usage: python make_imaging.py     (writes imaging.json, imaging-png.json and imaging-tiff.json beside itself)
Needs: pip install numpy Pillow scipy tifffile imagecodecs
"""
import base64, io, json, math, struct, zlib
from pathlib import Path
import numpy as np, PIL, scipy, tifffile
from PIL import Image
from scipy import ndimage

OUT = Path(__file__).resolve().parent
RNG = np.random.default_rng(20210203)
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def packed(samples, bits):
    """Rows of samples (h, w * channels) as PNG scanlines without a filter."""
    out = b""
    for row in samples:
        if bits == 16:
            out += b"\0" + row.astype(">u2").tobytes()
        else:
            text = "".join(f"{int(v):0{bits}b}" for v in row)
            text += "0" * (-len(text) % 8)
            out += b"\0" + bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))
    return out


def png(samples, bits, color, interlaced=False, extra=()):
    h, w, c = samples.shape
    if interlaced:
        passes = [samples[y0::dy, x0::dx] for x0, y0, dx, dy in ADAM7]
        data = b"".join(packed(p.reshape(p.shape[0], -1), bits) for p in passes if p.size)
    else:
        data = packed(samples.reshape(h, -1), bits)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", w, h, bits, color, 0, 0, int(interlaced))), *extra,
              (b"IDAT", zlib.compress(data, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)


def luma(rgb):
    rgb = rgb.astype(np.int64)
    return (rgb[..., 0] * 19595 + rgb[..., 1] * 38470 + rgb[..., 2] * 7471 + 0x8000) >> 16


def make_pngs(cases):
    h, w = 9, 11
    for interlaced in (False, True):
        tag = "_interlaced" if interlaced else ""
        for bits in (1, 2, 4, 8, 16):
            a = RNG.integers(0, 1 << bits, (h, w, 1))
            save(cases, f"grey{bits}{tag}.png", png(a, bits, 0, interlaced), a[..., 0], bits)
        for bits in (1, 2, 4, 8):
            n = min(1 << bits, 11)
            colors = RNG.integers(0, 256, (n, 3))
            a = RNG.integers(0, n, (h, w, 1))
            extra = [(b"PLTE", colors.astype(np.uint8).tobytes()), (b"tRNS", b"\0\x80")]
            data = png(a, bits, 3, interlaced, extra)
            expected = luma(colors[a[..., 0]])
            if bits == 8:
                assert (expected == np.asarray(Image.open(io.BytesIO(data)).convert("RGB").convert("L"))).all()
            save(cases, f"palette{bits}{tag}.png", data, expected, 8)
        for bits in (8, 16):
            for name, color, c in (("rgb", 2, 3), ("rgba", 6, 4), ("la", 4, 2)):
                a = RNG.integers(0, 1 << bits, (h, w, c))
                data = png(a, bits, color, interlaced)
                expected = luma(a) if c > 2 else a[..., 0]
                if bits == 8 and c > 2:
                    assert (expected == np.asarray(Image.open(io.BytesIO(data)).convert("L"))).all()
                save(cases, f"{name}{bits}{tag}.png", data, expected, bits)


def make_tiffs(cases):
    h, w = 12, 19
    ints = lambda dtype: RNG.integers(np.iinfo(dtype).min, np.iinfo(dtype).max, (h, w), dtype=dtype, endpoint=True)
    for dtype in ("int8", "int16", "uint32", "int32", "uint64"):
        a = ints(dtype)
        save_tiff(cases, f"{dtype}.tif", a, a, a.dtype.itemsize * 8)
    for dtype in ("float16", "float32", "float64"):
        a = RNG.normal(0, 3, (h, w)).astype(dtype)
        save_tiff(cases, f"{dtype}.tif", a, a, a.dtype.itemsize * 8)
    a = RNG.normal(0, 3, (h, w)).astype("float32")
    a[0, 0], a[3, 5], a[11, 18] = np.nan, np.inf, -np.inf
    save_tiff(cases, "float32_nan.tif", a, np.where(np.isfinite(a), a, a[np.isfinite(a)].min()), 32)
    a = ints("uint16")
    save_tiff(cases, "uint16_be_tiled_lzw.tif", a, a, 16, byteorder=">", tile=(16, 16), compression="lzw", predictor=True)
    a = RNG.normal(0, 3, (h, w)).astype("float32")
    save_tiff(cases, "float32_predictor_be.tif", a, a, 32, byteorder=">", compression="deflate", predictor=True)
    for bits in (2, 4, 12):
        a = RNG.integers(0, 1 << bits, (h, w)).astype("uint16" if bits > 8 else "uint8")
        save_tiff(cases, f"bits{bits}.tif", a, a, bits, bitspersample=bits)
    for planar in ("contig", "separate"):
        a = RNG.integers(0, 65536, (h, w, 3) if planar == "contig" else (3, h, w), dtype="uint16")
        grey = luma(a if planar == "contig" else np.moveaxis(a, 0, -1))
        save_tiff(cases, f"rgb16_tiled_{planar}.tif", a, grey, 16, photometric="rgb", planarconfig=planar,
                  tile=(16, 16), compression="zlib", bigtiff=True)
    a = ints("uint8")
    save_tiff(cases, "miniswhite8_tiled.tif", 255 - a, a, 8, photometric="miniswhite", tile=(16, 32))
    a = (RNG.random((h, w)) < 0.3)
    buffer = io.BytesIO()
    Image.fromarray(a).save(buffer, "TIFF", compression="group4")
    save(cases, "bilevel_g4.tif", buffer.getvalue(), a.astype(int), 1)


def save_tiff(cases, name, array, expected, bits, photometric="minisblack", **options):
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, array, photometric=photometric, metadata=None, **options)
    save(cases, name, buffer.getvalue(), expected, bits)


def save(cases, name, data, expected, bits):
    # Exact as float32: what Image holds.
    values = np.asarray(expected).astype("<f4")
    text = lambda b: base64.b64encode(b).decode()
    cases.append({"name": name, "width": values.shape[1], "height": values.shape[0], "bitDepth": bits if bits <= 16 and "float" not in name else 32,
                  "bytes": text(data), "expected": text(values.tobytes())})


def area(n, m):
    """Weights of area averaging from n to m pixels."""
    w = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            w[i, j] = max(0, min((i + 1) * n / m, j + 1) - max(i * n / m, j)) * m / n
    return w


def resized(a, height, width):
    h, w = a.shape
    pil = lambda b, size, how: np.asarray(Image.fromarray(b.astype(np.float32)).resize(size, how), float)
    b = a @ area(w, width).T if width < w else pil(a, (width, h), Image.BILINEAR)
    return area(h, height) @ b if height < h else pil(b, (width, height), Image.BILINEAR)


def rows(a):
    return [[round(float(v), 6) for v in row] for row in np.asarray(a, float)]


def bits(mask):
    """A mask as a string a row."""
    return ["".join(str(int(v)) for v in row) for row in mask]


def make_resizes():
    out = []
    for (h, w), (nh, nw) in [((7, 11), (3, 5)), ((7, 11), (13, 17)), ((6, 8), (3, 2)), ((5, 9), (8, 4)), ((1, 6), (3, 6)),
                             ((8, 5), (8, 3)), ((3, 2), (7, 6))]:
        a = RNG.random((h, w)).astype(np.float32)
        expected = resized(a, nh, nw)
        if h % nh == 0 and w % nw == 0:
            box = np.asarray(Image.fromarray(a).resize((nw, nh), Image.BOX))
            assert abs(expected - box).max() < 1e-6
        m = RNG.random((h, w)) < 0.5
        nearest = np.asarray(Image.fromarray(m.astype(np.uint8)).resize((nw, nh), Image.NEAREST))
        out.append({"image": rows(a), "expected": rows(expected), "mask": bits(m), "nearest": bits(nearest)})
    return out


def make_percentiles():
    out = []
    for a, bits in [(RNG.integers(0, 256, (9, 14)), 8), (RNG.integers(700, 4096, (13, 17)), 16), (RNG.normal(0, 1, (5, 7)).astype(np.float32), 32),
                    (RNG.random((11, 13)).astype(np.float32), 32), (np.full((3, 4), 9), 8), (np.full((3, 4), 0.25), 32), (np.array([[3, 4]]), 8)]:
        lo, hi = np.percentile(a, (0.1, 99.9))
        floor = 1 if bits < 32 else max(abs(lo), abs(hi)) * 1e-6
        out.append({"values": rows(a), "bitDepth": bits, "low": float(lo), "high": float(hi),
                    "stretched": rows(np.clip((a - lo) / max(hi - lo, floor), 0, 1))})
    return out


def make_pads():
    out = []
    for (h, w), (left, top, right, bottom) in [((3, 4), (1, 2, 3, 0)), ((2, 5), (7, 3, 11, 4)), ((1, 3), (2, 2, 2, 2)), ((4, 1), (0, 5, 3, 9))]:
        a = RNG.integers(0, 100, (h, w))
        out.append({"image": rows(a), "margins": [left, top, right, bottom],
                    "expected": rows(np.pad(a, ((top, bottom), (left, right)), "reflect"))})
    return out


def blob(h, w, level):
    a = ndimage.gaussian_filter(RNG.normal(0, 1, (h, w)), 2)
    return a > np.quantile(a, level)


def make_scores():
    out = []
    pairs = [(blob(23, 31, 0.6), blob(23, 31, 0.7)) for _ in range(6)]
    pairs += [(np.zeros((5, 12), bool), np.zeros((5, 12), bool)), (blob(5, 12, 0.5), np.zeros((5, 12), bool)),
              (np.zeros((5, 12), bool), blob(5, 12, 0.5)), (np.ones((6, 9), bool), blob(6, 9, 0.5))]
    for p, t in pairs:
        tp, fp, fn = (p & t).sum(), (p & ~t).sum(), (~p & t).sum()
        ratio = lambda a, b: float(tp + fp + fn == 0) if b == 0 else float(a / b)
        edge = lambda m: m & ~ndimage.binary_erosion(m)
        if p.any() and t.any():
            there = ndimage.distance_transform_edt(~edge(t))[edge(p)]
            back = ndimage.distance_transform_edt(~edge(p))[edge(t)]
            hd = max(there.max(), back.max())
            hd95 = max(np.percentile(there, 95), np.percentile(back, 95))
        else:
            hd = hd95 = math.hypot(*p.shape) if p.any() or t.any() else 0.0
        out.append({"prediction": bits(p), "truth": bits(t), "edge": bits(edge(p)),
                    "iou": ratio(tp, tp + fp + fn), "dice": ratio(2 * tp, 2 * tp + fp + fn), "precision": ratio(tp, tp + fp),
                    "recall": ratio(tp, tp + fn), "hausdorff": float(hd), "hausdorff95": float(hd95)})
    return out


def make_components():
    out = []
    for density in (0.3, 0.5, 0.6, 0.8):
        m = RNG.random((17, 23)) < density
        out.append({"mask": bits(m), "four": ndimage.label(m)[0].tolist(),
                    "eight": ndimage.label(m, np.ones((3, 3)))[0].tolist()})
    return out


def main():
    versions = {m.__name__: m.__version__ for m in (np, PIL, scipy, tifffile)}
    pngs, tiffs = [], []
    make_pngs(pngs)
    make_tiffs(tiffs)
    golden = {"versions": versions, "resizes": make_resizes(), "percentiles": make_percentiles(), "pads": make_pads(),
              "scores": make_scores(), "components": make_components()}
    for name, content in (("imaging", golden), ("imaging-png", {"versions": versions, "files": pngs}),
                          ("imaging-tiff", {"versions": versions, "files": tiffs})):
        (OUT / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


main()
