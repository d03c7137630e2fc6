package com.cluedin.jobs.faults;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Fault 4: of three brokers with three copies of everything, one may be lost, and two must not be
/// lied about.
@Order(9)
@ExtendWith(FaultTable.class)
class ThreeBrokersIT {

  private static final int BROKERS = 3;
  private static final String PROBE = "faults-probe"; // made as queues are, and read by nobody
  private static final Duration SOON = Duration.ofSeconds(45);

  private final Set<String> acknowledged = new HashSet<>();

  @Test
  void oneMayBeLostAndTwoAcknowledgeNothing() throws Exception {
    try (Scene scene = Scene.of("4", "three brokers: a leader, the controller, then two", BROKERS);
        Admin admin = Admin.create(Map.of("bootstrap.servers", scene.stage().kafka()))) {
      Stage stage = scene.stage();
      Topics.ensure(admin, SOON, List.of(PROBE));
      scene.workload().begin();
      scene.workload().steps(10);
      expectProbeTaken(scene, "at first");

      lose(scene, List.of(leaderOf(admin, Topics.jobQueue("default"))));
      lose(scene, List.of(controller(admin)));

      int left = scene.random().nextInt(1, BROKERS + 1);
      List<Integer> two = others(left);
      two.forEach(id -> stage.kill(name(id)));
      for (int i = 0; i < 3; i++) {
        if (send(stage, "with two away " + i)) {
          scene.found("acknowledged with two of three away: " + i);
        }
        scene.workload().steps(2);
      }
      two.forEach(id -> stage.begin(name(id)));
      two.forEach(id -> stage.awaitReady(name(id)));
      expectProbeTaken(scene, "in the end");
      scene.workload().steps(10);

      scene.end(3, acknowledged.size() + " probes acknowledged");
      judgeProbes(scene);
      scene.foundAll(scene.standingChecks().aReadModelMadeAnewIsTheSame());
      scene.failIfFound();
    }
  }

  /// With these away the others go on; then they come back.
  private void lose(Scene scene, List<Integer> ids) {
    Stage stage = scene.stage();
    ids.forEach(id -> stage.kill(name(id)));
    scene.workload().steps(10);
    expectProbeTaken(scene, "without " + ids);
    ids.forEach(id -> stage.begin(name(id)));
    ids.forEach(id -> stage.awaitReady(name(id)));
    scene.workload().steps(5);
  }

  private void expectProbeTaken(Scene scene, String when) {
    List<String> tried = new ArrayList<>();
    scene.expect(
        "Kafka to take a record " + when,
        SOON,
        () -> {
          tried.add(when);
          return send(scene.stage(), when + " " + tried.size());
        });
  }

  /// Whether the brokers say that they have it. Without idempotence, for which a producer would
  /// first wait for an id, for as long as there are too few brokers to give one.
  private boolean send(Stage stage, String value) {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                stage.kafka(),
                "acks",
                "all",
                "enable.idempotence",
                false,
                "delivery.timeout.ms",
                4_000,
                "request.timeout.ms",
                2_000,
                "max.block.ms",
                4_000),
            new StringSerializer(),
            new StringSerializer());
    try {
      producer.send(new ProducerRecord<>(PROBE, value)).get(10, SECONDS);
      acknowledged.add(value);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private void judgeProbes(Scene scene) {
    Set<String> there = new HashSet<>();
    TopicLog.read(scene.stage().kafka(), PROBE::equals)
        .told()
        .forEach(told -> there.add(new String(told.record().value())));
    acknowledged.stream()
        .filter(value -> !there.contains(value))
        .forEach(value -> scene.found("acknowledged and lost: " + value));
  }

  private static int leaderOf(Admin admin, String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .getFirst()
        .leader()
        .id();
  }

  private static int controller(Admin admin) throws Exception {
    return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
  }

  private static List<Integer> others(int id) {
    return IntStream.rangeClosed(1, BROKERS).filter(other -> other != id).boxed().toList();
  }

  private static String name(int id) {
    return "kafka-" + id;
  }
}
