package com.cluedin.jobs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cluedin.jobs.agent.AgentSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorSettingsTest {

  @Test
  void needsNothingButKafka() {
    SimulatorSettings settings = of(Map.of());

    assertThat(settings.agent().queues()).containsExactly("default");
    assertThat(settings.agent().jobsAtOnce()).isEqualTo(4);
    assertThat(settings.agent().lease()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.agent().name()).endsWith("-" + ProcessHandle.current().pid());
    assertThat(settings.health()).isNull();
    assertThat(settings.agents()).containsExactly(settings.agent());
  }

  @Test
  void takesEverythingFromTheEnvironment() {
    SimulatorSettings settings =
        of(
            Map.of(
                "AGENT_NAME", "worker",
                "AGENT_QUEUES", " default , heavy ",
                "AGENT_COUNT", "3",
                "AGENT_LEASE", "1500ms",
                "AGENT_DRAIN_TIMEOUT", "2m",
                "HEALTH_PORT", "9000",
                "SIMULATION_FAILURE_RATE", "0.5",
                "SIMULATION_SEED", " "));

    assertThat(settings.agents())
        .extracting(AgentSettings::name)
        .containsExactly("worker-1", "worker-2", "worker-3");
    assertThat(settings.agents().getLast().queues()).containsExactly("default", "heavy");
    assertThat(settings.agents().getLast().lease()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(settings.agents().getLast().drainTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.health()).isEqualTo(new InetSocketAddress("127.0.0.1", 9000));
    assertThat(settings.failureRate()).isEqualTo(0.5);
    assertThat(settings.seed()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "AGENT_JOBS_AT_ONCE, 0",
    "AGENT_JOBS_AT_ONCE, four",
    "AGENT_COUNT, 101",
    "AGENT_LEASE, 15",
    "AGENT_LEASE, s",
    "AGENT_LEASE, -1s",
    "AGENT_DRAIN_TIMEOUT, soon",
    "HEALTH_PORT, 65536",
    "SIMULATION_CLUES, 0",
    "SIMULATION_CLUES_PER_SECOND, 0",
    "SIMULATION_CLUES_PER_SECOND, NaN",
    "SIMULATION_FAILURE_RATE, 1.1",
    "SIMULATION_PERMANENT_RATE, -0.1"
  })
  void namesTheSettingThatIsWrong(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of(name, value)))
        .withMessageStartingWith(name + " must be ")
        .withMessageContaining("\"" + value + "\"");
  }

  @Test
  void refusesWhatIsNoQueueOrTooShortALease() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("AGENT_QUEUES", "default,,heavy")));
    assertThatIllegalArgumentException().isThrownBy(() -> of(Map.of("AGENT_LEASE", "999ms")));
  }

  @Test
  void saysThatKafkaIsNotSet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorSettings.of(Map.of()))
        .withMessage("KAFKA_BOOTSTRAP_SERVERS is not set.");
  }

  private static SimulatorSettings of(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092");
    return SimulatorSettings.of(environment);
  }
}
