import Images
import Networks
import Testing
import VisionTasks

@Suite struct FaceParsingTests {
  static let image = Image(width: 60, height: 50, pixels: [UInt8](repeating: 90, count: 60 * 50 * 3))

  /// A face whose map is one part as far as its box's ellipse and background beyond.
  static func face(left: Double, top: Double, side: Double, _ part: FacePart, sure: Float) -> ParsedFace {
    let (width, height) = (64, 32)
    let values = (0..<width * height).flatMap { place -> [Float] in
      var values = [Float](repeating: 0, count: PartProbabilities.count)
      let isInside = Double(place % width) < 0.76 * Double(width)
      values[0] = isInside ? 1 - sure : 1
      if isInside { values[Int(part.rawValue)] += sure }
      return values
    }
    let box = Box(x0: left, y0: top, x1: left + side, y1: top + side)
    let face = DetectedFace(
      box: box, confidence: Double(sure),
      points: [DetectedFace.Point](repeating: DetectedFace.Point(x: left, y: top), count: 5))
    let warp = TanhPolarWarp(left: left, top: top, right: left + side, bottom: top + side)
    return ParsedFace(
      face, landmarks: [], warp: warp, map: warp.map(of: image, width: width, height: height),
      probabilities: PartProbabilities(width: width, height: height, values: values), in: image.bounds)
  }

  @Test func partsAreTheNetworksClasses() {
    #expect(FacePart.allCases.map(\.name) == FaceParser.classNames)
  }

  @Test func figuresCountThePixelsOfParts() throws {
    let parsing = FaceParsing(
      width: 60, height: 50, faces: [Self.face(left: 20, top: 15, side: 20, .skin, sure: 0.9)])
    let skin = try #require(parsing.figures.first { $0.part == .skin })
    // The ellipse has the box's area.
    #expect(abs(skin.pixels - 400) < 25, "\(skin.pixels)")
    #expect(skin.share == Double(skin.pixels) / 3000)
    #expect(abs(skin.meanConfidence - 0.9) < 0.03)
    #expect(parsing.figures.map(\.pixels).reduce(0, +) == 3000)
    #expect(parsing.mask(of: [.skin]).area == skin.pixels)
    #expect(parsing.parts[25 * 60 + 30] == FacePart.skin.rawValue)
  }

  @Test func ofOverlappingFacesTheLikelierPartCounts() {
    let faces = [
      Self.face(left: 10, top: 10, side: 20, .skin, sure: 0.7),
      Self.face(left: 20, top: 10, side: 20, .hair, sure: 0.95),
    ]
    for order in [faces, faces.reversed()] {
      let parsing = FaceParsing(width: 60, height: 50, faces: order)
      #expect(parsing.parts[20 * 60 + 25] == FacePart.hair.rawValue)
      #expect(parsing.parts[20 * 60 + 12] == FacePart.skin.rawValue)
    }
  }

  @Test func probabilitiesUnderAPixelAreThoseOfItsFace() throws {
    let parsing = FaceParsing(
      width: 60, height: 50, faces: [Self.face(left: 20, top: 15, side: 20, .nose, sure: 0.8)])
    let shares = try #require(parsing.partProbabilities(x: 30, y: 25))
    #expect(abs(shares[Int(FacePart.nose.rawValue)] - 0.8) < 1e-5 && abs(shares[0] - 0.2) < 1e-5)
    #expect(FaceParsing(width: 60, height: 50, faces: []).partProbabilities(x: 1, y: 1) == nil)
    #expect(parsing.uncertainties[25 * 60 + 30] > 40 && parsing.uncertainties[0] == 0)
  }

  @Test func aFaceCutByTheBorderKeepsWhatIsInThePicture() {
    let parsing = FaceParsing(
      width: 60, height: 50, faces: [Self.face(left: -10, top: 15, side: 20, .skin, sure: 0.9)])
    let area = parsing.mask(of: [.skin]).area
    #expect(area > 180 && area < 220, "half of 400 pixels, not \(area)")
  }

  @Test func teethAreBrightAndGreyInsideTheMouth() {
    // The mouth's left half is white, its right half dark red; around is skin.
    var pixels: [UInt8] = []
    for index in 0..<60 * 50 {
      let (x, y) = (index % 60, index / 60)
      let isMouth = (x - 30) * (x - 30) + (y - 25) * (y - 25) < 30
      pixels += isMouth ? (x < 30 ? [220, 215, 200] : [90, 30, 35]) : [190, 140, 110]
    }
    let image = Image(width: 60, height: 50, pixels: pixels)
    let parsing = FaceParsing(
      width: 60, height: 50,
      faces: [
        Self.face(left: 10, top: 5, side: 40, .skin, sure: 0.8),
        Self.face(left: 26, top: 21, side: 8, .innerMouth, sure: 0.99),
      ])
    var matte = Mask(width: 60, height: 50)
    matte.values = matte.values.indices.map { $0 / 60 >= 5 ? 255 : 0 }
    let view = EasyPortraitView(matte: matte, parsing: parsing, of: image)
    func part(_ x: Int, _ y: Int) -> EasyPortraitView.Part? {
      EasyPortraitView.Part(rawValue: view.parts[y * 60 + x])
    }
    #expect(part(28, 25) == .teeth && part(32, 25) == .person)
    #expect(part(18, 25) == .skin && part(1, 45) == .person && part(1, 1) == .background)
    #expect(view.mask(of: .teeth).area > 10)
  }
}
