import Foundation
import Images
import Testing
import VisionTasks

@Suite struct TanhPolarWarpTests {
  static let width = 48
  static let height = 60

  /// Boxes of several proportions, both aspects, with and without rotation.
  static let warps: [TanhPolarWarp] = TanhPolarWarp.Aspect.allCases.flatMap { aspect in
    [0, 0.4, -2.5].flatMap { rotation in
      [
        TanhPolarWarp(left: 10, top: 20, right: 50, bottom: 60, aspect: aspect, rotation: rotation),
        TanhPolarWarp(left: 3, top: -8, right: 120, bottom: 21, aspect: aspect, rotation: rotation),
        TanhPolarWarp(left: 30.5, top: 2, right: 38, bottom: 90, aspect: aspect, rotation: rotation),
      ]
    }
  }

  static func distance(_ first: PlanePoint, _ second: PlanePoint) -> Double {
    hypot(first.x - second.x, first.y - second.y)
  }

  /// Column and row of a 64 x 64 map and the place in the picture that `Training/faces/warp.py` gives it.
  @Test(arguments: [
    (0, 0, 140.000000000, 116.000000000), (10, 5, 145.296919217, 121.355247750),
    (33, 17, 126.089692267, 149.069123262), (60, 40, 98.390841164, 37.118807887),
    (63, 63, 247.355508282, 137.966114866),
  ])
  func agreesWithTheTraining(column: Double, row: Double, x: Double, y: Double) {
    let warp = TanhPolarWarp(left: 100, top: 60, right: 180, bottom: 172, rotation: 0.3)
    let point = warp.picturePoint(ofMap: PlanePoint(x: column, y: row), width: 64, height: 64)
    #expect(Self.distance(point, PlanePoint(x: x, y: y)) < 1e-6)
  }

  @Test(arguments: warps)
  func firstColumnIsTheCenter(_ warp: TanhPolarWarp) {
    for row in 0..<Self.height {
      let point = warp.picturePoint(
        ofMap: PlanePoint(x: 0, y: Double(row)), width: Self.width, height: Self.height)
      #expect(Self.distance(point, warp.center) < 1e-12)
    }
    let center = warp.mapPoint(ofPicture: warp.center, width: Self.width, height: Self.height)
    #expect(center.x == 0 && center.y >= 0 && center.y <= Double(Self.height))
  }

  @Test(arguments: warps)
  func boxEllipseIsOneColumn(_ warp: TanhPolarWarp) {
    // The ellipse has the box's area, whatever its size.
    for degrees in stride(from: 0.0, to: 360, by: 7) {
      let angle = degrees * Double.pi / 180
      let (x, y) = (warp.radiusX * cos(angle), warp.radiusY * sin(angle))
      let (cosine, sine) = (cos(warp.rotation), sin(warp.rotation))
      let point = PlanePoint(
        x: warp.center.x + cosine * x - sine * y, y: warp.center.y + sine * x + cosine * y)
      let place = warp.mapPoint(ofPicture: point, width: Self.width, height: Self.height)
      #expect(abs(place.x - 0.7615941559557649 * Double(Self.width)) < 1e-9)
    }
  }

  @Test func ellipseHasTheAreaOfTheBox() {
    let warp = TanhPolarWarp(left: 3, top: -8, right: 120, bottom: 21)
    #expect(abs(Double.pi * warp.radiusX * warp.radiusY - 117 * 29) < 1e-9)
  }

  @Test(arguments: warps)
  func thereAndBackAgain(_ warp: TanhPolarWarp) {
    for row in 0..<Self.height {
      for column in 1..<Self.width {
        let start = PlanePoint(x: Double(column), y: Double(row))
        let picture = warp.picturePoint(ofMap: start, width: Self.width, height: Self.height)
        let place = warp.mapPoint(ofPicture: picture, width: Self.width, height: Self.height)
        // Angle 0 may come back as the full turn.
        let turn = abs(place.y - start.y)
        #expect(abs(place.x - start.x) < 1e-6)
        #expect(min(turn, Double(Self.height) - turn) < 1e-6)
      }
    }
  }

