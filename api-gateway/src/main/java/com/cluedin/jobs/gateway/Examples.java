package com.cluedin.jobs.gateway;

/// Words and examples of the OpenAPI description, those of the contract.
final class Examples {

  static final String JOB_TYPE_ID =
      "5b593555-7575-4a85-95f1-53b727ae061e|e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97|add490b8-e387-42de-99cb-f6d7b82fc78f";

  static final String FORM =
      "A form that names job types by Id in jobIds[], once for each. 404 only when none is known;"
          + " a configuration's id will do where it has a single job type, otherwise 409 lists them.";

  static final String PAGES =
      "The total is in X-Total-Count, the neighbours are in Link. Past the end: an empty list.";

  static final String JOB_TYPES =
      """
      [{
        "Id": "5b593555-7575-4a85-95f1-53b727ae061e|e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97|add490b8-e387-42de-99cb-f6d7b82fc78f",
        "ConfigurationId": "5b593555-7575-4a85-95f1-53b727ae061e",
        "OrganizationId": "e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97",
        "UserId": "eedd5056-0e1a-429e-9e3b-19104d63bd9a",
        "Cron": "47 0/4 * * *",
        "Queue": "default",
        "Alarm": "00:00:00",
        "CreatedAt": "2020-04-06T13:47:16.509661Z",
        "LastJobId": "0170ef6a-8780-8a4b-93a8-be12a07ce000",
        "NextExecution": "2020-04-06T16:47:00Z",
        "LastExecution": "2020-04-06T12:47:00.012345Z"
      }]\
      """;

  static final String JOBS =
      """
      [{
        "Id": "bcf99125-dcef-45fc-bfe9-944c5c7162e4",
        "JobRunId": "fec9a923-3bc5-4e96-939f-8b728308bd6a",
        "Job": "Acceptance",
        "ConfigurationName": null,
        "Progress": 1077,
        "Status": "Completed",
        "QueuedAt": "2020-03-18T14:13:03.519891+00:00",
        "StartedAt": "2020-03-18T14:13:03.676887+00:00",
        "FinishedAt": "2020-03-18T14:16:15.567026+00:00"
      }]\
      """;

  static final String COUNTS =
      """
      {"completed": 4, "executing": 2, "failed": 0, "queued": 0, "cancelled": 4}\
      """;

  static final String LIVE =
      "A stream of events: hello once, beat after 5 s of silence, jobs when something was told, reset"
          + " when what was missed cannot be told and everything has to be read again. What comes"
          + " after the event named by Last-Event-ID is told first. Jobs are merged by Attempt and"
          + " status; null is what was not told.";

  static final String LIVE_EVENTS =
      """
      retry:1000
      :live

      id:mdnkDgMAAQwDAQIL
      event:hello
      data:{"At":"2020-03-18T14:13:03.5+00:00"}

      id:mS0vMQMAAQ0DAQIL
      event:jobs
      data:{"At":"2020-03-18T14:13:03.676887+00:00","Many":null,"Jobs":[{"Id":"bcf99125-dcef-45fc-bfe9-944c5c716000","JobRunId":"bcf99125-dcef-45fc-bfe9-944c5c716001","Attempt":1,"Status":"Executing","Progress":null,"Job":null,"ConfigurationName":null,"ConfigurationId":null,"JobTypeId":null,"QueuedAt":null,"StartedAt":"2020-03-18T14:13:03.676887+00:00","FinishedAt":null,"Agent":"agent-1"}],"JobTypes":[],"Alarms":[]}

      id:mS0vMQMAAQ0DAQIL
      event:beat
      data:{"At":"2020-03-18T14:13:08.7+00:00","Stale":false}

      """;

  private Examples() {}
}
