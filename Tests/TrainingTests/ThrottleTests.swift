import Recipes
import Testing

@testable import Training

struct ThrottleTests {
  @Test func `large files are written twenty seconds apart and at most a twentieth of the time`() {
    let start = ContinuousClock.now
    var throttle = Throttle(shortest: 20, from: start)
    #expect(!throttle.allows(start.advanced(by: .seconds(19))))
    #expect(throttle.allows(start.advanced(by: .seconds(20))))

    let quick = start.advanced(by: .seconds(30))
    throttle.note(from: quick, to: quick.advanced(by: .seconds(0.5)))
    #expect(!throttle.allows(quick.advanced(by: .seconds(20))))
    #expect(throttle.allows(quick.advanced(by: .seconds(20.5))))

    let slow = start.advanced(by: .seconds(60))
    throttle.note(from: slow, to: slow.advanced(by: .seconds(5)))
    #expect(!throttle.allows(slow.advanced(by: .seconds(104))))
    #expect(throttle.allows(slow.advanced(by: .seconds(105))))
  }
}
