import Foundation

/// What a Zernike phase-contrast microscope lets pass, frequency by frequency (Zernike 1942).
///
/// Light that the specimen did not bend, and what it bent by less than the ring's radius, passes
/// the phase ring: it is attenuated and shifted by -pi/2. The rest up to the aperture passes as it
/// is. All of it gets the phase of the defocus. Halos and shade-off come from the second clause: slow
/// changes of the phase pass the ring like the background and lose their contrast.
struct Pupil: Sendable {
  /// Radius of the ring in cycles a pixel.
  var ringRadius: Float
  /// Width of the ring's soft edge as a part of its radius.
  var ringSoftness: Float
  /// The ring's amplitude transmission, 0...1.
  var ringAmplitude: Float
  /// Radius of the aperture in cycles a pixel.
  var aperture: Float
  /// Phase of the defocus in radians at 1 cycle a pixel, growing as the frequency squared.
  var defocus: Float

  /// The complex transmission at a frequency given by its square, in (cycles a pixel)^2.
  func transmission(atSquare square: Float) -> (real: Float, imaginary: Float) {
    let frequency = square.squareRoot()
    let cutOff = 0.02 * aperture
    let beyond = (frequency - aperture) / cutOff
    guard beyond < 4 else { return (0, 0) }
    let passed = beyond < -4 ? 1 : 1 / (1 + exp(2 * beyond))
    let outside = (frequency - ringRadius) / (ringSoftness * ringRadius)
    let ring = outside > 12 ? 0 : 1 / (1 + exp(outside))
    let direct = passed * (1 - ring)
    let shifted = -passed * ring * ringAmplitude  // exp(-i pi / 2) = -i
    let angle = defocus * square
    let (c, s) = (cos(angle), sin(angle))
    return (direct * c - shifted * s, direct * s + shifted * c)
  }

  /// Filters a spectrum as `FourierTransform.forward` leaves it.
  func filter(_ spectrum: inout FourierTransform.Field, of transform: FourierTransform) {
    let side = transform.side
    let lanes = FourierTransform.lanes
    let squares = (0..<side).map { transform.frequency(at: $0) * transform.frequency(at: $0) }
    // Only squares of frequencies count, so one quadrant holds all values there are.
    let half = side / 2
    let steps = (0..<side).map {
      Int((transform.frequency(at: $0).magnitude * Float(side)).rounded())
    }
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
    let beyond = (1.1 * aperture) * (1.1 * aperture)
    for row in 0..<side {
      for column in 0..<side / lanes {
        let place = row * (side / lanes) + column
        if squares[row] > beyond {
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
        let (real, imaginary) = (spectrum.real[place], spectrum.imaginary[place])
        spectrum.real[place] = real * c - imaginary * s
        spectrum.imaginary[place] = real * s + imaginary * c
      }
    }
  }
}
