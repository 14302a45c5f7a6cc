import Benchmark
import Kernels

/// A convolution of the network, by the name of its place.
private struct Shape {
  let name: String
  let side: Int
  let inputs: Int
  let outputs: Int
  var kernel = 3
  var stride = 1
  var upsamples = false

  var geometry: ConvolutionGeometry {
    ConvolutionGeometry(
      images: 4, height: side, width: side, inputChannels: inputs, outputChannels: outputs,
      kernel: kernel, stride: stride, padding: kernel / 2, upsamples: upsamples)
  }
}

private let shapes = [
  Shape(
    name: "first 7x7 stride 2, 3 to 64 at 256", side: 256, inputs: 3, outputs: 64, kernel: 7,
    stride: 2),
  Shape(name: "64 to 64 at 128", side: 128, inputs: 64, outputs: 64),
  Shape(name: "doubled 64 to 64 at 256", side: 256, inputs: 64, outputs: 64, upsamples: true),
  Shape(name: "128 to 64 at 128", side: 128, inputs: 128, outputs: 64),
  Shape(name: "256 to 128 at 64", side: 64, inputs: 256, outputs: 128),
  Shape(name: "512 to 512 at 8", side: 8, inputs: 512, outputs: 512),
  Shape(name: "stride 2, 64 to 128 at 64", side: 64, inputs: 64, outputs: 128, stride: 2),
  Shape(name: "1x1, 128 to 64 at 64", side: 64, inputs: 128, outputs: 64, kernel: 1),
]

/// Forward, and the gradients of input and filter, of every shape by the method that it gets.
func addConvolutions() {
  for shape in shapes {
    let geometry = shape.geometry
    let name = "convolution, \(shape.name)"
    Benchmark("\(name): forward") { benchmark in
      let work = ConvolutionWork(geometry)
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { work.forward() }
    }
    Benchmark("\(name): gradient of the input") { benchmark in
      let work = ConvolutionWork(geometry)
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { work.backwardInput() }
    }
    Benchmark("\(name): gradient of the filter") { benchmark in
      let work = ConvolutionWork(geometry)
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { work.backwardFilter() }
    }
  }
}

/// A convolution with its memory.
private struct ConvolutionWork {
  private let pool = ThreadPool(threads: 2)
  private let method: any ConvolutionMethod
  private let x: Pixels
  private let y: Pixels
  private let filter: Buffer
  private let gradient: Buffer
  private let packed: Buffer
  private let scratch: Buffer

  init(_ geometry: ConvolutionGeometry) {
    method = geometry.method()
    let step = geometry.upsamples ? 2 : 1
    x = pixels(4, geometry.height / step, geometry.width / step, geometry.inputChannels)
    y = pixels(4, geometry.rows, geometry.columns, geometry.outputChannels)
    filter = noise(geometry.filterCount)
    gradient = Buffer(count: geometry.filterCount)
    if method.readsFilterUnpacked {
      packed = filter
    } else {
      packed = Buffer(count: method.packedCount)
      method.pack(filter, scale: nil, into: packed, pool: pool)
    }
    scratch = Buffer(
      count: max(
        method.forwardScratch(threads: 2), method.backwardInputScratch(threads: 2),
        method.backwardFilterScratch(threads: 2)))
  }

  func forward() {
    method.forward(
      x, packed: packed, ConvolutionEpilogue(hasReLU: true), into: y, scratch: scratch, pool: pool)
  }

  func backwardInput() {
    method.backwardInput(y, filter, into: x, adds: false, scratch: scratch, pool: pool)
  }

  func backwardFilter() {
    method.backwardFilter(y, x, into: gradient, adds: false, scratch: scratch, pool: pool)
  }
}
