"""Asks PyTorch, in float64, for the answers that NetworksTests and WeightsTests compare with.

Usage: python make_goldens.py REFERENCE [--only ops,blocks,weights,networks,training,frozen]
REFERENCE is the folder of networks.py, ../../../shared/reference from here. Writes the .safetensors files beside itself, 1.3 MB in
all, in about ten minutes on two cores. Needs: pip install torch numpy safetensors
"""
import argparse
import copy
import sys
from pathlib import Path
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from hashing import batch, initialise, summary
from kinks import margin, move_clear

HERE = Path(__file__).resolve().parent
SEED = 20211
NETWORKS = ("aura-net", "unet", "attention-unet", "unet-resnet", "ce-net")
# CE-Net pools its deepest pictures with a window of 6.
SIZES = {"ce-net": (192, 192)}


def sizes(name):
    """The sides of the pictures for evaluation and for training mode."""
    return SIZES.get(name, (64, 128))


def save(name, tensors, **notes):
    notes = {"torch": torch.__version__, "seed": str(SEED), **notes}
    save_file({k: v.detach().contiguous() for k, v in tensors.items()}, HERE / f"{name}.safetensors", metadata=notes)
    print(f"{name}: {len(tensors)} tensors, {(HERE / f'{name}.safetensors').stat().st_size} bytes", flush=True)


def rand(*shape, low=-1.0, high=1.0):
    """Random numbers that float32 holds exactly, as float64."""
    return (torch.rand(*shape) * (high - low) + low).double()


def record(out, case, function, **inputs):
    """Runs a function on float64 inputs, with a random upstream gradient, and keeps inputs, output and gradients."""
    leaves = {k: v.clone().requires_grad_() for k, v in inputs.items()}
    y = function(*leaves.values())
    dy = rand(*y.shape) if y.dim() else torch.tensor(1.0).double()
    y.backward(dy)
    for k, v in {**inputs, "y": y, "dy": dy}.items():
        out[f"{case}.{k}"] = v.detach().float().reshape(v.shape or (1,))
    for k, v in leaves.items():
        out[f"{case}.d{k}"] = v.grad.float()


def ops():
    out = {}
    for case, cin, cout, k, stride, pad, bias, h, w in [
        ("conv7x7s2", 3, 5, 7, 2, 3, False, 11, 13), ("conv7x7s2bias", 2, 3, 7, 2, 3, True, 12, 9),
        ("conv3x3", 3, 5, 3, 1, 1, False, 7, 5), ("conv3x3bias", 3, 5, 3, 1, 1, True, 5, 7),
        ("conv3x3wide", 17, 19, 3, 1, 1, True, 5, 6), ("conv3x3s2", 3, 5, 3, 2, 1, False, 7, 10),
        ("conv3x3s2bias", 5, 2, 3, 2, 1, True, 8, 5), ("conv1x1", 5, 3, 1, 1, 0, False, 5, 7),
        ("conv1x1bias", 5, 7, 1, 1, 0, True, 3, 5), ("conv1x1s2", 3, 5, 1, 2, 0, False, 7, 6),
        ("conv1x1s2bias", 3, 2, 1, 2, 0, True, 6, 5),
    ]:
        inputs = {"x": rand(2, cin, h, w), "weight": rand(cout, cin, k, k), **({"bias": rand(cout)} if bias else {})}
        record(out, case, lambda x, weight, bias=None: F.conv2d(x, weight, bias, stride, pad), **inputs)
    for mode in (True, False):
        case = "batchnormtraining" if mode else "batchnormevaluation"
        mean, var = rand(3), rand(3, low=0.5, high=2.0)
        out |= {f"{case}.mean": mean.float(), f"{case}.variance": var.float()}
        record(out, case, lambda x, weight, bias: F.batch_norm(x, mean, var, weight, bias, mode, 0.1, 1e-5),
               x=rand(2, 3, 5, 7) * 2 + 0.5, weight=rand(3, low=0.5, high=1.5), bias=rand(3))
        out |= {f"{case}.newmean": mean.float(), f"{case}.newvariance": var.float()}
    record(out, "relu", F.relu, x=rand(2, 3, 5, 7))
    record(out, "sigmoid", torch.sigmoid, x=rand(2, 3, 5, 7) * 6)
    record(out, "add", torch.add, input=rand(2, 3, 5, 7), other=rand(2, 3, 5, 7))
    record(out, "multiply", torch.mul, input=rand(2, 3, 5, 7), other=rand(2, 3, 5, 7))
    record(out, "multiplybroadcast", torch.mul, input=rand(2, 1, 5, 7), other=rand(2, 3, 5, 7))
    record(out, "maxpool2", lambda x: F.max_pool2d(x, 2), x=rand(2, 3, 6, 10))
    record(out, "maxpool2odd", lambda x: F.max_pool2d(x, 2), x=rand(2, 3, 7, 5))
    record(out, "maxpool3s2", lambda x: F.max_pool2d(x, 3, 2, 1), x=rand(2, 3, 7, 10))
    record(out, "maxpool3s2ties", lambda x: F.max_pool2d(x, 3, 2, 1), x=torch.randint(0, 3, (2, 3, 7, 5)).double())
    record(out, "upsample", lambda x: F.interpolate(x, scale_factor=2, mode="nearest"), x=rand(2, 3, 5, 7))
    record(out, "concatenate", lambda a, b, c: torch.cat((a, b, c), 1), a=rand(2, 3, 5, 7), b=rand(2, 2, 5, 7), c=rand(2, 5, 5, 7))
    return out


