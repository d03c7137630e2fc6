package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.benchmarks.Measure.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How quickly the gateway answers questions about jobs.
final class Reading {

  private static final String COUNTS = "/api/v1/jobstatecount";
  private static final int TAKE = 20;
  private static final String FIRST_PAGE = "/api/v1/jobs?take=" + TAKE;
  private static final int CLIENTS = 16;

  /// So many requests until most of what takes part is compiled: the slowest hundredth still became
  /// quicker between 20,000 and these.
  private static final int WARM_UP = 40_000;

  private static final int REPETITIONS = 3;

  private Reading() {}

  /// A hundred requests a second, each sent at its time whatever became of those before, and
  /// measured from that time.
  static void counts(Installation on, Figures figures) throws Exception {
    oneByOne(on, COUNTS, WARM_UP);
    Queue<GatewayConnection> free = new ConcurrentLinkedQueue<>();
    atRate(on, free, 100, Duration.ofSeconds(5));
    Latencies.repeat(figures, "", REPETITIONS, () -> atRate(on, free, 100, Duration.ofSeconds(10)));
    for (GatewayConnection gateway : free) {
      gateway.close();
    }
  }

  /// @param free connections nobody asks over; is given those that are made
  private static Latencies atRate(
      Installation on, Queue<GatewayConnection> free, int aSecond, Duration length)
      throws Exception {
    Latencies latencies = new Latencies();
    SideBySide senders = SideBySide.ofAny();
    long began = System.nanoTime();
    for (int i = 0; i < aSecond * length.toSeconds(); i++) {
      long at = began + i * TimeUnit.SECONDS.toNanos(1) / aSecond;
      LockSupport.parkNanos(at - System.nanoTime());
      senders.begin(() -> {
        GatewayConnection unused = free.poll();
        GatewayConnection gateway = unused == null ? on.gateway().connect() : unused;
        gateway.get(COUNTS);
        latencies.add(System.nanoTime() - at);
        free.add(gateway);
        return null;
      });
    }
    senders.await();
    return latencies;
  }

  /// Pages of twenty, one request at a time: the first, the ten thousandth and the last, and the
  /// first of each filter and order.
  static void pages(Installation on, Figures figures) throws Exception {
    oneByOne(on, FIRST_PAGE, WARM_UP);
    for (Map.Entry<String, String> query : queries(on).entrySet()) {
      String path = FIRST_PAGE + "&" + query.getValue();
      oneByOne(on, path, 100);
      Latencies.repeat(figures, "." + query.getKey(), REPETITIONS, () -> oneByOne(on, path, 200));
    }
  }

  private static Map<String, String> queries(Installation on) throws Exception {
    long jobs = on.gateway().total("/api/v1/jobs?take=1");
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("first", "page=0");
    queries.put("10000", "page=" + Math.min(10_000, jobs / TAKE / 2));
    queries.put("last", "page=" + (jobs - 1) / TAKE);
    for (String state : new String[] {"Completed", "Failed", "Cancelled"}) {
      queries.put(state.toLowerCase(Locale.ROOT), "state=" + state);
    }
    queries.put("configuration", "configurationId=" + History.configuration(7));
    queries.put("search", "search=account%2017");
    queries.put("search_of_all", "search=account");
    queries.put("connector", "connector=" + History.connector(3));
    queries.put("span", "from=%s&to=%s".formatted(History.daysAgo(3), History.daysAgo(2)));
    for (String order : new String[] {"name", "configuration", "status", "clues", "started"}) {
      queries.put("by_" + order, "sort=" + order);
    }
    return queries;
  }

  private static Latencies oneByOne(Installation on, String path, int times) throws Exception {
    Latencies latencies = new Latencies();
    try (GatewayConnection gateway = on.gateway().connect()) {
      for (int i = 0; i < times; i++) {
        ask(gateway, path, latencies);
      }
    }
    return latencies;
  }

  private static void ask(GatewayConnection gateway, String path, Latencies latencies)
      throws IOException {
    long asked = System.nanoTime();
    gateway.get(path);
    latencies.add(System.nanoTime() - asked);
  }

  /// Counts and first pages, as many as sixteen clients get answers to, while two thousand events a
  /// second come in.
  static void mix(Installation on, Figures figures) throws Exception {
    double[] rates = new double[REPETITIONS];
    double[] most = new double[REPETITIONS];
    try (EventStream events = EventStream.begin(on, 2_000)) {
      mixFor(on, Duration.ofSeconds(240));
      for (int i = 0; i < REPETITIONS; i++) {
        Duration length = Duration.ofSeconds(10);
        Latencies latencies = mixFor(on, length);
        rates[i] = latencies.count() / (double) length.toSeconds();
        most[i] = latencies.percentile(99);
      }
      figures.add(".events", "events/s", events.rate());
    }
    figures.add("", "requests/s", rates);
    figures.add(".p99", "ms", most);
  }

  private static Latencies mixFor(Installation on, Duration length) throws Exception {
    Latencies latencies = new Latencies();
    SideBySide clients = SideBySide.of(CLIENTS);
    long until = System.nanoTime() + length.toNanos();
    for (int client = 0; client < CLIENTS; client++) {
      clients.begin(() -> {
        try (GatewayConnection gateway = on.gateway().connect()) {
          while (System.nanoTime() < until) {
            ask(
                gateway,
                ThreadLocalRandom.current().nextBoolean() ? COUNTS : FIRST_PAGE,
                latencies);
          }
        }
        return null;
      });
    }
    clients.await();
    return latencies;
  }
}
