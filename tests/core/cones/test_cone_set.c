/* SPDX-License-Identifier: MIT */
#include "cones/cone_set.h"
#include "cones/cone_table.h"
#include "la/vec.h"
#include "support/check.h"

#include <stdint.h>

static double low[] = {-1, -INFINITY};
static double high[] = {1, 2};
static scs_int sizes[] = {3, 0, 2};

/* z 2, l 3, box 3, q 3 + 0 + 2: 13 rows */
static ScsCone example(void) {
    return (ScsCone){
        .z = 2, .l = 3, .bl = low, .bu = high, .bsize = 3, .q = sizes, .qsize = 3};
}

static void keeps_the_order_of_rows(void) {
    const ScsCone cone = example();
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 13, NULL, &arena, NULL) == SCS_OK);
    const ScsConeKind *kinds[] = {&scs_cone_zero, &scs_cone_nonneg, &scs_cone_box,
                                  &scs_cone_soc,  &scs_cone_soc,    &scs_cone_soc};
    const scs_int first[] = {0, 2, 5, 8, 11, 11};
    const scs_int rows[] = {2, 3, 3, 3, 0, 2};
    CHECK_EQUAL(set.count, 6);
    CHECK_EQUAL(set.rows, 13);
    for (int i = 0; i < 6; ++i) {
        CHECK(set.blocks[i].kind == kinds[i]);
        CHECK_EQUAL(set.blocks[i].first, first[i]);
        CHECK_EQUAL(set.blocks[i].rows, rows[i]);
    }
    CHECK_EQUAL(set.blocks[5].index, 2);
    scs_arena_release(&arena);
}

static void owns_what_it_was_given(void) {
    scs_int q[] = {2, 3};
    double bl[] = {-1};
    double bu[] = {1};
    const ScsCone cone = {.bl = bl, .bu = bu, .bsize = 2, .q = q, .qsize = 2};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 7, NULL, &arena, NULL) == SCS_OK);
    q[1] = 100;
    bl[0] = bu[0] = 7;
    CHECK(set.cone.q != q && set.cone.bl != bl);
    CHECK_EQUAL(set.cone.q[1], 3);
    CHECK_EQUAL(set.cone.bl[0], -1);
    double y[7] = {-1, -5, 0, 0, 0, 0, 0}; /* s wants (1, 5), gets (3, 3) */
    const double r[7] = {1, 1, 1, 1, 1, 1, 1};
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    CHECK_NEAR(y[0], 2, 1e-15);
    CHECK_NEAR(y[1], -2, 1e-15);
    ScsConeSet copy; /* as a clone does */
    CHECK(scs_cone_set_build(&copy, &set.cone, 7, NULL, &arena, NULL) == SCS_OK);
    CHECK_EQUAL(copy.count, set.count);
    scs_arena_release(&arena);
}

static void projects_block_by_block(void) {
    const ScsCone cone = example();
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 13, NULL, &arena, NULL) == SCS_OK);
    double y[13] = {-7, 7, -1, 0, 1, 1, 0, 0, 0, 3, 4, -2, 1};
    const double expected[13] = {-7, 7, 0, 0, 1, 1, 0, 0, 2.5, 1.5, 2, 0, 0};
    double r[13];
    for (int i = 0; i < 13; ++i) {
        r[i] = i < 8 ? 1 + i : 2;
    }
    CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
    for (int i = 0; i < 13; ++i) {
        CHECK_NEAR(y[i], expected[i], 1e-15);
    }
    scs_arena_release(&arena);
}

static void equalises_what_must_be_equal(void) {
    const ScsCone cone = example();
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 13, NULL, &arena, NULL) == SCS_OK);
    double v[13];
    double w[13];
    for (int i = 0; i < 13; ++i) {
        v[i] = w[i] = i;
    }
    scs_cone_set_equalise(&set, v, SCS_REDUCE_MAXIMUM);
    scs_cone_set_equalise(&set, w, SCS_REDUCE_MEAN);
    const double maximum[] = {10, 10, 10, 12, 12};
    const double mean[] = {9, 9, 9, 11.5, 11.5};
    for (int i = 0; i < 13; ++i) {
        CHECK_EQUAL(v[i], i < 8 ? i : maximum[i - 8]);
        CHECK_EQUAL(w[i], i < 8 ? i : mean[i - 8]);
    }
    scs_arena_release(&arena);
}

static void rescales_the_numbers_of_cones(void) {
    const ScsCone cone = example();
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 13, NULL, &arena, NULL) == SCS_OK);
    double d[13];
    for (int i = 0; i < 13; ++i) {
        d[i] = 1 + i;
    }
    const double r[13] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    for (int again = 0; again < 2; ++again) { /* d counts from the start, not on top */
        scs_cone_set_rescale(&set, d);
        double y[13] = {0};
        y[5] = -6; /* t */
        y[6] = -8; /* (6, 8) is outside |s| <= 7/6 t */
        scs_cone_set_reset(&set);
        CHECK(scs_cone_set_project_dual(&set, y, r, NULL) == SCS_OK);
        CHECK_NEAR(y[5] * 1 + y[6] * 7 / 6, 0, 1e-14);
        CHECK_NEAR(y[5] + 6, (6 + 8 * 7.0 / 6) / (1 + 49.0 / 36), 1e-14);
    }
    scs_arena_release(&arena);
}

