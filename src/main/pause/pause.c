/*
 * pause: the first process of a pod's sandbox. It holds the pod's namespaces, reaps the zombies that
 * a shared process namespace leaves to it, and exits with 0 on SIGTERM or SIGINT.
 *
 * The same program does for a jkube that is not root what only root may do with the files of a
 * volume, in a container that has it as its only mount:
 *
 *   pause empty FOLDER        removes all that is in the folder; links are removed, never followed
 *   pause give GROUP FOLDER   makes all of it the group's, as an fsGroup asks for it
 *
 * Freestanding: raw system calls, no C library, so that the image is this one file of about 2 KB.
 *
 * Built in this folder with (Debian: gcc, gcc-aarch64-linux-gnu):
 *
 *   FLAGS="-Os -static -nostdlib -ffreestanding -fno-pie -no-pie -fno-stack-protector
 *          -fno-asynchronous-unwind-tables -fcf-protection=none -Wl,--build-id=none
 *          -Wl,-z,noseparate-code -Wl,-z,max-page-size=65536 -Wl,-z,noexecstack -s -Wall -Wextra"
 *   gcc $FLAGS -o ../resources/pause/pause-amd64 pause.c
 *   aarch64-linux-gnu-gcc ${FLAGS/-fcf-protection=none/-mbranch-protection=none} \
 *          -o ../resources/pause/pause-arm64 pause.c
 *
 * and then `objcopy -R .comment -R .note.gnu.property` (aarch64-linux-gnu-objcopy) on each.
 */

/* linux/signal.h and linux/wait.h, the few values used here: the same on both architectures. */
enum { SIGINT = 2, SIGTERM = 15, SIGCHLD = 17 };
enum { SIG_BLOCK = 0 };
enum { WNOHANG = 1 };
enum { SIGNAL_SET_BYTES = 8 };

#if defined(__x86_64__)

enum { SYS_RT_SIGPROCMASK = 14, SYS_EXIT_GROUP = 231, SYS_WAIT4 = 61, SYS_RT_SIGTIMEDWAIT = 128 };
enum { SYS_CLOSE = 3, SYS_LSEEK = 8, SYS_GETDENTS64 = 217, SYS_OPENAT = 257, SYS_FCHOWNAT = 260 };
enum { SYS_UNLINKAT = 263, SYS_FCHMOD = 91, SYS_FSTAT = 5 };
enum { O_DIRECTORY = 0200000, O_NOFOLLOW = 0400000 };
/* Where st_mode lies in struct stat, in 32-bit words. */
enum { STAT_MODE_WORD = 6 };

__asm__(".globl _start\n_start:\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call begin\n");

static long call5(long number, long a, long b, long c, long d, long e) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)

enum { SYS_RT_SIGPROCMASK = 135, SYS_EXIT_GROUP = 94, SYS_WAIT4 = 260, SYS_RT_SIGTIMEDWAIT = 137 };
enum { SYS_CLOSE = 57, SYS_LSEEK = 62, SYS_GETDENTS64 = 61, SYS_OPENAT = 56, SYS_FCHOWNAT = 54 };
enum { SYS_UNLINKAT = 35, SYS_FCHMOD = 52, SYS_FSTAT = 80 };
enum { O_DIRECTORY = 040000, O_NOFOLLOW = 0100000 };
enum { STAT_MODE_WORD = 4 };

__asm__(".globl _start\n_start:\n  mov x0, sp\n  bl begin\n");

static long call5(long number, long a, long b, long c, long d, long e) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4)
                   : "memory");
  return x0;
}

#else
#error "pause knows x86-64 and AArch64"
#endif

/* linux/fcntl.h. */
enum { AT_FDCWD = -100, AT_SYMLINK_NOFOLLOW = 0x100, AT_REMOVEDIR = 0x200 };
enum { O_RDONLY = 0, O_NONBLOCK = 04000, O_CLOEXEC = 02000000 };
enum { TYPE_MASK = 0170000, TYPE_FOLDER = 0040000, TYPE_FILE = 0100000, MODE_MASK = 07777 };

static long call(long number, long a, long b, long c, long d) {
  return call5(number, a, b, c, d, 0);
}

static unsigned long bit(int signal) { return 1UL << (signal - 1); }

static int same(const char *a, const char *b) {
  while (*a && *a == *b) {
    a++;
    b++;
  }
  return *a == *b;
}

