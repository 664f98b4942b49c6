// SPDX-License-Identifier: MIT
//
// Solver: turns on a mutex, hooks that may throw, and the last solution for warm starts.
#include "scs/solver.hpp"

#include "scs/error.hpp"

#include "convert.hpp"
#include "error_map.hpp"
#include "given.hpp"
#include "turn.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace scs {

namespace {

struct WorkDeleter {
    void operator()(ScsWork *work) const noexcept { scs_finish(work); }
};
using WorkPointer = std::unique_ptr<ScsWork, WorkDeleter>;

// data() of an empty span may be null, which the core would read as "absent".
const Float *pointer_or_null(const std::optional<std::span<const Float>> &values) {
    static constexpr Float nothing = 0;
    if (!values) {
        return nullptr;
    }
    return values->empty() ? &nothing : values->data();
}

void require_length(const std::optional<std::span<const Float>> &values,
                    std::int64_t expected, const char *what) {
    if (values && std::cmp_not_equal(values->size(), expected)) {
        throw InvalidProblem(std::string(what) + ": length " +
                             std::to_string(values->size()) + ", expected " +
                             std::to_string(expected));
    }
}

void require_no_infinity(const std::optional<std::span<const Float>> &values,
                         const char *name) {
    if (!values) {
        return;
    }
    const auto found =
        std::ranges::find_if(*values, [](Float value) { return std::isinf(value); });
    if (found != values->end()) {
        throw InvalidProblem(std::string("Warm-start ") + name + "[" +
                             std::to_string(found - values->begin()) + "] is " +
                             (*found > 0 ? "inf" : "-inf") +
                             ", must be finite or NaN, which counts as 0");
    }
}

} // namespace

struct Solver::Impl {
    Impl(Hooks given, OnConcurrentUse policy)
        : turns(policy), hooks(std::move(given)) {}

    // Hooks of the core. They must not unwind through it, so an exception waits in
    // `pending` until the call into the core has returned.
    static void print_hook(void *context, const char *text) noexcept;
    static int interrupted_hook(void *context) noexcept;
    static int progress_hook(void *context, const ScsProgress *progress) noexcept;

    ScsHooks core_hooks() noexcept;
    void watch(const std::function<bool(const Progress &)> *callback) noexcept;
    void create(const Snapshot &first, const Lapack *lapack);
    void adopt(ScsWork *created, const ScsError &error);
    void rethrow_pending();
    void replace(std::vector<Float> Start::*member,
                 const std::optional<std::span<const Float>> &given, Int length);
    void forget_last() noexcept;
    Result solve(const SolveOptions &options, const std::stop_token &stop_token);
    Result not_begun() const;

    Turns turns;
    Hooks hooks;
    Given data; // as it came
    WorkPointer work;
    ScsDimensions dimensions{};     // constant once constructed
    std::string_view linear_solver; // and this
    std::atomic<Status> last_status{Status::unfinished};
    Start last;            // where a warm start starts
    bool has_last = false; // whether it holds anything yet
    // Of the call in progress.
    const std::stop_token *stop = nullptr;
    const std::function<bool(const Progress &)> *progress = nullptr;
    std::exception_ptr pending;
};

void Solver::Impl::print_hook(void *context, const char *text) noexcept {
    auto &self = *static_cast<Impl *>(context);
    if (self.pending) {
        return;
    }
    try {
        self.hooks.print(text);
    } catch (...) {
        self.pending = std::current_exception();
    }
}

int Solver::Impl::interrupted_hook(void *context) noexcept {
    auto &self = *static_cast<Impl *>(context);
    if (self.pending || (self.stop != nullptr && self.stop->stop_requested())) {
        return 1;
    }
    if (!self.hooks.interrupted) {
        return 0;
    }
    try {
        return self.hooks.interrupted() ? 1 : 0;
    } catch (...) {
        self.pending = std::current_exception();
        return 1;
    }
}

int Solver::Impl::progress_hook(void *context, const ScsProgress *progress) noexcept {
    auto &self = *static_cast<Impl *>(context);
    if (self.pending) {
        return 1;
    }
    try {
        return (*self.progress)(progress_from_core(*progress)) ? 1 : 0;
    } catch (...) {
        self.pending = std::current_exception();
        return 1;
    }
}

ScsHooks Solver::Impl::core_hooks() noexcept {
    return {.context = this,
            .print = hooks.print ? &print_hook : nullptr,
            .interrupted = &interrupted_hook,
            .progress = progress != nullptr ? &progress_hook : nullptr};
}

// The core is given the hook only where somebody listens: it reads the clock for it.
void Solver::Impl::watch(
    const std::function<bool(const Progress &)> *callback) noexcept {
    progress = callback;
    const ScsHooks core = core_hooks();
    scs_set_hooks(work.get(), &core);
}