static void describes_each_kind_in_a_line(void) {
    const ScsCone cone = example();
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK(scs_cone_set_build(&set, &cone, 13, NULL, &arena, NULL) == SCS_OK);
    const char *lines[] = {"zero cone: 2 rows", "nonnegative orthant: 3 rows",
                           "box cone: 3 rows",
                           "second-order cones: 5 rows in 3 blocks"};
    char line[80];
    scs_int block = 0;
    int count = 0;
    while (scs_cone_set_describe(&set, &block, line, sizeof line)) {
        CHECK(count < 4 && strcmp(line, lines[count]) == 0);
        ++count;
    }
    CHECK_EQUAL(count, 4);
    block = 3;
    char narrow[12];
    CHECK(scs_cone_set_describe(&set, &block, narrow, sizeof narrow));
    CHECK(strcmp(narrow, "second-orde") == 0);
    scs_arena_release(&arena);
}

static void counts_rows(void) {
    const ScsCone cone = example();
    ScsError error;
    CHECK(scs_cone_set_validate(&cone, 13, &error) == SCS_OK);
    CHECK(scs_cone_set_validate(&cone, 5, &error) == SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "cone rows add up to 13, A has 5 rows");
    /* Sums that do not fit in 32 bits. */
    scs_int large[] = {INT32_MAX, INT32_MAX, 6};
    const ScsCone wrapping = {.q = large, .qsize = 3};
    CHECK(scs_cone_set_validate(&wrapping, 4, &error) == SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "add up to 4294967300");
    /* Not counted one by one. */
    const ScsCone many = {.ep = INT32_MAX, .ed = INT32_MAX};
    CHECK(scs_cone_set_validate(&many, 4, &error) == SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "add up to 12884901882");
    const ScsCone empty = {0};
    CHECK(scs_cone_set_validate(&empty, 1, &error) == SCS_ERROR_CONE);
    CHECK_CONTAINS(error.message, "add up to 0");
}

static void ignores_no_field(void) {
    scs_int order[] = {2};
    scs_int k[] = {1};
    double power[] = {0.5};
    const ScsCone cones[] = {
        {.s = order, .ssize = 1},
        {.cs = order, .cssize = 1},
        {.ep = 1},
        {.ed = 1},
        {.p = power, .psize = 1},
        {.d = order, .dsize = 1},
        {.ell1 = order, .ell1_size = 1},
        {.nuc_m = order, .nuc_n = order, .nucsize = 1},
        {.sl_n = order, .sl_k = k, .sl_size = 1},
    };
    for (size_t i = 0; i < sizeof cones / sizeof *cones; ++i) {
        ScsError error = {SCS_OK, ""};
        CHECK(scs_cone_set_validate(&cones[i], 1000, &error) == SCS_ERROR_CONE);
        CHECK_CONTAINS(error.message, "add up to");
        CHECK(!strstr(error.message, "add up to 0,"));
    }
}

static void reports_short_memory(void) {
    const ScsCone cone = example();
    ScsArena arena = {.failed = true};
    ScsConeSet set;
    ScsError error;
    CHECK(scs_cone_set_build(&set, &cone, 13, NULL, &arena, &error) ==
          SCS_ERROR_MEMORY);
    CHECK(error.code == SCS_ERROR_MEMORY);
    scs_arena_release(&arena);
}

static void says_whether_it_missed(void) {
    scs_int order = 3;
    const ScsCone smooth = {.l = 2, .s = &order, .ssize = 1};
    const ScsCone plain = {.z = 1, .l = 2};
    ScsArena arena = {0};
    ScsConeSet set;
    CHECK_EQUAL(scs_cone_set_build(&set, &plain, 3, NULL, &arena, NULL), SCS_OK);
    CHECK(!scs_cone_set_can_miss(&set));
    scs_cone_set_allow(&set, 1); /* nobody listens */
    CHECK(scs_cone_set_is_exact(&set));
    CHECK_EQUAL(scs_cone_set_build(&set, &smooth, 8, NULL, &arena, NULL), SCS_OK);
    CHECK(scs_cone_set_can_miss(&set));
    CHECK(scs_cone_set_is_exact(&set));
    set.blocks[1].inexact = true;
    CHECK(!scs_cone_set_is_exact(&set));
    double y[8] = {1, -1, -1, 0, 0, -1, 0, -1};
    const double r[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    scs_cone_set_allow(&set, 0.5); /* small orders are exact nevertheless */
    CHECK_EQUAL(scs_cone_set_project_dual(&set, y, r, NULL), SCS_OK);
    CHECK(scs_cone_set_is_exact(&set));
    CHECK(y[0] == 1 && y[1] == 0 && scs_vec_norm_inf(y + 2, 6) == 0);
    scs_arena_release(&arena);
}

int main(void) {
    static const CheckCase cases[] = {
        {"keeps the order of rows", keeps_the_order_of_rows},
        {"owns what it was given", owns_what_it_was_given},
        {"projects block by block", projects_block_by_block},
        {"equalises what must be equal", equalises_what_must_be_equal},
        {"rescales the numbers of cones", rescales_the_numbers_of_cones},
        {"describes each kind in a line", describes_each_kind_in_a_line},
        {"counts rows", counts_rows},
        {"ignores no field", ignores_no_field},
        {"reports short memory", reports_short_memory},
        {"says whether it missed", says_whether_it_missed},
    };
    return CHECK_RUN(cases);
}
