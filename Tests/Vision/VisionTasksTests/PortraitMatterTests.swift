import Images
import Networks
import Testing
import VisionTasks

@Suite struct PortraitMatterTests {
  @Test(arguments: [(3, 2), (31, 47), (640, 200)])
  func aMatteHasThePicturesSize(width: Int, height: Int) async throws {
    let graph = try SINet(weights: UntrainedWeights(), height: 64, width: 96).graph
    let matter = try PortraitMatter(graph: graph, threads: 1)
    let pixels = (0..<3 * width * height).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let image = Image(width: width, height: height, pixels: pixels)
    let matte = try await matter.matte(of: image)
    #expect(matte.mask.width == width && matte.mask.height == height)
    #expect(matte.probabilities.width == 96 && matte.probabilities.height == 64)
    #expect(matte.probabilities.values.allSatisfy { (0...1).contains($0) })
    #expect(matte.latency.network > 0 && matte.profile?.layers.isEmpty == false)
  }

  /// A matte of one grey everywhere: what is nearly nobody or nearly somebody is so, one half stays.
  @Test(arguments: [(-2, 0), (-0.6, 65), (0, 128), (0.6, 190), (2, 255)] as [(Float, Int)])
  func nearlySureSharesAreSure(logit: Float, value: Int) async throws {
    let network = try PortraitNetwork(
      weights: FaceAnalyzerTests.Everybody(logit: logit), height: 64, width: 64)
    let matter = try PortraitMatter(graph: network.graph, threads: 1)
    let matte = try await matter.matte(
      of: Image(width: 80, height: 60, pixels: [UInt8](repeating: 90, count: 3 * 80 * 60)))
    #expect(matte.mask.values.allSatisfy { abs(Int($0) - value) <= 4 })
  }

  @Test func withoutRefinementEdgesAreTheNetworks() async throws {
    let graph = try SINet(weights: UntrainedWeights(), height: 64, width: 64).graph
    let matter = try PortraitMatter(graph: graph, threads: 1, refinesEdges: false)
    let pixels = (0..<3 * 128 * 128).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let matte = try await matter.matte(of: Image(width: 128, height: 128, pixels: pixels))
    #expect(matte.mask.values.allSatisfy { $0 == 0 || $0 == 255 })
    #expect(matte.hasPerson == (Double(matte.mask.area) >= 0.003 * 128 * 128))
  }
}
