import Autograd
import Benchmark
import Foundation
import Imaging
import Weights

/// What is read from disk before anything can be shown or run: pictures, masks, weights.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal], timeUnits: .microseconds, warmupIterations: 1,
    maxDuration: .seconds(1))
  let side = 2048
  let image = texture(side: side)
  addPicture("PNG of 8 bits", PNG.encode(image, bitDepth: 8))
  addPicture("PNG of 16 bits", PNG.encode(image, bitDepth: 16))
  addPicture("TIFF of 16 bits", TIFF.encode(image, bitDepth: 16))
  addPicture("TIFF of floats", TIFF.encode(image, bitDepth: 32))
  let mask = Mask(
    width: side, height: side, pixels: image.values.map { $0 > 30000 ? 1 : 0 })
  Benchmark("encode, mask of \(side)x\(side)") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(MaskFile.encode(mask)) }
  }
  let state = weights()
  let bytes = Safetensors.encode(state)
  Benchmark("decode, safetensors of \(bytes.count >> 20) MiB") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try Safetensors.decode(bytes)) }
  }
  Benchmark("encode, safetensors of \(bytes.count >> 20) MiB") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(Safetensors.encode(state)) }
  }
}

private func addPicture(_ name: String, _ data: Data) {
  Benchmark("decode, \(name), 2048x2048") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try ImageFile.decode(data, name: name)) }
  }
}

/// A picture that compresses about as well as a micrograph: slow waves and a little noise.
private func texture(side: Int) -> Image {
  var state: UInt64 = 1
  var values: [Float] = []
  values.reserveCapacity(side * side)
  for y in 0..<side {
    for x in 0..<side {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let wave = sin(Float(x) / 37) * cos(Float(y) / 53)
      values.append((30000 + 9000 * wave + Float(state >> 56)).rounded())
    }
  }
  return Image(width: side, height: side, bitDepth: 16, values: values)
}

private func weights() -> StateDict {
  var state = StateDict()
  for layer in 0..<8 {
    state.append(
      NamedTensor(
        path: Path("layer\(layer).conv.weight"), shape: Shape(256, 256, 3, 3),
        values: [Float](repeating: 0.01 * Float(layer), count: 256 * 256 * 9)))
  }
  return state
}
