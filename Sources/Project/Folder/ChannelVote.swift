import Foundation

/// Decides which channel of a folder's images is looked at.
///
/// What has as many channels of the same names is decided together, so that a time-lapse is looked at in
/// one channel: by what a microscope calls it, else by the contrast of a few files.
struct ChannelVote {
  /// Which channel is wanted.
  private let channel: Channel
  /// How the user asks for another, for messages.
  private let option: String
  /// The channel of an image that shows cells best where nothing is stained; nil where that cannot be told.
  private let look: (ImageSource) -> Int?

  /// Decides as the user says it, or by what `reader` sees.
  init(_ choice: ChannelChoice, reader: PictureReader = PictureReader()) {
    (channel, option) = (choice.channel ?? .automatic, choice.option)
    look = reader.channel
  }

  /// So many files are decoded at most.
  private static let fileCount = 8

  /// What some images have in common.
  private struct Layout: Hashable {
    let names: [String?]

    init(_ image: ImageSource) { names = image.planes.map { $0.channelName?.lowercased() } }
  }

  /// The images, each with the channel that is looked at, and lines for the user.
  ///
  /// - Throws: `ProjectError.noChannel` where no image has the one that is wanted.
  func decide(
    _ images: [ImageSource], in folder: URL
  ) throws(ProjectError) -> (images: [ImageSource], notices: [String]) {
    let several = images.indices.filter { images[$0].planes.count > 1 }
    guard let first = several.first else {
      return (channel.color.map { color in images.map { $0.showing(color) } } ?? images, [])
    }
    var result = images
    var undecided: [Int] = []
    for index in several {
      if let place = channel.place(in: images[index]) {
        result[index] = images[index].showing(place)
      } else {
        undecided.append(index)
      }
    }
    if undecided.isEmpty { return (result, []) }
    guard channel == .automatic || undecided.count < several.count else {
      throw .noChannel("\(channel)", folder: folder.path, known: Self.names(in: images[first]))
    }
    var notices: [String] = []
    if channel != .automatic {
      let image = images[undecided[0]]
      notices.append(
        "\(undecided.count) image\(undecided.count == 1 ? " has" : "s have") no channel '\(channel)',"
          + " such as '\(image.key)', which has \(Self.names(in: image).joined(separator: ", "))")
    }
    let groups = groups(of: undecided, images)
    let verdicts = verdicts(on: groups.map { $0.map { images[$0] } })
    for (group, verdict) in zip(groups, verdicts) {
      for index in group {
        result[index] = images[index].showing(verdict.channel(of: images[index]))
      }
      notices.append(notice(verdict, images[group[0]]))
    }
    return (result, notices)
  }

  /// Places of images that are decided together, in their order.
  private func groups(of places: [Int], _ images: [ImageSource]) -> [[Int]] {
    var groups: [[Int]] = []
    var known: [Layout: Int] = [:]
    for place in places {
      let layout = Layout(images[place])
      if let group = known[layout] {
        groups[group].append(place)
      } else {
        known[layout] = groups.count
        groups.append([place])
      }
    }
    return groups
  }

  /// `c0 'DAPI'`, `c1`, ...
  static func names(in image: ImageSource) -> [String] {
    image.planes.enumerated().map { place, plane in
      "c\(place)" + (plane.channelName.map { " '\($0)'" } ?? "")
    }
  }
}

// MARK: The verdict

extension ChannelVote {
  /// What was found out about images that are decided together.
  private struct Verdict {
    /// The channel of all of them, but for those in `own`.
    var channel = 0
    /// By what it was chosen.
    var reason = "the first, as their contrast does not tell"
    /// Channels of files that differ, where all files were looked at.
    var own: [URL: Int] = [:]

    func channel(of image: ImageSource) -> Int { own[image.firstPlane.file] ?? channel }
  }

  /// What is found out about each group of images, of few files that are spread over all.
  private func verdicts(on groups: [[ImageSource]]) -> [Verdict] {
    let files = groups.map { group in
      group.indices.filter {
        $0 == 0 || group[$0].firstPlane.file != group[$0 - 1].firstPlane.file
      }.map { group[$0] }
    }
    let named = groups.map { Self.named(in: $0[0]) }
    var shares = groups.map { _ in 0 }
    var left = Self.fileCount
    // Each group gets one more by turns, as long as there are any.
    while left > 0 {
      let open = groups.indices.filter { named[$0] == nil && shares[$0] < files[$0].count }
      guard !open.isEmpty else { break }
      for group in open.prefix(left) { shares[group] += 1 }
      left -= min(left, open.count)
    }
    return groups.indices.map { group in
      if let channel = named[group] { return Verdict(channel: channel, reason: "by its name") }
      return verdict(on: files[group], looking: shares[group])
    }
  }

  private func verdict(on files: [ImageSource], looking count: Int) -> Verdict {
    let samples = (0..<count).map { files[$0 * files.count / count] }
    let votes = samples.compactMap { image in
      look(image).map { (file: image.firstPlane.file, channel: $0) }
    }
    let counts = Dictionary(votes.map { ($0.channel, 1) }, uniquingKeysWith: +)
    guard let most = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }) else {
      return Verdict()
    }
    var verdict = Verdict(channel: most.key, reason: "by its contrast")
    guard most.value < votes.count else { return verdict }
    if samples.count == files.count {
      verdict.own = Dictionary(votes.map { ($0.file, $0.channel) }) { first, _ in first }
    } else {
      verdict.reason += " in \(most.value) of \(votes.count) files that were looked at"
    }
    return verdict
  }

  /// The one channel of an image that is called as light that goes through cells.
  private static func named(in image: ImageSource) -> Int? {
    let named = image.planes.indices.filter { place in
      image.planes[place].channelName.map(isUnstained) ?? false
    }
    return named.count == 1 ? named[0] : nil
  }

  private func notice(_ verdict: Verdict, _ image: ImageSource) -> String {
    let names = Self.names(in: image)
    guard verdict.own.isEmpty else {
      let counts = Dictionary(verdict.own.values.map { ($0, 1) }, uniquingKeysWith: +)
      let parts = counts.sorted { $0.key < $1.key }
        .map { "\(names[$0.key]) in \($0.value) file\($0.value == 1 ? "" : "s")" }
      return "\(names.count) channels: looked at, by contrast, is \(parts.joined(separator: ", "))"
        + (option.isEmpty ? "" : "; \(option) N takes one for all")
    }
    let other = names.count == 2 ? "\(1 - verdict.channel) takes the other" : "N takes another"
    return "\(names.count) channels: \(names[verdict.channel]) is looked at, \(verdict.reason)"
      + (option.isEmpty ? "" : "; \(option) \(other)")
  }

  /// Whether a channel's name is one of light that goes through cells.
  private static func isUnstained(_ name: String) -> Bool {
    let name = name.lowercased()
    let words = name.split { !$0.isLetter && !$0.isNumber }
    return ["phase", "bright", "transmi"].contains(where: name.contains)
      || words.contains {
        ["bf", "dic", "tl", "td", "trans", "ph", "ph1", "ph2", "ph3"].contains($0)
      }
  }
}
