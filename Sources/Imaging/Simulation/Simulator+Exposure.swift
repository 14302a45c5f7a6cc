import Foundation

extension Simulator {
  /// Intensities behind the microscope, `size * size` from the middle of the map.
  static func expose(
    _ map: PhaseMap, through pupil: Pupil, margin: Int, size: Int
  ) -> [Float] {
    let transform = FourierTransform(side: map.side)
    let lanes = FourierTransform.lanes
    var field = transform.makeField()
    for place in field.real.indices {
      var (real, imaginary) = (SIMD16<Float>(repeating: 1), SIMD16<Float>.zero)
      for lane in 0..<lanes {
        let phase = map.phase[place * lanes + lane]
        real[lane] = cos(phase)
        imaginary[lane] = sin(phase)
      }
      field.real[place] = real
      field.imaginary[place] = imaginary
    }
    transform.forward(&field)
    pupil.filter(&field, of: transform)
    transform.inverse(&field)
    var intensities: [Float] = []
    intensities.reserveCapacity(size * size)
    for y in margin..<margin + size {
      for x in margin..<margin + size {
        let (place, lane) = ((y * map.side + x) / lanes, x % lanes)
        let (real, imaginary) = (field.real[place][lane], field.imaginary[place][lane])
        intensities.append(real * real + imaginary * imaginary)
      }
    }
    return intensities
  }

  /// What the exposure is set by: the middle one of every seventh intensity.
  ///
  /// With a highlight, half of the intensity that one in ten exceeds, if that is more: where dark cells cover
  /// most of a picture, its ground does not bleach.
  static func exposure(of intensities: [Float], highlight: Bool) -> Float {
    let some = stride(from: 0, to: intensities.count, by: 7).map { intensities[$0] }.sorted()
    let median = max(some[some.count / 2], 1e-6)
    return highlight ? max(median, some[some.count * 9 / 10] / 2) : median
  }
}
