package com.cluedin.jobs.gateway.live;

import static com.cluedin.jobs.gateway.live.Told.news;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What is gathered for a client that is told later what it had missed.
class WatcherTest {

  private static final Instant T = Instant.parse("2026-03-18T14:00:00Z");

  private final Watcher watcher = new Watcher(null, "before", new OpenLine());

  @Test
  void whatIsToldMeanwhileIsGathered() {
    watcher.welcomeBack("before", T);
    tell(2);
    assertThat(watcher.gathered(started()).jobs()).hasSize(3);
  }

  @Test
  void tooManyPiecesAreNotGathered() {
    watcher.welcomeBack("before", T);
    tell(5_000);
    assertThat(watcher.gathered(News.NONE)).isNotNull();
    tell(2);
    assertThat(watcher.gathered(News.NONE)).isNull();
  }

  private void tell(int pieces) {
    for (int i = 0; i < pieces; i++) {
      watcher.tell(new Announcement(started(), "id", new JsonMapper()));
    }
  }

  private static News started() {
    return news(new JobStarted(JobIds.ofRequest(T), 1, "agent-1", T));
  }
}
