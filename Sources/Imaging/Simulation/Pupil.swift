import Foundation

/// What a microscope lets pass, frequency by frequency.
///
/// Zernike's phase contrast (1942): light that the specimen did not bend, and what it bent by less than
/// the ring's radius, passes the phase ring: it is attenuated and shifted by -pi/2 (+pi/2 in negative
/// contrast). The rest up to the aperture passes as it is. All of it gets the phase of the defocus. Halos
/// and shade-off come from the second clause: slow changes of the phase pass the ring like the
/// background and lose their contrast. Bright field has no ring. Nomarski's interference contrast
/// (1955) is the difference of two pictures a shear apart. Light from one side makes one half of
/// the pupil pass more than the other.
struct Pupil: Sendable {
  /// How phases become visible.
  var contrast = Contrast.positivePhase
  /// Radius of the ring in cycles a pixel.
  var ringRadius: Float
  /// Width of the ring's soft edge as a part of its radius.
  var ringSoftness: Float
  /// The ring's amplitude transmission, 0...1.
  var ringAmplitude: Float
  /// Radius of the aperture in cycles a pixel.
  var aperture: Float
  /// Width of the aperture's soft edge as a part of its radius.
  var apertureSoftness: Float = 0.02
  /// Phase of the defocus in radians at 1 cycle a pixel, growing as the frequency squared.
  var defocus: Float
  /// Direction from which there is more light, or along which pictures are sheared; a unit vector.
  var direction = SIMD2<Float>(1, 0)
  /// How much more light comes from there, 0...1.
  var obliqueness: Float = 0
  /// Half the shear of interference contrast in radians a cycle a pixel.
  var shear: Float = 2
  /// Half the phase between the two pictures of interference contrast.
  var bias: Float = 0.7

  /// The part of the complex transmission that depends on the frequency's square alone.
  func transmission(atSquare square: Float) -> (real: Float, imaginary: Float) {
    let frequency = square.squareRoot()
    let cutOff = apertureSoftness * aperture
    let beyond = (frequency - aperture) / cutOff
    guard beyond < 4 else { return (0, 0) }
    let passed = beyond < -4 ? 1 : 1 / (1 + exp(2 * beyond))
    let (direct, shifted) = parts(at: frequency, passed: passed)
    let angle = defocus * square
    let (c, s) = (cos(angle), sin(angle))
    return (direct * c - shifted * s, direct * s + shifted * c)
  }

  /// Transmission in phase and a quarter wave ahead, before the defocus.
  private func parts(at frequency: Float, passed: Float) -> (direct: Float, shifted: Float) {
    guard contrast.hasRing else { return (passed, 0) }
    let outside = (frequency - ringRadius) / (ringSoftness * ringRadius)
    let ring = outside > 12 ? 0 : 1 / (1 + exp(outside))
    let quarter = passed * ring * ringAmplitude
    return (passed * (1 - ring), contrast == .positivePhase ? -quarter : quarter)
  }

  /// The factor that depends on the frequency's direction.
  private func factor(along frequency: Float) -> Float {
    if contrast == .differentialInterference { return sin(shear * frequency + bias) }
    // A soft step across the middle of the pupil, as wide as the ring.
    let step = frequency / (0.5 * ringRadius)
    return 1 + obliqueness * step / (1 + step * step).squareRoot()
  }

  /// Filters a spectrum as `FourierTransform.forward` leaves it.
  func filter(_ spectrum: inout FourierTransform.Field, of transform: FourierTransform) {
    let side = transform.side
    let lanes = FourierTransform.lanes
    let frequencies = (0..<side).map { transform.frequency(at: $0) }
    let steps = frequencies.map { Int(($0.magnitude * Float(side)).rounded()) }
    let half = side / 2
    let quadrant = quadrant(of: side)
    let beyond = (1 + 4 * apertureSoftness) * aperture
    let isSymmetric = contrast != .differentialInterference && obliqueness == 0
    for row in 0..<side {
      for column in 0..<side / lanes {
        let place = row * (side / lanes) + column
        if frequencies[row].magnitude > beyond {
          spectrum.real[place] = .zero
          spectrum.imaginary[place] = .zero
          continue
        }
        var (c, s) = (SIMD16<Float>.zero, SIMD16<Float>.zero)
        for lane in 0..<lanes {
          let value = quadrant[steps[row] * (half + 1) + steps[column * lanes + lane]]
          c[lane] = value.real
          s[lane] = value.imaginary
        }
        if !isSymmetric {
          for lane in 0..<lanes where c[lane] != 0 || s[lane] != 0 {
            let other = frequencies[column * lanes + lane]
            let factor = factor(along: frequencies[row] * direction.x + other * direction.y)
            c[lane] *= factor
            s[lane] *= factor
          }
        }
        let (real, imaginary) = (spectrum.real[place], spectrum.imaginary[place])
        spectrum.real[place] = real * c - imaginary * s
        spectrum.imaginary[place] = real * s + imaginary * c
      }
    }
  }

  /// Transmissions at all squares of frequencies: `[side / 2 + 1]` rows and columns.
  private func quadrant(of side: Int) -> [(real: Float, imaginary: Float)] {
    let half = side / 2
    var quadrant = [(real: Float, imaginary: Float)](
      repeating: (0, 0), count: (half + 1) * (half + 1))
    let unit = 1 / Float(side * side)
    for y in 0...half {
      for x in y...half {
        let value = transmission(atSquare: Float(x * x + y * y) * unit)
        quadrant[y * (half + 1) + x] = value
        quadrant[x * (half + 1) + y] = value
      }
    }
    return quadrant
  }
}
