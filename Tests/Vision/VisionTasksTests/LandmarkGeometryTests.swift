import Foundation
import Images
import Networks
import Testing
import VisionTasks

@Suite struct LandmarkGeometryTests {
  /// A frontal face of 100 pixels in iBUG's order: the jaw a half circle, brows, nose, eyes and mouth where they are.
  static let face: [DetectedFace.Point] = {
    var points = (0...16).map { index -> DetectedFace.Point in
      let angle = Double.pi * Double(index) / 16
      return DetectedFace.Point(x: 50 - 50 * cos(angle), y: 40 + 60 * sin(angle))
    }
    func add(_ count: Int, _ x: Double, _ y: Double, _ step: Double, down: Double = 0) {
      points += (0..<count).map {
        DetectedFace.Point(x: x + step * Double($0), y: y + down * Double($0))
      }
    }
    add(5, 10, 25, 7)
    add(5, 62, 25, 7)
    add(4, 50, 38, 0, down: 8)
    add(5, 40, 68, 5)
    add(6, 20, 38, 4)
    add(6, 60, 38, 4)
    add(20, 30, 80, 2)
    return points
  }()

  static func box(_ x: Double, _ y: Double, _ side: Double) -> Box {
    Box(x0: x - side / 2, y0: y - side / 2, x1: x + side / 2, y1: y + side / 2)
  }

  @Test func aFrontalFaceHasItsBoxAroundEyesNoseAndMouth() {
    let found = LandmarkGeometry.box(of: Self.face, in: Self.box(50, 55, 100))
    #expect(found.x0 > -20 && found.x1 < 120 && found.y0 > -20 && found.y1 < 120)
    #expect(found.x0 < 30 && found.x1 > 70 && found.y0 < 38 && found.y1 > 80)
    #expect(abs((found.x1 - found.x0) - (found.y1 - found.y0)) < 1e-9)
  }

  /// A moved, scaled and turned face has a moved and scaled box, its centre turned with it.
  @Test(arguments: [(0.0, 1.0, 0.0), (0.4, 1, 0), (0, 2.5, -30), (-0.6, 0.3, 200)])
  func theBoxFollowsTheFace(angle: Double, scale: Double, shift: Double) {
    func moved(_ x: Double, _ y: Double) -> DetectedFace.Point {
      DetectedFace.Point(
        x: scale * (cos(angle) * x - sin(angle) * y) + shift,
        y: scale * (sin(angle) * x + cos(angle) * y) + shift)
    }
    let start = LandmarkGeometry.box(of: Self.face, in: Self.box(50, 55, 100))
    let center = moved((start.x0 + start.x1) / 2, (start.y0 + start.y1) / 2)
    let points = Self.face.map { moved($0.x, $0.y) }
    let found = LandmarkGeometry.box(of: points, in: Self.box(center.x, center.y, 80 * scale))
    #expect(
      abs((found.x0 + found.x1) / 2 - center.x) < 1e-6 && abs((found.y0 + found.y1) / 2 - center.y) < 1e-6)
    #expect(abs(found.x1 - found.x0 - scale * (start.x1 - start.x0)) < 1e-6)
    #expect(abs((LandmarkGeometry.roll(of: points) ?? 9) - angle) < 1e-6)
  }

  /// Without points, and where they lie elsewhere or all in one place, the detector's box stays.
  @Test func theDetectorsBoxStaysWithoutUsefulPoints() {
    let box = Self.box(500, 400, 90)
    let nowhere = [DetectedFace.Point](repeating: DetectedFace.Point(x: 500, y: 400), count: 68)
    for points in [[], Self.face, nowhere] {
      #expect(LandmarkGeometry.box(of: points, in: box) == box)
    }
    #expect(LandmarkGeometry.roll(of: []) == nil)
  }
}
