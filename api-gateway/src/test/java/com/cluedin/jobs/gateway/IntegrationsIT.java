package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.gateway.RunningGateway.Reply;
import com.cluedin.jobs.model.EventWire.MessageDeserializer;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is asked of integrations arrives in Kafka, checked.
class IntegrationsIT {

  private static final String PREVIEW = "GET /cron/preview";

  private static StandIn scheduler;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    scheduler = new StandIn();
    scheduler.answers(PREVIEW, 200, "{}");
    gateway = RunningGateway.start(scheduler.url(), scheduler.url());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    scheduler.close();
  }

  @Test
  void anEnabledIntegrationIsInKafkaWhenItIsAnswered() {
    UUID configuration = UUID.randomUUID();
    Instant before = Instant.now().minusMillis(1);
    Reply reply =
        gateway.json(
            "POST",
            "/api/v1/integrations",
            body(configuration)
                + """
                ,"Cron":"*/5 * * * *","timeZone":"Europe/Copenhagen","queue":"slow","alarm":"1.00:00:00"}\
                """);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    assertThat(reply.body())
        .isEqualTo(
            "{\"Id\":\"%s|%s|%s\"}".formatted(configuration, organization(1), organization(3)));
    assertThat(scheduler.lastAsked().target())
        .isEqualTo("/cron/preview?cron=*%2F5+*+*+*+*&timeZone=Europe%2FCopenhagen&count=1");
    assertThat(read(configuration))
        .singleElement()
        .isInstanceOfSatisfying(
            IntegrationEnabled.class,
            event -> {
              assertThat(event.name()).isEqualTo("HubSpot");
              assertThat(event.configurationName()).isEqualTo("Tim Ward");
              assertThat(event.cron()).isEqualTo("*/5 * * * *");
              assertThat(event.timeZone()).isEqualTo("Europe/Copenhagen");
              assertThat(event.queue()).isEqualTo("slow");
              assertThat(event.alarm()).isEqualTo(TimeSpan.parse("1.00:00:00"));
              assertThat(event.at()).isBetween(before, Instant.now());
            });
  }

  @Test
  void enablingAndDisablingStayInOrder() {
    UUID configuration = UUID.randomUUID();
    for (int i = 0; i < 5; i++) {
      assertThat(gateway.json("POST", "/api/v1/integrations", body(configuration) + "}").status())
          .isEqualTo(202);
      Reply reply = gateway.send("DELETE", "/api/v1/integrations/" + configuration, null);
      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.body()).isEmpty();
    }
    List<Message> read = read(configuration);
    assertThat(read).hasSize(10);
    assertThat(read.getLast())
        .isInstanceOfSatisfying(
            IntegrationDisabled.class, event -> assertThat(event.organizationId()).isNull());
    assertThat(read.stream().map(message -> ((com.cluedin.jobs.model.Event) message).at()).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsWrongReachesNeitherSchedulerNorKafka() {
    UUID configuration = UUID.randomUUID();
    int asked = scheduler.asked().size();
    Reply reply =
        gateway.json(
            "POST",
            "/api/v1/integrations",
            "{\"configurationId\":\"" + configuration + "\",\"cron\":\"* * * * *\"}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail())
        .contains("organizationId", "userId", "providerId", "name is missing");
    assertThat(gateway.send("DELETE", "/api/v1/integrations/7", null).status()).isEqualTo(400);
    assertThat(scheduler.asked()).hasSize(asked);
    assertThat(read(configuration)).isEmpty();
  }

  @Test
  void theSchedulersWordOnACronIsRelayedAndNothingIsSent() {
    UUID configuration = UUID.randomUUID();
    String problem = "{\"status\":400,\"detail\":\"Invalid cron\",\"field\":\"hour\"}";
    scheduler.answers(PREVIEW, 400, problem);
    Reply reply =
        gateway.json(
            "POST", "/api/v1/integrations", body(configuration) + ",\"cron\":\"0 25 * * *\"}");
    scheduler.answers(PREVIEW, 200, "{}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).isEqualTo(problem);
    assertThat(read(configuration)).isEmpty();
  }

  @Test
  void withoutKafkaItSaysSoInTimeAndIsNotReady() {
    try (RunningGateway lonely =
        RunningGateway.onKafka("127.0.0.1:1", scheduler.url(), scheduler.url())) {
      Instant before = Instant.now();
      Reply reply = lonely.send("DELETE", "/api/v1/integrations/" + UUID.randomUUID(), null);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).isNotNull();
      assertThat(reply.detail()).contains("try again");
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(11));
      assertThat(lonely.management("/actuator/health/readiness").status()).isEqualTo(503);
      assertThat(lonely.management("/actuator/health/liveness").status()).isEqualTo(200);
    }
  }

  private static String body(UUID configuration) {
    return """
    {"configurationId":"%s","OrganizationId":"%s","userId":"%s","providerId":"%s",
     "name":"HubSpot","configurationName":"Tim Ward\"\
    """
        .formatted(configuration, organization(1), organization(2), organization(3));
  }

  private static UUID organization(int number) {
    return new UUID(0x4000, number);
  }

  /// Everything the topic holds of a configuration.
  private static List<Message> read(UUID configuration) {
    try (KafkaConsumer<String, Message> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", Backing.shared().kafkaBootstrapServers()),
            new StringDeserializer(),
            new MessageDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.INTEGRATIONS).stream()
              .map(partition -> new TopicPartition(Topics.INTEGRATIONS, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<Message> found = new ArrayList<>();
      while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        for (ConsumerRecord<String, Message> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.key().equals(configuration.toString())) {
            found.add(record.value());
          }
        }
      }
      return found;
    }
  }
}
