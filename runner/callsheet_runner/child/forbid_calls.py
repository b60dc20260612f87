"""Takes away the system calls by which a sandboxed job could get a namespace, and with it new rights, or reach rarely used kernel code."""

import ctypes
import errno
import platform
import struct

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
#: Offsets in struct seccomp_data.
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
#: CLONE_NEWNS and all others of that kind.
NEW_NAMESPACES = 0x7E020000

#: Of both architectures: mount calls of the newer kind, and io_uring, whose work no filter sees.
EVERYWHERE = (425, 426, 427, 428, 429, 430, 431, 432, 433, 442)
CLONE3 = 435
#: Machine → its number in the kernel, its `clone`, and the numbers of
#: mount, umount2, pivot_root, chroot, unshare, setns, add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd, open_by_handle_at.
MACHINES = {
    "x86_64": (0xC000003E, 56, (165, 166, 155, 161, 272, 308, 248, 249, 250, 321, 298, 323, 304)),
    "aarch64": (0xC00000B7, 220, (40, 39, 41, 51, 97, 268, 217, 218, 219, 280, 241, 282, 265)),
}


def forbid_calls() -> bool:
    """For this process and all that it starts, for good. False on a machine whose numbers are not known here."""
    machine = MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = b"".join(struct.pack("=HBBI", *step) for step in steps(*machine))
    kept = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(kept))
    return bool(ctypes.CDLL(None).prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) == 0)


def steps(architecture: int, clone: int, numbers: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """The filter: (what, steps to skip when true, when false, operand)."""
    refuse = (RETURN, 0, 0, ERRNO | errno.EPERM)
    program = [
        # Calls of another architecture have other numbers.
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, architecture),
        refuse,
        (LOAD, 0, 0, NUMBER),
        # So have those of x32.
        (AT_LEAST, 0, 1, 0x40000000),
        refuse,
    ]
    for number in (*numbers, *EVERYWHERE):
        program += [(EQUAL, 0, 1, number), refuse]
    # Its flags lie where no filter can look; libraries fall back to clone.
    program += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, ERRNO | errno.ENOSYS)]
    program += [(EQUAL, 0, 3, clone), (LOAD, 0, 0, FIRST_ARGUMENT), (ANY_BIT, 0, 1, NEW_NAMESPACES), refuse]
    return [*program, (RETURN, 0, 0, ALLOW)]
