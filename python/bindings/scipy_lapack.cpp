// SPDX-License-Identifier: MIT
#include "scipy_lapack.h"

#include "bind.h" // IWYU pragma: keep
#include "gil.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace bindings {

namespace {

// --- which arguments a routine takes: c, i and d for pointers to char, int and double ---

template <typename T>
constexpr char kind_of() {
    if constexpr (std::is_same_v<T, char>) {
        return 'c';
    } else if constexpr (std::is_same_v<T, int>) {
        return 'i';
    } else {
        static_assert(std::is_same_v<T, double>); // or half a complex number
        return 'd';
    }
}

template <typename... T>
std::string kinds_of(void (*scs::Lapack::* /*member*/)(T *...)) {
    return {kind_of<std::remove_const_t<T>>()...};
}

struct Routine {
    std::string_view name;
    std::string kinds;
};

auto routines() {
    const std::array all{
        Routine{"dgemm", kinds_of(&scs::Lapack::dgemm)},
        Routine{"dsyrk", kinds_of(&scs::Lapack::dsyrk)},
        Routine{"zherk", kinds_of(&scs::Lapack::zherk)},
        Routine{"dsytrd", kinds_of(&scs::Lapack::dsytrd)},
        Routine{"zhetrd", kinds_of(&scs::Lapack::zhetrd)},
        Routine{"dormtr", kinds_of(&scs::Lapack::dormtr)},
        Routine{"zunmtr", kinds_of(&scs::Lapack::zunmtr)},
        Routine{"dstedc", kinds_of(&scs::Lapack::dstedc)},
        Routine{"dsteqr", kinds_of(&scs::Lapack::dsteqr)},
        Routine{"dgesdd", kinds_of(&scs::Lapack::dgesdd)},
        Routine{"dgesvd", kinds_of(&scs::Lapack::dgesvd)},
    };
    static_assert(std::tuple_size_v<decltype(all)> * sizeof(ScsLapackFunction) ==
                  sizeof(scs::Lapack));
    return all;
}

// --- which arguments SciPy's takes, from the name that Cython gives the capsule ---------

// One C type, as Cython writes it: "char *", "int *", "double *" or a name of its own for
// a double ("..._d *") or a complex number ("..._z *", "...double_complex *").
char kind_of_text(std::string_view type) {
    if (type == "char *") {
        return 'c';
    }
    if (type == "int *") {
        return 'i';
    }
    const bool number = type == "double *" || type == "double complex *" ||
                        type.ends_with("_d *") || type.ends_with("_z *") ||
                        type.ends_with("double_complex *");
    return number ? 'd' : '?';
}

// The kinds of "void (type, type, ...)"; empty if it is anything else.
std::string kinds_of_text(std::string_view signature) {
    constexpr std::string_view before = "void (";
    if (!signature.starts_with(before) || !signature.ends_with(')')) {
        return {};
    }
    signature.remove_prefix(before.size());
    signature.remove_suffix(1);
    std::string kinds;
    for (;;) {
        const std::size_t comma = signature.find(", ");
        kinds += kind_of_text(signature.substr(0, comma));
        if (comma == std::string_view::npos) {
            return kinds;
        }
        signature.remove_prefix(comma + 2);
    }
}

// --- SciPy ------------------------------------------------------------------------------

[[noreturn]] void throw_unavailable(const std::string &reason) {
    throw scs::BackendUnavailable("matrix cones need LAPACK from SciPy, but " + reason);
}

nb::dict exported_by(const char *module) {
    try {
        return nb::cast<nb::dict>(
            object_from(PyImport_ImportModule, module).attr("__pyx_capi__"));
    } catch (nb::python_error &error) {
        if (!error.matches(PyExc_ImportError) && !error.matches(PyExc_AttributeError)) {
            throw;
        }
        throw_unavailable(std::string("importing ") + module +
                          " failed: " + nb::str(error.value()).c_str());
    }
}

ScsLapackFunction unpack(const nb::object &capsule, const Routine &routine) {
    const std::string name(routine.name);
    // Its name is its signature, which it was not created without.
    const char *signature = PyCapsule_CheckExact(capsule.ptr())
                                ? PyCapsule_GetName(capsule.ptr())
                                : nullptr;
    if (signature == nullptr || kinds_of_text(signature) != routine.kinds) {
        PyErr_Clear();
        throw_unavailable("its " + name + " has other arguments: " +
                          (signature != nullptr ? signature : "unknown ones"));
    }
    void *address = PyCapsule_GetPointer(capsule.ptr(), signature);
    if (address == nullptr) {
        throw nb::python_error();
    }
    return reinterpret_cast<ScsLapackFunction>(address);
}

scs::Lapack borrow() {
    // The other one imports this one, so this order names the one that is at fault.
    const nb::dict blas = exported_by("scipy.linalg.cython_blas");
    const std::array libraries{blas, exported_by("scipy.linalg.cython_lapack")};
    const auto known = routines();
    return scs::make_lapack([&](const char *name) -> ScsLapackFunction {
        const auto *routine = std::ranges::find(known, name, &Routine::name);
        for (const nb::dict &library : libraries) {
            if (routine != known.end() && library.contains(name)) {
                return unpack(nb::object(library[name]), *routine);
            }
        }
        throw_unavailable(std::string("it offers no ") + name);
    });
}

} // namespace

// Nothing waits here, because whoever imports may have to wait for other threads in turn:
// threads that come at once make a table each, and all but the first throw theirs away.
const scs::Lapack *scipy_lapack() {
    static std::atomic<const scs::Lapack *> published = nullptr;
    const scs::Lapack *table = published.load(std::memory_order_acquire);
    if (table != nullptr) {
        return table;
    }
    auto mine = std::make_unique<const scs::Lapack>(borrow());
    if (published.compare_exchange_strong(table, mine.get(), std::memory_order_acq_rel,
                                          std::memory_order_acquire)) {
        return mine.release();
    }
    return table;
}

} // namespace bindings
