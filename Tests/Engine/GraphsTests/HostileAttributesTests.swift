import Graphs
import Tensors
import Testing

/// Whatever attributes and operands a file asks for, every operator answers with types or a `GraphError`.
@Suite struct HostileAttributesTests {
  @Test(arguments: 0..<20)
  func neverTrap(seed: Int) {
    var random = HostileNumbers(seed: seed)
    var evaluations = 0
    for _ in 0..<100 {
      for operation in random.operators() {
        let operands = random.operands()
        do {
          let types = try operation.outputTypes(for: operands)
          let cost = operation.cost(inputs: operands, outputs: types)
          #expect(cost.multiplyAdds >= 0 && cost.bytes >= 0, "\(operation) of \(operands)")
          #expect(types.allSatisfy { $0.shape.elementCount <= 1 << 40 }, "\(operation) of \(operands)")
          if try evaluate(operation, operands, types) { evaluations += 1 }
        } catch {
          #expect(error is GraphError, "\(operation) of \(operands) threw \(error)")
          #expect(!"\(error)".contains("\n"))
        }
      }
    }
    #expect(evaluations > 50, "of 5500 attempts")
  }

  /// Evaluates what is small, and checks the results' types; returns whether it was.
  private func evaluate(_ operation: any Operator, _ operands: [ValueType?], _ types: [ValueType]) throws
    -> Bool
  {
    let present = operands.compactMap { $0 }
    // Of empty shapes too, the other dimensions cost time.
    let sizes = (present + types).map { $0.shape.dimensions.filter { $0 > 0 }.map(Double.init).reduce(1, *) }
    guard sizes.allSatisfy({ $0 <= 2048 }) else { return false }
    let tensors = operands.map { $0.map { Tensor($0.shape, elementType: $0.elementType) } }
    let results = try operation.evaluate(tensors)
    #expect(
      results.map { ValueType($0.shape, elementType: $0.elementType) } == types,
      "\(operation) of \(operands)")
    return true
  }
}

/// Draws operators and operands that are wrong more often than not, the same ones for the same seed.
private struct HostileNumbers {
  private static let attributes = [
    0, 0, 1, 1, 1, 1, 2, 2, 3, 4, -1, -2, 7, 1 << 20, 1 << 31, 1 << 40, .max, .min, .max - 1,
  ]
  private static let dimensions = [0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 17, 1 << 10, 1 << 20]

  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// Knuth's MMIX linear congruential generator.
  private mutating func next(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[next(below: choices.count)] }

  private mutating func flag() -> Bool { next(below: 2) == 0 }

  private mutating func number() -> Int { pick(Self.attributes) }

  private mutating func list() -> [Int] { (0..<next(below: 5)).map { _ in number() } }

  private mutating func pair() -> [Int] { next(below: 8) == 0 ? list() : [number(), number()] }

  /// Small pairs, so that some operators are accepted.
  private mutating func tamePair() -> [Int] { flag() ? [1 + next(below: 3), 1 + next(below: 3)] : pair() }

  private mutating func padding() -> Padding {
    flag()
      ? Padding(all: next(below: 2))
      : Padding(top: number(), left: number(), bottom: number(), right: number())
  }

  mutating func operands() -> [ValueType?] {
    let rank = next(below: 6)
    let shape = (0..<rank).map { _ in pick(Self.dimensions) }
    return (0..<pick([0, 1, 1, 1, 1, 2, 2, 2, 3, 5])).map { _ -> ValueType? in
      guard next(below: 20) > 0 else { return nil }
      let own = flag() ? shape : (0..<next(below: 6)).map { _ in pick(Self.dimensions) }
      guard let shape = try? Shape(validating: own) else { return nil }
      return ValueType(shape, elementType: next(below: 8) > 0 ? .float32 : pick(ElementType.allCases))
    }
  }

