#include "cfiles.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int result(int returned) { return returned < 0 ? -errno : returned; }

int cfiles_kind(const char *path) {
  struct stat status;
  if (stat(path, &status) < 0) return -errno;
  return S_ISREG(status.st_mode) ? 1 : S_ISDIR(status.st_mode) ? 2 : 3;
}

int cfiles_make_folder(const char *path) { return result(mkdir(path, 0777)); }

int cfiles_open_append(const char *path) {
  return result(open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
}

int cfiles_create(const char *path) {
  return result(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
}

long cfiles_write(int descriptor, const uint8_t *bytes, long offset, long count) {
  ssize_t written;
  do {
    written = write(descriptor, bytes + offset, (size_t)count);
  } while (written < 0 && errno == EINTR);
  return written < 0 ? -errno : written;
}

/// Pipes, some FUSE and network file systems have nothing to wait for.
static int synced(int returned) {
  if (returned < 0 && (errno == EINVAL || errno == ENOTSUP || errno == ENOSYS)) return 0;
  return result(returned);
}

int cfiles_sync(int descriptor) { return synced(fdatasync(descriptor)); }

int cfiles_sync_folder(const char *path) {
  int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return -errno;
  int status = synced(fsync(descriptor));
  close(descriptor);
  return status;
}

int cfiles_rename(const char *from, const char *to) { return result(rename(from, to)); }

int cfiles_remove(const char *path) { return result(unlink(path)); }

int cfiles_remove_folder(const char *path) { return result(rmdir(path)); }

int cfiles_truncate(int descriptor, long length) { return result(ftruncate(descriptor, length)); }

int cfiles_lock(int descriptor) { return result(flock(descriptor, LOCK_EX | LOCK_NB)); }

int cfiles_close(int descriptor) { return result(close(descriptor)); }
