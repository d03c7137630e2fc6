package com.cluedin.jobs.gateway.live;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// Partitions that were not there before: each is read from where it was left, or else from its
/// beginning, or from its end where that is too far.
///
/// @param begins the first offset to be read, by partition
/// @param skips something is passed over that was not told
record Added(Map<TopicPartition, Long> begins, boolean skips) {

  private static final long LONGEST = 20_000;

  /// @param left where partitions were read to that were there once
  /// @param first the first offsets that are there
  /// @param last the next ones to be written
  static Added of(
      Map<TopicPartition, Long> left,
      Map<TopicPartition, Long> first,
      Map<TopicPartition, Long> last) {
    Map<TopicPartition, Long> begins = new HashMap<>();
    boolean skips = false;
    for (Map.Entry<TopicPartition, Long> next : last.entrySet()) {
      long end = next.getValue();
      long beginning = first.getOrDefault(next.getKey(), 0L);
      long at = left.getOrDefault(next.getKey(), beginning);
      boolean isLeft = left.containsKey(next.getKey()) && beginning <= at && at <= end;
      boolean isTooFar = !isLeft && end - beginning > LONGEST;
      begins.put(next.getKey(), isLeft ? at : isTooFar ? end : beginning);
      skips |= isTooFar || at < beginning;
    }
    return new Added(begins, skips);
  }
}