struct entry {
  unsigned long inode;
  long offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

static long open_folder(long in, const char *name) {
  return call(SYS_OPENAT, in, (long)name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
}

static int dots(const char *name) { return same(name, ".") || same(name, ".."); }

static int empty(long folder);

/* 0 when it is gone. */
static int unlink_all(long in, const char *name) {
  if (call(SYS_UNLINKAT, in, (long)name, 0, 0) == 0) {
    return 0;
  }
  long folder = open_folder(in, name);
  if (folder < 0) {
    return 1;
  }
  int failed = empty(folder);
  call(SYS_CLOSE, folder, 0, 0, 0);
  return failed || call(SYS_UNLINKAT, in, (long)name, AT_REMOVEDIR, 0) != 0;
}

/* What is removed moves what is read: read from the start until a pass finds nothing to remove. */
static int empty(long folder) {
  char buffer[2048] __attribute__((aligned(8)));
  for (;;) {
    int removed = 0, failed = 0;
    long got;
    call(SYS_LSEEK, folder, 0, 0, 0);
    while ((got = call(SYS_GETDENTS64, folder, (long)buffer, sizeof buffer, 0)) > 0) {
      for (long at = 0; at < got; at += ((struct entry *)(buffer + at))->length) {
        const char *name = ((struct entry *)(buffer + at))->name;
        if (!dots(name)) {
          int left = unlink_all(folder, name);
          removed += !left;
          failed |= left;
        }
      }
    }
    if (!removed) {
      return failed || got < 0;
    }
  }
}

/* Readable and writable by the group, folders pass it on. Of links only the group is changed. */
static int give(long in, const char *name, long group) {
  int failed = call5(SYS_FCHOWNAT, in, (long)name, -1, group, AT_SYMLINK_NOFOLLOW) != 0;
  long file = call(SYS_OPENAT, in, (long)name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC, 0);
  if (file < 0) {
    return failed;
  }
  unsigned int stat[64];
  if (call(SYS_FSTAT, file, (long)stat, 0, 0) == 0) {
    unsigned int mode = stat[STAT_MODE_WORD], type = mode & TYPE_MASK;
    if (type == TYPE_FILE) {
      failed |= call(SYS_FCHMOD, file, (mode & MODE_MASK) | 0060, 0, 0) != 0;
    } else if (type == TYPE_FOLDER) {
      failed |= call(SYS_FCHMOD, file, (mode & MODE_MASK) | 02070, 0, 0) != 0;
      char buffer[2048] __attribute__((aligned(8)));
      long got;
      while ((got = call(SYS_GETDENTS64, file, (long)buffer, sizeof buffer, 0)) > 0) {
        for (long at = 0; at < got; at += ((struct entry *)(buffer + at))->length) {
          const char *inside = ((struct entry *)(buffer + at))->name;
          failed |= !dots(inside) && give(file, inside, group);
        }
      }
    }
  }
  call(SYS_CLOSE, file, 0, 0, 0);
  return failed;
}

static long number(const char *text) {
  long value = 0;
  while (*text >= '0' && *text <= '9') {
    value = value * 10 + (*text++ - '0');
  }
  return value;
}

__attribute__((noreturn)) static void leave(int code) {
  for (;;) {
    call(SYS_EXIT_GROUP, code, 0, 0, 0);
  }
}

__attribute__((noreturn)) static void hold(void) {
  unsigned long awaited = bit(SIGINT) | bit(SIGTERM) | bit(SIGCHLD);
  call(SYS_RT_SIGPROCMASK, SIG_BLOCK, (long)&awaited, 0, SIGNAL_SET_BYTES);
  for (;;) {
    /* Children may have ended before the mask was set: reap first, then wait. */
    while (call(SYS_WAIT4, -1, 0, WNOHANG, 0) > 0) {
    }
    long signal = call(SYS_RT_SIGTIMEDWAIT, (long)&awaited, 0, 0, SIGNAL_SET_BYTES);
    if (signal == SIGINT || signal == SIGTERM) {
      leave(0);
    }
  }
}

/* The kernel leaves the count of words, then the words, on the stack. */
__attribute__((noreturn, used)) void begin(long *stack) {
  long words = stack[0];
  char **word = (char **)(stack + 1);
  if (words == 3 && same(word[1], "empty")) {
    long folder = open_folder(AT_FDCWD, word[2]);
    leave(folder < 0 || empty(folder));
  }
  if (words == 4 && same(word[1], "give")) {
    leave(give(AT_FDCWD, word[3], number(word[2])));
  }
  hold();
}