def more_ops(out):
    """The ops of CE-Net, after all others so that theirs stay as they are."""
    for case, pad, dilation in [("conv3x3d3", 3, 3), ("conv3x3d5", 5, 5)]:
        record(out, case, lambda x, weight, bias: F.conv2d(x, weight, bias, 1, pad, dilation),
               x=rand(2, 3, 7, 6), weight=rand(5, 3, 3, 3), bias=rand(5))
    for case, cin, cout, k, stride, pad, extra, bias, h, w in [
        ("transposed3x3s2", 3, 5, 3, 2, 1, 1, True, 5, 7), ("transposed4x4s2", 5, 3, 4, 2, 1, 0, True, 6, 5),
        ("transposed2x2s2", 3, 2, 2, 2, 0, 0, False, 5, 3), ("transposed3x3", 2, 3, 3, 1, 1, 0, False, 5, 7),
        ("transposed3x3s3", 3, 2, 3, 3, 0, 2, True, 3, 5),
    ]:
        inputs = {"x": rand(2, cin, h, w), "weight": rand(cin, cout, k, k), **({"bias": rand(cout)} if bias else {})}
        record(out, case, lambda x, weight, bias=None: F.conv_transpose2d(x, weight, bias, stride, pad, extra), **inputs)
    for case, h, w, height, width in [("bilinear", 3, 2, 7, 6), ("bilineardot", 1, 1, 5, 7), ("bilinearsame", 5, 3, 5, 3),
                                      ("bilineardown", 7, 11, 3, 5)]:
        record(out, case, lambda x: F.interpolate(x, size=(height, width), mode="bilinear", align_corners=False), x=rand(2, 3, h, w))
    for k in (3, 5, 6):
        record(out, f"maxpool{k}s{k}", lambda x: F.max_pool2d(x, k, k), x=rand(2, 3, 7, 13))


def losses(out, aura_loss):
    def parts(logits, target, eps=1e-8):
        total = lambda **w: aura_loss(logits, target, **{"alpha": 0.0, "beta": 0.0, "gamma": 0.0, "lam": 0.0, "eps": eps, **w})
        length = total(gamma=1.0)
        return {"bce": total(alpha=1.0, beta=1.0), "dice": total(beta=1.0), "length": length,
                "area": total(gamma=1.0, lam=1.0) - length, "total": aura_loss(logits, target),
                "other": aura_loss(logits, target, 0.3, 0.6, 0.4, 2.0, 1e-4)}

    def sums(logits, target):
        n, _, h, w = logits.shape
        p = parts(logits, target)
        ac = p["length"] * ((h - 1) * (w - 1)) + 5 * p["area"] * (h * w)
        return 0.25 * ac + 0.75 * (0.5 * p["bce"] + 0.5 * p["dice"])

    for kind, target in (("soft", rand(3, 1, 5, 7, low=0.0)), ("hard", (torch.rand(3, 1, 5, 7) > 0.6).double())):
        logits = rand(3, 1, 5, 7) * 8
        out[f"loss.{kind}.logits"], out[f"loss.{kind}.target"] = logits.float(), target.float()
        for part in ("bce", "dice", "length", "area", "total", "other", "sum"):
            z = logits.clone().requires_grad_()
            value = sums(z, target) if part == "sum" else parts(z, target)[part]
            value.backward()
            out[f"loss.{kind}.{part}.y"] = value.float().reshape(1)
            out[f"loss.{kind}.{part}.dlogits"] = z.grad.float()


