package com.cluedin.jobs.stack;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The whole system on this machine: Kafka and PostgreSQL, the services and simulated agents, each
/// in a process of its own, all on the loopback address.
///
/// All start side by side and wait for each other as they do anywhere. None outlives this JVM.
public final class LocalStack implements AutoCloseable {

  private static final String DATABASE = "crawl_jobs";
  private static final Duration CACHE_PATIENCE = Duration.ofMinutes(2);

  private final StackSettings settings;
  private final DataFolder data;
  private final boolean training;
  private final Consumer<String> told;
  private final long begun = System.nanoTime();
  private final KafkaQuorum quorum;
  private final List<LocalKafka> brokers = new ArrayList<>();
  private final LocalPostgres postgres;
  private final Map<String, StackProcess> processes = new LinkedHashMap<>();
  private final Map<Service, List<StackProcess>> services = new LinkedHashMap<>();

  private LocalStack(
      StackSettings settings, DataFolder data, boolean training, Consumer<String> told) {
    this.settings = settings;
    this.data = data;
    this.training = training;
    this.told = told;
    this.quorum = KafkaQuorum.of(settings.brokers());
    this.postgres = new LocalPostgres(data.resolve("postgres"), data.log("postgres"));
    for (KafkaQuorum.Member member : quorum.members()) {
      LocalKafka broker = broker(member);
      brokers.add(broker);
      add(broker.process());
    }
    add(postgres.process());
    for (Service service : Service.values()) {
      List<StackProcess> all = new ArrayList<>();
      for (int number = 1; number <= settings.count(service); number++) {
        all.add(add(process(service, number)));
      }
      services.put(service, all);
    }
  }

  /// Starts a stack and waits until all of it is ready. The first one of a build prepares quick
  /// starts for all, which takes a minute.
  ///
  /// @param told what happens, in sentences, also later on
  /// @throws StackException when it cannot start; then nothing of it is left running
  public static LocalStack start(StackSettings settings, Consumer<String> told) {
    StartCaches.makeMissing(told);
    return start(settings, DataFolder.take(settings.data(), told), false, told);
  }