  @Test func aspectsDifferOnlyOffTheAxes() {
    let kept = TanhPolarWarp(left: 0, top: 0, right: 40, bottom: 80, aspect: .kept)
    let stretched = TanhPolarWarp(left: 0, top: 0, right: 40, bottom: 80, aspect: .stretched)
    // artanh(0.5) = 0.549306…; the half axis to the right is 40 / sqrt(pi).
    let right = PlanePoint(x: 24, y: 0)
    for warp in [kept, stretched] {
      let point = warp.picturePoint(ofMap: right, width: Self.width, height: Self.height)
      #expect(abs(point.x - (20 + 40 / Double.pi.squareRoot() * 0.5493061443340549)) < 1e-9)
      #expect(abs(point.y - 40) < 1e-9)
    }
    let diagonal = PlanePoint(x: 24, y: 7.5)
    let keptOffset = kept.picturePoint(ofMap: diagonal, width: Self.width, height: Self.height)
    let stretchedOffset = stretched.picturePoint(ofMap: diagonal, width: Self.width, height: Self.height)
    #expect(abs((keptOffset.y - 40) - (keptOffset.x - 20)) < 1e-9, "45 degrees stay 45 degrees")
    #expect(abs((stretchedOffset.y - 40) - 2 * (stretchedOffset.x - 20)) < 1e-9, "the box becomes a square")
  }

  /// A smooth picture without symmetry.
  static let picture: Image = {
    let pixels = (0..<72 * 72).flatMap { (index: Int) -> [UInt8] in
      let (x, y) = (Double(index % 72), Double(index / 72))
      return [UInt8(x * 3), UInt8(y * 3), UInt8(127 + 100 * sin(x / 9) * cos(y / 11))]
    }
    return Image(width: 72, height: 72, pixels: pixels)
  }()

  @Test(arguments: [1, 7, 59])
  func rotationShiftsTheRows(_ rows: Int) {
    // Holds for a square box, whose ellipse is a circle.
    let angle = 2 * Double.pi * Double(rows) / Double(Self.height)
    let upright = TanhPolarWarp(left: 20, top: 20, right: 52, bottom: 52)
      .map(of: Self.picture, width: Self.width, height: Self.height)
    let rotated = TanhPolarWarp(left: 20, top: 20, right: 52, bottom: 52, rotation: angle)
      .map(of: Self.picture, width: Self.width, height: Self.height)
    for row in 0..<Self.height {
      for column in 0..<Self.width {
        let (expected, actual) = (upright[column, (row + rows) % Self.height], rotated[column, row])
        #expect(abs(Int(expected.red) - Int(actual.red)) <= 1)
        #expect(abs(Int(expected.green) - Int(actual.green)) <= 1)
        #expect(abs(Int(expected.blue) - Int(actual.blue)) <= 1)
      }
    }
  }

  @Test(arguments: TanhPolarWarp.Aspect.allCases)
  func restoredPictureIsThePicture(_ aspect: TanhPolarWarp.Aspect) {
    let warp = TanhPolarWarp(left: 16, top: 10, right: 56, bottom: 62, aspect: aspect, rotation: 0.3)
    let map = warp.map(of: Self.picture, width: 256, height: 256)
    let reds = stride(from: 0, to: map.pixels.count, by: 3).map { Float(map.pixels[$0]) }
    let restored = warp.restored(reds, mapWidth: 256, mapHeight: 256, width: 72, height: 72)
    for y in 12..<60 {
      for x in 12..<60 {
        #expect(abs(restored[y * 72 + x] - Float(Self.picture[x, y].red)) < 2, "(\(x), \(y))")
      }
    }
  }

  @Test func beyondThePictureIsBlackAndBeyondTheMapIsNothing() {
    let corner = TanhPolarWarp(left: -30, top: -30, right: 10, bottom: 10)
      .map(of: Self.picture, width: Self.width, height: Self.height)
    let outside = corner[20, Self.height * 5 / 8]
    #expect(outside.red == 0 && outside.green == 0 && outside.blue == 0)
    let ones = [Float](repeating: 1, count: 16 * 16)
    let tiny = TanhPolarWarp(left: 0, top: 0, right: 2, bottom: 2)
      .restored(ones, mapWidth: 16, mapHeight: 16, width: 72, height: 72)
    #expect(tiny[0] == 1 && tiny[71 * 72 + 71] < 1e-6)
  }
}
