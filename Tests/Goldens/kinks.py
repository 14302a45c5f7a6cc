"""Moves a network clear of its kinks on given images, so that gradients can be compared element by element at all.

A ReLU whose input is nearer to 0 than float32 rounds may fall on either side, and a max-pool may take either of two equal pixels. One
such flip changes gradients by a few per cent, whichever of two right engines computes them: PyTorch's own float32 differs from its
float64 by as much. So the running mean in front of a ReLU (or the bias, where there is no batch norm) is shifted, a channel at a time and
by less than 2 % of the inputs' size, to the middle of the widest gap near 0. What stays is measured in units of rounding: the difference
of PyTorch's float32 and float64 at the same place.
"""
import copy
import torch
import torch.nn.functional as F

WINDOW = 0.02


class Recorder:
    """While it is entered, every ReLU and max-pool passes its input through a function first."""
    def __init__(self, visit):
        self.visit, self.relu, self.pool = visit, F.relu, F.max_pool2d

    def __enter__(self):
        def pool(x, kernel, stride=None, padding=0, **rest):
            return self.pool(self.visit(x, (kernel, stride or kernel, padding)), kernel, stride, padding, **rest)

        F.relu, F.max_pool2d = lambda x, inplace=False: self.relu(self.visit(x, None)), pool

    def __exit__(self, *_):
        F.relu, F.max_pool2d = self.relu, self.pool


def shift(values, window):
    """What to add to one channel's values so that none is near 0."""
    near = values[values.abs() < window].sort().values
    edges = torch.cat((near.new_tensor([-window]), near, near.new_tensor([window])))
    if near.numel() == 0 or near.abs().min() > window / 4:
        return 0.0
    widest = (edges[1:] - edges[:-1]).argmax()
    return -(edges[widest] + edges[widest + 1]).item() / 2


def move_clear(net, image):
    """Shifts running means and biases, in float32, until every ReLU of this image is clear; returns the names of the shifted tensors."""
    if not hasattr(net, "dac1x1"):
        return move(net, image)
    # CE-Net shares layers: their biases are shifted to suit all uses, between the encoder's and the decoder's.
    moved = move(net, image, "encoder")
    for name in ("dilate1", "dac1x1"):
        move_shared(net, image, getattr(net, name))
        moved.add(f"{name}.bias")
    return moved | move(net, image, ("dec", "last"))


def move_shared(net, image, layer):
    """Shifts one layer's bias so that none of its results, wherever it is used, is near 0."""
    found = []
    hook = layer.register_forward_hook(lambda m, i, o: found.append(o.transpose(0, 1).flatten(1)))
    with torch.no_grad():
        net(image)
        hook.remove()
        values = torch.cat(found, 1)
        window = WINDOW * values.square().mean().sqrt().item()
        layer.bias += torch.stack([values.new_tensor(shift(channel, window)) for channel in values])
        layer.bias.copy_(layer.bias.float().double())


def move(net, image, only=""):
    """Shifts what stands in front of every ReLU, in layers whose names begin with `only`."""
    names = {module: name for name, module in net.named_modules()}
    last, moved = [], set()
    kinds = (torch.nn.BatchNorm2d, torch.nn.Conv2d, torch.nn.ConvTranspose2d)
    hooks = [m.register_forward_hook(lambda m, i, o: last.append(m)) for m in net.modules() if isinstance(m, kinds)]

    def visit(x, pool):
        if pool is not None:
            return x
        window = WINDOW * x.square().mean().sqrt().item()
        by = x.new_tensor([shift(channel, window) for channel in x.transpose(0, 1).flatten(1)])
        layer = last[-1]
        if not names[layer].startswith(only):
            return x
        if isinstance(layer, torch.nn.BatchNorm2d):
            old, name, factor = layer.running_mean, "running_mean", -(layer.running_var + layer.eps).sqrt()
        else:
            old, name, factor = layer.bias, "bias", 1.0
        new = (old + by * factor).float().double()
        by = (new - old) / factor
        old.copy_(new)
        moved.add(f"{names[layer]}.{name}")
        return x + by[:, None, None]

    with torch.no_grad(), Recorder(visit):
        net(image)
    for hook in hooks:
        hook.remove()
    return moved


def distance(x, pool):
    """The smallest distance from a kink: from 0, or of the two largest of a window (an all-zero window has no gradient)."""
    if pool is None:
        return x.abs().min().item()
    kernel, stride, padding = pool
    windows = F.pad(x, (padding,) * 4, value=-1.0).unfold(2, kernel, stride).unfold(3, kernel, stride).flatten(4)
    first, second = windows.topk(2, -1).values.unbind(-1)
    return (first - second)[first > 0].min().item()


def margin(net, image):
    """The smallest distance from a kink anywhere, in units of the root mean square rounding there."""
    def inputs(net, image):
        seen = []
        with torch.no_grad(), Recorder(lambda x, pool: seen.append((x, pool)) or x):
            net(image)
        return seen

    exact, rounded = inputs(net, image), inputs(copy.deepcopy(net).float(), image.float())
    return min(distance(x, pool) / (x - y).square().mean().sqrt().item() for (x, pool), (y, _) in zip(exact, rounded))