void Solver::Impl::adopt(ScsWork *created, const ScsError &error) {
    work.reset(created);
    rethrow_pending();
    if (!work) {
        throw_core_error(error);
    }
    dimensions = scs_dimensions(work.get());
    linear_solver = scs_linear_solver_name(work.get());
    last.x.resize(static_cast<std::size_t>(dimensions.n));
    last.y.resize(static_cast<std::size_t>(dimensions.m));
    last.s.resize(static_cast<std::size_t>(dimensions.m));
}

void Solver::Impl::rethrow_pending() {
    if (pending) {
        std::rethrow_exception(std::exchange(pending, nullptr));
    }
}

void Solver::Impl::replace(std::vector<Float> Start::*member,
                           const std::optional<std::span<const Float>> &given,
                           Int length) {
    if (!given) {
        return;
    }
    if (std::cmp_not_equal(given->size(), length)) {
        throw InvalidProblem("Warm-start must be a 1-D float array of length " +
                             std::to_string(length));
    }
    std::ranges::copy(*given, (last.*member).begin());
    has_last = true;
}

// As with a new solver.
void Solver::Impl::forget_last() noexcept {
    for (std::vector<Float> *values : {&last.x, &last.y, &last.s}) {
        std::ranges::fill(*values, 0);
    }
    has_last = false;
}

Result Solver::Impl::solve(const SolveOptions &options,
                           const std::stop_token &stop_token) {
    if (options.warm_start) {
        require_no_infinity(options.x, "x");
        require_no_infinity(options.y, "y");
        require_no_infinity(options.s, "s");
        replace(&Start::x, options.x, dimensions.n);
        replace(&Start::y, options.y, dimensions.m);
        replace(&Start::s, options.s, dimensions.m);
    }
    const bool warm = options.warm_start && has_last;
    Result result{.x = last.x, .y = last.y, .s = last.s, .info = {}};
    ScsSolution solution{result.x.data(), result.y.data(), result.s.data()};
    ScsInfo info{};
    ScsError error{};
    stop = &stop_token;
    if (options.progress) {
        watch(&options.progress);
    }
    scs_solve_ex(work.get(), &solution, &info, warm ? 1 : 0, &error);
    stop = nullptr;
    if (options.progress) {
        watch(nullptr);
    }
    rethrow_pending();
    if (error.code != SCS_OK) {
        if (error.code == SCS_ERROR_NUMERICAL) {
            forget_last(); // a start from it may fail as well, and would for ever
        }
        throw_core_error(error);
    }
    result.info = info_from_core(info);
    last_status.store(result.info.status, std::memory_order_relaxed);
    if (result.info.status != Status::interrupted &&
        result.info.status != Status::failed) { // these have no vectors
        std::ranges::copy(result.x, last.x.begin());
        std::ranges::copy(result.y, last.y.begin());
        std::ranges::copy(result.s, last.s.begin());
        has_last = true;
    }
    return result;
}

// What a solve returns that was stopped before its turn came.
Result Solver::Impl::not_begun() const {
    constexpr Float nothing = std::numeric_limits<Float>::quiet_NaN();
    const auto m = static_cast<std::size_t>(dimensions.m);
    const auto n = static_cast<std::size_t>(dimensions.n);
    Result result{.x = std::vector<Float>(n, nothing),
                  .y = std::vector<Float>(m, nothing),
                  .s = std::vector<Float>(m, nothing),
                  .info = {}};
    Info &info = result.info;
    info.status = Status::interrupted;
    info.status_text = "interrupted";
    info.iter = -1;
    for (Float *const value :
         {&info.pobj, &info.dobj, &info.res_pri, &info.res_dual, &info.gap,
          &info.res_infeas, &info.res_unbdd_a, &info.res_unbdd_p, &info.comp_slack}) {
        *value = nothing;
    }
    return result;
}

Solver::Solver(const Problem &problem, const Cone &cone, const Settings &settings,
               Hooks hooks, OnConcurrentUse on_concurrent_use, const Lapack *lapack)
    : Solver(Snapshot::of(problem, cone, settings), std::move(hooks), on_concurrent_use,
             lapack) {}

Solver::Solver(Snapshot snapshot, Hooks hooks, OnConcurrentUse on_concurrent_use,
               const Lapack *lapack)
    : impl_(std::make_unique<Impl>(std::move(hooks), on_concurrent_use)) {
    const auto new_p_values = std::exchange(snapshot.new_p_values, std::nullopt);
    const auto new_a_values = std::exchange(snapshot.new_a_values, std::nullopt);
    const auto new_b = std::exchange(snapshot.new_b, std::nullopt);
    const auto new_c = std::exchange(snapshot.new_c, std::nullopt);
    const auto last = std::exchange(snapshot.last, std::nullopt);
    impl_->data = Given(std::move(snapshot));
    const Snapshot &first = impl_->data.first();
    impl_->create(first, lapack);
    if (new_p_values || new_a_values) {
        update_matrices(new_p_values, new_a_values);
    }
    if (new_b || new_c) {
        update(new_b, new_c);
    }
    if (last) {
        set_start(*last);
    }
}

