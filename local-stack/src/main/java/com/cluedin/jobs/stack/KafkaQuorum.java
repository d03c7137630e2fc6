package com.cluedin.jobs.stack;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The nodes of one Kafka cluster, each a broker and a controller, and what they agree on.
///
/// @param clusterId the cluster's; only new storage takes it
record KafkaQuorum(String clusterId, List<Member> members) {

  private static final int MOST_REPLICAS = 3;

  /// One node, and where it listens.
  ///
  /// @param id 1 or more
  record Member(int id, int port, int controllerPort) {

    String address() {
      return "127.0.0.1:" + port;
    }
  }

  /// @param size how many nodes, 1 or more
  static KafkaQuorum of(int size) {
    return new KafkaQuorum(
        newClusterId(),
        IntStream.rangeClosed(1, size)
            .mapToObj(id -> new Member(id, FreePort.any(), FreePort.any()))
            .toList());
  }

  String bootstrapServers() {
    return members.stream().map(Member::address).collect(Collectors.joining(","));
  }

  String voters() {
    return members.stream()
        .map(member -> "%d@127.0.0.1:%d".formatted(member.id(), member.controllerPort()))
        .collect(Collectors.joining(","));
  }

  /// How many copies there are of everything.
  int replicas() {
    return Math.min(MOST_REPLICAS, members.size());
  }

  /// How many copies an acknowledgement needs: one may be lost where there are three.
  int leastInSync() {
    return Math.max(1, replicas() - 1);
  }

  /// Kafka writes ids as 22 characters of URL-safe Base64.
  private static String newClusterId() {
    UUID id = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).replace('-', 'A');
  }
}
