package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.DecisionView;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.service.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/// The ledger of occurrences for the gateway. The organization is the caller's.
@RestController
class DecisionEndpoints {

  private static final int MOST = 1_000;

  private final Decisions decisions;

  DecisionEndpoints(Decisions decisions) {
    this.decisions = decisions;
  }

  @GetMapping("/decisions")
  Flux<DecisionView> list(
      @RequestHeader(name = "X-Organization-Id", required = false) @Nullable UUID organization,
      @RequestParam String jobType,
      @RequestParam(required = false) @Nullable Instant before,
      @RequestParam(defaultValue = "100") int take) {
    if (take < 1 || take > MOST) {
      throw Refusal.badRequest("take must be 1 to " + MOST + ", not " + take);
    }
    return decisions.of(idOf(jobType), organization, before, take);
  }

  private static JobTypeId idOf(String text) {
    try {
      return JobTypeId.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound("No such job type: " + text);
    }
  }
}