  /// @param data is let go with the stack
  /// @param training whether it makes the start-up caches when it is closed
  static LocalStack start(
      StackSettings settings, DataFolder data, boolean training, Consumer<String> told) {
    try {
      FreePort.require(settings.port());
      LocalStack stack = new LocalStack(settings, data, training, told);
      stack.begin();
      return stack;
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /// Where the gateway serves people.
  public URI address() {
    return process("gateway").address();
  }

  public String kafkaBootstrapServers() {
    return quorum.bootstrapServers();
  }

  public String postgresHost() {
    return postgres.host();
  }

  public int postgresPort() {
    return postgres.port();
  }

  public String postgresDatabase() {
    return DATABASE;
  }

  public String postgresUser() {
    return postgres.user();
  }

  public String postgresPassword() {
    return postgres.password();
  }

  /// One of its processes.
  ///
  /// @param name `kafka` (of several `kafka-1` …), `postgres`, `scheduler-1` …, `tracker-1` …,
  ///   `gateway`, `agent-1` …
  /// @throws IllegalArgumentException when there is none of that name
  public StackProcess process(String name) {
    StackProcess process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException("no process " + name + ", only " + processes.keySet());
    }
    return process;
  }

  /// Stops all in order: agents, which may end their jobs for a while, gateway, trackers,
  /// schedulers, Kafka, PostgreSQL.
  @Override
  public void close() {
    Duration patience = training ? CACHE_PATIENCE : StackProcess.PATIENCE;
    try {
      List.copyOf(services.values()).reversed().forEach(each -> stopAll(each, patience));
      stopAll(brokers.stream().map(LocalKafka::process).toList(), patience);
      stopAll(List.of(postgres.process()), patience);
    } finally {
      data.close();
    }
  }

  private void begin() {
    try {
      beginAll();
    } catch (RuntimeException e) {
      boolean interrupted = Thread.interrupted(); // cleaning up takes moments
      List.copyOf(processes.values()).reversed().forEach(StackProcess::kill);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      throw e;
    }
    processes.values().forEach(process -> process.keep(told));
  }

  /// PostgreSQL needs a moment and the services need it at once, so that one is waited for; all
  /// else starts side by side.
  private void beginAll() {
    processes.values().forEach(process -> data.log(process.name()).rotated());
    brokers.forEach(broker -> broker.process().begin());
    postgres.process().begin();
    postgres.awaitReady();
    postgres.ensureDatabase(DATABASE);
    services.values().forEach(each -> each.forEach(StackProcess::begin));
    List<CompletableFuture<Void>> ready =
        processes.values().stream()
            .map(process ->
                CompletableFuture.runAsync(
                    () -> tellWhenReady(process), Thread::startVirtualThread))
            .toList();
    awaitAll(ready);
  }

  private void tellWhenReady(StackProcess process) {
    process.awaitReady();
    double seconds = (System.nanoTime() - begun) / 1e9;
    told.accept("%-12s ready  %4.1f s".formatted(process.name(), seconds));
  }

  /// Ends at the first that fails.
  private static void awaitAll(List<CompletableFuture<Void>> all) {
    CompletableFuture<Void> done = CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    for (CompletableFuture<Void> one : all) {
      CompletableFuture<Boolean> _ =
          one.handle((_, e) -> e != null && done.completeExceptionally(e));
    }
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new StackException(String.valueOf(root(e).getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("The start was interrupted.", e);
    }
  }

  private static Throwable root(Throwable e) {
    return e.getCause() == null || e instanceof StackException ? e : root(e.getCause());
  }

  private static void stopAll(List<StackProcess> all, Duration patience) {
    CompletableFuture.allOf(
            all.stream()
                .map(process ->
                    CompletableFuture.runAsync(
                        () -> process.stop(patience), Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private StackProcess add(StackProcess process) {
    process.whenBegun(handle -> data.remember(process.name(), handle));
    processes.put(process.name(), process);
    return process;
  }

  private LocalKafka broker(KafkaQuorum.Member member) {
    String name = settings.brokers() == 1 ? "kafka" : "kafka-" + member.id();
    return new LocalKafka(
        name, quorum, member, data.resolve(name), data.log(name), kafkaFlags(member.id() == 1));
  }

  private StackProcess process(Service service, int number) {
    String name = service.name(number);
    int port = service == Service.GATEWAY ? gatewayPort() : FreePort.any();
    int healthPort = service == Service.GATEWAY ? FreePort.any() : port;
    AppJar jar = AppJar.of(service);
    Map<String, String> environment = new HashMap<>(connections());
    environment.putAll(service.environment(name, port, healthPort));
    environment.put("SCHEDULER_URL", urls(Service.SCHEDULER));
    environment.put("TRACKER_URL", urls(Service.TRACKER));
    environment.putAll(settings.environment(service, name));
    return new StackProcess(
        name,
        loopback(port),
        new ServiceLaunch(
            name,
            data.log(name),
            service.command(jar, flags(service.kind(), jar.cache(), number == 1)),
            environment,
            loopback(healthPort).resolve(service.readiness())));
  }

  private Map<String, String> connections() {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS", kafkaBootstrapServers(),
        "POSTGRES_HOST", postgres.host(),
        "POSTGRES_PORT", String.valueOf(postgres.port()),
        "POSTGRES_DATABASE", DATABASE,
        "POSTGRES_USER", postgres.user(),
        "POSTGRES_PASSWORD", postgres.password());
  }

  private String urls(Service service) {
    return services.getOrDefault(service, List.of()).stream()
        .map(process -> process.address().toString())
        .collect(Collectors.joining(","));
  }

  private int gatewayPort() {
    return settings.port() == 0 ? FreePort.any() : settings.port();
  }

  private List<String> kafkaFlags(boolean first) {
    return Neighbourhood.kafkaStartCache()
        .map(cache -> flags("kafka", cache, first))
        .orElseGet(() -> settings.javaFlags("kafka"));
  }

  private List<String> flags(String kind, StartCache cache, boolean firstOfItsKind) {
    List<String> flags = new ArrayList<>(training && firstOfItsKind ? cache.make() : cache.use());
    flags.addAll(settings.javaFlags(kind));
    return flags;
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
