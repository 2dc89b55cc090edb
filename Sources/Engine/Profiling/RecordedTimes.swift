import InferenceEngine

/// The milliseconds of every run of sessions that work one after the other.
struct RecordedTimes {
  /// For each step of all plans the time of each counted run.
  private(set) var steps: [[Double]]
  /// The time of each counted run, and what it has beyond its steps.
  private(set) var endToEnd: [Double] = []
  private(set) var remainders: [Double] = []
  /// The times of the runs that do not count.
  private(set) var warmUp: [Double] = []

  init(stepCount: Int) { steps = [[Double]](repeating: [], count: stepCount) }

  /// Adds the sessions' last runs.
  mutating func record(_ sessions: [Session], isWarmUp: Bool) {
    let milliseconds = 1e-6
    let total = sessions.reduce(0) { $0 + Double($1.endToEndNanoseconds) } * milliseconds
    if isWarmUp { return warmUp.append(total) }
    var (index, sum) = (0, 0.0)
    for session in sessions {
      for nanoseconds in session.stepNanoseconds {
        let time = Double(nanoseconds) * milliseconds
        steps[index].append(time)
        sum += time
        index += 1
      }
    }
    endToEnd.append(total)
    remainders.append(total - sum)
  }
}
