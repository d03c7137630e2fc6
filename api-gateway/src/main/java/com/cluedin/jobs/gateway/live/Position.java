package com.cluedin.jobs.gateway.live;

import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// How far the log was read.
///
/// @param cluster the brokers' id of their cluster: elsewhere a position says nothing
/// @param offsets the next one to read, by partition
record Position(String cluster, SortedMap<TopicPartition, Long> offsets) {

  private static final Comparator<TopicPartition> ORDER =
      comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  static Position at(String cluster, Map<TopicPartition, Long> offsets) {
    SortedMap<TopicPartition, Long> sorted = new TreeMap<>(ORDER);
    sorted.putAll(offsets);
    return new Position(cluster, sorted);
  }

  /// This one, with some partitions at other offsets.
  Position with(Map<TopicPartition, Long> moved) {
    if (moved.isEmpty()) {
      return this;
    }
    SortedMap<TopicPartition, Long> sorted = new TreeMap<>(offsets);
    sorted.putAll(moved);
    return new Position(cluster, sorted);
  }

  /// This one, of some partitions alone.
  Position only(Set<TopicPartition> partitions) {
    SortedMap<TopicPartition, Long> left = new TreeMap<>(offsets);
    left.keySet().retainAll(partitions);
    return new Position(cluster, left);
  }

  /// Whether all of it is between the first and the last offsets that are there.
  boolean isWithin(Map<TopicPartition, Long> first, Map<TopicPartition, Long> last) {
    return offsets.entrySet().stream()
        .allMatch(at ->
            first.getOrDefault(at.getKey(), 0L) <= at.getValue()
                && at.getValue() <= last.getOrDefault(at.getKey(), Long.MAX_VALUE));
  }

  /// Where the partition was read to, or null when it was not there.
  @Nullable Long of(TopicPartition partition) {
    return offsets.get(partition);
  }

  /// From where nothing is passed over that lies behind any of the positions.
  static Position lowest(String cluster, Collection<Position> positions) {
    SortedMap<TopicPartition, Long> lowest = new TreeMap<>(ORDER);
    positions.forEach(
        position -> position.offsets.forEach((part, at) -> lowest.merge(part, at, Math::min)));
    lowest.keySet().removeIf(part -> positions.stream().anyMatch(it -> it.of(part) == null));
    return new Position(cluster, lowest);
  }

  /// As clients keep it.
  String toId() {
    return PositionText.write(this);
  }

  /// What a client kept, or null when it is no position in this cluster's log.
  @Nullable Position read(String id) {
    SortedMap<TopicPartition, Long> read = new TreeMap<>(ORDER);
    return PositionText.read(id, cluster, read) ? new Position(cluster, read) : null;
  }
}
