package com.cluedin.jobs.faults;

import static java.util.stream.Collectors.toSet;

import com.cluedin.jobs.faults.TopicLog.Told;
import com.cluedin.jobs.faults.Workload.Schedule;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.ScheduleEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Fault 10: what is told is told several times, or in any order.
@Order(5)
@ExtendWith(FaultTable.class)
class DisorderIT {

  private static final int COPIES = 3;

  @Test
  void everythingThreeTimesAndInAnyOrderChangesNoRow() throws Exception {
    try (Scene scene = Scene.of("10", "everything three times, shuffled");
        KafkaProducer<byte[], byte[]> producer = producer(scene.stage())) {
      runJobs(scene, "copied");
      ReadModelRows rows = new ReadModelRows(scene.stage());
      Map<String, String> before = rows.fingerprints(TimesHeard.COLUMNS);
      List<ProducerRecord<byte[], byte[]>> copies = copies(scene);
      for (ProducerRecord<byte[], byte[]> copy : copies) {
        var _ = producer.send(copy);
      }
      producer.flush();
      scene.drain();
      Map<String, String> after = rows.fingerprints(TimesHeard.COLUMNS);
      if (!after.equals(before)) {
        scene.found("(6) rows were %s and are %s".formatted(before, after));
      }
      scene.end(1, copies.size() + " copies");
      scene.foundAll(scene.standingChecks().aReadModelMadeAnewIsTheSame());
      scene.failIfFound();
    }
  }

  /// What was told of jobs in order is told of their namesakes shuffled, while no tracker reads;
  /// then one reads it record by record, so that an end is in PostgreSQL before its beginning.
  @Test
  void whatWasNeverHeardInOrderMakesTheSameRows() throws Exception {
    try (Scene scene = Scene.of("10", "ends before beginnings");
        KafkaProducer<byte[], byte[]> producer = producer(scene.stage())) {
      Stage stage = scene.stage();
      runJobs(scene, "shuffled");
      List<Told> shuffled = new ArrayList<>(told(scene));
      Collections.shuffle(shuffled, new Random(Dose.GIVEN.seed()));
      Namesakes namesakes = namesakes(scene, shuffled);
      List.of("tracker-1", "tracker-2").forEach(stage::kill);
      Map<TopicPartition, Long> ends = new HashMap<>();
      for (Told told : shuffled) {
        RecordMetadata place = producer.send(namesakes.of(told)).get();
        ends.put(new TopicPartition(place.topic(), place.partition()), place.offset() + 1);
      }
      stage.beginAs("tracker-1", Map.of("SPRING_KAFKA_CONSUMER_MAX_POLL_RECORDS", "1"));
      stage.awaitReady("tracker-1");
      ReadModelRows rows = new ReadModelRows(stage);
      scene.expect("all to be read", Duration.ofSeconds(60), () -> rows.behind(ends).isEmpty());
      compare(scene, namesakes, rows);
      stage.kill("tracker-1"); // so that it reads as always again
      long before = endsBeforeBeginnings(shuffled);
      if (before == 0) {
        scene.found("no end came before its beginning");
      }
      scene.end(1, "%d records, %d ends before beginnings".formatted(shuffled.size(), before));
    }
  }

  private static Namesakes namesakes(Scene scene, List<Told> told) {
    Namesakes namesakes = new Namesakes(scene.random());
    for (Schedule schedule : scene.workload().schedules()) {
      namesakes.add(schedule.organization());
      namesakes.add(schedule.configuration());
    }
    for (Told one : told) {
      if (one.message() instanceof JobEvent event) {
        namesakes.add(event.jobId());
      }
    }
    return namesakes;
  }

  private static void compare(Scene scene, Namesakes namesakes, ReadModelRows rows) {
    for (UUID organization : scene.standingChecks().organizations()) {
      Set<String> inOrder =
          rows.of(organization, TimesHeard.COLUMNS).stream().map(namesakes::of).collect(toSet());
      Set<String> shuffled = Set.copyOf(rows.of(namesakes.of(organization), TimesHeard.COLUMNS));
      if (inOrder.isEmpty()) {
        scene.found("nothing to compare with of organization " + organization);
      }
      inOrder.stream()
          .filter(row -> !shuffled.contains(row))
          .forEach(row -> scene.found("(6) only heard in order: " + row));
      shuffled.stream()
          .filter(row -> !inOrder.contains(row))
          .forEach(row -> scene.found("(6) only heard shuffled: " + row));
    }
  }

  /// How many completed runs were heard of so before they were said to have started.
  private static long endsBeforeBeginnings(List<Told> told) {
    Set<UUID> completed = new HashSet<>();
    long before = 0;
    for (Told one : told) {
      if (one.message() instanceof JobCompleted event) {
        completed.add(JobIds.run(event.jobId(), event.attempt()));
      } else if (one.message() instanceof JobStarted event
          && completed.contains(JobIds.run(event.jobId(), event.attempt()))) {
        before++;
      }
    }
    return before;
  }

  /// Jobs of two organizations, run by an agent of their own that is gone afterwards: nobody runs
  /// what is told again.
  private static void runJobs(Scene scene, String queue) {
    Stage stage = scene.stage();
    Schedule triggered = scene.workload().enable(Stage.uuid(scene.random()), Rhythm.NEVER, queue);
    scene.workload().enable(Stage.uuid(scene.random()), Rhythm.every(2), queue);
    stage.beginAs("agent-1", Map.of("AGENT_QUEUES", queue));
    stage.awaitReady("agent-1");
    for (int i = 0; i < 30; i++) {
      Answer answer = scene.workload().trigger(triggered);
      if (i % 6 == 5) {
        scene.workload().abandon(Workload.jobOf(answer));
      }
      Pause.ofMillis(scene.random().nextInt(200));
    }
    scene.drain();
    stage.kill("agent-1");
  }

  /// All that was said of this workload, three times, in an order of their own.
  private static List<ProducerRecord<byte[], byte[]>> copies(Scene scene) {
    List<ProducerRecord<byte[], byte[]>> copies = new ArrayList<>();
    for (Told told : told(scene)) {
      copies.addAll(Collections.nCopies(COPIES, copy(told)));
    }
    Collections.shuffle(copies, new Random(Dose.GIVEN.seed()));
    return copies;
  }

  /// All that was said of this workload.
  private static List<Told> told(Scene scene) {
    TopicLog log = TopicLog.read(scene.stage().kafka(), TopicLog.JOBS_AND_DECISIONS);
    Set<String> schedules =
        scene.workload().schedules().stream().map(Schedule::id).collect(toSet());
    Set<UUID> jobs =
        log.all(JobQueued.class)
            .filter(job -> schedules.contains(job.jobTypeId().toString()))
            .map(JobEvent::jobId)
            .collect(toSet());
    return log.told().stream().filter(told -> isOf(told, jobs, schedules)).toList();
  }

  private static boolean isOf(Told told, Set<UUID> jobs, Set<String> schedules) {
    return switch (told.message()) {
      case JobEvent event -> jobs.contains(event.jobId());
      case ScheduleEvent event -> schedules.contains(event.jobTypeId().toString());
      default -> false;
    };
  }

  private static ProducerRecord<byte[], byte[]> copy(Told told) {
    var record = told.record();
    ProducerRecord<byte[], byte[]> copy =
        new ProducerRecord<>(
            record.topic(), record.partition(), record.timestamp(), record.key(), record.value());
    record.headers().forEach(copy.headers()::add);
    copy.headers().add(TopicLog.COPY, new byte[0]);
    return copy;
  }

  private static KafkaProducer<byte[], byte[]> producer(Stage stage) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", stage.kafka()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
