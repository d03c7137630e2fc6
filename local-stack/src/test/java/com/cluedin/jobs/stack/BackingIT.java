package com.cluedin.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class BackingIT {

  private final Backing backing = Backing.shared();

  @Test
  void kafkaAnswers() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", backing.kafkaBootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("backing", 1, (short) 1))).all().get();

      assertThat(admin.listTopics().names().get()).contains("backing");
    }
  }

  @Test
  void everyDatabaseIsNewAndEmpty() throws Exception {
    String first = backing.newDatabase();
    String second = backing.newDatabase();

    assertThat(first).isNotEqualTo(second);
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(backing.postgresHost(), backing.postgresPort(), second),
            backing.postgresUser(),
            backing.postgresPassword())) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
      assertThat(connection.createStatement().execute("CREATE TABLE t (id int)")).isFalse();
    }
  }

  @Test
  void startsOncePerJvm() {
    assertThat(Backing.shared()).isSameAs(backing);
  }
}
