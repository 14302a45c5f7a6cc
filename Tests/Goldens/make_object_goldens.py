"""Asks PyTorch, in float64, for the five networks with a second channel of cores: writes objects-*.safetensors, which NetworksTests
compares with.

Usage: python make_object_goldens.py REFERENCE
REFERENCE is the folder of networks.py, ../../../shared/reference from here. The core channel is a last convolution of its own,
`core`, beside the network's; its loss is equations (1) to (4) again, over the pixels that are known, with weights in the cross entropy.
The networks stand where `evaluation-*.safetensors` left them. Needs: pip install torch numpy safetensors
"""
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from hashing import batch, initialise, summary
from make_goldens import HERE, NETWORKS, sizes, table
from make_known_loss import loss as known_loss


def with_cores(net, name):
    """Adds the last convolution of cores; calling the network gives both channels then."""
    last = net.last[-1] if name == "ce-net" else net.head
    net.core = torch.nn.Conv2d(last.in_channels, 1, last.kernel_size, padding=last.padding)
    seen = {}
    last.register_forward_pre_hook(lambda _, inputs: seen.update(features=inputs[0]))

    def both(image):
        mask = net(image)
        return mask, net.core(seen["features"])
    return both


def core_loss(logits, target, weights, alpha=0.5, beta=0.75):
    """`known_loss` where weights are above 0, with the cross entropy weighted."""
    known = (weights > 0).double()
    plain = known_loss(logits, target, known)
    bce = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return plain + beta * alpha * ((bce * weights).sum() / weights.sum() - (bce * known).sum() / known.sum())


def main():
    sys.path.insert(0, sys.argv[1])
    import networks as nets

    for name in NETWORKS:
        file = HERE / f"evaluation-{name}.safetensors"
        from safetensors import safe_open
        images = safe_open(file, "pt").metadata()["images"]
        net = nets.NETWORKS[name]()
        both = with_cores(net, name)
        initialise(net)
        state = {k: v.float() for k, v in load_file(file).items() if k in net.state_dict()}
        net.load_state_dict(state, strict=False)
        net.double().eval()
        size = sizes(name)[0]
        image, target = (torch.from_numpy(a).double() for a in batch(images, 2, size))
        core = torch.from_numpy(batch(f"{images}.core", 2, size)[1]).double()
        seam = torch.from_numpy(batch(f"{images}.seam", 2, size)[1]).double()
        unknown = torch.from_numpy(batch(f"{images}.unknown", 2, size)[1]).double()
        weights = (1 + 4 * seam) * (1 - unknown)
        mask, cores = both(image)
        loss = nets.aura_loss(mask, target) + core_loss(cores, core * (1 - unknown), weights)
        loss.backward()
        rows, names = table({k: p.grad for k, p in net.named_parameters()})
        out = {"logits": torch.from_numpy(summary("logits", mask.detach())), "loss": loss.detach().float().reshape(1),
               "cores": torch.from_numpy(summary("logits", cores.detach())), "gradients": rows}
        save_file({k: v.contiguous() for k, v in out.items()}, HERE / f"objects-{name}.safetensors",
                  metadata={"torch": torch.__version__, "parameters": names, "images": images})
        print(name, loss.item(), flush=True)


if __name__ == "__main__":
    main()
