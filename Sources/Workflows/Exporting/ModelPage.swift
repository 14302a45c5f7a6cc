import Basics
import Weights

extension ModelDescription {
  /// The page that tells people what the description tells programs.
  var page: String {
    """
    # \(words.title)

    Finds cells in label-free microscopy: \(network), trained in Aura and written as ONNX.

    ## What goes in

    `\(ONNXModel.input)`, float32 `[batch, 1, height, width]`: grey images of 0...1, height and width multiples of \
    \(multiple) from \(least) on. In front of the network:

    1. scale the image until its smaller side has \(size) pixels: at that size the network learnt;
    2. spread its grey values so that percentile \(percentiles.low) becomes 0 and percentile \(percentiles.high) becomes \
    1, and clip (`scale_range` and `clip` in `\(ONNXExport.File.description.rawValue)`);
    3. pad both sides to multiples of \(multiple), by reflection.

    What is normalised further is so within the file.

    ## What comes out

    `\(ONNXModel.output)`, float32 `[batch, \(channels.count), height, width]`, of 0...1: \
    \(channels.map { "`\($0)`" }.joined(separator: ", ")). A pixel of 0.5 or more is cell.\
    \(coreAdvice)

    ## How to run it

    ```python
    from numpy import clip, float32, load, percentile
    from onnxruntime import InferenceSession

    grey = load("\(ONNXExport.File.input.rawValue)")
    low, high = percentile(grey, [\(percentiles.low), \(percentiles.high)])
    image = clip((grey - low) / (high - low + 1e-6), 0, 1).astype(float32)
    session = InferenceSession("\(ONNXExport.File.network.rawValue)")
    probabilities, = session.run(None, {"\(ONNXModel.input)": image})
    assert abs(probabilities - load("\(ONNXExport.File.output.rawValue)")).max() < 1e-4
    ```

    ## Validation

    `\(ONNXExport.File.output.rawValue)` is what Aura says of `\(ONNXExport.File.input.rawValue)`. Aura itself does three \
    things more, so its masks differ a little: it sets aside what is burnt into an image (scale bars, hot pixels) before \
    it spreads the contrast, takes the mean over several views of an image, and looks at large images in \
    overlapping tiles. To measure how good the network is on images of your own, compare with masks drawn by hand: \
    `aura evaluate`.

    ## Who made it

    \(makers) \(words.license.map { "Licence: \($0)." } ?? "No licence was given.") To be cited:

    \(citations)

    """
  }

  private var makers: String {
    words.authors.isEmpty ? "Nobody is named." : words.authors.joined(separator: ", ") + "."
  }

  private var citations: String {
    network.papers.map { "- \($0.text), https://doi.org/\($0.doi)" }.joined(separator: "\n")
  }

  private var coreAdvice: String {
    guard channels.count > 1 else { return "" }
    return """
       A piece of pixels of 0.5 or more in both channels is the core of one cell; grown within the mask until they \
      meet (a watershed), cores tell cells apart.
      """
  }
}
