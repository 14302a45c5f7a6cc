#include "pool.h"

// A Swift closure's function takes its context in a register of its own, by Swift's calling
// convention, which clang knows.
typedef __attribute__((swiftcall)) void (*swift_task)(
    long task, long worker, __attribute__((swift_context)) void *context);

void ck_call(const ck_closure *closure, long task, long worker) {
  ((swift_task)closure->function)(task, worker, closure->context);
}

// Swift declares it as `ck_lend(_ body: (Int, Int) -> Void, to: @convention(c) ...)`. A closure
// that does not escape is an argument of two words, kept alive by the caller until this returns;
// Swift itself could store it only in a heap box.
__attribute__((swiftcall)) void ck_lend(
    void *function, void *context, void (*use)(void *user, const ck_closure *closure, long tasks),
    void *user, long tasks) {
  ck_closure closure = {function, context};
  use(user, &closure, tasks);
}