class DenseAtrous(torch.nn.Module):
    """CENet's block of dilated convolutions by itself, its forward copied from there."""
    def __init__(self, c):
        super().__init__()
        self.dilate1, self.dilate2, self.dilate3 = (torch.nn.Conv2d(c, c, 3, padding=d, dilation=d) for d in (1, 3, 5))
        self.dac1x1 = torch.nn.Conv2d(c, c, 1)

    def forward(self, e4):
        d1 = self.dilate1(e4)
        d2 = self.dilate2(e4)
        d21 = self.dilate2(d1)
        return (e4 + F.relu(d1) + F.relu(self.dac1x1(d2)) + F.relu(self.dac1x1(d21))
                + F.relu(self.dac1x1(self.dilate3(d21))))


class MultiKernelPooling(torch.nn.Module):
    """CENet's pooling with four windows by itself, its forward copied from there."""
    def __init__(self, c):
        super().__init__()
        self.rmp1x1 = torch.nn.Conv2d(c, 1, 1)

    def forward(self, x):
        pooled = [F.interpolate(self.rmp1x1(F.max_pool2d(x, k, k)), size=x.shape[2:], mode="bilinear",
                                align_corners=False) for k in (2, 3, 5, 6)]
        return torch.cat(pooled + [x], 1)


def block_cases(nets):
    """Name, block and shapes of the inputs; each list is made after what is before it was drawn, so that that stays as it is."""
    yield from [
        ("doubleconv", nets.DoubleConv(3, 5), [(2, 3, 8, 10)]), ("upconv", nets.UpConv(5, 3), [(2, 5, 8, 9)]),
        ("gate", nets.AttentionGate(5, 3, 2), [(2, 5, 8, 11), (2, 3, 8, 11)]), ("basic", nets.BasicBlock(3, 3, 1), [(2, 3, 8, 9)]),
        ("basicwider", nets.BasicBlock(3, 5, 1), [(2, 3, 9, 8)]), ("basicstride", nets.BasicBlock(3, 5, 2), [(2, 3, 16, 18)]),
    ]
    yield from [
        ("cedecoder", nets.CENet._decoder(9, 5), [(2, 9, 8, 7)]), ("denseatrous", DenseAtrous(3), [(2, 3, 7, 6)]),
        ("multikernel", MultiKernelPooling(3), [(2, 3, 7, 13)]),
    ]


def blocks(nets, training=True):
    out = {}
    for case, block, shapes in block_cases(nets):
        block.double().train(training)
        with torch.no_grad():
            for name, value in block.state_dict().items():
                if value.dim() == 1:
                    positive = name.endswith("var") or (name.endswith("weight"))
                    value.copy_(rand(*value.shape, low=0.5 if positive else -0.5, high=1.5 if positive else 0.5))
                elif value.dim():
                    value.copy_(rand(*value.shape) / value[0].numel() ** 0.5)
        out |= {f"{case}.before.{k}": v.clone().float() for k, v in block.state_dict().items() if v.dim()}
        leaves = [rand(*s).requires_grad_() for s in shapes]
        y = block(*leaves)
        dy = rand(*y.shape)
        y.backward(dy)
        out |= {f"{case}.y": y.float(), f"{case}.dy": dy.float()}
        for i, leaf in enumerate(leaves):
            out |= {f"{case}.x{i}": leaf.float(), f"{case}.dx{i}": leaf.grad.float()}
        out |= {f"{case}.gradient.{k}": p.grad.float() for k, p in block.named_parameters()}
        out |= {f"{case}.after.{k}": v.float() for k, v in block.state_dict().items() if "running" in k}
    return out


def weights():
    v = torch.tensor([[0, 1, -2], [0.5, 65504, -0.000061035156]])
    return {"net.f32": v, "net.f16": v.half(), "net.bf16": v.bfloat16(), "net.f64": v.double(),
            "net.scalar": torch.tensor(7.0), "bn.num_batches_tracked": torch.tensor(3)}


