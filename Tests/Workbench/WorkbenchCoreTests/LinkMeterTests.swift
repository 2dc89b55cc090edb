import Testing
import WorkbenchCore

@Suite struct LinkMeterTests {
  @Test func nothingIsSlowBeforeItWasMeasured() {
    #expect(!LinkMeter().isSlow(forBytes: 10_000_000))
    #expect(LinkMeter().bytesPerSecond == nil)
  }

  @Test func aMegabitIsSlowForPicturesAndAFastLinkIsNot() {
    var slow = LinkMeter()
    slow.record(byteCount: 600_000, seconds: 4.8)
    #expect(slow.isSlow(forBytes: 100_000) && !slow.isSlow(forBytes: 5_000))
    var fast = LinkMeter()
    fast.record(byteCount: 600_000, seconds: 0.012)
    #expect(!fast.isSlow(forBytes: 700_000))
  }

  @Test func itFollowsAChangingLinkAndIgnoresSmallFrames() {
    var link = LinkMeter()
    link.record(byteCount: 100_000, seconds: 0.01)
    link.record(byteCount: 100, seconds: 1)
    #expect(!link.isSlow(forBytes: 100_000))
    for _ in 0..<6 { link.record(byteCount: 100_000, seconds: 0.8) }
    #expect(link.isSlow(forBytes: 100_000))
  }
}
