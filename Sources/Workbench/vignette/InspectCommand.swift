import ArgumentParser
import Graphs
import InferenceEngine
import TerminalScreen

/// What the compiler made of a model.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Print a model's graph, the passes applied, its kernels and memory plan.",
    discussion: "MODEL is an installed model, default, or an ONNX or TFLite file.")

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
      "memory      \(model.plan.arenaByteCount / 1024) KiB for values between inputs and outputs", "steps",
    ]
    lines += model.plan.steps.enumerated().map { index, step in
      let number = String(repeating: " ", count: max(5 - "\(index)".count, 0)) + "\(index)"
      return
        "\(number)  \(step.operation) \(step.outputType.shape) \(step.kernelName) \(VisibleText.visible(step.name))"
    }
    return lines.joined(separator: "\n")
  }
}
