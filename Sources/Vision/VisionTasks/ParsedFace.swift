import Foundation
import Images

/// A face and its parts.
public struct ParsedFace: Sendable {
  /// Where the face is.
  public var face: DetectedFace
  /// The 68 points of iBUG's 300-W in the picture's pixels; empty when no network for them is there.
  public var landmarks: [DetectedFace.Point]
  /// How the picture around the face was mapped; its places are centres of pixels.
  public var warp: TanhPolarWarp
  /// What the face parser saw: the picture warped.
  public var map: Image
  /// The parser's answer on the map.
  public var probabilities: PartProbabilities
  /// The part of the picture in which the face was looked for.
  public var region: PixelRect
  /// The likeliest part of each pixel of `region`, as the raw value of `FacePart`.
  public var parts: [UInt8]
  /// The probability of that part, as 0...255.
  public var confidences: [UInt8]
  /// Whether each pixel of `region` was found to show nobody; empty where nobody asked.
  package var isBeyondPeople: [Bool] = []

  /// Makes a face of a parser's answer.
  package init(
    _ face: DetectedFace, landmarks: [DetectedFace.Point], warp: TanhPolarWarp, map: Image,
    probabilities: PartProbabilities, in bounds: PixelRect
  ) {
    self.face = face
    self.landmarks = landmarks
    self.warp = warp
    self.map = map
    self.probabilities = probabilities
    region = warp.reach(ofColumns: probabilities.width, in: bounds)
    (parts, confidences) = FaceUnwarp(probabilities).parts(in: region, of: warp)
  }

  /// Returns the probability of each part at a pixel of the picture, in the order of `FacePart`.
  public func partProbabilities(x: Int, y: Int) -> [Float] {
    probabilities.interpolated(
      at: warp.mapPoint(
        ofPicture: PlanePoint(x: Double(x), y: Double(y)), width: probabilities.width,
        height: probabilities.height))
  }
}

extension TanhPolarWarp {
  /// Returns the part of a picture that a map of so many columns shows.
  func reach(ofColumns width: Int, in bounds: PixelRect) -> PixelRect {
    let radius = atanh(Double(width - 1) / Double(width)) * max(radiusX, radiusY)
    func whole(_ value: Double, _ limit: Int) -> Int { Int(min(max(value, 0), Double(limit))) }
    let left = whole((center.x - radius).rounded(.down), bounds.width)
    let top = whole((center.y - radius).rounded(.down), bounds.height)
    return PixelRect(
      x: left, y: top, width: whole((center.x + radius).rounded(.up) + 1, bounds.width) - left,
      height: whole((center.y + radius).rounded(.up) + 1, bounds.height) - top)
  }
}
