import Basics
import Basics
import Foundation
import Testing

struct SHA256Tests {
  static func hash(_ data: Data) -> String {
    var hash = SHA256()
    hash.update(data)
    return hash.digits()
  }

  // FIPS 180-4 examples and NIST's SHAVS short and long messages.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopq"
        + "rsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func `SHA-256 gives NIST's answers`(text: String, digits: String) {
    #expect(Self.hash(Data(text.utf8)) == digits)
  }

  @Test func `a million letters hash the same in pieces of any size`() {
    let letters = Data(repeating: UInt8(ascii: "a"), count: 1_000_000)
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(Self.hash(letters) == expected)
    for size in [1, 63, 64, 65, 4_097] {
      var hash = SHA256()
      for start in stride(from: 0, to: letters.count, by: size) {
        hash.update(letters.dropFirst(start).prefix(size))
      }
      #expect(hash.digits() == expected, "\(size)")
    }
  }
}
