package com.cluedin.jobs.tracker;

import com.cluedin.jobs.service.PrivateNames;
import com.cluedin.jobs.service.WholeTransactions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@Import({PrivateNames.class, WholeTransactions.class})
@ConfigurationPropertiesScan
@EnableScheduling
public class TrackerService {

  public static void main(String[] args) {
    SpringApplication.run(TrackerService.class, args);
  }
}