  mutating func operators() -> [any Operator] {
    [
      Convolution(strides: tamePair(), dilations: tamePair(), padding: padding(), groups: number()),
      ConvolutionTranspose(
        strides: tamePair(), dilations: tamePair(), padding: padding(), outputPadding: pair(),
        groups: number()),
      BatchNormalization(), Activation(.silu), ParametricRelu(),
      BinaryArithmetic(pick(BinaryArithmetic.Operation.allCases)), Concatenation(axis: number()),
      Split(axis: number(), sizes: list()),
      Slice(starts: list(), ends: list(), axes: list(), steps: list()),
      Slice(starts: [number()], ends: [number()], axes: [next(below: 3)], steps: [number()]),
      Pad(mode: pick([.constant(0.5), .reflect, .edge, .wrap]), before: list(), after: list()),
      Pad(mode: pick([.constant(1), .reflect, .edge]), before: pair(), after: pair()),
      AveragePool(
        kernel: tamePair(), strides: tamePair(), padding: padding(), dilations: tamePair(),
        ceilMode: flag(), countIncludesPadding: flag()),
      MaxPool(
        kernel: tamePair(), strides: tamePair(), padding: padding(), dilations: tamePair(), ceilMode: flag()),
      GlobalPool(kind: .average),
      Reduce(kind: pick(Reduce.Kind.allCases), axes: list(), keepsDimensions: flag()),
      Resize(
        mode: flag() ? .bilinear : .nearest(pick(Resize.NearestRounding.allCases)),
        coordinates: pick(Resize.Coordinates.allCases), height: number(), width: number()),
      MatrixProduct(), Linear(transposesLeft: flag(), transposesRight: flag()), Softmax(axis: number()),
      LayerNormalization(axis: number()), Transpose(permutation: list()), Reshape(shape: list()),
      Reshape(shape: [-1]), Cast(to: pick(ElementType.allCases)),
    ] + elementOperators() + spatialOperators()
  }

  private mutating func elementOperators() -> [any Operator] {
    [
      Comparison(pick(Comparison.Relation.allCases)), BinaryFunction(pick(BinaryFunction.Function.allCases)),
      UnaryFunction(pick(UnaryFunction.Function.allCases)), Select(), Expand(shape: list()),
      Tile(repeats: list()), Gather(axis: number()), GatherElements(axis: number()),
      GatherND(batchAxes: number()),
      ScatterElements(axis: number(), reduction: pick(ScatterReduction.allCases)),
      ScatterND(reduction: pick(ScatterReduction.allCases)),
      ArgumentOfExtreme(.maximum, axis: number(), keepsDimensions: flag(), selectsLast: flag()),
      TopK(count: number(), axis: number(), takesLargest: flag()),
      CumulativeSum(axis: number(), isExclusive: flag(), isReversed: flag(), multiplies: flag()),
      OneHot(axis: number(), depth: number()), Triangle(isUpper: flag(), diagonal: number()),
      ReverseSequence(batchAxis: number(), timeAxis: number()), Determinant(),
      Einsum(pick(["ij,jk->ik", "...i->...", "ii", "i,i", "a->aa", "->", ",", "i..j"])),
      LocalResponseNormalization(size: number()),
      RecurrentNetwork(.longShortTermMemory(couplesForgetGate: flag()), hiddenSize: number()),
      RecurrentNetwork(.simple, hiddenSize: number(), direction: pick(RecurrentNetwork.Direction.allCases)),
    ]
  }

  private mutating func window() -> SpatialWindow {
    SpatialWindow(
      kernel: tamePair(), strides: tamePair(), dilations: tamePair(), before: pair(), after: pair())
  }

  private mutating func spatialOperators() -> [any Operator] {
    let kinds: [SpatialPool.Kind] = [
      .maximum, .maximumWithIndices(isColumnMajor: true), .average(countsPadding: true), .norm(number()),
    ]
    return [
      SpatialPool(pick(kinds), window: window(), ceilMode: flag()),
      SpatialConvolution(window: window(), groups: number()),
      DeformableConvolution(window: window(), groups: number(), offsetGroups: number()),
      ColumnsToImage(size: list(), window: window()),
      Unpool(shape: list(), placeShape: flag() ? nil : list()),
      GridSample(
        mode: pick(GridSample.Mode.allCases), border: pick(GridSample.Border.allCases), alignsCorners: flag()),
      RoiAlign(height: number(), width: number(), samples: number(), takesMaximum: flag()),
      Interpolation(
        mode: pick([.linear, .cubic(-0.75), .nearest(.floor)]),
        coordinates: pick(Interpolation.Coordinates.allCases),
        axes: [.init(axis: number(), scale: pick([0, 1, 0.5, -1, .infinity, 1e300]), size: number())],
        antialiases: flag(), excludesOutside: flag()),
    ]
  }
}
