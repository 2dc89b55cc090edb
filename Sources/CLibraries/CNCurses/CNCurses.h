// ncurses with its wide-character functions, and plain functions for what Swift cannot import: its macros,
// its global variables and cells of several code points.
#ifndef VIGNETTE_CNCURSES_H
#define VIGNETTE_CNCURSES_H

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

enum {
  CNCURSES_BOLD = 1,
  CNCURSES_DIM = 2,
  CNCURSES_UNDERLINE = 4,
  CNCURSES_REVERSE = 8,
  CNCURSES_INVISIBLE = 16,
};

// Puts one grapheme, a spacing character and at most four combining ones, ended by 0, into the cell at (x, y) of
// the standard window. Returns ERR when ncurses does not take the grapheme.
static inline int cncurses_put(int y, int x, const wchar_t *text, int flags, int pair) {
  attr_t attributes = A_NORMAL;
  if (flags & CNCURSES_BOLD) attributes |= A_BOLD;
  if (flags & CNCURSES_DIM) attributes |= A_DIM;
  if (flags & CNCURSES_UNDERLINE) attributes |= A_UNDERLINE;
  if (flags & CNCURSES_REVERSE) attributes |= A_REVERSE;
  if (flags & CNCURSES_INVISIBLE) attributes |= A_INVIS;
  cchar_t cell;
  if (setcchar(&cell, text, attributes, 0, &pair) == ERR) return ERR;
  // In the last cell of the window the cursor cannot go on, which is reported as an error but draws the cell.
  if (mvwadd_wch(stdscr, y, x, &cell) == ERR && !(y == getmaxy(stdscr) - 1)) return ERR;
  return OK;
}

// Sets the standard window up for output only: no scrolling, no shifting of characters, which would move
// pictures, no waiting for typed keys, and no cursor.
static inline void cncurses_prepare_output(void) {
  scrollok(stdscr, FALSE);
  idlok(stdscr, FALSE);
  idcok(stdscr, FALSE);
  leaveok(stdscr, TRUE);
  typeahead(-1);
  curs_set(0);
}

// Makes the next refresh write every cell.
static inline void cncurses_redraw_all(void) { clearok(curscr, TRUE); }

static inline int cncurses_refresh(void) { return wrefresh(stdscr); }

static inline int cncurses_color_count(void) { return COLORS; }

// The columns that the C library gives a character, or -1; declared here because the C library's header hides it.
extern int wcwidth(wchar_t character);
static inline int cncurses_width(wchar_t character) { return wcwidth(character); }

// Uses the locale of the environment for characters, or the C locale in UTF-8 when that is no UTF-8 locale.
static inline void cncurses_use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

// The string of a terminfo capability, or a null pointer when the terminal has none.
static inline const char *cncurses_string(const char *name) {
  const char *text = tigetstr(name);
  return text == (const char *)-1 ? (const char *)0 : text;
}

#endif
