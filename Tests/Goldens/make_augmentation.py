"""Writes augmentation.safetensors: what PyTorch makes of one image and mask under the reference's augmentation.

Usage: python make_augmentation.py   (beside the file that it writes; needs torch, numpy, safetensors)
Each case is turned and moved exactly as `augment` in the reference's train_torch.py does, from given choices.
"""
import math
from pathlib import Path
import numpy as np, torch
import torch.nn.functional as F
from safetensors.torch import save_file

SIDE, SEED = 11, 7
CASES = [  # flip rows, flip columns, quarter turns, angle, scale, shear, x, y
    (False, False, 0, 0.0, 1.0, 0.0, 0.0, 0.0),
    (True, False, 0, 0.0, 1.0, 0.0, 0.0, 0.0),
    (False, True, 1, 0.0, 1.0, 0.0, 0.0, 0.0),
    (True, True, 3, 0.0, 1.0, 0.0, 0.0, 0.0),
    (False, False, 2, 0.31, 1.23, -0.13, 0.11, -0.07),
    (True, False, 1, -0.347, 0.81, 0.149, -0.119, 0.113),
    (False, True, 3, 0.12, 1.0, 0.05, 0.02, -0.03),
    (False, False, 0, 0.35, 2.9, 0.15, 0.9, -1.7),   # far outside: reflected more than once
]


def augment(image, mask, flip_rows, flip_columns, k, a, s, sh, x, y):
    if flip_rows: image, mask = image.flip(1), mask.flip(1)
    if flip_columns: image, mask = image.flip(2), mask.flip(2)
    image, mask = image.rot90(k, (1, 2)), mask.rot90(k, (1, 2))
    t = torch.tensor([[math.cos(a) * s, -math.sin(a) * s + sh, x], [math.sin(a) * s, math.cos(a) * s, y]])
    grid = F.affine_grid(t[None], (1, 1, *image.shape[1:]), align_corners=False)
    image = F.grid_sample(image[None], grid, padding_mode="reflection", align_corners=False)[0]
    mask = F.grid_sample(mask[None], grid, mode="nearest", padding_mode="reflection", align_corners=False)[0]
    return image, mask


def main():
    rng = np.random.default_rng(SEED)
    image = torch.from_numpy(rng.random((1, SIDE, SIDE), np.float32))
    mask = torch.from_numpy((rng.random((1, SIDE, SIDE)) < 0.5).astype(np.float32))
    tensors = {"image": image[0], "mask": mask[0]}
    for i, case in enumerate(CASES):
        out, out_mask = augment(image, mask, *case)
        tensors[f"case{i}.choices"] = torch.tensor([float(c) for c in case])
        tensors[f"case{i}.image"] = out[0].contiguous()
        tensors[f"case{i}.mask"] = out_mask[0].contiguous()
    notes = {"torch": torch.__version__, "seed": str(SEED), "cases": str(len(CASES))}
    save_file(tensors, Path(__file__).with_name("augmentation.safetensors"), notes)


main()
