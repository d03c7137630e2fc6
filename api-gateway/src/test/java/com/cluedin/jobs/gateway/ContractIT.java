package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.gateway.RunningGateway.Reply;
import com.cluedin.jobs.gateway.StandIn.Asked;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The calls as clients make them, and what the services are asked in turn.
class ContractIT {

  private static final String CONFIGURATION = "5b593555-7575-4a85-95f1-53b727ae061e";
  private static final String ID =
      CONFIGURATION + "|e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97|add490b8-e387-42de-99cb-f6d7b82fc78f";
  private static final String OTHER = ID.replace('5', '6');

  private static StandIn scheduler;
  private static StandIn tracker;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    scheduler = new StandIn();
    tracker = new StandIn();
    gateway = RunningGateway.start(scheduler.url(), tracker.url());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    scheduler.close();
    tracker.close();
  }

  @BeforeEach
  void forget() {
    scheduler.asked().clear();
    tracker.asked().clear();
  }

  @Test
  void jobTypesAreRelayedByteForByte() {
    String list = "[ {\"Id\":\"" + ID + "\", \"Odd\" : 1.50,\"Name\":\"ü\"}]\n";
    scheduler.answers("GET /job-types", 200, list);
    Reply reply = gateway.get("/api/v1/hangfire/jobs/crawling");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(list);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-cache, private");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(reply.header("Referrer-Policy")).isEqualTo("same-origin");
  }

  @Test
  void whatAClientHasAlreadyIsNotSentAgain() {
    tracker.answers("GET /jobs", 200, "application/json", "[1]", Map.of("X-Total-Count", "1"));
    String tag = gateway.get("/api/v1/jobs").header("ETag");
    Reply same = gateway.get("/api/v1/jobs", "If-None-Match", tag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.header("X-Total-Count")).isEqualTo("1");

    tracker.answers("GET /jobs", 200, "application/json", "[1]", Map.of("X-Total-Count", "2"));
    Reply longer = gateway.get("/api/v1/jobs", "If-None-Match", tag);
    assertThat(longer.status()).isEqualTo(200);
    assertThat(longer.header("ETag")).isNotEqualTo(tag);
  }

  @Test
  void aClientsHeadersStayOutside() {
    scheduler.answers("GET /job-types", 200, "[]");
    gateway.get(
        "/api/v1/hangfire/jobs/crawling",
        "X-Organization-Id",
        CONFIGURATION,
        "X-Forwarded-For",
        "10.0.0.1",
        "Cookie",
        "a=b",
        "Authorization",
        "Bearer x");
    assertThat(scheduler.lastAsked().headers().keySet())
        .map(String::toLowerCase)
        .doesNotContain("x-organization-id", "x-forwarded-for", "cookie", "authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobIds[]", "jobIds%5B%5D", "jobIds", "jobs[]", "jobs%5b%5d"})
  void aFormNamesJobTypesInAnySpelling(String field) {
    String answer = "{\"triggered\":[{\"id\":\"" + ID + "\",\"jobId\":\"x\"}],\"notFound\":[]}";
    scheduler.answers("POST /job-types/trigger", 200, answer);
    scheduler.answers(
        "POST /job-types/remove", 200, "{\"removed\":[\"" + ID + "\"],\"notFound\":[]}");
    String form =
        "%s=%s&%s=%s&%s=%s".formatted(field, ID, field, URLEncoder.encode(ID, UTF_8), field, OTHER);
    for (String prefix : List.of("", "/api/v1")) {
      Reply reply = gateway.form(prefix + "/hangfire/recurring/trigger", form);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(answer);
      assertThat(scheduler.lastAsked().target()).isEqualTo("/job-types/trigger");
      assertThat(scheduler.lastAsked().body())
          .isEqualTo("{\"ids\":[\"" + ID + "\",\"" + OTHER + "\"]}");
      assertThat(gateway.form(prefix + "/hangfire/recurring/remove", form).json().at("/removed/0"))
          .hasToString('"' + ID + '"');
      assertThat(scheduler.lastAsked().target()).isEqualTo("/job-types/remove");
    }
  }

  @Test
  void aFormWithoutIdsIsRefusedAndTheServiceNotAsked() {
    for (Reply reply :
        List.of(
            gateway.form("/hangfire/recurring/trigger", "jobIds[]="),
            gateway.form("/hangfire/recurring/remove", ""),
            gateway.send("POST", "/hangfire/recurring/trigger", null))) {
      assertProblem(reply, 400, "jobIds[]");
    }
    assertProblem(
        gateway.json("POST", "/hangfire/recurring/trigger", "{\"jobIds\":[\"x\"]}"),
        415,
        "application/x-www-form-urlencoded");
    assertThat(scheduler.asked()).isEmpty();
  }

  @Test
  void theServicesProblemsAreRelayed() {
    String problem = "{\"status\":409,\"detail\":\"two\",\"candidates\":[\"a\",\"b\"]}";
    scheduler.answers("POST /job-types/trigger", 409, problem);
    Reply reply = gateway.form("/hangfire/recurring/trigger", "jobIds=" + CONFIGURATION);
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body()).isEqualTo(problem);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aCronChangeIsReadInAnyCaseAndItsIdDecoded() {
    scheduler.answers("PATCH /job-types", 200, "{\"Id\":1}");
    Reply reply =
        gateway.json(
            "PATCH",
            "/api/v1/hangfire/jobs/crawling",
            "{\"ID\":\"" + ID.replace("|", "%7C") + "\",\"Cron\":\"5 4 * * *\",\"x\":{}}");
    assertThat(reply.body()).isEqualTo("{\"Id\":1}");
    assertThat(scheduler.lastAsked().body())
        .isEqualTo("{\"id\":\"" + ID + "\",\"cron\":\"5 4 * * *\"}");
  }

  @Test
  void policiesPausesAndDecisionsAreRelayed() {
    String type = "/api/v1/job-types/" + ID.replace("|", "%7C");
    scheduler.answers("GET /job-types/details", 200, "[]");
    scheduler.answers("PATCH /job-types/details", 200, "{\"Id\":2}");
    scheduler.answers("POST /job-types/pause", 200, "{\"Id\":3}");
    scheduler.answers("POST /job-types/resume", 200, "{\"Id\":4}");
    tracker.answers("GET /decisions", 200, "[5]");

    assertThat(gateway.get("/api/v1/job-types").body()).isEqualTo("[]");
    assertThat(gateway.json("PATCH", type, "{\"CATCHUP\":\"01:00:00\"}").body())
        .isEqualTo("{\"Id\":2}");
    assertThat(scheduler.lastAsked().body())
        .contains("\"id\":\"" + ID + "\"", "\"catchUp\":\"01:00:00\"", "\"cron\":null");
    assertThat(gateway.json("POST", type + "/pause", "{\"reason\":\"é\"}").body())
        .isEqualTo("{\"Id\":3}");
    assertThat(scheduler.lastAsked().body()).isEqualTo("{\"id\":\"" + ID + "\",\"reason\":\"é\"}");
    assertThat(gateway.send("POST", type + "/resume", null).body()).isEqualTo("{\"Id\":4}");
    assertThat(gateway.get(type + "/decisions?take=7&x=1").body()).isEqualTo("[5]");
    assertThat(tracker.lastAsked().target())
        .isEqualTo("/decisions?jobType=" + ID.replace("|", "%7C") + "&take=7");
  }

  @Test
  void bodiesThatCannotBeReadAreRefusedWithTheirReason() {
    String path = "/api/v1/hangfire/jobs/crawling";
    assertProblem(gateway.json("PATCH", path, "{\"id\": x}"), 400, "Unrecognized token 'x'");
    assertProblem(gateway.json("PATCH", path, "{\"id\":"), 400, "end-of-input");
    assertProblem(gateway.json("PATCH", path, ""), 400, "body is missing");
    assertProblem(gateway.json("PATCH", path, "null"), 400, "body is missing");
    assertProblem(gateway.json("PATCH", path, "[]"), 400, "must be a JSON object");
    assertProblem(gateway.json("PATCH", path, "{\"cron\":{}}"), 400, "at cron");
    assertProblem(gateway.json("POST", "/api/v1/integrations", "7"), 400, "must be a JSON object");
    assertProblem(gateway.form("/hangfire/recurring/trigger", "jobIds=%zz"), 400, "form");
    assertProblem(
        gateway.send("POST", "/hangfire/recurring/trigger", "a", "Content-Type", "nonsense"),
        415,
        "not as nonsense");
    assertProblem(gateway.json("PATCH", "/api/v1/jobs/abandonwork", "\u0001"), 400, "");
    assertProblem(
        gateway.send("PATCH", path, "{}", "Content-Type", "text/plain"), 415, "application/json");
    assertProblem(gateway.send("PATCH", path, "{}", "Content-Type", "nonsense"), 415, "");
    assertThat(scheduler.asked()).isEmpty();
  }

  @Test
  void bodiesThatAreTooLargeAreRefused() {
    String large = "x".repeat(300_000);
    assertProblem(gateway.form("/hangfire/recurring/trigger", "jobIds=" + large), 413, "256 KiB");
    assertProblem(
        gateway.json("PATCH", "/api/v1/hangfire/jobs/crawling", "{\"id\":\"" + large + "\"}"),
        413,
        "256 KiB");
    assertProblem(
        gateway.json("POST", "/api/v1/integrations", "{\"x\":\"" + large + "\"}"), 413, "256 KiB");
    assertThat(scheduler.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /nothing/here,                   404,",
    "POST,   /,                               405, GET",
    "GET,    /actuator/health,                404,",
    "DELETE, /api/v1/jobs,                    405, GET",
    "GET,    /hangfire/recurring/trigger,     405, POST",
    "PUT,    /api/v1/hangfire/jobs/crawling,  405, GET or PATCH",
  })
  void whatFitsNoCallIsToldWhatWould(String method, String path, int status, String allowed) {
    Reply reply = gateway.send(method, path, null, "Accept", "text/html");
    assertProblem(reply, status, allowed == null ? "/swagger-ui.html" : allowed + " is");
    if (allowed != null) {
      assertThat(reply.header("Allow").split(",\\s*"))
          .containsExactlyInAnyOrder(allowed.split(" or "));
    }
  }

  @Test
  void evenAnOddMethodIsToldWhatIsPossible() {
    assertThat(gateway.raw("TRACE /api/v1/jobs HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: GET", "TRACE is not possible here");
  }

  @Test
  void aListTellsItsTotalAndItsNeighbours() {
    tracker.answers("GET /jobs", 200, "application/json", "[]", Map.of("X-Total-Count", "45"));
    Reply reply =
        gateway.get(
            "/api/v1/jobs?page=1&take=20&state=failed&configurationId=" + CONFIGURATION + "&x=y");
    assertThat(tracker.lastAsked().target())
        .isEqualTo("/jobs?page=1&take=20&state=failed&configurationId=" + CONFIGURATION);
    assertThat(reply.body()).isEqualTo("[]");
    assertThat(reply.header("X-Total-Count")).isEqualTo("45");
    assertThat(reply.header("Link"))
        .startsWith(
            "</api/v1/jobs?take=20&state=failed&configurationId="
                + CONFIGURATION
                + "&x=y&page=0>; rel=\"first\"")
        .contains("page=2>; rel=\"next\"", "rel=\"prev\"", "page=2>; rel=\"last\"");
    assertThat(gateway.get("/api/v1/jobs").header("Link")).contains("page=2>; rel=\"last\"");
    assertThat(tracker.lastAsked().target()).isEqualTo("/jobs");
  }

  @Test
  void oddPagesAreTheTrackersToRefuse() {
    String problem = "{\"status\":400,\"detail\":\"page must be 0 or more\"}";
    tracker.answers("GET /jobs", 400, problem);
    Reply reply =
        gateway.get("/api/v1/jobs?page=-1&take=&state=a%26page%3D5%20%2B+%C3%BC&state=null");
    assertThat(tracker.lastAsked().target())
        .isEqualTo("/jobs?page=-1&take=&state=a%26page%3D5+%2B+%C3%BC&state=null");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).isEqualTo(problem);
    assertThat(reply.header("Link")).isNull();
  }

  @Test
  void aListIsChosenAndSortedByMoreAndItsLinksKeepThat() {
    tracker.answers("GET /jobs", 200, "application/json", "[]", Map.of("X-Total-Count", "45"));
    String query =
        "search=100%25_%C3%A4&connector=Hub+Spot&configuration=Tim%20Ward&jobTypeId="
            + ID.replace("|", "%7C")
            + "&from=2026-03-01T12:00:00%2B01:00&to=2026-03-02T00:00:00Z&sort=-clues";
    Reply reply = gateway.get("/api/v1/jobs?" + query);
    assertThat(java.net.URLDecoder.decode(tracker.lastAsked().target(), UTF_8))
        .isEqualTo("/jobs?" + java.net.URLDecoder.decode(query, UTF_8));
    assertThat(reply.header("Link")).contains("</api/v1/jobs?" + query + "&page=1>; rel=\"next\"");
  }

  @Test
  void executingIsAListWithItsStateFixed() {
    tracker.answers("GET /jobs", 200, "application/json", "[]", Map.of("X-Total-Count", "3"));
    Reply reply = gateway.get("/api/v1/jobs/executing?take=2&state=Failed");
    assertThat(tracker.lastAsked().target()).isEqualTo("/jobs?take=2&state=Executing");
    assertThat(reply.header("Link"))
        .contains("</api/v1/jobs/executing?take=2&state=Failed&page=1>");
  }

  @Test
  void countsAndAbandonmentAreRelayed() {
    tracker.answers("GET /jobs/counts", 200, "{\"completed\":4}");
    assertThat(gateway.get("/api/v1/jobstatecount").body()).isEqualTo("{\"completed\":4}");
    tracker.answers("PATCH /jobs/abandonment", 200, "{\"Status\":\"Cancelled\"}");
    Reply reply =
        gateway.json("PATCH", "/api/v1/jobs/abandonwork", "{\"JobRunId\":\"r\",\"jobid\":\"j\"}");
    assertThat(reply.body()).isEqualTo("{\"Status\":\"Cancelled\"}");
    assertThat(tracker.lastAsked().body()).isEqualTo("{\"jobRunId\":\"r\",\"jobId\":\"j\"}");
  }

  @Test
  void theRunsOfAJobAreAskedByGuid() {
    tracker.answers("GET /job-runs", 404, "{\"detail\":\"no such job\"}");
    assertProblem(gateway.get("/api/v1/jobrun?id=" + CONFIGURATION), 404, "no such job");
    assertThat(tracker.lastAsked().target()).isEqualTo("/job-runs?id=" + CONFIGURATION);
    assertProblem(gateway.get("/api/v1/jobrun"), 400, "is missing");
    assertProblem(gateway.get("/api/v1/jobrun?id="), 400, "is missing");
    assertProblem(gateway.get("/api/v1/jobrun?id=7"), 400, "not \"7\"");
  }

  @Test
  void aJobIsAskedByGuidInFull() {
    tracker.answers("GET /jobs/detail", 200, "{\"Id\":6}");
    assertThat(gateway.get("/api/v1/jobs/" + CONFIGURATION).body()).isEqualTo("{\"Id\":6}");
    assertThat(tracker.lastAsked().target()).isEqualTo("/jobs/detail?id=" + CONFIGURATION);
    tracker.answers("GET /jobs/detail", 404, "{\"detail\":\"no such job\"}");
    assertProblem(gateway.get("/api/v1/jobs/" + CONFIGURATION), 404, "no such job");
    tracker.asked().clear();
    assertProblem(gateway.get("/api/v1/jobs/7"), 400, "not \"7\"");
    assertProblem(gateway.get("/api/v1/jobs/abandonworks"), 400, "must be the Guid");
    assertProblem(gateway.get("/api/v1/jobs/abandonwork"), 405, "PATCH is");
    assertThat(tracker.asked()).isEmpty();
  }

  @Test
  void alarmsAreAListInPages() {
    tracker.answers(
        "GET /jobs/alarms", 200, "application/json", "[]", Map.of("X-Total-Count", "5"));
    Reply reply = gateway.get("/api/v1/jobs/alarms?take=2&open=true&state=x");
    assertThat(tracker.lastAsked().target()).isEqualTo("/jobs/alarms?take=2&open=true");
    assertThat(reply.header("X-Total-Count")).isEqualTo("5");
    assertThat(reply.header("Link"))
        .contains("</api/v1/jobs/alarms?take=2&open=true&state=x&page=1>; rel=\"next\"");
  }

  @Test
  void jobTypesAreAListInPagesWherePagesAreAskedFor() {
    scheduler.answers("GET /job-types/details", 200, "[]");
    assertThat(gateway.get("/api/v1/job-types?search=a%25_&state=paused&x=1").header("Link"))
        .isNull();
    assertThat(scheduler.lastAsked().target())
        .isEqualTo("/job-types/details?search=a%25_&state=paused");
    scheduler.answers(
        "GET /job-types/details", 200, "application/json", "[]", Map.of("X-Total-Count", "5"));
    Reply reply = gateway.get("/api/v1/job-types?take=2&sort=-next&connector=Hub+Spot");
    assertThat(scheduler.lastAsked().target())
        .isEqualTo("/job-types/details?take=2&connector=Hub+Spot&sort=-next");
    assertThat(reply.header("X-Total-Count")).isEqualTo("5");
    assertThat(reply.header("Link"))
        .contains("</api/v1/job-types?take=2&sort=-next&connector=Hub+Spot&page=1>; rel=\"next\"");
  }

  @Test
  void oneJobTypeIsAskedForAndBroughtBackByItsIdInAnySpelling() {
    scheduler.answers("GET /job-types/detail", 200, "{\"Id\":7}");
    scheduler.answers("POST /job-types/restore", 200, "{\"Id\":8}");
    String encoded = ID.replace("|", "%7C");
    assertThat(gateway.get("/api/v1/job-types/" + encoded).body()).isEqualTo("{\"Id\":7}");
    assertThat(scheduler.lastAsked().target()).isEqualTo("/job-types/detail?id=" + encoded);
    assertThat(gateway.send("POST", "/api/v1/job-types/" + encoded + "/restore", null).body())
        .isEqualTo("{\"Id\":8}");
    assertThat(scheduler.lastAsked().body()).isEqualTo("{\"id\":\"" + ID + "\"}");
    assertThat(rawGet("/api/v1/job-types/" + ID)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theRunsOfJobTypesAreAskedByTheirIdsInAnySpelling() {
    tracker.answers("GET /job-types/runs", 200, "[9]");
    String encoded = ID.replace("|", "%7C");
    assertThat(rawGet("/api/v1/job-types/runs?id=" + ID + "&id=" + OTHER.replace("|", "%257c")))
        .endsWith("[9]");
    assertThat(tracker.lastAsked().target())
        .isEqualTo("/job-types/runs?id=" + encoded + "&id=" + OTHER.replace("|", "%7C"));
    gateway.get("/api/v1/job-types/runs");
    assertThat(tracker.lastAsked().target()).isEqualTo("/job-types/runs");
    String hundred = String.join("&", Collections.nCopies(100, "id=" + encoded));
    gateway.get("/api/v1/job-types/runs?" + hundred);
    assertThat(tracker.lastAsked().target()).isEqualTo("/job-types/runs?" + hundred);
  }

  @ParameterizedTest
  @CsvSource({
    "/jobs/histogram?hours=3&x=1, /jobs/histogram?hours=3",
    "/jobs/attention?x=1,         /jobs/attention",
    "/agents,                     /agents",
    "/configurations?take=7&search=%25, /configurations?search=%25&take=7",
    "/connectors,                 /connectors",
  })
  void theOverviewIsRelayed(String path, String target) {
    tracker.answers("GET " + target.replaceAll("\\?.*", ""), 200, "[10]");
    assertThat(gateway.get("/api/v1" + path).body()).isEqualTo("[10]");
    assertThat(tracker.lastAsked().target()).isEqualTo(target);
  }

  @Test
  void aCronPreviewKeepsEveryCharacter() {
    scheduler.answers("GET /cron/preview", 200, "{\"cron\":\"x\"}");
    gateway.get(
        "/api/v1/cron/preview?cron=*%2F5%20%2a+*+%3F+MON%231&timeZone=Etc%2FGMT%2B3&count=2&z=1");
    Asked asked = scheduler.lastAsked();
    assertThat(java.net.URLDecoder.decode(asked.target(), UTF_8))
        .isEqualTo("/cron/preview?cron=*/5 * * ? MON#1&timeZone=Etc/GMT+3&count=2");
  }

  @Test
  void pagesFromElsewhereChangeNothing() {
    scheduler.answers("POST /job-types/trigger", 200, "{}");
    String path = "/hangfire/recurring/trigger";
    assertProblem(gateway.form(path, "jobIds=a", "Origin", "http://evil.example"), 403, "origins");
    assertProblem(gateway.form(path, "jobIds=a", "Sec-Fetch-Site", "cross-site"), 403, "origins");
    assertThat(scheduler.asked()).isEmpty();
    String own = "http://127.0.0.1:" + gateway.port();
    assertThat(gateway.form(path, "jobIds=a", "Origin", own).status()).isEqualTo(200);
  }

  @Test
  void answersUnderItsOwnNameAlone() {
    scheduler.answers("GET /job-types", 200, "[]");
    String request = "GET /api/v1/hangfire/jobs/crawling HTTP/1.1\nHost: %s\nConnection: close\n\n";
    assertThat(gateway.raw(request.formatted("localhost:1"))).startsWith("HTTP/1.1 200 ");
    assertThat(gateway.raw(request.formatted("evil.example")))
        .startsWith("HTTP/1.1 403 ")
        .contains("application/problem+json", "localhost, 127.0.0.1 and [::1]");
    assertThat(gateway.raw("GET /swagger-ui/index.html HTTP/1.1\nHost: x\nConnection: close\n\n"))
        .startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a//b", "/a/..;/b", "/a%2Fb", "/a%00b"})
  void oddPathsAreProblemsToo(String path) {
    assertThat(rawGet(path))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "\"detail\":");
  }

  @Test
  void charactersThatShouldBeEncodedAreTakenAsIfTheyWere() {
    tracker.answers("GET /jobs", 200, "application/json", "[]", Map.of("X-Total-Count", "0"));
    assertThat(rawGet("/api/v1/jobs?state=a|b&configurationId={\"ü\"}^[#]"))
        .startsWith("HTTP/1.1 200 ")
        .contains("/api/v1/jobs?state=a%7Cb&");
    assertThat(tracker.lastAsked().target())
        .isEqualTo("/jobs?state=a%7Cb&configurationId=%7B%22%C3%BC%22%7D%5E%5B%23%5D");

    String path = "/api/v1/integrations/%s HTTP/1.1\nHost: localhost\nConnection: close\n\n";
    String raw = gateway.raw("DELETE " + path.formatted(ID));
    assertThat(raw)
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "configurationId must be a Guid")
        .isEqualTo(gateway.raw("DELETE " + path.formatted(ID.replace("|", "%7C"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/jobs?state=%zz", "/api/v1/jobs?state=%4", "/%zz|", "/swagger-ui.html%"})
  void escapesThatAreNoneAreRefused(String target) {
    assertThat(rawGet(target))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "a % itself is %25")
        .contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: ");
    assertThat(gateway.get("/api/v1/jobstatecount", "Undecodable-Target", "true").body())
        .doesNotContain("%25");
  }

  @Test
  void tellsItsHealthOnAPortOfItsOwn() {
    assertThat(gateway.management("/actuator/health/liveness").status()).isEqualTo(200);
    Reply readiness = gateway.management("/actuator/health/readiness");
    assertThat(readiness.status()).isEqualTo(200);
    assertThat(readiness.json().at("/components/kafka/status").asString()).isEqualTo("UP");
  }

  @Test
  void theDescriptionIsInStepWithTheContract() {
    JsonNode api = gateway.get("/v3/api-docs").json();
    Set<String> calls = new TreeSet<>();
    api.get("paths")
        .forEachEntry((path, methods) ->
            methods.propertyNames().forEach(method -> calls.add(method + " " + path)));
    assertThat(calls)
        .containsExactlyInAnyOrder(
            "get /api/v1/hangfire/jobs/crawling",
            "patch /api/v1/hangfire/jobs/crawling",
            "post /hangfire/recurring/trigger",
            "post /api/v1/hangfire/recurring/trigger",
            "post /hangfire/recurring/remove",
            "post /api/v1/hangfire/recurring/remove",
            "get /api/v1/jobstatecount",
            "get /api/v1/jobs",
            "patch /api/v1/jobs/abandonwork",
            "get /api/v1/jobs/executing",
            "get /api/v1/jobs/alarms",
            "get /api/v1/jobs/{id}",
            "get /api/v1/jobrun",
            "get /api/v1/cron/preview",
            "get /api/v1/live",
            "get /api/v1/job-types",
            "get /api/v1/job-types/{id}",
            "get /api/v1/job-types/runs",
            "post /api/v1/job-types/{id}/restore",
            "get /api/v1/jobs/histogram",
            "get /api/v1/jobs/attention",
            "get /api/v1/agents",
            "get /api/v1/configurations",
            "get /api/v1/connectors",
            "patch /api/v1/job-types/{id}",
            "post /api/v1/job-types/{id}/pause",
            "post /api/v1/job-types/{id}/resume",
            "get /api/v1/job-types/{id}/decisions",
            "post /api/v1/integrations",
            "delete /api/v1/integrations/{configurationId}");
    JsonNode schemas = api.at("/components/schemas");
    assertThat(schemas.at("/JobTypeView/properties").propertyNames())
        .containsExactly(
            "Id",
            "ConfigurationId",
            "OrganizationId",
            "UserId",
            "Cron",
            "Queue",
            "Alarm",
            "CreatedAt",
            "LastJobId",
            "NextExecution",
            "LastExecution");
    assertThat(schemas.at("/JobView/properties").propertyNames())
        .containsExactly(
            "Id",
            "JobRunId",
            "Job",
            "ConfigurationName",
            "Progress",
            "Status",
            "QueuedAt",
            "StartedAt",
            "FinishedAt");
    assertThat(schemas.at("/JobStateCount/properties").propertyNames())
        .containsExactly("completed", "executing", "failed", "queued", "cancelled");
    assertThat(schemas.at("/JobTypeView/properties/Id/type").asString()).isEqualTo("string");
    assertThat(schemas.at("/JobTypeView/properties/Alarm/type").asString()).isEqualTo("string");
    assertThat(schemas.at("/JobTypeView/properties/LastJobId/type").toString()).contains("null");
    assertThat(schemas.at("/JobDetail/properties").propertyNames())
        .contains("JobTypeId", "SilentSince", "Runs", "States", "Events");
    assertThat(schemas.at("/JobDetail/properties/Abandonment/anyOf/0/$ref").asString())
        .endsWith("/JobAbandonment");
    assertThat(schemas.at("/JobDetail/properties/JobTypeId/type").asString()).isEqualTo("string");
    assertThat(schemas.at("/JobAbandonment/properties").propertyNames())
        .contains("RequestedAt", "TimedOutAt");
    assertThat(schemas.at("/JobEventView/properties").propertyNames()).contains("Accepted");
    assertThat(schemas.at("/JobAlarmView/properties/Alarm/type").toString()).contains("null");
    assertThat(schemas.at("/JobTypeRuns/properties").propertyNames())
        .containsExactly("JobTypeId", "Runs");
    assertThat(schemas.at("/RecentRun/properties").propertyNames())
        .containsExactly("Id", "Status", "Progress", "QueuedAt", "StartedAt", "FinishedAt");
    assertThat(schemas.at("/HourOfJobs/properties").propertyNames())
        .containsExactly("From", "Completed", "Executing", "Failed", "Queued", "Cancelled");
    assertThat(schemas.at("/AttentionView/properties").propertyNames())
        .containsExactly("OpenAlarms", "FailingStreaks", "BehindSeconds");
    assertThat(schemas.at("/FailingStreak/properties").propertyNames())
        .contains("JobTypeId", "Failures", "LastFailedAt", "LastJobId");
    assertThat(schemas.at("/AgentView/properties").propertyNames())
        .containsExactly("Agent", "Jobs", "LastHeardAt", "Silent");
    assertThat(schemas.at("/JobTypeDetail/properties/Removed/type").toString()).contains("null");
    assertThat(schemas.at("/LiveView/properties").propertyNames())
        .containsExactly("At", "Many", "Jobs", "JobTypes", "Alarms");
    assertThat(schemas.at("/LiveJobView/properties").propertyNames())
        .contains("Attempt", "Status", "ConfigurationId", "JobTypeId", "Agent");
    assertThat(api.at("/paths/~1api~1v1~1live/get/responses/200/content").propertyNames())
        .containsExactly("text/event-stream");
    assertThat(schemas.at("/JobTypeForm/properties").propertyNames()).containsExactly("jobIds[]");
    assertThat(schemas.at("/Enabled/properties").propertyNames()).containsExactly("Id");
  }

  @Test
  void everyDescribedCallTellsItsErrorsAndItsParameters() {
    JsonNode paths = gateway.get("/v3/api-docs").json().get("paths");
    paths.forEachEntry((path, methods) ->
        methods.forEachEntry((method, call) -> {
          assertThat(call.get("summary").asString()).as(path).isNotBlank();
          assertThat(call.get("responses").propertyNames()).as(path).contains("403", "503");
          assertThat(call.has("requestBody"))
              .as(method + " " + path)
              .isEqualTo(
                  !Set.of("get", "delete").contains(method)
                      && !path.endsWith("/resume")
                      && !path.endsWith("/restore"));
        }));
    assertThat(names(paths.at("/~1api~1v1~1jobs/get/parameters")))
        .containsExactlyInAnyOrder(
            "page",
            "take",
            "state",
            "configurationId",
            "search",
            "connector",
            "configuration",
            "jobTypeId",
            "from",
            "to",
            "sort");
    assertThat(names(paths.at("/~1api~1v1~1jobs~1executing/get/parameters")))
        .contains("page", "take", "configurationId", "search", "sort")
        .doesNotContain("state");
    assertThat(names(paths.at("/~1api~1v1~1jobs~1alarms/get/parameters")))
        .containsExactlyInAnyOrder("page", "take", "open");
    assertThat(names(paths.at("/~1api~1v1~1jobs~1{id}/get/parameters"))).containsExactly("id");
    assertThat(paths.at("/~1api~1v1~1jobs~1alarms/get/responses/200/headers").propertyNames())
        .containsExactlyInAnyOrder("X-Total-Count", "Link");
    assertThat(names(paths.at("/~1api~1v1~1cron~1preview/get/parameters")))
        .containsExactlyInAnyOrder("cron", "timeZone", "from", "count", "jobTypeId");
    assertThat(names(paths.at("/~1api~1v1~1job-types/get/parameters")))
        .containsExactlyInAnyOrder("page", "take", "search", "connector", "state", "sort");
    assertThat(paths.at("/~1api~1v1~1job-types/get/responses/200/headers").propertyNames())
        .containsExactlyInAnyOrder("X-Total-Count", "Link");
    assertThat(names(paths.at("/~1api~1v1~1job-types~1runs/get/parameters"))).containsExactly("id");
    assertThat(names(paths.at("/~1api~1v1~1jobs~1histogram/get/parameters")))
        .containsExactly("hours");
    assertThat(names(paths.at("/~1api~1v1~1configurations/get/parameters")))
        .containsExactlyInAnyOrder("search", "take");
    assertThat(paths.at("/~1api~1v1~1jobs/get/responses/200/headers").propertyNames())
        .containsExactlyInAnyOrder("X-Total-Count", "Link");
    assertThat(
            paths.at("/~1api~1v1~1jobs/get/responses/200/content/application~1json").has("example")
                || paths
                    .at("/~1api~1v1~1jobs/get/responses/200/content/application~1json")
                    .has("examples"))
        .isTrue();
  }

  @Test
  void filesOfTheDashboardAreNamedByWhatTheyAreMadeOfAndKept() {
    Reply page = gateway.get("/");
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(gateway.get("/", "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
    List<String> folders =
        Pattern.compile("\"(/assets/[^/\"]+/)")
            .matcher(page.body())
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();
    assertThat(folders).singleElement().asString().matches("/assets/[0-9a-f]{16}/");
    Map<String, String> files =
        Map.of(
            "app/app.js", "text/javascript",
            "style.css", "text/css",
            "icons.svg", "image/svg+xml",
            "lit/index.js", "text/javascript",
            "lit/directives/keyed.js", "text/javascript",
            "lit__reactive-element/reactive-element.js", "text/javascript",
            "uplot/dist/uPlot.iife.min.js", "text/javascript");
    files.forEach((file, type) -> {
      Reply reply = gateway.get(folders.getFirst() + file);
      assertThat(reply.status()).as(file).isEqualTo(200);
      assertThat(reply.header("Content-Type")).as(file).startsWith(type);
      assertThat(reply.header("Cache-Control"))
          .contains("max-age=31536000", "private", "immutable");
      for (String folder : List.of("/", "/assets/", "/assets/0123456789abcdef/")) {
        Reply other = gateway.get(folder + file);
        assertThat(other.status()).as(folder + file).isEqualTo(404);
        assertThat(other.header("Cache-Control")).contains("no-store");
      }
    });
  }

  @Test
  void theDescriptionCanBeLookedAt() {
    Reply start = gateway.get("/swagger-ui.html");
    assertThat(start.status()).isEqualTo(302);
    assertThat(gateway.get(start.header("Location")).body()).contains("swagger-ui");
    assertThat(gateway.get("/swagger-ui/swagger-ui-bundle.js").status()).isEqualTo(200);
    assertThat(gateway.get("/swagger-ui/swagger-initializer.js").body()).contains("/v3/api-docs");
  }

  private static String rawGet(String target) {
    return gateway.raw("GET " + target + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
  }

  private static List<String> names(JsonNode parameters) {
    return parameters.valueStream().map(parameter -> parameter.get("name").asString()).toList();
  }

  private static void assertProblem(Reply reply, int status, String detail) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.detail()).contains(detail).doesNotContain("com.cluedin", "java.");
  }
}
