"""Files that are cut, flipped, swollen or exchanged: each is read, or refused in one line that names it."""

import json
import os
import shutil

from place import AURA, simulated, stopped_after_an_epoch
from trial import SMALL, Trial, leftovers

NUMBERS = [b"-1", b"0", b"1e999", b"9223372036854775807", b"nan", b"null", b"[]", b"\xff\xfe", b"\"\"", b"{"]


def damaged(data, draw):
    """Bytes with something wrong, and what that is."""
    kind = draw.choice(["cut", "bits", "bytes", "zeros", "swollen", "doubled", "swapped", "number", "empty"])
    out = bytearray(data)
    if kind == "cut":
        del out[draw.randrange(len(out)):]
    elif kind == "bits":
        for _ in range(draw.choice([1, 1, 3, 30])):
            out[place(out, draw)] ^= 1 << draw.randrange(8)
    elif kind == "bytes":
        for _ in range(draw.choice([1, 4, 40])):
            out[place(out, draw)] = draw.randrange(256)
    elif kind == "zeros":
        start = place(out, draw)
        stop = min(len(out), start + draw.choice([1, 8, 512]))
        out[start:stop] = bytes(stop - start)
    elif kind == "swollen":
        start = place(out, draw)
        out[start:start] = draw.randbytes(draw.choice([1, 7, 4096]))
    elif kind == "doubled":
        start = place(out, draw)
        out[start:start] = out[start:start + 200]
    elif kind == "swapped":
        one, other = sorted((place(out, draw), place(out, draw)))
        out[one:one + 8], out[other:other + 8] = out[other:other + 8], out[one:one + 8]
    elif kind == "number":
        digits = [index for index, byte in enumerate(out[:100_000]) if 48 <= byte <= 57]
        if digits:
            start = draw.choice(digits)
            stop = start
            while stop < len(out) and 48 <= out[stop] <= 57:
                stop += 1
            out[start:stop] = draw.choice(NUMBERS)
    else:
        out.clear()
    return bytes(out), kind


def place(data, draw):
    """Where to strike: often in the head of a file, where its sizes are."""
    limit = len(data) if draw.random() < 0.4 else min(len(data), draw.choice([64, 512, 4096]))
    return draw.randrange(max(1, limit))


