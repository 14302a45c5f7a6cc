import Foundation

/// Tells masks from images where names do not: of files of one name the ones with a few flat values are the
/// masks of the others.
///
/// Names are compared over all files, pixels of a few: three files of a kind, and no more than a few kinds.
struct MaskTwins {
  /// Whether a file's picture looks like a mask; nil where that cannot be told.
  let look: (String) -> Bool?

  /// So many files of a kind are decoded at most.
  private static let sampleCount = 3
  /// Where more kinds share their names, as the wells of a plate do, none is decoded.
  private static let mostKinds = 6

  /// What was found.
  struct Result {
    /// Masks among the paths.
    var masks: Set<String> = []
    /// Folders that hold them.
    var folders: Set<String> = []
    /// Images that are there a second time in a format that loses something.
    var copies: Set<String> = []
    /// The first of several images of one name in a folder.
    var doubles: Set<String> = []
  }

  /// Looks through the pictures of a folder.
  func find(among pictures: [RelativePath]) -> Result {
    var result = Result()
    findExtensions(among: pictures, &result)
    let rest = pictures.filter {
      !result.masks.contains($0.text) && !result.copies.contains($0.text)
    }
    findFolders(among: rest, &result)
    return result
  }

  // MARK: One folder, two extensions

  private func findExtensions(among pictures: [RelativePath], _ result: inout Result) {
    var groups: [String: [RelativePath]] = [:]
    for picture in pictures {
      groups["\(picture.folder)/\(picture.stem)", default: []].append(picture)
    }
    // Most folders have no two files of one name.
    guard groups.count < pictures.count else { return }
    let twins = groups.values.filter { $0.count > 1 }
    // What cannot be told in a folder is as in the one before that has the same kinds.
    var verdicts: [Set<String>: Set<String>] = [:]
    let folders = Dictionary(grouping: twins, by: { $0[0].folder }).sorted { $0.key < $1.key }
    for (_, twins) in folders {
      let sorted = twins.sorted { $0[0].text < $1[0].text }
      let kinds = Dictionary(grouping: sorted.joined(), by: \.fileExtension)
      let verdict = verdict(on: kinds) ?? verdicts[Set(kinds.keys)]
      verdicts[Set(kinds.keys)] = verdict
      let masks = verdict ?? []
      // Without a verdict nothing is called a copy of what may be its mask.
      let hasLossless = verdict != nil && !Self.lossy.isSuperset(of: kinds.keys)
      for (kind, files) in kinds {
        if masks.contains(kind) {
          result.masks.formUnion(files.map(\.text))
        } else if masks.isEmpty, hasLossless, Self.lossy.contains(kind) {
          result.copies.formUnion(files.map(\.text))
        }
      }
      guard masks.isEmpty else { continue }
      for files in sorted where files.count(where: { !result.copies.contains($0.text) }) > 1 {
        result.doubles.insert(files[0].text)
      }
    }
  }

  /// How files end whose format loses something, in small letters.
  private static let lossy: Set<String> = ["jpg", "jpeg"]

  // MARK: Two folders

  private func findFolders(among pictures: [RelativePath], _ result: inout Result) {
    guard Set(pictures.map(\.folder)).count > 1 else { return }
    // Files that differ in the name of one folder, by its place and by the rest of their paths.
    var groups: [Int: [String: [(folder: String, picture: RelativePath)]]] = [:]
    for picture in pictures {
      let folders = picture.folders
      for place in folders.indices {
        let folder = folders[...place].joined(separator: "/")
        let rest = (folders[..<place] + ["*"] + folders[(place + 1)...] + [picture.stem])
          .joined(separator: "/")
        groups[place, default: [:]][rest, default: []].append((folder, picture))
      }
    }
    for (_, groups) in groups {
      let twins = groups.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.flatMap(\.value)
      let kinds = Dictionary(grouping: twins) { String(RelativePath($0.folder).name) }
      let masks = masks(among: kinds.mapValues { $0.map(\.picture) })
      for twin in masks.flatMap({ kinds[$0] ?? [] }) {
        result.folders.insert(twin.folder)
        result.masks.insert(twin.picture.text)
      }
    }
  }

  // MARK: Pixels

  /// The kinds of files of which all that are looked at are masks, where others are not.
  private func masks(among kinds: [String: [RelativePath]]) -> Set<String> {
    verdict(on: kinds) ?? []
  }

  /// The same; nil where it cannot be told of a kind that is not lossy.
  private func verdict(on kinds: [String: [RelativePath]]) -> Set<String>? {
    guard (2...Self.mostKinds).contains(kinds.count) else { return [] }
    let votes = kinds.sorted { $0.key < $1.key }.map { ($0.key, vote(on: $0.value)) }
    guard votes.allSatisfy({ $0.1 != nil || Self.lossy.contains($0.0) }) else {
      let masks = votes.filter { $0.1 == true }
      return masks.isEmpty ? nil : Set(masks.map(\.0))
    }
    let masks = votes.filter { $0.1 == true }
    return masks.count < kinds.count ? Set(masks.map(\.0)) : []
  }

  /// Whether some files of a kind, spread over all, look like masks.
  func looksLikeMasks(_ files: [RelativePath]) -> Bool { vote(on: files) == true }

  /// The same; nil where none of them tells.
  private func vote(on files: [RelativePath]) -> Bool? {
    let count = min(files.count, Self.sampleCount)
    var votes = 0
    for index in 0..<count {
      // A blank picture says nothing.
      guard let vote = look(files[index * files.count / count].text) else { continue }
      if !vote { return false }
      votes += 1
    }
    return votes > 0 ? true : nil
  }
}
