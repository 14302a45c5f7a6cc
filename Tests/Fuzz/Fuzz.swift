import CLibFuzzer
import Foundation

/// Throws bytes at one of Aura's readers for ever: `fuzz TARGET [libFuzzer's options and folders]`.
///
/// `.ci/fuzz` builds and runs it. Whatever comes in, a reader gives a value or throws its own error; a
/// trap, a read beyond a buffer, a hang or a law that does not hold ends the process, and libFuzzer
/// writes the bytes that did it.
@main
enum Fuzz {
  // libFuzzer calls back through C without a context; it is written once, before the first call.
  nonisolated(unsafe) fileprivate static var target = FuzzTarget.input

  static func main() {
    guard CommandLine.arguments.count > 1,
      let target = FuzzTarget(rawValue: CommandLine.arguments[1])
    else {
      let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
      print("fuzz: name a target: \(names)")
      exit(64)
    }
    unsafe self.target = target
    var arguments = CommandLine.arguments
    arguments.remove(at: 1)
    var copies: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let status = unsafe copies.withUnsafeMutableBufferPointer { buffer in
      var count = CInt(arguments.count)
      var start = buffer.baseAddress
      return unsafe LLVMFuzzerRunDriver(&count, &start, takeOneInput)
    }
    exit(status)
  }
}

/// Takes bytes of libFuzzer's; under this name its own `main`, which the linker takes along, asks for it.
@_cdecl("LLVMFuzzerTestOneInput")
func takeOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  unsafe Fuzz.target.take([UInt8](UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
