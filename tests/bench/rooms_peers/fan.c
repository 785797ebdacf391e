/* Opens N WebSockets to one server and counts what arrives: one thread, epoll, Linux.
 *
 *   fan PORT PATH N raw|sio|listen SECONDS WINDOW RATE COOKIE
 *
 * raw, sio (socket.io's framing): one more socket publishes. WINDOW > 0 keeps so many messages in flight (one is done when
 * all N have it); else RATE messages a second. listen: somebody else publishes; frames with "seq": are counted from the
 * first one on, until nothing has come for half a second.
 * Prints one line of JSON: connect_s, delivered (a second), p50_ms and p99_ms of delivery.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum mode { RAW, SIO, LISTEN };
enum state { HANDSHAKE, OPENED, READY };
struct socket { int fd; enum state state; int length, room; char *buffer; };

#define MOST_MESSAGES (1 << 20)
#define AT_ONCE 64 /* handshakes */
#define WARM_UP 1000000

static enum mode mode;
static int wanted, ready, port;
static const char *path, *cookie;
static struct socket *sockets;
static int *copies; /* of each message */
static int64_t received, complete, first_at, last_at, measured_from;
static uint32_t *latencies;
static int64_t known, space;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static void fail(const char *what) {
    fprintf(stderr, "%s: %s (%d of %d ready)\n", what, strerror(errno), ready, wanted);
    exit(1);
}

/* A masked frame (with a mask of nothing) of at most 64 kB. */
static void say(struct socket *one, int opcode, const char *text, int length) {
    unsigned char frame[4096];
    int head = 0;
    frame[head++] = 0x80 | opcode;
    if (length < 126) frame[head++] = 0x80 | length;
    else { frame[head++] = 0x80 | 126; frame[head++] = length >> 8; frame[head++] = length & 255; }
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, text, length);
    if (write(one->fd, frame, head + 4 + length) != head + 4 + length) fail("write");
}

static void is_ready(struct socket *one) {
    if (one->state == READY) return;
    one->state = READY;
    ready++;
}

static void note(int64_t latency) {
    if (known == space) {
        space = space ? space * 2 : 1 << 20;
        latencies = realloc(latencies, space * sizeof *latencies);
    }
    latencies[known++] = latency;
}

static void hear(struct socket *one, char *text, int length) {
    if (mode == LISTEN) {
        is_ready(one);
        if (!memmem(text, length, "\"seq\":", 6)) return;
        last_at = now();
        if (!first_at) first_at = last_at;
        received++;
        return;
    }
    char *mark = memmem(text, length, "@@", 2);
    if (!mark) {
        if (mode == SIO && text[0] == '0') say(one, 1, "40", 2);
        else if (mode == SIO && text[0] == '2') say(one, 1, "3", 1);
        else if (mode == SIO && text[0] == '4' && text[1] == '0') is_ready(one);
        return;
    }
    if (one == &sockets[wanted]) return; /* the publisher's own copy */
    int64_t sent = 0;
    int number = 0;
    for (int i = 2; i < 18; i++) sent = sent * 10 + (mark[i] - '0');
    for (int i = 18; i < 26; i++) number = number * 10 + (mark[i] - '0');
    received++;
    if (++copies[number] == wanted) complete++;
    if (measured_from && sent >= measured_from) note(now() - sent);
}

static int frames(struct socket *one) {
    int done = 0;
    while (one->length - done >= 2) {
        unsigned char *head = (unsigned char *)one->buffer + done;
        int64_t size = head[1] & 127;
        int skip = 2;
        if (size == 126) {
            if (one->length - done < 4) break;
            size = head[2] << 8 | head[3];
            skip = 4;
        } else if (size == 127) fail("a frame of more than 64 kB");
        if (one->length - done < skip + size) break;
        int opcode = head[0] & 15;
        if (opcode == 9) say(one, 10, (char *)head + skip, size);
        else if (opcode == 8) fail("closed by the server");
        else hear(one, (char *)head + skip, size);
        done += skip + size;
    }
    return done;
}

