import WorkbenchCore

/// Places on a sample photo that are known to lie on an object and off it.
struct SampleObject {
  let file: String
  /// Where to click.
  let inside: ImagePoint
  let objectPoints: [ImagePoint]
  let otherPoints: [ImagePoint]

  /// The cup; whether its saucer belongs to it is the network's to say.
  static let coffee = SampleObject(
    file: "coffee.jpg", inside: ImagePoint(x: 290, y: 150),
    objectPoints: [ImagePoint(x: 250, y: 170), ImagePoint(x: 330, y: 165)],
    otherPoints: [ImagePoint(x: 30, y: 200), ImagePoint(x: 560, y: 60), ImagePoint(x: 40, y: 370)])
}
