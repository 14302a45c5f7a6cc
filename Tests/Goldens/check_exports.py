"""Opens files that Aura exported with the programs they are for, and compares every pixel.

Usage: python check_exports.py FOLDER [--golden]
Needs: pip install numpy tifffile pillow scikit-image pycocotools roifile shapely; a JDK and ImageJ's ij.jar (Debian's imagej has
       it as /usr/share/java/ij.jar; another place is given by IJ_JAR), without which ImageJ is left out, aloud.

FOLDER has manifest.json, a list of name, width and height; `N.cells`, the label image as
little-endian 16-bit numbers, N the place in the list; and what each format made of it: N-labels.tif, N-labels.png, N-rois.zip,
N.geojson, N-overlay.png, instances.json and polygons.json of all. With --golden the digests of what was found right are written into
exports-checked.json beside this script, so that tests need none of the programs: of ROIs without the ZIP file around them, of PNG and
TIFF none, since other versions of zlib pack them otherwise.
"""
import contextlib, hashlib, importlib.metadata, io, json, os, subprocess, sys, tempfile, zipfile
from pathlib import Path
import numpy as np
import roifile, shapely, skimage.io, tifffile
from PIL import Image
from pycocotools import mask as masks
from pycocotools.coco import COCO
from shapely.geometry import shape

JAVA = r"""
import ij.*; import ij.gui.*; import ij.io.*; import ij.process.*;
import java.io.*; import java.util.zip.*;

public class Check {
  public static void main(String[] args) throws Exception {
    System.setProperty("java.awt.headless", "true");
    System.out.println(ImageJ.VERSION);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = in.readLine()) != null;) {
      String[] job = line.split("\t");
      if (job.length == 1) {
        ImagePlus image = new Opener().openImage(job[0]);
        say(image.getProcessor(), image.getBitDepth() + " " + image.getCalibration().pixelWidth + " " + image.getCalibration().getUnit());
        continue;
      }
      ShortProcessor ip = new ShortProcessor(Integer.parseInt(job[1]), Integer.parseInt(job[2]));
      long area = 0; int number = 0, unnamed = 0;
      ZipInputStream zip = new ZipInputStream(new FileInputStream(job[0]));
      for (ZipEntry entry; (entry = zip.getNextEntry()) != null; number++) {
        Roi roi = new RoiDecoder(zip.readAllBytes(), entry.getName()).getRoi();
        String name = entry.getName().replace(".roi", "");
        if (!name.equals(roi.getName())) unnamed++;
        ip.setValue(Integer.parseInt(name));
        ip.fill(roi);
        area += filled(roi);
      }
      say(ip, area + " " + number + " " + unnamed);
    }
  }

  /** The pixels of a ROI by its own mask, wherever it lies. */
  static long filled(Roi roi) {
    ImageProcessor mask = roi.getMask();
    if (mask == null) return (long) roi.getBounds().width * roi.getBounds().height;
    long area = 0;
    for (int i = 0; i < mask.getPixelCount(); i++) if (mask.get(i) != 0) area++;
    return area;
  }

  static void say(ImageProcessor ip, String what) {
    StringBuilder runs = new StringBuilder(what);
    int count = ip.getPixelCount();
    for (int i = 0, first = 0; i < count; i++)
      if (i + 1 == count || ip.get(i + 1) != ip.get(i)) { runs.append(' ').append(ip.get(i)).append(' ').append(i + 1 - first); first = i + 1; }
    System.out.println(runs);
  }
}
"""

FAULTS = []


def expect(holds, what):
    if not holds:
        FAULTS.append(what)


def same(found, cells, what):
    found = np.asarray(found)
    expect(found.shape == cells.shape and np.array_equal(found, cells), f"{what}: other pixels")


def fill(rings, height, width):
    """The pixels whose middles lie within an odd number of rings of whole coordinates."""
    toggles = np.zeros((height, width + 1), np.int64)
    for ring in rings:
        ring = np.asarray(ring)
        expect(np.array_equal(ring, ring.astype(int)), "a ring between pixels")
        ring = ring.astype(int)
        for (x, y), (x2, y2) in zip(ring, np.roll(ring, -1, 0)):
            expect(x == x2 or y == y2, "a ring that is oblique")
            if x == x2:
                toggles[min(y, y2):max(y, y2), x] += 1
    return np.cumsum(toggles, 1)[:, :width] % 2 == 1


