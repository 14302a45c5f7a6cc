#define _GNU_SOURCE
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <stdbool.h>
#include <stdint.h>

// `Synchronization.Mutex` takes and gives a free lock by an atomic in the caller's code, which ThreadSanitizer
// sees, and a contended one inside of libswiftSynchronization.so, which it does not. These stand before the library's,
// which do the work.

#define SELF __attribute__((swift_context)) void *self
#define MUTEX(name) "$s15Synchronization12_MutexHandleV" name

#define LOCK MUTEX("9_lockSlowyys6UInt32VF")
#define TRY_LOCK MUTEX("12_tryLockSlowSbyF")
#define UNLOCK MUTEX("11_unlockSlowyyF")

typedef __attribute__((swiftcall)) void locks(uint32_t thread, SELF);
typedef __attribute__((swiftcall)) bool tries(SELF);
typedef __attribute__((swiftcall)) void unlocks(SELF);

locks cthreadsanitizer_lock __asm__(LOCK);
tries cthreadsanitizer_try_lock __asm__(TRY_LOCK);
unlocks cthreadsanitizer_unlock __asm__(UNLOCK);

__attribute__((swiftcall)) void cthreadsanitizer_lock(uint32_t thread, SELF) {
  ((locks *)dlsym(RTLD_NEXT, LOCK))(thread, self);
  __tsan_acquire(self);
}

__attribute__((swiftcall)) bool cthreadsanitizer_try_lock(SELF) {
  bool locked = ((tries *)dlsym(RTLD_NEXT, TRY_LOCK))(self);
  if (locked) __tsan_acquire(self);
  return locked;
}

__attribute__((swiftcall)) void cthreadsanitizer_unlock(SELF) {
  __tsan_release(self);
  ((unlocks *)dlsym(RTLD_NEXT, UNLOCK))(self);
}
