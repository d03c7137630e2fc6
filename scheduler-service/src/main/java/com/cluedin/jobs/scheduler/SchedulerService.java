package com.cluedin.jobs.scheduler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class SchedulerService {

  public static void main(String[] args) {
    SpringApplication.run(SchedulerService.class, args);
  }
}