class Damage(Trial):
    name = "damage"
    short = 33
    long = 5000

    def prepare(self):
        self.samples = simulated(64)
        shutil.copytree(self.samples, self.path / "images")
        self.images = self.path / "images"
        self.masks = self.images / "masks"
        self.tiffs = self.path / "tiffs"
        self.made("simulate", self.tiffs, "--count", "1", "--size", "64", "--format", "tiff16")
        self.weights = self.train(self.path / "run", "--epochs", "1") / "weights.safetensors"
        self.project()
        self.checkpoint()
        split = self.path / "split.csv"
        self.made("split", self.images, "--test", "0.4", "-o", split)
        recipe = self.path / "recipe.yaml"
        recipe.write_bytes(self.made("recipes", "unet").stdout)
        (self.path / "coco").mkdir()
        shutil.copyfile(self.images / "sim-01.png", self.path / "coco" / "a.png")
        (self.path / "coco" / "labels.json").write_text(json.dumps({
            "images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 64}],
            "categories": [{"id": 1, "name": "cell"}],
            "annotations": [
                {"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[5, 5, 30, 5, 30, 30, 5, 30]]},
                {"id": 2, "image_id": 1, "category_id": 1, "segmentation": {
                    "size": [64, 64], "counts": [100, 50, 3946]}}]}))
        self.comparison()
        self.kinds = [
            self.image, self.tiff, self.mask, self.network, self.journal, self.settings, self.resumed,
            self.split, self.recipe, self.coco, self.report]

    def made(self, *arguments, **settings):
        done = self.command(*arguments, timeout=300, **settings)
        assert done.returncode == 0, done.stderr.decode()
        return done

    def train(self, output, *more):
        self.made(
            "train", self.images, "--masks", self.masks, "--output", output, *SMALL, *more)
        return output

    def project(self):
        """A project with decisions, strokes and proposals, as the workbench writes it."""
        self.opened = self.path / "opened"
        shutil.copytree(self.images, self.opened)
        project = self.opened / ".aura"
        (project / "masks").mkdir(parents=True)
        project.joinpath("aura.json").write_text(
            '{"maskPolarity": "automatic", "name": "opened", "version": 1}\n')
        shutil.copyfile(self.masks / "sim-01.png", project / "masks" / "sim-01.png.png")
        project.joinpath("review.jsonl").write_text(
            '{"image":"sim-01.png","state":"accepted","time":1795000000}\n'
            '{"image":"sim-02.png","state":"rejected","time":1795000001}\n')
        project.joinpath("strokes.jsonl").write_text(
            '{"image":"sim-03.png","do":"paint","radius":2,"points":[[3,4],[5,6]]}\n')

    def checkpoint(self):
        """A run that stopped half-way."""
        self.stopped = self.path / "stopped"
        command = [
            str(AURA), "train", str(self.images), "--masks", str(self.masks), "--output",
            str(self.stopped), "--epochs", "400", *SMALL, "--json"]
        stopped_after_an_epoch(command, dict(os.environ, **self.folder.environment()))
        self.going_on = command[1:] + ["--resume"]

    def comparison(self):
        self.compared = self.path / "compared"
        self.made("compare", self.plan(self.images, 1), self.compared)

    def round(self, number, draw):
        self.kinds[number % len(self.kinds)](draw)
        left = leftovers(self.path)
        assert not left, f"left behind: {left}"

    def struck(self, file, draw, *command, codes=(0, 65, 66), timeout=60):
        """A command while a file is damaged; the file is whole again afterwards."""
        whole = file.read_bytes()
        data, kind = damaged(whole, draw)
        file.write_bytes(data)
        try:
            self.obeys(self.command(*command, timeout=timeout), set(codes))
        except AssertionError as fault:
            kept = self.path / "fallen"
            kept.mkdir(exist_ok=True)
            kept.joinpath(file.name).write_bytes(data)
            raise AssertionError(f"{file.name} ({kind}): {fault}") from None
        finally:
            file.write_bytes(whole)

    def sheet(self):
        sheet = self.path / "sheet.png"
        sheet.unlink(missing_ok=True)
        return ["--sheet", sheet, "--size", "64", "--variants", "1"]

    def image(self, draw):
        self.struck(self.images / "sim-01.png", draw, "augment", self.images, *self.sheet())

    def tiff(self, draw):
        self.struck(next(self.tiffs.glob("*.tif")), draw, "augment", self.tiffs, *self.sheet())

    def mask(self, draw):
        self.struck(
            self.masks / "sim-02.png", draw, "evaluate", self.images, "--masks", self.masks,
            "--predictions", self.masks)

    def network(self, draw):
        name = f"w{draw.randrange(1 << 30)}"
        self.struck(self.weights, draw, "weights", "import", self.weights, "--name", name)
        shutil.rmtree(self.path / "home" / "data", ignore_errors=True)

    def journal(self, draw):
        file = self.opened / ".aura" / draw.choice(["review.jsonl", "strokes.jsonl", "masks/sim-01.png.png"])
        self.exported(file, draw)

    def settings(self, draw):
        self.exported(self.opened / ".aura" / "aura.json", draw)

    def exported(self, file, draw):
        out = self.path / "out"
        shutil.rmtree(out, ignore_errors=True)
        self.struck(file, draw, "export", self.opened, "-o", out)

    def resumed(self, draw):
        """Goes on for no more than it takes to see that it does."""
        file = self.stopped / draw.choice(["last.checkpoint", "last.checkpoint", "recipe.json", "history.csv"])
        kept = {path: path.read_bytes() for path in self.stopped.iterdir() if path.is_file()}
        data, kind = damaged(kept[file], draw)
        file.write_bytes(data)
        try:
            done = stopped_after_an_epoch(
                [str(AURA), *self.going_on], dict(os.environ, **self.folder.environment()))
            self.obeys(done, {65, 66, 130})
            assert done.returncode != 130 or file.name != "last.checkpoint" or data == kept[file], (
                "trained on from bytes that are not those that were written")
        except AssertionError as fault:
            raise AssertionError(f"{file.name} ({kind}): {fault}") from None
        finally:
            for path, whole in kept.items():
                path.write_bytes(whole)

    def split(self, draw):
        self.struck(
            self.path / "split.csv", draw, "evaluate", self.images, "--masks", self.masks,
            "--predictions", self.masks, "--split", self.path / "split.csv")

    def recipe(self, draw):
        # A size that no machine holds ends it before anything is computed; what is read comes first.
        self.struck(
            self.path / "recipe.yaml", draw, "train", self.images, "--masks", self.masks, "--output",
            self.path / "refused", "--recipe", self.path / "recipe.yaml", "--size", "8192", "--batch", "200",
            codes=(64, 65, 66))

    def coco(self, draw):
        out = self.path / "imported"
        shutil.rmtree(out, ignore_errors=True)
        self.struck(
            self.path / "coco" / "labels.json", draw, "import", "coco", self.path / "coco" / "labels.json",
            self.path / "coco", out)

    def report(self, draw):
        files = [path for path in sorted(self.compared.rglob("*")) if path.suffix in (
            ".csv", ".json", ".yaml", ".png") and path.name != "curves.svg"]
        self.struck(draw.choice(files), draw, "compare", "--report", self.compared)


TRIAL = Damage
