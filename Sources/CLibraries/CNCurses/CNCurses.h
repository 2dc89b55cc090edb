// ncurses with its wide-character functions declared.
#ifndef VIGNETTE_CNCURSES_H
#define VIGNETTE_CNCURSES_H

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

#endif
