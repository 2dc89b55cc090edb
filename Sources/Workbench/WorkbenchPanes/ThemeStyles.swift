import TerminalScreen
import TerminalWidgets
import WorkbenchCore

extension Theme {
  /// The theme as the widgets of panes take it.
  var widgetStyles: WidgetStyles {
    WidgetStyles(
      text: style(.text), secondary: style(.dim), heading: style(.title), selection: style(.selection),
      inactiveSelection: style(.accent), border: style(.rule), bar: style(.heat), key: style(.key),
      cursor: style(.selection))
  }

  /// The theme as popups take it: everything on the popup's own ground.
  var popupStyles: WidgetStyles {
    let ground = style(.popup).background
    func onGround(_ role: Role) -> Style {
      var style = style(role)
      if style.background == self.style(.text).background { style.background = ground }
      return style
    }
    return WidgetStyles(
      text: style(.popup), secondary: onGround(.dim), heading: onGround(.accent),
      selection: style(.selection), inactiveSelection: onGround(.accent), border: onGround(.rule),
      bar: style(.selection), key: onGround(.key), cursor: style(.selection))
  }
}