void Solver::Impl::create(const Snapshot &first, const Lapack *lapack) {
    const CoreInput input(first.problem(), first.cone, first.settings);
    const ScsOptions options{.hooks = core_hooks(),
                             .linear_solver = input.linear_solver(),
                             .lapack = lapack};
    ScsError error{};
    const Turn turn(turns); // hooks may run: calling back has to throw
    adopt(
        scs_init_ex(&input.data(), &input.cone(), &input.settings(), &options, &error),
        error);
}

Solver::Solver(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Solver::Solver(Solver &&other) noexcept = default;
Solver &Solver::operator=(Solver &&other) noexcept = default;
Solver::~Solver() = default;

Result Solver::solve(const SolveOptions &options, const std::stop_token &stop) {
    const Turn turn(impl_->turns, stop);
    return turn ? impl_->solve(options, stop) : impl_->not_begun();
}

void Solver::update(std::optional<std::span<const Float>> b,
                    std::optional<std::span<const Float>> c) {
    require_length(b, m(), "b_new has incompatible dimension with A");
    require_length(c, n(), "c_new has incompatible dimension with A");
    const Turn turn(impl_->turns);
    ScsError error{};
    const scs_int failed = scs_update_ex(impl_->work.get(), pointer_or_null(b),
                                         pointer_or_null(c), &error);
    impl_->rethrow_pending();
    if (failed != 0) {
        throw_core_error(error);
    }
    impl_->data.update(b, c);
}

void Solver::update_matrices(std::optional<std::span<const Float>> p_values,
                             std::optional<std::span<const Float>> a_values) {
    require_length(p_values, p_nnz(), "the new values do not fit the pattern of P");
    require_length(a_values, a_nnz(), "the new values do not fit the pattern of A");
    const Turn turn(impl_->turns);
    ScsError error{};
    const scs_int failed = scs_update_matrices(
        impl_->work.get(), pointer_or_null(p_values), static_cast<Int>(p_nnz()),
        pointer_or_null(a_values), static_cast<Int>(a_nnz()), &error);
    impl_->rethrow_pending();
    if (failed != 0) {
        throw_core_error(error);
    }
    impl_->data.update_matrices(p_values, a_values);
}

Solver Solver::clone() const {
    const Turn turn(impl_->turns);
    auto copy = std::make_unique<Impl>(impl_->hooks, impl_->turns.policy());
    ScsError error{};
    copy->adopt(scs_clone(impl_->work.get(), &error), error);
    copy->data = impl_->data;
    copy->last = impl_->last;
    copy->has_last = impl_->has_last;
    copy->last_status = last_status();
    const ScsHooks hooks = copy->core_hooks();
    scs_set_hooks(copy->work.get(), &hooks);
    return Solver(std::move(copy));
}

void Solver::set_hooks(Hooks hooks) {
    const Turn turn(impl_->turns);
    impl_->hooks = std::move(hooks);
    const ScsHooks core = impl_->core_hooks();
    scs_set_hooks(impl_->work.get(), &core);
}

void Solver::set_start(const Start &start) {
    const Turn turn(impl_->turns);
    impl_->replace(&Start::x, start.x, n());
    impl_->replace(&Start::y, start.y, m());
    impl_->replace(&Start::s, start.s, m());
}

Snapshot Solver::snapshot() const {
    const Turn turn(impl_->turns);
    Snapshot taken = impl_->data.snapshot();
    if (impl_->has_last) {
        taken.last = impl_->last;
    }
    return taken;
}

OnConcurrentUse Solver::on_concurrent_use() const noexcept {
    return impl_->turns.policy();
}

void Solver::interrupt() noexcept { scs_interrupt(impl_->work.get()); }

Int Solver::m() const noexcept { return impl_->dimensions.m; }
Int Solver::n() const noexcept { return impl_->dimensions.n; }
std::int64_t Solver::a_nnz() const noexcept { return impl_->dimensions.a_nnz; }
std::int64_t Solver::p_nnz() const noexcept { return impl_->dimensions.p_nnz; }

const Cone &Solver::cone() const noexcept { return impl_->data.first().cone; }
std::string_view Solver::linear_solver() const noexcept { return impl_->linear_solver; }
Status Solver::last_status() const noexcept {
    return impl_->last_status.load(std::memory_order_relaxed);
}

std::string_view version() noexcept { return scs_version(); }

} // namespace scs
