import InferenceEngine
import Profiling
import Testing

@Suite struct FeatureMapTests {
  @Test func seesImagesChannelByChannel() throws {
    let map = try #require(FeatureMap(Tensor([1, 2, 1, 3], elements: [1, 2, 3, 9, 0, 1] as [Float])))
    #expect((map.channels, map.height, map.width) == (2, 1, 3))
    #expect(Array(map.channel(1)) == [9, 0, 1])
    #expect(map.mean == [5, 1, 2])
    #expect(map.strongestChannels == [1, 0, 0])
  }

  @Test func seesTokensAsSquares() throws {
    let map = try #require(FeatureMap(Tensor([1, 4, 2], elements: [1, 10, 2, 20, 3, 30, 4, 40] as [Float])))
    #expect((map.channels, map.height, map.width) == (2, 2, 2))
    #expect(Array(map.channel(1)) == [10, 20, 30, 40])
  }

  @Test func turnsRowsAround() throws {
    var map = try #require(FeatureMap(Tensor([1, 1, 2, 2], elements: [1, 2, 3, 4] as [Float])))
    map.mirror()
    #expect(map.values == [2, 1, 4, 3])
  }

  @Test func whatIsNoNumberIsNoMap() {
    #expect(FeatureMap(Tensor([2], elementType: .int64)) == nil)
    #expect(FeatureMap(Tensor([1, 0, 2, 2])) == nil)
  }
}
