// SPDX-License-Identifier: MIT
//
// Model predictive control. A cart at position p with speed v is pushed by a force u of at
// most 1, held for a fifth of a second at a time:
//
//     p+ = p + h v + h^2/2 u,   v+ = v + h u,   |u| <= 1
//
// Every fifth of a second we plan the next 20 forces so that the cart comes to rest at the
// origin, apply the first of them, and plan again from where the cart then is:
//
//     minimize    sum_k 1/2 (10 p_k^2 + v_k^2) + 1/2 (0.1 u_k^2)
//     subject to  the equations above for k = 1 .. 20, |u_k| <= 1
//
// From one plan to the next only b changes. Hence one solver, which factorises once, and
// starts each plan from the last one.
#include <scs/scs.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

namespace {

constexpr scs::Float h = 0.2;
constexpr scs::Int horizon = 20;

// Writes a sparse matrix column by column.
struct Writer {
    scs::Csc matrix;

    explicit Writer(scs::Int rows) {
        matrix.rows = rows;
        matrix.col_starts.push_back(0);
    }

    void entry(scs::Int row, scs::Float value) {
        matrix.row_indices.push_back(row);
        matrix.values.push_back(value);
    }
    void end_column() {
        ++matrix.cols;
        matrix.col_starts.push_back(static_cast<scs::Int>(matrix.values.size()));
    }
};

// The variables are p, v and u of step 1, then of step 2, and so on. Rows 2k and 2k + 1 are
// the equations of a step; behind them, two for each step, are u <= 1 and -u <= 1.
scs::Csc constraints() {
    Writer a(4 * horizon);
    for (scs::Int k = 0; k < horizon; ++k) {
        const scs::Int row = 2 * k;
        const bool has_next = k + 1 < horizon;
        a.entry(row, 1); // p
        if (has_next) {
            a.entry(row + 2, -1);
        }
        a.end_column();
        a.entry(row + 1, 1); // v
        if (has_next) {
            a.entry(row + 2, -h);
            a.entry(row + 3, -1);
        }
        a.end_column();
        a.entry(row, -h * h / 2); // u
        a.entry(row + 1, -h);
        a.entry(2 * horizon + row, 1);
        a.entry(2 * horizon + row + 1, -1);
        a.end_column();
    }
    return a.matrix;
}

scs::Csc costs() {
    Writer p(3 * horizon);
    for (scs::Int k = 0; k < horizon; ++k) {
        for (const scs::Float weight : {10.0, 1.0, 0.1}) {
            p.entry(p.matrix.cols, weight);
            p.end_column();
        }
    }
    return p.matrix;
}

} // namespace

int main() {
    const scs::Csc a = constraints();
    const scs::Csc p = costs();
    std::vector<scs::Float> b(4 * horizon, 0);
    for (scs::Int row = 2 * horizon; row < 4 * horizon; ++row) {
        b[static_cast<std::size_t>(row)] = 1;
    }
    const std::vector<scs::Float> c(3 * horizon, 0);
    const scs::Problem problem{.A = a.view(), .P = p.view(), .b = b, .c = c};
    const scs::Cone cone{.z = 2 * horizon, .l = 2 * horizon};
    scs::Settings settings;
    settings.verbose = false;

    scs::Solver solver(problem, cone, settings);
    scs::Solver other = solver.clone(); // for comparison: never starts warm

    scs::Float position = 5;
    scs::Float speed = 0;
    long warm = 0;
    long cold = 0;
    std::printf("time  position   speed   force  iterations warm  cold\n");
    for (int step = 0; step < 60; ++step) {
        // What the first step's equations know of the present goes to the right.
        b[0] = position + h * speed;
        b[1] = speed;
        solver.update(b, std::nullopt);
        other.update(b, std::nullopt);
        const scs::Result plan = solver.solve();
        const scs::Result again = other.solve({.warm_start = false});
        if (plan.info.status != scs::Status::solved) {
            std::printf("no plan: %s\n", plan.info.status_text.c_str());
            return 1;
        }
        warm += plan.info.iter;
        cold += again.info.iter;
        const scs::Float force = plan.x[2];
        if (step % 5 == 0) {
            std::printf("%4.1f  %8.3f %7.3f %7.3f  %15ld %5ld\n", step * h, position,
                        speed, force, static_cast<long>(plan.info.iter),
                        static_cast<long>(again.info.iter));
        }
        position += h * speed + h * h / 2 * force;
        speed += h * force;
    }
    std::printf("at rest %.2f from the origin, speed %.2f\n", std::abs(position),
                std::abs(speed));
    std::printf("warm starts take %.2f of the iterations: %ld instead of %ld\n",
                static_cast<double>(warm) / static_cast<double>(cold), warm, cold);
}
