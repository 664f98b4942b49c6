// SPDX-License-Identifier: MIT
//
// Running without the GIL (on free-threaded builds: detached), so that other threads run
// and the interpreter may stop the world while the solver works or waits for its turn.
//
// Before Python 3.14 a daemon thread that wants to attach while the interpreter shuts
// down, be it in the middle of Python code that we call, is ended by pthread_exit, which
// unwinds the stack: through the core and its hooks, which must not be unwound, and through
// destructors that other threads still rely on or that need an attached thread. Such a
// thread waits here for the end of the process instead, which is what Python 3.14 itself
// does.
#ifndef SCS_BINDINGS_GIL_H
#define SCS_BINDINGS_GIL_H

#include <nanobind/nanobind.h>

#include <type_traits>
#include <utility>

namespace bindings {

/// Stays for ever where it is destroyed, unless it has been disarmed.
class WaitIfUnwound {
  public:
    WaitIfUnwound() = default;
    ~WaitIfUnwound() {
        if (armed_) {
            wait();
        }
    }
    WaitIfUnwound(const WaitIfUnwound &) = delete;
    WaitIfUnwound &operator=(const WaitIfUnwound &) = delete;
    WaitIfUnwound(WaitIfUnwound &&) = delete;
    WaitIfUnwound &operator=(WaitIfUnwound &&) = delete;

    void disarm() { armed_ = false; }

  private:
    static void wait();

    bool armed_ = true;
};

/// function(arguments...): one of Python's C functions that may attach or run Python code,
/// or some of ours that call such. It throws nothing and has nothing to destroy: the guard
/// has to act before the unwinder sees a frame that does. Hence not inlined, either.
template <typename Function, typename... Arguments>
NB_NOINLINE auto enter_python(Function function, const Arguments &...arguments) {
    WaitIfUnwound guard;
    if constexpr (std::is_void_v<
                      std::invoke_result_t<Function, const Arguments &...>>) {
        function(arguments...);
        guard.disarm();
    } else {
        const auto result = function(arguments...);
        guard.disarm();
        return result;
    }
}

/// The same for a function that returns a new reference; throws Python's error if it fails.
template <typename Function, typename... Arguments>
nanobind::object object_from(Function function, const Arguments &...arguments) {
    PyObject *result = enter_python(function, arguments...);
    if (result == nullptr) {
        throw nanobind::python_error();
    }
    return nanobind::steal(result);
}

/// The calling thread is attached while this lives, whether it was before or not.
class Attached {
  public:
    Attached() : state_(enter_python(PyGILState_Ensure)) {}
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
    ~Detached() { enter_python(PyEval_RestoreThread, state_); }
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
