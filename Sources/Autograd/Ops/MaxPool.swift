import Kernels

/// The largest value of each square window, as PyTorch's `max_pool2d`; the first wins a tie.
struct MaxPool: Op, Step {
  /// Side of the window.
  let kernel: Int
  /// Pixels from window to window.
  let stride: Int
  /// Rows and columns around the input that never win.
  let padding: Int

  /// Makes the op.
  init(kernel: Int, stride: Int, padding: Int = 0) {
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// `[N, C, rows, columns]`.
  func shape(of inputs: [Shape]) -> Shape {
    let sizes = sizes(inputs[0])
    return Shape(sizes.images, sizes.channels, sizes.rows, sizes.columns)
  }

  /// Neither input nor output: the saved choices suffice.
  var keeps: Keeps { [] }

  /// Reads and writes anything.
  var views: Views { [.reads, .writes] }

  /// Which place won, a byte an output.
  func savedCount(for inputs: [Shape]) -> Int { sizes(inputs[0]).choiceCount }

  /// `y = max` over the window.
  func forward(_ pass: ForwardPass) {
    maxPoolForward(
      pass.inputs[0].pixels, sizes: sizes(pass.inputs[0].shape), into: pass.output.stored,
      choices: pass.saved, pool: pass.pool)
  }

  /// `dy` goes to the value that won.
  func backward(_ pass: BackwardPass) {
    guard let dx = pass.dinputs[0] else { return }
    maxPoolBackward(
      dy: pass.doutput.stored, choices: pass.saved, sizes: sizes(pass.inputs[0].shape),
      into: dx.tensor.stored, adds: dx.adds, pool: pass.pool)
  }

  private func sizes(_ x: Shape) -> MaxPoolGeometry {
    MaxPoolGeometry(
      images: x.images, height: x.height, width: x.width, channels: x.channels, kernel: kernel,
      stride: stride, padding: padding)
  }
}
