#!/usr/bin/env python3
"""Which signals of a network's answer, found without any truth, tell how good its mask is; and the fit of the estimate.

Usage: quality_signals.py DATA REFERENCE WEIGHTS [--sets bubil1:256 yeast:512 ...] [--every 2] [--sizes] [--cache FOLDER]
DATA holds the sets' folders, REFERENCE networks.py, WEIGHTS is a safetensors file of AURA-net. Each image is looked at in
its four mirror views; with --sizes also at 0.75 and 1.33 of the size, once each. --every 2 looks at each second image,
--cache keeps what was found of each image. Needs torch, safetensors, scipy, tifffile and pillow.

Prints for each signal its rank correlation (Spearman) with the true IoU in each set; then, for the mean of the four views
and for one view, that of the estimate with a set left out of the fit, its bias and mean error there, and the coefficients
of the fit to all sets. The fit is logistic, on two signals: firmness (IoU of the masks at 0.3 and 0.7, as a logit) and edge
(share of the mask's pixels with a neighbour outside, its negative logarithm), slopes being fitted within the sets: each has
an intercept of its own, the mean of which counts. Sources/Training/Prediction/MaskQuality.swift has the coefficients.
"""
import argparse, json, sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import tifffile
import torch
from PIL import Image
from safetensors.torch import load_file
from scipy import ndimage
from scipy.stats import spearmanr

