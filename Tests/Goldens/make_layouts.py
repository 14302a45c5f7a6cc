"""Asks tifffile what TIFFs of many kinds hold, for ImagingTests to compare with.

Usage: python make_layouts.py FIELD_CASES     (the folder of that name beside the project: ../../../shared/data/field-cases)
Writes stacks.json and samples.json, small files of tifffile's own with their planes, and field-tiffs.json, digests of the planes of
each file of c11 to c14, c22 and c23: what tifffile decodes, in this order of planes. Needs: pip install numpy tifffile imagecodecs
"""
import base64, hashlib, io, json, sys, warnings
from pathlib import Path
import numpy as np, tifffile

OUT = Path(__file__).resolve().parent
RNG = np.random.default_rng(20261129)
H, W = 4, 6


def noise(*shape, dtype="uint16"):
    return RNG.integers(0, np.iinfo(dtype).max, shape, dtype=dtype, endpoint=True)


def written(*arrays, **options):
    buffer = io.BytesIO()
    kind = {k: options.pop(k) for k in ("imagej", "ome", "bigtiff", "byteorder") if k in options}
    with tifffile.TiffWriter(buffer, **kind) as writer:
        for array in arrays:
            writer.write(array, **options)
    return buffer.getvalue()


def places(**counts):
    """Planes in the order of the axes given, the slowest first."""
    axes = [(k, n) for k, n in counts.items()]
    out = [{}]
    for name, count in axes:
        out = [{**place, name: i} for place in out for i in range(count)]
    return out


CASES = []


def case(name, data, planes, places=None, names=(), size=None, remarks=0, color=False):
    """`planes` are arrays; `remarks` how many things are odd."""
    places = places or [{} for _ in planes]
    assert len(places) == len(planes)
    entry = {"name": name, "bytes": text(data), "names": list(names), "remarks": remarks, "isColor": color,
             "planes": [{**place, "expected": text(np.asarray(p).astype("<f4").tobytes())} for place, p in zip(places, planes)],
             "width": planes[0].shape[1], "height": planes[0].shape[0]}
    if size:
        entry["size"] = list(size)
    CASES.append(entry)


def text(data):
    return base64.b64encode(data).decode()


def luma(rgb):
    rgb = rgb.astype(np.int64)
    return (rgb[..., 0] * 19595 + rgb[..., 1] * 38470 + rgb[..., 2] * 7471 + 0x8000) >> 16


def make_imagej():
    a = noise(2, 3, 2, H, W)
    labels = ["Phase", "GFP"] * 6
    case("imagej-tzc", written(a, imagej=True, resolution=(1 / 0.325, 1 / 0.65), metadata={"axes": "TZCYX", "unit": "um", "Labels": labels}),
         a.reshape(-1, H, W), places(time=2, depth=3, channel=2), ["Phase", "GFP"], (0.325, 0.65))
    a = noise(2, 2, H, W, dtype="uint8")
    case("imagej-little-nm", written(a, imagej=True, byteorder="<", resolution=(0.01, 0.01),
                                     metadata={"axes": "ZCYX", "unit": "nm", "Labels": ["a", "b", "c", "d"]}),
         a.reshape(-1, H, W), places(depth=2, channel=2), size=(0.1, 0.1))
    a = noise(4, H, W)
    for order in "<>":
        case(f"imagej-truncated{order}", written(a, imagej=True, byteorder=order, truncate=True, metadata={"axes": "TYX"}), a, places(time=4))
    a = noise(3, H, W, 3, dtype="uint8")
    case("imagej-rgb", written(a, imagej=True, photometric="rgb", metadata={"axes": "TYXS"}), luma(a), places(time=3), color=True)
    a = noise(3, H, W, 3, dtype="uint8")
    case("imagej-rgb-truncated", written(a, imagej=True, photometric="rgb", truncate=True, metadata={"axes": "ZYXS"}), luma(a), places(depth=3), color=True)


def make_ome():
    a = noise(2, 2, 3, H, W)
    names = ["Phase", "DAPI"]
    case("ome-tcz", written(a, ome=True, metadata={"axes": "TCZYX", "Channel": {"Name": names}, "PhysicalSizeX": 325, "PhysicalSizeXUnit": "nm",
                                                   "PhysicalSizeY": 0.65, "PhysicalSizeYUnit": "µm"}),
         a.reshape(-1, H, W), places(time=2, channel=2, depth=3), names, (0.325, 0.65))
    a = noise(3, 2, H, W)
    case("ome-zt", written(a, ome=True, bigtiff=True, metadata={"axes": "ZTYX"}), a.reshape(-1, H, W), places(depth=3, time=2))
    a = noise(2, H, W, 3, dtype="uint8")
    case("ome-rgb", written(a, ome=True, photometric="rgb", metadata={"axes": "TYXS"}), luma(a), places(time=2), color=True)
    a = noise(2, H, W, 2)
    case("ome-two-samples", written(a, ome=True, photometric="minisblack", planarconfig="contig", metadata={"axes": "TYXS"}),
         np.moveaxis(a, -1, 1).reshape(-1, H, W), places(time=2, channel=2))
    a = noise(2, 2, H, W)
    case("ome-positions", written(a[0], a[1], ome=True, metadata={"axes": "CYX"}), a.reshape(-1, H, W), places(time=2, channel=2), remarks=1)
    a, b = noise(2, H, W), noise(H, W + 1)
    case("ome-other-size", written(a, b, ome=True), [*a, b], remarks=1)


