import Foundation
import TerminalScreen
import VisionTasks

/// What `vignette faces` prints of a photo.
struct FaceReport: Encodable {
  private struct Face: Encodable {
    /// Left, top, right, bottom in pixels.
    var box: [Double]
    var confidence: Double
    /// Degrees by which the head is turned clockwise.
    var roll: Double
    var isCut: Bool
    /// Eyes, nose, corners of the mouth: x and y in pixels.
    var points: [[Double]]
    /// The 68 points of iBUG's 300-W.
    var landmarks: [[Double]]
  }

  private struct Class: Encodable {
    var number: Int
    var name: String
    var pixels: Int
    var share: Double
    var meanConfidence: Double
  }

  private struct Latency: Encodable {
    var detect, people, landmarks, warp, parse, unwarp, total: Double
  }

  private let image: String
  private let width, height: Int
  private let faces: [Face]
  private let classes: [Class]
  private let latency: Latency
  var output: String?
  var layers: [String: String] = [:]

  init(_ parsing: FaceParsing, image: String) {
    self.image = image
    width = parsing.width
    height = parsing.height
    faces = parsing.faces.map { parsed in
      let face = parsed.face
      return Face(
        box: [face.box.x0, face.box.y0, face.box.x1, face.box.y1].map(Self.rounded),
        confidence: face.confidence, roll: Self.rounded(face.roll * 180 / Double.pi),
        isCut: face.isCut(width: parsing.width, height: parsing.height),
        points: face.points.map { [Self.rounded($0.x), Self.rounded($0.y)] },
        landmarks: parsed.landmarks.map { [Self.rounded($0.x), Self.rounded($0.y)] })
    }
    classes = parsing.figures.map {
      Class(
        number: Int($0.part.rawValue), name: $0.part.name, pixels: $0.pixels, share: $0.share,
        meanConfidence: $0.meanConfidence)
    }
    let times = parsing.latency
    latency = Latency(
      detect: times.detect, people: times.people, landmarks: times.landmarks, warp: times.warp,
      parse: times.parse,
      unwarp: times.unwarp, total: times.total)
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// The same for people.
  var text: String {
    let name = VisibleText.visible(image)
    let time = String(format: "%.1f ms", latency.total)
    guard !faces.isEmpty else { return "\(name): no face found, \(time)" }
    let places = faces.enumerated().map { index, face in
      let box = face.box.map { Int($0) }
      let cut = face.isCut ? ", cut by the border" : ""
      let sure = String(format: "%.2f", face.confidence)
      return
        "  face \(index + 1)  \(box[2] - box[0])×\(box[3] - box[1]) at \(box[0]),\(box[1])  sure \(sure)\(cut)"
    }
    let table = classes.filter { $0.pixels > 0 }.map { line in
      let title = line.name.padding(toLength: 12, withPad: " ", startingAt: 0)
      return String(
        format: "  %@ %9d pixels %6.2f %%  sure %.2f", title, line.pixels, 100 * line.share,
        line.meanConfidence)
    }
    let title = "\(name): \(faces.count) \(faces.count == 1 ? "face" : "faces"), \(time)"
    let written = [output.map { "  \(VisibleText.visible($0))" }].compactMap { $0 }
    return ([title] + places + table + written).joined(separator: "\n")
  }
}
