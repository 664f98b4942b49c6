// SPDX-License-Identifier: MIT
//
// Info as a dict: two tables of names in the documented order.
#include "bind.h"

#include <array>
#include <cstddef>
#include <string>
#include <variant>

namespace bindings {

namespace {

using scs::AccelerationStats;
using scs::Info;

struct InfoField {
    const char *name;
    std::variant<int (*)(const Info &), scs::Int Info::*, double Info::*,
                 std::string Info::*, AccelerationStats Info::*>
        member;
};

int status_value(const Info &info) { return static_cast<int>(info.status); }

const std::array<InfoField, 25> info_fields{{
    {"status_val", &status_value},
    {"iter", &Info::iter},
    {"scale_updates", &Info::scale_updates},
    {"scale", &Info::scale},
    {"pobj", &Info::pobj},
    {"dobj", &Info::dobj},
    {"res_pri", &Info::res_pri},
    {"res_dual", &Info::res_dual},
    {"gap", &Info::gap},
    {"res_infeas", &Info::res_infeas},
    {"res_unbdd_a", &Info::res_unbdd_a},
    {"res_unbdd_p", &Info::res_unbdd_p},
    {"comp_slack", &Info::comp_slack},
    {"solve_time", &Info::solve_time},
    {"setup_time", &Info::setup_time},
    {"lin_sys_time", &Info::lin_sys_time},
    {"cone_time", &Info::cone_time},
    {"accel_time", &Info::accel_time},
    {"rejected_accel_steps", &Info::rejected_accel_steps},
    {"accepted_accel_steps", &Info::accepted_accel_steps},
    {"status", &Info::status_text},
    {"lin_sys_solver", &Info::lin_sys_solver},
    {"aa_stats", &Info::aa_stats},
    {"newton_steps", &Info::newton_steps},
    {"newton_time", &Info::newton_time},
}};

struct StatsField {
    const char *name;
    std::variant<scs::Int AccelerationStats::*, double AccelerationStats::*> member;
};

const std::array<StatsField, 10> stats_fields{{
    {"iter", &AccelerationStats::iter},
    {"n_accept", &AccelerationStats::n_accept},
    {"n_reject_lapack", &AccelerationStats::n_reject_lapack},
    {"n_reject_rank0", &AccelerationStats::n_reject_rank0},
    {"n_reject_nonfinite", &AccelerationStats::n_reject_nonfinite},
    {"n_reject_weight_cap", &AccelerationStats::n_reject_weight_cap},
    {"n_safeguard_reject", &AccelerationStats::n_safeguard_reject},
    {"last_rank", &AccelerationStats::last_rank},
    {"last_aa_norm", &AccelerationStats::last_aa_norm},
    {"last_regularization", &AccelerationStats::last_regularization},
}};

template <typename Table>
using Names = std::array<PyObject *, std::tuple_size_v<Table>>;

// Interned: a dict lookup by such a string compares pointers only. Written once at import.
Names<decltype(info_fields)> info_names{};
Names<decltype(stats_fields)> stats_names{};

template <typename Table>
void intern(const Table &table, Names<Table> &names) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        names[i] = PyUnicode_InternFromString(table[i].name);
        if (names[i] == nullptr) {
            throw nb::python_error();
        }
    }
}

template <typename Table, typename Convert>
nb::dict dict_of(const Table &table, const Names<Table> &names,
                 const Convert &convert) {
    nb::dict result;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const nb::object value = nb::steal(std::visit(convert, table[i].member));
        if (!value.is_valid() ||
            PyDict_SetItem(result.ptr(), names[i], value.ptr()) != 0) {
            throw nb::python_error();
        }
    }
    return result;
}

struct StatsConverter {
    const AccelerationStats &stats;
    PyObject *operator()(scs::Int AccelerationStats::*member) const {
        return PyLong_FromLongLong(stats.*member);
    }
    PyObject *operator()(double AccelerationStats::*member) const {
        return PyFloat_FromDouble(stats.*member);
    }
};

PyObject *stats_dict(const AccelerationStats &stats) {
    return dict_of(stats_fields, stats_names, StatsConverter{stats}).release().ptr();
}

struct InfoConverter {
    const Info &info;
    PyObject *operator()(int (*get)(const Info &)) const {
        return PyLong_FromLong(get(info));
    }
    PyObject *operator()(scs::Int Info::*member) const {
        return PyLong_FromLongLong(info.*member);
    }
    PyObject *operator()(double Info::*member) const {
        return PyFloat_FromDouble(info.*member);
    }
    PyObject *operator()(std::string Info::*member) const {
        const std::string &text = info.*member;
        return PyUnicode_FromStringAndSize(text.data(),
                                           static_cast<Py_ssize_t>(text.size()));
    }
    PyObject *operator()(AccelerationStats Info::*member) const {
        return stats_dict(info.*member);
    }
};

} // namespace

void init_info() {
    intern(info_fields, info_names);
    intern(stats_fields, stats_names);
}

nb::dict info_dict(const Info &info) {
    return dict_of(info_fields, info_names, InfoConverter{info});
}

} // namespace bindings
