// A line with a delay, a rate and a queue: two TUN devices, `near` here and `far` in a network namespace, and what is
// written to one is read from the other a little later.
// usage: line NAMESPACE NEAR FAR DELAY_US RATE_BITS QUEUE_BYTES; prints "ready", runs until its input ends.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { longest = 65536, most = 1 << 15 };

struct packet {
  uint64_t due;
  size_t size;
  unsigned char *bytes;
};

struct direction {
  int from, to;
  // In ns: when the last packet that was taken in has left the sender.
  uint64_t free_at;
  size_t first, count;
  struct packet waiting[most];
};

static struct direction directions[2];

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int open_device(const char *name) {
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (device < 0 || ioctl(device, TUNSETIFF, &request) < 0) fail(name);
  return device;
}

static int open_far_device(const char *namespace, const char *name) {
  char path[256];
  snprintf(path, sizeof path, "/var/run/netns/%s", namespace);
  int here = open("/proc/self/ns/net", O_RDONLY), there = open(path, O_RDONLY);
  if (here < 0 || there < 0 || setns(there, CLONE_NEWNET) < 0) fail(path);
  int device = open_device(name);
  if (setns(here, CLONE_NEWNET) < 0) fail("setns");
  return device;
}

// Takes in what is there; what finds the queue full is lost, as on any line.
static void take_in(struct direction *line, uint64_t delay, uint64_t rate, uint64_t queue) {
  static unsigned char buffer[longest];
  for (ssize_t size; (size = read(line->from, buffer, sizeof buffer)) > 0;) {
    uint64_t at = now();
    if (line->free_at < at) line->free_at = at;
    if ((line->free_at - at) * rate / 8000000000 > queue || line->count == most) continue;
    line->free_at += (uint64_t)size * 8000000000 / rate;
    struct packet *packet = &line->waiting[(line->first + line->count) % most];
    packet->bytes = malloc((size_t)size);
    if (!packet->bytes) fail("malloc");
    memcpy(packet->bytes, buffer, (size_t)size);
    packet->size = (size_t)size;
    packet->due = line->free_at + delay;
    line->count += 1;
  }
}

// Lets go what is due; gives the ns until the next is.
static uint64_t let_go(struct direction *line) {
  while (line->count > 0) {
    struct packet *packet = &line->waiting[line->first];
    uint64_t at = now();
    if (packet->due > at) return packet->due - at;
    if (write(line->to, packet->bytes, packet->size) < 0 && errno == EAGAIN) return 100000;
    free(packet->bytes);
    line->first = (line->first + 1) % most;
    line->count -= 1;
  }
  return 1000000000;
}

int main(int count, char **words) {
  if (count != 7) return 2;
  uint64_t delay = strtoull(words[4], NULL, 10) * 1000;
  uint64_t rate = strtoull(words[5], NULL, 10), queue = strtoull(words[6], NULL, 10);
  prctl(PR_SET_TIMERSLACK, 1000);
  int near = open_device(words[2]), far = open_far_device(words[1], words[3]);
  directions[0] = (struct direction){.from = near, .to = far};
  directions[1] = (struct direction){.from = far, .to = near};
  puts("ready");
  fflush(stdout);
  for (;;) {
    uint64_t wait = 1000000000;
    for (int at = 0; at < 2; at += 1) {
      take_in(&directions[at], delay, rate, queue);
      uint64_t next = let_go(&directions[at]);
      if (next < wait) wait = next;
    }
    struct pollfd sources[] = {
        {.fd = near, .events = POLLIN}, {.fd = far, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
    struct timespec time = {.tv_sec = (time_t)(wait / 1000000000), .tv_nsec = (long)(wait % 1000000000)};
    ppoll(sources, 3, &time, NULL);
    char ignored[64];
    if (sources[2].revents && read(0, ignored, sizeof ignored) <= 0) return 0;
  }
}
