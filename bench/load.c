/*
 * Puts credential servers under load, in turns, and prints a line for each turn:
 *
 *   NAME CLIENTS REQUESTS FAILED CPU_MICROS_EACH P50_MICROS P99_MICROS
 *
 * Each client connects, sends, ends its side, reads to the end and starts again. One thread plays all
 * of them, in C: on a machine of two cores what asks must cost less than what answers, or it is what
 * is measured.
 *
 * Usage: load USER SECONDS ROUNDS CLIENTS,CLIENTS... NAME=PID=SOCKET...
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
  WARM_UP_CLIENTS = 16,
  WARM_UP_SECONDS = 4, /* so that a turn is not about a compiler, here or there */
  MOST_CLIENTS = 1024,
  LONGEST_ANSWER = 32 << 10,
};

struct server {
  char *name;
  long pid;
  struct sockaddr_un address;
};

struct client {
  int socket;
  enum { IDLE, CONNECTING, READING } state;
  double start;
  size_t length; /* of the answer so far */
  char answer[LONGEST_ANSWER];
};

/* What is seen in one turn. */
struct turn {
  const struct server *server;
  const char *request;
  int count, poll;
  double end;
  double *micros; /* of each request that was answered */
  size_t answered, room, failed;
};

static struct client clients[MOST_CLIENTS];

static void die(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

/* Processor time of another process in microseconds: proc(5), fields 14 and 15 of stat. */
static double cpu(long pid) {
  char path[64], stat[1024];
  unsigned long user, system;
  snprintf(path, sizeof path, "/proc/%ld/stat", pid);
  FILE *file = fopen(path, "r");
  if (!file || !fgets(stat, sizeof stat, file)) die(path);
  fclose(file);
  if (sscanf(strrchr(stat, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
             &system) != 2)
    die(path);
  return (user + system) * 1e6 / sysconf(_SC_CLK_TCK);
}

/* Connects and sends, or tries again later: the queue of those to be accepted may be full. */
static void connect_and_send(struct turn *turn, struct client *client) {
  const struct sockaddr_un *address = &turn->server->address;
  if (connect(client->socket, (const struct sockaddr *)address, sizeof *address) < 0) {
    if (errno != EAGAIN) die(address->sun_path);
    client->state = CONNECTING;
    return;
  }
  struct epoll_event readable = {.events = EPOLLIN, .data.ptr = client};
  if (send(client->socket, turn->request, strlen(turn->request), MSG_NOSIGNAL) < 0 ||
      shutdown(client->socket, SHUT_WR) < 0 ||
      epoll_ctl(turn->poll, EPOLL_CTL_ADD, client->socket, &readable) < 0)
    die("asking");
  client->state = READING;
}

static void start(struct turn *turn, struct client *client) {
  client->start = now();
  client->length = 0;
  client->state = IDLE;
  if (client->start >= turn->end) return;
  client->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (client->socket < 0) die("socket");
  connect_and_send(turn, client);
}

/* Whether a whole credential came back. */
static int good(const struct client *client) {
  const char *end = client->answer + client->length;
  return client->length > 20 && client->answer[0] == 'u' && end[-1] == 1 && end[-2] == 1;
}

static void finish(struct turn *turn, struct client *client) {
  close(client->socket);
  if (!good(client)) {
    turn->failed++;
    return;
  }
  if (turn->answered == turn->room) {
    turn->room = turn->room ? 2 * turn->room : 1024;
    turn->micros = realloc(turn->micros, turn->room * sizeof *turn->micros);
    if (!turn->micros) die("realloc");
  }
  turn->micros[turn->answered++] = now() - client->start;
}

/* Takes what has come; at the end of it the client starts again. */
static void receive(struct turn *turn, struct client *client) {
  ssize_t part;
  do {
    part = read(client->socket, client->answer + client->length, LONGEST_ANSWER - client->length);
    if (part > 0) client->length += part;
  } while (part > 0);
  if (part < 0 && errno == EAGAIN) return;
  finish(turn, client);
  start(turn, client);
}

/* One round of whatever has happened; how many clients are busy after it. */
static int look(struct turn *turn) {
  struct epoll_event events[64];
  int busy = 0, connecting = 0;
  for (struct client *client = clients; client < clients + turn->count; client++) {
    if (client->state == CONNECTING) connect_and_send(turn, client);
    connecting += client->state == CONNECTING;
    busy += client->state != IDLE;
  }
  int happened = busy ? epoll_wait(turn->poll, events, 64, connecting ? 1 : 10000) : 0;
  if (busy && !connecting && happened == 0) {
    fprintf(stderr, "load: %s has been silent for 10 s\n", turn->server->name);
    exit(1);
  }
  for (int i = 0; i < happened; i++) receive(turn, events[i].data.ptr);
  return busy;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void report(struct turn *turn, double spent) {
  if (turn->answered == 0) {
    fprintf(stderr, "load: %s answers nothing\n", turn->server->name);
    exit(1);
  }
  qsort(turn->micros, turn->answered, sizeof *turn->micros, ascending);
  printf("%s %d %zu %zu %.1f %.0f %.0f\n", turn->server->name, turn->count, turn->answered, turn->failed,
         spent / turn->answered, turn->micros[turn->answered / 2], turn->micros[turn->answered * 99 / 100]);
  fflush(stdout);
}

static void run(const struct server *server, const char *request, int count, int seconds, int shown) {
  struct turn turn = {.server = server, .request = request, .count = count, .poll = epoll_create1(0)};
  double before = cpu(server->pid);
  turn.end = now() + seconds * 1e6;
  for (int i = 0; i < count; i++) start(&turn, &clients[i]);
  while (look(&turn)) {
  }
  if (shown) report(&turn, cpu(server->pid) - before);
  free(turn.micros);
  close(turn.poll);
}

static struct server parse(char *argument) {
  struct server server = {.address = {.sun_family = AF_UNIX}};
  server.name = strtok(argument, "=");
  server.pid = atol(strtok(NULL, "="));
  strncpy(server.address.sun_path, strtok(NULL, ""), sizeof server.address.sun_path - 1);
  return server;
}

int main(int count, char **arguments) {
  struct server servers[4];
  int counts[8], turns = 0, served = 0;
  if (count < 6 || count - 5 > (int)(sizeof servers / sizeof *servers)) {
    fputs("usage: load USER SECONDS ROUNDS CLIENTS,CLIENTS... NAME=PID=SOCKET...\n", stderr);
    return 64;
  }
  char request[512];
  snprintf(request, sizeof request, "SMTP %s", arguments[1]);
  int seconds = atoi(arguments[2]), rounds = atoi(arguments[3]);
  for (char *each = strtok(arguments[4], ","); each && turns < 8; each = strtok(NULL, ","))
    counts[turns++] = atoi(each);
  for (int i = 5; i < count; i++) servers[served++] = parse(arguments[i]);
  for (int i = 0; i < served; i++) run(&servers[i], request, WARM_UP_CLIENTS, WARM_UP_SECONDS, 0);
  for (int round = 0; round < rounds; round++)
    for (int t = 0; t < turns; t++)
      for (int i = 0; i < served; i++) run(&servers[i], request, counts[t], seconds, 1);
  return 0;
}
