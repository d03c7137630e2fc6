package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/// What to read of a list in an order.
///
/// @param offset how many of the list come before it
/// @param take how many there are of it, 1 or more
record Stretch(JobOrder order, long offset, long take) {

  /// Whether all of it is among so many at the beginning of the list.
  boolean isWithin(long most) {
    return offset + take <= most;
  }

  /// Beyond the middle a list is read from its other end.
  ///
  /// @param total how long the list is
  /// @param reader reads a stretch of it, in the order of that
  Mono<List<JobView>> fromNearerEnd(long total, Function<Stretch, Mono<List<JobView>>> reader) {
    long behind = total - offset - take;
    if (behind >= offset) {
      return reader.apply(this);
    }
    JobOrder reverse = new JobOrder(order.by(), !order.descending());
    return reader.apply(new Stretch(reverse, behind, take)).map(List::reversed);
  }

  /// The parameters of statements that read it.
  Map<String, Object> values() {
    return Map.of("offset", offset, "take", take);
  }
}
