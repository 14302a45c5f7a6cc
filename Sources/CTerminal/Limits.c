#define _GNU_SOURCE 1
#include "CTerminal.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>

void cterm_fill_streams(void) {
  for (int fd = 0; fd < 3; fd++) {
    // The lowest free number is taken, which is this one.
    if (fcntl(fd, F_GETFD) < 0) open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
  }
}

static long raise_limit(int resource, long wanted) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur >= (rlim_t)wanted) return wanted;
  limit.rlim_cur = limit.rlim_max < (rlim_t)wanted ? limit.rlim_max : (rlim_t)wanted;
  setrlimit(resource, &limit);
  return (long)limit.rlim_cur;
}

long cterm_stack(long bytes) {
  // Threads took their share from the limit as it was when the program was loaded.
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, (size_t)bytes);
  pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
  return raise_limit(RLIMIT_STACK, bytes);
}

long cterm_files(long count) { return raise_limit(RLIMIT_NOFILE, count); }

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *wait_at_gate(void *nothing) {
  pthread_mutex_lock(&gate);
  pthread_mutex_unlock(&gate);
  return nothing;
}

int cterm_threads(int count) {
  enum { MOST = 64 };
  pthread_t threads[MOST];
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 8 << 20);
  int wanted = count < MOST ? count : MOST, made = 0;
  pthread_mutex_lock(&gate);
  while (made < wanted && pthread_create(&threads[made], &attributes, wait_at_gate, NULL) == 0) made++;
  pthread_mutex_unlock(&gate);
  for (int i = 0; i < made; i++) pthread_join(threads[i], NULL);
  pthread_attr_destroy(&attributes);
  return made == wanted ? count : made;
}
