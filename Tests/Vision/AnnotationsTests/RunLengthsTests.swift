import Annotations
import Foundation
import Images
import TestSupport
import Testing

@Suite struct RunLengthsTests {
  @Test(arguments: MaskFixture.all)
  func agreesWithPycocotools(_ fixture: MaskFixture) throws {
    let runs = RunLengths(fixture.mask)
    #expect(runs.mask == fixture.mask)
    #expect(runs.text == fixture.counts)
    #expect(runs.area == fixture.area)
    #expect(runs.boundingBox == fixture.box)
    #expect(runs.isEmpty == (fixture.area == 0))
    let read = try RunLengths(width: fixture.mask.width, height: fixture.mask.height, text: fixture.counts)
    #expect(read == runs)
  }

  @Test func softValuesAreCutAtTheThreshold() {
    let runs = RunLengths(Mask(width: 2, height: 2, values: [127, 128, 255, 1]))
    #expect(runs.counts == [1, 2, 1])
    #expect(runs.mask.values == [0, 255, 255, 0])
    #expect(RunLengths(width: 3, height: 2) == RunLengths(Mask(width: 3, height: 2)))
  }

  @Test(arguments: 0..<100)
  func aMaskInACropIsThatOfTheImage(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let part = Mask.random(&generator)
    func margin() -> Int { max(Int.random(in: -2...3, using: &generator), 0) }
    let crop = PixelRect(x: margin(), y: margin(), width: part.width, height: part.height)
    let mask = CroppedMask(
      part, at: crop, width: crop.x + crop.width + margin(), height: crop.y + crop.height + margin())
    let runs = RunLengths(mask)
    #expect(runs.mask == mask.whole && runs == RunLengths(mask.whole))
    #expect(runs.croppedMask.whole == mask.whole)
    #expect(runs.croppedMask.crop == mask.boundingBox || runs.isEmpty)
  }

  @Test(arguments: 0..<100)
  func randomMasksAreCombinedAsTheirPixels(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let left = Mask.random(&generator)
    let right = Mask.random(&generator, width: left.width, height: left.height)
    let (mine, theirs) = (RunLengths(left), RunLengths(right))
    #expect(mine.mask == left && mine.area == left.area && mine.boundingBox == left.boundingBox)
    #expect(try RunLengths(width: left.width, height: left.height, text: mine.text) == mine)
    #expect(try JSONDecoder().decode(RunLengths.self, from: JSONEncoder().encode(mine)) == mine)

    func pixels(_ rule: (UInt8, UInt8) -> UInt8) -> RunLengths {
      RunLengths(
        Mask(width: left.width, height: left.height, values: zip(left.values, right.values).map(rule)))
    }
    #expect(mine.union(theirs) == pixels { $0 | $1 })
    #expect(mine.intersection(theirs) == pixels { $0 & $1 })
    #expect(mine.subtracting(theirs) == pixels { $0 & ~$1 })
    #expect(mine.symmetricDifference(theirs) == pixels { $0 ^ $1 })
    #expect(mine.inverted == pixels { value, _ in ~value })
    for y in -1...left.height {
      for x in -1...left.width {
        let isBeyond = x < 0 || y < 0 || x == left.width || y == left.height
        #expect(mine.contains(x: x, y: y) == (isBeyond ? false : left[x, y]))
      }
    }
  }

  @Test func runsOfNoPixelsAreJoined() throws {
    let runs = try RunLengths(width: 2, height: 3, counts: [0, 0, 1, 0, 2, 1, 0, 2, 0, 0])
    #expect(runs.counts == [3, 3])
    #expect(try RunLengths(width: 2, height: 3, counts: [6, 0]) == RunLengths(width: 2, height: 3))
  }

