import Kernels

/// The product of two feature maps of one shape, or of feature maps with a factor a pixel.
///
/// Where one input is `[N, 1, H, W]` and the other `[N, C, H, W]`, the one channel multiplies all C: an
/// attention gate, which is run as a `Gate`. The order of the two does not matter.
struct Multiply: Op, Step {
  var meaning: OpMeaning? { .multiply }

  /// That of the input with more channels.
  func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2, "\(inputs.count) factors")
    guard isGate(inputs) else { return inputs[0] }
    let gate = gateIndex(inputs)
    let (thin, wide) = (inputs[gate], inputs[1 - gate])
    precondition(
      thin == Shape(wide.images, 1, wide.height, wide.width), "\(inputs) cannot be multiplied")
    return wide
  }

  /// `y = a * b`.
  func forward(_ pass: ForwardPass) {
    multiplyKernel(
      pass.inputs[0].buffer, pass.inputs[1].buffer, into: pass.output.buffer, pool: pass.pool)
  }

  /// `da = dy * b`, `db = dy * a`.
  func backward(_ pass: BackwardPass) {
    for case (let index, let target?) in pass.dinputs.enumerated() {
      multiplyKernel(
        pass.doutput.buffer, pass.inputs[1 - index].buffer, into: target.buffer,
        adds: target.adds, pool: pass.pool)
    }
  }

  /// Whether one of the factors has a single channel for all of the other's.
  func isGate(_ inputs: [Shape]) -> Bool { inputs[0] != inputs[1] }

  /// The factor of one channel among two feature maps of different ones.
  func gateIndex(_ inputs: [Shape]) -> Int { inputs[0].channels <= inputs[1].channels ? 0 : 1 }
}
