"""Asks PyTorch, in float64, for AURA-net's loss over a part of the pixels, which NetworksTests compares with.

Usage: python make_known_loss.py REFERENCE
REFERENCE is the folder of networks.py, ../../../shared/reference from here. Where all pixels are known the loss is held to the
reference's own. Writes known-loss.safetensors beside itself. Needs: pip install torch numpy safetensors
"""
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

SEED = 20212


def loss(logits, target, known, alpha=0.5, beta=0.75, gamma=0.25, lam=5.0, eps=1e-8):
    """Equations (1) to (4) over the pixels that are known: each sum leaves the others out, each mean is over what is left."""
    p = torch.sigmoid(logits)
    bce = (F.binary_cross_entropy_with_logits(logits, target, reduction="none") * known).sum() / known.sum()
    inter = (p * target * known).sum((2, 3))
    dice = (1 - (2 * inter + 1) / ((p * known).sum((2, 3)) + (target * known).sum((2, 3)) + 1)).mean()
    dy = p[:, :, 1:, :-1] - p[:, :, :-1, :-1]
    dx = p[:, :, :-1, 1:] - p[:, :, :-1, :-1]
    whole = known[:, :, :-1, :-1] * known[:, :, 1:, :-1] * known[:, :, :-1, 1:]
    length = (torch.sqrt(dx ** 2 + dy ** 2 + eps) * whole).sum() / whole.sum()
    area = ((p * (1 - target) ** 2 * known).sum().abs() + ((1 - p) * target ** 2 * known).sum().abs()) / known.sum()
    return gamma * (length + lam * area) + beta * (alpha * bce + (1 - alpha) * dice)


def main():
    sys.path.insert(0, sys.argv[1])
    from networks import aura_loss

    torch.manual_seed(SEED)
    out = {}
    for kind, threshold in (("strip", None), ("scattered", 0.3)):
        logits = ((torch.rand(3, 1, 9, 21) * 2 - 1) * 8).double()
        target = (torch.rand(3, 1, 9, 21) > 0.6).double()
        if threshold is None:
            known = torch.ones_like(target)
            # The first image has a strip, the second is known throughout, of the third nothing is known.
            known[0, :, :, :6] = 0
            known[2] = 0
        else:
            known = (torch.rand(3, 1, 9, 21) > threshold).double()
        everything = torch.ones_like(known)
        torch.testing.assert_close(loss(logits, target, everything), aura_loss(logits, target))
        for part, numbers in (("total", {}), ("length", dict(beta=0.0, gamma=1.0, lam=0.0)),
                              ("bce", dict(alpha=1.0, beta=1.0, gamma=0.0)), ("dice", dict(alpha=0.0, beta=1.0, gamma=0.0))):
            z = logits.clone().requires_grad_()
            value = loss(z, target, known, **numbers)
            value.backward()
            out[f"{kind}.{part}.y"] = value.detach().float().reshape(1)
            out[f"{kind}.{part}.dlogits"] = z.grad.float()
        # What nobody knows has the target 0, whatever is there.
        out[f"{kind}.logits"], out[f"{kind}.target"], out[f"{kind}.known"] = (
            tensor.float() for tensor in (logits, target * known, known))
    save_file({k: v.contiguous() for k, v in out.items()}, Path(__file__).resolve().parent / "known-loss.safetensors",
              metadata={"torch": torch.__version__, "seed": str(SEED)})


if __name__ == "__main__":
    main()
