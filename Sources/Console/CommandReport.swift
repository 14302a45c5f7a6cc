/// Tells how a command goes through its images: progress and failures on standard error, results on
/// standard output.
public struct CommandReport {
  /// How many images cannot be done.
  public private(set) var failures = 0
  private let total: Int
  private let isJSON: Bool
  private var done = 0
  private var line = ProgressLine.standardError()
  private var worst: Failure?

  /// Reports on so many images.
  public init(total: Int, isJSON: Bool) {
    self.total = total
    self.isJSON = isJSON
  }

  /// An image is done; `value` is its line of JSON, where that is asked for.
  public mutating func done(_ value: some Encodable, note: String) throws {
    if isJSON {
      do {
        try StandardStream.output.json(value)
      } catch {
        line.clear()
        throw error
      }
    }
    step(note)
  }

  /// An image cannot be done; the others go on.
  public mutating func failed(_ error: any Error) {
    let failure = Failure(error)
    line.interrupt(with: "aura: \(failure.text)")
    failures += 1
    worst = worst ?? failure
    step("")
  }

  /// Ends the report.
  ///
  /// - Throws: `Failure` where an image failed, after all others are done.
  public mutating func finish(_ text: String) throws {
    line.clear()
    if failures < total { StandardStream.error.line(text) }
    guard let worst else { return }
    throw Failure(worst.status, "\(failures) of \(total) images failed, see above")
  }

  private mutating func step(_ note: String) {
    done += 1
    line.show(done: Double(done), of: Double(total), note: "\(done)/\(total) \(note)")
  }
}
