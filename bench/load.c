/*
 * Puts credential servers under load, in turns, and prints a line for each turn:
 *
 *   NAME CLIENTS REQUESTS FAILED CPU_MICROS_EACH P50_MICROS P99_MICROS
 *
 * Each client connects, sends, ends its side, reads to the end and starts again. A client is a thread,
 * because connecting to a UNIX socket whose queue is full must wait. In C, since the machine may have
 * two cores: what asks should cost less than what answers, or it is measured instead.
 *
 * Usage: load USER SECONDS ROUNDS CLIENTS,CLIENTS... NAME=PID=SOCKET...
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
  WARM_UP_CLIENTS = 16,
  WARM_UP_SECONDS = 4, /* so that a turn is not about a compiler, here or there */
  LONGEST_ANSWER = 32 << 10,
  STACK = 128 << 10,
};

struct server {
  char *name;
  long pid;
  struct sockaddr_un address;
};

/* One of the clients of a turn, and what it saw. */
struct client {
  pthread_t thread;
  const struct server *server;
  const char *request;
  double end;
  double *micros; /* of each request that was answered */
  size_t answered, room, failed;
};

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

/* Whether a whole credential came back. */
static int ask(const struct server *server, const char *request) {
  char answer[LONGEST_ANSWER];
  size_t length = 0;
  ssize_t part = -1;
  int s = socket(AF_UNIX, SOCK_STREAM, 0);
  if (s < 0) die("socket");
  if (connect(s, (const struct sockaddr *)&server->address, sizeof server->address) == 0 &&
      send(s, request, strlen(request), MSG_NOSIGNAL) > 0 && shutdown(s, SHUT_WR) == 0)
    while (length < sizeof answer && (part = read(s, answer + length, sizeof answer - length)) > 0)
      length += part;
  close(s);
  return part == 0 && length > 20 && answer[0] == 'u' && answer[length - 1] == 1 &&
         answer[length - 2] == 1;
}

static void *run(void *argument) {
  struct client *client = argument;
  for (double start = now(), done; start < client->end; start = done) {
    int good = ask(client->server, client->request);
    done = now();
    if (!good) {
      client->failed++;
      continue;
    }
    if (client->answered == client->room) {
      client->room = client->room ? 2 * client->room : 1024;
      client->micros = realloc(client->micros, client->room * sizeof *client->micros);
      if (!client->micros) die("realloc");
    }
    client->micros[client->answered++] = done - start;
  }
  return NULL;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void report(const struct server *server, const struct client *clients, int count, double spent) {
  size_t answered = 0, failed = 0;
  for (int i = 0; i < count; i++) {
    answered += clients[i].answered;
    failed += clients[i].failed;
  }
  if (answered == 0) {
    fprintf(stderr, "load: %s answers nothing\n", server->name);
    exit(1);
  }
  double *all = malloc(answered * sizeof *all), *next = all;
  if (!all) die("malloc");
  for (int i = 0; i < count; i++)
    next = mempcpy(next, clients[i].micros, clients[i].answered * sizeof *all);
  qsort(all, answered, sizeof *all, ascending);
  printf("%s %d %zu %zu %.1f %.0f %.0f\n", server->name, count, answered, failed, spent / answered,
         all[answered / 2], all[answered * 99 / 100]);
  fflush(stdout);
  free(all);
}

static void turn(const struct server *server, const char *request, int count, int seconds, int shown) {
  struct client *clients = calloc(count, sizeof *clients);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, STACK);
  double before = cpu(server->pid), end = now() + seconds * 1e6;
  for (int i = 0; i < count; i++) {
    clients[i].server = server;
    clients[i].request = request;
    clients[i].end = end;
    if (pthread_create(&clients[i].thread, &small, run, &clients[i])) die("pthread_create");
  }
  for (int i = 0; i < count; i++) pthread_join(clients[i].thread, NULL);
  if (shown) report(server, clients, count, cpu(server->pid) - before);
  for (int i = 0; i < count; i++) free(clients[i].micros);
  free(clients);
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
  int clients[8], turns = 0, served = 0;
  if (count < 6 || count - 5 > (int)(sizeof servers / sizeof *servers)) {
    fputs("usage: load USER SECONDS ROUNDS CLIENTS,CLIENTS... NAME=PID=SOCKET...\n", stderr);
    return 64;
  }
  char request[512];
  snprintf(request, sizeof request, "SMTP %s", arguments[1]);
  int seconds = atoi(arguments[2]), rounds = atoi(arguments[3]);
  for (char *each = strtok(arguments[4], ","); each && turns < 8; each = strtok(NULL, ","))
    clients[turns++] = atoi(each);
  for (int i = 5; i < count; i++) servers[served++] = parse(arguments[i]);
  for (int i = 0; i < served; i++) turn(&servers[i], request, WARM_UP_CLIENTS, WARM_UP_SECONDS, 0);
  for (int round = 0; round < rounds; round++)
    for (int t = 0; t < turns; t++)
      for (int i = 0; i < served; i++) turn(&servers[i], request, clients[t], seconds, 1);
  return 0;
}
