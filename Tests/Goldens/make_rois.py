"""Asks ImageJ itself for ROI files of every kind and for the pixels that it fills in each.

Usage: python make_rois.py IJ.JAR     (writes rois.json beside itself)
Needs: a JDK, and ImageJ's ij.jar (Debian's libij-java has it as /usr/share/java/ij.jar; 1.53t was asked)

A case has the bytes that ImageJ's RoiEncoder wrote, what RoiDecoder read back of them, and the runs of pixels (first and
end by turns, row by row) that `fill` set in an image of that size; an archive has them for each cell in turn, later ones
over earlier ones.
"""
import base64, io, json, subprocess, sys, tempfile, zipfile
from pathlib import Path

JAVA = r"""
import ij.*; import ij.gui.*; import ij.io.*; import ij.process.*;
import java.awt.*; import java.awt.geom.*; import java.io.*; import java.util.*; import java.util.zip.*;

public class Make {
  static final int W = 48, H = 40;

  static byte[] bytes(Roi roi) { return RoiEncoder.saveAsByteArray(roi); }

  static ByteProcessor filled(byte[] file) throws Exception {
    ByteProcessor ip = new ByteProcessor(W, H);
    ip.setValue(255);
    ip.fill(new RoiDecoder(file, "file.roi").getRoi());
    return ip;
  }

  static void say(String name, Roi roi) throws Exception {
    byte[] file = bytes(roi);
    Roi again = new RoiDecoder(file, "file.roi").getRoi();
    StringBuilder runs = new StringBuilder();
    byte[] pixels = (byte[]) filled(file).getPixels();
    if (again.isArea() && !(again instanceof TextRoi) && !(again instanceof ImageRoi))
      for (int i = 0, last = 0; i <= W * H; i++) {
        int now = i < W * H && (i % W != 0 || last == 0) ? pixels[i] & 255 : 0;
        if (i < W * H && i % W == 0 && last != 0) { runs.append(i).append(','); last = 0; now = pixels[i] & 255; }
        if (now != last) runs.append(i).append(',');
        last = now;
      }
    else runs.append("none,");
    System.out.println(String.join("\t", name, Base64.getEncoder().encodeToString(file), runs.toString(),
      String.valueOf(again.getName()), again.getCPosition() + "," + again.getZPosition() + "," + again.getTPosition()
      + "," + again.getPosition()));
  }

  static PolygonRoi polygon(int type, int... xy) {
    int[] x = new int[xy.length / 2], y = new int[x.length];
    for (int i = 0; i < x.length; i++) { x[i] = xy[2 * i]; y[i] = xy[2 * i + 1]; }
    return new PolygonRoi(x, y, x.length, type);
  }

  static PolygonRoi polygon(int type, float... xy) {
    float[] x = new float[xy.length / 2], y = new float[x.length];
    for (int i = 0; i < x.length; i++) { x[i] = xy[2 * i]; y[i] = xy[2 * i + 1]; }
    return new PolygonRoi(x, y, x.length, type);
  }

  static Roi spline(PolygonRoi roi) { roi.fitSpline(); return roi; }
  static Roi rounded(Roi roi, int diameter) { roi.setCornerDiameter(diameter); return roi; }

  static Roi traced() {
    ByteProcessor ip = new ByteProcessor(W, H);
    ip.setValue(255);
    ip.fill(new OvalRoi(5, 6, 21, 17)); ip.fill(new OvalRoi(18, 14, 17, 20));
    Wand wand = new Wand(ip);
    wand.autoOutline(10, 12, 255, 255);
    return new PolygonRoi(wand.xpoints, wand.ypoints, wand.npoints, Roi.TRACED_ROI);
  }

  static Roi curves() {
    GeneralPath path = new GeneralPath(GeneralPath.WIND_EVEN_ODD);
    path.moveTo(4f, 30f); path.curveTo(2f, -8f, 30f, 4f, 40f, 12f); path.quadTo(50f, 36f, 20f, 34f); path.closePath();
    path.moveTo(14f, 16f); path.lineTo(26f, 14f); path.lineTo(22.5f, 25.25f); path.closePath();
    path.moveTo(36f, 30f); path.lineTo(44f, 30f); path.lineTo(40f, 37f);
    return new ShapeRoi(path);
  }

  static Roi placed(Roi roi, int c, int z, int t) { roi.setPosition(c, z, t); return roi; }
  static Roi placed(Roi roi, int n) { roi.setPosition(n); return roi; }
  static Roi named(Roi roi, String name) { roi.setName(name); return roi; }

  public static void main(String[] args) throws Exception {
    System.setProperty("java.awt.headless", "true");
    System.out.println(ImageJ.VERSION + "\t" + W + "\t" + H);
    say("rectangle", new Roi(3, 2, 7, 5));
    say("rectangle over the edge", new Roi(-4, -3, 10, 8));
    say("rectangle in fractions", new Roi(2.6, 3.2, 7.3, 4.9));
    say("rounded rectangle", rounded(new Roi(4, 3, 30, 24), 12));
    say("rounded more than its sides", rounded(new Roi(9, 8, 17, 11), 60));
    say("rounded in fractions", rounded(new Roi(9.7, 8.3, 17.4, 11.6), 7));
    int[][] ovals = {{5, 5, 1, 1}, {5, 5, 2, 3}, {4, 7, 5, 5}, {4, 7, 6, 6}, {8, 3, 7, 12}, {20, 11, 20, 13},
      {9, 6, 31, 30}, {-6, -9, 25, 31}, {40, 30, 20, 20}};
    for (int[] o : ovals) say("oval " + o[2] + "x" + o[3], new OvalRoi(o[0], o[1], o[2], o[3]));
    say("oval in fractions", new OvalRoi(7.4, 5.7, 22.3, 16.9));
    say("triangle", polygon(Roi.POLYGON, 5, 3, 40, 11, 17, 36));
    say("diamond on pixel middles", polygon(Roi.POLYGON, 10, 2, 18, 10, 10, 18, 2, 10));
    say("star that crosses itself", polygon(Roi.POLYGON, 24, 2, 34, 36, 4, 14, 44, 14, 14, 36));
    say("polygon over all edges", polygon(Roi.POLYGON, -9, 20, 24, -12, 60, 18, 30, 55));
    say("polygon far away", polygon(Roi.POLYGON, 100, 100, 140, 100, 120, 150));
    say("polygon that returns", polygon(Roi.POLYGON, 6, 6, 30, 6, 30, 20, 6, 20, 6, 6, 12, 10, 24, 10, 24, 16, 12, 16));
    say("polygon in fractions", polygon(Roi.POLYGON, 5.3f, 3.8f, 40.6f, 11.2f, 30.25f, 22.5f, 17.1f, 36.9f));
    say("polygon in halves", polygon(Roi.POLYGON, 4.5f, 4.5f, 20.5f, 4.5f, 20.5f, 16.5f, 4.5f, 16.5f));
    say("polygon in fractions over the edge", polygon(Roi.POLYGON, -7.7f, 4.2f, 20.4f, -6.6f, 55.5f, 31.1f, 12.2f, 47.7f));
    say("freehand", polygon(Roi.FREEROI, 10, 5, 14, 4, 19, 6, 23, 10, 24, 15, 30, 19, 28, 25, 20, 27, 13, 24, 8, 17, 7, 9));
    say("freehand in fractions", polygon(Roi.FREEROI, 10.2f, 5.1f, 14.9f, 4.4f, 19.3f, 6.6f, 23.5f, 10.5f, 8.75f, 17.25f));
    say("traced", traced());
    say("ellipse", new EllipseRoi(6, 8, 38, 30, 0.45));
    say("ellipse upright", new EllipseRoi(20.5, 3, 20.5, 37, 0.6));
    say("rotated rectangle", new RotatedRectRoi(8, 10, 36, 28, 9.5));
    say("spline", spline(polygon(Roi.POLYGON, 10, 8, 34, 6, 40, 24, 22, 34, 6, 22)));
    say("spline in fractions", spline(polygon(Roi.POLYGON, 10.5f, 8.25f, 34.1f, 6.6f, 40.7f, 24.3f, 22.2f, 34.9f)));
    say("spline of three", spline(polygon(Roi.POLYGON, 12, 10, 36, 14, 20, 32)));
    say("ring", new ShapeRoi(new OvalRoi(4, 4, 30, 28)).xor(new ShapeRoi(new OvalRoi(12, 10, 12, 14))));
    say("two parts", new ShapeRoi(new Roi(2, 2, 10, 9)).or(new ShapeRoi(new OvalRoi(24, 20, 15, 13))));
    say("curves with a hole", curves());
    say("composite over the edge", new ShapeRoi(new OvalRoi(-8, -6, 30, 28)).or(new ShapeRoi(new Roi(30, 30, 40, 40))));
    say("line", new ij.gui.Line(3, 4, 30, 20));
    say("arrow", new Arrow(3, 4, 30, 20));
    say("polyline", polygon(Roi.POLYLINE, 3, 4, 30, 20, 12, 31));
    say("freeline", polygon(Roi.FREELINE, 3, 4, 9, 8, 30, 20, 12, 31));
    say("angle", polygon(Roi.ANGLE, 3, 4, 30, 20, 12, 31));
    say("point", new PointRoi(12, 9));
    say("points", new PointRoi(new int[] {3, 9, 30}, new int[] {4, 8, 20}, 3));
    say("text", new TextRoi(5, 6, "scale"));
    say("image", new ImageRoi(5, 6, new ByteProcessor(4, 4)));
    say("with a name", named(new OvalRoi(5, 5, 9, 9), "Zelle \u00e4 \u7ec6\u80de"));
    say("on a slice of a stack", placed(new OvalRoi(5, 5, 9, 9), 7));
    say("in a hyperstack", placed(named(new OvalRoi(5, 5, 9, 9), "b"), 2, 3, 4));
    say("composite in a hyperstack", placed(named(new ShapeRoi(new OvalRoi(5, 5, 9, 9)).or(
      new ShapeRoi(new Roi(20, 20, 5, 5))), "c"), 1, 0, 5));
    archive();
  }

  /** As the ROI Manager saves a set: deflated, sizes behind the bytes. */
  static void archive() throws Exception {
    Roi[] rois = {new OvalRoi(2, 2, 20, 18), polygon(Roi.POLYGON, 14, 10, 40, 12, 30, 34), new ij.gui.Line(0, 0, 9, 9),
      polygon(Roi.FREEROI, 20.5f, 20.5f, 46.25f, 18.75f, 47.5f, 39f, 22f, 38f), new PointRoi(3, 3), new Roi(100, 90, 9, 9)};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out));
    StringBuilder fills = new StringBuilder();
    int[] labels = new int[W * H];
    int number = 0;
    for (int i = 0; i < rois.length; i++) {
      zip.putNextEntry(new ZipEntry(String.format("%04d-cell.roi", rois.length - i)));
      zip.write(bytes(rois[i])); zip.closeEntry();
      if (!rois[i].isArea()) continue;
      number++;
      byte[] pixels = (byte[]) filled(bytes(rois[i])).getPixels();
      for (int k = 0; k < W * H; k++) if (pixels[k] != 0) labels[k] = number;
    }
    zip.close();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < W * H; i++) text.append(labels[i]);
    System.out.println("archive\t" + Base64.getEncoder().encodeToString(out.toByteArray()) + "\t" + text);
  }
}
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "Make.java")
        source.write_text(JAVA, encoding="utf-8")
        said = subprocess.run(
            ["java", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", sys.argv[1], str(source)],
            check=True, capture_output=True, text=True, encoding="utf-8").stdout.splitlines()
    version, width, height = said[0].split("\t")
    golden = {"imagej": version, "width": int(width), "height": int(height), "cases": []}
    for line in said[1:]:
        name, data, *rest = line.split("\t")
        if name == "archive":
            golden["archive"] = {"bytes": data, "labels": rest[0]}
            continue
        runs = None if rest[0] == "none," else [int(n) for n in rest[0].split(",") if n]
        golden["cases"].append({
            "name": name, "bytes": data, "runs": runs, "called": rest[1],
            "position": [int(n) for n in rest[2].split(",")]})
    Path(__file__).with_name("rois.json").write_text(
        json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
