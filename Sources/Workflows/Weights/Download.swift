import Foundation
import FoundationNetworking
import Synchronization

/// One request for a file, written as it comes behind what an earlier one brought.
///
/// The session's threads call it; the thread that waits reads `progress`.
///
/// Kept by hand over `URLSession`: async-http-client costs minutes of a clean build for this one request.
final class Download: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var progress: DownloadProgress
    var trouble: DownloadTrouble?
  }

  /// Larger files are not fetched.
  static let largest = 1 << 30

  private let part: URL
  private let start: Int
  private let state: Mutex<State>
  private let ended = DispatchSemaphore(value: 0)

  /// Goes on behind the `start` bytes of a part, or begins it.
  private init(part: URL, start: Int) {
    self.part = part
    self.start = start
    state = Mutex(State(progress: DownloadProgress(received: start, total: nil)))
  }

  /// Gets a file, going on with what is there of it.
  ///
  /// Its bytes go into `part`, whose folder is there; `show` is told how far it is, ten times a second, on
  /// the caller's thread.
  ///
  /// - Throws: why it did not come; what came of it stays for another time.
  static func run(
    _ address: URL, to part: URL, show: (DownloadProgress) -> Void
  ) throws(DownloadTrouble) {
    let start = part.bytes
    do {
      try Download(part: part, start: start).run(address, show)
    } catch .otherFile where start > 0 {
      try? FileManager.default.removeItem(at: part)
      try Download(part: part, start: 0).run(address, show)
    }
  }

  private func run(_ address: URL, _ show: (DownloadProgress) -> Void) throws(DownloadTrouble) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = 30
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    var request = URLRequest(url: address)
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if start > 0 { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }
    session.dataTask(with: request).resume()
    while ended.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      show(state.withLock { $0.progress })
    }
    let (progress, trouble) = state.withLock { ($0.progress, $0.trouble) }
    show(progress)
    if let trouble { throw trouble }
    if let total = progress.total, progress.received < total {
      throw .connection("the connection broke off")
    }
  }

  /// Looks at the answer's head before anything is written.
  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    do throws(DownloadTrouble) {
      let first = try firstByte(of: response)
      try prepare(keeping: first)
      let length = Int(response.expectedContentLength)
      state.withLock {
        $0.progress = DownloadProgress(received: first, total: length < 0 ? nil : first + length)
      }
      completionHandler(.allow)
    } catch {
      fail(error)
      completionHandler(.cancel)
    }
  }

  /// Writes what came.
  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    guard state.withLock({ $0.trouble == nil }) else { return }
    let received = state.withLock { $0.progress.received }
    guard received + data.count <= Self.largest else {
      fail(.tooLarge)
      return dataTask.cancel()
    }
    do {
      let handle = try FileHandle(forWritingTo: part)
      defer { try? handle.close() }
      try handle.seekToEnd()
      try handle.write(contentsOf: data)
      state.withLock { $0.progress.received += data.count }
    } catch {
      fail(.disk(error.localizedDescription))
      dataTask.cancel()
    }
  }

  /// Ends the wait.
  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    if let error { fail(.connection(error.localizedDescription)) }
    ended.signal()
  }

  /// Where in the file an answer begins.
  private func firstByte(of response: URLResponse) throws(DownloadTrouble) -> Int {
    guard let answer = response as? HTTPURLResponse else { throw .status(0) }
    switch answer.statusCode {
    case 200: return 0
    case 206:
      let range = answer.value(forHTTPHeaderField: "Content-Range") ?? ""
      guard range.hasPrefix("bytes \(start)-") else { throw .otherFile }
      return start
    // The part is as long as the file, or longer: begin anew, unless it is the whole file.
    case 416: throw .otherFile
    default: throw .status(answer.statusCode)
    }
  }

  private func prepare(keeping count: Int) throws(DownloadTrouble) {
    do {
      if !FileManager.default.fileExists(atPath: part.path) { try Data().write(to: part) }
      let handle = try FileHandle(forWritingTo: part)
      defer { try? handle.close() }
      try handle.truncate(atOffset: UInt64(count))
    } catch {
      throw .disk(error.localizedDescription)
    }
  }

  /// The first trouble counts: what is cancelled because of it says so again.
  private func fail(_ trouble: DownloadTrouble) {
    state.withLock { $0.trouble = $0.trouble ?? trouble }
  }
}

/// How far a file is.
public struct DownloadProgress: Equatable, Sendable {
  /// Bytes on disk.
  public var received: Int
  /// Bytes in all, where the server says it.
  public var total: Int?
}
