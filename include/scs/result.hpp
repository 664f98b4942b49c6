// SPDX-License-Identifier: MIT
//
// What a solve returns. Infeasible, unbounded, stopped at a limit and interrupted are
// outcomes, not errors: look at Info::status.
#ifndef SCS_RESULT_HPP
#define SCS_RESULT_HPP

#include <string>
#include <vector>

#include "problem.hpp"

namespace scs {

/// The values are those of info["status_val"] in Python and of the SCS_* macros in C.
enum class Status : int {
    infeasible_inaccurate = -7,
    unbounded_inaccurate = -6,
    interrupted = -5,
    failed = -4,
    indeterminate = -3,
    infeasible = -2,
    unbounded = -1,
    unfinished = 0,
    solved = 1,
    solved_inaccurate = 2,
};

/// What Anderson acceleration did over the life of the solver.
struct AccelerationStats {
    Int iter = 0;                ///< pairs seen since the solve began or R last moved
    Int n_accept = 0;            ///< steps taken
    Int n_reject_lapack = 0;     ///< the least-squares problem failed numerically
    Int n_reject_rank0 = 0;      ///< no usable direction in the memory
    Int n_reject_nonfinite = 0;  ///< weights or iterate not finite
    Int n_reject_weight_cap = 0; ///< weights too large to be trusted
    Int n_safeguard_reject = 0;  ///< taken, then undone
    Int last_rank = 0;           ///< numerical rank used by the last step
    Float last_aa_norm = 0;      ///< norm of the last weights; NaN before the first
    Float last_regularization = 0;
};

/// Residuals are infinity norms on the data as given; times are in milliseconds.
struct Info {
    Status status = Status::unfinished;
    std::string status_text;    ///< the status in words
    std::string lin_sys_solver; ///< the backend that ran
    Int iter = 0;               ///< iterations taken; -1 if interrupted
    Int scale_updates = 0;      ///< updates of the metric during this solve
    Float scale = 0;            ///< final scale
    Float pobj = 0;             ///< primal objective
    Float dobj = 0;             ///< dual objective
    Float res_pri = 0;          ///< |Ax + s - b|
    Float res_dual = 0;         ///< |Px + A'y + c|
    Float gap = 0;              ///< |x'Px + c'x + b'y|
    Float res_infeas = 0;       ///< |A'y| / (-b'y)
    Float res_unbdd_a = 0;      ///< |Ax + s| / (-c'x)
    Float res_unbdd_p = 0;      ///< |Px| / (-c'x)
    Float comp_slack = 0;       ///< |s'y|
    Float solve_time = 0;       ///< of this solve
    Float setup_time = 0;       ///< of the construction or of the last update
    Float lin_sys_time = 0;     ///< part of solve_time in the linear systems
    Float cone_time = 0;        ///< in the cone projections
    Float accel_time = 0;       ///< in the acceleration
    Int rejected_accel_steps = 0;
    Int accepted_accel_steps = 0;
    AccelerationStats aa_stats;
    Int newton_steps = 0;  ///< factorisations for Newton's method at the end
    Float newton_time = 0; ///< part of solve_time in it
};

/// A primal-dual solution (x, y, s), or for an infeasible problem the certificate y with
/// b'y = -1 (x and s NaN), or for an unbounded one the ray (x, s) with c'x = -1 (y NaN).
struct Result {
    std::vector<Float> x; ///< length n
    std::vector<Float> y; ///< length m
    std::vector<Float> s; ///< length m
    Info info;
};

/// Where a running solve stands. It ends as solved at the first check where no residual is
/// above its tolerance: eps_abs + eps_rel times the largest term of the residual.
struct Progress {
    Int iter = 0;
    Float res_pri = 0;  ///< |Ax + s - b|
    Float res_dual = 0; ///< |Px + A'y + c|
    Float gap = 0;      ///< |x'Px + c'x + b'y|
    Float tol_pri = 0;  ///< tolerance of res_pri at this iterate
    Float tol_dual = 0; ///< of res_dual
    Float tol_gap = 0;  ///< of gap
    Float pobj = 0;     ///< primal objective
    Float dobj = 0;     ///< dual objective
    Float scale = 0;
    Float time = 0; ///< milliseconds since the solve began
};

} // namespace scs

#endif
