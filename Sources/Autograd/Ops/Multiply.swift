import Kernels

/// The product of two pictures of one shape, or of pictures with a factor a pixel.
///
/// Where one input is `[N, 1, H, W]` and the other `[N, C, H, W]`, the one channel multiplies all C:
/// an attention gate. The order of the two does not matter.
public struct Multiply: Op {
  /// Makes the op.
  public init() {}

  /// That of the input with more channels.
  public func shape(of inputs: [Shape]) -> Shape {
    precondition(inputs.count == 2, "\(inputs.count) factors")
    guard inputs[0] != inputs[1] else { return inputs[0] }
    let gate = gateIndex(inputs)
    let (thin, wide) = (inputs[gate], inputs[1 - gate])
    precondition(
      thin == Shape(wide.images, 1, wide.height, wide.width), "\(inputs) cannot be multiplied")
    return wide
  }

  /// Both factors.
  public var keeps: Keeps { .inputs }

  /// `y = a * b`.
  public func forward(_ pass: ForwardPass) {
    multiply(pass.inputs[0], pass.inputs[1], into: pass.output.buffer, adds: false, pass.pool)
  }

  /// `da = dy * b`, `db = dy * a`, summed over the channels for the thin one.
  public func backward(_ pass: BackwardPass) {
    let inputs = pass.inputs
    let isGated = inputs[0].shape != inputs[1].shape
    let dy = Tensor(shape: pass.output.shape, buffer: pass.doutput)
    for (index, target) in pass.dinputs.enumerated() {
      guard let target else { continue }
      let other = inputs[1 - index]
      if isGated && gateIndex(inputs.map(\.shape)) == index {
        gateBackward(
          dy.buffer, other.buffer, channels: dy.shape.channels, into: target.buffer,
          adds: target.adds, pool: pass.pool)
      } else {
        multiply(dy, other, into: target.buffer, adds: target.adds, pass.pool)
      }
    }
  }

  private func gateIndex(_ inputs: [Shape]) -> Int {
    inputs[0].channels <= inputs[1].channels ? 0 : 1
  }

  private func multiply(
    _ a: Tensor, _ b: Tensor, into y: Buffer, adds: Bool, _ pool: ThreadPool
  ) {
    if a.shape == b.shape {
      multiplyKernel(a.buffer, b.buffer, into: y, adds: adds, pool: pool)
    } else {
      let (gate, x) = gateIndex([a.shape, b.shape]) == 0 ? (a, b) : (b, a)
      gateForward(
        gate.buffer, x.buffer, channels: x.shape.channels, into: y, adds: adds, pool: pool)
    }
  }
}
