import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct StridedViewTests {
  private func dense(_ shape: Shape, _ axes: [Int]) -> StridedView {
    StridedView(BufferID(0), shape: shape, order: AxisOrder(axes))
  }

  /// What a view shows of a buffer that holds 0, 1, 2, ...
  private func shown(_ view: StridedView, of count: Int) -> [Int] {
    view.gathered(from: Array(0..<count), in: .rowMajor(rank: view.rank))
  }

  struct Reshaping: Sendable {
    var shape: Shape
    var axes: [Int]
    var new: [Int]
    var isView: Bool
  }

  static let reshapings = [
    Reshaping(shape: [2, 3, 4], axes: [0, 1, 2], new: [6, 4], isView: true),
    Reshaping(shape: [2, 3, 4], axes: [0, 1, 2], new: [1, 2, 1, 12, 1], isView: true),
    Reshaping(shape: [2, 3, 4], axes: [0, 1, 2], new: [3, 8], isView: true),
    Reshaping(shape: [2, 3, 4], axes: [0, 2, 1], new: [2, 12], isView: false),
    Reshaping(shape: [2, 6, 4], axes: [0, 2, 1], new: [2, 2, 3, 4], isView: true),
    // A channels-last map as rows of channels, and back.
    Reshaping(shape: [1, 5, 3, 4], axes: [0, 2, 3, 1], new: [1, 5, 12], isView: true),
    Reshaping(shape: [2, 5, 3, 4], axes: [0, 2, 3, 1], new: [2, 5, 12], isView: true),
    Reshaping(shape: [1, 5, 12], axes: [0, 2, 1], new: [1, 5, 3, 4], isView: true),
    Reshaping(shape: [1, 5, 3, 4], axes: [0, 2, 3, 1], new: [1, 60], isView: false),
    Reshaping(shape: [1, 5, 1, 1], axes: [0, 2, 3, 1], new: [1, 5], isView: true),
    Reshaping(shape: [1, 1, 3, 4], axes: [0, 2, 3, 1], new: [12], isView: true),
    Reshaping(shape: [], axes: [], new: [1, 1], isView: true),
  ]

  @Test(arguments: reshapings) func reshapesWithoutCopyWhereElementsAllow(example: Reshaping) {
    let view = dense(example.shape, example.axes)
    let reshaped = view.reshaped(to: example.new)
    #expect((reshaped != nil) == example.isView, "\(example)")
    guard let reshaped else { return }
    #expect(reshaped.dimensions == example.new)
    #expect(shown(reshaped, of: view.elementCount) == shown(view, of: view.elementCount), "\(example)")
  }

  @Test func transposesAsTheOrderSays() {
    let view = dense([1, 5, 3, 4], [0, 2, 3, 1]).transposed([0, 2, 3, 1])
    #expect(view.isDense(in: .rowMajor(rank: 4)))
    #expect(shown(view, of: 60) == Array(0..<60))
    #expect(view.order == .rowMajor(rank: 4))
  }

  @Test func slicesAlongAnyAxisAndBackwards() {
    let view = dense([2, 6], [0, 1])
    #expect(shown(view.sliced(axis: 1, start: 1, step: 2, count: 3), of: 12) == [1, 3, 5, 7, 9, 11])
    #expect(shown(view.sliced(axis: 1, start: 5, step: -5, count: 2), of: 12) == [5, 0, 11, 6])
  }

  @Test func broadcastsByStrideZero() {
    let view = dense([3, 1], [0, 1]).broadcast(to: [2, 3, 2])
    #expect(shown(view, of: 3) == [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2])
  }

  @Test func findsPixelStrides() {
    #expect(dense([2, 5, 3, 4], [0, 2, 3, 1]).pixelStride == 5)
    #expect(dense([2, 5, 3, 4], [0, 1, 2, 3]).pixelStride == nil)
    #expect(dense([1, 1, 3, 4], [0, 1, 2, 3]).pixelStride == 1)
    #expect(dense([1, 7, 1, 1], [0, 1, 2, 3]).pixelStride == 7)
    let part = dense([1, 8, 3, 4], [0, 2, 3, 1]).sliced(axis: 1, start: 2, count: 3)
    #expect(part.pixelStride == 8)
    let rows = dense([1, 8, 3, 4], [0, 2, 3, 1]).sliced(axis: 2, start: 1, count: 2)
    #expect(rows.pixelStride == 8)
    let columns = dense([1, 8, 3, 4], [0, 2, 3, 1]).sliced(axis: 3, start: 1, count: 2)
    #expect(columns.pixelStride == nil)
  }

  @Test func findsPlaneStrides() {
    #expect(dense([2, 5, 3, 4], [0, 1, 2, 3]).planeStride == 12)
    #expect(dense([2, 5, 3, 4], [0, 2, 3, 1]).planeStride == nil)
    let channels = dense([2, 8, 3, 4], [0, 1, 2, 3]).sliced(axis: 1, start: 2, count: 3)
    #expect(channels.planeStride == nil)
    #expect(channels.sliced(axis: 0, start: 1, count: 1).planeStride == 12)
    let rows = dense([1, 3, 8, 4], [0, 1, 2, 3]).sliced(axis: 2, start: 1, count: 2)
    #expect(rows.planeStride == 32)
    #expect(dense([1, 3, 8, 4], [0, 1, 2, 3]).sliced(axis: 3, start: 0, count: 2).planeStride == nil)
  }
}
