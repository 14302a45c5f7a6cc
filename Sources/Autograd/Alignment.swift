/// Floats of a cache line: what starts on one shares no line with what lies before it.
private let lineFloats = 16

/// Floats rounded up to a cache line.
func padded(_ count: Int) -> Int { (count + lineFloats - 1) / lineFloats * lineFloats }
