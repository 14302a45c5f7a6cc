"""Writes distortions.safetensors: what SciPy and OpenCV make of planes, displacements and lenses.

Usage: python make_distortions.py   (beside the file that it writes)
Needs: pip install numpy scipy opencv-python-headless safetensors
"""
from pathlib import Path
import cv2, numpy as np, scipy
from scipy import ndimage
from safetensors.numpy import save_file

RNG = np.random.default_rng(20030803)


def elastic(tensors, name, side, alpha, sigma):
    """Simard et al. 2003, as albumentations has it: the image bilinear, the mask by the nearest pixel."""
    image = RNG.random((side, side)).astype(np.float32)
    mask = (ndimage.gaussian_filter(RNG.normal(0, 1, (side, side)), 2) > 0).astype(np.float32)
    noise = RNG.uniform(-1, 1, (2, side, side)).astype(np.float32)
    dx, dy = (alpha * ndimage.gaussian_filter(n.astype(float), sigma) for n in noise)
    y, x = np.mgrid[:side, :side]
    moved = ndimage.map_coordinates(image, (y + dy, x + dx), order=1, mode="reflect")
    moved_mask = ndimage.map_coordinates(mask, (y + dy, x + dx), order=0, mode="reflect")
    for key, value in {"settings": [alpha, sigma], "image": image, "mask": mask, "noise": noise, "dx": dx, "dy": dy,
                       "moved": moved, "moved_mask": moved_mask}.items():
        tensors[f"{name}.{key}"] = np.ascontiguousarray(value, np.float32)


def optical(tensors, name, side, k, x0, y0):
    camera = np.array([[side, 0, side * (0.5 + x0)], [0, side, side * (0.5 + y0)], [0, 0, 1]])
    lens = np.array([k, k, 0, 0, 0])
    columns, rows = cv2.initUndistortRectifyMap(camera, lens, None, camera, (side, side), cv2.CV_32FC1)
    for key, value in {"settings": [k, x0, y0], "columns": columns, "rows": rows}.items():
        tensors[f"{name}.{key}"] = np.ascontiguousarray(value, np.float32)


def clahe(tensors, name, plane, clip):
    out = cv2.createCLAHE(clipLimit=clip, tileGridSize=(8, 8)).apply(plane)
    for key, value in {"clip": [clip], "plane": plane, "even": out}.items():
        tensors[f"{name}.{key}"] = np.ascontiguousarray(value, np.float16)   # whole numbers below 2049 are exact


def main():
    tensors = {}
    elastic(tensors, "elastic0", 24, 120, 6)      # the border is mirrored more than once
    elastic(tensors, "elastic1", 23, 30, 1.7)
    optical(tensors, "optical0", 21, 0.05, 0.03, -0.02)
    optical(tensors, "optical1", 16, -0.9, 0, 0.05)
    ramp = np.add.outer(np.arange(40), 2 * np.arange(40)).astype(np.uint8)
    noisy = np.clip(RNG.normal(110, 25, (48, 48)), 0, 255).astype(np.uint8)
    cells = np.clip(120 + 60 * ndimage.gaussian_filter(RNG.normal(0, 5, (51, 51)), 3), 0, 255).astype(np.uint8)
    for i, (plane, clip) in enumerate([(ramp, 2), (noisy, 4), (noisy, 40), (cells, 3.5),
                                       (np.full((16, 16), 77, np.uint8), 2)]):
        clahe(tensors, f"clahe{i}", plane, clip)
    notes = {m.__name__: m.__version__ for m in (np, scipy, cv2)}
    save_file(tensors, Path(__file__).with_name("distortions.safetensors"), notes)


main()