SETS = {
    "bubil1": ("BU-BIL/BU-BIL_Dataset1/RawImages", "BU-BIL/BU-BIL_Dataset1/GoldStandard"),
    "bubil2": ("bubil2-rabbitsmc-crops/images", "bubil2-rabbitsmc-crops/masks"),
    "usiigaci": ("usiigaci-crops16/images", "usiigaci-crops16/masks"),
    "yeast": ("yeast/images", "yeast/masks"),
    "cho-dic": ("cho-dic/images", "cho-dic/masks"),
}
SIZES = ["bubil1:256", "bubil2:192", "usiigaci:384", "yeast:512", "cho-dic:512"]
MEAN, DEVIATION = (torch.tensor(v)[:, None, None] for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
RIDGE = 0.1


def read(path):
    """The first channel of a picture."""
    if path.suffix in {".tif", ".tiff"}:
        values = tifffile.imread(path)
    else:
        image = Image.open(path)
        values = np.array(image.convert("L") if image.mode in {"P", "1"} else image)
    return values[..., 0] if values.ndim == 3 else values


def pairs(data, name):
    """Images of a set with their true masks; cells of BU-BIL 1 are black."""
    images, masks = (data / folder for folder in SETS[name])
    for path in sorted(images.iterdir()):
        mask = next(masks.glob(f"*{path.stem}.*"))
        yield path, (read(mask) == 0 if name == "bubil1" else read(mask) > 0)


def network(reference, weights):
    sys.path.insert(0, str(reference))
    import networks
    state = {key: value for key, value in load_file(weights).items() if not key.startswith("core.")}
    net = networks.NETWORKS["aura-net"]().eval()
    found = net.load_state_dict(state, strict=False)
    if found.unexpected_keys or any("num_batches" not in key for key in found.missing_keys):
        sys.exit(f"{weights}: {found}")
    return net


@torch.no_grad()
def look(net, grey, size, views):
    """Probabilities of each mirror view at the working size, turned back, without padding."""
    low, high = np.percentile(grey, [0.1, 99.9])
    grey = np.clip((grey - low) / max(high - low, 1e-6), 0, 1).astype(np.float32)
    height, width = (max(size, round(side * size / min(grey.shape))) for side in grey.shape)
    plane = torch.nn.functional.interpolate(
        torch.tensor(grey)[None, None], size=(height, width), mode="bilinear", antialias=True, align_corners=False)
    down, right = -height % 64, -width % 64
    plane = torch.nn.functional.pad(
        plane, (right // 2, right - right // 2, down // 2, down - down // 2), mode="reflect")
    seen = []
    for axes in ((), (2,), (3,), (2, 3))[:views]:
        answer = torch.sigmoid(net((torch.flip(plane, axes).repeat(1, 3, 1, 1) - MEAN) / DEVIATION))
        seen.append(torch.flip(answer, axes)[0, 0, down // 2:down // 2 + height, right // 2:right // 2 + width])
    return torch.stack(seen).numpy()


def resized(values, shape):
    return torch.nn.functional.interpolate(
        torch.tensor(values)[None, None], size=shape, mode="bilinear", align_corners=False)[0, 0].numpy()


def share(part, whole):
    return float(part / whole) if whole else 0.0


def iou(first, second):
    return share((first & second).sum(), (first | second).sum())


def signals(p, views, others, truth):
    """What is known of the probabilities `p`, of the views that they are the mean of and those of other sizes; and the IoU."""
    mask = p >= 0.5
    inside = np.clip(p, 1e-9, 1 - 1e-9)
    entropy = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    found = {
        "uncertainty (mean entropy)": -entropy.mean(),
        "entropy a pixel of the mask": -share(entropy.sum(), mask.sum()),
        "certainty of the foreground": float((2 * p[mask] - 1).mean()) if mask.any() else 0.0,
        "soft Dice with its mask": share(2 * p[mask].sum(), p.sum() + mask.sum()),
        "sum of squares over sum": share((p * p).sum(), p.sum()),
        "firmness": share((p >= 0.7).sum(), (p >= 0.3).sum()),
        "edge": -share((mask & ~ndimage.binary_erosion(mask, border_value=1)).sum(), mask.sum()),
    }
    if len(views) > 1:
        found["IoU of all mirror views"] = share((views >= 0.5).all(0).sum(), (views >= 0.5).any(0).sum())
    if others:
        found["IoU with other sizes"] = float(np.mean([iou(resized(o, p.shape) >= 0.5, mask) for o in others]))
    found["iou"] = iou(resized(p, truth.shape) >= 0.5, truth)
    return {key: float(value) for key, value in found.items()}


def examine(a, net, name, size):
    """Signals and IoU of each image of a set: of the mean of four views, and of the first one."""
    rows = []
    for path, truth in list(pairs(a.data, name))[::a.every]:
        kept = a.cache and a.cache / f"{name}-{size}-{path.stem}{'-sizes' if a.sizes else ''}.json"
        if kept and kept.exists():
            rows.append(json.loads(kept.read_text()))
            continue
        grey = read(path).astype(np.float32)
        views = look(net, grey, size, 4)
        others = [look(net, grey, round(size * by), 1)[0] for by in (0.75, 1.33)] if a.sizes else []
        row = {"four": signals(views.mean(0), views, others, truth), "one": signals(views[0], views[:1], [], truth)}
        if kept:
            kept.write_text(json.dumps(row))
        rows.append(row)
    return rows


def features(row):
    firmness = np.clip(row["firmness"], 0.01, 0.99)
    return [np.log(firmness / (1 - firmness)), -np.log(max(-row["edge"], 0.02))]


def fit(sets):
    """Slopes and the mean intercept, each set counting alike."""
    matrix = np.array([[*features(row), *(float(name == other) for other in sets)] for name in sets for row in sets[name]])
    truth = np.array([row["iou"] for rows in sets.values() for row in rows])
    weight = np.array([1 / len(rows) for rows in sets.values() for _ in rows]) * len(truth) / len(sets)
    ridge = np.diag([RIDGE] * 2 + [1e-9] * len(sets))
    c = np.zeros(matrix.shape[1])
    for _ in range(200):
        p = 1 / (1 + np.exp(-matrix @ c))
        hessian = (matrix * (weight * p * (1 - p))[:, None]).T @ matrix + ridge
        c += 0.5 * np.linalg.solve(hessian, (matrix * weight[:, None]).T @ (truth - p) - ridge @ c)
    return np.array([*c[:2], c[2:].mean()])


def estimate(c, rows):
    return 1 / (1 + np.exp(-(np.array([features(row) for row in rows]) @ c[:2] + c[2])))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "reference", "weights"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--sets", nargs="+", default=SIZES)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--sizes", action="store_true")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    if a.cache:
        a.cache.mkdir(parents=True, exist_ok=True)
    net, found = network(a.reference, a.weights), {}
    for each in a.sets:
        name, size = each.split(":")
        found[name] = examine(a, net, name, int(size))
    print(f"{'':30}" + "".join(f"{name:>10}" for name in found))
    for views in ("four", "one"):
        sets = {name: [row[views] for row in rows] for name, rows in found.items()}
        print(f"{views} view{'s' if views == 'four' else ''}, mean IoU".ljust(30)
              + "".join(f"{np.mean([row['iou'] for row in rows]):10.3f}" for rows in sets.values()))
        for signal in next(iter(sets.values()))[0]:
            rhos = [spearmanr([row[signal] for row in rows], [row["iou"] for row in rows])[0] for rows in sets.values()]
            if signal != "iou":
                print(f"{signal:30}" + "".join(f"{rho:10.2f}" for rho in rhos))
        if len(sets) < 2:
            continue
        lines = defaultdict(str)
        for name, rows in sets.items():
            given = estimate(fit({other: sets[other] for other in sets if other != name}), rows)
            truth = np.array([row["iou"] for row in rows])
            lines["estimate, set left out"] += f"{spearmanr(given, truth)[0]:10.2f}"
            lines["its bias"] += f"{(given - truth).mean():10.2f}"
            lines["its mean error"] += f"{abs(given - truth).mean():10.2f}"
        for title, text in lines.items():
            print(f"{title:30}{text}")
        print("firmness {:.2f}, edge {:.2f}, intercept {:.2f}".format(*fit(sets)))


if __name__ == "__main__":
    main()
