import Kernels

/// One minus the Dice coefficient of probabilities and target, by image, then the mean over the batch.
///
/// `1 - (2 sum p t + smooth) / (sum p + sum t + smooth)`. Inputs: probabilities and target, both
/// `[N, C, H, W]`, the target constant. Output `[1]`, in 0...1.
public struct DiceLoss: Op {
  /// Keeps an empty image with an empty prediction at 0.
  public let smooth: Double

  /// Makes the op.
  public init(smooth: Double = 1) { self.smooth = smooth }

  /// `[1]`.
  public func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2 && inputs[0] == inputs[1], "probabilities and target \(inputs)")
    precondition(inputs[0].images > 0, "no images")
    return Shape(1)
  }

  /// Probabilities and target.
  public var keeps: Keeps { .inputs }

  /// The mean over the images.
  public func forward(_ pass: ForwardPass) {
    let losses = images(of: pass.inputs).map { p, t in
      let sums = overlapSums(p, t, pool: pass.pool)
      return 1 - (2 * sums.both + smooth) / (sums.p + sums.t + smooth)
    }
    pass.output.buffer[0] = Float(losses.reduce(0, +) / Double(losses.count))
  }

  /// With `d = sum p + sum t + smooth`: `dp = ((2 sum p t + smooth) / d^2 - 2 t / d) / N`.
  public func backward(_ pass: BackwardPass) {
    guard let dp = pass.dinputs[0] else { return }
    let pairs = images(of: pass.inputs)
    let upstream = Double(pass.doutput.buffer[0]) / Double(pairs.count)
    for (index, (p, t)) in pairs.enumerated() {
      let sums = overlapSums(p, t, pool: pass.pool)
      let whole = sums.p + sums.t + smooth
      affineKernel(
        t, Float(-2 / whole * upstream),
        Float((2 * sums.both + smooth) / (whole * whole) * upstream),
        into: dp.buffer.slice(at: index * p.count, count: p.count), adds: dp.adds, pool: pass.pool)
    }
  }

  private func images(of inputs: [Tensor]) -> [(p: Buffer, t: Buffer)] {
    let count = inputs[0].shape.count / inputs[0].shape.images
    return (0..<inputs[0].shape.images).map { image in
      (
        inputs[0].buffer.slice(at: image * count, count: count),
        inputs[1].buffer.slice(at: image * count, count: count)
      )
    }
  }
}
