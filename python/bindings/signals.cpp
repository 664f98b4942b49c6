// SPDX-License-Identifier: MIT
//
// When to look for signals. Iterations take from a tenth of a microsecond to minutes.
// Looking needs the GIL, so it is done rarely by the clock; reading the clock costs as
// much as a fraction of a small iteration, so that is done rarely by the iteration.
#include "signals.h"

#include "bind.h" // IWYU pragma: keep (nb)
#include "gil.h"

#include <algorithm>
#include <atomic>

namespace bindings {

namespace {

using namespace std::chrono_literals;

// Short for a human, long against the microsecond that looking takes.
constexpr auto INTERVAL = 20ms;
// Where other threads compete for the GIL, getting it may take several of their time
// slices (5 ms each). The pause grows with that, so that a solve waits for about a tenth
// of its time, up to what a human still takes for prompt.
constexpr int PATIENCE = 10;
constexpr auto LONGEST_INTERVAL = 250ms;
// Strides double while a stride is short against the interval. The limit makes the
// clock's share negligible and keeps the delay small should iterations become slow.
constexpr auto SHORT_STRIDE = INTERVAL / 8;
constexpr int LONGEST_STRIDE = 32;

// A guard costs a few microseconds where system calls are slow.
constexpr auto UNNOTICEABLE = 100us; // nobody could have meant to stop what is as short
constexpr std::int64_t LONG_WORK = 10000; // entries; takes at least about as long

std::atomic<unsigned long> main_thread{0};

constinit thread_local SignalWatch *current = nullptr;

// The thread that forks is the main thread of the child.
PyObject *after_fork_in_child(PyObject * /*self*/, PyObject * /*none*/) {
    main_thread.store(PyThread_get_thread_ident(), std::memory_order_relaxed);
    Py_RETURN_NONE;
}

PyMethodDef after_fork_definition = {"_after_fork", after_fork_in_child, METH_NOARGS,
                                     nullptr};

bool handlers_run_here() {
    return main_thread.load(std::memory_order_relaxed) == PyThread_get_thread_ident() &&
           PyInterpreterState_GetID(PyInterpreterState_Get()) == 0;
}

} // namespace

void init_signals() {
    const nb::object main = nb::module_::import_("threading").attr("main_thread")();
    main_thread.store(nb::cast<unsigned long>(main.attr("ident")),
                      std::memory_order_relaxed);
    const nb::module_ os = nb::module_::import_("os");
    if (!nb::hasattr(os, "register_at_fork")) {
        return; // a system without fork
    }
    // Python keeps the function until after nanobind has looked for leaks of its own
    // functions, hence a plain one.
    const nb::object function =
        nb::steal(PyCFunction_NewEx(&after_fork_definition, nullptr, nullptr));
    if (!function.is_valid()) {
        throw nb::python_error();
    }
    os.attr("register_at_fork")(nb::arg("after_in_child") = function);
}

SignalWatch::SignalWatch(std::int64_t size, std::uint64_t since)
    : outer_(current), since_(since), main_(handlers_run_here()) {
    if (size >= LONG_WORK) {
        detached([this] { arm(); }); // as below
    }
    current = this;
}

SignalWatch::~SignalWatch() {
    current = outer_;
    if (guard_) {
        detached(
            [this] { guard_.reset(); }); // it may wait before it passes a signal on
    }
}

void SignalWatch::arm() {
    if (!guard_) {
        // While the main thread is in a solve that Ctrl-C is to end, the signal is its at
        // once. Otherwise it is passed on when the last solve has ended, so that
        // KeyboardInterrupt finds nothing running.
        guard_.emplace(main_ ? scs::PassOn::at_once : scs::PassOn::afterwards,
                       scs::OnDefault::leave);
    }
}

bool SignalWatch::tick() {
    if (scs::SigintGuard::count() != since_) {
        if (main_) {
            arm(); // a signal that waits for other solves comes now
            run_handlers();
        }
        return true;
    }
    if (--left_ > 0) {
        return false;
    }
    const auto now = Clock::now();
    if (read_ == Clock::time_point()) {
        begin_ = now; // not read before the solve, which may be a tiny one
        due_ = now + INTERVAL;
    } else if (now - read_ > SHORT_STRIDE) {
        stride_ = 1;
    } else {
        stride_ = std::min(2 * stride_, LONGEST_STRIDE);
    }
    if (now - begin_ >= UNNOTICEABLE) {
        arm();
    }
    read_ = now;
    left_ = stride_;
    if (now >= due_) {
        look();
    }
    return false;
}

void SignalWatch::look() {
    if (guard_) {        // there is one, as UNNOTICEABLE is shorter than INTERVAL
        guard_->renew(); // somebody may have installed another handler
    }
    if (main_) {
        run_handlers();
    } else {
        due_ = read_ + INTERVAL;
    }
}

void SignalWatch::run_handlers() {
    const auto asked = Clock::now();
    const Attached attached;
    const auto waited = Clock::now() - asked;
    if (enter_python(PyErr_CheckSignals) != 0) {
        throw nb::python_error();
    }
    read_ = Clock::now(); // a handler may take its time
    due_ = read_ +
           std::clamp<Clock::duration>(PATIENCE * waited, INTERVAL, LONGEST_INTERVAL);
}

bool poll_signals() { return current != nullptr && current->tick(); }

void arm_signals() {
    if (current != nullptr) {
        current->arm();
    }
}

} // namespace bindings
