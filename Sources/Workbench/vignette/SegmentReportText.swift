import Foundation
import Images
import VisionTasks

/// What `vignette segment` prints.
struct SegmentReportText {
  private struct Fields: Encodable {
    var width: Int
    var height: Int
    var area: Int
    /// Left, top, width, height; nil for an empty mask.
    var boundingBox: [Int]?
    var predictedIoU: Double
    var latency: StageLatency
    var mask: String?

    enum Key: String, CodingKey { case width, height, area, boundingBox, predictedIoU, latency, mask }

    /// Absent values are written as null, so that every object has the same keys.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(width, forKey: .width)
      try container.encode(height, forKey: .height)
      try container.encode(area, forKey: .area)
      try container.encode(boundingBox, forKey: .boundingBox)
      try container.encode(predictedIoU, forKey: .predictedIoU)
      try container.encode(latency, forKey: .latency)
      try container.encode(mask, forKey: .mask)
    }
  }

  private let fields: Fields

  init(_ segmentation: Segmentation, maskPath: String?) {
    let mask = segmentation.mask
    fields = Fields(
      width: mask.width, height: mask.height, area: mask.area,
      boundingBox: mask.boundingBox.map { [$0.x, $0.y, $0.width, $0.height] },
      predictedIoU: segmentation.predictedIoU, latency: segmentation.latency, mask: maskPath)
  }

  func json() throws -> String { try JSONText.encode(fields) }

  /// The same for people, one fact per line.
  var text: String {
    let box = fields.boundingBox.map { "\($0[2])×\($0[3]) at \($0[0]),\($0[1])" } ?? "nothing"
    let latency = fields.latency
    let times = String(
      format: "encode %.1f, network %.1f, mask %.1f", latency.encode, latency.network, latency.mask)
    return """
      mask          \(fields.mask ?? "not written; name it with --output")
      image         \(fields.width)×\(fields.height)
      area          \(fields.area) pixels
      bounding box  \(box)
      predicted IoU \(String(format: "%.3f", fields.predictedIoU))
      milliseconds  \(times)
      """
  }
}

/// JSON as all commands print it: keys in alphabetical order.
enum JSONText {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
