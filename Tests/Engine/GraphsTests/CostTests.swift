import Graphs
import Tensors
import Testing

@Suite struct CostTests {
  @Test func sumsStayAtTheLargestNumber() {
    let huge = Cost(multiplyAdds: .max - 1, bytes: 3)
    #expect(huge + Cost(multiplyAdds: 5, bytes: 4) == Cost(multiplyAdds: .max, bytes: 7))
  }

  @Test func productsStayAtTheLargestNumber() {
    let image = ValueType(Shape([1, 1 << 20, 1 << 10, 1 << 10]))
    let weight = ValueType(Shape([1 << 20, 1 << 20, 1, 1]))
    #expect(Convolution().cost(inputs: [image, weight], outputs: [image]).multiplyAdds == 1 << 60)
    let wide = ValueType(Shape([1, 1 << 20, 1 << 3, 1 << 3]))
    #expect(Convolution().cost(inputs: [image, wide], outputs: [image]).multiplyAdds == .max)
  }

  @Test(
    arguments: [
      (MatrixProduct(), [[2, 3, 5], [2, 5, 7]], 2 * 3 * 7 * 5),
      (Linear(transposesRight: true), [[4, 5], [7, 5]], 4 * 7 * 5),
      (Linear(transposesLeft: true), [[5, 4], [5, 7]], 4 * 7 * 5),
      (Convolution(groups: 6), [[1, 6, 4, 4], [6, 1, 3, 3]], 6 * 4 * 9),
      (ConvolutionTranspose(strides: [2, 2]), [[1, 3, 4, 4], [3, 2, 2, 2]], 3 * 16 * 2 * 4),
      (AveragePool(kernel: [2, 3], strides: [2, 3]), [[1, 2, 4, 6]], 2 * 4 * 6),
      (GlobalPool(kind: .average), [[1, 2, 4, 6]], 2 * 4 * 6),
      (Reduce(kind: .sum, axes: [1]), [[3, 5]], 15),
      (BatchNormalization(), [[1, 3, 2, 2], [3], [3], [3], [3]], 12),
      (Resize(mode: .bilinear, coordinates: .halfPixel, height: 3, width: 5), [[1, 2, 2, 2]], 4 * 30),
      (Resize(mode: .nearest(.floor), coordinates: .asymmetric, height: 3, width: 5), [[1, 2, 2, 2]], 0),
      (Transpose(permutation: [1, 0]), [[3, 5]], 0),
    ] as [(any Operator, [Shape], Int)])
  func countsMultiplyAdds(operation: any Operator, shapes: [Shape], expected: Int) throws {
    let inputs = shapes.map { ValueType($0) }
    let outputs = try operation.outputTypes(for: inputs)
    let cost = operation.cost(inputs: inputs, outputs: outputs)
    #expect(cost.multiplyAdds == expected)
    #expect(cost.bytes == (inputs + outputs).reduce(0) { $0 + $1.byteCount })
  }

  @Test func aReshapeIsFree() {
    let cost = Reshape(shape: [6]).cost(inputs: [ValueType([2, 3])], outputs: [ValueType([6])])
    #expect(cost == Cost(multiplyAdds: 0, bytes: 0))
  }
}
