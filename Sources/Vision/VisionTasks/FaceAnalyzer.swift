import Foundation
import Images
import InferenceEngine
import Networks

/// Finds the faces of a picture and tells their parts apart.
///
///     let analyzer = try FaceAnalyzer(networks)
///     let parsing = try await analyzer.parse(photo)
///     parsing.figures.first { $0.part == .hair }?.share
///
/// A detector finds boxes and five points; landmarks, if their network is there, say more exactly where it lies and how it is turned;
/// the parser sees the picture through a tanh-polar warp around each box, turned so that the eyes are level. The portrait
/// network, if it is there, is a second opinion: what it sees nobody at is no face and no part of one.
public actor FaceAnalyzer {
  /// The networks that the work needs.
  public struct NetworkSet: Sendable {
    /// The face detector for each size of its square input, the smallest first.
    public var detectors: [Graph]
    /// The network of the 68 points, if there is one.
    public var landmarks: Graph?
    /// The face parser.
    public var parser: Graph
    /// A portrait network, if there is one.
    public var portrait: Graph?

    /// Makes a set.
    public init(detectors: [Graph], landmarks: Graph?, parser: Graph, portrait: Graph?) {
      self.detectors = detectors
      self.landmarks = landmarks
      self.parser = parser
      self.portrait = portrait
    }
  }

  /// Faces with a shorter side have too few pixels to have parts.
  static let leastSide = 12.0
  /// The longest side at which a face is seen; larger ones are scaled down first.
  static let longestSide = 256.0
  /// The most faces that are parsed, the surest ones.
  static let mostFaces = 32
  /// The least confidence of a face that counts, and the least mean probability of a person in its box.
  static let (sureConfidence, leastPersonProbability) = (0.5, 0.2)
  /// That probability for a face that counts because no sure one is there.
  static let likelyPersonProbability = 0.5

  private let finder: FaceFinder
  private let landmarker: FaceLandmarker?
  private let parser: ImageNetworkRunner
  private let people: PersonNetwork?

  /// Compiles the networks.
  ///
  /// - Parameter threads: The threads that a run may use.
  /// - Throws: What compiling throws.
  public init(_ networks: NetworkSet, threads: Int = Session.defaultThreadCount) throws {
    finder = try FaceFinder(networks.detectors, threads: threads)
    landmarker = try networks.landmarks.map { try FaceLandmarker($0, threads: threads) }
    parser = try ImageNetworkRunner(networks.parser, threads: threads)
    people = try networks.portrait.map { try PersonNetwork($0, threads: threads) }
  }

  /// Returns the faces of a picture and their parts; none when no face is found.
  ///
  /// - Throws: What running a network throws.
  public func parse(_ image: Image) throws -> FaceParsing {
    var latency = FaceParsing.Latency()
    let found = try Stopwatch.timing(&latency.detect) { try finder.faces(in: image) }
    let large = found.filter {
      min($0.box.x1 - $0.box.x0, $0.box.y1 - $0.box.y0) >= Self.leastSide
    }
    let map = try Stopwatch.timing(&latency.people) {
      try large.isEmpty ? nil : peopleMap(of: image)
    }
    var faces: [ParsedFace] = []
    for face in believed(large, map).prefix(Self.mostFaces) {
      let (face, landmarks) = try Stopwatch.timing(&latency.landmarks) { try located(face, in: image) }
      // Two finds may turn out to be one face.
      let isNew = faces.allSatisfy {
        $0.face.box.intersectionOverUnion(with: face.box) <= FaceFinder.sameFaceOverlap
      }
      if isNew { faces.append(try parse(face, landmarks, of: image, &latency)) }
    }
    Stopwatch.timing(&latency.people) {
      guard let map else { return }
      for index in faces.indices { faces[index].restrict(to: map) }
    }
    var parsing = Stopwatch.timing(&latency.unwarp) {
      FaceParsing(width: image.width, height: image.height, faces: faces)
    }
    parsing.latency = latency
    return parsing
  }

  /// The faces that count of those found, the surest first: the sure ones; without any, as of profiles, the likeliest that
  /// lies on a person.
  private func believed(_ found: [DetectedFace], _ people: ProbabilityMap?) -> [DetectedFace] {
    let sure = found.filter { face in
      face.confidence >= Self.sureConfidence
        && people.map { $0.mean(in: face.box) >= Self.leastPersonProbability } ?? true
    }
    guard sure.isEmpty, let people else { return sure }
    return Array(found.filter { people.mean(in: $0.box) >= Self.likelyPersonProbability }.prefix(1))
  }

  private func peopleMap(of image: Image) throws -> ProbabilityMap? {
    guard let people else { return nil }
    try people.write(image)
    try people.run()
    return try people.answer(over: image.bounds)
  }

  /// The face with the box that its 68 points say, and the points; as it is and none without their network.
  private func located(_ face: DetectedFace, in image: Image) throws -> (DetectedFace, [DetectedFace.Point]) {
    let landmarks = try landmarker?.points(of: face, in: image) ?? []
    var face = face
    face.box = LandmarkGeometry.box(of: landmarks, in: face.box)
    return (face, landmarks)
  }

  private func parse(
    _ face: DetectedFace, _ landmarks: [DetectedFace.Point], of image: Image,
    _ latency: inout FaceParsing.Latency
  ) throws -> ParsedFace {
    let roll = LandmarkGeometry.roll(of: landmarks) ?? face.roll
    let warp = Self.warp(around: face.box, rotation: roll)
    let map = Stopwatch.timing(&latency.warp) {
      Self.map(of: image, face.box, roll, width: parser.width, height: parser.height)
    }
    let logits = try Stopwatch.timing(&latency.parse) {
      try parser.write { pixels in
        map.write(
          crop: map.bounds, width: map.width, height: map.height, filter: .nearest,
          normalization: .centered, into: pixels, pixelStride: 3)
      }
      try parser.run()
      return try parser.result("logits")
    }
    return Stopwatch.timing(&latency.unwarp) {
      ParsedFace(
        face, landmarks: landmarks, warp: warp, map: map,
        probabilities: PartProbabilities(width: map.width, height: map.height, logits: logits),
        in: image.bounds)
    }
  }

  /// The warp around a box of a picture whose pixels have their centres at whole numbers.
  private static func warp(around box: Box, rotation: Double) -> TanhPolarWarp {
    TanhPolarWarp(
      left: box.x0 - 0.5, top: box.y0 - 0.5, right: box.x1 - 0.5, bottom: box.y1 - 0.5, rotation: rotation)
  }

  /// Warps the picture, which is scaled down for it where the face is larger than the map shows.
  private static func map(
    of image: Image, _ box: Box, _ rotation: Double, width: Int, height: Int
  ) -> Image {
    let (across, down) = (box.x1 - box.x0, box.y1 - box.y0)
    let scale = longestSide / max(across, down)
    let reach = atanh(Double(width - 1) / Double(width)) * max(across, down) / Double.pi.squareRoot()
    let region = ReducedRegion(
      of: image, centerX: (box.x0 + box.x1) / 2, centerY: (box.y0 + box.y1) / 2, reach: reach + 2,
      scale: scale)
    guard let region else {
      return Image(width: width, height: height, pixels: [UInt8](repeating: 0, count: 3 * width * height))
    }
    let start = region.place(DetectedFace.Point(x: box.x0, y: box.y0))
    let end = region.place(DetectedFace.Point(x: box.x1, y: box.y1))
    return TanhPolarWarp(left: start.x, top: start.y, right: end.x, bottom: end.y, rotation: rotation)
      .map(of: region.image, width: width, height: height)
  }
}
