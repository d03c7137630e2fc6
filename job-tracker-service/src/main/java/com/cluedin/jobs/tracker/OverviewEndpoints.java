package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.AgentView;
import com.cluedin.jobs.model.AttentionView;
import com.cluedin.jobs.model.HourOfJobs;
import com.cluedin.jobs.service.Page;
import com.cluedin.jobs.service.WholeNumber;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// How it goes at large, for the gateway. The organization is the caller's.
@RestController
class OverviewEndpoints {

  private static final String ORGANIZATION = "X-Organization-Id";
  private static final int USUAL_HOURS = 24;
  private static final int MOST_HOURS = 168;
  private static final Page ANY = new Page(0, 1);

  private final Histogram histogram;
  private final Alarms alarms;
  private final FailingStreaks failingStreaks;
  private final Backlog backlog;
  private final Agents agents;

  OverviewEndpoints(
      Histogram histogram,
      Alarms alarms,
      FailingStreaks failingStreaks,
      Backlog backlog,
      Agents agents) {
    this.histogram = histogram;
    this.alarms = alarms;
    this.failingStreaks = failingStreaks;
    this.backlog = backlog;
    this.agents = agents;
  }

  @GetMapping("/jobs/histogram")
  Mono<List<HourOfJobs>> histogram(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String hours) {
    return histogram.ofLast(
        WholeNumber.of("hours", hours, USUAL_HOURS, 1, MOST_HOURS), organization);
  }

  @GetMapping("/jobs/attention")
  Mono<AttentionView> attention(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization) {
    return alarms
        .list(organization, true, ANY)
        .zipWith(failingStreaks.find(organization).collectList())
        .map(found ->
            new AttentionView(found.getT1().total(), found.getT2(), backlog.age().toSeconds()));
  }

  @GetMapping("/agents")
  Flux<AgentView> agents(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization) {
    return agents.atWork(organization);
  }
}
