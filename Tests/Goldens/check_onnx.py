"""Runs what `aura weights onnx` writes in ONNX Runtime, on real images, and compares with Aura's own answers.

Usage: python check_onnx.py IMAGES [--weights FILE ...] [--networks unet,ce-net] [--images 3] [--steps 40] [--threads 2]
Needs: pip install onnx onnxruntime numpy pillow, and a build of aura (.build/release/aura; AURA_PROGRAM names another). With
       bioimageio.core (0.11 needs pydantic below 2.13) its own test of the description is run too; without it, that is left out, aloud.

Each of the five networks, with and without a channel of cores, is trained for some steps on simulated images, so that its weights and
running statistics are none by chance; `simulated` and those of --weights come besides. Each is written with the middles of several real
images at several working sizes as its test, of which no two files of a network may differ but for the test. Compared are the
probabilities, of single images and in a batch, and the masks of `aura predict` of pictures cut to sides that the network takes, where they
are not within a thousandth of one half. Prints the largest difference of each and fails where one is 1e-4 or more.
"""
import argparse, hashlib, json, os, re, subprocess, sys, tempfile
from pathlib import Path
import numpy as np
import onnx, onnxruntime
from PIL import Image

AURA = os.environ.get("AURA_PROGRAM", Path(__file__).resolve().parents[2] / ".build/release/aura")
# The multiples that sides are of, and the least side.
NETWORKS = {"aura-net": (64, 64), "unet": (16, 64), "attention-unet": (16, 64), "unet-resnet": (64, 64), "ce-net": (32, 192)}
SIZES = (192, 250, 400)
LIMIT = 1e-4
FAULTS = []


def expect(holds, what):
    if not holds:
        FAULTS.append(what)
        print("  FAULT:", what, flush=True)


def aura(*arguments):
    done = subprocess.run([str(AURA), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"aura {' '.join(map(str, arguments))}\n{done.stderr}")
    return done.stdout


def trained(network, objects, pictures, folder, a):
    """Weights after some steps, which no two networks have alike."""
    run = folder / f"{network}-{objects}"
    aura("train", pictures, "--masks", pictures / "masks", "--network", network, "--objects", objects, "--weights", "none", "--size",
         max(128, NETWORKS[network][1]), "--steps", a.steps, "--batch", 4, "--validation", 0, "--keep", "last", "--learning-rate", 1e-3,
         "--threads", a.threads, "--output", run)
    return run / "weights.safetensors"


def percentiles(folder):
    """Between which the description has the contrast spread."""
    text = (folder / "rdf.yaml").read_text()
    return [float(re.search(rf"{end}_percentile: ([\d.]+)", text)[1]) for end in ("min", "max")]


def spread(grey, ends):
    """The contrast as the description says, by NumPy."""
    low, high = np.percentile(grey, ends)
    return np.clip((grey - low) / (high - low + 1e-6), 0, 1).astype(np.float32)


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def session(file, threads):
    onnx.checker.check_model(str(file), full_check=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def described(folder):
    """What bioimage.io's own library says of a description."""
    try:
        from bioimageio.core import test_model
    except ImportError:
        return "not asked (pip install bioimageio.core)"
    summary = test_model(folder / "rdf.yaml", weight_format="onnx")
    expect(summary.status in ("passed", "valid-format"), f"{folder}: {summary.status}")
    if summary.status != "passed":
        print(summary.format())
    return summary.status


def masks_differ(run, weights, image, ends, folder):
    """Pixels, but for those near one half, in which `aura predict` and the probabilities differ; None where no part suits."""
    pixels = np.array(Image.open(image))
    multiple, least = NETWORKS[run.get_modelmeta().graph_name]
    side = min(pixels.shape[:2]) // multiple * multiple
    if pixels.ndim != 2 or side < least or pixels.dtype not in (np.uint8, np.uint16):
        return None
    side = min(side, 512)
    part = folder / "part" / f"{image.stem}.png"
    part.parent.mkdir(exist_ok=True)
    top, left = ((length - side) // 2 for length in pixels.shape)
    pixels = pixels[top:top + side, left:left + side]
    Image.fromarray(pixels).save(part)
    told = json.loads(aura("predict", part, "--weights", weights, "--size", side, "--no-flips", "-o", folder / "masks", "--json"))
    found = np.array(Image.open(told["mask"])) > 0
    cell = run.run(None, {"image": spread(pixels.astype(np.float32), ends)[None, None]})[0][0, 0]
    return int(((found != (cell >= 0.5)) & (abs(cell - 0.5) > 1e-3)).sum())


def check(name, weights, images, folder, a):
    run, first, gaps, differing = None, None, [], []
    for place, (image, size) in enumerate((image, size) for image in images for size in SIZES):
        output = folder / f"{name}-{place}"
        aura("weights", "onnx", weights, "-o", output, "--image", image, "--size", size, "--author", "Nobody", "--license", "CC0-1.0",
             "--threads", a.threads)
        file = output / "network.onnx"
        if run is None:
            run, first = session(file, a.threads), digest(file)
            status, ends = described(output), percentiles(output)
        expect(digest(file) == first, f"{file} is not what it was with another test")
        file.unlink()
        grey, expected = (np.load(output / f"test_{what}.npy") for what in ("input", "output"))
        seen = spread(grey, ends)
        single = run.run(None, {"image": seen})[0]
        # Another image beside it changes nothing.
        both = run.run(None, {"image": np.concatenate([seen[:, :, ::-1], seen])})[0]
        gap = max(abs(single - expected).max(), abs(both[1:] - expected).max())
        gaps.append((gap, grey.shape[2:], image.name))
        expect(single.shape == expected.shape and gap < LIMIT, f"{name}, {image.name} at {size}: {gap:.2e}")
    for image in images:
        count = masks_differ(run, weights, image, ends, folder)
        if count is not None:
            differing.append(count)
    worst = max(gaps)
    print(f"{name:24}{worst[0]:.2e} at {worst[1][0]}x{worst[1][1]} of {worst[2]}; "
          f"probabilities {expected.min():.3f} to {expected.max():.3f}; pixels of masks that differ {differing}; bioimage.io: {status}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", nargs="*", default=[])
    parser.add_argument("--networks", default=",".join(NETWORKS))
    for option, value in (("images", 3), ("steps", 40), ("threads", 2)):
        parser.add_argument(f"--{option}", type=int, default=value)
    a = parser.parse_args()
    images = sorted(path for path in a.folder.iterdir() if path.suffix.lower() in {".png", ".tif", ".tiff"})
    images = images[::max(1, len(images) // a.images)][:a.images]
    if not images:
        sys.exit(f"no PNG or TIFF in {a.folder}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = folder / "simulated"
        aura("simulate", pictures, "--count", 8, "--labels")
        check("simulated", "simulated", images, folder, a)
        for number, weights in enumerate(a.weights):
            check(f"given-{number}", weights, images, folder, a)
        for network in filter(None, a.networks.split(",")):
            for objects in ("none", "core"):
                weights = trained(network, objects, pictures, folder, a)
                check(f"{network}-{objects}", weights, images, folder, a)
    print(f"{len(FAULTS)} faults")
    return 1 if FAULTS else 0


sys.exit(main())
