import Foundation

extension Pupil {
  /// Intensities of `size * size` places from the middle of a map, with the condenser wide open.
  ///
  /// Light then comes from so many sides that waves a few pixels apart no longer interfere: a
  /// picture is what rays tell, blurred by the lens. Interference contrast is the difference of
  /// phase along the shear (Nomarski 1955), bright field out of focus the phase's curvature (Teague
  /// 1983, transport of intensity).
  func openIntensities(of map: PhaseMap, size: Int) -> [Float] {
    // The Gaussian that fits the middle of an Airy disc, and one pixel of light beside.
    let sigma = 0.21 / aperture
    let pad = Int(3 * sigma) + 2
    let side = size + 2 * pad
    let corner = (map.side - side) / 2
    var rays: [Float] = []
    rays.reserveCapacity(side * side)
    for y in corner..<corner + side {
      for x in corner..<corner + side { rays.append(ray(at: SIMD2(x, y), of: map)) }
    }
    let seen = GaussianFilter(sigma: Double(sigma), reach: pad - 1, border: .repeated)
      .applied(to: rays, side: side)
    return (pad..<pad + size).flatMap { seen[$0 * side + pad..<$0 * side + pad + size] }
  }

  /// The intensity at a place before the lens blurs it.
  private func ray(at place: SIMD2<Int>, of map: PhaseMap) -> Float {
    let index = place.y * map.side + place.x
    let here = map.phase[index]
    let (left, right) = (map.phase[index - 1], map.phase[index + 1])
    let (above, below) = (map.phase[index - map.side], map.phase[index + map.side])
    if contrast == .differentialInterference {
      // Half a shear to both sides: slopes hold over less than a pixel.
      let slope = SIMD2(right - left, below - above) / 2
      let share = sin(bias + (slope * direction).sum() * shear / (2 * .pi))
      return share * share
    }
    let curvature = left + right + above + below - 4 * here
    return exp(min(max(curvature * defocus / (4 * .pi * .pi), -2.5), 2.5))
  }
}
