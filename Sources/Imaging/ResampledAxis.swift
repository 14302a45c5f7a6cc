/// How each output pixel of one axis is mixed from input pixels.
struct ResampledAxis {
  /// First input pixel of each output pixel.
  private(set) var starts: [Int] = []
  /// Weights of all output pixels, one after the other, each set summing to 1.
  private(set) var weights: [Float] = []
  /// Where the weights of each output pixel begin; one more than there are pixels.
  private(set) var offsets: [Int] = [0]

  /// Down by area averaging with fractional weights, up bilinear with half-pixel centres.
  init(from input: Int, to output: Int) {
    for index in 0..<output {
      if output < input {
        appendArea(index, from: input, to: output)
      } else {
        appendBilinear(index, from: input, to: output)
      }
      offsets.append(weights.count)
    }
  }

  /// One behind the last input pixel of an output pixel.
  func end(_ index: Int) -> Int { starts[index] + offsets[index + 1] - offsets[index] }

  /// The weight of an input pixel that an output pixel is mixed from.
  func weight(of pixel: Int, in index: Int) -> Float {
    weights[offsets[index] + pixel - starts[index]]
  }

  /// The input pixels that some output pixels are mixed from.
  func sources(of outputs: Range<Int>) -> Range<Int> {
    outputs.isEmpty ? 0..<0 : starts[outputs.lowerBound]..<end(outputs.upperBound - 1)
  }

  /// The output pixels in whose mix some input pixels are.
  func targets(of inputs: Range<Int>) -> Range<Int> {
    let first = firstIndex { end($0) > inputs.lowerBound }
    return first..<max(first, firstIndex { starts[$0] >= inputs.upperBound })
  }

  /// The first output pixel for which something holds that holds for all after it.
  private func firstIndex(where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Lengths are counted in units of 1/output of an input pixel, so that nothing is rounded.
  private mutating func appendArea(_ index: Int, from input: Int, to output: Int) {
    let (begin, end) = (index * input, (index + 1) * input)
    let first = begin / output
    starts.append(first)
    for pixel in first..<(end + output - 1) / output {
      let covered = min((pixel + 1) * output, end) - max(pixel * output, begin)
      weights.append(Float(Double(covered) / Double(input)))
    }
  }

  private mutating func appendBilinear(_ index: Int, from input: Int, to output: Int) {
    let centre = (Double(index) + 0.5) * Double(input) / Double(output) - 0.5
    let held = min(max(centre, 0), Double(input - 1))
    let first = min(Int(held), max(input - 2, 0))
    let fraction = Float(held - Double(first))
    starts.append(first)
    weights += input == 1 ? [1] : [1 - fraction, fraction]
  }
}
