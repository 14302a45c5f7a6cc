"""Weights and inputs from an integer hash, so that nothing large is stored: NetworksTests/Hashed.swift computes the same."""
import math
import numpy as np
import torch

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def mix(z):
    """The finaliser of SplitMix64 (Steele et al. 2014)."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def bits(name, count):
    """`count` 64-bit words that depend on the name alone: FNV-1a of the name, then SplitMix64."""
    key = 0xCBF29CE484222325
    for byte in name.encode():
        key = (key ^ byte) * 0x100000001B3 % 2**64
    with np.errstate(over="ignore"):
        start = mix(np.array(key, np.uint64))
        return mix(start + np.arange(1, count + 1, dtype=np.uint64) * GOLDEN)


def uniform(name, shape, bound=1.0):
    """Numbers in -bound..<bound, exact in float32 arithmetic on both sides."""
    u = (bits(name, math.prod(shape)) >> np.uint64(40)).astype(np.float64) / 2.0**24
    return ((2 * u - 1) * bound).astype(np.float32).reshape(shape)


def initialise(net):
    """PyTorch's initial distribution: convolutions uniform in +-1/sqrt(fan_in), batch norm 1 and 0."""
    modules = dict(net.named_modules())
    with torch.no_grad():
        for name, p in net.named_parameters():
            parent = modules[name.rpartition(".")[0]]
            if isinstance(parent, (torch.nn.Conv2d, torch.nn.ConvTranspose2d)):
                bound = 1 / math.sqrt(parent.weight[0].numel())
                p.copy_(torch.from_numpy(uniform("weights:" + name, tuple(p.shape), bound)))
            else:
                p.fill_(1.0 if name.endswith("weight") else 0.0)


def batch(name, images, size):
    """Images N x 3 x S x S (noise, brighter inside a disc) and targets N x 1 x S x S (the disc)."""
    noise = uniform("image:" + name, (images, 3, size, size))
    y, x = np.mgrid[:size, :size]
    target = np.zeros((images, 1, size, size), np.float32)
    for n in range(images):
        cx, cy, r = (int(v % np.uint64(k)) for v, k in zip(bits(f"disc:{name}:{n}", 3), (size // 2, size // 2, size // 8)))
        cx, cy, r = cx + size // 4, cy + size // 4, r + size // 8
        target[n, 0] = (x - cx) ** 2 + (y - cy) ** 2 < r * r
    return noise + target, target


def summary(name, values):
    """64 elements at hashed places, then L2 norm, signed random projection and largest magnitude."""
    flat = values.detach().double().numpy().ravel()
    places = (bits("places:" + name, 64) % np.uint64(flat.size)).astype(np.int64)
    signs = np.where(bits("signs:" + name, flat.size) >> np.uint64(63), -1.0, 1.0)
    tail = [np.linalg.norm(flat), signs @ flat, np.abs(flat).max()]
    return np.concatenate([flat[places], tail]).astype(np.float32)