def labels(folder, place, cells):
    tiff, png = (folder / f"{place}-labels.{ending}" for ending in ("tif", "png"))
    with tifffile.TiffFile(tiff) as file:
        expect(file.pages[0].dtype == np.uint16 and len(file.pages) == 1, f"{tiff}: not one page of 16 bits")
        expect(file.is_imagej and file.imagej_metadata.get("unit") == "micron", f"{tiff}: no unit")
        across = file.pages[0].tags["XResolution"].value
        expect(abs(across[0] / across[1] - 2) < 1e-6, f"{tiff}: another pixel size")
        same(file.asarray(), cells, f"{tiff} in tifffile")
    same(skimage.io.imread(tiff), cells, f"{tiff} in skimage")
    for file in (tiff, png):
        with Image.open(file) as image:
            same(np.array(image), cells, f"{file} in Pillow")
    same(skimage.io.imread(png), cells, f"{png} in skimage")
    with Image.open(png) as image:
        expect(np.allclose(image.info["dpi"], 2e6 * 0.0254, rtol=1e-3), f"{png}: another pixel size")


def overlay(folder, place, cells):
    file = folder / f"{place}-overlay.png"
    found = skimage.io.imread(file).astype(int)
    expect(found.shape == (*cells.shape, 3), f"{file}: another size")
    padded = np.pad(cells, 1, mode="edge")
    rim = np.zeros(cells.shape, bool)
    for dy, dx in ((0, 1), (1, 0), (1, 2), (2, 1)):
        rim |= padded[dy:dy + cells.shape[0], dx:dx + cells.shape[1]] != cells
    rim &= cells > 0
    expect(np.array_equal(np.ptp(found, 2) > 0, rim), f"{file}: colours are not on the rims")


def geojson(folder, place, cells):
    file = folder / f"{place}.geojson"
    collection = json.loads(file.read_text())
    expect(collection["type"] == "FeatureCollection", f"{file}: no collection")
    back = np.zeros_like(cells)
    for feature in collection["features"]:
        geometry, label = shape(feature["geometry"]), feature["properties"]["label"]
        mask = cells == label
        expect(feature["properties"]["name"] == str(label), f"{file}: {label} has another name")
        expect(geometry.is_valid and geometry.area == mask.sum(), f"{file}: {label} is not valid or has another area")
        rings = [r for part in getattr(geometry, "geoms", [geometry]) for r in (part.exterior, *part.interiors)]
        y, x = np.argwhere(mask).T if mask.any() else (np.array([]), np.array([]))
        expect(bool(np.all(shapely.contains_xy(geometry, x + 0.5, y + 0.5))), f"{file}: {label} lies elsewhere")
        back[fill([np.array(r.coords)[:-1] for r in rings], *cells.shape)] = label
    same(back, cells, f"{file} in Shapely")


def rois(folder, place, cells):
    file = folder / f"{place}-rois.zip"
    back = np.zeros_like(cells)
    with zipfile.ZipFile(file) as archive:
        expect(archive.testzip() is None, f"{file}: damaged")
        for name in archive.namelist():
            roi = roifile.ImagejRoi.frombytes(archive.read(name))
            expect(roi.name + ".roi" == name, f"{file}: {name} is called {roi.name}")
            rings = roi.coordinates(multi=True)
            # A ring of a composite ends where it began.
            rings = [ring[:-1] if np.array_equal(ring[0], ring[-1]) else ring for ring in map(np.asarray, rings)]
            back[fill(rings, *cells.shape)] = int(roi.name)
    same(back, cells, f"{file} in roifile")


