package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import com.cluedin.jobs.stack.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A read model made anew beside the one in service, as processes.
class ReadModelComparisonIT {

  private static final Backing BACKING = Backing.shared();
  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers());
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void isTheSameRowByRowAndOneThatIsNotIsTold() throws Exception {
    RandomStories stories = new RandomStories(17);
    try (TrackerDatabase database = new TrackerDatabase();
        ServiceProcess inService = tracker("in-service", database, Map.of())) {
      await().atMost(PATIENCE).until(inService::isReady);
      tell(stories.garbled(stories.ofJobs(300)));
      try (ServiceProcess beside =
          tracker(
              "beside",
              database,
              Map.of("TRACKER_SCHEMA", "tracker_anew", "TRACKER_BESIDE", "tracker"))) {
        tell(stories.garbled(stories.ofJobs(100)));
        assertThat(differences(beside)).isEmpty();
        assertThat(database.query("SELECT count(*) FROM tracker_anew.job"))
            .isEqualTo(database.query("SELECT count(*) FROM tracker.job"))
            .doesNotContain("0");

        database.execute(
            """
            UPDATE tracker_anew.job SET progress = progress + 1
            WHERE id = (SELECT min(id::text)::uuid FROM tracker_anew.job)
            """);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(differences(beside))
                    .hasSize(2)
                    .allMatch(difference -> difference.get("table").asString().equals("job")));
      }
    }
  }

  private static ServiceProcess tracker(
      String name, TrackerDatabase database, Map<String, String> more) {
    return ServiceProcess.start(name, TrackerService.class, database.name(), more);
  }

  /// Those of the newest comparison, once there is one.
  private static List<JsonNode> differences(ServiceProcess beside) {
    HttpResponse<String> answer =
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> beside.get("/read-model/comparison"), it -> it.statusCode() == 200);
    return new JsonMapper().readTree(answer.body()).get("differences").valueStream().toList();
  }

  private static void tell(List<JobEvent> told) throws Exception {
    try (Admin admin = Admin.create(KAFKA);
        KafkaProducer<String, Event> events =
            new KafkaProducer<>(KAFKA, new StringSerializer(), new EventSerializer())) {
      Topics.ensure(
          admin,
          Duration.ofSeconds(30),
          List.of(Topics.jobQueue("default"), Topics.JOB_EVENTS, Topics.JOB_ABANDONMENTS));
      told.forEach(event -> events.send(new ProducerRecord<>(topicOf(event), event.key(), event)));
    }
  }

  private static String topicOf(JobEvent event) {
    return switch (event) {
      case JobQueued queued -> Topics.jobQueue(queued.queue());
      case JobEvent.JobAbandonRequested _ -> Topics.JOB_ABANDONMENTS;
      case JobEvent.RunEvent _, JobEvent.JobAlarmRaised _ -> Topics.JOB_EVENTS;
    };
  }
}
