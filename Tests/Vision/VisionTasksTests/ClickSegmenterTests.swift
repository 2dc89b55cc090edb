import Foundation
import Images
import Networks
import Testing
import VisionTasks

@Suite struct ClickSegmenterTests {
  static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples")

  static func sample(_ name: String) throws -> Image {
    try ImageFile.load(samples.appendingPathComponent(name).path)
  }

  static func segmenter() throws -> ClickSegmenter {
    try ClickSegmenter(network: NetworkRegistry.clickNetwork(), threads: 1)
  }

  static let clicks = [
    Click(x: 230, y: 120), Click(x: 420, y: 40, isPositive: false), Click(x: 120, y: 220),
  ]

  @Test func clicksAtOnceAreClicksOneAfterAnother() async throws {
    let image = try Self.sample("cat.png")
    let segmenter = try Self.segmenter()
    var step: Segmentation?
    for count in 1...Self.clicks.count {
      step = try await segmenter.segment(
        image, ClickPrompts(clicks: Array(Self.clicks.prefix(count))), previous: step)
    }
    let another = try Self.segmenter()
    let atOnce = try await another.segment(image, ClickPrompts(clicks: Self.clicks))
    #expect(atOnce.mask == step?.mask)
    #expect(atOnce.predictedIoU == step?.predictedIoU)
    #expect(atOnce.mask.width == image.width && atOnce.mask.height == image.height)
  }

  @Test func answersDoNotDependOnWhatWasAskedBefore() async throws {
    let cat = try Self.sample("cat.png")
    let rocket = try Self.sample("rocket.jpg")
    let prompts = ClickPrompts(clicks: [Self.clicks[0]], box: Box(x0: 40, y0: 20, x1: 400, y1: 290))
    let segmenter = try Self.segmenter()
    let first = try await segmenter.segment(cat, prompts)
    _ = try await segmenter.segment(rocket, ClickPrompts(clicks: [Click(x: 320, y: 200)]))
    try await segmenter.prepare(rocket)
    let again = try await segmenter.segment(cat, prompts)
    #expect(first.mask == again.mask && first.probabilities == again.probabilities)
  }

  @Test func timesAreAccountedFor() async throws {
    let image = try Self.sample("cat.png")
    let answer = try await Self.segmenter().segment(image, ClickPrompts(clicks: [Self.clicks[0]]))
    #expect(answer.latency.encode > 0 && answer.latency.network > 0 && answer.latency.mask > 0)
    let profile = try #require(answer.profile)
    let rows = profile.layers.reduce(0) { $0 + $1.nanoseconds }
    #expect(rows > 0 && rows + profile.remainderNanoseconds == profile.endToEndNanoseconds)
    #expect((0...1).contains(answer.predictedIoU))
  }

  @Test func aFurtherClickLeavesWhatIsFarFromIt() async throws {
    let image = try Self.sample("cat.png")
    let segmenter = try Self.segmenter()
    let first = try await segmenter.segment(image, ClickPrompts(clicks: [Self.clicks[0]]))
    let second = try await segmenter.segment(
      image, ClickPrompts(clicks: Array(Self.clicks.prefix(2))), previous: first)
    // The click is on what is not in the mask already, so nothing around it changes, nor anything else.
    let click = Self.clicks[1]
    try #require(first.mask.whole.values[Int(click.y) * image.width + Int(click.x)] == 0)
    let changed = zip(first.mask.whole.values, second.mask.whole.values).count { ($0 > 0) != ($1 > 0) }
    #expect(Double(changed) < 0.01 * Double(image.width * image.height), "\(changed) pixels")
  }

  @Test func anEarlyClickMayTellThatMoreWasMeant() async throws {
    let image = try Self.sample("cat.png")
    let segmenter = try Self.segmenter()
    let (ear, cheek) = (Click(x: 370, y: 104.5), Click(x: 254.5, y: 98))
    var first = try await segmenter.segment(image, ClickPrompts(clicks: [ear]))
    func share(_ answer: Segmentation) -> Double {
      Double(answer.mask.area) / Double(image.width * image.height)
    }
    try #require(share(first) < 0.2)
    let both = ClickPrompts(clicks: [ear, cheek])
    let cat = try await segmenter.segment(image, both, previous: first)
    #expect(share(cat) > 0.5 && cat.isOfPromptsAlone)
    // A mask that somebody drew is only added to.
    first.isOfPromptsAlone = false
    let drawn = try await segmenter.segment(image, both, previous: first)
    #expect(share(drawn) < 0.3 && !drawn.isOfPromptsAlone)
  }

  @Test func aLoneClickHasSeveralReadings() async throws {
    let image = try Self.sample("cat.png")
    let segmenter = try Self.segmenter()
    let click = Self.clicks[0]
    let first = try await segmenter.segment(image, ClickPrompts(clicks: [click]))
    try #require(first.readingCount > 1)
    let second = try await segmenter.segment(
      image, ClickPrompts(clicks: [click], reading: 1), previous: first)
    #expect(second.readingCount == first.readingCount && second.mask != first.mask)
    let around = try await segmenter.segment(
      image, ClickPrompts(clicks: [click], reading: first.readingCount), previous: second)
    #expect(around.mask == first.mask, "after the last comes the first")
    let further = try await segmenter.segment(
      image, ClickPrompts(clicks: Array(Self.clicks.prefix(2)), reading: 1), previous: second)
    #expect(further.readingCount == 1)
  }

  @Test func theWholeImageIsSeenWithoutFocusCrop() async throws {
    let image = try Self.sample("cat.png")
    let segmenter = try ClickSegmenter(network: NetworkRegistry.clickNetwork(), threads: 1, focuses: false)
    var answer: Segmentation?
    for count in 1...Self.clicks.count {
      let prompts = ClickPrompts(clicks: Array(Self.clicks.prefix(count)))
      answer = try await segmenter.segment(image, prompts, previous: answer)
      #expect(answer?.probabilities.crop == image.bounds)
    }
  }

  @Test func extremeImagesAreAnswered() async throws {
    let segmenter = try Self.segmenter()
    for (width, height) in [(1, 1), (3, 2000), (700, 1)] {
      let image = Image(
        width: width, height: height, pixels: [UInt8](repeating: 128, count: 3 * width * height))
      let prompts = ClickPrompts(clicks: [
        Click(x: Double(width), y: Double(height)), Click(x: 0, y: 0, isPositive: false),
      ])
      let answer = try await segmenter.segment(image, prompts)
      #expect(answer.mask.width == width && answer.mask.height == height)
    }
  }

  @Test func promptsOffTheImageAreRefused() async throws {
    let image = Image(width: 8, height: 6, pixels: [UInt8](repeating: 9, count: 3 * 48))
    let segmenter = try Self.segmenter()
    let wrong: [ClickPrompts] = [
      ClickPrompts(), ClickPrompts(clicks: [Click(x: 8.1, y: 2)]), ClickPrompts(clicks: [Click(x: 2, y: -1)]),
      ClickPrompts(clicks: [Click(x: .nan, y: 2)]), ClickPrompts(box: Box(x0: 9, y0: 0, x1: 12, y1: 3)),
      ClickPrompts(box: Box(x0: 2, y0: 1, x1: 2, y1: 3)),
      ClickPrompts(box: Box(x0: 0, y0: .nan, x1: 4, y1: 3)),
    ]
    for prompts in wrong {
      await #expect(throws: VisionTaskError.self, "\(prompts)") {
        try await segmenter.segment(image, prompts)
      }
    }
  }
}
