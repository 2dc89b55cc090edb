import Foundation
import Images
import Networks
import Tensors
import Testing
import VisionTasks

@Suite struct FaceAnalyzerTests {
  /// A detector that reports one face in the middle of its input, whatever it sees; other networks untrained.
  struct MiddleFace: WeightSource {
    var logit: Float = 3

    func weight(named name: String, shape: Shape) throws -> Tensor {
      let untrained = UntrainedWeights().weight(named: name, shape: shape)
      guard name.hasPrefix("heads.") else { return untrained }
      if name.hasSuffix("weight") { return Tensor(shape, repeating: Float(0)) }
      // Every cell of the coarsest level finds the same kind of face; the other levels find none.
      var numbers = [Float](repeating: 0, count: shape.elementCount)
      numbers[0] = name == "heads.2.bias" ? logit : -9
      (numbers[3], numbers[4]) = (log(0.25), log(0.25))
      for (index, offset) in [-0.1, -0.1, 0.1, -0.1, 0, 0, -0.1, 0.1, 0.1, 0.1].enumerated() {
        numbers[5 + index] = Float(offset)
      }
      return Tensor(shape, elements: numbers)
    }
  }

  /// A portrait network that sees one person everywhere, or nobody.
  struct Everybody: WeightSource {
    var logit: Float

    func weight(named name: String, shape: Shape) throws -> Tensor {
      switch name {
      case "head.weight": Tensor(shape, repeating: Float(0))
      case "head.bias": Tensor(shape, repeating: logit)
      default: UntrainedWeights().weight(named: name, shape: shape)
      }
    }
  }

  static func networks(hasLandmarks: Bool, face: Float = 3, person logit: Float? = nil) throws
    -> FaceAnalyzer.NetworkSet
  {
    FaceAnalyzer.NetworkSet(
      detectors: [try FaceDetector(weights: MiddleFace(logit: face), height: 64, width: 64).graph],
      landmarks: hasLandmarks ? try FaceLandmarks(weights: UntrainedWeights()).graph : nil,
      parser: try FaceParser(weights: UntrainedWeights(), angles: 64, radii: 64).graph,
      portrait: try logit.map {
        try PortraitNetwork(weights: Everybody(logit: $0), height: 64, width: 64).graph
      })
  }

  @Test(arguments: [true, false])
  func facesGoThroughAllStages(hasLandmarks: Bool) async throws {
    let analyzer = try FaceAnalyzer(try Self.networks(hasLandmarks: hasLandmarks), threads: 1)
    let pixels = (0..<3 * 200 * 120).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let parsing = try await analyzer.parse(Image(width: 200, height: 120, pixels: pixels))
    // The input shows 200 pixels on 64; of its 2x2 coarsest cells the lower ones have their middles below the picture.
    #expect(parsing.faces.count == 2)
    for (face, x) in zip(parsing.faces.sorted { $0.face.box.x0 < $1.face.box.x0 }, [50.0, 150]) {
      let found = LandmarkGeometry.box(of: face.landmarks, in: Box(x0: x - 50, y0: 0, x1: x + 50, y1: 100))
      #expect(abs(face.face.box.x0 - found.x0) < 1e-3 && abs(face.face.box.x1 - found.x1) < 1e-3)
      #expect(face.landmarks.count == (hasLandmarks ? 68 : 0))
      #expect(face.map.width == 64 && face.probabilities.height == 64)
      #expect(!face.face.isCut(width: 200, height: 120))
    }
    #expect(parsing.latency.detect > 0 && parsing.latency.parse > 0 && parsing.latency.unwarp > 0)
  }

  /// A second opinion that agrees changes nothing; one that sees nobody leaves no face.
  @Test func facesBelongToPeople() async throws {
    let pixels = (0..<3 * 200 * 120).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let image = Image(width: 200, height: 120, pixels: pixels)
    let alone = try await FaceAnalyzer(try Self.networks(hasLandmarks: false), threads: 1).parse(image)
    let agreed = try await FaceAnalyzer(try Self.networks(hasLandmarks: false, person: 4), threads: 1)
      .parse(image)
    let refused = try await FaceAnalyzer(try Self.networks(hasLandmarks: false, person: -4), threads: 1)
      .parse(image)
    #expect(agreed.parts == alone.parts && agreed.faces.count == 2 && agreed.latency.people > 0)
    #expect(refused.faces.isEmpty && refused.parts.allSatisfy { $0 == 0 })
  }

  /// Of faces that are not quite sure one counts, on a person.
  @Test(arguments: [(nil, 0), (4, 1), (-4, 0)] as [(Float?, Int)])
  func theLikeliestFaceCountsWithoutSureOnes(person: Float?, count: Int) async throws {
    let image = Image(width: 200, height: 120, pixels: [UInt8](repeating: 80, count: 3 * 200 * 120))
    let networks = try Self.networks(hasLandmarks: false, face: -0.2, person: person)
    let parsing = try await FaceAnalyzer(networks, threads: 1).parse(image)
    #expect(parsing.faces.count == count)
  }

  @Test func tinyPicturesHaveNoFacesToParse() async throws {
    let analyzer = try FaceAnalyzer(try Self.networks(hasLandmarks: false), threads: 1)
    let parsing = try await analyzer.parse(
      Image(width: 3, height: 2, pixels: [UInt8](repeating: 9, count: 18)))
    #expect(parsing.faces.isEmpty && parsing.parts == [0, 0, 0, 0, 0, 0])
    #expect(parsing.figures[0].pixels == 6)
  }

  /// A landmark's square is found again in the picture it shows.
  @Test func aTurnedSquareIsSeenUpright() {
    let (width, height) = (160, 140)
    let pixels = (0..<width * height).flatMap { index -> [UInt8] in
      [UInt8(index % width), UInt8(index / width), 7]
    }
    let image = Image(width: width, height: height, pixels: pixels)
    let square = TurnedSquare(centerX: 80, centerY: 70, side: 60, angle: 0.5)
    let seen = square.picture(of: image, size: 60)
    for (x, y) in [(0, 0), (30, 12), (59, 59), (3, 50)] {
      let place = square.point(x: (Double(x) + 0.5) / 60, y: (Double(y) + 0.5) / 60)
      #expect(abs(Double(seen[x, y].red) - (place.x - 0.5)) <= 1)
      #expect(abs(Double(seen[x, y].green) - (place.y - 0.5)) <= 1)
    }
  }
}
