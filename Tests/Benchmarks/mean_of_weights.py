#!/usr/bin/env python3
"""Writes the mean of two files of weights of one network: FIRST + share * (SECOND - FIRST), part by part.

Usage: mean_of_weights.py FIRST SECOND OUTPUT PATH=SHARE [PATH=SHARE ...]
A tensor has the share of the first PATH that its name begins with; an empty PATH is for all others. Tensors that FIRST does
not have are SECOND's, and so are the notes. Filters of 8 bits (`aura weights quantize`) are read by their scales.
Needs: pip install numpy safetensors
"""
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file


def weights(file):
    stored = load_file(file)
    return {name: value.astype(np.float32) * stored.get(name + ".scale", np.float32(1))
            for name, value in stored.items() if not name.endswith(".scale")}


first, second = weights(sys.argv[1]), weights(sys.argv[2])
shares = [word.rsplit("=", 1) for word in sys.argv[4:]]
mean = {}
for name, value in second.items():
    share = next(np.float32(share) for path, share in shares if name.startswith(path))
    mean[name] = first[name] + share * (value - first[name]) if name in first else value
with safe_open(sys.argv[2], "np") as file:
    notes = {key: text for key, text in file.metadata().items() if not key.startswith("aura.")}
save_file({name: np.ascontiguousarray(value) for name, value in mean.items()}, sys.argv[3], metadata=notes)
