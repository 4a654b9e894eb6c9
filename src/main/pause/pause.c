/*
 * pause: the first process of a pod's sandbox. It holds the pod's namespaces, reaps the zombies that
 * a shared process namespace leaves to it, and exits with 0 on SIGTERM or SIGINT.
 *
 * Freestanding: raw system calls, no C library, so that the image is this one file of about 1 KB.
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

static long call(long number, long a, long b, long c, long d) {
  long result;
  register long r10 __asm__("r10") = d;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)

enum { SYS_RT_SIGPROCMASK = 135, SYS_EXIT_GROUP = 94, SYS_WAIT4 = 260, SYS_RT_SIGTIMEDWAIT = 137 };

static long call(long number, long a, long b, long c, long d) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return x0;
}

#else
#error "pause knows x86-64 and AArch64"
#endif

static unsigned long bit(int signal) { return 1UL << (signal - 1); }

/* The kernel leaves the stack pointer 16-byte aligned here, where C expects a return address: the
 * compiler realigns where it matters, and nothing below uses vector registers. */
__attribute__((noreturn)) void _start(void) {
  unsigned long awaited = bit(SIGINT) | bit(SIGTERM) | bit(SIGCHLD);
  call(SYS_RT_SIGPROCMASK, SIG_BLOCK, (long)&awaited, 0, SIGNAL_SET_BYTES);
  for (;;) {
    /* Children may have ended before the mask was set: reap first, then wait. */
    while (call(SYS_WAIT4, -1, 0, WNOHANG, 0) > 0) {
    }
    long signal = call(SYS_RT_SIGTIMEDWAIT, (long)&awaited, 0, 0, SIGNAL_SET_BYTES);
    if (signal == SIGINT || signal == SIGTERM) {
      for (;;) {
        call(SYS_EXIT_GROUP, 0, 0, 0, 0);
      }
    }
  }
}
