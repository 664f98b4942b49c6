/* SPDX-License-Identifier: MIT */
#include "io/problem_format.h"

#define SINCE(version, shape, type, member)                                            \
    {SCS_SHAPE_##shape, #member, NULL, offsetof(type, member), 0, 0, version}
#define NUMBER(shape, type, member) SINCE(0, shape, type, member)
#define ARRAY(shape, type, member, count, minus)                                       \
    {SCS_SHAPE_##shape,     #member, #count, offsetof(type, member),                   \
     offsetof(type, count), minus,   0}

static const ScsField cone_fields[] = {
    NUMBER(INT, ScsCone, z),
    NUMBER(INT, ScsCone, l),
    NUMBER(INT, ScsCone, bsize),
    ARRAY(FLOATS, ScsCone, bl, bsize, 1), /* the row of t has no bounds */
    ARRAY(FLOATS, ScsCone, bu, bsize, 1),
    NUMBER(INT, ScsCone, qsize),
    ARRAY(INTS, ScsCone, q, qsize, 0),
    NUMBER(INT, ScsCone, ssize),
    ARRAY(INTS, ScsCone, s, ssize, 0),
    NUMBER(INT, ScsCone, ep),
    NUMBER(INT, ScsCone, ed),
    NUMBER(INT, ScsCone, psize),
    ARRAY(FLOATS, ScsCone, p, psize, 0),
};

static const ScsField vector_fields[] = {
    NUMBER(INT, ScsData, m),
    NUMBER(INT, ScsData, n),
    ARRAY(FLOATS, ScsData, b, m, 0),
    ARRAY(FLOATS, ScsData, c, n, 0),
};

static const ScsField setting_fields[] = {
    NUMBER(INT, ScsSettings, normalize),
    NUMBER(FLOAT, ScsSettings, scale),
    NUMBER(FLOAT, ScsSettings, rho_x),
    NUMBER(INT, ScsSettings, max_iters),
    NUMBER(FLOAT, ScsSettings, eps_abs),
    NUMBER(FLOAT, ScsSettings, eps_rel),
    NUMBER(FLOAT, ScsSettings, eps_infeas),
    NUMBER(FLOAT, ScsSettings, alpha),
    NUMBER(INT, ScsSettings, verbose),
    NUMBER(INT, ScsSettings, warm_start),
    NUMBER(INT, ScsSettings, acceleration_lookback),
    NUMBER(INT, ScsSettings, acceleration_interval),
    SINCE(1, INT, ScsSettings, acceleration_type_1),
    SINCE(1, FLOAT, ScsSettings, acceleration_regularization),
    SINCE(1, FLOAT, ScsSettings, acceleration_relaxation),
    NUMBER(INT, ScsSettings, adaptive_scale),
};

/* What came after the format was fixed. */
static const ScsField extension_cone_fields[] = {
    NUMBER(INT, ScsCone, cssize),
    ARRAY(INTS, ScsCone, cs, cssize, 0),
    NUMBER(INT, ScsCone, dsize),
    ARRAY(INTS, ScsCone, d, dsize, 0),
    NUMBER(INT, ScsCone, nucsize),
    ARRAY(INTS, ScsCone, nuc_m, nucsize, 0),
    ARRAY(INTS, ScsCone, nuc_n, nucsize, 0),
    NUMBER(INT, ScsCone, ell1_size),
    ARRAY(INTS, ScsCone, ell1, ell1_size, 0),
    NUMBER(INT, ScsCone, sl_size),
    ARRAY(INTS, ScsCone, sl_n, sl_size, 0),
    ARRAY(INTS, ScsCone, sl_k, sl_size, 0),
};

static const ScsField extension_setting_fields[] = {
    NUMBER(FLOAT, ScsSettings, time_limit_secs),
    SINCE(2, INT, ScsSettings, adaptive_diag_scale),
};

#define TABLE(fields) {fields, sizeof(fields) / sizeof *(fields)}

const ScsFieldTable scs_cone_format = TABLE(cone_fields);
const ScsFieldTable scs_vector_format = TABLE(vector_fields);
const ScsFieldTable scs_setting_format = TABLE(setting_fields);
const ScsFieldTable scs_extension_cone_format = TABLE(extension_cone_fields);
const ScsFieldTable scs_extension_setting_format = TABLE(extension_setting_fields);
