"""Writes imaging-jpeg.json and imaging-bmp.json: small JPEG and BMP files, and the samples that Pillow finds in them.

Usage: python make_pictures.py [FOLDER OF field-cases]     (the folder for the samples of its two files)
Needs: pip install numpy Pillow

BMPs are put together here, in every depth, order and header; where Pillow reads one, it has to agree.
"""
import base64, io, json, struct, sys
from pathlib import Path
import numpy as np, PIL
from PIL import Image, features

OUT = Path(__file__).resolve().parent
SEED = 20261130
RNG = np.random.default_rng(SEED)
# The files of field-cases of which every 577th pixel is kept.
FIELD = ("c14_formats/incucyte.jpg", "c14_formats/old.bmp")
STEP = 577


def text(data):
    return base64.b64encode(data).decode()


def save(cases, name, data, color, samples, palette=b""):
    samples = np.asarray(samples, np.uint8)
    cases.append({"name": name, "width": samples.shape[1], "height": samples.shape[0], "color": color,
                  "bytes": text(data), "samples": text(samples.tobytes()), "palette": text(bytes(palette))})


def cells(h, w):
    """Something smooth with edges, as images are, in three channels."""
    y, x = np.mgrid[:h, :w]
    out = []
    for k in range(3):
        a = 110 + 60 * np.sin(x / (4 + k) + k) + 40 * np.cos(y / 3 - k) + RNG.normal(0, 6, (h, w))
        a[(x - w / 2) ** 2 + (y - h / 3) ** 2 < 30 + 20 * k] += 50
        out.append(a)
    return np.clip(np.stack(out, -1), 0, 255).astype(np.uint8)


def make_jpegs():
    cases = []
    a = cells(17, 21)
    options = [("plain", {}), ("progressive", {"progressive": True}), ("restarts", {"restart_marker_blocks": 2}),
               ("optimized", {"optimize": True, "quality": 97})]
    for name, more in options:
        save_jpeg(cases, f"grey_{name}.jpg", a[..., 0], **more)
        for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
            save_jpeg(cases, f"rgb_{name}_{subsampling.replace(':', '')}.jpg", a, subsampling=subsampling, **more)
    save_jpeg(cases, "rgb_untransformed.jpg", a, keep_rgb=True)
    # Turned by a quarter, its EXIF says; the rows stay as they are stored.
    turned = Image.Exif()
    turned[0x0112] = 6
    save_jpeg(cases, "grey_exif_turned.jpg", a[..., 0], exif=turned)
    return cases


def save_jpeg(cases, name, array, **options):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "JPEG", **options)
    found = np.asarray(Image.open(io.BytesIO(buffer.getvalue())))
    assert found.shape == array.shape
    save(cases, name, buffer.getvalue(), "rgb" if array.ndim == 3 else "grey", found)


def header(size, w, h, bits, packing, colors, masks, count):
    if size == 12:
        return struct.pack("<IHHHH", 12, w, h, 1, bits)
    out = struct.pack("<IiiHHIIiiII", size, w, h, 1, bits, packing, count, 2835, 2835, colors, 0)
    out += b"".join(struct.pack("<I", m) for m in masks)
    return (out + bytes(128))[:max(size, 40 + 4 * len(masks) if packing == 3 else 40) if size >= 40 else size]


def bmp(w, h, bits, pixels, size=40, top_down=False, packing=0, palette=b"", masks=(), colors=0):
    head = header(size, w, -h if top_down else h, bits, packing, colors, masks, len(pixels))
    offset = 14 + len(head) + len(palette)
    return b"BM" + struct.pack("<IHHI", offset + len(pixels), 0, 0, offset) + head + palette + pixels


