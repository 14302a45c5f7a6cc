import Basics
import Foundation
import Testing

struct PercentilesTests {
  @Test(arguments: ["0.1,99.9", "0,100", "2, 95", "1e-3,50"])
  func `two numbers in their order are percentiles, and are read as they are written`(
    text: String
  ) throws {
    let percentiles = try #require(Percentiles(text))
    #expect(Percentiles(percentiles.description) == percentiles)
    let json = try JSONEncoder().encode(percentiles)
    #expect(try JSONDecoder().decode(Percentiles.self, from: json) == percentiles)
  }

  @Test(arguments: ["", "5", "1,2,3", "99,1", "5,5", "-1,50", "50,101", "nan,5", "a,b", "1;2"])
  func `all else is none`(text: String) {
    #expect(Percentiles(text) == nil)
  }

  @Test(arguments: ["[99, 1]", "[1]", "[1, 2, 3]", "\"1,2\"", "[0, 101]", "{}"])
  func `nor is other JSON`(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Percentiles.self, from: Data(json.utf8))
    }
  }

  @Test func `the usual ones are those of the reference`() {
    #expect(Percentiles.usual == Percentiles(low: 0.1, high: 99.9))
    #expect("\(Percentiles.usual)" == "0.1,99.9")
  }
}
