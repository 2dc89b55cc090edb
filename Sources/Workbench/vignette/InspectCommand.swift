import ArgumentParser
import GraphCompiler
import Graphs
import InferenceEngine
import TerminalScreen

/// What the compiler made of a model.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Print a model's graph, the passes applied, its kernels and memory plan.",
    discussion: """
      MODEL is an installed model, default, or an ONNX or TFLite file. Of each step's result the table says where in the \
      arena it lies (the KiB it begins at; = where it shares memory that an earlier step wrote), its size and the last \
      step that needs it.
      """)

  @Argument(help: "The model.")
  var model: String

  @Option(
    help: ArgumentHelp("The shape of an input that the file leaves open.", valueName: "name=1x3x320x320"))
  var shape: [String] = []

  func run() throws {
    let chosen = try ModelArgument(model, shapes: shape)
    print(chosen.models.map(Self.text).joined(separator: "\n\n"))
  }

  private static func text(_ model: Model) -> String {
    let counts = Dictionary(grouping: model.graph.nodes, by: \.operation.name).mapValues(\.count)
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var lines = ["graph       \(VisibleText.visible(model.graph.name))"]
    lines += model.inputs.map { "input       \(VisibleText.visible($0.name)) \($0.type)" }
    lines += model.outputs.map { "output      \(VisibleText.visible($0.name)) \($0.type)" }
    lines += [
      "parameters  \(model.parameterCount)", "cost        \(model.cost.multiplyAdds) multiply-adds",
      "operators   " + counts.map { "\($0.value) \($0.key)" }.joined(separator: ", "),
      "passes      " + (model.appliedRules.isEmpty ? "none" : model.appliedRules.joined(separator: ", ")),
      "nodes       \(model.graph.nodes.count), \(model.optimizedGraph.nodes.count) after the passes, "
        + "\(model.plan.steps.count) steps",
      "memory      \(kibibytes(model.plan.arenaByteCount)) KiB for values between inputs and outputs, "
        + "\(kibibytes(model.plan.sessionByteCount)) with these",
      "",
    ]
    return (lines + steps(of: model.plan).lines).joined(separator: "\n")
  }

  /// What runs, by which kernel, and where its result lies until which step.
  private static func steps(of plan: Plan) -> TextTable {
    var table = TextTable([
      ("step", .right), ("operator", .left), ("output", .left), ("kernel", .left), ("place", .right),
      ("KiB", .right), ("until", .right), ("scratch KiB", .right), ("name", .left),
    ])
    for (index, (step, placement)) in zip(plan.steps, plan.placements).enumerated() {
      let place =
        switch placement.holder {
        case .arena(let offset): "\(placement.isShared ? "= " : "")\(kibibytes(offset))"
        case .input: "input"
        case .output: "output"
        case .constant: "constant"
        }
      table.add([
        "\(index)", step.operation, "\(step.outputType.shape)", step.kernelName, place,
        kibibytes(placement.byteCount), placement.lastStep.map(String.init) ?? "",
        placement.scratchByteCount > 0 ? kibibytes(placement.scratchByteCount) : "", step.name,
      ])
    }
    return table
  }

  /// Bytes as KiB, rounded up.
  private static func kibibytes(_ bytes: Int) -> String { "\((bytes + 1023) / 1024)" }
}
