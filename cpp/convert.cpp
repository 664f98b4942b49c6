// SPDX-License-Identifier: MIT
#include "convert.hpp"

#include "scs/error.hpp"

#include <limits>
#include <string>

namespace scs {

namespace {

// The core's structs hold pointers to mutable data, as those of scs 3 do, but it only
// reads through them.
template <typename T>
T *unconst(const T *pointer) {
    return const_cast<T *>(pointer);
}

std::string length_text(const char *name, std::size_t length, std::size_t expected) {
    return std::string(name) + " has length " + std::to_string(length) + ", expected " +
           std::to_string(expected);
}

void require_length(const char *name, std::size_t length, Int expected) {
    if (expected < 0 || length != static_cast<std::size_t>(expected)) {
        throw InvalidProblem(length_text(
            name, length, static_cast<std::size_t>(expected < 0 ? 0 : expected)));
    }
}

ScsMatrix to_core(const char *name, const CscView &matrix) {
    const std::string text(name);
    if (matrix.rows <= 0 || matrix.cols <= 0) {
        throw InvalidProblem(
            text + " must have at least one row and one column, it is " +
            std::to_string(matrix.rows) + " by " + std::to_string(matrix.cols));
    }
    const auto cols = static_cast<std::size_t>(matrix.cols);
    if (matrix.col_starts.size() != cols + 1) {
        throw InvalidProblem(length_text((text + " column pointer").c_str(),
                                         matrix.col_starts.size(), cols + 1));
    }
    Int entries = 0; // the largest one bounds every access, even before validation
    for (const Int start : matrix.col_starts) {
        if (start < 0) {
            throw InvalidProblem(text + " column pointer has a negative entry " +
                                 std::to_string(start));
        }
        entries = start > entries ? start : entries;
    }
    const auto needed = static_cast<std::size_t>(entries);
    if (matrix.values.size() < needed || matrix.row_indices.size() < needed) {
        throw InvalidProblem(
            text + " has " + std::to_string(matrix.values.size()) + " values and " +
            std::to_string(matrix.row_indices.size()) +
            " row indices, but its column pointer asks for " + std::to_string(needed));
    }
    // A span without entries may hold null, which the core reads as "no array".
    static constexpr Float no_value = 0;
    static constexpr Int no_row = 0;
    if (needed == 0) {
        return {unconst(&no_value), unconst(&no_row), unconst(matrix.col_starts.data()),
                matrix.rows, matrix.cols};
    }
    return {unconst(matrix.values.data()), unconst(matrix.row_indices.data()),
            unconst(matrix.col_starts.data()), matrix.rows, matrix.cols};
}

template <typename T>
Int count_of(const char *name, const std::vector<T> &values) {
    if (values.size() >= static_cast<std::size_t>(std::numeric_limits<Int>::max())) {
        throw InvalidCone(std::string("cone field ") + name + " has too many entries");
    }
    return static_cast<Int>(values.size());
}

template <typename T>
T *pointer_of(const std::vector<T> &values) {
    return values.empty() ? nullptr : unconst(values.data());
}

} // namespace

ScsCone cone_to_core(const Cone &cone) {
    if (cone.bu.size() != cone.bl.size()) {
        throw InvalidCone(
            "bu different dimension to bl: " + std::to_string(cone.bu.size()) +
            " and " + std::to_string(cone.bl.size()));
    }
    if (cone.nuc_m.size() != cone.nuc_n.size()) {
        throw InvalidCone("nuc_m and nuc_n must have the same length");
    }
    if (cone.sl_n.size() != cone.sl_k.size()) {
        throw InvalidCone("sl_n and sl_k must have the same length");
    }
    ScsCone core{};
    core.z = cone.z;
    core.l = cone.l;
    core.bu = pointer_of(cone.bu);
    core.bl = pointer_of(cone.bl);
    core.bsize = cone.bu.empty() ? 0 : count_of("bu", cone.bu) + 1; // and the row of t
    core.q = pointer_of(cone.q);
    core.qsize = count_of("q", cone.q);
    core.s = pointer_of(cone.s);
    core.ssize = count_of("s", cone.s);
    core.cs = pointer_of(cone.cs);
    core.cssize = count_of("cs", cone.cs);
    core.ep = cone.ep;
    core.ed = cone.ed;
    core.p = pointer_of(cone.p);
    core.psize = count_of("p", cone.p);
    core.d = pointer_of(cone.d);
    core.dsize = count_of("d", cone.d);
    core.nuc_m = pointer_of(cone.nuc_m);
    core.nuc_n = pointer_of(cone.nuc_n);
    core.nucsize = count_of("nuc_m", cone.nuc_m);
    core.ell1 = pointer_of(cone.ell1);
    core.ell1_size = count_of("ell1", cone.ell1);
    core.sl_n = pointer_of(cone.sl_n);
    core.sl_k = pointer_of(cone.sl_k);
    core.sl_size = count_of("sl_n", cone.sl_n);
    return core;
}

namespace {

const char *file_name(const std::string &name) {
    return name.empty() ? nullptr : name.c_str();
}

ScsSettings to_core(const Settings &settings) {
    ScsSettings core{};
    scs_set_default_settings(&core);
    core.normalize = settings.normalize;
    core.scale = settings.scale;
    core.adaptive_scale = settings.adaptive_scale;
    core.adaptive_diag_scale = settings.adaptive_diag_scale;
    core.rho_x = settings.rho_x;
    core.max_iters = settings.max_iters;
    core.eps_abs = settings.eps_abs;
    core.eps_rel = settings.eps_rel;
    core.eps_infeas = settings.eps_infeas;
    core.alpha = settings.alpha;
    core.time_limit_secs = settings.time_limit_secs;
    core.verbose = settings.verbose;
    core.acceleration_lookback = settings.acceleration_lookback;
    core.acceleration_interval = settings.acceleration_interval;
    core.acceleration_type_1 = settings.acceleration_type_1;
    core.acceleration_regularization = settings.acceleration_regularization;
    core.acceleration_relaxation = settings.acceleration_relaxation;
    core.write_data_filename = file_name(settings.write_data_filename);
    core.log_csv_filename = file_name(settings.log_csv_filename);
    return core;
}

ScsLinearSolver to_core(LinearSolver solver) {
    switch (solver) {
    case LinearSolver::automatic:
        return SCS_LINSYS_AUTO;
    case LinearSolver::qdldl:
        return SCS_LINSYS_QDLDL;
    case LinearSolver::cpu_indirect:
        return SCS_LINSYS_CPU_INDIRECT;
    case LinearSolver::mkl:
        return SCS_LINSYS_MKL;
    case LinearSolver::accelerate:
        return SCS_LINSYS_ACCELERATE;
    case LinearSolver::cpu_dense:
        return SCS_LINSYS_CPU_DENSE;
    case LinearSolver::gpu_indirect:
        return SCS_LINSYS_GPU_INDIRECT;
    case LinearSolver::cudss:
        return SCS_LINSYS_CUDSS;
    }
    throw InvalidSetting("linear_solver has no such value: " +
                         std::to_string(static_cast<int>(solver)));
}

AccelerationStats stats_from_core(const AaStats &stats) {
    return {.iter = stats.iter,
            .n_accept = stats.n_accept,
            .n_reject_lapack = stats.n_reject_lapack,
            .n_reject_rank0 = stats.n_reject_rank0,
            .n_reject_nonfinite = stats.n_reject_nonfinite,
            .n_reject_weight_cap = stats.n_reject_weight_cap,
            .n_safeguard_reject = stats.n_safeguard_reject,
            .last_rank = stats.last_rank,
            .last_aa_norm = stats.last_aa_norm,
            .last_regularization = stats.last_regularization};
}

} // namespace

CoreInput::CoreInput(const Problem &problem, const Cone &cone, const Settings &settings)
    : cone_(cone_to_core(cone)), settings_(to_core(settings)),
      linear_solver_(to_core(settings.linear_solver)) {
    a_ = to_core("A", problem.A);
    require_length("b", problem.b.size(), a_.m);
    require_length("c", problem.c.size(), a_.n);
    data_.m = a_.m;
    data_.n = a_.n;
    data_.A = &a_;
    data_.b = unconst(problem.b.data());
    data_.c = unconst(problem.c.data());
    if (problem.P) {
        p_ = to_core("P", *problem.P);
        if (p_.m != a_.n || p_.n != a_.n) {
            throw InvalidProblem("P must be square with a row for each column of A");
        }
        data_.P = &p_;
    }
}

Info info_from_core(const ScsInfo &info) {
    return {.status = static_cast<Status>(info.status_val),
            .status_text = info.status,
            .lin_sys_solver = info.lin_sys_solver,
            .iter = info.iter,
            .scale_updates = info.scale_updates,
            .scale = info.scale,
            .pobj = info.pobj,
            .dobj = info.dobj,
            .res_pri = info.res_pri,
            .res_dual = info.res_dual,
            .gap = info.gap,
            .res_infeas = info.res_infeas,
            .res_unbdd_a = info.res_unbdd_a,
            .res_unbdd_p = info.res_unbdd_p,
            .comp_slack = info.comp_slack,
            .solve_time = info.solve_time,
            .setup_time = info.setup_time,
            .lin_sys_time = info.lin_sys_time,
            .cone_time = info.cone_time,
            .accel_time = info.accel_time,
            .rejected_accel_steps = info.rejected_accel_steps,
            .accepted_accel_steps = info.accepted_accel_steps,
            .aa_stats = stats_from_core(info.aa_stats),
            .newton_steps = info.newton_steps,
            .newton_time = info.newton_time};
}

Progress progress_from_core(const ScsProgress &progress) {
    return {.iter = progress.iter,
            .res_pri = progress.res_pri,
            .res_dual = progress.res_dual,
            .gap = progress.gap,
            .tol_pri = progress.tol_pri,
            .tol_dual = progress.tol_dual,
            .tol_gap = progress.tol_gap,
            .pobj = progress.pobj,
            .dobj = progress.dobj,
            .scale = progress.scale,
            .time = progress.time};
}

} // namespace scs
