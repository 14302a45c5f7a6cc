"""8-bit weights between PyTorch and Aura.

Usage: python quantized.py make
       python quantized.py check QUANTIZED.safetensors [WEIGHTS.safetensors]

`make` writes quantized.safetensors, filters in eight bits as PyTorch rounds them beside what PyTorch makes of
them, to be read. `check` opens what `aura weights quantize` wrote, and compares it with what that was made of: a
filter is `filter.float() * scale`, no value off by more than half its scale. Needs torch and safetensors.
"""
import sys
from pathlib import Path
import torch
from safetensors.torch import load_file, save_file

SEED = 11
SHAPES = {"conv": ((5, 3, 2, 7), 0), "up": ((3, 5, 2, 2), 1), "head": ((1, 4, 1, 1), 0)}


def make():
    torch.manual_seed(SEED)
    tensors = {}
    for name, (shape, axis) in SHAPES.items():
        weight = torch.randn(shape)
        weight.select(axis, 0).zero_() if name == "conv" else None
        scale = weight.abs().amax([i for i in range(4) if i != axis], keepdim=True) / 127
        numbers = torch.where(scale > 0, weight / scale, 0).round().to(torch.int8)
        tensors[f"{name}.weight"] = numbers
        tensors[f"{name}.weight.scale"] = scale
        tensors[f"expected.{name}"] = (numbers.float() * scale).flatten()
    tensors["bn.num_batches_tracked"] = torch.tensor(7)
    notes = {"torch": torch.__version__, "seed": str(SEED)}
    save_file(tensors, Path(__file__).with_name("quantized.safetensors"), notes)


def check(quantized, weights=None):
    tensors = load_file(quantized)
    whole = load_file(weights) if weights else {}
    filters = [name for name, tensor in tensors.items() if tensor.dtype == torch.int8]
    others = [name for name in tensors if name not in filters and name.removesuffix(".scale") not in filters]
    worst = 0.0
    for name in filters:
        scale = tensors[f"{name}.scale"]
        value = tensors[name].float() * scale
        assert value.shape == tensors[name].shape, name
        if whole:
            gap = (value - whole[name]).abs() / scale.clamp(min=1e-38)
            worst = max(worst, gap.max().item())
            assert worst <= 0.5 + 1e-4, (name, worst)
    for name in others:
        assert tensors[name].dtype == torch.float32, name
        assert not whole or torch.equal(tensors[name], whole[name]), name
    kept = {name for name in whole if not name.endswith("num_batches_tracked")}
    assert not whole or kept == set(filters + others), kept ^ set(filters + others)
    print(f"{len(filters)} filters of 8 bits, {len(others)} others as they were, off by {worst:.4f} scales at most")


make() if sys.argv[1:] == ["make"] else check(*sys.argv[2:])
