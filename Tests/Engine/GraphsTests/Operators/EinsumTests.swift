import Graphs
import Tensors
import Testing

@Suite struct EinsumTests {
  static let cases: [(equation: String, expected: [Float], shape: Shape)] = [
    ("ij,jk->ik", [19, 22, 43, 50], [2, 2]), ("ij,ij", [70], []), ("...j,...j->...", [17, 53], [2]),
    ("ij,kl->", [260], []), ("ij , jk -> ki", [19, 43, 22, 50], [2, 2]),
  ]

  @Test(arguments: cases)
  func agreesWithNumpy(equation: String, expected: [Float], shape: Shape) throws {
    let operands = [floats([1, 2, 3, 4], [2, 2]), floats([5, 6, 7, 8], [2, 2])]
    try expectResults(Einsum(equation), operands, [floats(expected, shape)])
  }

  @Test func walksDiagonals() throws {
    try expectResults(Einsum("ii->i"), [floats([1, 2, 3, 4], [2, 2])], [floats([1, 4])])
  }

  @Test(arguments: ["", "i", "ijk", "ij->ii", "ij->k", "ij,jk", "i1", "ij->i->j", "ij...k..."])
  func refusesOtherEquations(equation: String) {
    #expect(throws: GraphError.self) { try Einsum(equation).outputTypes(for: [ValueType([2, 2])]) }
  }
}
