package com.cluedin.jobs.gateway.live;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// What of a partition was missed.
///
/// @param begin the first offset missed
/// @param end the next one that was not
record Gap(long begin, long end) {

  /// By partition. One of which nothing was heard was not there, and was missed from its beginning.
  ///
  /// @param first the first offsets that are there
  static Map<TopicPartition, Gap> between(
      Position heard, Position until, Map<TopicPartition, Long> first) {
    Map<TopicPartition, Gap> gaps = new HashMap<>();
    until
        .offsets()
        .forEach((part, end) -> {
          Long at = heard.of(part);
          long begin = at == null ? first.getOrDefault(part, 0L) : at;
          if (begin < end) {
            gaps.put(part, new Gap(begin, end));
          }
        });
    return gaps;
  }

  static long length(Map<TopicPartition, Gap> gaps) {
    return gaps.values().stream().mapToLong(gap -> gap.end - gap.begin).sum();
  }

  static Map<TopicPartition, Long> begins(Map<TopicPartition, Gap> gaps) {
    Map<TopicPartition, Long> begins = new HashMap<>();
    gaps.forEach((part, gap) -> begins.put(part, gap.begin));
    return begins;
  }
}