def rows(values, bits):
    """Rows of numbers of so many bits each, the first bits of a byte first, each row to four bytes; from the bottom."""
    out = b""
    for row in values[::-1]:
        if bits < 8:
            line = "".join(f"{int(v):0{bits}b}" for v in row)
            line += "0" * (-len(line) % 8)
            line = bytes(int(line[i:i + 8], 2) for i in range(0, len(line), 8))
        else:
            line = b"".join(int(v).to_bytes(bits // 8, "little") for v in row)
        out += line + bytes(-len(line) % 4)
    return out


def flipped(data, h):
    line = len(data) // h
    return b"".join(data[i * line:(i + 1) * line] for i in reversed(range(h)))


def run_lengths(indices, bits):
    """RLE8 or RLE4 with runs and stretches as they are, by turns."""
    out = b""
    for row in indices[::-1]:
        x = 0
        while x < len(row):
            left = len(row) - x
            if RNG.random() < 0.5 and left >= 3:
                n = int(RNG.integers(3, min(left, 9) + 1))
                part = [int(v) for v in row[x:x + n]]
                if bits == 4:
                    part = part + [0] * (n % 2)
                    part = [a << 4 | b for a, b in zip(part[::2], part[1::2])]
                out += bytes([0, n, *part]) + bytes(len(part) % 2)
            else:
                n = 1
                while x + n < len(row) and n < 255 and row[x + n] == row[x + n % (2 if bits == 4 else 1)]:
                    n += 1
                pair = int(row[x]) << 4 | int(row[x + 1] if n > 1 else 0) if bits == 4 else int(row[x])
                out += bytes([n, pair])
            x += n
        out += b"\0\0"
    return out + b"\0\1"


def entries(palette, size=4):
    return b"".join(bytes([b, g, r]) + bytes(size - 3) for r, g, b in palette)


def make_indexed(cases):
    h, w = 7, 13
    for bits in (1, 2, 4, 8):
        count = min(1 << bits, 200)
        a = RNG.integers(0, count, (h, w))
        ramp = np.repeat(np.linspace(0, 255, 1 << bits).round().astype(int)[:, None], 3, 1)
        colored = RNG.integers(0, 256, (count, 3))
        for tag, top_down in (("", False), ("_topdown", True)):
            data = rows(a, bits)
            pixels = flipped(data, h) if top_down else data
            save_bmp(cases, f"grey{bits}{tag}.bmp", bmp(w, h, bits, pixels, top_down=top_down, palette=entries(ramp)),
                     "grey", ramp[a, 0], pillow=bits != 2)
            save_bmp(cases, f"palette{bits}{tag}.bmp",
                     bmp(w, h, bits, pixels, top_down=top_down, palette=entries(colored), colors=count),
                     "palette", a, colored.astype(np.uint8).tobytes(), pillow=False)
        short = bmp(w, h, bits, rows(a, bits), size=12, palette=entries(ramp, 3))
        save_bmp(cases, f"grey{bits}_os2.bmp", short, "grey", ramp[a, 0], pillow=bits != 2)
    a = RNG.integers(0, 2, (h, w))
    fallen = [(255,) * 3, (0,) * 3]
    save_bmp(cases, "palette1_inverted.bmp", bmp(w, h, 1, rows(a, 1), palette=entries(fallen)), "palette", a,
             np.uint8(fallen).tobytes(), pillow=False)
    # Greys for the image and colours for what a program draws over it.
    mixed = [(v, v, v) for v in range(0, 236)] + [(255, 0, v) for v in range(20)]
    a = RNG.integers(0, 236, (h, w))
    save_bmp(cases, "palette8_greys_and_colours.bmp", bmp(w, h, 8, rows(a, 8), palette=entries(mixed)), "palette", a,
             np.uint8(mixed).tobytes(), pillow=False)
    for bits in (4, 8):
        a = np.repeat(RNG.integers(0, 1 << bits, (9, 6)), 4, 1)[:, :21]
        a[4] = RNG.integers(0, 1 << bits, 21)
        ramp = np.repeat(np.linspace(0, 255, 1 << bits).round().astype(int)[:, None], 3, 1)
        data = bmp(21, 9, bits, run_lengths(a, bits), packing=12 // bits - (bits == 4), palette=entries(ramp))
        save_bmp(cases, f"grey{bits}_runs.bmp", data, "grey", ramp[a, 0])


def make_colored(cases):
    h, w = 5, 7
    a = RNG.integers(0, 256, (h, w, 3))
    r, g, b = (a[..., k] for k in range(3))
    packed = r << 16 | g << 8 | b
    for size in (12, 16, 40, 52, 56, 64, 108, 124):
        masks = (0xff0000, 0xff00, 0xff, 0) if size > 40 and size != 64 else ()
        pillow = size in (12, 40, 64, 108, 124)
        save_bmp(cases, f"rgb24_header{size}.bmp", bmp(w, h, 24, rows(packed, 24), size=size, masks=masks), "rgb", a,
                 pillow=pillow)
    save_bmp(cases, "rgb24_topdown.bmp", bmp(w, h, 24, flipped(rows(packed, 24), h), top_down=True), "rgb", a)
    save_bmp(cases, "rgb32.bmp", bmp(w, h, 32, rows(packed | 0x7f000000, 32)), "rgb", a)
    turned = b << 24 | g << 16 | r << 8 | 99
    for size in (40, 108):
        masks = (0xff00, 0xff0000, 0xff000000)
        save_bmp(cases, f"rgb32_masks{size}.bmp",
                 bmp(w, h, 32, rows(turned, 32), size=size, packing=3, masks=masks + ((0,) if size > 40 else ())),
                 "rgb", a, pillow=False)
    forms = [("555", (0x7c00, 0x3e0, 0x1f), 0), ("565", (0xf800, 0x7e0, 0x1f), 3), ("444", (0xf00, 0xf0, 0xf), 3)]
    for name, masks, packing in forms:
        v = RNG.integers(0, 65536, (h, w))
        found = np.stack([(v & m) // (m & -m) * 255 // (m // (m & -m)) for m in masks], -1)
        data = bmp(w, h, 16, rows(v, 16), packing=packing, masks=masks if packing else ())
        save_bmp(cases, f"rgb16_{name}.bmp", data, "rgb", found, pillow=name != "444")


def save_bmp(cases, name, data, color, expected, palette=b"", pillow=True):
    if pillow:
        found = Image.open(io.BytesIO(data)).convert("RGB" if color == "rgb" else "L")
        assert (np.asarray(found) == expected).all(), name
    save(cases, name, data, color, expected, palette)


def make_field(folder):
    """Every 577th pixel of the files that a test reads beside the project."""
    out = []
    for name in FIELD:
        image = np.asarray(Image.open(Path(folder) / name))
        assert image.ndim == 2
        out.append({"name": name, "width": image.shape[1], "height": image.shape[0], "step": STEP,
                    "values": [int(v) for v in image.reshape(-1)[::STEP]], "mean": float(image.mean())})
    return out


def main():
    versions = {"numpy": np.__version__, "PIL": PIL.__version__, "libjpeg-turbo": features.version("libjpeg_turbo"),
                "seed": SEED}
    jpegs, bmps = make_jpegs(), []
    make_indexed(bmps)
    make_colored(bmps)
    field = make_field(sys.argv[1]) if len(sys.argv) > 1 else json.loads((OUT / "imaging-jpeg.json").read_text())["field"]
    for name, content in (("imaging-jpeg", {"versions": versions, "files": jpegs, "field": field}),
                          ("imaging-bmp", {"versions": versions, "files": bmps})):
        (OUT / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


main()
