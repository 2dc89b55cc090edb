extension CommandTable {
  /// Measuring, while the layers pane has the keyboard.
  static let profiling: [Command] = [
    command(
      "benchmark", "run", "Start or stop the benchmark, or what is asked on the what-if page", ["R"], .run,
      hint: 0),
    command(
      "features", "features", "Show the layer's result: channels, mean, arg-max, over the photo",
      ["f", "enter"],
      .switchFeatureView, hint: 1),
    command(
      "page", "page", "Show layers, click budget, comparison, what-if", ["v"], .switchPage(backward: false),
      hint: 3),
    command("page-back", "page back", "Show the page before", ["V"], .switchPage(backward: true)),
    command(
      "wide", "wide", "Give the layers most of the screen, for all their columns", ["W"], .toggleWide, hint: 4
    ),
    command("columns-left", "columns", "Scroll the columns", ["left", "h"], .moveColumns(-1)),
    command("columns-right", "columns", "Scroll the columns", ["right", "l"], .moveColumns(1)),
    command("threads", "threads", "Measure with another number of threads", ["T"], .switchThreads, hint: 5),
    command(
      "instructions", "ISA", "Measure with another instruction set", ["I"], .switchInstructionSet, hint: 5),
    command(
      "measured-model", "model", "Measure the next of the models that were opened", ["M"], .switchSubject),
    command(
      "keep-profile", "keep", "Compare later benchmarks with this one", ["E"], .keepBaseline,
      availability: {
        .when($0.profiling.profileToKeep != nil, else: "nothing was measured yet; run the benchmark")
      }),
    command(
      "resolution-down", "smaller", "Ask for a smaller or larger input on the what-if page", ["{"],
      .changeQuestion(resolution: -1, width: 0),
      family: "Ask for a smaller or larger input on the what-if page"),
    command(
      "resolution-up", "larger", "Ask for a smaller or larger input on the what-if page", ["}"],
      .changeQuestion(resolution: 1, width: 0),
      family: "Ask for a smaller or larger input on the what-if page"),
    command(
      "width-down", "thinner", "Ask for thinner or wider layers on the what-if page", ["["],
      .changeQuestion(resolution: 0, width: -1), family: "Ask for thinner or wider layers on the what-if page"
    ),
    command(
      "width-up", "wider", "Ask for thinner or wider layers on the what-if page", ["]"],
      .changeQuestion(resolution: 0, width: 1), family: "Ask for thinner or wider layers on the what-if page"),
  ]

  private static func command(
    _ id: String, _ title: String, _ help: String, _ keys: [String], _ action: ProfilingAction,
    hint: Int? = nil, family: String? = nil,
    availability: @escaping @Sendable (State) -> Command.Availability = { _ in .available }
  ) -> Command {
    Command(
      id, title, help: help, group: .profile, contexts: [.layers], keys: keys, hint: hint, family: family,
      availability: availability, action: .profiling(action))
  }
}
