import Foundation
import Images
import VisionTasks
import WorkbenchCore

extension Scene {
  /// The matte of the rectangle that `mask` shows.
  static let portraitFound = PeopleAction.portraitFound(
    path: "samples/astronaut.jpg",
    People.Portrait(
      PortraitMatte(
        mask: mask,
        probabilities: ProbabilityMap(
          width: 1, height: 1, values: [1], crop: PixelRect(x: 0, y: 0, width: 640, height: 480)),
        latency: StageLatency(encode: 1.25, network: 4.5, mask: 2.75))), nil)

  /// Two faces of skin with a nose, the second cut by the border.
  static let facesFound: PeopleAction = {
    let faces = [face(x: 320, y: 240, side: 120), face(x: 620, y: 100, side: 80)]
    let parsing = FaceParsing(width: 640, height: 480, faces: faces)
    return .facesFound(
      path: "samples/astronaut.jpg",
      People.Faces(parsing: parsing, uncertainties: parsing.uncertainties))
  }()

  private static func face(x: Double, y: Double, side: Double) -> ParsedFace {
    let (width, height) = (64, 64)
    let logits = (0..<width * height).flatMap { place -> [Float] in
      let radius = Double(place % width) / Double(width)
      var logits = [Float](repeating: -4, count: FacePart.allCases.count)
      logits[Int(FacePart.nose.rawValue)] = radius < 0.3 ? 3 : -3
      logits[Int(FacePart.skin.rawValue)] = radius < 0.76 ? 1 : -3
      logits[0] = radius < 0.76 ? -2 : 2
      return logits
    }
    let box = Box(x0: x - side / 2, y0: y - side / 2, x1: x + side / 2, y1: y + side / 2)
    let points = [(-0.2, -0.1), (0.2, -0.1), (0, 0.05), (-0.15, 0.25), (0.15, 0.25)].map {
      DetectedFace.Point(x: x + $0.0 * side, y: y + $0.1 * side)
    }
    let warp = TanhPolarWarp(left: box.x0, top: box.y0, right: box.x1, bottom: box.y1)
    return ParsedFace(
      DetectedFace(box: box, confidence: 0.9, points: points), landmarks: [], warp: warp,
      map: warp.map(of: picture, width: width, height: height),
      probabilities: PartProbabilities(width: width, height: height, logits: logits), in: picture.bounds)
  }
}
