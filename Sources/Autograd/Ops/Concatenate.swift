import Kernels

/// Feature maps side by side in their channels, in the order given.
///
/// Where memory can be planned so, the parts are written into their places by whoever makes them, and
/// this op does not run.
struct Concatenate: Op, Step {
  /// `[N, sum of C, H, W]`.
  func shape(of inputs: [Shape]) -> Shape {
    guard let first = inputs.first else { preconditionFailure("nothing to concatenate") }
    for each in inputs {
      precondition(
        each.images == first.images && each.height == first.height && each.width == first.width,
        "\(first) beside \(each)")
    }
    let channels = inputs.map(\.channels).reduce(0, +)
    return Shape(first.images, channels, first.height, first.width)
  }

  var meaning: OpMeaning? { .concatenate }
  var keeps: Keeps { [] }

  /// Reads anything, or is written by whoever makes the inputs.
  var views: Views { [.reads, .joins] }

  /// Copies each input into its slice.
  func forward(_ pass: ForwardPass) {
    var start = 0
    for input in pass.inputs {
      activationForward(
        input.pixels, into: pass.output.slice(start, input.shape), adds: false, pool: pass.pool)
      start += input.shape.channels
    }
  }

  /// Copies each slice of `dy` back.
  func backward(_ pass: BackwardPass) {
    var start = 0
    for (input, target) in zip(pass.inputs, pass.dinputs) {
      if let target {
        activationForward(
          pass.doutput.slice(start, input.shape), into: target.tensor.stored, adds: target.adds,
          pool: pass.pool)
      }
      start += input.shape.channels
    }
  }
}

extension Tensor {
  /// The channels of a part that starts at channel `start`, as they are stored.
  fileprivate func slice(_ start: Int, _ part: Shape) -> Pixels {
    let pixels = part.images * part.height * part.width
    return Pixels(
      buffer.slice(at: start, count: (pixels - 1) * stride + part.channels), images: part.images,
      height: part.height, width: part.width, channels: part.channels, stride: stride)
  }
}
