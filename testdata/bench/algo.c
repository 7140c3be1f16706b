// The peer of graph/algo/internal/bench: the same jobs by igraph's C core, one a run, with the same output.
#include <igraph.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static const char *dir;

static double wall(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static double cpu(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_utime.tv_sec + u.ru_stime.tv_sec + 1e-6 * (u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static void leave(const char *what, const double *v, long n) {
  char name[4096];
  snprintf(name, sizeof name, "%s/%s", dir, what);
  FILE *f = fopen(name, "wb");
  fwrite(v, sizeof *v, n, f);
  fclose(f);
}

static void leave_int(const char *what, const igraph_vector_int_t *v) {
  long n = igraph_vector_int_size(v);
  double *d = malloc(n * sizeof *d);
  for (long i = 0; i < n; i++) d[i] = VECTOR(*v)[i];
  leave(what, d, n);
  free(d);
}

#define TIMED(what, body)                                   \
  do {                                                      \
    double best = 1e99, used = 1e99;                        \
    for (int run = 0; run < 5; run++) {                     \
      double w = wall(), c = cpu();                         \
      body;                                                 \
      w = wall() - w, c = cpu() - c;                        \
      if (w < best) best = w;                               \
      if (c < used) used = c;                               \
      if (w > 2) break;                                     \
    }                                                       \
    struct rusage peak;                                     \
    getrusage(RUSAGE_SELF, &peak);                          \
    printf("%-12s %9.4f %9.4f %9ld\n", what, best, used, peak.ru_maxrss / 1024); \
  } while (0)

static int wanted(const char *what, char **argv) { return !strcmp(argv[3], what); }


int main(int argc, char **argv) {
  if (argc != 4) return 2;
  dir = argv[2];
  FILE *f = fopen(argv[1], "rb");
  uint32_t head[2];
  if (!f || fread(head, 4, 2, f) != 2) return 1;
  long n = head[0], m = head[1];
  uint32_t *raw = malloc(8 * m);
  if (fread(raw, 8, m, f) != (size_t)m) return 1;
  fclose(f);
  igraph_vector_int_t edges;
  igraph_vector_int_init(&edges, 2 * m);
  for (long i = 0; i < 2 * m; i++) VECTOR(edges)[i] = raw[i];
  free(raw);
  igraph_t g;
  igraph_create(&g, &edges, n, 0);
  if (wanted("build", argv)) {
    TIMED("build", {
      igraph_destroy(&g);
      igraph_create(&g, &edges, n, 0);
    });
    return 0;
  }
  igraph_vector_int_destroy(&edges);

  igraph_vector_t d;
  igraph_vector_init(&d, 0);
  igraph_vector_int_t v;
  igraph_vector_int_init(&v, 0);
  igraph_set_warning_handler(igraph_warning_handler_ignore);

  if (wanted("pagerank", argv)) {
    igraph_real_t value;
    TIMED("pagerank", igraph_pagerank(&g, IGRAPH_PAGERANK_ALGO_PRPACK, &d, &value, igraph_vss_all(), 0, 0.85, NULL, NULL));
    leave("pagerank", VECTOR(d), n);
  } else if (wanted("components", argv)) {
    igraph_integer_t parts;
    TIMED("components", igraph_connected_components(&g, &v, NULL, &parts, IGRAPH_WEAK));
    double one = parts;
    leave("components", &one, 1);
  } else if (wanted("cores", argv)) {
    TIMED("cores", igraph_coreness(&g, &v, IGRAPH_ALL));
    leave_int("cores", &v);
  } else if (wanted("triangles", argv)) {
    TIMED("triangles", igraph_adjacent_triangles(&g, &d, igraph_vss_all()));
    leave("triangles", VECTOR(d), n);
  } else if (wanted("bfs", argv)) {
    igraph_degree(&g, &v, igraph_vss_all(), IGRAPH_ALL, 0);
    long hub = igraph_vector_int_which_max(&v);
    igraph_vector_int_t order, layers, parents;
    igraph_vector_int_init(&order, 0), igraph_vector_int_init(&layers, 0), igraph_vector_int_init(&parents, 0);
    TIMED("bfs", igraph_bfs_simple(&g, hub, IGRAPH_ALL, &order, &layers, &parents));
    double *hops = malloc(n * sizeof *hops);
    for (long i = 0; i < n; i++) hops[i] = -1;
    for (long l = 0; l + 1 < igraph_vector_int_size(&layers); l++)
      for (long i = VECTOR(layers)[l]; i < VECTOR(layers)[l + 1]; i++) hops[VECTOR(order)[i]] = l;
    leave("bfs", hops, n);
  } else if (wanted("paths", argv)) {
    double lengths[300];
    TIMED("paths", {
      uint64_t x = 1;
      for (int i = 0; i < 300; i++) {
        long p[2];
        for (int k = 0; k < 2; k++) {
          x = x * 6364136223846793005u + 1442695040888963407u;
          p[k] = (x >> 33) % n;
        }
        igraph_get_shortest_path(&g, NULL, &v, p[0], p[1], IGRAPH_ALL);
        lengths[i] = p[0] == p[1] ? 0 : igraph_vector_int_size(&v) > 0 ? igraph_vector_int_size(&v) : -1;
      }
    });
    leave("paths", lengths, 300);
  } else if (wanted("communities", argv)) {
    igraph_rng_seed(igraph_rng_default(), 1);
    igraph_vector_t q;
    igraph_vector_init(&q, 0);
    TIMED("communities", igraph_community_multilevel(&g, NULL, 1, &v, NULL, &q));
    double best = igraph_vector_max(&q);
    leave("communities", &best, 1);
  } else if (wanted("betweenness", argv) && n <= 20000) {
    TIMED("betweenness", igraph_betweenness(&g, &d, igraph_vss_all(), 0, NULL));
    leave("betweenness", VECTOR(d), n);
  } else if (wanted("betweenness", argv)) {
    igraph_vector_int_t sources;
    igraph_vector_int_init(&sources, 0);
    for (int i = 0; i < 50; i++) igraph_vector_int_push_back(&sources, (long)((double)n * i / 50));
    TIMED("betweenness", igraph_betweenness_subset(&g, &d, igraph_vss_all(), 0, igraph_vss_vector(&sources), igraph_vss_all(), NULL));
  }
  return 0;
}