def coco(folder, images):
    for name in ("instances.json", "polygons.json"):
        with contextlib.redirect_stdout(io.StringIO()):
            file = COCO(str(folder / name))
        expect(len(file.imgs) == len(images), f"{name}: {len(file.imgs)} images")
        expect(len(file.anns) == len(file.dataset["annotations"]), f"{name}: two annotations of one number")
        for place, (entry, cells) in enumerate(images):
            about = file.imgs[place + 1]
            expect([about["file_name"], about["height"], about["width"]] == [entry["name"], *cells.shape], f"{name}: {about}")
            back = np.zeros_like(cells)
            for annotation in file.loadAnns(file.getAnnIds(imgIds=[place + 1])):
                run, label = file.annToRLE(annotation), annotation["attributes"]["label"]
                expect(masks.area(run) == annotation["area"], f"{name}: {label} of {entry['name']} has another area")
                expect(list(masks.toBbox(run)) == annotation["bbox"], f"{name}: {label} of {entry['name']} has another box")
                back[file.annToMask(annotation) == 1] = label
            same(back, cells, f"{name}, {entry['name']} in pycocotools")


def imagej(folder, images):
    """What ImageJ itself fills and opens; its version, or None where it is not there."""
    jar = os.environ.get("IJ_JAR", "/usr/share/java/ij.jar")
    if not Path(jar).exists():
        print("check_exports: no ij.jar, ImageJ is left out")
        return None
    jobs = []
    for place, (entry, cells) in enumerate(images):
        jobs += [f"{folder}/{place}-rois.zip\t{cells.shape[1]}\t{cells.shape[0]}", f"{folder}/{place}-labels.tif", f"{folder}/{place}-labels.png"]
    with tempfile.TemporaryDirectory() as work:
        source = Path(work, "Check.java")
        source.write_text(JAVA)
        version, *said = subprocess.run(
            ["java", "-Djava.awt.headless=true", "-cp", jar, str(source)], input="\n".join(jobs) + "\n", check=True,
            capture_output=True, text=True).stdout.splitlines()
    expect(len(said) == len(jobs), "ImageJ said less than was asked")
    for job, line, (entry, cells) in zip(jobs, said, [image for image in images for _ in range(3)]):
        head, runs = line.split()[:3], np.array(line.split()[3:], int)
        found = np.repeat(runs[::2], runs[1::2])
        same(found.reshape(cells.shape) if found.size == cells.size else found, cells, f"{job} in ImageJ")
        if "\t" in job:
            expect(head == [str(np.count_nonzero(cells)), str(len(np.unique(cells[cells > 0]))), "0"], f"{job} in ImageJ: {head}")
        else:
            expect(head[0] == "16", f"{job} in ImageJ: {head}")
            expect(not job.endswith("tif") or head[1:] == ["0.5", "micron"], f"{job} in ImageJ: {head}")
    return version


def digests(folder, images):
    def digest(data):
        return hashlib.sha256(data).hexdigest()

    found = {name: digest((folder / name).read_bytes()) for name in ("instances.json", "polygons.json")}
    for place, _ in enumerate(images):
        found[f"{place}.geojson"] = digest((folder / f"{place}.geojson").read_bytes())
        with zipfile.ZipFile(folder / f"{place}-rois.zip") as archive:
            found[f"{place}-rois"] = digest(b"".join(archive.read(name) for name in archive.namelist()))
    return found


def main():
    folder = Path(sys.argv[1])
    images = []
    for place, entry in enumerate(json.loads((folder / "manifest.json").read_text())):
        cells = np.frombuffer((folder / f"{place}.cells").read_bytes(), "<u2").reshape(int(entry["height"]), int(entry["width"]))
        images.append((entry, cells))
        for check in (labels, overlay, geojson, rois):
            check(folder, place, cells)
    coco(folder, images)
    version = imagej(folder, images)
    for fault in FAULTS[:20]:
        print(fault, file=sys.stderr)
    if FAULTS:
        sys.exit(f"check_exports: {len(FAULTS)} faults")
    if "--golden" in sys.argv:
        names = ("tifffile", "pillow", "scikit-image", "pycocotools", "roifile", "shapely")
        golden = {"imagej": version, **{name: importlib.metadata.version(name) for name in names}, "sha256": digests(folder, images)}
        Path(__file__).with_name("exports-checked.json").write_text(json.dumps(golden, indent=0) + "\n")
    print(f"check_exports: {len(images)} images are the same in all readers")


main()
