#define _GNU_SOURCE 1
#include "CTerminal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// What a signal means while the screen is up. SIGKILL and SIGSTOP reach nobody, SIGPIPE and SIGXFSZ are
// ignored from the program's start (they are errors of a write), and SIGCHLD and SIGURG end nothing.
enum meaning {
  ASIDE,
  // Its number is told: the program saves and leaves, or follows the shell and the window.
  TOLD,
  // The terminal is given back, and the signal goes on to whoever had it.
  FATAL
};

static const unsigned char meanings[NSIG] = {
    [SIGHUP] = TOLD,   [SIGINT] = TOLD,    [SIGQUIT] = TOLD,   [SIGTERM] = TOLD, [SIGUSR1] = TOLD,
    [SIGUSR2] = TOLD,  [SIGALRM] = TOLD,   [SIGVTALRM] = TOLD, [SIGPROF] = TOLD, [SIGXCPU] = TOLD,
    [SIGIO] = TOLD,    [SIGPWR] = TOLD,    [SIGTSTP] = TOLD,   [SIGCONT] = TOLD, [SIGWINCH] = TOLD,
#ifdef SIGSTKFLT
    [SIGSTKFLT] = TOLD,
#endif
    [SIGSEGV] = FATAL, [SIGBUS] = FATAL,   [SIGILL] = FATAL,   [SIGFPE] = FATAL, [SIGABRT] = FATAL,
    [SIGTRAP] = FATAL, [SIGSYS] = FATAL,
};

// Handlers can only reach globals; all of them are set while no handler is installed.
static int pipe_fd = -1;
static struct sigaction former[NSIG];

// Signals for programs of one's own end a process that does not know them, so they are told as well.
static enum meaning meaning(int signal) { return signal >= SIGRTMIN ? TOLD : meanings[signal]; }

static void catch(enum meaning what, const struct sigaction *action) {
  for (int i = 1; i < NSIG; i++) {
    if (meaning(i) != what) continue;
    sigaction(i, action, &former[i]);
    // A profiler's timer is its own.
    int is_profilers = i == SIGPROF && former[i].sa_handler != SIG_DFL;
    if (is_profilers) sigaction(i, &former[i], NULL);
  }
}

static void give_up(enum meaning what) {
  for (int i = 1; i < NSIG; i++)
    if (meaning(i) == what) sigaction(i, &former[i], NULL);
}

static void tell(int signal) {
  int saved = errno;
  unsigned char byte = (unsigned char)signal;
  if (write(pipe_fd, &byte, 1) < 0) errno = saved;
  errno = saved;
}

void cterm_signals(int fd) {
  pipe_fd = fd;
  struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  catch(TOLD, &action);
}

void cterm_signals_end(void) {
  if (pipe_fd < 0) return;
  give_up(TOLD);
  pipe_fd = -1;
}

void cterm_stop(void) {
  struct sigaction mine, standard = {.sa_handler = SIG_DFL};
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigaction(SIGTSTP, &standard, &mine);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &mine, NULL);
}

static volatile sig_atomic_t guarded;
static int guard_fd = -1, guard_err_fd = -1;
static struct termios guard_modes;
static char guard_text[512], guard_words[512];
static char crash_stack[64 * 1024];
static int exit_registered;

static void send_text(const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t count = write(guard_fd, text, left);
    if (count <= 0) return;
    text += count;
    left -= (size_t)count;
  }
}

static void give_back(void) {
  if (!guarded) return;
  guarded = 0;
  send_text(guard_text);
  tcsetattr(guard_fd, TCSANOW, &guard_modes);
  if (guard_err_fd >= 0) dup2(guard_err_fd, STDERR_FILENO);
}

static void crashed(int signal, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  if (guarded) {
    give_back();
    send_text(guard_words);
  }
  give_up(FATAL);
  errno = saved;
  // A fault happens again when this returns and meets the former handler with its true context;
  // what was sent, or has already moved past the instruction, has to be sent again.
  int repeats = info->si_code > 0 && signal != SIGTRAP && signal != SIGABRT && signal != SIGSYS;
  if (!repeats) raise(signal);
}

void cterm_crash_guard(int fd, int err_fd, const char *restore, const char *words) {
  guard_fd = fd;
  guard_err_fd = err_fd;
  // glibc 2.36 has no strlcpy; the arrays' last bytes stay 0.
  strncpy(guard_text, restore, sizeof guard_text - 1);
  strncpy(guard_words, words, sizeof guard_words - 1);
  tcgetattr(fd, &guard_modes);
  stack_t old, stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
  // Swift's backtracer may have installed a larger one already.
  if (sigaltstack(NULL, &old) == 0 && (old.ss_flags & SS_DISABLE)) sigaltstack(&stack, NULL);
  struct sigaction action = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  catch(FATAL, &action);
  if (!exit_registered) exit_registered = atexit(give_back) == 0;
  guarded = 1;
}

void cterm_crash_guard_end(void) {
  if (!guarded) return;
  guarded = 0;
  give_up(FATAL);
}

int cterm_sane(int fd) {
  struct termios modes;
  if (tcgetattr(fd, &modes) != 0) return -1;
  modes.c_iflag |= BRKINT | ICRNL | IMAXBEL | IXON;
  modes.c_oflag |= OPOST | ONLCR;
  modes.c_lflag |= ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK;
  return tcsetattr(fd, TCSADRAIN, &modes);
}
