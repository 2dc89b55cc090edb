import ArgumentParser

/// How many threads the inference engine takes.
struct ThreadsOption: ParsableArguments {
  @Option(name: .customLong("threads"), help: "Threads of the inference engine; all processors unless given.")
  var count: Int?

  func validate() throws {
    if let count, !(1...1024).contains(count) {
      throw ValidationError("--threads must be from 1 to 1024")
    }
  }
}
