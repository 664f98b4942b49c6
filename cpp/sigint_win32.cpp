// SPDX-License-Identifier: MIT
//
// SIGINT by the C library, which on Windows runs the handler in a thread of its own and
// sets the default effect before it does.
#include "sigint_platform.hpp"

#include <atomic>
#include <csignal>

namespace scs::sigint {

namespace {

using Handler = void (*)(int);

std::atomic<Handler> previous{nullptr};

void on_signal(int signal) {
    handle({.signal = signal, .info = nullptr, .context = nullptr});
    std::signal(SIGINT, on_signal);
}

} // namespace

void install(OnDefault on_default) noexcept {
    const Handler before = std::signal(SIGINT, on_signal);
    if (before == on_signal || before == SIG_ERR) {
        return;
    }
    if (before == SIG_IGN || (on_default == OnDefault::leave && before == SIG_DFL)) {
        std::signal(SIGINT, before);
        return;
    }
    previous = before;
}

void restore() noexcept {
    const Handler current = std::signal(SIGINT, SIG_IGN); // there is no mere question
    const Handler wanted = previous;
    std::signal(SIGINT, current == on_signal && wanted != nullptr ? wanted : current);
}

void call_previous(const Event &event, int level) noexcept {
    const Handler handler = previous;
    if (level == 0 && handler != nullptr && handler != SIG_DFL && handler != SIG_IGN) {
        handler(event.signal);
    }
}

void send_again(void (*expect)(bool ours) noexcept) noexcept {
    const Handler current = std::signal(SIGINT, SIG_IGN);
    std::signal(SIGINT, current);
    if (current != SIG_DFL && current != SIG_IGN && current != SIG_ERR) {
        expect(current == on_signal);
        std::raise(SIGINT);
    }
}

void register_fork(void (* /*before*/)(), void (* /*parent*/)(),
                   void (* /*child*/)()) noexcept {}

} // namespace scs::sigint
