import Evaluation
import Testing
import VisionTasks

@Suite struct FirstClicksTests {
  @Test func readsTitlesAndExtensions() throws {
    let clicks = try FirstClicks(text: "image,x,y\na.jpg, 1.5,0.5\r\nb,0,0\n", path: "list.csv")
    #expect(clicks.assigned(to: [object("..")], stem: "a").clicks == [Click(x: 1.5, y: 0.5)])
    #expect(clicks.assigned(to: [object("..")], stem: "c").clicks == [nil])
  }

  @Test func givesEachObjectItsClick() throws {
    let clicks = try FirstClicks(text: "a,2,0\na,0,0\na,9,9\na,0,0.5", path: "list.csv")
    let assigned = clicks.assigned(to: [object("##.."), object("..##")], stem: "a")
    #expect(assigned.clicks == [Click(x: 0, y: 0), Click(x: 2, y: 0)])
    #expect(assigned.unmatched == 1)
  }

  @Test(arguments: ["a,1\n", "a,1,2\nb,one,2\n", "a,1,2,3\n", "x,y,z\na,1,nan\n"])
  func namesABadLine(text: String) {
    let line = text.hasPrefix("a,1,2\n") || text.hasPrefix("x") ? 2 : 1
    #expect(throws: EvaluationError.badLine(path: "list.csv", line: line)) {
      try FirstClicks(text: text, path: "list.csv")
    }
  }
}
