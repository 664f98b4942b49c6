/* SPDX-License-Identifier: MIT */
#include "cones/spectral.h"

#include "core/cones/spectral_check.h"

static void scales_by_powers_of_two(void) {
    const double sizes[] = {DBL_TRUE_MIN, 1e-310, 1e-101, 1e-99, 1,
                            1e99,         1e101,  DBL_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; ++i) {
        double y[3] = {0.5 * sizes[i], -sizes[i], 0};
        const double before[3] = {y[0], y[1], y[2]};
        const double unit = scs_spectral_scale(y, 3);
        int exponent;
        CHECK_EQUAL(frexp(unit, &exponent), 0.5);
        CHECK(fabs(y[1]) >= 1e-100 && fabs(y[1]) <= 1e100);
        CHECK((unit == 1) == (sizes[i] >= 1e-100 && sizes[i] <= 1e100));
        scs_spectral_unscale(y, 3, unit);
        CHECK(memcmp(y, before, sizeof y) == 0);
    }
    double zero[2] = {0, 0};
    CHECK_EQUAL(scs_spectral_scale(zero, 2), 1);
    double bad[2] = {1e200, NAN};
    CHECK_EQUAL(scs_spectral_scale(bad, 2), 0);
    CHECK(bad[0] == 1e200);
    bad[1] = INFINITY;
    CHECK_EQUAL(scs_spectral_scale(bad, 2), 0);
    double y[2] = {1.5, -2};
    scs_spectral_unscale(y, 2, 0x1p1023);
    CHECK(y[0] == 1.5 * 0x1p1023 && y[1] == -DBL_MAX);
}

/* A function of a matrix, -X^2, through its eigenvalues. */
static void lifts_a_function(void) {
    enum { N = 6, LENGTH = N * (N + 1) / 2 };
    ScsArena arena = {0};
    ScsEigen *eigen = scs_eigen_new(&arena, N, false, NULL);
    CHECK(eigen != NULL);
    const double sizes[] = {1, 1e-90, 1e-150, 1e130};
    uint64_t seed = 1;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s) {
        double values[N], squares[N], x[LENGTH], expected[LENGTH], scale;
        for (int i = 0; i < N; ++i) {
            values[i] = i % 3 - 0.7;
            squares[i] = -values[i] * values[i];
        }
        uint64_t same = seed;
        spectral_assemble(values, N, &seed, x);
        spectral_assemble(squares, N, &same, expected);
        for (int i = 0; i < LENGTH; ++i) {
            x[i] *= sizes[s];
        }
        CHECK(scs_spectral_reduce(eigen, x, N, &scale, NULL) == SCS_OK);
        CHECK(scs_eigen_pairs(eigen, 0, N, NULL) == SCS_OK);
        for (int i = 0; i < N; ++i) {
            const double value = scs_eigen_values(eigen)[i] * scale / sizes[s];
            values[i] = value * value;
        }
        CHECK(scs_spectral_store(eigen, values, -1, N, x, NULL) == SCS_OK);
        for (int i = 0; i < LENGTH; ++i) {
            CHECK_NEAR(x[i], expected[i], 1e-14);
        }
    }
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"scales by powers of two", scales_by_powers_of_two},
        {"lifts a function", lifts_a_function},
    };
    return CHECK_RUN(cases);
}
