#define _GNU_SOURCE 1
#include "CTerminal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

// Handlers can only reach globals; all of them are set while no handler is installed.
static int pipe_fd = -1;
static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};
static struct sigaction former[COUNT(caught)];

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
  for (size_t i = 0; i < COUNT(caught); i++) sigaction(caught[i], &action, &former[i]);
}

void cterm_signals_end(void) {
  if (pipe_fd < 0) return;
  for (size_t i = 0; i < COUNT(caught); i++) sigaction(caught[i], &former[i], NULL);
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

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
static struct sigaction before_fatal[COUNT(fatal)];
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
  for (size_t i = 0; i < COUNT(fatal); i++) sigaction(fatal[i], &before_fatal[i], NULL);
  errno = saved;
  // A fault happens again when this returns and meets the former handler with its true context;
  // what was sent, or has already moved past the instruction, has to be sent again.
  int repeats = info->si_code > 0 && signal != SIGTRAP && signal != SIGABRT;
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
  for (size_t i = 0; i < COUNT(fatal); i++) sigaction(fatal[i], &action, &before_fatal[i]);
  if (!exit_registered) exit_registered = atexit(give_back) == 0;
  guarded = 1;
}

void cterm_crash_guard_end(void) {
  if (!guarded) return;
  guarded = 0;
  for (size_t i = 0; i < COUNT(fatal); i++) sigaction(fatal[i], &before_fatal[i], NULL);
}

int cterm_sane(int fd) {
  struct termios modes;
  if (tcgetattr(fd, &modes) != 0) return -1;
  modes.c_iflag |= BRKINT | ICRNL | IMAXBEL | IXON;
  modes.c_oflag |= OPOST | ONLCR;
  modes.c_lflag |= ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK;
  return tcsetattr(fd, TCSADRAIN, &modes);
}
