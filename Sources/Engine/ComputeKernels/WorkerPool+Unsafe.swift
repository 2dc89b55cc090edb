import CKernels

extension WorkerPool {
  /// Calls `body(context, from, to, worker)` on chunks of `grain` of the items 0..<`count` until all are done, on
  /// all threads when called inside a run.
  public func parallel(
    count: Int, grain: Int = 1,
    _ body: @convention(c) (UnsafeMutableRawPointer?, Int, Int, Int) -> Void,
    context: UnsafeMutableRawPointer?
  ) {
    worker_pool_run(body, context, count, max(1, grain))
  }

  /// Runs a kernel's task over `count` items, on this thread alone when the work is smaller than a hand-off.
  ///
  /// - Parameters:
  ///   - grain: items that a thread takes at once; by default a sixth of its share.
  ///   - work: multiplications or elements, about one per floating-point operation of a kernel.
  func run<Arguments>(
    _ body: worker_pool_body, _ arguments: inout Arguments, count: Int, grain: Int? = nil, work: Int
  ) {
    // Safe: the task reads the argument block that belongs to it, and `worker_pool_run` returns after the last use.
    withUnsafeMutableBytes(of: &arguments) { bytes in
      if threadCount == 1 || work < Self.smallestSharedWork {
        body(bytes.baseAddress, 0, count, 0)
      } else {
        worker_pool_run(body, bytes.baseAddress, count, max(1, grain ?? count / (threadCount * 6)))
      }
    }
  }

  /// The same as a run of its own: for work at the making of a kernel.
  func runAlone<Arguments>(_ body: worker_pool_body, _ arguments: inout Arguments, count: Int, work: Int) {
    beginRun()
    run(body, &arguments, count: count, work: work)
    endRun()
  }

  /// Multiplications below which waking another thread costs more than it saves: about 3 microseconds of work.
  static var smallestSharedWork: Int { 125_000 }
}
