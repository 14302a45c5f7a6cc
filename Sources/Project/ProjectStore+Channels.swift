import Imaging
public import Recipes

extension ProjectStore {
  /// Looks at the channel after the one that is looked at of an image, in all images that have it.
  ///
  /// Of a picture of colours these are red, green, blue and their grey by turns. The project keeps that, where it
  /// can be written.
  ///
  /// - Returns: a line for the user.
  /// - Throws: `ProjectError.oneChannel` where there is no other, or what cannot be written.
  public func showNextChannel(of key: ImageKey) throws(ProjectError) -> String {
    let image = try source(of: key)
    let (channel, name) = try image.nextChannel()
    let (sources, notices) = try ChannelVote(ChannelChoice(channel))
      .decide(self.sources.map(\.plain), in: images)
    if !place.isReadOnly {
      try update {
        $0.channel = channel == .automatic ? nil : channel
        // Cells look otherwise in another channel.
        $0.foundSize = nil
      }
    }
    look(at: sources)
    let count = sources.count { $0.planes.count == image.planes.count }
    let lines =
      ["\(name) is looked at, of \(count) image\(count == 1 ? "" : "s")"]
      + (image.planes.count > 1 ? notices : [])
    if place.isReadOnly {
      return lines.joined(separator: "; ") + ", until you leave"
    }
    return lines.joined(separator: "; ") + "; the project keeps that, o goes on"
  }
}

extension ImageSource {
  /// The same image as it is before anything is chosen of it.
  fileprivate var plain: ImageSource { ImageSource(key: key, planes: planes) }

  /// What comes after what is looked at, and what it is called.
  fileprivate func nextChannel() throws(ProjectError) -> (Channel, String) {
    if planes.count > 1 {
      let place = (channel + 1) % planes.count
      let names = planes.map { $0.channelName?.lowercased() }
      let name = planes[place].channelName
      let isOwn = names.count { $0 == name?.lowercased() } == 1
      let text = ChannelVote.names(in: self)[place]
      // A name means the same in images with more channels or fewer.
      if let name, isOwn, Channel(name)?.place(in: self) == place { return (.name(name), text) }
      return (.number(place), text)
    }
    guard (try? ImageFile.contents(of: file))?.isColor == true else { throw .oneChannel(key) }
    return switch color {
    case nil: (.name("red"), "red")
    case .red: (.name("green"), "green")
    case .green: (.name("blue"), "blue")
    case .blue: (.automatic, "the grey of all colours")
    }
  }
}
