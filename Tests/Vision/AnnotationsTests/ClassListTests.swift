import Annotations
import Testing

@Suite struct ClassListTests {
  @Test func readsClassesInTheirOrder() throws {
    let classes = try ClassList(
      text: """
        # what there is to mark
        [[class]]
        name = "Katze 猫"
        color = "#e69f00"
        key = "c"

        [[class]]
        name = "dog"
        key = "1"
        [[class]]
        name = "bird"
        """, path: "classes.toml")
    #expect(classes.entries.map(\.name) == ["Katze 猫", "dog", "bird"])
    #expect(classes.entries.map(\.key) == ["c", "1", nil])
    #expect(classes["Katze 猫"]?.color == ObjectColor(red: 0xE6, green: 0x9F, blue: 0))
    #expect(classes["dog"]?.color == ObjectColor.palette[1] && classes["cow"] == nil)
    #expect(classes.index(of: "bird") == 2 && classes.entry(forKey: "1")?.name == "dog")
    #expect(classes.entry(forKey: "x") == nil && !classes.isEmpty)
  }

  @Test(arguments: [
    ("[[class]]\nname = \"a\"\n[[class]]\ncolor = \"#000000\"\n", 3, "name must be there"),
    ("[[class]]\nname = \"a\"\n\n[[class]]\nname = \"a\"\n", 5, "a is there twice"),
    ("[[class]]\nname = \"a\"\ncolor = \"red\"\n", 3, "color must be"),
    ("[[class]]\nname = \"a\"\nkey = \"ab\"\n", 3, "key must be one character"),
    ("[[class]]\nname = \"a\"\nkey = \" \"\n", 3, "key must be one character"),
    ("[[class]]\nname = \"a\"\nkey = \"k\"\n[[class]]\nname = \"b\"\nkey = \"k\"\n", 6, "k gives a already"),
    ("[[class]]\nname = \"a\"\nshape = 4\n", 3, "shape means nothing"),
    ("theme = \"dark\"\n[[class]]\nname = \"a\"\n", 1, "theme means nothing"),
    ("\n[other]\nname = \"a\"\n", 2, "other means nothing"),
    ("[[class]]\nname = \n", 2, "expected value"),
    ("[[class]]\r\nname = \"a\"\r\ncolor = \"red\"\r\n", 3, "color must be"),
    // Headers at which the parser would end the program.
    ("[[é]]\nname = \"a\"\n", 1, "the name of a table"),
    ("[[class]]\r\nname = \"a\"\r\n [ .a]\r\n", 3, "the name of a table"),
    ("\u{FEFF}[é]\n", 1, "the name of a table"), ("\u{A0}[[é]]\n", 1, "the name of a table"),
    ("[\u{301}a]\n", 1, "the name of a table"), ("[ #]\n", 1, "the name of a table"),
    ("[\u{FFFD}]\n", 1, "the name of a table"), ("[[[class]]\n", 1, "the name of a table"),
    ("[\nname = 1\n", 1, "the name of a table"),
    ("class = [1]\n", 1, "must be a table"), ("class = 1\n", 1, "holds no table"), ("", 1, "holds no table"),
  ])
  func errorsNameTheLine(text: String, line: Int, reason: String) {
    #expect {
      try ClassList(text: text, path: "p/classes.toml")
    } throws: { error in
      guard case .wrongClasses("p/classes.toml", line, let found)? = error as? AnnotationError else {
        return false
      }
      return found.contains(reason) && "\(error)".hasPrefix("p/classes.toml:\(line): ")
    }
  }

  /// What looks like the headers and braces that are refused, and is not.
  @Test(arguments: [
    "[[class]]\nname = \"[[é]] # {}, }\"\n", "[[class]]\nname = '[}'\n", "[[class]] # [[é\nname = \"a\"\n",
    "[[class]]\nname = \"\"\"\n[é\n[,}\"\"\"\n", "[[ class ]]\nname = \"a \\\"[}\"\n",
    "[[\"class\"]]\nname = '''a\n[é]''''\n", "class = [\n  {name = \"a\"},\n  {name = \"b\"}\n]\n",
  ])
  func harmlessTextIsRead(text: String) throws {
    #expect(try ClassList(text: text, path: "classes.toml").entries.isEmpty == false)
  }

  @Test func aFolderWithoutAFileHasNone() throws {
    #expect(try ClassList(folder: "/no/such/folder") == nil)
    #expect(throws: AnnotationError.self) { try ClassList(path: "/no/such/classes.toml") }
  }
}
