import Foundation
import Images
import Testing
import VisionTasks

@Suite struct FaceUnwarpTests {
  /// Smooth logits of 64 radii by 48 angles in which each part is likeliest somewhere.
  static let probabilities: PartProbabilities = {
    let (width, height) = (64, 48)
    let logits = (0..<width * height * PartProbabilities.count).map { index -> Float in
      let (place, part) = (index / PartProbabilities.count, index % PartProbabilities.count)
      let (column, row) = (Double(place % width), Double(place / width))
      let angle = 2 * Double.pi * row / Double(height)
      return Float(
        6 * sin(column / 9 + Double(part)) * cos(angle + Double(part * part)) - (part == 0 ? 2 : 0))
    }
    return PartProbabilities(width: width, height: height, logits: logits)
  }()

  @Test func probabilitiesSumToOne() {
    for start in stride(from: 0, to: Self.probabilities.values.count, by: PartProbabilities.count) {
      let sum = Self.probabilities.values[start..<start + PartProbabilities.count].reduce(0, +)
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  /// Against the exact inverse warp and interpolation of all probabilities, pixel by pixel.
  @Test(arguments: [
    TanhPolarWarp(left: 30, top: 20, right: 70, bottom: 80),
    TanhPolarWarp(left: 30.5, top: 20, right: 70, bottom: 60, rotation: 0.7),
    TanhPolarWarp(left: -20, top: 50, right: 40, bottom: 80, aspect: .stretched, rotation: -2),
  ])
  func agreesWithTheExactInverse(_ warp: TanhPolarWarp) {
    let rect = PixelRect(x: 3, y: 5, width: 150, height: 110)
    let (parts, confidences) = FaceUnwarp(Self.probabilities).parts(in: rect, of: warp)
    for y in 0..<rect.height {
      for x in 0..<rect.width {
        let place = warp.mapPoint(
          ofPicture: PlanePoint(x: Double(rect.x + x), y: Double(rect.y + y)), width: 64, height: 48)
        // The centre of the box has every angle, and here every angle has other parts.
        guard place.x > 0 else { continue }
        let expected = Self.probabilities.interpolated(at: place)
        let (part, confidence) = (
          Int(parts[y * rect.width + x]), Float(confidences[y * rect.width + x]) / 255
        )
        // Where two parts are nearly as likely either may be named.
        #expect(expected[part] > expected.max()! - 0.01, "(\(x), \(y))")
        #expect(abs(confidence - expected[part]) < 0.02, "(\(x), \(y))")
      }
    }
  }

  @Test func beyondTheMapIsBackground() {
    let ones = PartProbabilities(
      width: 32, height: 16,
      values: (0..<32 * 16).flatMap { _ in [Float](arrayLiteral: 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0) })
    let warp = TanhPolarWarp(left: 90, top: 90, right: 110, bottom: 110)
    let rect = PixelRect(x: 0, y: 0, width: 200, height: 200)
    let (parts, confidences) = FaceUnwarp(ones).parts(in: rect, of: warp)
    #expect(parts[100 * 200 + 100] == FacePart.skin.rawValue && confidences[100 * 200 + 100] == 255)
    #expect(parts[0] == 0 && confidences[0] >= 254)
    #expect(ones.interpolated(at: PlanePoint(x: 31.5, y: 3))[0] == 0.5)
  }

  @Test func entropyIsHighestWhereAllIsEquallyLikely() {
    let count = PartProbabilities.count
    let even = [Float](repeating: 1 / Float(count), count: count)
    let sure = [Float](arrayLiteral: 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)
    let map = PartProbabilities(width: 2, height: 1, values: even + sure)
    #expect(abs(map.uncertainties[0] - 1) < 1e-5 && map.uncertainties[1] == 0)
  }
}
