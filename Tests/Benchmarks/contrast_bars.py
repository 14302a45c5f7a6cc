"""Six shared images as 12 bits in 16, plain and with bars, text and hot pixels burnt in: make_bars.py DATA OUT."""
import sys, glob, os, shutil
import numpy as np, tifffile
from PIL import Image, ImageDraw, ImageFont
data, out = sys.argv[1], sys.argv[2]
rng = np.random.default_rng(7)
def read(p): return np.array(Image.open(p).convert("L")) if p.endswith("png") else tifffile.imread(p)
def bar(shape, share):
    m = np.zeros(shape); n = share * m.size; h = max(2, int((n / 12) ** .5)); w = min(int(n / h), shape[1] - 10)
    m[-8 - h:-8, -4 - w:-4] = 1; return m
def text(shape, share):
    im = Image.new("L", (shape[1], shape[0])); d = ImageDraw.Draw(im); f = ImageFont.load_default(14); y = 4
    while (np.array(im) > 229).mean() < share and y < shape[0] - 16:
        d.text((4, y), "00:12:35 50 um 20x Ph1 well B07", fill=255, font=f); y += 16
    return np.array(im) / 255
kinds = {"plain": None, "bar-0.2pc": (lambda s: bar(s, .002), 65535), "bar-0.5pc": (lambda s: bar(s, .005), 65535), "bar-2pc": (lambda s: bar(s, .02), 65535),
         "black-bar-0.5pc": (lambda s: bar(s, .005), 0), "soft-text": (lambda s: text(s, .003), 65535), "hot-0.3pc": (lambda s: (rng.random(s) < .003) * 1., 65535)}
files = [(p, f"{data}/usiigaci-crops16/masks") for p in sorted(glob.glob(f"{data}/usiigaci-crops16/images/*"))[::8]]
files += [(p, f"{data}/bubil2-rabbitsmc-crops/masks") for p in sorted(glob.glob(f"{data}/bubil2-rabbitsmc-crops/images/*"))[::18]]
for kind, what in kinds.items():
    os.makedirs(f"{out}/{kind}/images"); os.makedirs(f"{out}/{kind}/masks")
    for p, masks in files:
        a = read(p).astype(float); a = (a - a.min()) / (a.max() - a.min()) * 3900 + 150
        if what: m = what[0](a.shape); a = a * (1 - m) + what[1] * m
        name = os.path.basename(p).rsplit(".", 1)[0]
        tifffile.imwrite(f"{out}/{kind}/images/{name}.tif", np.round(a).astype(np.uint16))
        mask = glob.glob(f"{masks}/{name}.*")[0]; shutil.copy(mask, f"{out}/{kind}/masks/{name}." + mask.rsplit(".", 1)[1])
