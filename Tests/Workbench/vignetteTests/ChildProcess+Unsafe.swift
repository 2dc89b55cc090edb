import Foundation

/// Programs started by a test.
///
/// Foundation's `Process` also waits for what a program leaves behind, such as the server of tmux.
enum ChildProcess {
  /// Where a program's standard streams go.
  enum Streams {
    /// All to a terminal, which becomes the program's own in a session of its own.
    case terminal(path: String)
    /// Output and messages to files; no input.
    case files(output: String, errors: String)
  }

  /// Starts a program; the first argument is its path.
  /// - Throws: `POSIXError`.
  static func start(
    _ arguments: [String], environment: [String: String], streams: Streams
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of a test may block signals, which a program would inherit and then outlive its end.
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    var flags = Int16(POSIX_SPAWN_SETSIGMASK)
    switch streams {
    case .terminal(let path):
      // The first terminal that a session leader opens becomes its own.
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      for descriptor in [Int32(1), 2] { posix_spawn_file_actions_adddup2(&actions, 0, descriptor) }
      // POSIX_SPAWN_SETSID of <spawn.h>, which only C with GNU extensions sees.
      flags |= 0x80
    case .files(let output, let errors):
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      let mode = O_WRONLY | O_CREAT | O_TRUNC
      posix_spawn_file_actions_addopen(&actions, 1, output, mode, 0o600)
      posix_spawn_file_actions_addopen(&actions, 2, errors, mode, 0o600)
    }
    posix_spawnattr_setflags(&attributes, flags)
    // C strings of the program's lifetime up to the call, freed behind it.
    var argumentPointers = arguments.map { strdup($0) } + [nil]
    var variablePointers = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argumentPointers + variablePointers { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawn(
      &process, arguments[0], &actions, &attributes, &argumentPointers, &variablePointers)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .ENOEXEC) }
    return process
  }

  /// Waits for a program's end and returns its exit status, or 128 and the number of the signal that ended it.
  static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
