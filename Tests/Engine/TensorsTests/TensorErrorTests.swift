import Tensors
import Testing

@Suite struct TensorErrorTests {
  @Test(arguments: [
    TensorError.invalidShape([2, -1]), .elementCount(shape: [2, 3], expected: 6, found: 5),
    .elementType(expected: .float32, found: .bool),
  ])
  func isOneLineThatNamesWhatWasFound(_ error: TensorError) {
    let text = "\(error)"
    #expect(!text.contains("\n"))
    let named =
      switch error {
      case .invalidShape(let dimensions): ["\(dimensions)"]
      case .elementCount(let shape, let expected, let found): ["\(shape)", "\(expected)", "\(found)"]
      case .elementType(let expected, let found): [expected.rawValue, found.rawValue]
      }
    for part in named { #expect(text.contains(part)) }
  }
}
