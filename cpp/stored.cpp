// SPDX-License-Identifier: MIT
//
// The C reader's problem in containers of the facade.
#include "scs/stored.hpp"

#include "scs/error.hpp"

#include "error_map.hpp"

#include <memory>

namespace scs {

namespace {

struct Release {
    void operator()(ScsStoredProblem *problem) const noexcept {
        scs_free_problem(problem);
    }
};
using Pointer = std::unique_ptr<ScsStoredProblem, Release>;

template <typename T>
std::vector<T> copied(const T *values, Int count) {
    return count > 0 ? std::vector<T>(values, values + count) : std::vector<T>();
}

Csc copied(const ScsMatrix &a) {
    const Int entries = a.p[a.n];
    Csc matrix;
    matrix.rows = a.m;
    matrix.cols = a.n;
    matrix.values = copied(a.x, entries);
    matrix.row_indices = copied(a.i, entries);
    matrix.col_starts = copied(a.p, a.n + 1);
    return matrix;
}

Cone from_core(const ScsCone &cone) {
    return {.z = cone.z,
            .l = cone.l,
            .bu = copied(cone.bu, cone.bsize - 1),
            .bl = copied(cone.bl, cone.bsize - 1),
            .q = copied(cone.q, cone.qsize),
            .s = copied(cone.s, cone.ssize),
            .cs = copied(cone.cs, cone.cssize),
            .ep = cone.ep,
            .ed = cone.ed,
            .p = copied(cone.p, cone.psize),
            .d = copied(cone.d, cone.dsize),
            .nuc_m = copied(cone.nuc_m, cone.nucsize),
            .nuc_n = copied(cone.nuc_n, cone.nucsize),
            .ell1 = copied(cone.ell1, cone.ell1_size),
            .sl_n = copied(cone.sl_n, cone.sl_size),
            .sl_k = copied(cone.sl_k, cone.sl_size)};
}

Settings from_core(const ScsSettings &core) {
    Settings settings;
    settings.normalize = core.normalize != 0;
    settings.scale = core.scale;
    settings.adaptive_scale = core.adaptive_scale != 0;
    settings.adaptive_diag_scale = core.adaptive_diag_scale != 0;
    settings.rho_x = core.rho_x;
    settings.max_iters = core.max_iters;
    settings.eps_abs = core.eps_abs;
    settings.eps_rel = core.eps_rel;
    settings.eps_infeas = core.eps_infeas;
    settings.alpha = core.alpha;
    settings.time_limit_secs = core.time_limit_secs;
    settings.verbose = core.verbose != 0;
    settings.acceleration_lookback = core.acceleration_lookback;
    settings.acceleration_interval = core.acceleration_interval;
    settings.acceleration_type_1 = core.acceleration_type_1 != 0;
    settings.acceleration_regularization = core.acceleration_regularization;
    settings.acceleration_relaxation = core.acceleration_relaxation;
    return settings;
}

StoredProblem from_core(const Pointer &core, const ScsError &error) {
    if (!core) {
        throw_core_error(error);
    }
    const ScsData &data = core->data;
    return {.A = copied(*data.A),
            .P = data.P != nullptr ? std::optional(copied(*data.P)) : std::nullopt,
            .b = copied(data.b, data.m),
            .c = copied(data.c, data.n),
            .cone = from_core(core->cone),
            .settings = from_core(core->settings),
            .version = core->version};
}

// As the core wants paths: UTF-8 on Windows, the system's own bytes elsewhere.
std::string path_bytes(const std::filesystem::path &path) {
#ifdef _WIN32
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
#else
    return path.native();
#endif
}

} // namespace

StoredProblem read_problem(const std::filesystem::path &path) {
    const std::string bytes = path_bytes(path);
    if (bytes.find('\0') != std::string::npos) {
        throw FileError("problem file: a path cannot have a null character");
    }
    ScsError error{};
    const Pointer core(scs_read_problem(bytes.c_str(), &error));
    return from_core(core, error);
}

StoredProblem read_problem(std::span<const std::byte> bytes) {
    static constexpr std::byte nothing{}; // data() of an empty span may be null
    ScsError error{};
    const Pointer core(scs_read_problem_bytes(bytes.empty() ? &nothing : bytes.data(),
                                              bytes.size(), &error));
    return from_core(core, error);
}

} // namespace scs
