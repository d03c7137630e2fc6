package com.cluedin.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class EventWireTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant AT = Instant.parse("2020-04-06T13:47:16.509661Z");
  private static final UUID CONFIGURATION = UUID.fromString("5b593555-7575-4a85-95f1-53b727ae061e");
  private static final UUID ORGANIZATION = UUID.fromString("e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97");
  private static final UUID PROVIDER = UUID.fromString("add490b8-e387-42de-99cb-f6d7b82fc78f");
  private static final UUID USER = UUID.fromString("eedd5056-0e1a-429e-9e3b-19104d63bd9a");
  private static final UUID JOB = UUID.fromString("0170ef6a-8780-8a4b-93a8-be12a07ce000");

  static Stream<Event> events() {
    return Stream.of(
        new IntegrationEnabled(
            CONFIGURATION,
            ORGANIZATION,
            USER,
            PROVIDER,
            "HubSpot",
            "Tim Ward",
            "47 0/4 * * *",
            "Europe/Copenhagen",
            "default",
            TimeSpan.parse("1.02:03:04"),
            AT),
        new IntegrationDisabled(CONFIGURATION, ORGANIZATION, AT),
        new JobQueued(
            JOB,
            new JobTypeId(CONFIGURATION, ORGANIZATION, PROVIDER),
            USER,
            "HubSpot",
            null,
            "default",
            null,
            TimeSpan.parse("02:00:00"),
            Instant.parse("2020-04-06T13:47:00Z"),
            null,
            1,
            AT),
        new JobStarted(JOB, 1, "agent-1", AT),
        new JobProgressed(JOB, 1, 710, AT),
        new JobCompleted(JOB, 1, 1077, AT),
        new JobFailed(JOB, 2, 12, "the source answered 500", false, AT),
        new JobCancelled(JOB, 2, 12, "stopped by a person", "agent-1", AT),
        new JobCancelling(JOB, 2, "agent-1", AT),
        new JobRetryScheduled(JOB, 11, Instant.parse("2020-04-06T13:47:46Z"), "retry 1 of 3", AT),
        new JobSilent(JOB, 1, "agent-1", Instant.parse("2020-04-06T13:47:00Z"), AT),
        new JobAlarmRaised(JOB, TimeSpan.parse("01:00:00"), AT),
        new JobAbandonRequested(JOB, "Tim Ward", "the account was closed", AT),
        new OccurrenceDecided(
            new JobTypeId(CONFIGURATION, ORGANIZATION, PROVIDER),
            Instant.parse("2020-04-06T13:47:00Z"),
            Decision.CAUGHT_UP,
            JOB,
            null,
            TimeSpan.parse("00:10:00"),
            "02:30 does not exist on this day",
            AT));
  }

  @ParameterizedTest
  @MethodSource("events")
  void looksOnTheWireAsItsGoldenFileAndComesBackEqual(Event event) throws IOException {
    String type = EventWire.typeOf(event.getClass());
    byte[] written = EventWire.write(event);
    assertThat(JSON.readTree(written)).as(new String(written, UTF_8)).isEqualTo(golden(type));
    assertThat(EventWire.read(type, written)).isEqualTo(event);
  }

  @Test
  void everyEventHasAGoldenFile() {
    assertThat(
            events().map(event -> EventWire.typeOf(event.getClass())).collect(Collectors.toSet()))
        .isEqualTo(EventWire.types().keySet());
  }

  @Test
  void aFieldThatWasAddedLaterMayBeAbsent() {
    byte[] json =
        """
        {"configurationId":"%s","at":"2020-04-06T13:47:16.509661Z"}\
        """
            .formatted(CONFIGURATION)
            .getBytes(UTF_8);
    assertThat(EventWire.read("integration.disabled.v1", json))
        .isEqualTo(new IntegrationDisabled(CONFIGURATION, null, AT));
  }

  @Test
  void anUnknownFieldIsIgnored() {
    byte[] json =
        """
        {"jobId":"%s","attempt":1,"agent":"a","at":"2020-04-06T13:47:16Z","mood":"good"}\
        """
            .formatted(JOB)
            .getBytes(UTF_8);
    assertThat(EventWire.read("job.started.v1", json)).isInstanceOf(JobStarted.class);
  }

  @Test
  void whatCannotBeReadSaysWhy() {
    assertThat(cause(null, "{}")).contains("no header ce_type");
    assertThat(cause("job.started.v2", "{}")).contains("unknown event type job.started.v2");
    assertThat(cause("job.started.v1", "\u0001\u0002")).contains("not a job.started.v1");
    assertThat(cause("job.started.v1", "{\"attempt\":1}")).contains("jobId");
    assertThat(cause("job.started.v1", "null")).contains("no event");
    assertThat(
            cause(
                "job.progressed.v1",
                "{\"jobId\":\"%s\",\"attempt\":0,\"clues\":1,\"at\":\"2020-04-06T13:47:16Z\"}"
                    .formatted(JOB)))
        .contains("attempt must be 1");
    assertThat(EventWire.read("job.started.v1", null)).isInstanceOf(Unreadable.class);
  }

  @Test
  void headersFollowCloudEvents() {
    RecordHeaders headers = new RecordHeaders();
    try (EventWire.EventSerializer serializer = new EventWire.EventSerializer()) {
      serializer.configure(java.util.Map.of("client.id", "agent-1"), false);
      serializer.serialize("job-events", headers, new JobStarted(JOB, 1, "agent-1", AT));
    }
    assertThat(List.of("ce_type", "ce_source", "ce_specversion", "ce_time", "content-type"))
        .map(name -> new String(headers.lastHeader(name).value(), UTF_8))
        .containsExactly(
            "job.started.v1", "/agent-1", "1.0", "2020-04-06T13:47:16.509661Z", "application/json");
    assertThat(headers.lastHeader("ce_id")).isNotNull();
  }

  @Test
  void anIdThatIsGivenIsKept() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(EventWire.ID, "job.silent.v1/1".getBytes(UTF_8));
    try (EventWire.EventSerializer serializer = new EventWire.EventSerializer()) {
      serializer.serialize("job-events", headers, new JobStarted(JOB, 1, "agent-1", AT));
    }
    assertThat(headers.headers(EventWire.ID)).hasSize(1);
    assertThat(EventWire.header(headers, EventWire.ID)).isEqualTo("job.silent.v1/1");
  }

  private static String cause(String type, String json) {
    return ((Unreadable) EventWire.read(type, json.getBytes(UTF_8))).cause();
  }

  private static Object golden(String type) throws IOException {
    try (InputStream file = EventWireTest.class.getResourceAsStream("/wire/" + type + ".json")) {
      assertThat(file).as("wire/%s.json", type).isNotNull();
      return JSON.readTree(file);
    }
  }
}
