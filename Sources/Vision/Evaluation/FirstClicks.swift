import Foundation
import VisionTasks

/// First clicks given by a list instead of the simulator: lines `image,x,y` in pixels, `image` with or without an
/// extension.
public struct FirstClicks: Sendable {
  private let clicks: [String: [Click]]

  /// Reads a list.
  ///
  /// - Throws: `EvaluationError`.
  public init(path: String) throws(EvaluationError) {
    guard let data = FileManager.default.contents(atPath: path) else { throw .unreadableList(path: path) }
    try self.init(text: String(decoding: data, as: UTF8.self), path: path)
  }

  /// Reads a list's text; a first line that holds no numbers is taken as titles.
  ///
  /// - Throws: `EvaluationError.badLine`.
  package init(text: String, path: String) throws(EvaluationError) {
    var clicks: [String: [Click]] = [:]
    for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard fields.count == 3, let x = Double(fields[1]), let y = Double(fields[2]), x.isFinite, y.isFinite
      else {
        if index == 0 && fields.count == 3 { continue }
        throw .badLine(path: path, line: index + 1)
      }
      clicks[Self.stem(fields[0]), default: []].append(Click(x: x, y: y))
    }
    self.clicks = clicks
  }

  /// Returns, for each object of an image, its first click or nil, and the number of clicks that lie on no object.
  ///
  /// A sole object gets the image's first click wherever that lies.
  public func assigned(to objects: [LabelledObject], stem: String) -> (clicks: [Click?], unmatched: Int) {
    let listed = clicks[stem] ?? []
    if objects.count == 1 { return ([listed.first], 0) }
    var result = [Click?](repeating: nil, count: objects.count)
    var unmatched = 0
    for click in listed {
      if let index = objects.firstIndex(where: { $0.isInside(click) }) {
        result[index] = result[index] ?? click
      } else {
        unmatched += 1
      }
    }
    return (result, unmatched)
  }

  private static func stem(_ name: String) -> String {
    ((name as NSString).lastPathComponent as NSString).deletingPathExtension
  }
}

extension LabelledObject {
  /// Returns whether a click is on a pixel of the object.
  fileprivate func isInside(_ click: Click) -> Bool {
    let bounds = 0.0...1e9
    guard bounds.contains(click.x), bounds.contains(click.y) else { return false }
    let (x, y) = (Int(click.x), Int(click.y))
    return x < width && y < height && labels[y * width + x] == .inside
  }
}
