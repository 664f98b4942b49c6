// SPDX-License-Identifier: MIT
//
// Solver. Order in every method: the arrays are copied attached, then the GIL is released,
// then the solver waits for its turn, works and ends its turn, then the GIL is taken again.
// So nobody who waits for the solver keeps the GIL from its owner.
#include "arrays.h"
#include "bind.h"
#include "gil.h"
#include "hooks.h"
#include "scipy_lapack.h"
#include "signals.h"

#include <nanobind/stl/optional.h>    // IWYU pragma: keep
#include <nanobind/stl/string_view.h> // IWYU pragma: keep

#include <cstdint>
#include <new>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

namespace bindings {

namespace {

using Floats = ArrayOf<double>;
using Ints = ArrayOf<scs::Int>;
using MaybeFloats = std::optional<Floats>;
using MaybeInts = std::optional<Ints>;

std::vector<double> copy(const Floats &array) {
    const std::span<const double> values = view(array);
    return {values.begin(), values.end()};
}

// What the array held when the call came: it is read attached, then waiting and working
// happen detached.
class MaybeCopy {
  public:
    explicit MaybeCopy(const MaybeFloats &array) {
        if (array) {
            values_ = copy(*array);
        }
    }
    [[nodiscard]] std::optional<std::span<const double>> view() const {
        return values_ ? std::optional<std::span<const double>>(*values_)
                       : std::nullopt;
    }

