import Kernels

/// One minus the Dice coefficient of probabilities and target, by image, then the mean over the batch.
///
/// `1 - (2 sum p t + smooth) / (sum p + sum t + smooth)`. Inputs: probabilities and target, both
/// `[N, C, H, W]`, the target constant. Output `[1]`, in 0...1.
struct DiceLoss: Op, Step {
  /// Keeps an empty image with an empty prediction at 0.
  private let smooth = 1.0

  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 && inputs[0] == inputs[1], "probabilities and target \(inputs)")
    precondition(inputs[0].images > 0, "no images")
    return Shape(1)
  }

  func forwardScratch(for inputs: [Shape], threads: Int) -> Int { lossScratch }
  func backwardScratch(for inputs: [Shape], threads: Int) -> Int { lossScratch }

  /// The mean over the images.
  func forward(_ pass: ForwardPass) {
    let images = pass.inputs[0].shape.images
    var sum = 0.0
    for image in 0..<images {
      let sums = overlapSums(
        part(pass.inputs[0], image), part(pass.inputs[1], image), scratch: pass.scratch,
        pool: pass.pool)
      sum += 1 - (2 * sums.both + smooth) / (sums.p + sums.t + smooth)
    }
    pass.output.buffer[0] = Float(sum / Double(images))
  }

  /// With `d = sum p + sum t + smooth`: `dp = ((2 sum p t + smooth) / d^2 - 2 t / d) / N`.
  func backward(_ pass: BackwardPass) {
    guard let dp = pass.dinputs[0] else { return }
    let images = pass.inputs[0].shape.images
    let upstream = Double(pass.doutput.buffer[0]) / Double(images)
    for image in 0..<images {
      let t = part(pass.inputs[1], image)
      let sums = overlapSums(
        part(pass.inputs[0], image), t, scratch: pass.scratch, pool: pass.pool)
      let whole = sums.p + sums.t + smooth
      affineKernel(
        t, Float(-2 / whole * upstream),
        Float((2 * sums.both + smooth) / (whole * whole) * upstream),
        into: part(dp.tensor, image), adds: dp.adds, pool: pass.pool)
    }
  }

  /// One image's part of a value.
  private func part(_ tensor: Tensor, _ image: Int) -> Buffer {
    let count = tensor.shape.count / tensor.shape.images
    return tensor.buffer.slice(at: image * count, count: count)
  }
}
