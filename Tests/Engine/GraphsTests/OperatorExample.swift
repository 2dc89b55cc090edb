import Graphs
import Tensors
import Testing

/// Checks that the operator infers and gives `expected`, floating-point numbers within a millionth.
func expectResults(
  _ operation: any Operator, _ operands: [Tensor?], _ expected: [Tensor],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  func types(_ tensors: [Tensor?]) -> [ValueType?] {
    tensors.map { $0.map { ValueType($0.shape, elementType: $0.elementType) } }
  }
  #expect(try operation.outputTypes(for: types(operands)) == types(expected), sourceLocation: sourceLocation)
  let results = try operation.evaluate(operands)
  #expect(types(results) == types(expected), sourceLocation: sourceLocation)
  for (result, wanted) in zip(results, expected) {
    if result.elementType == .float32 {
      expectClose(result.elements(), wanted.elements(), sourceLocation: sourceLocation)
    } else {
      let same = result.withUnsafeBytes { found in wanted.withUnsafeBytes { Array(found) == Array($0) } }
      #expect(same, "the elements differ", sourceLocation: sourceLocation)
    }
  }
}

/// Makes a vector, or a tensor of another shape, of floating-point numbers.
func floats(_ elements: [Float], _ shape: Shape? = nil) -> Tensor {
  Tensor(shape ?? [elements.count], elements: elements)
}

/// Makes a vector, or a tensor of another shape, of int64.
func integers(_ elements: [Int64], _ shape: Shape? = nil) -> Tensor {
  Tensor(shape ?? [elements.count], elements: elements)
}

/// Makes a vector, or a tensor of another shape, of truth values.
func truths(_ elements: [Bool], _ shape: Shape? = nil) -> Tensor {
  Tensor(shape ?? [elements.count], elements: elements)
}