static void take(struct socket *one) {
    for (;;) {
        if (one->room - one->length < 16384) {
            one->room = one->room ? one->room * 2 : 32768;
            one->buffer = realloc(one->buffer, one->room);
        }
        int asked = one->room - one->length, got = read(one->fd, one->buffer + one->length, asked);
        if (got <= 0) {
            if (got < 0 && errno == EAGAIN) return;
            fail("read");
        }
        one->length += got;
        int done = 0;
        if (one->state == HANDSHAKE) {
            char *end = memmem(one->buffer, one->length, "\r\n\r\n", 4);
            if (!end) continue;
            if (memcmp(one->buffer + 9, "101", 3)) fail("refused");
            done = end + 4 - one->buffer;
            one->state = OPENED;
            if (mode == RAW) is_ready(one);
        }
        memmove(one->buffer, one->buffer + done, one->length - done);
        one->length -= done;
        done = frames(one);
        memmove(one->buffer, one->buffer + done, one->length - done);
        one->length -= done;
        if (got < asked) return;
    }
}

static void dial(struct socket *one, int watch) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    one->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(one->fd, (void *)&address, sizeof address)) fail("connect");
    int yes = 1;
    setsockopt(one->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    char request[1024];
    int length = snprintf(request, sizeof request,
        "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Origin: http://localhost:%d\r\nCookie: sessionid=%s\r\n\r\n", path, port, port, cookie);
    if (write(one->fd, request, length) != length) fail("write");
    fcntl(one->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
    epoll_ctl(watch, EPOLL_CTL_ADD, one->fd, &event);
}

static int wait_for(int watch, int milliseconds) {
    struct epoll_event events[512];
    int found = epoll_wait(watch, events, 512, milliseconds);
    for (int i = 0; i < found; i++) take(events[i].data.ptr);
    return found;
}

static void publish(int number) {
    char text[512], fill[121];
    memset(fill, 'x', 120);
    fill[120] = 0;
    const char *form = mode == SIO ? "42[\"m\",\"{\\\"room\\\":\\\"r1\\\",\\\"m\\\":\\\"@@%016lld%08d%s\\\"}\"]"
                                   : "{\"room\":\"r1\",\"m\":\"@@%016lld%08d%s\"}";
    say(&sockets[wanted], 1, text, snprintf(text, sizeof text, form, (long long)now(), number, fill));
}

static int by_size(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

static void print(double connect_s, double delivered) {
    if (known) qsort(latencies, known, sizeof *latencies, by_size);
    printf("{\"connect_s\": %.3f, \"delivered\": %.0f, \"p50_ms\": %.2f, \"p99_ms\": %.2f}\n", connect_s, delivered,
           known ? latencies[known / 2] / 1000.0 : 0, known ? latencies[(int64_t)(known * 0.99)] / 1000.0 : 0);
}

int main(int count, char **argument) {
    if (count != 9) return 2;
    port = atoi(argument[1]), path = argument[2], wanted = atoi(argument[3]), cookie = argument[8];
    mode = !strcmp(argument[4], "sio") ? SIO : !strcmp(argument[4], "listen") ? LISTEN : RAW;
    double seconds = atof(argument[5]), rate = atof(argument[7]);
    int window = atoi(argument[6]), all = mode == LISTEN ? wanted : wanted + 1, next = 0;
    struct rlimit limit = {20000, 20000};
    setrlimit(RLIMIT_NOFILE, &limit);
    sockets = calloc(all, sizeof *sockets), copies = calloc(MOST_MESSAGES, sizeof *copies);
    int watch = epoll_create1(0);
    int64_t begun = now();
    while (ready < all) {
        while (next < all && next - ready < AT_ONCE) dial(&sockets[next++], watch);
        if (wait_for(watch, 20000) <= 0) fail("stalled");
    }
    double connect_s = (now() - begun) / 1e6;
    for (int64_t calm = now(); now() - calm < 500000;) wait_for(watch, 100);
    if (mode == LISTEN) {
        puts("ready");
        fflush(stdout);
        while (!first_at || now() - last_at < 500000)
            if (wait_for(watch, 100) <= 0 && !first_at && now() - begun > 120000000) fail("nothing came");
        print(connect_s, received / ((last_at - first_at) / 1e6));
        return 0;
    }
    int number = 0, measuring = 0;
    int64_t start = now(), end = start + WARM_UP + (int64_t)(seconds * 1e6), before = 0, from = 0;
    double due = start;
    measured_from = start + WARM_UP;
    while (now() < end) {
        int64_t time = now();
        if (!measuring && time >= measured_from) measuring = 1, before = received, from = time;
        while (number < MOST_MESSAGES - 1 && ((window > 0 && number - complete < window) || (rate > 0 && time >= due))) {
            publish(number++);
            if (rate > 0) due += 1e6 / rate;
        }
        wait_for(watch, 1);
    }
    print(connect_s, (received - before) / ((now() - from) / 1e6));
    return 0;
}
