// SPDX-License-Identifier: MIT
//
// Attaching. The functions that may be unwound are not inlined: the guard has to act
// before the unwinder sees a frame that must not throw.
#include "gil.h"

#include <chrono>
#include <thread>

namespace bindings {

namespace {

class WaitIfUnwound {
  public:
    WaitIfUnwound() = default;
    ~WaitIfUnwound() {
        while (armed_) {
            std::this_thread::sleep_for(std::chrono::hours(1));
        }
    }
    WaitIfUnwound(const WaitIfUnwound &) = delete;
    WaitIfUnwound &operator=(const WaitIfUnwound &) = delete;
    WaitIfUnwound(WaitIfUnwound &&) = delete;
    WaitIfUnwound &operator=(WaitIfUnwound &&) = delete;

    void disarm() { armed_ = false; }

  private:
    bool armed_ = true;
};

NB_NOINLINE PyGILState_STATE attach() {
    WaitIfUnwound guard;
    const PyGILState_STATE state = PyGILState_Ensure();
    guard.disarm();
    return state;
}

NB_NOINLINE void attach_again(PyThreadState *state) {
    WaitIfUnwound guard;
    PyEval_RestoreThread(state);
    guard.disarm();
}

} // namespace

Attached::Attached() : state_(attach()) {}

Detached::~Detached() { attach_again(state_); }

} // namespace bindings