def make_shaped():
    a = noise(2, 3, H, W)
    case("shaped-axes", written(a, metadata={"axes": "TCYX"}), a.reshape(-1, H, W), places(time=2, channel=3))
    case("shaped", written(a, photometric="minisblack"), a.reshape(-1, H, W))
    case("shaped-truncated", written(a, photometric="minisblack", truncate=True, bigtiff=True), a.reshape(-1, H, W))
    a = noise(3, H, W, dtype="uint8")
    case("shaped-three-as-rgb", written(a, photometric="rgb", planarconfig="separate"), a)
    case("shaped-three-frames", written(a, photometric="rgb", planarconfig="separate", metadata={"axes": "TYX"}), a, places(time=3))
    case("shaped-planar-colour", written(a, photometric="rgb", planarconfig="separate", metadata={"axes": "SYX"}), [luma(np.moveaxis(a, 0, -1))], color=True)
    case("planar-colour", written(a, photometric="rgb", planarconfig="separate", metadata=None), [luma(np.moveaxis(a, 0, -1))], color=True)
    a = noise(H, W, 3, dtype="uint8")
    case("shaped-colour", written(a, photometric="rgb"), [luma(a)], color=True)
    a = noise(4, H, W)
    old = written(a, metadata=None, description="shape=(4, 4, 6)", contiguous=True)
    case("shaped-old", old, a)


def make_samples():
    for planar, axis in (("contig", -1), ("separate", 0)):
        for samples, dtype, options in [(2, "uint16", {}), (3, "uint8", {"compression": "zlib"}), (4, "uint16", {"tile": (16, 16), "compression": "zlib"}),
                                        (5, "float32", {"byteorder": ">"})]:
            a = noise(samples, H, W, dtype="uint16").astype(dtype) if dtype == "float32" else noise(samples, H, W, dtype=dtype)
            data = written(np.moveaxis(a, 0, axis), photometric="minisblack", planarconfig=planar, metadata=None, **options)
            case(f"samples{samples}-{planar}", data, a, places(channel=samples))
    a = noise(H, W, 2)
    case("grey-alpha", written(a, photometric="minisblack", planarconfig="contig", extrasamples=["unassalpha"], metadata=None), [a[..., 0]])
    a = noise(H, W, 3)
    case("two-and-alpha", written(a, photometric="minisblack", planarconfig="contig", extrasamples=["unspecified", "assocalpha"], metadata=None),
         [a[..., 0], a[..., 1]], places(channel=2))
    a = noise(H, W, 4, dtype="uint8")
    case("rgba", written(a, photometric="rgb", extrasamples=["unassalpha"], metadata=None), [luma(a)], color=True)
    a = noise(H, W, 5, dtype="uint8")
    case("rgb-and-two", written(a, photometric="rgb", planarconfig="contig", extrasamples=["unspecified"] * 2, metadata=None),
         list(np.moveaxis(a, -1, 0)), places(channel=5))
    a = noise(H, W, 3)
    a[..., 0], a[..., 2] = 3, 9
    case("green-only", written(a, photometric="rgb", metadata=None), [a[..., 1]], color=True)


def make_pages():
    a, small, mask = noise(H, W), noise(2, 2), RNG.random((H, W)) < 0.5
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as writer:
        writer.write(small, subfiletype=1, metadata=None)
        writer.write(a, metadata=None)
        writer.write(mask, subfiletype=4, photometric=4, metadata=None)
        writer.write(a[::-1], subfiletype=2, metadata=None)
    case("reduced-first", buffer.getvalue(), [a, a[::-1]], remarks=2)
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as writer:
        writer.write(small, subfiletype=1, metadata=None)
        writer.write(a, subfiletype=1, metadata=None)
    case("all-reduced", buffer.getvalue(), [a], remarks=1)
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as writer:
        writer.write(a, extratags=[(255, "H", 1, 1, True)], metadata=None)
        writer.write(small, extratags=[(255, "H", 1, 2, True)], metadata=None)
        writer.write(a + 1, extratags=[(255, "H", 1, 3, True)], metadata=None)
    case("old-subfile-type", buffer.getvalue(), [a, a + 1], remarks=1)
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as writer:
        writer.write(a, subifds=1, metadata=None)
        writer.write(small, subfiletype=1, metadata=None)
    case("subifd", buffer.getvalue(), [a])


def make_field(folder):
    found = {}
    for path in sorted(p for k in ("c11", "c12", "c13", "c14", "c22", "c23") for p in folder.glob(f"{k}*/**/*.tif")):
        name = path.relative_to(folder).as_posix()
        if path.stem in ("cmyk", "jpeg2000", "png_in_tiff", "cut_half"):
            continue  # refused
        with tifffile.TiffFile(path) as file:
            a = file.series[0].asarray()
        if path.stem == "rgb_green_only":
            assert a[..., 0].max() == a[..., 2].max() == 0
            a = a[..., 1]
        elif a.shape[-1] in (2, 3):
            a = np.moveaxis(a, -1, 0)
        a = a.reshape(-1, *a.shape[-2:])
        found[name] = [hashlib.sha256(plane.astype("<f4").tobytes()).hexdigest() for plane in a]
    return found


def main():
    warnings.simplefilter("ignore", DeprecationWarning)  # That three arrays become colours is what is tried.
    versions = {m.__name__: m.__version__ for m in (np, tifffile)}
    make_imagej(), make_ome(), make_shaped()
    stacks = CASES[:]
    CASES.clear()
    make_samples(), make_pages()
    for name, content in (("stacks", {"versions": versions, "files": stacks}), ("samples", {"versions": versions, "files": CASES}),
                          ("field-tiffs", {"versions": versions, "planes": make_field(Path(sys.argv[1]))})):
        (OUT / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


main()