def warmed(net, size):
    """Sets the running statistics to the averages over eight batches, the variances rounded to float16 so that they are stored small."""
    norms = [m for m in net.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = None
    net.train()
    with torch.no_grad():
        for i in range(8):
            net(torch.from_numpy(batch(f"warm{i}", 4, size)[0]))
        for norm in norms:
            norm.momentum = 0.1
            norm.running_var.copy_(norm.running_var.half().float().clamp_min(2.0**-14))


def evaluation(nets, name, images=None, candidates=8):
    """Evaluation mode, batch 2, clear of kinks: logits, loss and the gradient of every parameter, float64."""
    def prepared(images):
        net = copy.deepcopy(warm)
        return net, move_clear(net, inputs(images)[0])

    def inputs(images):
        return [torch.from_numpy(a).double() for a in batch(images, 2, size)]

    size, warm_size = sizes(name)
    warm = nets.NETWORKS[name]()
    initialise(warm)
    warmed(warm, warm_size)
    warm.double().eval()
    if images is None:
        margins = {i: margin(prepared(i)[0], inputs(i)[0]) for i in (f"evaluation{k}" for k in range(candidates))}
        images = max(margins, key=margins.get)
        print(f"{name}: {images} is clear of kinks by {margins[images]:.1f} roundings", flush=True)
    net, moved = prepared(images)
    kept = {k: v.half() if "var" in k else v.float() for k, v in net.state_dict().items() if "running" in k or k in moved}
    image, target = inputs(images)
    logits = net(image)
    loss = nets.aura_loss(logits, target)
    loss.backward()
    return images, kept, logits.detach(), loss.detach(), {k: p.grad for k, p in net.named_parameters()}


def training(nets, name="aura-net", steps=10):
    """Training mode, batch 4: the first step's logits, gradients and statistics, and every step's loss, float64."""
    net = nets.NETWORKS[name]()
    initialise(net)
    net.double().train()
    adam = torch.optim.Adam(net.parameters(), lr=3e-4)
    values = []
    for step in range(steps):
        image, target = (torch.from_numpy(a).double() for a in batch(f"step{step}", 4, sizes(name)[1]))
        adam.zero_grad()
        logits = net(image)
        loss = nets.aura_loss(logits, target)
        loss.backward()
        if step == 0:
            first = logits.detach().clone(), {k: p.grad.clone() for k, p in net.named_parameters()}
            stats = {k: v.clone() for k, v in net.state_dict().items() if "running" in k}
        adam.step()
        values.append(loss.item())
        print(f"{name} step {step}: {values[-1]:.6f}", flush=True)
    return *first, stats, torch.tensor(values)


def frozen(nets, name="aura-net", steps=10):
    """Adam's steps with frozen batch norm, batch 2, from where `evaluation` of the network stands: every step's loss, float64.

    At a tenfold learning rate PyTorch's own float32 strays from these losses by 17 %, at this one by 0.06 %.
    """
    net = nets.NETWORKS[name]()
    initialise(net)
    net.load_state_dict({k: v.float() for k, v in load_file(HERE / f"evaluation-{name}.safetensors").items()
                         if k in net.state_dict()}, strict=False)
    net.double().eval()
    before = {k: v.clone() for k, v in net.state_dict().items() if "running" in k}
    adam = torch.optim.Adam(net.parameters(), lr=1e-5)
    values = []
    for step in range(steps):
        image, target = (torch.from_numpy(a).double() for a in batch(f"step{step}", 2, sizes(name)[0]))
        adam.zero_grad()
        loss = nets.aura_loss(net(image), target)
        loss.backward()
        adam.step()
        values.append(loss.item())
        print(f"{name} frozen step {step}: {values[-1]:.6f}", flush=True)
    assert all(torch.equal(v, net.state_dict()[k]) for k, v in before.items())
    return torch.tensor(values)


def table(tensors):
    """One row of `summary` for each tensor, and their names a line each."""
    rows = [torch.from_numpy(summary(k, v)) for k, v in tensors.items()]
    return torch.stack(rows), "\n".join(tensors)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("reference", type=Path)
    a.add_argument("--only", default="ops,blocks,weights,networks,training,frozen")
    a.add_argument("--networks", default=",".join(NETWORKS))
    a = a.parse_args()
    sys.path.insert(0, str(a.reference))
    import networks as nets
    only = a.only.split(",")
    torch.manual_seed(SEED)
    if "ops" in only:
        out = ops()
        losses(out, nets.aura_loss)
        more_ops(out)
        save("ops", out)
    if "blocks" in only:
        torch.manual_seed(SEED + 1)
        save("blocks", blocks(nets))
    if "weights" in only:
        save("weights", weights())
    if "networks" in only:
        for name in a.networks.split(","):
            images, kept, logits, loss, gradients = evaluation(nets, name)
            rows, names = table(gradients)
            save(f"evaluation-{name}", {**kept, "logits": torch.from_numpy(summary("logits", logits)), "loss": loss.float().reshape(1),
                                        "gradients": rows}, parameters=names, images=images)
    if "training" in only:
        for name, steps in (("aura-net", 10), ("ce-net", 1)):
            if name not in a.networks.split(","):
                continue
            logits, gradients, stats, values = training(nets, name, steps)
            rows, names = table(gradients)
            moved, statistics = table(stats)
            save(f"training-{name}", {"logits": torch.from_numpy(summary("logits", logits)), "losses": values.float(),
                                      "gradients": rows, "statistics": moved}, parameters=names, statistics=statistics)
    if "frozen" in only:
        torch.manual_seed(SEED + 3)
        save("blocks-frozen", blocks(nets, training=False))
        save("frozen-aura-net", {"losses": frozen(nets).float()})


if __name__ == "__main__":
    main()
