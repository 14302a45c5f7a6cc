/// One-call wrappers of the POSIX file functions that take a path or bytes, so that the project store
/// needs no pointers in Swift. Every function returns a value >= 0, or -errno.
#ifndef CFILES_H
#define CFILES_H

#include <stddef.h>
#include <stdint.h>

/// Swift may call the function without `unsafe`: it keeps no pointer and reads only what it is given.
#define CFILES_SAFE __attribute__((swift_attr("@safe")))

/// What a path leads to, links followed: 1 a file, 2 a folder, 3 something else.
CFILES_SAFE int cfiles_kind(const char *_Nonnull path);

/// Makes a folder; -EEXIST if there is one.
CFILES_SAFE int cfiles_make_folder(const char *_Nonnull path);

/// Opens a file for appending, made if absent; returns its descriptor.
CFILES_SAFE int cfiles_open_append(const char *_Nonnull path);

/// Makes a new file for writing; -EEXIST if there is one. Returns its descriptor.
CFILES_SAFE int cfiles_create(const char *_Nonnull path);

/// One write(2) of up to `count` bytes (again only when a signal came first); returns how many were taken.
CFILES_SAFE long cfiles_write(int descriptor, const uint8_t *_Nonnull bytes, long offset, long count);

/// Waits until the file's bytes and length are on disk; 0 where the file system knows no such thing.
CFILES_SAFE int cfiles_sync(int descriptor);

/// Waits until a folder's list of names is on disk; 0 where the file system knows no such thing.
CFILES_SAFE int cfiles_sync_folder(const char *_Nonnull path);

/// Gives a file another name in one step, replacing what had that name.
CFILES_SAFE int cfiles_rename(const char *_Nonnull from, const char *_Nonnull to);

/// Removes a file.
CFILES_SAFE int cfiles_remove(const char *_Nonnull path);

/// Removes a folder with nothing in it.
CFILES_SAFE int cfiles_remove_folder(const char *_Nonnull path);

/// Cuts a file off at a length.
CFILES_SAFE int cfiles_truncate(int descriptor, long length);

/// Takes the file's lock without waiting; -EWOULDBLOCK when another process has it.
CFILES_SAFE int cfiles_lock(int descriptor);

/// Closes a descriptor.
CFILES_SAFE int cfiles_close(int descriptor);

#endif
