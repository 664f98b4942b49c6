// SPDX-License-Identifier: MIT
//
// Running without the GIL (on free-threaded builds: detached), so that other threads run
// and the interpreter may stop the world while the solver works or waits for its turn.
//
// Before Python 3.14 a daemon thread that wants to attach while the interpreter shuts down
// is ended by pthread_exit, which unwinds the stack: through the hooks, which must not be
// unwound, and through destructors that other threads still rely on. Such a thread waits
// here for the end of the process instead, which is what Python 3.14 itself does.
#ifndef SCS_BINDINGS_GIL_H
#define SCS_BINDINGS_GIL_H

#include <nanobind/nanobind.h>

namespace bindings {

/// The calling thread is attached while this lives, whether it was before or not.
class Attached {
  public:
    Attached();
    ~Attached() { PyGILState_Release(state_); }
    Attached(const Attached &) = delete;
    Attached &operator=(const Attached &) = delete;
    Attached(Attached &&) = delete;
    Attached &operator=(Attached &&) = delete;

  private:
    PyGILState_STATE state_;
};

/// The calling thread, attached before and after, is detached while this lives.
class Detached {
  public:
    Detached() : state_(PyEval_SaveThread()) {}
    ~Detached();
    Detached(const Detached &) = delete;
    Detached &operator=(const Detached &) = delete;
    Detached(Detached &&) = delete;
    Detached &operator=(Detached &&) = delete;

  private:
    PyThreadState *state_;
};

/// Runs work() detached and returns what it returns.
template <typename Work>
decltype(auto) detached(Work &&work) {
    const Detached guard;
    return std::forward<Work>(work)();
}

} // namespace bindings

#endif
