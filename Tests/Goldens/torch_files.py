"""Checkpoints as torch writes them, and Aura's .safetensors as safetensors reads it.

Usage: python torch_files.py make
       python torch_files.py check torch-aura.safetensors

`make` writes torch-zip.pth and torch-legacy.pth (the two formats of torch.save), torch-expected.safetensors (what
they hold, as float32 in order) and torch.sha256. `check` opens torch-aura.safetensors, which Aura wrote of
torch-zip.pth (TorchGoldenTests holds it to those bytes; with AURA_DUMP=FOLDER it writes the file there), and compares
every element with torch's. Needs torch, numpy and safetensors.
"""
import hashlib
import sys
from pathlib import Path
import torch
from safetensors.torch import load_file, save_file

HERE = Path(__file__).parent
SEED = 5
FILES = ["torch-zip.pth", "torch-legacy.pth", "torch-expected.safetensors"]


def state():
    """All that a state dict may hold: types, strides, offsets, one storage under two names, Parameters, counters."""
    torch.manual_seed(SEED)
    shared = torch.randn(24)
    net = torch.nn.Sequential(torch.nn.Conv2d(2, 3, (3, 2)), torch.nn.BatchNorm2d(3))
    net[1].running_mean.copy_(torch.randn(3))
    tensors = net.state_dict()  # an OrderedDict with _metadata
    tensors["types.half"] = torch.randn(2, 3).half()
    tensors["types.bfloat16"] = torch.randn(2, 3).bfloat16()
    tensors["types.double"] = torch.randn(2, 3).double()
    tensors["views.transposed"] = torch.randn(5, 2).T
    tensors["views.channels_last"] = torch.randn(2, 3, 2, 2).to(memory_format=torch.channels_last)
    tensors["views.offset"] = shared[3:15].view(3, 4)
    tensors["views.strided"] = shared[1::5]
    tensors["views.expanded"] = torch.randn(3, 1).expand(3, 2)
    tensors["tied"] = tensors["0.weight"]
    tensors["parameter"] = torch.nn.Parameter(torch.randn(4))
    tensors["frozen"] = torch.nn.Parameter(torch.randn(2), requires_grad=False)
    tensors["scalar"] = torch.tensor(1.5)
    tensors["empty"] = torch.zeros(0, 3)
    tensors["special"] = torch.tensor([float("inf"), float("-inf"), -0.0, 1e-42])
    return tensors


def expected(tensors):
    return {
        name: tensor.detach().float().contiguous().clone() for name, tensor in tensors.items()
        if not name.endswith("num_batches_tracked")}


def make():
    tensors = state()
    torch.save(tensors, HERE / "torch-zip.pth")
    torch.save(tensors, HERE / "torch-legacy.pth", _use_new_zipfile_serialization=False)
    notes = {"torch": torch.__version__, "seed": str(SEED)}
    save_file(expected(tensors), HERE / "torch-expected.safetensors", notes)
    hashes = [f"{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES]
    (HERE / "torch.sha256").write_text("".join(hashes))


def check(path):
    found, wanted = load_file(path), expected(state())
    assert set(found) == set(wanted), set(found) ^ set(wanted)
    for name, tensor in wanted.items():
        assert found[name].dtype == torch.float32 and torch.equal(found[name], tensor), name
    # Bit for bit: what a loaded file writes again is what torch would have written of it.
    assert all(torch.signbit(found["special"]) == torch.signbit(wanted["special"]))
    print(f"{len(wanted)} tensors, every element as torch has it")


make() if sys.argv[1:] == ["make"] else check(*sys.argv[2:])
