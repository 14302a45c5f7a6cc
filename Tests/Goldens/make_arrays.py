"""Writes arrays and Cellpose's dictionaries with NumPy, in every form in which they are met.

Usage: python make_arrays.py     (writes arrays.json beside itself)
Needs: numpy (2 or later, whose names begin with numpy._core; those of before are put in by hand)

`plain` has what must be read, with its pages of numbers; `refused` what must not, with what its refusal says; `cellpose`
dictionaries with their labels. Each file was opened again by numpy.load.
"""
import base64, datetime, io, json, os, pathlib, pickle, struct
import numpy as np

LABELS = np.array([[0, 0, 1, 1, 0], [2, 0, 1, 1, 0], [2, 2, 0, 300, 0]])


class Attack:
    """What a file would do that is not to be trusted."""

    def __reduce__(self):
        return os.system, ("echo attacked",)


def plain(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    np.load(io.BytesIO(out.getvalue()), allow_pickle=True)
    return out.getvalue()


def pickled(value, protocol, old=False, load=True):
    """A file of `numpy.save` of an object, with another protocol than NumPy's own or with the names before NumPy 2."""
    array = np.empty((), dtype=object)
    array[()] = value
    out = io.BytesIO()
    np.lib.format.write_array_header_1_0(out, {"descr": "|O", "fortran_order": False, "shape": ()})
    data = pickle.dumps(array, protocol=protocol)
    if old:
        data = renamed(data, protocol)
    out.write(data)
    if load:
        np.load(io.BytesIO(out.getvalue()), allow_pickle=True)
    return out.getvalue()


def renamed(data, protocol):
    before = data
    for name in (b"multiarray", b"numeric"):
        new, old = b"numpy._core." + name, b"numpy.core." + name
        data = data.replace(bytes([len(new)]) + new, bytes([len(old)]) + old) if protocol >= 4 else data.replace(new, old)
    if protocol >= 4:  # one frame: its length follows
        assert data[2] == 0x95 and struct.unpack("<Q", before[3:11])[0] == len(before) - 11
        data = data[:3] + struct.pack("<Q", len(data) - 11) + data[11:]
    assert b"numpy._core" not in data and data != before
    return data


def dictionary(masks, **more):
    """What Cellpose keeps, the most of it left out."""
    return {"outlines": (LABELS > 1).astype(np.uint16), "masks": masks, "filename": "zellen.tif", **more}


def whole(masks):
    """What Cellpose 3 keeps."""
    return dictionary(
        masks, colors=np.full((3, 3), 7, np.uint8), flows=[np.zeros((1, 3, 5), np.float16), [], np.zeros(2)],
        ismanual=np.array([True, False]), manual_changes=[["2024-01-02", "added mask", [1, 2]]], flow_threshold=0.4,
        diameter=np.float64(30.5), zdraw=[None, None], seed=1 << 80, filename="C:\\bilder\\zellen \u00e4\u00df.tif",
        normalize_params={"lowhigh": None, "percentile": [1.0, 99.0], "invert": False})


def main():
    golden = {"numpy": np.__version__, "plain": [], "refused": [], "cellpose": []}

    def add(name, array, data):
        pages = array if array.ndim == 3 else array[None]
        golden["plain"].append({
            "name": name, "bytes": base64.b64encode(data).decode(), "height": pages.shape[1], "width": pages.shape[2],
            "pages": [[float(v) for v in page.ravel()] for page in pages]})

    def refuse(name, data, says):
        golden["refused"].append({"name": name, "bytes": base64.b64encode(data).decode(), "says": says})

    def cells(name, data, labels):
        pages = labels if labels.ndim == 3 else labels[None]
        golden["cellpose"].append({
            "name": name, "bytes": base64.b64encode(data).decode(), "height": pages.shape[1], "width": pages.shape[2],
            "pages": [[int(v) for v in page.ravel()] for page in pages]})

    for code in "?", "u1", "i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">u4", "<i4", ">i4", "<u8", ">u8", "<i8", ">i8":
        array = (LABELS % 100).astype(code)
        add(code, array, plain(array))
    for code in "<f2", ">f2", "<f4", ">f4", "<f8", ">f8":
        array = (LABELS / 4).astype(code)
        add(code, array, plain(array))
    negative = (LABELS - 2).astype("<i4")
    add("negative", negative, plain(negative))
    add("fortran", LABELS.astype("<u2"), plain(np.asfortranarray(LABELS.astype("<u2"))))
    stack = np.stack([LABELS, LABELS.max() - LABELS]).astype(">u2")
    add("pages", stack, plain(stack))
    add("pages in fortran's order", stack, plain(np.asfortranarray(stack)))
    for version in (2, 0), (3, 0):
        add(f"version {version[0]}", LABELS.astype("u2"), plain(LABELS.astype("u2"), version))

    refuse("complex", plain(LABELS.astype("c8")), "complex numbers")
    refuse("texts", plain(np.array([["a", "bc"]])), "texts")
    refuse("bytes", plain(np.array([[b"a", b"bc"]])), "texts")
    refuse("times", plain(np.array([["2024-01-02"]], "M8[D]")), "times")
    refuse("records", plain(np.zeros((2, 2), [("a", "u1"), ("b[", "f4", (2,))])), "records")
    refuse("long numbers", plain(LABELS.astype(np.longdouble)), "of 16 bytes")
    refuse("a row", plain(np.arange(5)), "(5)")
    refuse("four extents", plain(np.zeros((1, 2, 3, 4))), "(1, 2, 3, 4)")
    refuse("objects", pickled([1, 2], 4), "no masks of Cellpose's")
    refuse("an attack", pickled(Attack(), 4, load=False), "no masks of Cellpose's")

    for protocol in 2, 3, 4, 5:
        for old in False, True:
            name = f"protocol {protocol}, names {'before' if old else 'of'} NumPy 2"
            cells(name, pickled(whole(LABELS.astype(np.uint16)), protocol, old), LABELS)
    cells("32 bits", pickled(dictionary(LABELS.astype(np.uint32)), 4), LABELS)
    for protocol in 2, 5:
        cells(f"fortran, protocol {protocol}", pickled(dictionary(np.asfortranarray(LABELS.astype("<i4"))), protocol), LABELS)
        cells(f"big-endian, protocol {protocol}", pickled(dictionary(LABELS.astype(">u2")), protocol), LABELS)
    cells("read-only, protocol 5", pickled(dictionary(np.frombuffer(LABELS.astype("u2").tobytes(), "u2").reshape(3, 5)), 5), LABELS)
    cells("whole floats", pickled(dictionary(LABELS.astype(float)), 4), LABELS)
    cells("one cell", pickled(dictionary(LABELS > 0), 4), LABELS > 0)
    cells("pages", pickled(dictionary(stack.astype(np.uint16)), 4), stack)
    cells("counted from 0", pickled(dictionary((LABELS - 1).astype(np.int32)), 4), LABELS)
    strange = {"path": pathlib.PurePosixPath("/a/b"), "when": datetime.datetime(2024, 1, 2), "set": {1, 2}, "attack": Attack(),
               "frozen": frozenset([3]), "lone": "\udc80.tif", "bytes": bytearray(b"x"), "complex": 2j, "range": range(3)}
    for protocol in 2, 4:
        cells(f"among strange things, protocol {protocol}", pickled(dictionary(LABELS.astype("u2"), **strange), protocol, load=False), LABELS)
    refuse("masks missing", pickled({"outlines": LABELS}, 4), "no masks of Cellpose's")
    refuse("masks a list", pickled(dictionary([LABELS]), 4), "masks are no array")
    refuse("masks an attack", pickled(dictionary(Attack()), 4, load=False), "masks are no array")
    refuse("masks of halves", pickled(dictionary(LABELS / 2), 4), "other numbers than those of cells")
    refuse("masks below -1", pickled(dictionary(LABELS - 2), 4), "other numbers than those of cells")
    refuse("masks of objects", pickled(dictionary(LABELS.astype(object)), 4), "Python objects")
    refuse("masks complex", pickled(dictionary(LABELS * 1j), 4), "complex numbers")
    refuse("masks a row", pickled(dictionary(np.arange(3)), 4), "(3)")
    pathlib.Path(__file__).with_name("arrays.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()
