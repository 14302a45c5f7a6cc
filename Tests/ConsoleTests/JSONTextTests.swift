import Testing

@testable import Console

struct JSONTextTests {
  @Test func `an object has its names in order, and none for what is nil`() throws {
    let nothing: Double? = nil
    let object: JSONObject = ["b": 1, "loss": nothing, "a": ["x/y"], "share": Double?(0.5)]
    #expect(
      try ResultStream.json(object, isIndented: false) == #"{"a":["x/y"],"b":1,"share":0.5}"#)
  }
}
