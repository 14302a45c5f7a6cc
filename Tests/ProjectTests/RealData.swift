import Foundation

/// Real data beside the package, if it is there.
let realData: URL? = {
  let given = ProcessInfo.processInfo.environment["AURA_TEST_DATA"].map { URL(filePath: $0) }
  let data =
    given ?? URL(filePath: #filePath).appending(path: "../../../../shared/data").standardized
  return FileManager.default.fileExists(atPath: data.path) ? data : nil
}()
