"""Where the program and the data are."""

import atexit
import functools
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AURA = Path(os.environ.get("AURA_PROGRAM", ROOT / ".build" / "debug" / "aura"))
NOBODY = 65534
# The workbench without weights from before the first run, and so without proposals at its opening.
OPEN = [str(AURA), "open", "--weights", "none"]
DATA = Path(os.environ.get("AURA_TEST_DATA", ROOT.parent / "shared" / "data"))
SAMPLES = DATA / "usiigaci-samples" / "images"

needs_samples = unittest.skipUnless(SAMPLES.is_dir(), "needs usiigaci-samples, see README")


@functools.cache
def simulated(size=256):
    """Images and masks made by the program itself, once for all tests: `sim-01.png`, `masks/...`."""
    folder = tempfile.mkdtemp(prefix="aura-pty-simulated-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(
        [str(AURA), "simulate", folder, "--count", "3", "--size", str(size), "--format", "png8"],
        check=True, capture_output=True)
    return Path(folder)


def stopped_after_an_epoch(command, environment=None, timeout=120):
    """Lets a run tell of an epoch and asks it to stop; a run that ends of itself is only waited for."""
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    clock = threading.Timer(timeout, process.kill)
    clock.start()
    told = b""
    for line in process.stdout:
        told += line
        if b'"event":"epoch"' in line:
            process.send_signal(signal.SIGINT)
            break
    # The rest is taken by `communicate`, which must not find what it reads closed.
    out, said = process.communicate()
    clock.cancel()
    return subprocess.CompletedProcess(command, process.returncode, told + out, said)


class Folder:
    """A temporary folder; what the program keeps of its own goes there too."""

    def __init__(self):
        self.path = Path(tempfile.mkdtemp(prefix="aura-pty-"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def samples(self, count=None):
        """A copy of real images."""
        images = self.path / "images"
        images.mkdir()
        for file in sorted(SAMPLES.iterdir())[:count]:
            shutil.copyfile(file, images / file.name)
        return images

    def environment(self, **more):
        home = self.path / "home"
        home.mkdir(exist_ok=True)
        settings = {
            "HOME": str(home),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
        }
        settings.update({name: str(value) for name, value in more.items()})
        return settings


def someone_else(folder):
    """The program as a user who may not read everything, and his environment; no program where that is root."""
    environment = folder.environment()
    if os.getuid() != 0:
        return [str(AURA)], environment
    if shutil.which("setpriv") is None:
        return [], environment
    # He needs a program that he can reach.
    program, home = folder.path / "aura", folder.path / "home"
    shutil.copy(AURA, program)
    for resources in AURA.parent.glob("aura_*.resources"):
        shutil.copytree(resources, folder.path / resources.name)
    folder.path.chmod(0o755)
    os.chown(home, NOBODY, NOBODY)
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return [*user, str(program)], environment


def strokes(project):
    """The lines of a project's journal of strokes that are strokes, not what they are drawn on."""
    return [line for line in lines(Path(project) / "strokes.jsonl") if b'"do":"on"' not in line]


def lines(path):
    """The whole lines of a journal."""
    path = Path(path)
    if not path.exists():
        return []
    return [line for line in path.read_bytes().split(b"\n")[:-1] if line]