  private:
    std::optional<std::vector<double>> values_;
};

std::optional<scs::CscView> p_view(scs::Int n, const MaybeFloats &values,
                                   const MaybeInts &rows, const MaybeInts &starts) {
    if (!values && !rows && !starts) {
        return std::nullopt;
    }
    if (!values || !rows || !starts) {
        throw scs::InvalidProblem("Px, Pi and Pp must be given together");
    }
    return scs::CscView{n, n, view(*values), view(*rows), view(*starts)};
}

// Entries that a call works on.
std::int64_t size_of(const scs::Problem &problem) {
    return static_cast<std::int64_t>(problem.b.size() + problem.c.size() +
                                     problem.A.values.size() +
                                     (problem.P ? problem.P->values.size() : 0));
}

std::int64_t size_of(const scs::Solver &solver) {
    return std::int64_t{solver.m()} + solver.n() + solver.a_nnz() + solver.p_nnz();
}

// NOLINTNEXTLINE(readability-function-size): these are Python's parameters
void construct(scs::Solver *self, scs::Int m, scs::Int n, const Floats &a_values,
               const Ints &a_rows, const Ints &a_starts, const MaybeFloats &p_values,
               const MaybeInts &p_rows, const MaybeInts &p_starts, const Floats &b,
               const Floats &c, const nb::dict &cone, nb::handle settings,
               nb::handle linear_solver, nb::handle on_concurrent_use, bool restored) {
    const scs::Problem problem{
        .A = {m, n, view(a_values), view(a_rows), view(a_starts)},
        .P = p_view(n, p_values, p_rows, p_starts),
        .b = view(b),
        .c = view(c)};
    scs::Cone parsed_cone = parse_cone(cone);
    scs::Settings parsed_settings = parse_settings(settings);
    parsed_settings.linear_solver = parse_linear_solver(linear_solver);
    const scs::OnConcurrentUse policy = parse_on_concurrent_use(on_concurrent_use);
    const scs::Lapack *lapack =
        scs::needs_lapack(parsed_cone) ? scipy_lapack() : nullptr;
    const scs::Hooks hooks{.print = print_report, .interrupted = poll_signals};
    scs::Hooks first = hooks;
    if (restored) {
        first.print = [](std::string_view) {}; // a copy of a solver is no news
    }
    // Copied attached, by the contract: what Python code that another thread runs does to
    // the arrays, it does before or after.
    scs::Snapshot given =
        scs::Snapshot::of(problem, std::move(parsed_cone), std::move(parsed_settings));
    const SignalWatch watch(size_of(problem)); // may detach
    detached([&] {
        new (self) scs::Solver(std::move(given), first, policy, lapack);
        if (restored) {
            self->set_hooks(hooks);
        }
    });
}

nb::tuple solve(scs::Solver &self, nb::handle warm_start, const MaybeFloats &x,
                const MaybeFloats &y, const MaybeFloats &s, nb::handle progress,
                std::optional<std::uint64_t> since, const std::stop_source *stop,
                nb::handle write) {
    if (PyBool_Check(warm_start.ptr()) == 0) {
        throw_type_error("warm_start", "bool", warm_start);
    }
    const MaybeCopy x_copy(x);
    const MaybeCopy y_copy(y);
    const MaybeCopy s_copy(s);
    scs::SolveOptions options{.warm_start = warm_start.ptr() == Py_True,
                              .x = x_copy.view(),
                              .y = y_copy.view(),
                              .s = s_copy.view()};
    if (!progress.is_none()) {
        options.progress = [progress](const scs::Progress &at) {
            return call_progress(progress, at);
        };
    }
    std::optional<ReportTo> report;
    if (!write.is_none()) {
        report.emplace(write);
    }
    const SignalWatch watch(size_of(self), since.value_or(scs::SigintGuard::count()));
    const std::stop_token token =
        stop != nullptr ? stop->get_token() : std::stop_token();
    scs::Result result = detached([&] { return self.solve(options, token); });
    nb::object x_array = to_numpy(std::move(result.x));
    nb::object y_array = to_numpy(std::move(result.y));
    nb::object s_array = to_numpy(std::move(result.s));
    return nb::make_tuple(std::move(x_array), std::move(y_array), std::move(s_array),
                          info_dict(result.info));
}

void update(scs::Solver &self, const MaybeFloats &b, const MaybeFloats &c) {
    const MaybeCopy b_copy(b);
    const MaybeCopy c_copy(c);
    detached([&] { self.update(b_copy.view(), c_copy.view()); });
}

void update_matrices(scs::Solver &self, const MaybeFloats &p_values,
                     const MaybeFloats &a_values) {
    const MaybeCopy p_copy(p_values);
    const MaybeCopy a_copy(a_values);
    detached([&] { self.update_matrices(p_copy.view(), a_copy.view()); });
}

scs::Solver clone(const scs::Solver &self) {
    return detached([&] { return self.clone(); });
}

void set_start(scs::Solver &self, const Floats &x, const Floats &y, const Floats &s) {
    const scs::Start start{copy(x), copy(y), copy(s)};
    detached([&] { self.set_start(start); });
}

// noconvert: a wrong array is refused rather than copied where nobody sees it.
auto array(const char *name) { return nb::arg(name).noconvert(); }
auto none_or_array(const char *name) { return nb::arg(name).noconvert().none(); }

} // namespace

void bind_solver(nb::module_ &m) {
    nb::class_<std::stop_source>(m, "StopSource", nb::is_final(),
                                 "Ends the one solve that it is given to.")
        .def(nb::init<>())
        .def("request_stop",
             [](std::stop_source &self) { detached([&] { self.request_stop(); }); });
    nb::class_<scs::Solver>(m, "Solver", nb::is_weak_referenceable(), nb::is_final(),
                            "One problem; see README.md beside the sources.")
        .def("__init__", &construct, nb::arg("m"), nb::arg("n"), array("Ax"),
             array("Ai"), array("Ap"), none_or_array("Px"), none_or_array("Pi"),
             none_or_array("Pp"), array("b"), array("c"), nb::arg("cone"),
             nb::arg("settings") = nb::none(), nb::arg("linear_solver") = "auto",
             nb::arg("on_concurrent_use") = "wait", nb::arg("restored") = false)
        .def("solve", &solve, nb::arg("warm_start").none() = true,
             none_or_array("x") = nb::none(), none_or_array("y") = nb::none(),
             none_or_array("s") = nb::none(), nb::arg("progress") = nb::none(),
             nb::arg("since") = nb::none(), nb::arg("stop") = nb::none(),
             nb::arg("write") = nb::none(),
             nb::sig("def solve(self, warm_start: bool = True, "
                     "x: numpy.typing.NDArray[numpy.float64] | None = None, "
                     "y: numpy.typing.NDArray[numpy.float64] | None = None, "
                     "s: numpy.typing.NDArray[numpy.float64] | None = None, "
                     "progress: collections.abc.Callable[..., object] | None = None, "
                     "since: int | None = None, stop: StopSource | None = None, "
                     "write: collections.abc.Callable[[str], object] | None = None) -> "
                     "tuple[numpy.typing.NDArray[numpy.float64], "
                     "numpy.typing.NDArray[numpy.float64], "
                     "numpy.typing.NDArray[numpy.float64], dict[str, typing.Any]]"))
        .def("update", &update, none_or_array("b") = nb::none(),
             none_or_array("c") = nb::none())
        .def("update_matrices", &update_matrices, none_or_array("Px") = nb::none(),
             none_or_array("Ax") = nb::none())
        .def("set_start", &set_start, array("x"), array("y"), array("s"))
        .def("state", &state_of)
        .def("clone", &clone)
        .def("interrupt", &scs::Solver::interrupt)
        .def_prop_ro("m", &scs::Solver::m)
        .def_prop_ro("n", &scs::Solver::n)
        .def_prop_ro("nnz", &scs::Solver::a_nnz)
        .def_prop_ro("p_nnz", &scs::Solver::p_nnz)
        .def_prop_ro("cone",
                     [](const scs::Solver &self) { return cone_dict(self.cone()); })
        .def_prop_ro("linear_solver", &scs::Solver::linear_solver)
        .def_prop_ro("last_status", [](const scs::Solver &self) {
            return static_cast<int>(self.last_status());
        });
}

} // namespace bindings