  static let damagedCounts: [([Int], MaskProblem)] = [
    ([], .tooFewPixels(found: 0, expected: 6)), ([5], .tooFewPixels(found: 5, expected: 6)),
    ([3, 4], .tooManyPixels(expected: 6)), ([-1, 7], .negativeRun), ([7, -1], .tooManyPixels(expected: 6)),
    ([3, .max], .tooManyPixels(expected: 6)), ([.max, .max, .max], .tooManyPixels(expected: 6)),
    ([.min], .negativeRun),
  ]

  @Test(arguments: damagedCounts)
  func damagedCountsAreRefused(counts: [Int], problem: MaskProblem) {
    #expect(throws: AnnotationError.damagedMask(problem)) {
      try RunLengths(width: 2, height: 3, counts: counts)
    }
  }

  @Test(arguments: [(0, 3), (3, 0), (-1, -6), (.max, 2), (1 << 32, 1 << 32), (40_000, 40_000)])
  func impossibleSizesAreRefused(width: Int, height: Int) {
    #expect(throws: AnnotationError.damagedMask(.size(width: width, height: height))) {
      try RunLengths(width: width, height: height, counts: [6])
    }
  }

  static let damagedText: [(String, MaskProblem)] = [
    ("", .tooFewPixels(found: 0, expected: 6)), ("/", .character(position: 0)),
    ("33p", .character(position: 2)), ("3é", .character(position: 1)), ("3\0", .character(position: 1)),
    ("3P", .endsEarly), ("3" + String(repeating: "o", count: 9), .hugeRun(position: 8)),
    ("N", .negativeRun), ("______O", .negativeRun), ("333N", .tooManyPixels(expected: 6)),
  ]

  @Test(arguments: damagedText)
  func damagedTextIsRefused(text: String, problem: MaskProblem) {
    #expect(throws: AnnotationError.damagedMask(problem)) { try RunLengths(width: 2, height: 3, text: text) }
  }

  /// Whatever a damaged text holds, it is a mask of the right size or an error.
  @Test(arguments: MaskFixture.all)
  func damageNeverTraps(_ fixture: MaskFixture) throws {
    let (width, height) = (fixture.mask.width, fixture.mask.height)
    let bytes = Array(fixture.counts.utf8)
    for length in 0..<min(bytes.count, 200) {
      #expect(throws: AnnotationError.self) {
        try RunLengths(width: width, height: height, text: String(decoding: bytes[..<length], as: UTF8.self))
      }
    }
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      var damaged = bytes
      for _ in 0...Int.random(in: 0...3, using: &generator) {
        damaged[.random(in: 0..<bytes.count, using: &generator)] = .random(in: 32...126, using: &generator)
      }
      if let runs = try? RunLengths(
        width: width, height: height, text: String(decoding: damaged, as: UTF8.self))
      {
        #expect(runs.counts.reduce(0, +) == width * height && runs.counts.dropFirst().allSatisfy { $0 > 0 })
      }
    }
  }

  @Test func jsonIsThatOfCOCO() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let runs = RunLengths(Mask(width: 3, height: 2, values: [0, 255, 0, 0, 255, 0]))
    #expect(
      String(decoding: try encoder.encode(runs), as: UTF8.self) == #"{"counts":"222","size":[2,3]}"#)
    let plain = #"{"size":[2,3],"counts":[2,2,2]}"#
    #expect(try JSONDecoder().decode(RunLengths.self, from: Data(plain.utf8)) == runs)
  }

  @Test(arguments: [
    #"{"size":[2],"counts":"222"}"#, #"{"size":[2,3,4],"counts":"222"}"#, #"{"size":[2,4],"counts":"222"}"#,
    #"{"size":[2,3],"counts":[2,2,-2]}"#, #"{"size":[2,3],"counts":[2.5,3.5]}"#, #"{"size":[2,3]}"#,
    #"{"size":[1e30,3],"counts":"222"}"#, #"{"size":[2,3],"counts":null}"#, #"{"counts":"222"}"#,
  ])
  func damagedJSONIsRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(RunLengths.self, from: Data(text.utf8))
    }
  }
}
