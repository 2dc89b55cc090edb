import Graphs
import Tensors

/// Names one buffer of a plan.
package struct BufferID: Hashable, Sendable {
  /// The buffer's place in `Plan.buffers`.
  package let index: Int

  /// Names the buffer at `index`.
  package init(_ index: Int) { self.index = index }
}

/// Part of a buffer seen as a tensor: where its first element lies and how far neighbours along each axis are apart, as
/// numpy's arrays do.
///
/// Transposing, splitting and most reshaping change the view and move no element. Offsets and strides count elements.
package struct StridedView: Hashable, Sendable {
  /// Where the elements are.
  package var buffer: BufferID
  /// The first element's place in the buffer.
  package var offset: Int
  /// The dimensions in the graph's logical order.
  package var dimensions: [Int]
  /// Elements between neighbours along each axis; 0 where one element repeats.
  package var strides: [Int]

  /// Sees a whole buffer as a dense tensor whose axes lie in `order`.
  package init(_ buffer: BufferID, shape: Shape, order: AxisOrder) {
    self.buffer = buffer
    self.offset = 0
    self.dimensions = shape.dimensions
    self.strides = order.strides(for: shape.dimensions)
  }

  /// The number of elements.
  package var elementCount: Int { dimensions.reduce(1, *) }

  /// The number of axes.
  package var rank: Int { dimensions.count }

  /// Whether the elements lie without gaps in `order`.
  package func isDense(in order: AxisOrder) -> Bool {
    zip(dimensions, zip(strides, order.strides(for: dimensions))).allSatisfy { $0 <= 1 || $1.0 == $1.1 }
  }

  /// Returns the view with its axes reordered as `Transpose` does.
  package func transposed(_ permutation: [Int]) -> StridedView {
    var view = self
    view.dimensions = permutation.map { dimensions[$0] }
    view.strides = permutation.map { strides[$0] }
    return view
  }

  /// Returns the part that `range` takes along `axis`.
  package func sliced(axis: Int, start: Int, step: Int = 1, count: Int) -> StridedView {
    var view = self
    view.offset += start * strides[axis]
    view.dimensions[axis] = count
    view.strides[axis] *= step
    return view
  }

  /// Returns the view with repeating axes, aligned at the last ones, so that it has `dimensions`, to which it broadcasts.
  package func broadcast(to dimensions: [Int]) -> StridedView {
    let added = dimensions.count - rank
    var view = self
    view.dimensions = dimensions
    view.strides = dimensions.indices.map { axis in
      axis < added || self.dimensions[axis - added] == 1 ? 0 : strides[axis - added]
    }
    return view
  }

  /// Returns the same elements in logical row-major order under other dimensions; nil when that needs a copy.
  ///
  /// The old and new axes are cut into the smallest runs of equal element count; within each run the old axes must follow
  /// each other in memory (numpy's `_attempt_nocopy_reshape`).
  package func reshaped(to newDimensions: [Int]) -> StridedView? {
    guard newDimensions.reduce(1, *) == elementCount else { return nil }
    var view = self
    view.dimensions = newDimensions
    view.strides = [Int](repeating: 1, count: newDimensions.count)
    guard elementCount > 0 else { return view }
    let old = dimensions.indices.filter { dimensions[$0] != 1 }
    var (oldStart, newStart) = (0, 0)
    while oldStart < old.count {
      while newStart < newDimensions.count, newDimensions[newStart] == 1 { newStart += 1 }
      var (oldEnd, newEnd) = (oldStart + 1, newStart + 1)
      var (oldCount, newCount) = (dimensions[old[oldStart]], newDimensions[newStart])
      while oldCount != newCount {
        if oldCount < newCount {
          oldCount *= dimensions[old[oldEnd]]
          oldEnd += 1
        } else {
          newCount *= newDimensions[newEnd]
          newEnd += 1
        }
      }
      for position in oldStart..<(oldEnd - 1) {
        let (outer, inner) = (old[position], old[position + 1])
        guard strides[outer] == strides[inner] * dimensions[inner] else { return nil }
      }
      var stride = strides[old[oldEnd - 1]]
      for axis in (newStart..<newEnd).reversed() {
        view.strides[axis] = stride
        stride *= newDimensions[axis]
      }
      (oldStart, newStart) = (oldEnd, newEnd)
    }
    return view
  }

  /// Returns the distance of neighbouring rows when the elements form rows of `axes`' elements, dense in that order, and all
  /// other axes, in the order given, step evenly from row to row; nil when they do not.
  package func rowStride(rows: [Int], width axes: [Int]) -> Int? {
    var expected = 1
    for axis in axes.reversed() where dimensions[axis] != 1 {
      guard strides[axis] == expected else { return nil }
      expected *= dimensions[axis]
    }
    guard let nearest = rows.last(where: { dimensions[$0] != 1 }) else { return max(expected, 1) }
    let rowStride = strides[nearest]
    guard rowStride >= expected else { return nil }
    expected = rowStride
    for axis in rows.reversed() where dimensions[axis] != 1 {
      guard strides[axis] == expected else { return nil }
      expected *= dimensions[axis]
    }
    return rowStride
  }

  /// Returns the distance of neighbouring pixels when this is a batch of channels-last images; nil when it is not.
  package var pixelStride: Int? { rank == 4 ? rowStride(rows: [0, 2, 3], width: [1]) : nil }

  /// Returns the distance of neighbouring channels when this is a batch of images of planes, each without gaps; nil when
  /// it is not.
  package var planeStride: Int? {
    guard rank == 4, strides[3] == 1 || dimensions[3] == 1, strides[2] == dimensions[3] || dimensions[2] == 1,
      strides[1] >= dimensions[2] * dimensions[3],
      dimensions[0] == 1 || strides[0] == dimensions[1] * strides[1]
    else { return nil }
    return strides[1]
  }

  /// Returns the view's elements, dense in `order`, of a buffer's elements.
  package func gathered<Element>(from elements: [Element], in order: AxisOrder) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(elementCount)
    var index = [Int](repeating: 0, count: rank)
    var position = offset
    for _ in 0..<elementCount {
      result.append(elements[position])
      for axis in order.axes.reversed() {
        index[axis] += 1
        position += strides[axis]
        if index[axis] < dimensions[axis] { break }
        position -= strides[axis] * index[axis]
        index[axis] = 0
      }
    }
    return result
  }
}
