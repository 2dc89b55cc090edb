import CKernels

/// A function of two tensors, element by element.
package enum BinaryOperation: Sendable, Hashable {
  case add, subtract, multiply, divide, maximum, minimum, power

  var identifier: binary_operation {
    switch self {
    case .add: binary_add
    case .subtract: binary_subtract
    case .multiply: binary_multiply
    case .divide: binary_divide
    case .maximum: binary_maximum
    case .minimum: binary_minimum
    case .power: binary_power
    }
  }
}

/// A function of two tensors of any strides, a stride of 0 repeating an operand. Inputs: left, right; output may be
/// an operand of equal strides.
package struct BinaryElementwise: PreparedKernel, @unchecked Sendable {
  // Sendable: the template holds no pointers.
  package let name: String
  private var template: binary_arguments
  private let rows: Int
  private let kernels: KernelTable

  /// Makes the kernel.
  ///
  /// - Parameters:
  ///   - dimensions: the output's, in the order in which it lies in memory, at most 6 after dimensions that can be
  ///     merged have been.
  ///   - leftStrides: floats between neighbours along each dimension; 0 where the operand repeats. Likewise right
  ///     and output.
  package init(
    operation: BinaryOperation, dimensions: [Int], leftStrides: [Int], rightStrides: [Int],
    outputStrides: [Int],
    activation: KernelActivation = .identity, instructionSet: InstructionSet = .selected
  ) {
    kernels = instructionSet.kernels
    name = "f32_binary_\(kernels.suffix)"
    var layout = StridedLayout(dimensions: dimensions, strides: [leftStrides, rightStrides, outputStrides])
    layout.merge()
    // The kernel's innermost dimension has stride 1 or 0 in the operands and 1 in the output; else add one of extent 1.
    if let last = layout.dimensions.indices.last {
      let isRow = layout.strides[2][last] == 1 && layout.strides[0][last] <= 1 && layout.strides[1][last] <= 1
      if !isRow { layout.appendUnit() }
    } else {
      layout.appendUnit()
    }
    // Cut a single long row so that threads can share it.
    layout.splitLongRow(of: 4096)
    let outer = layout.dimensions.count - 1
    precondition(
      outer <= elementwise_maximum_rank, "Broadcasting over \(outer + 1) dimensions is too much"
    )
    template = binary_arguments()
    template.operation = operation.identifier
    template.function = activation.epilogue
    template.width = layout.dimensions[outer]
    template.left_step = layout.strides[0][outer]
    template.right_step = layout.strides[1][outer]
    template.rank = outer
    setTuple(&template.dimensions, layout.dimensions.dropLast())
    setTuple(&template.left_strides, layout.strides[0].dropLast())
    setTuple(&template.right_strides, layout.strides[1].dropLast())
    setTuple(&template.output_strides, layout.strides[2].dropLast())
    rows = layout.dimensions.dropLast().reduce(1, *)
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.left = buffers.input(0)
    arguments.right = buffers.input(1)
    arguments.output = buffers.output()
    guard template.width > 0 else { return }
    // Safe: dimensions and strides are those of the buffers by `PreparedKernel`'s contract.
    pool.run(kernels.functions.binary_task, &arguments, count: rows, work: rows * template.width)
  }
}

/// Writes the first elements of a C array of `Int`s.
func setTuple<Tuple>(_ tuple: inout Tuple, _ values: some Collection<Int>) {
  // Safe: a C array imports as a homogeneous tuple, laid out like the array; the count is checked.
  withUnsafeMutableBytes(of: &tuple) { bytes in
    let integers = bytes.bindMemory(to: Int.self)
    precondition(values.count <= integers.count, "\(values.count) dimensions are too many")
    for (index, value) in values.enumerated() { integers[index] = value }
  }
}
