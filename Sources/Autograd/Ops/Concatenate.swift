import Kernels

/// Pictures side by side in their channels, in the order given.
public struct Concatenate: Op {
  /// Makes the op.
  public init() {}

  /// `[N, sum of C, H, W]`.
  public func shape(of inputs: [Shape]) -> Shape {
    guard let first = inputs.first else { preconditionFailure("nothing to concatenate") }
    for each in inputs {
      precondition(
        each.images == first.images && each.height == first.height && each.width == first.width,
        "\(first) beside \(each)")
    }
    let channels = inputs.map(\.channels).reduce(0, +)
    return Shape(first.images, channels, first.height, first.width)
  }

  /// Nothing.
  public var keeps: Keeps { [] }

  /// Copies each input into its slice.
  public func forward(_ pass: ForwardPass) {
    let all = pass.output.shape.channels
    var start = 0
    for input in pass.inputs {
      let channels = input.shape.channels
      copyChannels(
        from: input.buffer, of: channels, at: 0, to: pass.output.buffer, of: all, at: start,
        channels: channels, pool: pass.pool)
      start += channels
    }
  }

  /// Copies each slice of `dy` back.
  public func backward(_ pass: BackwardPass) {
    let all = pass.output.shape.channels
    var start = 0
    for (input, target) in zip(pass.inputs, pass.dinputs) {
      let channels = input.shape.channels
      if let target {
        copyChannels(
          from: pass.doutput, of: all, at: start, to: target.buffer, of: channels, at: 0,
          channels: channels, adds: target.adds, pool: pass.pool)
      }
      start += channels
    }
  }
}
