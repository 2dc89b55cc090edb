import Graphs
import Tensors
import Testing

@Suite struct TriangleTests {
  @Test(arguments: [
    (true, 0, [1, 2, 3, 0, 5, 6] as [Int64]), (true, 1, [0, 2, 3, 0, 0, 6]), (false, 0, [1, 0, 0, 4, 5, 0]),
    (false, -1, [0, 0, 0, 4, 0, 0]), (true, .min, [1, 2, 3, 4, 5, 6]), (true, .max, [0, 0, 0, 0, 0, 0]),
  ])
  func keepsOneSide(isUpper: Bool, diagonal: Int, expected: [Int64]) throws {
    let value = integers([1, 2, 3, 4, 5, 6], [2, 3])
    try expectResults(Triangle(isUpper: isUpper, diagonal: diagonal), [value], [integers(expected, [2, 3])])
  }
}
