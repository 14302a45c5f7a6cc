import Screen

extension Viewer {
  /// The keys of a picture, for the screen that shows it; its hints have `rank` and those after it.
  static func bindings<Target>(
    zoomRank rank: Int, _ as: @escaping (Command) -> Target.Command
  ) -> [Binding<Target>] {
    [
      Binding<Target>(
        [
          .init("+", [.character("+"), .character("=")], `as`(.zoomIn), "zoom in"),
          .init("-", [.character("-"), .character("_")], `as`(.zoomOut), "zoom out"),
        ], "zoom"
      ).hint("zoom", rank).keepingStroke,
      Binding<Target>("0", `as`(.wholeImage), "whole image").hint("zoom", rank).keepingStroke,
      Binding<Target>("1", `as`(.pixelForPixel), "pixel for pixel")
        .hint("zoom", rank).keepingStroke,
    ]
  }

  /// The keys of the contrast.
  static func contrastBindings<Target>(
    rank: Int? = nil, _ as: @escaping (Command) -> Target.Command
  ) -> [Binding<Target>] {
    [
      Binding<Target>(
        [
          .init("c", `as`(.toggleContrast), "contrast stretched or full"),
          .init("C", `as`(.resetWindow), "contrast as at first"),
        ], "contrast full, as at first"
      ).hint("contrast", rank, keys: "c").keepingStroke,
      Binding<Target>(
        [
          .init("<", `as`(.narrowWindow), "more contrast"),
          .init(">", `as`(.widenWindow), "less contrast"),
        ], "more or less contrast"
      ).keepingStroke,
      Binding<Target>(
        [
          .init(",", `as`(.moveEnd(.black, by: -1)), "black end of the contrast lower"),
          .init(".", `as`(.moveEnd(.black, by: 1)), "black end of the contrast higher"),
          .init("(", `as`(.moveEnd(.white, by: -1)), "white end of the contrast lower"),
          .init(")", `as`(.moveEnd(.white, by: 1)), "white end of the contrast higher"),
        ], "black end, white end of it"
      ).keepingStroke,
    ]
  }

  /// The keys of the masks over a picture.
  static func maskBindings<Target>(
    hint: (label: String, rank: Int)? = nil, _ as: @escaping (Command) -> Target.Command
  ) -> [Binding<Target>] {
    [
      Binding<Target>("m", `as`(.toggleMask), "mask on or off").keepingStroke,
      Binding<Target>("x", `as`(.toggleOutline), "outline on or off").keepingStroke,
    ].map { $0.hint(hint?.label ?? "", hint?.rank) }
  }

  /// The keys that move a picture where no pen does.
  static func panBindings<Target>(
    rank: Int, _ as: @escaping (Command) -> Target.Command
  ) -> [Binding<Target>] {
    [
      Binding<Target>(
        [
          .init("h", [.left(shift: false), .character("h")], `as`(.pan(dx: -1, dy: 0)), "left"),
          .init("j", [.down(shift: false), .character("j")], `as`(.pan(dx: 0, dy: 1)), "down"),
          .init("k", [.up(shift: false), .character("k")], `as`(.pan(dx: 0, dy: -1)), "up"),
          .init("l", [.right(shift: false), .character("l")], `as`(.pan(dx: 1, dy: 0)), "right"),
        ], "move", separator: ""
      ).hint("move", rank).keepingStroke
    ]
  }
}
