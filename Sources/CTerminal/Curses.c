#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE 1
#include "CTerminal.h"

#include <curses.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

// ncurses keeps one current screen for the process; this is the handle to free it by.
static SCREEN *screen;
static FILE *out;

void cterm_locale(void) {
  if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
    setlocale(LC_CTYPE, "C.UTF-8");
  }
  setlocale(LC_NUMERIC, "C");
}

int cterm_colors(const char *term) {
  int status = 0;
  if (setupterm(term, STDOUT_FILENO, &status) != OK) return -1;
  char *place = tigetstr("cup");
  int colors = tigetnum("colors");
  TERMINAL *found = cur_term;
  set_curterm(NULL);
  del_curterm(found);
  if (!place || place == (char *)-1) return -2;
  return colors < 0 ? 0 : colors;
}

int cterm_open(const char *term, int out_fd) {
  int copy = fcntl(out_fd, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return -1;
  out = fdopen(copy, "w");
  if (!out) {
    close(copy);
    return -1;
  }
  // The window's size is the terminal's own, whatever LINES and COLUMNS say.
  use_env(FALSE);
  use_tioctl(TRUE);
  screen = newterm(term, out, stdin);
  if (!screen) {
    fclose(out);
    out = NULL;
    return -1;
  }
  raw();
  noecho();
  nonl();
  // The program reads the terminal itself: ncurses must not put off output because input waits.
  typeahead(-1);
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  curs_set(0);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  return 0;
}

int cterm_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }

void cterm_pair(int pair, int foreground, int background) {
  init_extended_pair(pair, foreground, background);
}

void cterm_put(int row, int column, const uint32_t *scalars, int count, int width, int attributes,
               int pair) {
  wchar_t text[CCHARW_MAX + 1];
  if (count > CCHARW_MAX) count = CCHARW_MAX;
  for (int i = 0; i < count; i++) text[i] = (wchar_t)scalars[i];
  text[count] = 0;
  int cells = 1;
  if (count == 0 || wcwidth(text[0]) != width) {
    text[0] = L'?';
    text[1] = 0;
    cells = width;
  }
  attr_t look = WA_NORMAL;
  if (attributes & CTERM_BOLD) look |= WA_BOLD;
  if (attributes & CTERM_REVERSE) look |= WA_REVERSE;
  cchar_t cell;
  if (setcchar(&cell, text, look, 0, &pair) != OK) {
    setcchar(&cell, L"?", look, 0, &pair);
    cells = width;
  }
  for (int i = 0; i < cells; i++) mvadd_wch(row, column + i, &cell);
}

void cterm_show(void) {
  curs_set(0);
  refresh();
}

void cterm_repaint(void) { clearok(curscr, TRUE); }

void cterm_resize(int height, int width) {
  resizeterm(height, width);
  clearok(curscr, TRUE);
}

void cterm_leave(void) { endwin(); }

void cterm_enter(void) {
  reset_prog_mode();
  clearok(curscr, TRUE);
  refresh();
}

void cterm_close(void) {
  if (!screen) return;
  delscreen(screen);
  fclose(out);
  screen = NULL;
  out = NULL;
}
