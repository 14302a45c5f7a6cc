/// ncurses and signals, as functions that Swift can call: curses' macros and globals do not import,
/// and signal handlers stay in C. Each function is one call or few; policy is Swift's.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Sets the locale of the environment, or C.UTF-8 where that is not UTF-8, with numbers as in C.
void cterm_locale(void);
/// Colours of a terminal type: -1 if the type is unknown, -2 if it cannot place the cursor,
/// 0 if it has none.
int cterm_colors(const char *term);

// The screen.

/// Opens the terminal on its own copy of a descriptor; 0, or -1 if ncurses does not know it.
int cterm_open(const char *term, int out_fd);
/// Colour pairs that may be defined; 0 without colour.
int cterm_pairs(void);
/// Defines a pair of two colours.
void cterm_pair(int pair, int foreground, int background);
enum { CTERM_BOLD = 1, CTERM_REVERSE = 2 };
/// Puts a character of `count` scalars that takes `width` cells; `?` where the C library counts
/// its width otherwise, since the row would shift.
void cterm_put(int row, int column, const uint32_t *scalars, int count, int width, int attributes,
               int pair);
/// Sends what differs from what is shown; the cursor is hidden.
void cterm_show(void);
/// Makes the next `cterm_show` paint everything anew.
void cterm_repaint(void);
/// Tells ncurses the window's size.
void cterm_resize(int rows, int columns);
/// Gives the terminal back, until the next `cterm_show` or `cterm_close`.
void cterm_leave(void);
/// Takes the terminal's modes again after `cterm_leave`, or after a stop by another process.
void cterm_enter(void);
/// Frees the screen after `cterm_leave`.
void cterm_close(void);

// Signals and crashes.

/// From now on every signal that would end or stop the process, and is no crash, writes its number as a
/// byte into a descriptor. Call before `cterm_open`: ncurses keeps handlers that it finds.
void cterm_signals(int fd);
/// Gives those signals their former handlers back.
void cterm_signals_end(void);
/// Stops the process as Ctrl-Z would; returns when it is continued.
void cterm_stop(void);
/// Remembers the terminal's modes, and what a crash has to write to `fd` before the former handler
/// runs: `restore`, also at `exit`, and then `words`; at most 511 bytes each. `err_fd`, if not -1,
/// becomes standard error again.
void cterm_crash_guard(int fd, int err_fd, const char *restore, const char *words);
/// Ends that.
void cterm_crash_guard_end(void);
/// Puts something that can neither be read nor written where standard input, output or error is closed,
/// so that no file is opened under their numbers and written to as if it were they.
void cterm_fill_streams(void);
/// Raises the stack's limit to so many bytes, or as far as it may be, for this thread and those to come;
/// how many bytes it is.
long cterm_stack(long bytes);
/// The same for files that may be open at once.
long cterm_files(long count);
/// How many more threads with 8 MB of stack can be started, `count` at the most; of more than 64, 64 stand for all.
int cterm_threads(int count);
/// Makes a terminal sane that a killed program left behind; 0 or -1.
int cterm_sane(int fd);
