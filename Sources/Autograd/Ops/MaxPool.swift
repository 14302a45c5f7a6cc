import Kernels

/// The largest value of each square window, as PyTorch's `max_pool2d`; the first wins a tie.
struct MaxPool: Op, Step {
  let window: PoolWindow

  var meaning: OpMeaning? {
    .maxPool(kernel: window.kernel, stride: window.stride, padding: window.padding)
  }

  /// Neither input nor output: the saved choices suffice.
  var keeps: Keeps { [] }
  var views: Views { [.reads, .writes] }

  /// `[N, C, rows, columns]`.
  func shape(of inputs: [Shape]) -> Shape {
    let x = inputs[0]
    let (rows, columns) = window.output(height: x.height, width: x.width)
    return Shape(x.images, x.channels, rows, columns)
  }

  /// Which place won, a byte an output.
  func savedCount(for inputs: [Shape]) -> Int {
    PoolWindow.choiceCount(outputs: shape(of: inputs).count)
  }

  /// `y = max` over the window.
  func forward(_ pass: ForwardPass) {
    maxPoolForward(
      pass.inputs[0].pixels, window, into: pass.output.stored, choices: pass.saved, pool: pass.pool)
  }

  /// `dy` goes to the value that won.
  func backward(_ pass: BackwardPass) {
    guard let dx = pass.dinputs[0] else { return }
    maxPoolBackward(
      dy: pass.doutput.stored, choices: pass.saved, window, into: dx.tensor.stored, adds: dx.adds,
      pool: pass.pool)
  }
}
