package com.cluedin.jobs.tracker;

import static java.util.stream.Collectors.joining;

/// A page of a list in order of clues, of the beginning or of the end.
///
/// Jobs that have ended are in an index, those of each state in their order. What waits or runs has
/// no place there; it is sorted, and all of them are merged.
final class PageByValue {

  private PageByValue() {}

  /// @param few whether all are to be read and sorted, or else the indexes to be followed
  static String sql(Selection selection, JobOrder order, boolean few) {
    return """
    SELECT job.* FROM (
      SELECT id, value FROM (%1$s) AS one ORDER BY %2$s OFFSET :offset LIMIT :take
    ) AS part JOIN job USING (id)
    ORDER BY %2$s
    """
        .formatted(few ? few(selection, order) : many(selection, order), by("value", order));
  }

  /// All of them, in no order.
  private static String few(Selection selection, JobOrder order) {
    return "SELECT id, %s AS value FROM job WHERE rank = ANY(:ranks) AND %s OFFSET 0"
        .formatted(valueOfAny(order), selection.rows());
  }

  /// Of each state as many as may be needed.
  private static String many(Selection selection, JobOrder order) {
    return selection.filter().states().stream()
        .map(state ->
            """
            (SELECT id, %1$s AS value FROM job WHERE rank = %2$d AND %3$s
            ORDER BY %4$s LIMIT :offset + :take)
            """
                .formatted(
                    valueOf(state, order),
                    state.rank(),
                    selection.rows(),
                    by(valueOf(state, order), order)))
        .collect(joining(" UNION ALL "));
  }

  private static String by(String value, JobOrder order) {
    return value + (order.descending() ? " DESC NULLS LAST, id DESC" : " ASC NULLS FIRST, id ASC");
  }

  private static String valueOf(JobState state, JobOrder order) {
    return switch (order.by()) {
      case CLUES -> state.isFinal() ? "clues" : "progress";
      default -> valueOfAny(order);
    };
  }

  private static String valueOfAny(JobOrder order) {
    return switch (order.by()) {
      case CLUES -> "progress";
      case STARTED -> "started_at";
      case FINISHED -> "finished_at";
      default -> throw new IllegalArgumentException("no value to sort by: " + order);
    };
  }
}
