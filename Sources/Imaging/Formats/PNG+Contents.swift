extension PNG {
  /// What the chunks before the pixels say, without libpng: a folder of thousands of files is listed by them.
  static func contents(_ bytes: PictureBytes) throws(ImagingError) -> ImageContents {
    let name = bytes.name
    // Usually all that is needed; a large colour profile may come first.
    let start = try bytes.read(at: 0, count: 4096)
    guard start.count >= 33, start[12...].starts(with: "IHDR".utf8) else {
      throw .damaged(file: name, reason: "it has no header")
    }
    let (width, height) = (number(start, at: 16), number(start, at: 20))
    guard (1...0x7fff_ffff).contains(width), (1...0x7fff_ffff).contains(height) else {
      throw .damaged(file: name, reason: "it says it is \(width)x\(height)")
    }
    let kind = start[25]
    var contents = ImageContents(width: width, height: height, bits: Int(start[24]))
    contents.isColor = kind == 2 || kind == 6
    var at = 33
    while true {
      let chunk = try bytes.read(at: at, count: 8 + 768, within: start)
      guard chunk.count >= 12 else { return contents }
      let (length, body) = (number(chunk, at: 0), chunk.dropFirst(8))
      if chunk[4...].starts(with: "IDAT".utf8) { return contents }
      if chunk[4...].starts(with: "pHYs".utf8), length == 9, body.count > 9, body[16] == 1 {
        let (across, down) = (Double(number(chunk, at: 8)), Double(number(chunk, at: 12)))
        contents.pixelSize = .printed(x: 1e6 / across, y: 1e6 / down)
      }
      if kind == 3, chunk[4...].starts(with: "PLTE".utf8), body.count >= length, length <= 768 {
        let palette = Palette(Array(body.prefix(length)), isMeasured: false)
        if let remark = palette.remark { contents.remarks.append(remark) }
      }
      at += 12 + length
    }
  }
}

extension PictureBytes {
  /// Bytes from an offset on, from the start of the file where that holds them.
  fileprivate func read(
    at offset: Int, count: Int, within start: [UInt8]
  ) throws(ImagingError) -> [UInt8] {
    let isHeld = offset + count <= start.count || start.count == self.count
    guard !isHeld else { return Array(start.dropFirst(offset).prefix(count)) }
    return try read(at: offset, count: count)
  }
}
