import ArgumentParser

/// Whether images are seen mirrored too.
struct FlipOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: """
      Take the mean over an image and its three mirror images (test-time augmentation): a little \
      better and four times as long.
      """)
  var flips = true
}
