package com.cluedin.jobs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.EventWire.MessageDeserializer;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The simulator as a process, on real Kafka.
class AgentSimulatorIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final String kafka = Backing.shared().kafkaBootstrapServers();
  private final String queue = "sim" + Long.toString(System.nanoTime(), 36);
  private final List<Process> processes = new ArrayList<>();
  private final List<RunEvent> heard = new ArrayList<>();
  private KafkaProducer<String, Event> producer;
  private KafkaConsumer<String, Message> consumer;

  @BeforeEach
  void listen() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      Topics.ensure(
          admin, Duration.ofSeconds(30), List.of(Topics.jobQueue(queue), Topics.JOB_EVENTS));
    }
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new EventSerializer());
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new MessageDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.JOB_EVENTS).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    producer.close();
    consumer.close();
  }

  @Test
  void completesAndFailsJobsAsTheirPlanSays() throws Exception {
    Map<String, String> quick =
        Map.of(
            "AGENT_COUNT", "2",
            "SIMULATION_CLUES", "20",
            "SIMULATION_CLUES_PER_SECOND", "200",
            "SIMULATION_PERMANENT_RATE", "0.3");
    SimulatorSettings settings = SimulatorSettings.of(environment(quick));
    start(environment(quick));

    List<UUID> jobs = IntStream.range(0, 40).mapToObj(_ -> queue()).toList();

    await().atMost(SOON).until(() -> jobs.stream().allMatch(this::hasEnded));
    assertThat(jobs)
        .allSatisfy(job -> {
          SimulatedJob plan = SimulatedJob.of(settings, job, 1);
          RunEvent last = of(job).getLast();
          if (plan.failure() == null) {
            assertThat(last).isInstanceOf(JobCompleted.class);
            assertThat(((JobCompleted) last).clues()).isEqualTo(plan.clues());
          } else {
            assertThat(last).isInstanceOf(JobFailed.class);
            assertThat(((JobFailed) last).clues()).isEqualTo(plan.failure().afterClues());
            assertThat(((JobFailed) last).error()).endsWith(plan.failure().error());
            assertThat(((JobFailed) last).permanent()).isEqualTo(plan.failure().permanent());
          }
        });
    assertThat(heard.stream().filter(JobFailed.class::isInstance)).isNotEmpty();
    assertThat(heard.stream().filter(JobCompleted.class::isInstance)).isNotEmpty();
    assertThat(heard)
        .filteredOn(JobStarted.class::isInstance)
        .extracting(event -> ((JobStarted) event).agent())
        .containsOnly("sim-1", "sim-2");
  }

  @Test
  void drainsAndExitsWithZeroWhenAskedToEnd() throws Exception {
    Process process =
        start(
            environment(
                Map.of(
                    "SIMULATION_CLUES", "100",
                    "SIMULATION_CLUES_PER_SECOND", "50",
                    "SIMULATION_FAILURE_RATE", "0",
                    "SIMULATION_PERMANENT_RATE", "0")));
    UUID job = queue();
    await().atMost(SOON).until(() -> !of(job).isEmpty());

    process.destroy();

    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    await().atMost(SOON).until(() -> of(job).getLast() instanceof JobCompleted);
  }

  @Test
  void tellsItsHealth() throws Exception {
    int port = freePort();
    start(environment(Map.of("HEALTH_PORT", String.valueOf(port))));
    await().atMost(SOON).until(() -> status(port, "/health/readiness") == 200);
    assertThat(status(port, "/health/liveness")).isEqualTo(200);
    assertThat(status(port, "/health/other")).isEqualTo(404);
  }

  @Test
  void isAliveButNotReadyWhileKafkaDoesNotAnswer() throws Exception {
    int port = freePort();
    Map<String, String> environment = environment(Map.of("HEALTH_PORT", String.valueOf(port)));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + freePort());
    start(environment);
    await().atMost(SOON).until(() -> status(port, "/health/liveness") == 200);
    assertThat(status(port, "/health/readiness")).isEqualTo(503);
  }

  @Test
  void saysInASentenceWhatIsWrongWithItsSettings() throws Exception {
    Process process = start(environment(Map.of("SIMULATION_FAILURE_RATE", "often")));

    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("log")))
        .isEqualToIgnoringNewLines(
            "SIMULATION_FAILURE_RATE must be a number from 0.0 to 1.0, not \"often\".");
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka,
                "AGENT_NAME", "sim",
                "AGENT_QUEUES", queue));
    all.putAll(more);
    return all;
  }

  private Process start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                AgentSimulator.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private UUID queue() {
    UUID id = UUID.randomUUID();
    JobQueued job =
        new JobQueued(
            JobIds.ofRequest(Instant.now()),
            new JobTypeId(id, id, id),
            id,
            "HubSpot",
            null,
            queue,
            null,
            null,
            null,
            null,
            1,
            Instant.now());
    producer.send(new ProducerRecord<>(Topics.jobQueue(queue), job.key(), job));
    producer.flush();
    return job.jobId();
  }

  private boolean hasEnded(UUID job) {
    return of(job).stream()
        .anyMatch(event -> event instanceof JobCompleted || event instanceof JobFailed);
  }

  private List<RunEvent> of(UUID job) {
    for (ConsumerRecord<String, Message> record : consumer.poll(Duration.ofMillis(20))) {
      if (record.value() instanceof RunEvent event) {
        heard.add(event);
      }
    }
    return heard.stream().filter(event -> event.jobId().equals(job)).toList();
  }

  private static int status(int port, String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
