// SPDX-License-Identifier: MIT
//
// SIGINT by sigaction.
#include "sigint_platform.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <new>

#include <pthread.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif
#include <unistd.h>

namespace scs::sigint {

namespace {

using Action = struct sigaction;

// Handlers that ours has replaced, the latest first. Never freed, as a handler may be
// running in any thread; a new one is added only when the handler is another than before.
struct Previous {
    Action action;
    const Previous *older;
};

std::atomic<const Previous *> latest{nullptr};

static_assert(std::atomic<const Previous *>::is_always_lock_free);

// Whether the last signal came to the main thread.
std::atomic<bool> came_to_main{false};

bool is_main_thread() {
#ifdef __linux__
    return syscall(SYS_gettid) == getpid();
#else
    return false; // nobody asks
#endif
}

// To the process, so that the system chooses the main thread, which may sleep in a call that
// only a signal of its own ends. But while that one is still in the handler of the signal
// that was held, the system would choose another.
//
// The main thread has just been woken by the signal that was held and is about to go back
// to sleep. A handler that runs in between wakes nobody, as the interpreter has already
// looked for signals, so it is given time to lie down.
void send_to_where_it_came() {
    const timespec pause{.tv_sec = 0, .tv_nsec = 100'000'000};
    nanosleep(&pause, nullptr);
#ifdef __linux__
    if (came_to_main) {
        syscall(SYS_tgkill, getpid(), getpid(), SIGINT);
        return;
    }
#endif
    kill(getpid(), SIGINT);
}

void on_signal(int signal, siginfo_t *info, void *context) {
    const int error = errno;
    came_to_main = is_main_thread();
    handle({.signal = signal, .info = info, .context = context});
    errno = error;
}

bool is_ours(const Action &action) {
    return (action.sa_flags & SA_SIGINFO) != 0 && action.sa_sigaction == on_signal;
}

bool is_plain(const Action &action, void (*handler)(int)) {
    return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == handler;
}

bool same_function(const Action &a, const Action &b) {
    const int kind = a.sa_flags & SA_SIGINFO;
    return kind == (b.sa_flags & SA_SIGINFO) &&
           (kind != 0 ? a.sa_sigaction == b.sa_sigaction
                      : a.sa_handler == b.sa_handler);
}

bool was_replaced_by_ours(const Action &action) {
    for (const Previous *p = latest.load(); p != nullptr; p = p->older) {
        if (same_function(p->action, action)) {
            return true;
        }
    }
    return false;
}

// Somebody may replace ours by a handler that calls ours. In front of that one ours would
// be called by what it calls, and again; so it is left there.
bool installed = false; // as far as we know
bool covered = false;   // by this one:
Action cover{};

void note_cover(const Action &current) {
    if (installed && !is_plain(current, SIG_DFL) && !is_plain(current, SIG_IGN) &&
        !was_replaced_by_ours(current)) {
        covered = true;
        cover = current;
    }
}
// False if out of memory.
bool remember(const Action &action) {
    const Previous *const known = latest.load();
    if (known != nullptr && same_function(known->action, action) &&
        known->action.sa_flags == action.sa_flags) {
        return true;
    }
    const auto *const added = new (std::nothrow) Previous{action, known};
    if (added != nullptr) {
        latest.store(added);
    }
    return added != nullptr;
}

} // namespace

void install(OnDefault on_default) noexcept {
    Action before{};
    if (sigaction(SIGINT, nullptr, &before) != 0 || is_ours(before) ||
        is_plain(before, SIG_IGN) ||
        (on_default == OnDefault::leave && is_plain(before, SIG_DFL))) {
        return;
    }
    note_cover(before);
    if ((covered && same_function(before, cover)) || !remember(before)) {
        return;
    }
    // Flags and mask of the previous handler: whether calls are restarted, for example,
    // is for it to say.
    Action ours = before;
    ours.sa_flags = (before.sa_flags & ~SA_RESETHAND) | SA_SIGINFO;
    ours.sa_sigaction = on_signal;
    sigaction(SIGINT, &ours, nullptr);
    installed = true;
    covered = false;
}

void restore() noexcept {
    Action current{};
    const Previous *const previous = latest.load();
    if (previous == nullptr || sigaction(SIGINT, nullptr, &current) != 0) {
        return;
    }
    if (is_ours(current)) {
        sigaction(SIGINT, &previous->action, nullptr);
    } else {
        note_cover(current);
    }
    installed = false;
}

void call_previous(const Event &event, int level) noexcept {
    const Previous *previous = latest.load();
    for (; previous != nullptr && level > 0; --level) {
        previous = previous->older;
    }
    if (previous == nullptr) {
        return;
    }
    const Action &action = previous->action;
    if ((action.sa_flags & SA_SIGINFO) != 0) {
        action.sa_sigaction(event.signal, static_cast<siginfo_t *>(event.info),
                            event.context);
    } else if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN) {
        action.sa_handler(event.signal);
    }
}

void send_again(void (*expect)(bool ours) noexcept) noexcept {
    Action current{};
    if (sigaction(SIGINT, nullptr, &current) == 0 && !is_plain(current, SIG_DFL) &&
        !is_plain(current, SIG_IGN)) {
        expect(is_ours(current));
        send_to_where_it_came();
    }
}

void register_fork(void (*before)(), void (*parent)(), void (*child)()) noexcept {
    pthread_atfork(before, parent, child);
}

} // namespace scs::sigint
